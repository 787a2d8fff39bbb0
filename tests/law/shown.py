"""The program that `grade check --show` prints runs, and comes to the same end."""

from __future__ import annotations

import contextlib
import io
import random
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from autograder.course import course
from autograder.course.course import Assignment
from autograder.errors import SubmissionError
from autograder.feedback.snippet import snippet
from autograder.grading.report import selected
from autograder.grading.shown import shown
from autograder.model import Cell, Submission
from autograder.sandbox.host.sandbox import Sandbox
from autograder.solution.heard import Call
from tests.law.beginners.mistake import mistakes
from tests.law.figures import Figure

ROOT = Path(__file__).parents[2]
EVERY, EVERY_OF_ALL = 100, 19


def figures(full: bool) -> Iterator[Figure]:
    """Programs of cases of all kinds, each run on the file that misses it."""
    wrong: list[str] = []
    count = 0
    courses = course.load(ROOT)
    for one in mistakes()[:: EVERY_OF_ALL if full else EVERY]:
        assignment = courses.assignment(one.assignment)
        if set(assignment.settings.preload) - {"numpy"} or assignment.reference is None:
            continue
        reference = (assignment.reference / "solution.py").read_text("utf-8")
        count += 1
        why = _why_not(one.source(reference), assignment, one.check.partition("/")[2])
        wrong += [f"{one.name}: {why}"] if why else []
    said = f": {'; '.join(wrong)}" if wrong else ""
    yield Figure(
        "programs that run", f"{count - len(wrong)} of {count}{said}", "all", not wrong
    )


def _why_not(source: str, assignment: Assignment, check: str) -> str:
    """What is wrong with the program; "" where it runs to the end that the check has seen."""
    submission = Submission(name="mine.py", cells=(Cell(source),), digest="")
    with Sandbox(limits=assignment.limits) as sandbox:
        try:
            found = shown(submission, assignment, selected(assignment, [check])[0], sandbox)
        except SubmissionError:  # of a file that cannot be read, words are all there is
            return ""
    if source.startswith("%") or found.right:
        return ""
    if not found.events:
        return "it asks nothing"
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mine.py"
        path.write_text(source)
        program = snippet(
            ["A case."],
            found.events,
            file=str(path),
            answer=found.answer,
            expected=found.expected,
            seed=found.seed,
        )
        raised = found.events[-1].raised if isinstance(found.events[-1], Call) else ""
        ended = _run(program, found.seed)
    if ended and ended not in (raised or ""):
        return f"it ends with {ended}"
    return "" if ended or not raised else f"it ends well, where the check saw {raised}"


def _run(program: str, seed: int) -> str:
    """The name of the exception with which it ends; "" without one."""
    random.seed(seed)
    with (
        contextlib.redirect_stdout(io.StringIO()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        try:
            exec(compile(program, "shown.py", "exec"), {"__name__": "__main__"})
        except Exception as error:
            return type(error).__name__
    return ""
