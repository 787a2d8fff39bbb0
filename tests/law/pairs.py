"""Two known mistakes in one function are named as these two, and never as anything else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from autograder.answers.choice import live_key
from autograder.answers.live import LiveKey
from autograder.answers.variants import variants_of
from autograder.authoring import Check, Kind
from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.judging.fingerprint import Fingerprint
from autograder.sandbox.host.sandbox import Sandbox
from tests.law.figures import Figure

ASSIGNMENTS = ("assignment1", "assignment2", "assignment3", "assignment4")
SEED = 3
SHORT = 15  # pairs of each assignment


def figures(full: bool) -> Iterator[Figure]:
    """For each assignment: of the pairs that are mistakes of their own, how many are named."""
    here = course.load(Path(__file__).parents[2])
    for name in ASSIGNMENTS:
        yield from _of(here.assignment(name), full)


def _of(assignment: Assignment, full: bool) -> Iterator[Figure]:
    assert assignment.reference is not None
    key = live_key(assignment, SEED)
    pairs = [
        (check, pair)
        for check in assignment.checks
        if check.kind is Kind.CHECK
        for pair in key.case(check, 0).pairs
    ]
    chosen = pairs if full else pairs[:: max(len(pairs) // SHORT, 1)]
    named, wrongly, looked_at = 0, [], 0
    settings = assignment.settings
    with Sandbox(limits=settings.limits, preload=settings.preload) as sandbox:
        for check, pair in chosen:
            if not _is_of_its_own(key, check, pair):
                continue
            looked_at += 1
            submission = variants_of(assignment.reference).variant(pair).submission
            report = grade(
                submission, assignment, seed=SEED, only=[check.id], sandbox=sandbox, key=key
            )
            found = report.checks[0].diagnosis
            named += found is not None and found.id == pair
            if found is not None and found.id != pair:
                wrongly.append(f"{pair} as {found.id}")
    share = named / looked_at if looked_at else 1.0
    yield Figure(
        f"{assignment.name}: pairs named",
        f"{named} of {looked_at} ({100 * share:.0f} %), of {len(pairs)} that may be made",
        "at least 80 %",
        share >= 0.8,
    )
    yield Figure(
        f"{assignment.name}: pairs named wrongly",
        f"{len(wrongly)} {'; '.join(wrongly[:3])}".strip(),
        "0",
        not wrongly,
    )


def _is_of_its_own(key: LiveKey, check: Check, pair: str) -> bool:
    """Whether the two together are neither right nor a single mistake."""
    cases = [key.case(check, number) for number in range(check.cases)]
    singles = {"": [case.expected for case in cases]} | {
        name: [case.wrong[name] for case in cases] for name in cases[0].wrong
    }
    return not any(
        all(
            Fingerprint(outcome).fits(case.pairs[pair])
            for outcome, case in zip(outcomes, cases, strict=True)
        )
        for outcomes in singles.values()
    )
