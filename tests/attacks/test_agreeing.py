"""An object that agrees with whatever it is asked, in a course that nobody has verified.

A probe may compare what came back by itself. Where the reference gave plain data there, an
object is read as its numbers, and what it says of itself decides nothing. Where the reference
gave an object as well, its operators are what the check is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.answers.choice import live_key
from autograder.answers.recording import RecordedKey, record
from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import PUBLIC_SEED, grade
from autograder.model import Report, Status
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import make_course, submission

SOLUTION = """
import numpy as np

def twice(x):
    return 2 * x

def largest(values):
    return max(values)

def squares(n):
    return [i * i for i in range(n)]

def named(x):
    return {"twice": 2 * x}

def nothing():
    return "-"

class Share:
    def __init__(self, top, bottom):
        self.top, self.bottom = top, bottom

    def __eq__(self, other):
        if not isinstance(other, Share):
            other = Share(other, 1)
        return self.top * other.bottom == other.top * self.bottom

    def __mul__(self, number):
        return Share(self.top * number, self.bottom)

    def value(self):
        return self.top / self.bottom
"""
CHECKS = '''
import numpy as np
from autograder.authoring import check, expect, gradient, held_out, requirement, threshold

@requirement(points=10, of="twice")
def equals(solution, given, rng):
    """Equality, asked of what came back"""
    x = rng.normal(size=3)
    yield expect(np.all(solution.twice(x) == 2 * x), "it doubles")
    yield expect(solution.twice(3) == 6, "it doubles a number")
    yield expect(6 == solution.twice(3), "asked the other way round")
    yield expect(not solution.twice(3) != 6, "asked by the opposite")

@requirement(points=10, of="twice")
def nears(solution, given, rng):
    """Distance, asked of what came back"""
    x = float(rng.normal())
    yield expect(abs(solution.twice(x) - 2 * x) < 1e-9, "it doubles")
    yield expect(abs(2 * x - solution.twice(x)) < 1e-9, "asked the other way round")

@requirement(points=10, of="largest")
def orders(solution, given, rng):
    """Order, asked of what came back"""
    values = rng.normal(size=5).tolist()
    yield expect(solution.largest(values) >= max(values), "none is larger")
    yield expect(solution.largest(values) in values, "it is one of them")
    yield expect(sorted([99.0, solution.largest(values)])[0] == max(values), "it sorts")

@requirement(points=10, of="squares")
def holds(solution, given, rng):
    """Membership, asked of what came back"""
    yield expect(4 in solution.squares(5), "two times two is among them")
    yield expect(solution.squares(3) == [0, 1, 4], "these are they")

@requirement(points=10, of="named")
def keys(solution, given, rng):
    """An item, asked of what came back"""
    yield expect(solution.named(2)["twice"] == 4, "it has twice the number")
    yield expect("twice" in solution.named(2), "it has the key")

@check(points=10, of="twice")
def says(solution, given, rng):
    """A probe that returns its own verdict"""
    x = rng.normal(size=3)
    return bool(np.all(solution.twice(x) == 2 * x)), bool(solution.nothing() == "-")

@gradient(points=10, of="twice")
def slope(solution, given, rng):
    """A gradient, made of what came back"""
    w = rng.normal(size=3)
    return (lambda p: float(np.sum(p["w"] ** 2))), {"w": w}, {"w": solution.twice(w) + 0 * w}

@threshold(points=10, at_least=0.9, of="twice")
def share(solution, given, rng):
    """A share, counted by the probe"""
    x = rng.normal(size=30)
    return np.mean([solution.twice(float(each)) == 2 * each for each in x])

@held_out(points=10, cutoffs={0.5: 0, 0.9: 1}, of="twice")
def hidden(solution, given, rng):
    """The same on data that nobody has seen"""
    x = rng.normal(size=30)
    return 1 - np.mean(solution.twice(x) != 2 * x)

@requirement(points=10, of="Share")
def own_operators(solution, given, rng):
    """The operators of a class of the task are its own"""
    half = solution.Share(1, 2)
    yield expect(half == solution.Share(2, 4), "halves are equal")
    yield expect(half * 4 == 2, "four halves are two")
    yield expect(not half == 3, "a half is not three")
'''
AGREEING = """
class Agreeing:
    __array_ufunc__ = None
    __hash__ = object.__hash__
    def __init__(self, *arguments):
        pass
    def __getattr__(self, name):
        return object.__getattribute__(self, name) if name.startswith("__") else self
    def __call__(self, *arguments, **named):
        return self
    def __bool__(self):
        return True
    def __float__(self):
        return 1.0
for each in "eq lt le gt ge contains".split():
    setattr(Agreeing, f"__{each}__", lambda self, other: True)
Agreeing.__ne__ = lambda self, other: False
for each in "add sub mul matmul truediv floordiv mod pow and or xor".split():
    for one in (f"__{each}__", f"__r{each}__"):
        setattr(Agreeing, one, lambda self, other: self)
for each in "neg pos abs invert round getitem".split():
    setattr(Agreeing, f"__{each}__", lambda self, *arguments: self)
"""
FUNCTIONS = ("twice", "largest", "squares", "named", "nothing")
ATTACKS = {
    "agrees": "",
    "is a number by its class": "Agreeing.__class__ = property(lambda self: float)\n",
    "is an array by its class": "Agreeing.__class__ = property(lambda self: np.ndarray)\n",
    "bears the name of the task's class": "Agreeing.__name__ = 'Share'\n",
    "learns what it is compared with, and is that later": """
heard = []
def hear(self, other):
    heard.append(other)
    return True
for each in "eq lt le gt ge contains sub rsub".split():
    setattr(Agreeing, f"__{each}__", hear)
Agreeing.__array__ = lambda self, dtype=None, copy=None: np.asarray(heard[-1] if heard else 0.0)
""",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assignment, Sandbox]]:
    """A course whose probes compare by themselves, and a sandbox for all."""
    root: Path = tmp_path_factory.mktemp("agreeing")
    make_course(root, solution=SOLUTION, misconceptions="", checks=CHECKS, points=100)
    assignment = course.load(root).assignment("small")
    with Sandbox(limits=assignment.settings.limits) as sandbox:
        yield assignment, sandbox


def agreeing(more: str) -> str:
    """The submission whose functions return such an object."""
    answers = "\n".join(f"def {each}(*_): return Agreeing()" for each in FUNCTIONS)
    return f"{SOLUTION}\n{AGREEING}\n{more}\n{answers}\n"


def points(report: Report) -> dict[str, float]:
    assert not report.ungraded
    return {one.id: one.points for one in report.checks if one.points}


def test_the_reference_earns_everything(made: tuple[Assignment, Sandbox]) -> None:
    """What is honest is asked as before, the operators of a class of the task among it."""
    assignment, sandbox = made
    assert grade(submission(SOLUTION), assignment, sandbox=sandbox).complete


@pytest.mark.parametrize("name", ATTACKS)
def test_an_object_that_agrees_earns_nothing(
    made: tuple[Assignment, Sandbox], name: str
) -> None:
    """Of no kind of check; but the class of the task is the student's own, and earns."""
    assignment, sandbox = made
    report = grade(submission(agreeing(ATTACKS[name])), assignment, sandbox=sandbox)
    assert points(report) == {"own_operators": 10}
    assert all(one.status is not Status.GRADER_FAULT for one in report.checks)


def test_a_bundle_believes_it_no_more(made: tuple[Assignment, Sandbox], tmp_path: Path) -> None:
    """A recording knows what the reference's objects were asked."""
    assignment, sandbox = made
    path = tmp_path / "answers"
    path.write_bytes(record(live_key(assignment, PUBLIC_SEED), assignment.checks))
    key = RecordedKey.open(path, PUBLIC_SEED)
    for text, wanted in ((SOLUTION, 90), (agreeing(""), 10)):
        report = grade(submission(text), assignment, sandbox=sandbox, key=key)
        assert report.points == wanted
