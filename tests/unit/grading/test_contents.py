"""Objects of a class and tables come through the sandbox as what they are made of."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.publishing.release import release
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import LIMITS, make_course, submission

SOLUTION = """
from collections import namedtuple
from typing import NamedTuple

class Point(NamedTuple):
    x: float
    y: float

class Stack(list):
    def push(self, item):
        self.append(item)
        return self

    @property
    def top(self):
        return self[-1]

class Grades(dict):
    pass

def middle(a, b):
    return Point((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)

def mirrored(point):
    x, y = point
    return Point(-x, -y)

def grades(names):
    return Grades({name: len(name) for name in names})

def roots(a):
    return [complex(0, a), -complex(0, a)]
"""
CHECKS = '''
from autograder.authoring import check

@check(points=10, exact=True)
def middle(solution, given, rng):
    """The point between"""
    return solution.middle((0.0, 1.0), (2.0, float(rng.uniform(3, 4))))

@check(points=10)
def mirrored(solution, given, rng):
    """The point on the other side"""
    point = given.middle((0.0, 1.0), (2.0, float(rng.uniform(3, 4))))
    return {"x": point.x, "mirrored": solution.mirrored(point)}

@check(points=10, of="Stack")
def stack(solution, given, rng):
    """A stack of plates"""
    stack = solution.Stack()
    stack.push(1).push(int(rng.integers(5, 99)))
    return {"items": stack, "the top": stack.top, "how many": len(stack)}

@check(points=10)
def grades(solution, given, rng):
    """Grades by name"""
    return solution.grades(["Ann", "Bo"][: int(rng.integers(1, 3))])

@check(points=10)
def roots(solution, given, rng):
    """Roots of a negative number"""
    return solution.roots(float(rng.uniform(1, 9)))
'''


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A course whose functions return objects of classes of their own."""
    folder = tmp_path_factory.mktemp("classes")
    return make_course(folder, solution=SOLUTION, checks=CHECKS, misconceptions="", points=50)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests of this module."""
    with Sandbox(limits=LIMITS, preload=("numpy",)) as box:
        yield box


WRONG = {
    "middle": "def middle(a, b): return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2",
    "stack": "class Stack:\n    def push(self, item): self.top = item; return self",
    "grades": "def grades(names): return Grades({name: 0 for name in names})",
    "roots": "def roots(a): return [complex(0, a), complex(0, a)]",
}


def test_classes_of_lists_and_tuples(
    classes: Assignment, sandbox: Sandbox, tmp_path: Path
) -> None:
    """They have methods, attributes and a name; the bundle judges as the course does."""
    release(classes, tmp_path / "released")
    bundle = course.load(tmp_path / "released").assignment("small")
    plain = SOLUTION + (
        "\ndef mirrored(point): return -point.x, -point.y"
        "\ndef grades(names): return {name: len(name) for name in names}"
    )
    for where in (classes, bundle):
        for text in (SOLUTION, plain):
            report = grade(submission(text), where, sandbox=sandbox)
            assert report.points == 50, report
        report = grade(submission(SOLUTION, *WRONG.values()), where, sandbox=sandbox)
        said = {v.id: v.message for v in report.checks if v.points < v.possible}
        assert said.keys() == WRONG.keys()
        assert said["middle"] == "The answer is a tuple of 2 values; a Point is needed."


LIAR = """
class Stack:
    def push(self, item):
        return self
    top = 7
    def __len__(self):
        return 10**30

def middle(a, b):
    class Point(tuple):
        _fields = ("x" * 10**6,) * 10**5
        def __iter__(self):
            raise SystemExit
    Point.__name__ = "P" * 10**6
    return Point((1, 2))

class Grades(dict):
    _fields = 3
    def keys(self):
        raise KeyboardInterrupt
    def items(self):
        return 5

def grades(names):
    return Grades()

class Meta(type):
    def __getattribute__(self, name):
        raise MemoryError

class Odd(list, metaclass=Meta):
    def act(self):
        return self

def mirrored(point):
    return Odd([1, 2])

def roots(a):
    import sys
    sys.modules["dataclasses"].fields = lambda value: 1 / 0
    sys.modules["dataclasses"].is_dataclass = lambda value: True
    return object()
"""


def test_what_lies_about_itself_is_a_failure(classes: Assignment, sandbox: Sandbox) -> None:
    """Whatever a class says of itself, the grading goes on, and nothing is a fault of ours."""
    report = grade(submission(LIAR), classes, sandbox=sandbox)
    assert not report.ungraded, report
    assert report.points == 0, report


TABLES = """
import numpy as np
import pandas as pd
from scipy import sparse

def clean(people):
    table = pd.DataFrame(people).dropna()
    table["age"] = table["age"].astype(int)
    return table.reset_index(drop=True)

def ages(table):
    return table["age"] * 2

def links(n):
    return sparse.csr_matrix(np.eye(n))
"""
OF_TABLES = '''
from autograder.authoring import check, library

@check(points=20, cases=1)
def clean(solution, given, rng):
    """Rows without an age are left out"""
    ages = [31.0, None, float(rng.integers(20, 50))]
    return solution.clean({"age": ages, "city": ["Delft", "Lund", "Gent"]})

@check(points=20, cases=1)
def ages(solution, given, rng):
    """Twice the age"""
    pandas = library(solution, "pandas")
    return solution.ages(pandas.DataFrame({"age": [1, int(rng.integers(9, 99))]}))

@check(points=20, cases=1)
def links(solution, given, rng):
    """A sparse matrix of ones"""
    return solution.links(int(rng.integers(3, 9)))
'''


@pytest.mark.skipif(find_spec("pandas") is None, reason="pandas is not installed")
def test_tables_of_pandas_and_scipy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What pandas and SciPy make is compared by what it holds; this process needs neither."""
    for name in ("pandas", "scipy"):
        monkeypatch.setitem(sys.modules, name, None)  # to import it is an error
    small = make_course(tmp_path, solution=TABLES, checks=OF_TABLES, misconceptions="")
    settings = small.folder / "assignment.toml"
    preload = 'preload = ["numpy", "pandas", "scipy.sparse"]\n[limits]'
    settings.write_text(settings.read_text().replace("[limits]", preload))
    small = course.load(tmp_path).assignment("small")
    wrong = TABLES.replace(".reset_index(drop=True)", "").replace("np.eye(n)", "2 * np.eye(n)")
    with Sandbox(limits=small.limits, preload=small.settings.preload) as box:
        assert grade(submission(TABLES), small, sandbox=box).points == 60
        report = grade(submission(wrong), small, sandbox=box)
    said = {verdict.id: verdict.message for verdict in report.checks}
    assert said["clean"].startswith("The index is 0, 2; 0, 1 is needed.")
    assert said["links"] == "The answer is 2 at [0, 0]; 1 is right."
    assert report.points == pytest.approx(20 * 2 / 3 + 20, abs=0.01)
