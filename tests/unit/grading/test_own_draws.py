"""A training that draws its first parameters itself, with a part beside it that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.model import Status, Verdict
from autograder.publishing.release import release
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import LIMITS, make_course, submission, verdict

SOLUTION = """
import numpy as np

def start(n):
    return {"w": np.random.randn(n, 1) * 0.5}

def slope(w, X, y):
    return X.T @ (X @ w - y) / len(y)

def step(w, change):
    return {"w": w["w"] - 0.1 * change}

def train(X, y, steps=5):
    w = start(X.shape[1])
    for _ in range(steps):
        w = step(w, slope(w["w"], X, y))
    return w
"""

CHECKS = '''
import numpy as np
from autograder.authoring import check, expect, requirement

def data(rng):
    return rng.normal(size=(20, 12)), rng.normal(size=(20, 1))

@requirement(points=10)
def start(solution, given, rng):
    """The first weights are drawn"""
    w = solution.start(4)["w"]
    yield expect(w.shape == (4, 1), "w is a column", form=True)
    yield expect(len(np.unique(w)) == 4, "w is drawn")

@check(points=10)
def slope(solution, given, rng):
    """The slope is that of half the mean square"""
    X, y = data(rng)
    return solution.slope(rng.normal(size=(12, 1)), X, y)

@check(points=10)
def step(solution, given, rng):
    """A step goes against the slope"""
    return solution.step({"w": rng.normal(size=(3, 1))}, rng.normal(size=(3, 1)))

@check(points=30, repeats="steps")
def train(solution, given, rng):
    """Training goes down the slope"""
    X, y = data(rng)
    return solution.train(X, y, 6)
'''

UPHILL = """
def slope(w, X, y):
    return X.T @ (y - X @ w) / len(y)
"""
RAISING = """
def slope(w, X, y):
    return X.T @ (X @ w - z) / len(y)
"""
INLINE = """
def train(X, y, steps=5):
    w = np.random.default_rng().normal(size=(X.shape[1], 1)) * 0.5
    for _ in range(steps):
        w -= 0.1 * slope(w, X, y)
    return {"w": w}
"""


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A course with a random start, a part and a training."""
    folder = tmp_path_factory.mktemp("course")
    return make_course(folder, solution=SOLUTION, misconceptions="", checks=CHECKS)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests of this module."""
    with Sandbox(limits=LIMITS, preload=("numpy",)) as box:
        yield box


def trained(assignment: Assignment, sandbox: Sandbox, *changes: str) -> Verdict:
    """The verdict on the training, of the reference with these changes."""
    text = "\n".join([SOLUTION, *changes])
    return verdict(grade(submission(text), assignment, sandbox=sandbox), "train")


@pytest.mark.parametrize("part", [UPHILL, RAISING])
def test_a_right_training_earns_over_the_right_part(
    assignment: Assignment, sandbox: Sandbox, part: str
) -> None:
    """Whatever is wrong with the part, and the report says who answered for it."""
    found = trained(assignment, sandbox, part, INLINE)
    assert found.status is Status.PASSED, found.message
    assert "the task's own slope in place of yours" in found.message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.1 *", "0.2 *"),
        ("range(steps)", "range(steps - 1)"),
        ("w -=", "w +="),
        ("slope(w, X, y)", "w"),
        ('return {"w": w}', "return {'w': np.random.default_rng().normal(size=w.shape)}"),
    ],
)
def test_a_wrong_training_does_not(
    assignment: Assignment, sandbox: Sandbox, old: str, new: str
) -> None:
    """What is wrong in its own lines stays wrong over any part."""
    assert old in INLINE
    found = trained(assignment, sandbox, UPHILL, INLINE.replace(old, new))
    assert found.points == 0, found.message


def test_no_steps_over_a_part_that_gives_nothing(
    assignment: Assignment, sandbox: Sandbox
) -> None:
    """Draws alone are no training, though with this part they would be its result."""
    nothing = "def slope(w, X, y):\n    return 0 * w\n"
    found = trained(assignment, sandbox, nothing, INLINE.replace("range(steps)", "range(0)"))
    assert found.points == 0, found.message


def test_a_bundle_leaves_it_open(
    assignment: Assignment, sandbox: Sandbox, tmp_path: Path
) -> None:
    """It has no part to put there; where all parts are right, it needs none."""
    release(assignment, tmp_path / "bundle")
    bundle = course.load(tmp_path / "bundle").assignment("small")
    assert trained(bundle, sandbox, UPHILL, INLINE).status is Status.SKIPPED
    assert trained(bundle, sandbox, INLINE).status is Status.PASSED
