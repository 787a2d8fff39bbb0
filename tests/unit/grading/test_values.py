"""Values of Python's own types come through the sandbox, and are judged by what they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.model import Status
from autograder.publishing.release import release
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import LIMITS, make_course, submission

SOLUTION = '''
from collections import deque
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

def words(text):
    """The different words."""
    return set(text.split())

def common(one, other):
    """The words of both."""
    return one & other

def due(start, days):
    """The day that is so many days later."""
    return start + timedelta(days=days)

def price(cents):
    """Euros."""
    return Decimal(cents) / 100

def half(number):
    """A half of it."""
    return Fraction(number, 2)

def latest(items):
    """The last three."""
    return deque(items, maxlen=3)
'''
CHECKS = '''
from datetime import date
from autograder.authoring import check

TEXTS = ("to be or not to be", "not to see", "be seen")

@check(points=10)
def words(solution, given, rng):
    """The different words"""
    return solution.words(TEXTS[int(rng.integers(3))])

@check(points=10)
def common(solution, given, rng):
    """What both have"""
    one, other = given.words(TEXTS[0]), given.words(TEXTS[1])
    return solution.common(one, other), solution.common(one, set())

@check(points=10)
def due(solution, given, rng):
    """Some days later"""
    return solution.due(date(2026, 11, 27), int(rng.integers(3, 90)))

@check(points=10)
def price(solution, given, rng):
    """Cents as euros"""
    return solution.price(int(rng.integers(100, 9999)))

@check(points=10)
def half(solution, given, rng):
    """An exact half"""
    return [solution.half(1), solution.half(6)]

@check(points=10)
def latest(solution, given, rng):
    """The last three"""
    return solution.latest([1, 2, 3, int(rng.integers(4, 99))])
'''


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A course of plain Python, whose functions return sets, dates and exact numbers."""
    return make_course(
        tmp_path_factory.mktemp("plain"), solution=SOLUTION, checks=CHECKS, misconceptions=""
    )


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests of this module."""
    with Sandbox(limits=LIMITS, preload=("numpy",)) as box:
        yield box


RIGHT = SOLUTION.replace("return set(text.split())", "return frozenset(text.split())").replace(
    "return deque(items, maxlen=3)", "return items[-3:]"
)
WRONG = {
    "words": "\ndef words(text): return text.split()",
    "common": "\ndef common(one, other): return one | other",
    "due": "\ndef due(start, days): return str(start + timedelta(days=days))",
    "price": "\ndef price(cents): return cents / 100",
    "half": "\ndef half(number): return number / 2",
    "latest": "\ndef latest(items): return deque(items)",
}


def test_right_ones_pass_and_wrong_ones_are_said(
    plain: Assignment, sandbox: Sandbox, tmp_path: Path
) -> None:
    """Every form that means the same earns all; the bundle judges as the course does."""
    release(plain, tmp_path / "released")
    bundle = course.load(tmp_path / "released").assignment("small")
    for where in (plain, bundle):
        for text in (SOLUTION, RIGHT):
            report = grade(submission(text), where, sandbox=sandbox)
            assert report.points == 60, report
        report = grade(submission(SOLUTION + "".join(WRONG.values())), where, sandbox=sandbox)
        assert {v.id for v in report.checks if v.status is Status.FAILED} == WRONG.keys()
        said = {v.id: v.message for v in report.checks}
        assert "is a list of" in said["words"]
        assert "a set of" in said["words"]
        assert "has 'be', 'or', 'see', which do not belong in it" in said["common"]
        assert "is the text '20" in said["due"]
        assert "the date 20" in said["due"]
        assert "the Decimal" in said["price"]
        assert "the fraction 1/2 is needed" in said["half"]
        assert "4" in said["latest"]
