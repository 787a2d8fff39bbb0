"""What lies beside a submitted notebook, whatever it is called."""

from __future__ import annotations

import os

from autograder.nbgrader_plugin.files import copied


def test_ordinary_files_come_along(tmp_path):
    """In their folders; what the course has put there stays as it is."""
    there, target = tmp_path / "there", tmp_path / "target"
    (there / "data" / "more").mkdir(parents=True)
    (there / "data" / "more" / "a.csv").write_text("1")
    (there / "given.csv").write_text("mine")
    (there / "book.ipynb").write_text("{}")
    (there / "link.csv").symlink_to(tmp_path / "secret")
    target.mkdir()
    (target / "given.csv").write_text("the course's")
    assert copied(there, target) == []
    assert (target / "data" / "more" / "a.csv").read_text() == "1"
    assert (target / "given.csv").read_text() == "the course's"
    assert sorted(os.listdir(target)) == ["data", "given.csv"]


def test_names_in_the_way_cost_themselves_alone(tmp_path):
    """A file where the course has a folder, a folder where it has a file or a notebook."""
    there, target = tmp_path / "there", tmp_path / "target"
    for folder in ("given.csv", "book.ipynb"):
        (there / folder).mkdir(parents=True)
        (there / folder / "x.txt").write_text("1")
    (there / "checks").write_text("a file")
    (there / "zebra.txt").write_text("1")
    (target / "checks").mkdir(parents=True)
    (target / "given.csv").write_text("the course's")
    assert copied(there, target) == [
        "book.ipynb is a folder: it was left out.",
        "checks was left out: the course has something of that name.",
        "given.csv/x.txt was left out: the course has something of that name.",
    ]
    assert (target / "zebra.txt").is_file()
    assert (target / "given.csv").read_text() == "the course's"
