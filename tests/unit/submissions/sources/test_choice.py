"""Which of a student's files is the submission, and what is said where that is not clear."""

from __future__ import annotations

import json

import pytest

from autograder.submissions.sources import collect
from tests.support_sources import zip_bytes

STUB = b"def double(x):\n    raise NotImplementedError\n"
DONE = b"def double(x):\n    return 2 * x\n"


def notebook(source: bytes) -> bytes:
    """A notebook with one cell."""
    cell = {"cell_type": "code", "source": source.decode()}
    return json.dumps({"cells": [cell], "nbformat": 4, "metadata": {}}).encode()


def chosen(tmp_path, files):
    """The name and text of what is taken of jane's files, or the reason why nothing is."""
    for name, data in files.items():
        path = tmp_path / "subs" / "jane" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    collected = collect([tmp_path / "subs"], assignment="hw1", module="small")
    if collected.entries:
        (entry,) = collected.entries
        return entry.submission.name, entry.submission.cells[0].source.encode()
    (unread,) = collected.unread
    return unread.reason


@pytest.mark.parametrize(
    ("files", "name"),
    [
        ({"small.py": DONE, "helper.py": STUB, "data.csv": b"1"}, "small.py"),
        ({"SMALL.PY": DONE, "other.py": STUB}, "SMALL.PY"),
        ({"small (1).py": DONE, "other.py": STUB}, "small (1).py"),
        ({"src/small.py": DONE, "old/very/small.py": STUB}, "small.py"),
        ({"small.py": STUB, "assignments/hw1/small.py": DONE}, "small.py"),
        ({"anything.py": DONE, "report.pdf": b"%PDF"}, "anything.py"),
        ({"my_small_net.py": DONE, "plots.py": STUB}, "my_small_net.py"),
        ({"small.py.txt": DONE, "notes.txt": b"hello"}, "small.py.txt"),
        ({"small.py": DONE, "work.zip": zip_bytes([("small.py", STUB)])}, "small.py"),
    ],
)
def test_what_is_taken(files, name, tmp_path):
    """The file with the right name, in the right place; or the only one that is code."""
    assert chosen(tmp_path, files) == (name, DONE)


def test_the_untouched_form_is_set_aside(tmp_path):
    """A bundle has a script and a notebook; whichever was worked on counts, and is named."""
    for number, (script, other, taken) in enumerate(
        [(STUB, DONE, "small.ipynb"), (DONE, STUB, "small.py"), (DONE, DONE, "small.ipynb")]
    ):
        files = {"small.py": script, "small.ipynb": notebook(other)}
        assert chosen(tmp_path / str(number), files) == (taken, DONE)


def test_a_note_says_which_form_was_graded(tmp_path):
    """The student reads it in the report."""
    folder = tmp_path / "subs" / "jane"
    folder.mkdir(parents=True)
    (folder / "small.py").write_bytes(STUB)
    (folder / "small.ipynb").write_bytes(notebook(DONE))
    (entry,) = collect([tmp_path / "subs"], assignment="hw1", module="small").entries
    assert entry.submission.notes == (
        "Of small.ipynb, small.py, small.ipynb was graded: it has least left to do.",
    )


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"a.py": DONE, "b.py": DONE}, "none is called small.py or small.ipynb: a.py, b.py"),
        ({"report.pdf": b"%PDF", "data.csv": b"1"}, "but data.csv, report.pdf"),
        ({"x/small.py": DONE, "y/small.py": DONE + b"#"}, "which file counts: x/small.py"),
        ({"a.zip": b"PK", "b.zip": b"PK"}, "several archives: a.zip, b.zip"),
        ({"a.zip": zip_bytes([("r.pdf", b"")])}, "a.zip: there is no .py or .ipynb file"),
        ({"small.py": b""}, "small.py is empty."),
        ({"small.py": b"\xff\xfe\x00"}, "not readable as text"),
        ({"small.ipynb": b"{"}, "not a whole notebook"),
        ({"small.py": b"#" * (5 * 2**20 + 1)}, "larger than 5 MB"),
        ({"a.zip": b"PK" + bytes(21 * 2**20)}, "larger than 20 MB"),
    ],
)
def test_what_is_not_clear_or_not_readable(files, said, tmp_path):
    """Nothing is guessed: the reason names the files."""
    assert said in chosen(tmp_path, files)


def test_a_broken_form_does_not_cost_the_other(tmp_path):
    """Where the notebook cannot be read, the script counts."""
    assert chosen(tmp_path, {"small.py": DONE, "small.ipynb": b"{"}) == ("small.py", DONE)
