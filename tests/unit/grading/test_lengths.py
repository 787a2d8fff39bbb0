"""A number that is read as a global is named where computing it makes all right."""

from __future__ import annotations

from pathlib import Path

from autograder.course import course
from autograder.grading.report import grade
from autograder.model import Status
from tests.support import submission

ASSIGNMENT = course.load(Path(__file__).parents[3]).assignment("assignment3")


def hint(source: str) -> str:
    """The hint on compute_cost."""
    report = grade(submission(source), ASSIGNMENT, only=["compute_cost"])
    assert report.checks[0].status is Status.ERRORED
    return report.checks[0].hint


COST = "def compute_cost(A2, Y, parameters):\n    return -{} / m\n"


def test_the_line_is_told_where_it_is_proved() -> None:
    """A cost that lacks nothing but m hears how to compute it."""
    said = hint("import numpy as np\n" + COST.format("np.sum(np.log(np.where(Y, A2, 1 - A2)))"))
    assert "line m = A2.shape[1] at its beginning, your compute_cost is right" in said


def test_nothing_is_proved_of_a_cost_that_is_wrong_with_any_length() -> None:
    """It hears that m is nowhere, and of no line that would make it right."""
    said = hint("import numpy as np\n" + COST.format("np.sum(np.log(A2))"))
    assert said.startswith("m is no argument of compute_cost and gets no value in it.")
    assert "shape" not in said
