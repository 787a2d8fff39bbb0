"""Mistakes of beginners: caught where they are, named, and told on one screen.

Each changes a few letters of the reference. `python -m tests.law mistakes --words` prints what
is said of each, for a person to read.
"""

from __future__ import annotations

import functools
import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from autograder.answers.choice import live_key
from autograder.course import course
from autograder.feedback.terminal import show
from autograder.grading.report import PUBLIC_SEED, grade
from autograder.model import Cell, Report, Submission, Verdict
from autograder.sandbox.host.sandbox import Sandbox
from tests.law.beginners.mistake import Mistake, mistakes
from tests.law.figures import Figure

ROOT = Path(__file__).parents[2]
MISTAKES = mistakes()
CAUGHT, NAMED, ON_A_SCREEN, ROWS = 0.98, 0.80, 0.95, 24
EVERY = 15  # of the short form: each fifteenth, and these must be as good as all


def figures(full: bool) -> Iterator[Figure]:
    """Caught by the check of the changed function; named; and told in the rows of a screen."""
    chosen = MISTAKES if full else MISTAKES[::EVERY]
    reports = dict(judged(chosen))
    verdicts = {one: _of(one, report) for one, report in reports.items()}
    passed = [one.name for one in chosen if verdicts[one].points >= verdicts[one].possible]
    unnamed = [one.name for one in chosen if not re.search(one.named, said(verdicts[one]))]
    long = [one.name for one in chosen if _rows(reports[one]) > ROWS]
    yield _figure("mistakes caught", len(chosen), passed, CAUGHT)
    yield _figure("mistakes named", len(chosen), unnamed, NAMED)
    yield _figure(f"reports of {ROWS} rows at most", len(chosen), long, ON_A_SCREEN)
    if full:
        enough = len(MISTAKES) >= 100
        yield Figure("mistakes", str(len(MISTAKES)), "at least 100", enough)
    if "--words" in sys.argv:
        for one in chosen:
            print(f"{one.name}\n    {said(verdicts[one])}")


def judged(chosen: Sequence[Mistake]) -> Iterator[tuple[Mistake, Report]]:
    """Each with its report; one sandbox for each assignment."""
    courses = course.load(ROOT)
    for name in dict.fromkeys(one.check.partition("/")[0] for one in chosen):
        assignment = courses.assignment(name)
        assert assignment.reference is not None
        reference = (assignment.reference / "solution.py").read_text("utf-8")
        key = live_key(assignment, PUBLIC_SEED)
        with Sandbox(limits=assignment.limits, preload=assignment.settings.preload) as sandbox:
            for one in chosen:
                if one.check.startswith(f"{name}/"):
                    cells = (Cell(one.source(reference)),)
                    submission = Submission(name="mine.py", cells=cells, digest="")
                    yield one, grade(submission, assignment, sandbox=sandbox, key=key)


def said(verdict: Verdict) -> str:
    """All that is said of what happened and why; not what the author says to everybody."""
    hint = "" if verdict.hint in _usual_hints() else verdict.hint
    named = verdict.diagnosis.sentence if verdict.diagnosis else ""
    return " ".join(filter(None, (verdict.message, named, hint)))


@functools.cache
def _usual_hints() -> frozenset[str]:
    assignments = course.load(ROOT).assignments.values()
    return frozenset(check.hint for one in assignments for check in one.checks)


def _of(mistake: Mistake, report: Report) -> Verdict:
    check = mistake.check.partition("/")[2]
    return next(verdict for verdict in report.checks if verdict.id == check)


def _rows(report: Report) -> int:
    console = Console(file=io.StringIO(), width=80, highlight=False, markup=False)
    show(report, console, title=report.assignment, file="mine.py", seconds=1.0)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().count("\n")


def _figure(what: str, count: int, missed: Sequence[str], bar: float) -> Figure:
    shown = f": {'; '.join(missed)}" if missed else ""
    reached = (count - len(missed)) / count
    held = f"{count - len(missed)} of {count}{shown}"
    return Figure(what, held, f"{bar:.0%}", reached >= bar)
