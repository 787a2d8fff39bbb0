"""The ways by which feedback comes back to a student: Gradescope's files, nbgrader's pages.

Each is all that an instructor's commands do, in this process.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from autograder.batch import practice
from autograder.batch.running import Batch, basis
from autograder.batch.workplace import Terms, terms
from autograder.course.course import Assignment, Course
from autograder.export.files import Gradescope as Results
from autograder.gradebook import Gradebook
from autograder.gradebook.entries import Basis
from autograder.model import Cell, Submission
from autograder.nbgrader_plugin.classroom import Classroom
from autograder.nbgrader_plugin.setup import init
from autograder.submissions.sources import Entry
from tests.oracle.learner import Told

T = TypeVar("T")

SEED = 4_917_325_806_611_243
SECONDS = 400  # for the longest command, on a slow and busy machine

_ROW = re.compile(r"^  (?:(.*?): )?expected (.*), yours (.*)$", re.MULTILINE)
_BLOCK = re.compile(r'<div class="grade-check.*?(?=<div class="grade-check|\Z)', re.DOTALL)
_HEADING = re.compile(r"<strong>([^<]*)</strong>[^<]*?, ([\d.]+) / ([\d.]+) points")
_LINE = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<td[^>]*>(.*?)</td>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Feedback:
    """What one student got back: the checks, and everything there is to read."""

    told: list[Told]
    everything: str


class Route(Protocol):
    """A way from hand-ins to feedback."""

    name: str

    def hand_in(self, works: Mapping[str, str]) -> dict[str, Feedback]:
        """Hand in each student's text, and collect what each gets back."""


class Gradescope:
    """What `grade batch` and then `grade export gradescope` do."""

    name = "Gradescope"

    def __init__(self, course: Course, assignment: Assignment, folder: Path) -> None:
        self._course, self._assignment, self._folder = course, assignment, folder
        self._rounds = 0

    def hand_in(self, works: Mapping[str, str]) -> dict[str, Feedback]:
        """Scripts into a gradebook; back come the results.json."""
        self._rounds += 1
        to = self._folder / f"results-{self._rounds}"
        ours = self._assignment
        with Gradebook.open(str(self._folder / "gradebook.db")) as book:
            run = book.begin(ours.name, "batch", "local", [])
            entries = [_entry(student, text) for student, text in works.items()]
            ids = book.take_in(run, ours.name, entries)
            self._grade(book, ids, basis(ours, SEED), run)
            self._grade(book, practice.lacking(book, ours), practice.public_basis(ours), None)
            rows = practice.for_students(book.rows(ours.name), book, self._course.assignments)
        Results().write(rows, to, roster=None)
        return {student: _results(to / student / "results.json") for student in works}

    def _grade(self, book: Gradebook, ids: Sequence[int], on: Basis, run: int | None) -> None:
        engine = _Engine()
        terms = engine.terms(self._assignment.settings.preload)
        batch = Batch(book, self._assignment, on, engine, terms, run, trusted=True)
        assert len(list(batch.grade(ids))) == len(ids)


class NbGrader:
    """What `grade nbgrader autograde --feedback` does."""

    name = "nbgrader"

    def __init__(self, course: Course, assignment: Assignment, folder: Path) -> None:
        self._assignment, self._folder = assignment, folder / "nbcourse"
        for _ in init(course, self._folder, [assignment.name]):
            pass
        (self._folder / "gradebook.seed").write_text(f"{SEED}\n")
        _run("nbgrader", "generate_assignment", assignment.name, at=self._folder)
        release = self._folder / "release" / assignment.name / f"{assignment.module}.ipynb"
        self._release = json.loads(release.read_text("utf-8"))

    def hand_in(self, works: Mapping[str, str]) -> dict[str, Feedback]:
        """In a cell of the student's own; back come the feedback pages."""
        name = self._assignment.name
        for student, text in works.items():
            cell: dict[str, Any] = {"cell_type": "code", "id": "own", "metadata": {}}
            cell |= {"source": text, "outputs": [], "execution_count": None}
            notebook = {**self._release, "cells": [*self._release["cells"], cell]}
            there = self._folder / "submitted" / student / name
            there.mkdir(parents=True, exist_ok=True)
            (there / f"{self._assignment.module}.ipynb").write_text(json.dumps(notebook))
        room = Classroom.open(self._folder, name, trusted=True)
        jobs = room.jobs(list(works), again=True)
        assert all(done.results for done in room.grade(jobs, Here(), 1))
        written = room.feedback(list(works), Here(), 1)
        assert list(written) == [(one, "") for one in works]
        page = f"{self._assignment.module}.html"
        return {one: _page(self._folder / "feedback" / one / name / page) for one in works}


class Here(Executor):
    """Does what is asked at once, in this process: the start of workers is not what counts."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Call it."""
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class _Engine:
    """An engine without workers of its own."""

    name = "local"
    window = 1
    lost: tuple[type[BaseException], ...] = ()
    executor = Here()

    def terms(self, preload: Sequence[str]) -> Terms:
        """Those of this process."""
        return terms(preload)

    def check(self) -> None:
        """It is there as long as this process."""

    def close(self) -> None:
        """There is nothing to end."""


def _entry(student: str, text: str) -> Entry:
    digest = hashlib.sha256(text.encode()).hexdigest()
    work = Submission(name=f"{student}.py", cells=(Cell(text),), digest=digest)
    return Entry(student=student, submission=work, source=f"{student}.py")


def _run(*command: str, at: Path) -> None:
    """A program that stands beside this Python."""
    beside = Path(sys.executable).parent
    done = subprocess.run(
        [str(beside / command[0]), *command[1:]],
        cwd=at,
        env=os.environ | {"PATH": f"{beside}{os.pathsep}{os.environ['PATH']}"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _results(path: Path) -> Feedback:
    text = path.read_text("utf-8")
    told = [
        Told(test["extra_data"]["check"], test["score"], tuple(_rows(test["output"])),
             test["output"])
        for test in json.loads(text)["tests"]
    ]  # fmt: skip
    return Feedback(told, text)


def _rows(output: str) -> list[tuple[str, str, str]]:
    return [(where or "", expected, yours) for where, expected, yours in _ROW.findall(output)]


def _page(path: Path) -> Feedback:
    """A page without the student's own code, which they have anyway."""
    text = path.read_text("utf-8")
    blocks = _BLOCK.findall(text)
    told = []
    for block in blocks:
        found = _HEADING.search(block)
        assert found, block[:500]
        rows = [_CELL.findall(line) for line in _LINE.findall(block)]
        plain = [tuple(map(_plain, ["", *cells][-3:])) for cells in rows if len(cells) > 1]
        told.append(Told(_plain(found[1]), float(found[2]), tuple(plain), _plain(block)))
    remarks = re.findall(r"Remarks on this notebook.*?</ul>", text, re.DOTALL)
    comments = re.findall(
        r"nbgrader-comment.*?</div>|<blockquote.*?</blockquote>", text, re.DOTALL
    )
    return Feedback(told, "\n".join(map(_plain, (*blocks, *remarks, *comments))))


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text.replace("<br>", "\n").replace("</p>", "\n")))
