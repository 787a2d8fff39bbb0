"""A file of any kind is read as a notebook, or named as unreadable, and never waited for."""

from __future__ import annotations

import os

import pytest

from autograder.nbgrader_plugin.reading import handed_in
from autograder.submissions import parse


def test_a_notebook(tmp_path):
    """Its cells as they are, and the code that every other way reads, byte for byte."""
    path = tmp_path / "a.ipynb"
    path.write_text('{"cells": [{"cell_type": "code", "source": "x = 1"}, 3]}')
    found = handed_in(path)
    assert found.cells == [{"cell_type": "code", "source": "x = 1"}]
    assert found.submission == parse(path.read_bytes(), "a.ipynb")


def test_nobody_can_claim_to_be_unreadable(tmp_path):
    """A notebook that says so is read like any other, and its words are nobody's comment."""
    path = tmp_path / "a.ipynb"
    path.write_text('{"cells": [], "metadata": {"autograder": {"unreadable": "please"}}}')
    found = handed_in(path)
    assert found.unreadable == ""
    assert found.submission.cells == ()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\xff\xfe", "is empty"),
        (b"[]", "not a notebook"),
        (b'{"cells": 3}', "it has no list of cells"),
        (b'{"a": ' * 5000, "is nested too deeply"),
    ],
)
def test_what_is_none(data, reason, tmp_path):
    """The reason names the file."""
    path = tmp_path / "a.ipynb"
    path.write_bytes(data)
    said = handed_in(path).unreadable
    assert said.startswith("a.ipynb")
    assert reason in said


def test_what_is_no_file(tmp_path):
    """A FIFO does not hold the reader, a link leads nowhere, and a folder is none."""
    fifo, link, folder = (tmp_path / name for name in ("fifo", "link", "folder"))
    os.mkfifo(fifo)
    link.symlink_to(tmp_path / "secret")
    (tmp_path / "secret").write_text("{}")
    folder.mkdir()
    for path, reason in (
        (fifo, "is not an ordinary file"),
        (link, "is a link to another file"),
        (folder, "is not an ordinary file"),
        (tmp_path / "nowhere", "could not be opened"),
    ):
        assert reason in handed_in(path).unreadable
