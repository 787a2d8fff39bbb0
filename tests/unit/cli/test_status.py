"""`grade status`: what a student is told of all assignments, without a check being run."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from autograder.cli.status import _due


def test_the_last_check_tells_how_far_it_is(grade, small, tmp_path):
    """Points and what is next, of the last check, and whether the file is newer."""
    course = shutil.copytree(small, tmp_path / "course")
    with (course / "course.toml").open("a") as file:
        file.write("[late.deadlines]\nsmall = 2026-11-20T23:59:00Z\n")

    def said() -> str:
        done = grade("status", cwd=course, XDG_STATE_HOME=str(tmp_path / "state"))
        assert done.returncode == 0, done.stderr
        return " ".join(done.stdout.split())

    assert "small - / 60 not checked yet: grade check small was due Fri 20 Nov 2026" in said()
    grade("check", "small", "wrong.py", cwd=course, XDG_STATE_HOME=str(tmp_path / "state"))
    assert "/ 60 next: double" in said()
    assert "saved since" not in said()
    os.utime(course / "wrong.py", (2e9, 2e9))
    assert "saved since" in said()


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=3, hours=5), "in 3 days"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(hours=23), "in 23 hours"),
        (timedelta(seconds=119), "in 1 minute"),
        (timedelta(seconds=5), "now"),
        (timedelta(seconds=-1), "was due Fri 20 Nov 2026 12:00"),
    ],
)
def test_how_long_it_is_until_it_is_due(left, said):
    """In the largest unit that is at least one."""
    due = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    assert said in _due(due, due - left)
