"""Two arguments in each other's place are named where exchanging them makes all right."""

from __future__ import annotations

from pathlib import Path

from autograder.course import course
from autograder.grading.report import grade
from tests.support import submission

ASSIGNMENT = course.load(Path(__file__).parents[3]).assignment("assignment3")


def hint(source: str) -> str:
    """The hint on update_parameters."""
    report = grade(submission(source), ASSIGNMENT, only=["update_parameters"])
    assert report.points == 0
    return report.checks[0].hint


def test_the_order_is_named_where_it_is_proved() -> None:
    """A step that is right with its arguments exchanged hears the text's order."""
    said = hint(
        "def update_parameters(g, p, rate=1.2):\n"
        "    return {name: value - rate * g['d' + name] for name, value in p.items()}\n"
    )
    assert said.startswith("With parameters and grads in each other's place")


def test_nothing_is_said_of_an_order_that_proves_nothing() -> None:
    """A step that is wrong in any order hears of something else."""
    said = hint("def update_parameters(g, p, rate=1.2):\n    return p\n")
    assert "each other's place" not in said
