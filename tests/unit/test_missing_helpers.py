"""A function of the task that a submission takes from a helper file which is not here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder import course, grading
from autograder.course import Assignment
from autograder.model import Report, Status
from autograder.release import release
from autograder.sandbox.host import Sandbox
from tests.support import LIMITS, MISCONCEPTIONS, SOLUTION, make_course, submission, verdict

TWICE = """
@misconception("Double once.")
def total__doubled_twice(x):
    return float(np.sum(double(double(x))))
"""
HALF = "def double(x):\n    return 2 * x\n"


@pytest.fixture(scope="module", params=["course", "bundle"])
def assignment(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Assignment:
    """The small course's assignment, with its reference, and as a student gets it."""
    small = make_course(
        tmp_path_factory.mktemp("course"), misconceptions=MISCONCEPTIONS + TWICE
    )
    if request.param == "course":
        return small
    to: Path = tmp_path_factory.mktemp("bundle") / "released"
    release(small, to)
    return course.load(to).assignment("small")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests of this module."""
    with Sandbox(limits=LIMITS, preload=("numpy",)) as box:
        yield box


def graded(assignment: Assignment, sandbox: Sandbox, total: str, imports: str = "") -> Report:
    """The report on a file without `double`, whose `total` gives this."""
    text = SOLUTION.replace(HALF, imports).replace("float(np.sum(double(x)))", total)
    return grading.grade(submission(text), assignment, sandbox=sandbox)


@pytest.mark.parametrize("imports", ["", "from helpers import double", "from helpers import *"])
def test_a_mistake_is_judged_with_the_tasks_own(
    assignment: Assignment, sandbox: Sandbox, imports: str
) -> None:
    """A wrong function gets what it would get with a right `double` of its own."""
    report = graded(assignment, sandbox, "float(np.sum(double(double(x))))", imports)
    found = verdict(report, "total")
    assert found.status is Status.PARTIAL  # a constant factor
    assert found.diagnosis is not None
    assert found.diagnosis.id == "total__doubled_twice"
    assert "the task's own double" in found.message
    assert verdict(report, "double").points == 0


@pytest.mark.parametrize(
    ("imports", "said"),
    [
        (
            "from helpers import double",
            "double comes from helpers, which is not here. Write it into your file.",
        ),
        ("", "Nothing is called double when this line runs."),
    ],
)
def test_what_nobody_foresaw_is_told_its_cause(
    assignment: Assignment, sandbox: Sandbox, imports: str, said: str
) -> None:
    """Where no answer is known, the missing file is the cause, and not the spelling."""
    found = verdict(
        graded(assignment, sandbox, "float(np.sum(double(7 * x)))", imports), "total"
    )
    assert found.status is Status.ERRORED
    assert said in found.hint


def test_a_whole_module_is_told_its_cause(assignment: Assignment, sandbox: Sandbox) -> None:
    """Where the module itself is called by its name."""
    total = "float(np.sum(helpers.double(7 * x)))"
    found = verdict(graded(assignment, sandbox, total, "import helpers"), "total")
    assert "helpers is not here. Write what you need of it into your file." in found.hint
