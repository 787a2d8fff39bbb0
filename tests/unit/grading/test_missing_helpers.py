"""A function of the task that a submission takes from a helper file which is not here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.model import Report, Status
from autograder.publishing.release import release
from autograder.sandbox.host.sandbox import Sandbox
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
    return grade(submission(text), assignment, sandbox=sandbox)


WAYS = [
    ("", "double"),
    ("from helpers import double", "double"),
    ("from helpers import *", "double"),
    ("from helpers import double as twice", "twice"),
    ("from .helpers import double as twice", "twice"),
    ("import helpers", "helpers.double"),
    ("import helpers as h", "h.double"),
    ("import course.helpers", "course.helpers.double"),
    ("from course import helpers", "helpers.double"),
]
LATE = [
    ("from helpers import double as twice", "twice"),
    ("import helpers", "helpers.double"),
]


@pytest.mark.parametrize(("imports", "name"), WAYS)
def test_a_mistake_is_judged_with_the_tasks_own(
    assignment: Assignment, sandbox: Sandbox, imports: str, name: str
) -> None:
    """A wrong function gets what it would get with a right `double` of its own."""
    report = graded(assignment, sandbox, f"float(np.sum({name}({name}(x))))", imports)
    is_judged_with_double(report)


@pytest.mark.parametrize(("imports", "name"), LATE)
def test_so_is_one_that_imports_it_itself(
    assignment: Assignment, sandbox: Sandbox, imports: str, name: str
) -> None:
    """An import inside of the function finds the task's own as well."""
    text = SOLUTION.replace(HALF, "").replace(
        "    return float(np.sum(double(x)))",
        f"    {imports}\n    return float(np.sum({name}({name}(x))))",
    )
    is_judged_with_double(grade(submission(text), assignment, sandbox=sandbox))


def test_an_own_function_is_not_taken_for_the_helpers(
    assignment: Assignment, sandbox: Sandbox
) -> None:
    """Who defines `double` and calls another one's is told that it is not here."""
    text = f"import helpers\n\n{SOLUTION}".replace("np.sum(double", "np.sum(helpers.double")
    found = verdict(grade(submission(text), assignment, sandbox=sandbox), "total")
    assert found.status is Status.ERRORED
    assert "helpers is not here" in found.hint


def is_judged_with_double(report: Report) -> None:
    """Whether `total`, which doubles twice, is judged over the task's own `double`."""
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
        ("from helpers import *", "If it comes from helpers, which is not here, write it"),
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


@pytest.mark.parametrize(
    ("imports", "name", "said"),
    [
        ("import helpers", "helpers", "helpers is not here. Write what you need of it"),
        ("import helpers as h", "h", "h is helpers, which is not here. Write what you need"),
    ],
)
def test_a_whole_module_is_told_its_cause(
    assignment: Assignment, sandbox: Sandbox, imports: str, name: str, said: str
) -> None:
    """Where the module itself is called by its name, or by another one."""
    total = f"float(np.sum({name}.double(7 * x)))"
    found = verdict(graded(assignment, sandbox, total, imports), "total")
    assert said in found.hint
