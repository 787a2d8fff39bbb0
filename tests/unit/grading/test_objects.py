"""Objects of a submission behave in a probe as they do for a student."""

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
from tests.support import SOLUTION as SMALL

SOLUTION = '''
class Bag:
    """A bag of numbers."""

    def __init__(self, items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __iter__(self):
        return iter(self.items)

    def __contains__(self, item):
        return item in self.items

    def __getitem__(self, key):
        return Bag(self.items[key]) if isinstance(key, slice) else self.items[key]

    def __eq__(self, other):
        return isinstance(other, Bag) and sorted(self.items) == sorted(other.items)

    def __add__(self, other):
        return Bag(self.items + other.items)

    def __rmul__(self, times):
        return Bag(times * self.items)

    def __neg__(self):
        return Bag(-item for item in self.items)

    def __lt__(self, other):
        return len(self) < len(other)

    def __float__(self):
        return float(sum(self.items))

    def __bool__(self):
        return bool(self.items)

    def __repr__(self):
        return f"Bag({self.items})"

    def __enter__(self):
        self.items.append(0)
        return self

    def __exit__(self, *exception):
        self.items.pop()

def a_few(count):
    """The first squares, one after the other."""
    for n in range(count):
        yield n * n

def squares():
    """All squares, one after the other."""
    n = 0
    while True:
        yield n * n
        n += 1
'''
CHECKS = '''
import numpy as np
from autograder.authoring import check

def bag(of, rng, size=3):
    return of.Bag([int(n) for n in rng.integers(1, 9, size)])

@check(points=10, of="Bag")
def holds(solution, given, rng):
    """It has a length and items, and may be asked for them"""
    one = bag(solution, rng)
    return len(one), list(one), one[0] in one, 99 in one, one[1], list(one[1:]), bool(one)

@check(points=10, of="Bag")
def compared(solution, given, rng):
    """Bags with the same items are equal"""
    one = bag(solution, rng)
    other = solution.Bag(list(one)[::-1])
    empty = solution.Bag([])
    return one == other, one != empty, empty < one, sorted([one, empty])[0] is empty

@check(points=10, of="Bag")
def calculated(solution, given, rng):
    """They are added, repeated and turned around"""
    one, other = bag(solution, rng), bag(solution, rng, 2)
    return list(one + other), list(2 * one), list(-one), float(one), repr(one), str(other)

@check(points=10, of="Bag")
def within(solution, given, rng):
    """In a block it holds a zero"""
    one = bag(solution, rng)
    with one as same:
        during = len(same), same is one
    return during, len(one)

@check(points=10)
def squares(solution, given, rng):
    """The first squares"""
    found = solution.squares()
    first = [next(found) for _ in range(int(rng.integers(3, 6)))]
    return first, [n for n, _ in zip(found, range(3))]

@check(points=10)
def a_few(solution, given, rng):
    """All of a few squares, as a list"""
    return list(solution.a_few(int(rng.integers(3, 6))))

@check(points=10, of="Bag")
def numbers(solution, given, rng):
    """NumPy takes it for a list"""
    one = bag(solution, rng)
    return float(np.mean(np.asarray(one, dtype=float))), len(one)

@check(points=10, of="Bag")
def like_the_given_one(solution, given, rng):
    """A bag made of the items of another"""
    other = given.Bag([1, 2, int(rng.integers(3, 9))]) + given.Bag([5])
    return list(solution.Bag([item + len(other) for item in other]))
'''


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests of this module."""
    with Sandbox(limits=LIMITS, preload=("numpy",)) as box:
        yield box


@pytest.fixture(scope="module")
def bags(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A course with a class that has operators, and a generator."""
    return make_course(
        tmp_path_factory.mktemp("bags"),
        solution=SOLUTION,
        checks=CHECKS,
        misconceptions="",
        points=80,
    )


def test_a_right_class_passes_by_either_key(
    bags: Assignment, sandbox: Sandbox, tmp_path: Path
) -> None:
    """Length, items, slices, comparisons, operators, blocks and generators."""
    release(bags, tmp_path / "released")
    bundle = course.load(tmp_path / "released").assignment("small")
    for where in (bags, bundle):
        report = grade(submission(SOLUTION), where, sandbox=sandbox)
        assert report.points == 80, report


@pytest.mark.parametrize(
    ("was", "now", "wrong", "message"),
    [
        # NumPy does not listen to what ended the process; the next question hears of it.
        ("return len(self.items)", "import os; os._exit(1)", {"numbers"}, ""),
        ("return len(self.items)", "return len(self.items) + 1", {"holds", "within"}, ""),
        ("def __len__", "def size", {"holds", "within"}, "object of type 'Bag' has no len()"),
        ("self.items + other.items", "self.items", {"calculated"}, ""),
        ("def __add__", "def plus", {"calculated"}, "unsupported operand type(s) for +"),
        ("def __eq__", "def same", {"compared"}, ""),
        ("def __iter__", "def items_", set(), ""),  # Python goes by __getitem__ then
        ("def __enter__", "def begin", {"within"}, "has no"),
        ("return iter(self.items)", "return squares()", {"holds"}, "more than 1,000 values"),
        ("n += 1", "n += 1\n        if n > 2: return", {"squares"}, ""),
        ("self.items.pop()", "pass", {"within"}, ""),
        ("return bool(self.items)", "return not self.items", {"holds"}, ""),
    ],
)
def test_a_wrong_one_is_caught_where_it_is_wrong(
    bags: Assignment, sandbox: Sandbox, was: str, now: str, wrong: set[str], message: str
) -> None:
    """And nowhere else; what Python says of a missing method is passed on."""
    report = grade(submission(SOLUTION.replace(was, now)), bags, sandbox=sandbox)
    found = {v.id: v for v in report.checks if v.status is not Status.PASSED}
    assert wrong <= found.keys(), report
    assert not any(v.status is Status.GRADER_FAULT for v in report.checks)
    assert message in " ".join(v.message for v in found.values())


RECORDS = '''
from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

class Color(Enum):
    RED = 1
    GREEN = 2

@dataclass
class Point:
    """A point of a color."""

    x: float
    y: float
    color: Color = Color.RED
    tags: list[str] = field(default_factory=list)

def middle(one, other):
    """The point between two."""
    return Point((one.x + other.x) / 2, (one.y + other.y) / 2, Color.GREEN)

def color_of(text):
    """A color by its name."""
    return Color[text.upper()]
'''
RECORD_CHECKS = '''
from autograder.authoring import check

@check(points=20, of="Point")
def point(solution, given, rng):
    """It keeps what it is made of"""
    return [solution.Point(float(rng.normal()), 2.0)]

@check(points=20)
def middle(solution, given, rng):
    """Half way"""
    one = solution.Point(float(rng.normal()), float(rng.normal()))
    return solution.middle(one, solution.Point(0.0, 1.0))

@check(points=20)
def color_of(solution, given, rng):
    """A color by its name"""
    return {"color": solution.color_of("green")}
'''


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A course with a dataclass and an enumeration."""
    return make_course(
        tmp_path_factory.mktemp("points"),
        solution=RECORDS,
        checks=RECORD_CHECKS,
        misconceptions="",
    )


def test_objects_are_compared_by_what_they_are_made_of(
    points: Assignment, sandbox: Sandbox, tmp_path: Path
) -> None:
    """A dataclass field by field, a member of an enumeration by its name, by either key."""
    release(points, tmp_path / "released")
    bundle = course.load(tmp_path / "released").assignment("small")
    for where in (points, bundle):
        report = grade(submission(RECORDS), where, sandbox=sandbox)
        assert report.points == 60, report


@pytest.mark.parametrize(
    ("was", "now", "wrong", "message"),
    [
        ("(one.y + other.y) / 2", "one.y", "middle", "y"),
        ("Color.GREEN)", "Color.RED)", "middle", "Color.RED; Color.GREEN is needed"),
        ("return Point((one.x + other.x) / 2,", "return ((one.x + other.x) / 2,", "middle",
         "is a tuple of 3 values; a Point is needed"),
        ("return Color[text.upper()]", "return text.upper()", "color_of",
         "is the text 'GREEN'; Color.GREEN is needed"),
        ("return Color[text.upper()]", "return Color.RED", "color_of", "is Color.RED"),
        ("    x: float", "    x: float = property(lambda self: 1 / 0)", "point", ""),
        ("return Point((one.x + other.x) / 2,", "one.tags.append(one); return Point(one,",
         "middle", ""),
    ],
)  # fmt: skip
def test_a_wrong_object_is_told_apart(
    points: Assignment, sandbox: Sandbox, was: str, now: str, wrong: str, message: str
) -> None:
    """And said in words."""
    report = grade(submission(RECORDS.replace(was, now)), points, sandbox=sandbox)
    found = next(v for v in report.checks if v.id == wrong)
    assert found.points < found.possible, report
    assert not any(v.status is Status.GRADER_FAULT for v in report.checks)
    assert message in found.message


HOSTILE = '''
import dataclasses, os

class Evil:
    """Something that NumPy asks while it is judged."""

    def __init__(self, *args): pass
    def __len__(self): {body}
    def __iter__(self): {body}
    def __float__(self): {body}
    def __eq__(self, other): {body}
    def __hash__(self): return 1
    def __bool__(self): {body}
    def __repr__(self): {body}
    def __getitem__(self, key): {body}

@dataclasses.dataclass
class Point:
    """Fields that are called like what a host keeps of an object."""

    x: float = 0.0
    y: float = 0.0
    color: object = None
    tags: object = None
    _contact: object = 1
    _handle: object = 2
    __dict__x: object = 3

def middle(one, other): return [Evil(), 1.0]
def color_of(text): return {{Evil(), Evil()}}
'''


@pytest.mark.parametrize(
    "body",
    [
        "os._exit(1)",
        "raise SystemExit",
        "return 'x'",
        "return self",
        "return 3",
        "while True: pass",
        "raise MemoryError",
    ],
)
def test_a_hostile_object_fails_and_nobody_else(
    points: Assignment, sandbox: Sandbox, body: str
) -> None:
    """Whatever it does when it is looked at: no points, and no fault of the grader."""
    report = grade(submission(HOSTILE.format(body=body)), points, sandbox=sandbox)
    assert report.points < 20, report
    assert not any(v.status is Status.GRADER_FAULT for v in report.checks), report


@pytest.mark.parametrize("body", ["return 3", "return 1.5", "os._exit(1)"])
def test_what_is_judged_asks_no_student_s_code(
    tmp_path: Path, sandbox: Sandbox, body: str
) -> None:
    """NumPy takes the length of what it makes an array of: of words, when it is judged."""
    small = make_course(tmp_path, misconceptions="")
    evil = HOSTILE.partition("@dataclasses")[0].format(body=body)
    for answer in ("[Evil(), 1.0]", "Evil()", "{Evil()}", "(Evil(), Evil())", "[[Evil()]]"):
        wrong = f"\ndef double(x): return {answer}\ndef total(x): return {answer}\n"
        report = grade(submission(SMALL + evil + wrong), small, sandbox=sandbox)
        found = {v.id: v.status for v in report.checks}
        assert Status.GRADER_FAULT not in found.values(), (answer, report)
        assert Status.PASSED not in (found["double"], found["total"])
