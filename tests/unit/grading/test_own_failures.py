"""What a submission does wrong is its own failure, in words, and never the grader's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import course
from autograder.grading.report import grade
from autograder.model import Status
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import submission

COURSE = course.load(Path(__file__).parents[3])


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests of this module, with the limits of assignment 3."""
    with Sandbox(limits=COURSE.assignment("assignment3").settings.limits) as box:
        yield box


TRAINED = """
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    parameters = initialize_parameters(*layer_sizes(X, Y, n_h))
    return {**parameters, "W1": LATER}
"""
FORGED_PLACE = """
import sys
def predict(parameters, X):
    frame = sys._getframe()
    for _ in range(50):  # whatever is tried of it ends
        if frame and "changes" in frame.f_globals and "Before" in frame.f_globals:
            frame.f_globals["changes"] = lambda *arguments: ["\N{SUPERSCRIPT TWO}['W1']"]
        frame = frame and frame.f_back
    X += 1
    return 0
"""


@pytest.mark.parametrize(
    ("change", "check", "words"),
    [
        (
            "def sigmoid(x): raise ValueError('shapes (,) and (,) not aligned')",
            "sigmoid",
            "ValueError: shapes (,) and (,) not aligned",
        ),
        (
            "def sigmoid(x): raise ValueError('operands could not be broadcast together with "
            "shapes (,) (3,x)')",
            "sigmoid",
            "ValueError: operands",
        ),
        (
            TRAINED.replace("LATER", "np.array([['a', 'b']])"),
            "learns_the_corner",
            "Numbers are needed, but an array of shape (1, 2) that holds",
        ),
        (
            TRAINED.replace("LATER", "np.array([object()])"),
            "learns_the_corner",
            "Numbers are needed",
        ),
        (
            TRAINED.replace("LATER", "[0] * 199_988"),
            "learns_the_corner",
            "What nn_model returned is too big to be passed on to predict.",
        ),
        (
            "def predict(parameters, X): return [0] * 200_000",
            "predict",
            "too big: it has more than 200,000 items",
        ),
        (
            FORGED_PLACE,
            "predict",
            "predict changes its argument \N{SUPERSCRIPT TWO}['W1'] in place.",
        ),
    ],
    ids=["shapes", "broadcast", "text", "objects", "passed on", "too many", "place"],
)
def test_a_failure_of_assignment_3_is_the_submission_s(
    sandbox: Sandbox, change: str, check: str, words: str
) -> None:
    """The check says what came back or was raised, and the report is graded."""
    _fails(sandbox, "assignment3", change, check, words)


def test_batches_without_labels_are_the_submission_s(sandbox: Sandbox) -> None:
    """A generator of inputs alone hears that a batch is a pair."""
    change = (
        "def minibatches(X, y, size, rng):\n    yield from (X[i:i+size] for i in (0, size))"
    )
    _fails(
        sandbox, "assignment2", change, "minibatches", "Each batch must be a pair of numbers"
    )


def _fails(sandbox: Sandbox, name: str, change: str, check: str, words: str) -> None:
    assignment = COURSE.assignment(name)
    assert assignment.reference is not None
    source = (assignment.reference / "solution.py").read_text("utf-8")
    mine = submission(f"{source}\n{change}")
    report = grade(mine, assignment, only=[check], sandbox=sandbox)
    verdict = report.checks[0]
    assert verdict.status in (Status.FAILED, Status.ERRORED), verdict
    assert words in verdict.message, verdict
    assert not report.ungraded
