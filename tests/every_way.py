"""One class of notebooks through every way that grades them: what each check earns by each.

An outcome is what every check gives, or None where a file was refused, so that a person has to
look. All ways draw their inputs from the public seed here: those that grade by a secret one are
given that number.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from autograder import submissions
from autograder.cli.app import app
from autograder.course import course
from autograder.course.course import Assignment
from autograder.errors import IntakeError
from autograder.feedback.lines import as_text
from autograder.feedback.signs import SIGNS
from autograder.gradebook.book import Gradebook
from autograder.model import Report, Status
from autograder.nbgrader_plugin.cells import check_of, grade_id, is_test
from autograder.nbgrader_plugin.work import Job, Plan, grade_one
from autograder.notebook.bundle import FOLDER
from autograder.publishing.graded import CHECK_PREFIX, graded_notebook
from autograder.publishing.release import release
from autograder.publishing.source import instructor_cells
from autograder.pytest_plugin import POINTS, STATUS
from tests.kernels import kernel_in
from tests.nbgrader.mangles import Notebook, answers, emptied

Files = Mapping[str, bytes]  # notebooks, by whoever hands them in
PATIENCE = 15.0  # seconds, for what runs at the top level of a notebook in a kernel


@dataclass(frozen=True)
class Given:
    """What a check gives by one way.

    status   its word for students: "passed", "wrong".
    said     all that is said of it, as text; None where a way says it in other words.
    """

    points: float
    status: str
    said: str | None = None


Outcome = dict[str, Given] | None


@dataclass(frozen=True)
class School:
    """An assignment of a course, in nbgrader as well, and what its students get.

    nbgrader   the folder of the nbgrader course.
    bundle     a course folder without the reference.
    """

    assignment: Assignment
    nbgrader: Path
    bundle: Path
    scratch: Path

    @classmethod
    def open(cls, assignment: Assignment, scratch: Path, *, whole: bool) -> School:
        """Build both from the course's folder.

        whole   whether nbgrader's own commands are wanted; they take half a minute to begin.
        """
        nbgrader, bundle = scratch / "nbgrader", scratch / "bundle"
        release(assignment, bundle)
        school = cls(assignment, nbgrader, bundle, scratch)
        if whole:
            root = str(_root(assignment))
            _grade(
                "nbgrader", "init", nbgrader, "--assignment", assignment.name, "--course", root
            )
            program("nbgrader", "generate_assignment", assignment.name, at=nbgrader)
            (nbgrader / "gradebook.seed").write_text("0\n")
        else:
            path = school.released
            path.parent.mkdir(parents=True)
            path.write_text(json.dumps(_handed_out(school.filled())), encoding="utf-8")
        return school

    @property
    def released(self) -> Path:
        """The notebook that nbgrader has handed out."""
        return self.nbgrader / "release" / self.assignment.name / self.file

    def filled(self) -> Notebook:
        """It with the reference's answers."""
        assert self.assignment.reference is not None
        cells = instructor_cells(self.assignment.reference / "solution.py")
        notebook: Notebook = json.loads(graded_notebook(cells, self.assignment.checks))
        return notebook

    @property
    def file(self) -> str:
        """What students call their notebook."""
        return f"{self.assignment.module}.ipynb"

    def folder(self, name: str) -> Path:
        """A new one."""
        path = self.scratch / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir()
        return path

    def handed_in(self, files: Files, name: str) -> Path:
        """The folder of a class: one for each student."""
        root = self.folder(name)
        for student, data in files.items():
            (root / student).mkdir()
            (root / student / self.file).write_bytes(data)
        return root


def by_check(school: School, files: Files, *, bundle: bool = False) -> dict[str, Outcome]:
    """`grade check`, in the course or in the students' bundle."""
    root = school.bundle if bundle else _root(school.assignment)
    there = school.handed_in(files, "checked")
    outcomes = {}
    for student in files:
        path = there / student / school.file
        said = _grade("check", school.assignment.name, path, "--json", "--course", root)
        if said.startswith("{"):
            outcomes[student] = _of(msgspec.json.decode(said, type=Report))
        else:
            outcomes[student] = None
    return outcomes


def by_bundle(school: School, files: Files) -> dict[str, Outcome]:
    """`grade check` with the bundle that students have."""
    return by_check(school, files, bundle=True)


def by_batch(school: School, files: Files, engine: str = "local") -> dict[str, Outcome]:
    """`grade batch`, on this machine's processors or on Dask."""
    place = school.folder("batch")
    (place / "seed").write_text("0\n")
    _grade(
        "batch",
        school.assignment.name,
        school.handed_in(files, "batched"),
        *("--gradebook", place / "book.db", "--seed-file", place / "seed"),
        *("--engine", engine, "--jobs", "2", "--course", _root(school.assignment)),
    )
    outcomes: dict[str, Outcome] = dict.fromkeys(files)
    with Gradebook.open(str(place / "book.db")) as book:
        for row in book.rows(school.assignment.name):
            if not row.report.ungraded:
                outcomes[row.student] = _of(row.report)
    return outcomes


def by_dask(school: School, files: Files) -> dict[str, Outcome]:
    """`grade batch --engine dask`."""
    return by_batch(school, files, "dask")


def by_nbgrader(school: School, files: Files) -> dict[str, Outcome]:
    """`nbgrader autograde`, with our preprocessors."""
    return _in_nbgrader(school, files, "nbgrader", "autograde", school.assignment.name)


def by_grade_nbgrader(school: School, files: Files) -> dict[str, Outcome]:
    """`grade nbgrader autograde`."""
    name = school.assignment.name
    return _in_nbgrader(school, files, "grade", "nbgrader", "autograde", name, "--jobs", "2")


def by_worker(school: School, files: Files) -> dict[str, Outcome]:
    """What a worker of `grade nbgrader autograde` does, in this process."""
    there = school.handed_in(files, "collected")
    plan = Plan(
        assignment=school.assignment.name,
        notebook=school.assignment.module,
        release=str(school.released),
        course=str(_root(school.assignment)),
        digest=school.assignment.digest,
        seed=0,
        stamp=b"",
        trusted=False,
    )
    outcomes: dict[str, Outcome] = {}
    for student in files:
        done = grade_one(plan, Job(student, str(there / student), str(there / "none"), True))
        assert done.results is not None
        outcomes[student] = _graded(json.loads(done.text), done.results.scores)
    return outcomes


def by_pytest(school: School, files: Files) -> dict[str, Outcome]:
    """`pytest --grade`."""
    there = school.handed_in(files, "tested")
    outcomes: dict[str, Outcome] = {}
    for student in files:
        seen = _Seen()
        words = [
            *("-q", "--assert=plain", "-p", "no:cacheprovider"),
            *("--grade", school.assignment.name, "--course", str(_root(school.assignment))),
            f"--submission={there / student / school.file}",
        ]
        nowhere = io.StringIO()
        with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
            code = pytest.main(words, [seen])
        outcomes[student] = seen.given if code in (0, 1) else None
    return outcomes


def by_kernel(school: School, files: Files) -> dict[str, Outcome]:
    """`check(...)` in a kernel that has run the notebook from top to bottom.

    None also where the notebook ended the kernel, or where its code is not in cells of code: no
    kernel has seen that.
    """
    folder = school.folder("kernel")
    shutil.copytree(school.bundle, folder / FOLDER)
    outcomes: dict[str, Outcome] = {}
    with kernel_in(folder) as kernel:
        for student, data in files.items():
            outcomes[student] = None
            cells = _cells_of_code(data, school.file)
            if cells is None:
                continue
            kernel.forget()
            if any(("stopped", {}) in kernel.run(cell, PATIENCE) for cell in cells):
                continue
            outcomes[student] = {}
            for check in _recorded(school):
                _, said, points = kernel.check(check.id)
                outcomes[student][check.id] = Given(float(points), _status(said))
    return outcomes


Way = Callable[[School, Files], dict[str, Outcome]]
WAYS: dict[str, Way] = {
    "grade check": by_check,
    "grade batch": by_batch,
    "grade batch on Dask": by_dask,
    "nbgrader autograde": by_nbgrader,
    "grade nbgrader autograde": by_grade_nbgrader,
    "check() in a kernel": by_kernel,
    "pytest --grade": by_pytest,
    "the bundle": by_bundle,
}
# In a minute: the real commands of nbgrader grade the same notebooks in tests/nbgrader, and
# what Dask gives is compared with what processes give, byte by byte, in tests/batch.
QUICK: dict[str, Way] = {
    "grade check": by_check,
    "grade batch": by_batch,
    "a worker of grade nbgrader": by_worker,
    "check() in a kernel": by_kernel,
    "pytest --grade": by_pytest,
    "the bundle": by_bundle,
}


def program(*command: str, at: Path) -> str:
    """Run a program that stands beside this Python; its output, stderr included."""
    beside = Path(sys.executable).parent
    done = subprocess.run(
        [str(beside / command[0]), *command[1:]],
        cwd=at,
        env=os.environ | {"PATH": f"{beside}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 3), done.stdout  # 3: something waits for a person
    return done.stdout


class _Seen:
    """A plug-in that keeps what each check gives."""

    def __init__(self) -> None:
        self.given: dict[str, Given] = {}
        self._said: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Points and status are properties of the test; its failure is what is said."""
        name = report.nodeid.rpartition("::")[2]
        if report.when == "call" and report.failed:
            self._said[name] = report.longreprtext.strip()
        found = dict(report.user_properties)
        if report.when == "teardown" and POINTS in found:
            status = SIGNS[Status(str(found[STATUS]))].word
            points = float(str(found[POINTS]))
            self.given[name] = Given(points, status, self._said.get(name))


def _in_nbgrader(school: School, files: Files, *command: str) -> dict[str, Outcome]:
    """The scores in nbgrader's gradebook, of a copy of the course, and its graded notebooks."""
    name = school.assignment.name
    place = school.scratch / "graded"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(school.nbgrader, place)
    for student, data in files.items():
        (place / "submitted" / student / name).mkdir(parents=True)
        (place / "submitted" / student / name / school.file).write_bytes(data)
    program(*command, at=place)
    exporter = "autograder.nbgrader_plugin.ChecksExporter"
    program("nbgrader", "export", f"--exporter={exporter}", "--to=checks.csv", at=place)
    scores: dict[str, dict[str, float | None]] = {student: {} for student in files}
    for row in csv.DictReader(io.StringIO((place / "checks.csv").read_text("utf-8"))):
        if row["auto_score"]:
            scores[row["student_id"]][CHECK_PREFIX + row["check"]] = float(row["auto_score"])
    return {
        student: _graded(
            json.loads((place / "autograded" / student / name / school.file).read_bytes()),
            scores[student],
        )
        for student in files
    }


def _graded(notebook: Notebook, scores: Mapping[str, float | None]) -> Outcome:
    """Of a notebook that nbgrader has graded: the scores, and what stands below its checks."""
    outcome = {}
    for one in notebook["cells"]:
        score = scores.get(grade_id(one)) if is_test(one) else None
        if score is not None:
            said = "".join(one["outputs"][0]["data"]["text/plain"])
            outcome[check_of(one)] = Given(score, _status(said), said)
    return outcome or None


def _status(said: str) -> str:
    """The word in the heading: "passed" in "sigmoid: passed, 5 of 5 points"."""
    return said.partition(": ")[2].partition(",")[0]


def _handed_out(notebook: Notebook) -> Notebook:
    for one in answers(notebook):
        emptied(one)
    return notebook


def _recorded(school: School) -> list[Any]:
    return [check for check in school.assignment.checks if check.local]


def _cells_of_code(data: bytes, name: str) -> list[str] | None:
    try:
        cells = submissions.parse(data, name).cells
    except IntakeError:
        return None
    if any(cell.label.startswith("text") for cell in cells):
        return None
    return [cell.source for cell in cells]


def _of(report: Report) -> Outcome:
    return {
        verdict.id: Given(verdict.points, SIGNS[verdict.status].word, as_text(verdict))
        for verdict in report.checks
    }


def _root(assignment: Assignment) -> Path:
    return assignment.folder.parents[1].resolve()


def _grade(*words: object) -> str:
    """What the command prints; it runs in this process."""
    return CliRunner().invoke(app, [str(word) for word in words]).stdout


def assignments(root: Path) -> Mapping[str, Assignment]:
    """Those of the course in this repository."""
    return course.load(root).assignments
