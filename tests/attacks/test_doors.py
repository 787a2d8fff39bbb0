"""Hostile answers to what a probe asks for beside values: calls looked at, ranges, labels.

Nothing of them is a fault of ours, none earns a point, and no label reaches a submission.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.model import Status
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import make_course, submission

SOLUTION = """
import numpy as np

class Box:
    def pop(self):
        raise IndexError("empty")
    def show(self):
        print("box")
    def sort(self, items):
        items.sort()

def some(n):
    return range(n)

def classify(X):
    return (X[:, 0] > 0).astype(int)
"""
CHECKS = '''
import numpy as np
from autograder.authoring import changed_in_place, check, printed, raises, threshold

@check(points=10, of="Box")
def pop(solution, given, rng):
    """An empty box says so"""
    return raises(IndexError, solution.Box().pop)

@check(points=10, of="Box")
def pops(solution, given, rng):
    """The same, by the name alone"""
    return raises(solution.Box().pop)

@check(points=10, of="Box")
def show(solution, given, rng):
    """A box is shown"""
    return printed(solution.Box().show)

@check(points=10, of="Box")
def sort(solution, given, rng):
    """A box sorts"""
    return changed_in_place(solution.Box().sort, [2, 1])

@check(points=10)
def some(solution, given, rng):
    """Some numbers"""
    return list(solution.some(4)), sum(solution.some(4))

@threshold(points=10, at_least=0.9, of="classify")
def classify(solution, given, rng):
    """Classes, compared without a helper"""
    X = rng.normal(size=(60, 2))
    return np.mean(solution.classify(X) == (X[:, 0] > 0))

@threshold(points=10, at_least=-0.1, of="classify")
def distance(solution, given, rng):
    """Classes, by their distance from the right ones"""
    X = rng.normal(size=(60, 2))
    return -np.mean((solution.classify(X) - (X[:, 0] > 0)) ** 2)
'''
ATTACKS = {
    "numbers for methods": (
        "class Box:\n    pop = show = sort = 5",
        ("pop", "pops", "show", "sort"),
    ),
    "names of errors for methods": (
        "class Box:\n    pop = show = sort = 'IndexError'",
        ("pop", "pops", "show", "sort"),
    ),
    "classes for methods": (
        "class Box:\n    pop = IndexError\n    show = sort = object",
        ("pop", "pops", "show", "sort"),
    ),
    "an error that is only called IndexError": (
        "class IndexError(Exception):\n    pass",
        ("pop", "pops"),
    ),
    "a range that would be a list of 8 GB": (
        "def some(n):\n    return range(10**9)",
        ("some",),
    ),
    "many ranges": ("def some(n):\n    return [range(10**5)] * 1000", ("some",)),
    "an object that equals all labels": (
        "class Y:\n    def __eq__(self, other):\n        return True\n"
        "    def __sub__(self, other):\n        return 0.0\n"
        "def classify(X):\n    return Y()",
        ("classify", "distance"),
    ),
    "an object that keeps the labels": (
        "seen = []\nclass Y:\n    def __eq__(self, other):\n        seen.append(other)\n"
        "        return seen[0] == other\n    __sub__ = __eq__\n"
        "    def __array__(self, dtype=None, copy=None):\n        return np.ones(60)\n"
        "def classify(X):\n    return seen[0] if seen else Y()",
        ("classify", "distance"),
    ),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assignment, Sandbox]]:
    """A course with these checks, and a sandbox for all."""
    root: Path = tmp_path_factory.mktemp("doors")
    make_course(root, solution=SOLUTION, misconceptions="", checks=CHECKS, points=70)
    assignment = course.load(root).assignment("small")
    with Sandbox(limits=assignment.settings.limits) as sandbox:
        yield assignment, sandbox


@pytest.mark.parametrize("name", ["", *ATTACKS])
def test_what_is_no_answer_earns_nothing(graded: tuple[Assignment, Sandbox], name: str) -> None:
    """Its own checks are missed, by its own fault; all others pass."""
    change, missed = ATTACKS.get(name, ("", ()))
    assignment, sandbox = graded
    report = grade(submission(f"{SOLUTION}\n{change}\n"), assignment, sandbox=sandbox)
    found = {one.id: (one.status, one.points) for one in report.checks}
    assert not report.ungraded
    assert {check for check, (status, _) in found.items() if status.missed} == set(missed)
    assert all(found[check][1] == 0 for check in missed)
    assert all(status is Status.PASSED for c, (status, _) in found.items() if c not in missed)
