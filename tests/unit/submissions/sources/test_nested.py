"""Archives within archives: opened one level deep, within bounds, and never for a class."""

from __future__ import annotations

import os
import tracemalloc

import pytest
from msgspec.structs import replace

from autograder.submissions.sources import Looking, Unread, collect, iterate, reading
from autograder.submissions.sources.members import A_STUDENT
from tests.support_sources import tarred, zip_bytes, zipped


def gathered(*sources):
    """What `collect` makes of these sources."""
    return collect(list(sources), assignment="small", module="small")


def reasons(collected):
    """Why each student's submission could not be read."""
    return {unread.student: unread.reason for unread in collected.unread}


def test_an_archive_within_an_archive_within_an_archive(tmp_path):
    """One level is opened, and the next is said."""
    inner = zip_bytes([("small.py", b"x = 1\n")])
    outer = zip_bytes([("inner.zip", inner)])
    path = zipped(tmp_path / "all.zip", [("jane/work.zip", outer)])
    assert reasons(gathered(path)) == {
        "jane": "work.zip: it holds an archive in turn, which is not opened: inner.zip"
    }


@pytest.mark.parametrize("suffix", ["zip", "tar.gz", "tar.bz2", "tar"])
def test_an_archive_that_unpacks_to_much(suffix, tmp_path, monkeypatch):
    """It is refused whole, wherever its work lies in it, and the others are read."""
    monkeypatch.setattr(reading, "A_STUDENT", replace(A_STUDENT, bytes=2**20))
    files = [("small.py", b"x = 1\n"), ("data.bin", os.urandom(2**12) + bytes(2**20))]
    make = zipped if suffix == "zip" else tarred
    for some in (files, files[::-1]):
        work = make(tmp_path / f"work.{suffix}", some).read_bytes()
        members = [(f"jane/work.{suffix}", work), ("roe/small.py", b"x = 2\n")]
        collected = gathered(zipped(tmp_path / "all.zip", members))
        assert [entry.student for entry in collected.entries] == ["roe"]
        assert "unpacks to more than 1,048,576 bytes" in reasons(collected)["jane"]


def test_an_archive_that_unpacks_to_100_mb(tmp_path):
    """It is refused by what it says, before that takes memory."""
    work = zip_bytes([("small.ipynb", os.urandom(2**20) + bytes(99 * 2**20))])
    source = zipped(tmp_path / "all.zip", [("jane/work.zip", work)])
    tracemalloc.start()
    said = reasons(gathered(source))["jane"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == "work.zip unpacks to more than 94,371,840 bytes."
    assert peak < 16 * 2**20


def test_a_zip_within_a_zip_that_lies(tmp_path):
    """However small it says that its files are, no more than that comes out of it."""
    inner = zip_bytes([("small.py", os.urandom(2**16) + bytes(2**22 - 2**16))])
    size = (2**22).to_bytes(4, "little")
    assert inner.count(size) == 2  # before the file, and in the list of files
    lying = inner.replace(size, (2**20).to_bytes(4, "little"))
    source = zipped(tmp_path / "all.zip", [("jane/work.zip", lying)])
    assert "small.py: it is damaged" in reasons(gathered(source))["jane"]


@pytest.mark.parametrize("around", ["", "class/", "term/class/"])
def test_a_class_within_an_archive(around, tmp_path):
    """A zip of zips, one for each group: each is refused by name, and nobody gets the work."""
    one = zip_bytes(
        [(f"{around}doe_71_5_small.py", b"x = 1\n"), (f"{around}roe_72_6_a.docx", b"")]
    )
    two = zip_bytes([(f"{around}li/small.py", b"x = 1\n"), (f"{around}max/small.py", b"")])
    source = zipped(tmp_path / "all.zip", [("group1.zip", one), ("group2.zip", two)])
    looking = Looking(is_somebody=lambda name: name in ("li", "max"))
    items = list(iterate([source], assignment="small", module="small", looking=looking))
    said = {item.student: item.reason for item in items if isinstance(item, Unread)}
    assert len(items) == 1 + len(said) == 3
    for student in ("group1", "group2"):
        assert said[student].startswith(f"{student}.zip seems to hold several people's work")
