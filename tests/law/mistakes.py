"""Mistakes of beginners: caught where they are, named truly, and told on one screen.

Each changes one function of the reference. `python -m tests.law mistakes --words` prints what
is said of each, for a person to read; `--only=PATTERN` takes those whose names fit.
"""

from __future__ import annotations

import functools
import io
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from autograder.answers.choice import live_key
from autograder.answers.key import AnswerKey
from autograder.course import course
from autograder.course.course import Assignment
from autograder.feedback.terminal import show
from autograder.grading.report import PUBLIC_SEED, grade
from autograder.model import Cell, Report, Submission, Verdict
from autograder.sandbox.host.sandbox import Sandbox
from tests.law.beginners.mistake import Mistake, mistakes
from tests.law.beginners.sentences import Told
from tests.law.figures import Figure

ROOT = Path(__file__).parents[2]
CAUGHT, NAMED, ALONE, ON_A_SCREEN, ROWS = 0.98, 0.80, 0.98, 0.95, 24
MANY = 300
EVERY = 34  # of the short form: each of these, and they must be as good as all


@dataclass(frozen=True)
class Judged:
    """A mistake, its report as a terminal shows it, and what of it is false."""

    mistake: Mistake
    report: Report
    screen: str
    falsehoods: Sequence[str]
    elsewhere: Sequence[str]

    @property
    def verdict(self) -> Verdict:
        """That of the check which must miss points."""
        check = self.mistake.check.partition("/")[2]
        return next(verdict for verdict in self.report.checks if verdict.id == check)


def figures(full: bool) -> Iterator[Figure]:
    """Caught by the check of the changed function, named, nothing false, on one screen."""
    found = list(judged(_chosen(full)))
    count = len(found)
    passed = [one for one in found if one.verdict.points >= one.verdict.possible]
    unnamed = [
        one for one in found if not re.search(one.mistake.named, said(one.verdict), re.I)
    ]
    blamed = [one for one in found if one.elsewhere]
    long = [one for one in found if one.screen.count("\n") > ROWS]
    false = [f"{one.mistake.name}: {each}" for one in found for each in one.falsehoods]
    yield _figure("mistakes caught", count, passed, CAUGHT)
    yield _figure("mistakes named", count, unnamed, NAMED)
    yield _figure("mistakes that cost no other function", count, blamed, ALONE)
    yield _figure(f"reports of {ROWS} rows at most", count, long, ON_A_SCREEN)
    shown = f": {'; '.join(false)}" if false else ""
    yield Figure("false sentences", f"{len(false)}{shown}", "0", not false)
    if full and not _pattern():
        enough = len(mistakes()) >= MANY
        yield Figure("mistakes", str(len(mistakes())), f"at least {MANY}", enough)
    if "--words" in sys.argv:
        for one in found:
            print(f"{one.mistake.name}\n    {said(one.verdict)}")


def _chosen(full: bool) -> list[Mistake]:
    """All; in the short form some, and none of those that need a large library."""
    if not full:
        courses = course.load(ROOT)
        small = [one for one in mistakes() if not _is_large(courses.assignment(one.assignment))]
        return small[::EVERY]
    return [one for one in mistakes() if re.search(_pattern(), one.name)]


def _pattern() -> str:
    """What `--only` says; "" without it."""
    said = [each for each in sys.argv if each.startswith("--only=")]
    return said[-1].removeprefix("--only=") if said else ""


def _is_large(assignment: Assignment) -> bool:
    return bool(set(assignment.settings.preload) - {"numpy"})


def judged(chosen: Sequence[Mistake]) -> Iterator[Judged]:
    """Each with its report; one sandbox for each assignment."""
    courses = course.load(ROOT)
    for name in dict.fromkeys(one.assignment for one in chosen):
        assignment = courses.assignment(name)
        assert assignment.reference is not None
        reference = (assignment.reference / "solution.py").read_text("utf-8")
        key = live_key(assignment, PUBLIC_SEED)
        with Sandbox(limits=assignment.limits, preload=assignment.settings.preload) as sandbox:
            for one in chosen:
                if one.assignment == name:
                    yield _judged(one, assignment, reference, sandbox, key)


def _judged(
    mistake: Mistake, assignment: Assignment, reference: str, sandbox: Sandbox, key: AnswerKey
) -> Judged:
    source = mistake.source(reference)
    report = grade(_file(source), assignment, sandbox=sandbox, key=key)

    def passes(text: str, check: str) -> bool:
        again = grade(
            _file(text), assignment, sandbox=sandbox, key=key, only=[check], explain=False
        )
        return again.points >= again.possible

    screen = _screen(report)
    told = Told(assignment, reference, source, mistake.where, report, screen, passes)
    return Judged(mistake, report, screen, told.falsehoods, told.elsewhere)


def _file(text: str) -> Submission:
    return Submission(name="mine.py", cells=(Cell(text),), digest="")


def said(verdict: Verdict) -> str:
    """All that is said of what happened and why; not what the author says to everybody."""
    hint = "" if verdict.hint in _usual_hints() else verdict.hint
    named = verdict.diagnosis.sentence if verdict.diagnosis else ""
    return " ".join(filter(None, (verdict.message, named, hint)))


@functools.cache
def _usual_hints() -> frozenset[str]:
    assignments = course.load(ROOT).assignments.values()
    return frozenset(check.hint for one in assignments for check in one.checks)


def _screen(report: Report) -> str:
    console = Console(file=io.StringIO(), width=80, highlight=False, markup=False)
    show(
        report,
        console,
        title=report.assignment,
        file="mine.py",
        seconds=1.0,
        command=("grade", "check", report.assignment, "mine.py"),
    )
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def _figure(what: str, count: int, missed: Sequence[Judged], bar: float) -> Figure:
    shown = f": {'; '.join(one.mistake.name for one in missed)}" if missed else ""
    reached = (count - len(missed)) / count
    held = f"{count - len(missed)} of {count}{shown}"
    return Figure(what, held, f"{bar:.0%}", reached >= bar)
