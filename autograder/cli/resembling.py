"""A look for another assignment whose functions a file has, where it lacks those of its own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.course.course import Assignment, Course
    from autograder.model import Submission

MOST = 0.5  # of an assignment's names, in a file that was perhaps meant for another one
LEAST = 0.75  # of that other one's

_DEFINED = re.compile(r"^[ \t]*(?:def|class)[ \t]+(\w+)", re.MULTILINE)


def resembled(course: Course, assignment: Assignment, submission: Submission) -> str:
    """The name of the other assignment whose file it seems to be; "" where there is none.

    It reads names of functions and classes, and parses nothing: a file may be anybody's.
    """
    names = {name for cell in submission.cells for name in _DEFINED.findall(cell.source)}
    shares = {one.name: _share(one.stub, names) for one in course.assignments.values()}
    likeliest = max(shares, key=lambda name: shares[name])
    is_other = shares[assignment.name] < MOST and shares[likeliest] >= LEAST
    return likeliest if is_other else ""


def _share(stub: Path, names: set[str]) -> float:
    """The share of a stub's functions and classes that a file has."""
    try:
        wanted = set(_DEFINED.findall(stub.read_text("utf-8")))
    except (OSError, UnicodeDecodeError):
        return 0.0
    return len(wanted & names) / max(len(wanted), 1)
