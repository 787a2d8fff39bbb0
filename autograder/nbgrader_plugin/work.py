"""A worker's tasks for a class in nbgrader: grade a notebook, write a feedback page."""

from __future__ import annotations

import contextlib
import glob
import hashlib
import json
import logging
import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from autograder import __version__
from autograder.course.course import Assignment
from autograder.model import Report
from autograder.nbgrader_plugin.course import open_course
from autograder.nbgrader_plugin.grader import faults, grader
from autograder.nbgrader_plugin.reading import handed_in, read
from autograder.nbgrader_plugin.restore import found_in, restore
from autograder.nbgrader_plugin.results import Results, results, show
from autograder.submissions.beside import wanted
from autograder.submissions.reader import MAX_NOTEBOOK
from autograder.wording import plain

PAGE_SECONDS = 60.0  # of processor time, for one feedback page
FORM = 4  # of what is written into a notebook and its comments
_BASIS = "basis"  # in a graded notebook's metadata: what its scores depend on


class Plan(msgspec.Struct, frozen=True):
    """The settings that all notebooks of one run have in common."""

    assignment: str
    notebook: str  # its name, without .ipynb
    release: str  # the path of the notebook that students were given
    course: str
    digest: str  # the assignment's, when the run began
    seed: int
    stamp: bytes  # the course's, for fingerprints that only it can make
    trusted: bool


class Job(msgspec.Struct, frozen=True):
    """One student's submission: folders of nbgrader's steps."""

    student: str
    submitted: str
    autograded: str
    again: bool  # even if nothing has changed


class Finished(msgspec.Struct, frozen=True):
    """The end of a submission's grading.

    unchanged   it was graded before, and would come out the same.
    results     for the gradebook; None when unchanged.
    text        the graded notebook.
    report      on the secret inputs: for instructors only.
    remarks     what was repaired, and what a person has to look at.
    """

    job: Job
    seconds: float
    unchanged: bool = False
    results: Results | None = None
    text: str = ""
    report: Report | None = None
    remarks: tuple[str, ...] = ()


def grade_one(plan: Plan, job: Job) -> Finished:
    """Grade one notebook; nothing is written. Raises GradeError when none could be graded."""
    started = time.perf_counter()
    path, remarks = _submitted(Path(job.submitted), plan.notebook)
    ours = grader(Path(plan.course), plan.seed)
    assignment = ours.assignment(plan.assignment, digest=plan.digest)
    basis = _basis(plan, assignment, path)
    graded = Path(job.autograded) / f"{plan.notebook}.ipynb"
    if not job.again and _basis_of(graded) == basis:
        return Finished(job, time.perf_counter() - started, unchanged=True)
    handed = handed_in(path, assignment.settings.extra_files)
    notebook = restore(handed.cells, read(Path(plan.release)), handed.unreadable)
    report = shown = None
    if handed.submission is None:
        remarks.append(f"The notebook could not be read: {handed.unreadable}")
    else:
        report = ours.grade(handed.submission, assignment, trusted=plan.trusted)
        remarks += faults(report)
        shown = ours.told(report, handed.submission, assignment)
    outcome = results(notebook, shown)
    show(notebook, shown)
    notebook["metadata"]["autograder"][_BASIS] = basis
    return Finished(
        job,
        time.perf_counter() - started,
        results=outcome,
        text=msgspec.json.format(msgspec.json.encode(notebook), indent=1).decode() + "\n",
        report=report,
        remarks=(*remarks, *found_in(notebook).changes),
    )


def write_feedback(folder: str, assignment: str, students: Sequence[str]) -> dict[str, str]:
    """Write the feedback pages of some students, as `nbgrader generate_feedback` does.

    Returns whose could not be made, and why: a page may take no more than PAGE_SECONDS of
    processor time. Runs in the main thread of a worker.
    """
    from nbconvert.writers import FilesWriter
    from nbgrader.converters import GenerateFeedback

    from autograder.nbgrader_plugin.feedback_pages import Pages

    app = open_course(Path(folder))
    app.coursedir.assignment_id = assignment
    converter: Any = GenerateFeedback(coursedir=app.coursedir, parent=app)
    converter.force = True
    # As its start() does for one pattern of names; a template is compiled once for all.
    converter.writer = FilesWriter(parent=converter, config=converter.config)
    converter.exporter = Pages(parent=converter, config=converter.config)
    for step in converter.preprocessors:
        converter.exporter.register_preprocessor(step)
    heard = _Heard()
    app.log.handlers, app.log.propagate = [heard], False
    failed: dict[str, str] = {}
    before = Path.cwd()
    os.chdir(app.coursedir.root)
    signal.signal(signal.SIGVTALRM, _too_long)
    try:
        for student in students:
            app.coursedir.student_id, heard.error = glob.escape(student), ""
            try:
                signal.setitimer(signal.ITIMER_VIRTUAL, PAGE_SECONDS, 1.0)
                converter.init_notebooks()
                converter.convert_notebooks()
            except Exception as error:
                failed[student] = heard.error or f"{type(error).__name__}: {error}"
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    finally:
        os.chdir(before)
    return failed


class _Heard(logging.Handler):
    """Listens for a page that nbgrader could not make, which it logs and does not report."""

    error = ""

    def emit(self, record: logging.LogRecord) -> None:
        said = record.getMessage().strip()
        if said.startswith("Traceback"):
            self.error = said.splitlines()[-1]


def _too_long(signal_number: int, frame: object) -> None:
    raise TimeoutError(f"it takes longer than {PAGE_SECONDS:g} s")


def _submitted(folder: Path, notebook: str) -> tuple[Path, list[str]]:
    """The student's notebook, also when it is the only one and was given another name."""
    path = folder / f"{notebook}.ipynb"
    if path.is_file():
        return path, []
    others = sorted(one for one in folder.glob("*.ipynb") if not one.is_dir())
    if len(others) == 1:
        return others[0], [f"The notebook was called {plain(others[0].name)}."]
    if path.is_dir():
        return path, [f"{path.name} is a folder, and no notebook."]
    return path, [f"There is no {path.name} among the submitted files."]


def _basis(plan: Plan, assignment: Assignment, path: Path) -> str:
    """A fingerprint of all that scores and comments depend on.

    It stands in a notebook that may be handed back. So it is made with the course's own stamp:
    without that, nobody can try seeds until one fits.
    """
    parts = f"{__version__}/{FORM}/{assignment.digest}/{plan.seed}"
    fingerprint = hashlib.blake2b(parts.encode(), key=plan.stamp, digest_size=32)
    beside = wanted(os.listdir(path.parent), path.name, assignment.settings.extra_files)
    for file in (path, Path(plan.release), *(path.parent / name for name in beside)):
        with contextlib.suppress(OSError):  # what nobody can read is no part of it
            readable = file.is_file() and not file.is_symlink()
            if readable and file.stat().st_size <= MAX_NOTEBOOK:
                fingerprint.update(file.read_bytes())
    return fingerprint.hexdigest()


def _basis_of(graded: Path) -> str | None:
    try:
        metadata = json.loads(graded.read_text("utf-8"))["metadata"]["autograder"]
        return str(metadata[_BASIS])
    except (OSError, ValueError, KeyError, TypeError):
        return None
