"""Ways: one file has one verdict, by whatever way it is graded."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.course.course import Assignment
from autograder.feedback.signs import SIGNS
from autograder.model import Status, Submission
from autograder.verify.known import known_submissions
from tests.every_way import QUICK, WAYS, Files, Outcome, School, Way, assignments
from tests.law.figures import Figure
from tests.nbgrader.mangles import MANGLES

ROOT = Path(__file__).parents[2]
MANGLED = "assignment3"
NUMPY = ("assignment1", "assignment2", MANGLED, "assignment4")
KERAS = "assignment5"
KERAS_KNOWN = ("right_functional", "wrong_typical_mistakes", "broken_wrong_activation_name")
SHORT_KNOWN = ("wrong_typical_mistakes", "broken_stray_space")
SHORT_MANGLES = (
    "stub_below_answer", "as_markdown", "broken_function", "claims_unreadable",
    "written_script", "broken_off",
)  # fmt: skip
CLOSE = 1e-4  # nbgrader keeps four digits
LEFT_OPEN = SIGNS[Status.SKIPPED].word  # where a bundle lacks the reference


def figures(full: bool) -> Iterator[Figure]:
    """Known submissions and mangled notebooks, each by eight ways."""
    for name in (*NUMPY, KERAS) if full else (MANGLED,):
        with tempfile.TemporaryDirectory() as folder:
            school = School.open(assignments(ROOT)[name], Path(folder), whole=full)
            files = known(school.assignment, full) | mangled(school, full)
            yield figure(school, files, WAYS if full else QUICK)


def figure(school: School, files: Files, ways: Mapping[str, Way]) -> Figure:
    """How many of the files have one outcome by all ways."""
    outcomes = {way: grade(school, files) for way, grade in ways.items()}
    differing = [
        f"{student} by {way} ({said})"
        for way, found in outcomes.items()
        for student in files
        if (said := difference(outcomes["grade check"][student], found[student], way))
    ]
    said = f"{len(files)} files, {len(ways)} ways, {len(differing)} differ"
    return Figure(
        f"{school.assignment.name}: one verdict by every way",
        ": ".join([said, ", ".join(differing)]) if differing else said,
        "0 differ",
        not differing,
    )


def difference(one: Outcome, other: Outcome, way: str) -> str:
    """What two ways do not agree on, of the checks that both have; "" where they agree."""
    if one is None or other is None:
        same = one is other or (way.endswith("kernel") and other is None)
        return "" if same else "refused by one of them"
    for check, given in other.items():
        if given.status == LEFT_OPEN:
            continue
        if abs(one[check].points - given.points) > CLOSE:
            return f"{check}: {one[check].points} and {given.points} points"
        if one[check].status != given.status:
            return f"{check}: {one[check].status} and {given.status}"
        if given.said is not None and one[check].said != given.said:
            return f"{check}: {one[check].said!r} and {given.said!r}"
    return ""


def known(assignment: Assignment, full: bool) -> dict[str, bytes]:
    """The known submissions, each as a notebook of the same cells."""
    assert assignment.reference is not None
    found = {
        name: as_notebook(submission)
        for name, submission, _ in known_submissions(assignment.reference)
    }
    names = KERAS_KNOWN if assignment.name == KERAS else found if full else SHORT_KNOWN
    return {name: found[name] for name in names}


def mangled(school: School, full: bool) -> dict[str, bytes]:
    """nbgrader's notebook with the reference's answers, mangled in many ways.

    Some ways name a function of one assignment, so that there are fewer for the others.
    """
    if school.assignment.name == KERAS:
        return {}
    filled = school.filled()
    found = {}
    for name, (mangle, _) in MANGLES.items():
        if full or name in SHORT_MANGLES:
            try:
                made = mangle(copy.deepcopy(filled))
            except (KeyError, RuntimeError):  # no such cell, or not in such a state
                assert school.assignment.name != MANGLED
                continue
            found[name] = made if isinstance(made, bytes) else json.dumps(made).encode()
    return found


def as_notebook(submission: Submission) -> bytes:
    """A notebook of the submission's cells."""
    cells: list[dict[str, Any]] = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": one.source}
        for one in submission.cells
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()
