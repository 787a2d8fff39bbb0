"""A file of any kind is read as a notebook, or named as unreadable, and never waited for."""

from __future__ import annotations

import os

import pytest

from autograder.nbgrader_plugin.reading import read
from autograder.nbgrader_plugin.restore import found_in


def test_a_notebook(tmp_path):
    """Its cells and its metadata, as format 4."""
    path = tmp_path / "a.ipynb"
    path.write_text('{"cells": [{"cell_type": "code"}, 3], "metadata": {"x": 1}}')
    assert read(path)["cells"] == [{"cell_type": "code"}]
    assert read(path)["metadata"] == {"x": 1}


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is not a whole notebook"),
        (b"\xff\xfe", "is not UTF-8 text"),
        (b"[]", "not a notebook"),
        (b'{"cells": 3}', "it has no list of cells"),
        (b'{"a": ' * 5000, "is nested too deeply"),
    ],
)
def test_what_is_none(data, reason, tmp_path):
    """The reason names the file."""
    path = tmp_path / "a.ipynb"
    path.write_bytes(data)
    said = found_in(read(path)).unreadable
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
        assert reason in found_in(read(path)).unreadable
