"""Jupyter's own lines are left out, and the Python around them is kept."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.guest.loading.support import notebook, script


def test_lines_of_jupyter_are_left_out() -> None:
    """Line magics, shell commands and help lines go; the code around them stays."""
    loading = notebook(
        "%load_ext autoreload\n!pip install thing\nx = 1\nx?\n?x\nfiles = !ls\n"
        "if x:\n    %timeit x\ny = 2\n"
    )
    assert (loading.namespace["x"], loading.namespace["y"]) == (1, 2)
    assert [problem["where"] for problem in loading.problems("magic")] == [
        f"cell 1, line {line}" for line in (1, 2, 4, 5, 6, 8)
    ]
    assert loading.problems("syntax") == []


def test_a_percent_in_python_is_no_magic() -> None:
    """A continued line that begins with a percent sign stays, next to a real magic."""
    loading = notebook("%cd ..\nx = (7\n     %4)\ny = '''\n!not a command\n'''\n")
    assert loading.namespace["x"] == 3
    assert loading.problems("syntax") == []


def test_a_timed_line_is_run() -> None:
    """`%time` before a statement times it in Jupyter, and runs it here."""
    assert notebook("%time x = 3").namespace["x"] == 3


@pytest.mark.parametrize("magic", ["%%time", "%%capture out", "%%unheard_of"])
def test_a_cell_magic_over_python_costs_its_line(magic: str) -> None:
    """The cell under it is Python, and runs."""
    assert notebook(f"\n{magic}\nx = 3").namespace["x"] == 3


@pytest.mark.parametrize(
    "cell", ["%%bash\nls -l", "%%html\n<b>x</b>", "%%writefile a.py\nx = 3", "%%odd\n$ + 1"]
)
def test_a_cell_of_another_language_is_left_out(cell: str) -> None:
    """The cell is noted once, and the others run."""
    loading = notebook(cell, "y = 1")
    assert loading.the("magic")["where"] == "cell 1, line 1"
    assert "x" not in loading.namespace
    assert loading.namespace["y"] == 1


def test_an_exported_notebook_calls_ipython_in_vain() -> None:
    """`get_ipython()` of an exported script accepts everything, and is no name of theirs."""
    loading = script(
        "get_ipython().run_line_magic('matplotlib', 'inline')\n"
        "get_ipython().system('pip install x')\nget_ipython().magic('time')\ndisplay(3)\n"
    )
    assert loading.result.problems == []
    assert loading.result.names == []


F = "def f(x):\n    return x + 1\n"


@pytest.mark.parametrize(
    "use",
    [
        "%run s.py",
        "%run -i ./s.py",
        "from s import f",
        "import numpy as np, s\nassert s.f(1) == 2",
        "from s import *",
        "get_ipython().run_line_magic('run', 's.py')",
        "!python s.py",
    ],
)
@pytest.mark.parametrize(
    "write",
    [
        f"%%writefile s.py\n{F}",
        f"\n%%file ./s.py\n{F}",
        f"get_ipython().run_cell_magic('writefile', 's.py', {F!r})",
    ],
)
def test_a_script_that_is_written_and_run_is_read(write: str, use: str) -> None:
    """What it defines is the notebook's, and a note says that it was read."""
    loading = notebook(write, use)
    assert loading.namespace["f"](1) == 2
    assert [function["name"] for function in loading.result.functions] == ["f"]
    assert loading.the("repaired")["message"].startswith("s.py was read where it is written")
    assert loading.problems("missing_module") == loading.problems("raised") == []


def test_a_script_that_nothing_runs_is_a_file() -> None:
    """The kernel has never seen what is in it."""
    assert "f" not in notebook(f"%%writefile s.py\n{F}", "import sys").namespace


def test_a_script_takes_no_library_s_place() -> None:
    """A library of that name is still the one that is imported."""
    loading = notebook("%%writefile json.py\nx = 1", "import json\ny = json.dumps(2)")
    assert loading.namespace["y"] == "2"


@pytest.mark.parametrize(
    "source",
    [
        f"get_ipython().run_cell_magic('time', '', {F!r})",
        f"get_ipython().run_cell_magic('capture', 'out', {'%cd ..' + chr(10) + F!r})",
        f"exec({F!r})",
        f"exec({F!r}, globals())",
        f"get_ipython().run_cell({F!r})",
        f"exec({f'exec({F!r})'!r})",
    ],
)
def test_a_text_that_is_handed_to_python_is_code(source: str) -> None:
    """The functions in it are the student's own, wherever they were written."""
    loading = script(f"x = 1\n{source}\n")
    assert [function["name"] for function in loading.result.functions] == ["f"]
    assert loading.namespace["f"](1) == 2


def test_a_line_in_a_text_is_named_by_both_places() -> None:
    """The statement that holds the text, and the line in it."""
    loading = script("x = 1\nexec('y = 2\\nz = 1 / 0')\n")
    assert loading.the("raised")["where"] == "inside line 2, line 2"


@pytest.mark.parametrize("magic", ["%%bash", "%%html", "%%perl"])
def test_another_language_in_a_text_is_left_out(magic: str) -> None:
    """As it is in a cell."""
    source = f"get_ipython().run_cell_magic({magic[2:]!r}, '', 'echo $ + 1')\ny = 1\n"
    loading = script(source)
    assert loading.namespace["y"] == 1
    assert loading.problems("syntax") == []
