"""What `grade check` says of an earlier check of the same file, and of the file's time."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.cli.since import opened, saved, since
from autograder.model import Report, Status, Tier, Verdict


def report(**points: float) -> Report:
    """A report in which each check earned these of ten points."""
    checks = tuple(
        Verdict(id=name, of=name, title=name, status=Status.PARTIAL, points=earned, possible=10)
        for name, earned in points.items()
    )
    return Report(
        assignment="week7", points=sum(points.values()), possible=10.0 * len(points), seed=0,
        tier=Tier.A, versions={}, notes=(), checks=checks,
    )  # fmt: skip


def checked(found: Report, file: Path, digest: str) -> str:
    """What is said of a check of `file`."""
    kept = opened("week7", 0, file)
    return "" if kept is None else since(found, digest, kept)


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    """A folder of this test's own for what is kept."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


def test_what_was_gained_and_lost(tmp_path):
    """The second check of a file names what has changed, and the third looks at the second."""
    file = tmp_path / "mine.py"
    assert checked(report(a=2, b=5, c=1), file, "1") == ""
    assert checked(report(a=10, b=3, c=1), file, "2") == "Since the last check: +8 a; -2 b."
    assert checked(report(a=10, b=3, c=1), file, "3") == ""
    said = "This file has not changed since the last check."
    assert checked(report(a=10, b=3, c=1), file, "3") == said


def test_each_file_has_its_own(tmp_path):
    """Another file's check is no earlier check of this one."""
    checked(report(a=2), tmp_path / "mine.py", "1")
    assert checked(report(a=5), tmp_path / "hers.py", "2") == ""


def test_checks_that_have_changed_are_not_compared(tmp_path):
    """A check which is new, or is worth something else now, says nothing of the student."""
    file = tmp_path / "mine.py"
    checked(report(a=2), file, "1")
    assert checked(report(a=2, b=10), file, "2") == ""


@pytest.mark.parametrize("kept", [b"", b"{", b"[]", b'{"digest": 1}', b"\xff"])
def test_what_cannot_be_read_is_nothing(tmp_path, state, kept):
    """A damaged file of an earlier check is replaced."""
    file = tmp_path / "mine.py"
    checked(report(a=2), file, "1")
    (place,) = state.rglob("*.json")
    place.write_bytes(kept)
    assert checked(report(a=3), file, "2") == ""
    assert checked(report(a=4), file, "3") == "Since the last check: +1 a."


def test_a_folder_that_cannot_be_written(tmp_path, state):
    """Where nothing can be kept, nothing is said and nothing fails."""
    state.write_text("a file")
    assert checked(report(a=2), tmp_path / "mine.py", "1") == ""


@pytest.mark.parametrize(
    ("day", "said"),
    [(27, "saved 14:02"), (28, "saved yesterday 14:02"), (29, "saved 2026-11-27 14:02")],
)
def test_when_the_file_was_saved(tmp_path, day, said):
    """The time, and the date where it was not today."""
    file = tmp_path / "mine.py"
    file.write_text("")
    written = datetime(2026, 11, 27, 14, 2, tzinfo=UTC).timestamp()
    os.utime(file, (written, written))
    assert saved(file, datetime(2026, 11, day, 15, 0, tzinfo=UTC)) == said
    assert saved(tmp_path / "gone.py", datetime.now(UTC)) == ""


def test_a_path_that_is_no_utf_8_is_kept_as_an_escape(tmp_path):
    """A check of such a file ends as any other does."""
    file = tmp_path / os.fsdecode(b"m\xff.py")
    kept = opened("week7", 0, file)
    assert since(report(a=1), "1", kept, folder=tmp_path, file=str(file)) == ""
    assert checked(report(a=2), file, "2") == "Since the last check: +1 a."
