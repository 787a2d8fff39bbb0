"""A class being graded by a process of its own, to which something happens."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from autograder.gradebook import Gradebook
from autograder.gradebook.database import Database
from tests.classroom import WORKS
from tests.support import make_course

GRADE = (sys.executable, "-m", "autograder.cli")
NAMES = tuple(WORKS)
SECONDS = 250  # for one command; the machine may be slow and busy


class Class:
    """A course, a class's submissions beside it, and the command that grades them.

    temporary   the folder that the command and its workers have in place of /tmp.
    """

    def __init__(self, folder: Path, root: Path, place: str, size: int) -> None:
        self.course = folder / "course"
        make_course(self.course)
        self.sources = folder / "sub"
        self.sources.mkdir()
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.place = place
        self._root = root
        self.expected = {}
        for number in range(size):
            work = WORKS[NAMES[number % len(NAMES)]]
            self.add(f"s{number:03}", f"# {number}\n{work.source}", work.points)
        (self.course / "gradebook.seed").write_text("5\n")

    def add(self, student: str, source: str, points: float) -> None:
        """One more submission, and the points that it must get."""
        (self.sources / f"{student}.py").write_text(source)
        self.expected[student] = points

    def command(self, *words: str) -> list[str]:
        """The words of `grade batch`."""
        return [
            *(*GRADE, "batch", "small", str(self.sources), "--trust-submissions"),
            *("--jobs", "2", "--gradebook", self.place),
            *("--seed-file", str(self.course / "gradebook.seed"), *words),
        ]

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Begin to grade."""
        return subprocess.Popen(
            self.command(*words),
            cwd=self.course,
            env={
                **os.environ,
                "PYTHONPATH": str(self._root),
                "PYTHONUNBUFFERED": "1",
                "TMPDIR": str(self.temporary),
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def grade(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Grade, to the end."""
        process = self.start(*words)
        out, err = process.communicate(timeout=SECONDS)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def points(self) -> dict[str, float]:
        """What counts now, by student."""
        with Gradebook.open(self.place) as book:
            return {r.student: r.points for r in book.rows() if not r.report.ungraded}

    def recorded(self) -> int:
        """How many gradings there are, of every state."""
        return len(self.states())

    def states(self) -> list[str]:
        """The state of every grading."""
        from sqlalchemy import select

        from autograder.gradebook.schema import gradings

        database = Database(self.place)
        found = [state for (state,) in database.all(select(gradings.c.state))]
        database.close()
        return found

    def whole(self) -> None:
        """Everybody has the points that are due, by one grading that counts; none is lost,
        and none was made twice.
        """
        points = self.points()
        wrong = {name: (points.get(name), due) for name, due in self.expected.items()}
        assert {name: pair for name, pair in wrong.items() if pair[0] != pair[1]} == {}
        assert sorted(self.states()) == ["current"] * len(self.expected)


def until(condition: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def children(pid: int) -> list[int]:
    """The processes that any thread of this one has started."""
    found: list[int] = []
    with contextlib.suppress(OSError):  # it may end meanwhile
        for task in os.listdir(f"/proc/{pid}/task"):
            found += map(int, Path(f"/proc/{pid}/task/{task}/children").read_text().split())
    return found


def descendants(pid: int) -> Iterator[int]:
    """All processes below this one, each before its own children."""
    for child in children(pid):
        yield child
        yield from descendants(child)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that has ended and was not waited for does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def words(pid: int) -> str:
    """The command line of a process; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""
