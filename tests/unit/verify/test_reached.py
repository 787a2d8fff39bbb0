"""A proof grades a known submission on the checks that its changes can reach."""

from __future__ import annotations

import msgspec
import pytest

from autograder.answers.variants import variants_of
from autograder.course.course import Assignment
from autograder.grading.grader import Grader
from autograder.model import Cell, Report, Submission, Verdict
from autograder.verify.reached import reached
from tests.support import make_course


def of(assignment: Assignment, change: str) -> tuple[str, ...]:
    """The checks that a change below the reference reaches."""
    assert assignment.reference is not None
    variants = variants_of(assignment.reference)
    submission = variants.over(Submission(name="", cells=(Cell(change),), digest=""))
    return reached(assignment.checks, variants.source, submission)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The small course; its `total` calls `double`, and nothing else does."""
    return make_course(tmp_path_factory.mktemp("small"))


CHANGES = {
    "def slope(w, x):\n    return w": ("slope",),
    "def total(x):\n    return 0": ("total",),
    "def double(x):\n    return 3 * x": ("double", "total", "mostly_positive"),
    "def cost(w, x):\n    return twice(w)\ndef twice(x):\n    return x": ("slope",),
    "class Counter:\n    def add(self, amount):\n        return 1": (
        "counter",
        "counter_starts",
    ),
    "double = abs": ("double", "total", "mostly_positive"),
    "plain = slope\ndef total(x):\n    return plain(x, x)": ("total",),
    "import math\ndef slope(w, x):\n    return math.tau": ("slope",),
    "from math import fsum as double": ("double", "total", "mostly_positive"),
    "import numpy as np": ("total", "slope", "counter", "counter_starts", "mostly_positive"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_reaches_what_leads_to_it(small: Assignment, change: str) -> None:
    """The checks of the function itself, and of what asks for it or calls it."""
    assert of(small, change) == CHANGES[change]


@pytest.mark.parametrize(
    "change",
    [
        "print('now')",
        "from numpy import *",
        "double = abs(1)",
        "double.slow = abs",
        "double.__defaults__ = ()",
        "@staticmethod\ndef slope(w, x):\n    return w",
        "def slope(w, x=print()):\n    return w",
        "class Counter:\n    value = print()",
        "class Counter(metaclass=type):\n    pass",
        "def slop(w, x):\n    return w",
        "def slope(w, x):\n    return globals()['double'](w)",
        "def slope(w, x):\n    return getattr(w, 'double')",
        "def slope(w, x:\n",
    ],
)
def test_what_may_do_more_reaches_everything(small: Assignment, change: str) -> None:
    """Whatever acts at the top level, or looks names up, or may stand for another name."""
    assert of(small, change) == tuple(check.id for check in small.checks)


def test_a_file_of_its_own_reaches_everything(small: Assignment) -> None:
    """It need not hold what the reference holds."""
    assert small.reference is not None
    own = Submission(name="", cells=(Cell("def double(x):\n    return x"),), digest="")
    source = variants_of(small.reference).source
    assert len(reached(small.checks, source, own)) == len(small.checks)


def test_what_is_not_reached_has_the_reference_s_verdict(small: Assignment) -> None:
    """Graded in full, known submissions get just that, and the same in what is reached."""
    assert small.reference is not None
    variants = variants_of(small.reference)
    with Grader(small) as grader:
        right = lasting(grader.grade(variants.original.submission))
        for change, only in CHANGES.items():
            made = Submission(name="", cells=(Cell(change),), digest="")
            whole = lasting(grader.grade(variants.over(made)))
            part = lasting(grader.grade(variants.over(made), only=only))
            assert whole == right | part, change
            assert len(part) == len(only) < len(whole)


def lasting(report: Report) -> dict[str, Verdict]:
    """The verdicts without what differs from run to run."""
    return {one.id: msgspec.structs.replace(one, seconds=0.0) for one in report.checks}
