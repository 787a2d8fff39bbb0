"""A verdict is the same alone, in any order, and twice in one session."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Iterator
from pathlib import Path

from autograder.answers.choice import answer_key
from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import PUBLIC_SEED, Judge, grade
from autograder.grading.session import Session
from autograder.model import Submission, Verdict
from autograder.sandbox.host.sandbox import Sandbox
from autograder.verify.known import known_submissions
from tests.law.figures import Figure

# Of each assignment, files that are wrong in parts, remember something, or are right.
SHORT = {
    "assignment1": ("wrong_activations",),
    "assignment2": ("wrong_sign_function",),
    "assignment3": (
        "right_global",
        "wrong_no_cache",
        "broken_returns_none",
        "wrong_squared_error",
    ),
    "assignment4": ("wrong_batch", "broken_no_return"),
}
# Alone, each check of these takes seconds: all of them together in one other order will do.
SLOW = frozenset({"broken_hangs", "slow_until_no_mistakes", "slow_never_counts_down"})


def figures(full: bool) -> Iterator[Figure]:
    """Every known submission with every check, or a few of them."""
    for name, assignment in course.load(Path(__file__).parents[2]).assignments.items():
        if assignment.missing or (not full and name not in SHORT):
            continue
        assert assignment.reference is not None
        wanted = None if full else SHORT[name]
        known = [
            (title, submission)
            for title, submission, _ in known_submissions(assignment.reference)
            if wanted is None or title in wanted
        ]
        settings = assignment.settings
        with Sandbox(limits=settings.limits, preload=settings.preload) as sandbox:
            compared = [
                _differences(title, submission, assignment, sandbox)
                for title, submission in known
            ]
        count = sum(number for number, _ in compared)
        differing = [place for _, places in compared for place in places]
        yield Figure(
            f"{name}: verdicts on {len(known)} files alone, shuffled, twice",
            f"{count - len(differing)} of {count} as in the whole report"
            + (f"; not {', '.join(differing[:5])}" if differing else ""),
            "all",
            count > 0 and not differing,
        )


def _differences(
    title: str, submission: Submission, assignment: Assignment, sandbox: Sandbox
) -> tuple[int, list[str]]:
    """How many verdicts were compared with the whole report's, and which differ."""
    whole = {v.id: _told(v) for v in grade(submission, assignment, sandbox=sandbox).checks}
    found: list[tuple[str, Verdict]] = []
    ids = list(whole)
    random.Random(title).shuffle(ids)
    if title not in SLOW and "keras" not in assignment.settings.preload:
        for name in ids:
            report = grade(submission, assignment, only=[name], sandbox=sandbox)
            found += ((f"{title} {v.id} alone", v) for v in report.checks)
    checks = {check.id: check for check in assignment.checks}
    key = answer_key(assignment, PUBLIC_SEED)
    session = Session(sandbox, submission, assignment, key, PUBLIC_SEED)
    with contextlib.closing(session):
        for turn in ("shuffled", "again"):
            judge = Judge(session)
            found += ((f"{title} {name} {turn}", judge.verdict(checks[name])) for name in ids)
            ids.reverse()
    return len(found), [place for place, v in found if _told(v) != whole[v.id]]


def _told(verdict: Verdict) -> tuple[object, ...]:
    """All of a verdict but its seconds."""
    return tuple(
        getattr(verdict, name) for name in verdict.__struct_fields__ if name != "seconds"
    )
