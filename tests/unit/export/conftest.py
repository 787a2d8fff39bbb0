"""Rows as a gradebook gives them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.export.model import Row
from autograder.model import Diagnosis, Evidence, Report, Status, Tier, Verdict

EVIL = '=HYPERLINK("http://x")\x1b]0;t\x07\u202e</testcase>\ufffe&'


def verdict(check: str, status: Status, points: float, **more) -> Verdict:
    """One check's outcome, of 10 points."""
    return Verdict(
        id=check,
        of=check,
        title=f"{check} works",
        status=status,
        points=points,
        possible=10.0,
        seconds=0.25,
        **more,
    )


@pytest.fixture
def make_row() -> Callable[..., Row]:
    """A row of a student who has one check right, one half right and one raising."""

    def make(student: str = "jane", *, fault: bool = False, assignment="hw1", **more) -> Row:
        checks = (
            verdict("first", Status.PASSED, 10.0),
            verdict(
                "second",
                Status.GRADER_FAULT if fault else Status.PARTIAL,
                0.0 if fault else 5.0,
                message="W1 differs.",
                hint="Look at W1.",
                diagnosis=Diagnosis("m", "Use the mean."),
                evidence=(Evidence("W1", "1", EVIL),),
            ),
            verdict("third", Status.ERRORED, 0.0, message=f"It raised {EVIL}"),
        )
        points = sum(check.points for check in checks)
        report = Report(
            assignment=assignment,
            points=points,
            possible=30.0,
            seed=123_456_789,
            tier=Tier.A,
            versions={"autograder": "1", "python": "3.11"},
            notes=("A note.",),
            checks=checks,
        )
        settings = {
            "source": f"all.zip: {student}.py",
            "digest": "d" * 64,
            "points": points,
            "graded": "2026-03-01T12:00:00+00:00",
        } | more
        return Row(student=student, assignment=assignment, report=report, **settings)

    return make


@pytest.fixture(scope="session")
def empty(tmp_path_factory) -> Path:
    """A gradebook of nbgrader's without anything in it; to make one takes seconds."""
    from autograder.export.nbgrader import NbGrader

    path = tmp_path_factory.mktemp("empty") / "course" / "gradebook.db"
    NbGrader().write([], path, roster=None)
    return path


@pytest.fixture
def database(empty: Path, tmp_path: Path) -> Path:
    """A gradebook of nbgrader's, new for each test."""
    return Path(shutil.copy(empty, tmp_path))
