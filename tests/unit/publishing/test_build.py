"""A student's files are built from the source, hold no solution, and say how to check."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.errors import CourseError
from autograder.publishing import build, build_assignment, stale

SOURCE = '''\
"""The instructor's source: never in a student's file."""

# %% [markdown]
# # A small network
#
# One layer, with $a = \\sigma(z)$ and weights of shape (n_h, n_x).

# %%
import numpy as np

# %% [markdown]
# ## Activation


# %%
def sigmoid(z):
    """The logistic function of `z`, of any shape."""
    ### BEGIN SOLUTION
    secret_exponential = np.exp(-z)
    return 1 / (1 + secret_exponential)
    ### END SOLUTION


# %% tags=["instructor"]
def secret_plot():
    return sigmoid(np.zeros(3))


# %%
class Layer:
    """A layer."""

    def __init__(self, n):
        self.n = n

    def forward(self, x):
        """Its output for `x`, of shape (n_x,)."""
        ### BEGIN SOLUTION
        return secret_product(x, self.n)
        ### END SOLUTION


# %% [markdown]
# ## Activation

# %%
example = [1, 2, 3]
'''
NAMES = {"name": "assignment9", "title": "A small network", "module": "small_network"}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A source with a preamble, two regions and an instructor's cell."""
    path = tmp_path / "solution.py"
    path.write_text(SOURCE, encoding="utf-8")
    return path


def change(source: Path, old: str, new: str) -> Path:
    """The same source with one piece of text replaced."""
    assert old in SOURCE
    source.write_text(SOURCE.replace(old, new), encoding="utf-8")
    return source


def test_three_files_come_from_one_source(source):
    """A stub and a notebook with the module's name, and a handout."""
    assert list(build(source, **NAMES)) == [
        "small_network.py",
        "small_network.ipynb",
        "README.md",
    ]


def test_no_file_holds_anything_of_the_instructors(source):
    """Neither a region's text nor an instructor's cell nor the preamble nor a marker."""
    for text in build(source, **NAMES).values():
        assert "secret" not in text
        assert "instructor" not in text
        assert "SOLUTION" not in text


def test_the_stub_runs_and_each_function_says_what_to_write(source, tmp_path):
    """The stub is Python as it stands; calling a function names it."""
    path = tmp_path / "stub.py"
    path.write_text(build(source, **NAMES)["small_network.py"], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "import stub; stub.Layer(2).forward(1)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.stderr.strip().endswith("NotImplementedError: Write Layer.forward")


def test_the_stub_opens_as_cells_and_tells_how_to_check(source):
    """Docstring first, then the percent cells, with text as comments and no header."""
    stub = build(source, **NAMES)["small_network.py"]
    assert (ast.get_docstring(ast.parse(stub)) or "").startswith("A small network.")
    assert "    grade check assignment9\n" in stub
    assert "# %% [markdown]\n# # A small network\n" in stub
    assert "jupytext" not in stub


def test_a_title_with_quotes_leaves_the_stub_python(source):
    """The title is text, whatever it holds."""
    title = 'Say """hello""" \\ "twice"'
    stub = build(source, **{**NAMES, "title": title})["small_network.py"]
    assert (ast.get_docstring(ast.parse(stub), clean=False) or "").startswith(title)


def test_the_notebook_is_valid_and_ends_with_the_check(source):
    """nbformat 4.5, no outputs, the plain Python kernel, and the command as last cell."""
    text = build(source, **NAMES)["small_network.ipynb"]
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert all(not cell.get("outputs") for cell in notebook.cells)
    assert notebook.cells[-1].source == "!grade check assignment9 small_network.ipynb"


def test_cell_ids_come_from_what_the_cells_hold(source):
    """Names and headings, numbered where they repeat: an added cell renames no other."""
    notebook = json.loads(build(source, **NAMES)["small_network.ipynb"])
    assert [cell["id"] for cell in notebook["cells"]] == [
        "A-small-network",
        "imports",
        "Activation",
        "sigmoid",
        "Layer",
        "Activation-2",
        "example",
        "check-your-work",
        "grade-check",
    ]


def test_the_handout_shows_signatures_and_no_bodies(source):
    """Text, signatures with docstrings, examples; the title once; not the imports."""
    handout = build(source, **NAMES)["README.md"]
    assert handout.count("# A small network") == 1
    assert '    """The logistic function of `z`, of any shape."""\n```' in handout
    assert "    def forward(self, x):\n" in handout
    assert "example = [1, 2, 3]" in handout
    assert "self.n = n" not in handout
    assert "NotImplementedError" not in handout
    assert "import numpy" not in handout


def test_the_same_source_gives_the_same_bytes(source):
    """An interpreter with another hash seed than this one writes the same text."""
    script = (
        "import sys, pathlib, autograder.publishing as n\n"
        "files = n.build(pathlib.Path(sys.argv[1]), name='a', title='b', module='c')\n"
        "sys.stdout.buffer.write(repr(files).encode())"
    )
    other = subprocess.run(
        [sys.executable, "-c", script, str(source)],
        env={"PYTHONHASHSEED": "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"},
        capture_output=True,
        check=True,
    ).stdout
    assert other == repr(build(source, name="a", title="b", module="c")).encode()


def test_stale_names_files_that_are_missing_or_differ(source, tmp_path):
    """Fresh after building; one edit and one deletion are both found."""
    folder = tmp_path / "assignment9"
    folder.mkdir()
    assert stale(source, folder, **NAMES) == [
        "small_network.py",
        "small_network.ipynb",
        "README.md",
    ]
    written = build_assignment(source, folder, **NAMES)
    assert stale(source, folder, **NAMES) == []
    written[0].write_text("edited", encoding="utf-8")
    written[2].unlink()
    assert stale(source, folder, **NAMES) == ["small_network.py", "README.md"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('tags=["instructor"]', 'tags=["instructors"]', "means nothing here"),
        ('tags=["instructor"]', 'tag="instructor"', "means nothing here"),
        ("# %% [markdown]\n# # A", "import os\n\n# %% [markdown]\n# # A", "before the first"),
        ('    """The logistic', '# %%\n    """The logistic', "not Python on its own"),
    ],
    ids=["misspelt tag", "misspelt key", "code before the first cell", "cut statement"],
)
def test_a_source_that_could_leak_or_break_is_refused(source, old, new, words):
    """What would hand an instructor's cell to students, or lose code, is an error."""
    with pytest.raises(CourseError, match=words):
        build(change(source, old, new), **NAMES)


def test_a_missing_source_says_what_is_needed(tmp_path):
    """The path is in the message, and the hint says what it is for."""
    with pytest.raises(CourseError, match=r"nowhere\.py cannot be read") as caught:
        build(tmp_path / "nowhere.py", **NAMES)
    assert "solution.py" in caught.value.hint


def test_a_source_without_cells_says_how_to_make_some(source):
    """Percent markers are asked for by example."""
    source.write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(CourseError, match="has no cells") as caught:
        build(source, **NAMES)
    assert "# %%" in caught.value.hint


def test_a_comment_that_looks_like_a_command_stays_one(tmp_path):
    """`# copy the array` and `# %debug` are comments, in the source as in the stub."""
    source = "# %%\ndef f(x):\n    return x\n\n\n# copy the array\n# %debug\nf(1)\n"
    path = tmp_path / "solution.py"
    path.write_text(source)
    files = build(path, name="a", title="A", module="a")
    assert "# copy the array\n# %debug\nf(1)" in files["a.py"]
