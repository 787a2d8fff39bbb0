"""Shorthands for tests of the gradebook."""

from __future__ import annotations

import hashlib
from typing import Any

from autograder.gradebook.entries import Basis
from autograder.model import Cell, Report, Status, Submission, Tier, Verdict
from autograder.submissions.sources import Entry

BASIS = Basis(assignment="small", seed=7, key="abc", framework="1")


def entry(student: str, source: str = "x = 1\n", **more: Any) -> Entry:
    """What a source gives for one student."""
    submission = Submission(
        name="mine.py",
        cells=(Cell(source),),
        digest=hashlib.sha256(source.encode()).hexdigest(),
        notes=("A note.",),
    )
    return Entry(student=student, submission=submission, source=f"in/{student}.py", **more)


def report(points: float = 10.0, status: Status = Status.PASSED, **more: Any) -> Report:
    """A report of one check."""
    verdict = Verdict(
        id="double",
        of="double",
        title="Double",
        status=status,
        points=points,
        possible=10.0,
        seconds=0.25,
    )
    settings: dict[str, Any] = {
        "assignment": "small",
        "points": points,
        "possible": 10.0,
        "seed": 7,
        "tier": Tier.D,
        "versions": {"autograder": "1"},
        "notes": (),
        "checks": (verdict,),
    }
    return Report(**{**settings, **more})
