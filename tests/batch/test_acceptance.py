"""A class in five layouts: every verdict as stated, whatever grades and keeps it.

On processes into SQLite and on Dask into PostgreSQL, each twice: the second run finds nothing
to do. The stored reports are the same, byte by byte. GRADE_EACH=60 makes it a class of 300, and
tries each engine with each database.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from autograder.gradebook import Gradebook
from autograder.gradebook.database import Database
from autograder.gradebook.queries import counting
from autograder.gradebook.schema import gradings, submissions
from tests.classroom import HANGS, WORKS, Work
from tests.support import make_course
from tests.support_sources import (
    Item,
    make_blackboard,
    make_canvas,
    make_gradescope,
    make_moodle,
    make_nbgrader_tree,
    zip_bytes,
)

MAKERS = {
    "canvas": make_canvas,
    "moodle": make_moodle,
    "blackboard": make_blackboard,
    "gradescope": make_gradescope,
    "nbgrader": make_nbgrader_tree,
}
EACH = int(os.environ.get("GRADE_EACH", "15"))  # students in each layout: all of WORKS, once
CROSSED = "GRADE_EACH" in os.environ
NAMES = tuple(WORKS)

# What is handed in and cannot be read, by the last three of each layout.
UNREADABLE = (
    ("small.docx", b"PK\3\4 words"),
    ("small.py", b""),
    ("small.zip", zip_bytes([("small.py", b"x = 1\n" * 99)])[:-30]),
)


class Downloads:
    """A class in five downloads and one that is broken; who is due which verdict."""

    def __init__(self, folder: Path) -> None:
        self.due: dict[str, Work] = {}
        self.unread: set[str] = set()
        self.sources = []
        for system, make in MAKERS.items():
            own = folder / system
            own.mkdir(parents=True)
            self.sources.append(make(own, self._items(system)))
        self.sources.append(folder / "broken.zip")
        self.sources[-1].write_bytes(b"PK\3\4 and no more")

    def _items(self, system: str) -> list[Item]:
        items: list[Item] = []
        readable = EACH - len(UNREADABLE)
        for number in range(readable):
            student = f"{system}{number:02}"
            work = WORKS[NAMES[number % len(NAMES)]]
            if number == readable - 1 and system in ("canvas", "nbgrader"):
                work = HANGS
            # Everybody's file is a little different, and some hand in again what counts then.
            source = f"# by {student}\n{work.source}".encode()
            if number < 6 and system in ("canvas", "blackboard"):
                items.append((student, "small.py", b"def double(x):\n    return None\n", False))
            items.append((student, "small.py", source, number % 10 == 9))
            self.due[student] = work
        for number, (name, data) in enumerate(UNREADABLE, readable):
            student = f"{system}{number:02}"
            items.append((student, name, data, False))
            self.unread.add(student)
        return items


@pytest.fixture(scope="module")
def downloads(tmp_path_factory: pytest.TempPathFactory) -> Downloads:
    """The class; the same for every engine."""
    return Downloads(tmp_path_factory.mktemp("downloads"))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small course, with a seed."""
    folder = tmp_path_factory.mktemp("course")
    make_course(folder)
    (folder / "seed").write_text("5\n")
    return folder


def batch(
    course: Path, root: Path, downloads: Downloads, *words: str
) -> subprocess.CompletedProcess[str]:
    """`grade batch` on all downloads."""
    return subprocess.run(
        [
            *(sys.executable, "-m", "autograder.cli", "batch", "small"),
            *map(str, downloads.sources),
            *("--trust-submissions", "--jobs", "2", "--seed-file", "seed", *words),
        ],
        cwd=course,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def stored(place: str) -> dict[str, str]:
    """The reports that count, byte by byte, by student."""
    query = (
        select(submissions.c.student, gradings.c.report)
        .join(gradings, gradings.c.submission == submissions.c.id)
        .where(submissions.c.id.in_(counting("small")), gradings.c.state == "current")
    )
    database = Database(place)
    found = {student: report for student, report in database.all(query)}
    database.close()
    return found


def verdicts(place: str) -> dict[str, tuple[float, dict[str, str], set[str]]]:
    """Points, what is not passed, and the diagnoses, by student."""
    with Gradebook.open(place) as book:
        return {
            row.student: (
                row.report.points,
                {v.id: v.status.value for v in row.report.checks if v.status != "passed"},
                {v.diagnosis.id for v in row.report.checks if v.diagnosis},
            )
            for row in book.rows("small")
        }


@pytest.mark.timeout(900)  # hundreds of gradings, on a machine that may be busy
def test_a_class_in_five_layouts(dask_loops, course, root, downloads, tmp_path, postgres):
    """Points, statuses and diagnoses as stated; who could not be read is named."""
    reports = []
    ways = [("local", str(tmp_path / "local.db")), ("dask", postgres.database())]
    if CROSSED:
        ways += [("local", postgres.database()), ("dask", str(tmp_path / "dask.db"))]
    for engine, place in ways:
        words = ("--gradebook", place, "--engine", engine)
        done = batch(course, root, downloads, *words)
        assert done.returncode == 3, (done.stdout, done.stderr)
        count = len(downloads.due)
        assert f"{count} of {count} graded" in done.stdout
        assert f"{len(downloads.unread) + 1} were refused." in done.stdout
        looks = done.stdout.partition("To be looked at by a person")[2]
        assert "broken.zip" in "".join(looks.split())
        assert not {name for name in downloads.unread if name not in looks}
        assert verdicts(place) == {
            student: (work.points, work.status, {work.diagnosis} - {""})
            for student, work in downloads.due.items()
        }
        reports.append(stored(place))
        again = batch(course, root, downloads, *words)
        assert f"{count} are graded already, and unchanged." in again.stdout
        assert stored(place) == reports[-1]
    assert len(downloads.due) + len(downloads.unread) == len(MAKERS) * EACH
    assert all(one == reports[0] for one in reports)
