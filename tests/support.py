"""A small course of its own for tests, and shorthands to grade with it."""

from __future__ import annotations

import contextlib
import gc
import sys
import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from autograder.course import course
from autograder.course.course import Assignment
from autograder.model import Cell, Limits, Report, Submission, Verdict

SOLUTION = """
import numpy as np

def double(x):
    return 2 * x

def total(x):
    return float(np.sum(double(x)))

def cost(w, x):
    return float(np.mean((w * x) ** 2))

def slope(w, x):
    return 2 * w * x**2 / x.size

class Counter:
    def __init__(self, start):
        self.value = start
        self.steps = np.zeros(2)

    def add(self, amount):
        if amount < 0:
            raise ValueError("only upwards")
        self.value += amount
        return self.value
"""

MISCONCEPTIONS = """
import numpy as np
from autograder.authoring import misconception, mistake

@misconception("Twice is not the square. Use 2 * x.")
def double__squared(x):
    return x**2

@misconception("Add the doubled numbers, not the numbers.")
def total__not_doubled(x):
    return float(np.sum(x))

@misconception("The derivative of a square has a factor of 2.")
def slope__without_two(w, x):
    return w * x**2 / x.size

mistake("Counter.add", "forgetful", {"+=": "="}, "Keep what was there, and add to it.")
"""

CHECKS = '''
import numpy as np
from autograder.authoring import check, expect, gradient, raises, requirement, threshold

@check(points=10, hint="Try double(3).")
def double(solution, given, rng):
    """Double doubles"""
    return solution.double(rng.normal(size=(2, 3)))

@check(points=10)
def total(solution, given, rng):
    """Total adds what double gives"""
    return solution.total(given.double(rng.normal(size=4)))

@gradient(points=10, of="slope")
def slope(solution, given, rng):
    """The slope follows the cost"""
    x, w = rng.normal(size=5), rng.normal(size=5)
    def cost(p):
        return given.cost(p["w"], x)
    return cost, {"w": w}, {"w": solution.slope(w, x)}

@check(points=10, of="Counter")
def counter(solution, given, rng):
    """A counter counts, as an object"""
    amount = float(rng.uniform(1, 2))
    mine = solution.Counter(amount)
    theirs = given.Counter(3.0)
    mine.steps = np.ones(2) * theirs.add(1.0)
    return mine.add(2.0), mine.value, mine.steps, raises(mine.add, -1.0), theirs.value

@requirement(points=10, of="Counter")
def counter_starts(solution, given, rng):
    """A counter starts where it is told"""
    start = int(rng.integers(5, 99))
    net = solution.Counter(start)
    yield expect(net.value == start, "value is the start", net.value)
    yield expect(net.steps.shape == (2,), "there are two steps")

@threshold(points=10, at_least=0.9, of="double")
def mostly_positive(solution, given, rng):
    """Doubles of positive numbers are larger"""
    x = rng.uniform(1.1, 2, 20)
    return float(np.mean(solution.double(x) > x))
'''

# Short, since whatever hangs in a test computes for so long.
LIMITS = Limits(seconds=1, load_seconds=2, megabytes=512)


def make_course(
    root: Path,
    *,
    solution: str = SOLUTION,
    misconceptions: str = MISCONCEPTIONS,
    checks: str = CHECKS,
    points: float = 60,
    limits: Limits = LIMITS,
) -> Assignment:
    """Write a course with one assignment, `small`, and load it."""
    folder, reference = root / "assignments" / "small", root / "reference" / "small"
    folder.mkdir(parents=True)
    reference.mkdir(parents=True)
    (root / "course.toml").write_text('name = "A small course"\n')
    (folder / "assignment.toml").write_text(
        f'title = "Small"\nmodule = "small"\npoints = {points}\n'
        f"[limits]\nseconds = {limits.seconds}\nload_seconds = {limits.load_seconds}\n"
        f"megabytes = {limits.megabytes}\n"
    )
    (folder / "checks.py").write_text(checks)
    (folder / "small.py").write_text("def double(x):\n    raise NotImplementedError\n")
    (folder / "small.ipynb").write_text('{"cells": [], "nbformat": 4, "nbformat_minor": 5}')
    (folder / "README.md").write_text("# Small\n")
    (reference / "solution.py").write_text(solution)
    (reference / "misconceptions.py").write_text(misconceptions)
    return course.load(root).assignment("small")


def submission(*sources: str, name: str = "mine.py") -> Submission:
    """A submission of these texts; several are a notebook's cells."""
    texts = [textwrap.dedent(source) for source in sources]
    labels = [""] if len(texts) == 1 else [f"cell {n}" for n in range(1, len(texts) + 1)]
    cells = tuple(Cell(text, label) for text, label in zip(texts, labels, strict=True))
    return Submission(name=name, cells=cells, digest="")


def changed(change: str) -> Submission:
    """The small course's reference, with some names defined again."""
    return submission(SOLUTION + "\n" + textwrap.dedent(change))


def verdict(report: Report, check: str) -> Verdict:
    """One check's verdict."""
    return next(verdict for verdict in report.checks if verdict.id == check)


@contextlib.contextmanager
def loops_collected() -> Iterator[None]:
    """Dask leaves its event loops to the garbage collector; a later test would be blamed."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """Undo what loading a submission does to the process; a guest is thrown away, a test's not.

    A module that was really imported meanwhile stays: NumPy's cannot be imported twice.
    """
    finders, modules = list(sys.meta_path), dict(sys.modules)
    numpys_own = np.__dict__["__getattr__"]
    yield
    real = {
        name: module
        for name, module in sys.modules.items()
        if vars(module).get("__file__") and vars(module).get("__name__") == name
    }
    sys.meta_path[:] = finders
    sys.modules.clear()
    sys.modules.update(real | modules)
    np.__dict__["__getattr__"] = numpys_own
