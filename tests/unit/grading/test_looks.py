"""A call is looked at beside what it returns: what it prints, raises and changes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest

from autograder.authoring import check
from autograder.course import course
from autograder.course.course import Assignment
from autograder.errors import CourseError
from autograder.grading.report import grade
from autograder.model import Report
from autograder.publishing.release import release
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import LIMITS, make_course, submission

SOLUTION = """
import math
import numpy as np

class TooSmall(ValueError):
    pass

def greet(name):
    print("Hello, " + name + "!")
    print("The root of 2 is", math.sqrt(2))

def talk():
    name = input("Your name? ")
    print("Hello", name)

def root(x):
    if x < 0:
        raise TooSmall("negative numbers have none")
    return math.sqrt(x)

def sort(items):
    items.sort()

def integral(n):
    return float(np.mean(np.linspace(0, 1, n) ** 2))

def report(numbers):
    return {"mean": float(np.mean(numbers)), "largest": float(max(numbers))}
"""
CHECKS = '''
from autograder.authoring import changed_in_place, check, printed, raises

@check(points=10)
def greet(solution, given, rng):
    """A greeting is printed"""
    return printed(solution.greet, ("Ann", "Bo", "Cy")[int(rng.integers(3))])

@check(points=10)
def talk(solution, given, rng):
    """It asks for a name"""
    return printed(solution.talk, typed=[("Ann", "Bo", "Cy")[int(rng.integers(3))]])

@check(points=10)
def root(solution, given, rng):
    """A negative number has no root"""
    x = float(rng.uniform(1, 9))
    return {
        "the root": solution.root(x),
        "a negative number": raises(ValueError("negative"), solution.root, -x),
    }

@check(points=10)
def sort(solution, given, rng):
    """The list itself is sorted"""
    return changed_in_place(solution.sort, rng.permutation(6).tolist())

@check(points=10, tolerance=0.05, because="a sum of some terms")
def integral(solution, given, rng):
    """About a third"""
    return solution.integral(int(rng.integers(100, 900)))

@check(points=10, weights={"mean": 3, "largest": 1})
def report(solution, given, rng):
    """Mean and maximum"""
    return solution.report(rng.normal(size=5).tolist())
'''


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """A course whose functions print, raise and work in place."""
    folder = tmp_path_factory.mktemp("looks")
    return make_course(folder, solution=SOLUTION, checks=CHECKS, misconceptions="")


@pytest.fixture(scope="module")
def bundle(looks: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The same as students get it."""
    folder = tmp_path_factory.mktemp("released")
    release(looks, folder)
    return course.load(folder).assignment("small")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests of this module."""
    with Sandbox(limits=LIMITS, preload=("numpy",)) as box:
        yield box


def said(report: Report) -> dict[str, str]:
    """The messages of the checks that miss something."""
    return {v.id: v.message for v in report.checks if v.points < v.possible}


RIGHT = (
    SOLUTION,
    """
def greet(name):
    print("Hello,  " + name + "!  ")
    print(f"The root of 2 is {1.41421356237}")
    print()
""",
    """
def talk():
    print("Your name?", end=" ")
    print("Hello " + input())
""",
    """
class Negative(ValueError): pass
def root(x):
    if x < 0: raise Negative("A Negative number!")
    return x ** 0.5
""",
    "def sort(numbers): numbers[:] = sorted(numbers); return numbers",
    "def integral(n): return 1 / 3",
)
WRONG = {
    "greet": r'def greet(name): return f"Hello, {name}!\nThe root of 2 is {math.sqrt(2)}"',
    "talk": 'def talk(): print("Your name? Hello", input().upper())',
    "root": "def root(x): return abs(x) ** 0.5",
    "sort": "def sort(items): return sorted(items)",
    "integral": "def integral(n): return 0.4",
    "report": 'def report(x): return {"mean": 0.0, "largest": max(x)}',
}


def test_right_ones_pass_and_wrong_ones_are_said(
    looks: Assignment, bundle: Assignment, sandbox: Sandbox
) -> None:
    """Spaces, last digits, subclasses and what is returned do not count; the bundle agrees."""
    wrong = submission(SOLUTION, *WRONG.values())
    for where in (looks, bundle):
        for cells in ((SOLUTION,), RIGHT):
            report = grade(submission(*cells), where, sandbox=sandbox)
            assert report.points == 60, said(report)
        report = grade(wrong, where, sandbox=sandbox)
        messages = said(report)
        assert messages.keys() == WRONG.keys()
        assert messages["greet"] == "The text is returned, and not printed. Use print(...)."
        assert messages["talk"].startswith("Line 1 is printed as 'Your name? Hello ")
        assert messages["root"].startswith(
            "A negative number raises nothing, and returns the number "
        )
        assert messages["sort"] == (
            "The argument is as it was before the call. What is returned is right; change the "
            "argument itself."
        )
        points = {v.id: v.points for v in report.checks}
        assert (points["report"], points["root"]) == (2.5, 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('def greet(name): print("Hello")', "Line 1 is printed as 'Hello'; 'Hello, "),
        ("def greet(name): text = name", "Nothing is printed."),
        (
            'def greet(name): print(f"Hello, {name}!")',
            "Line 2 is missing: 'The root of 2 is 1.4142135623730951'.",
        ),
        (
            "def greet(name): import sys; sys.stdout = None",
            "Nothing is printed.",
        ),
        (
            "def greet(name): print('x' * 10**7)",
            "too big",
        ),
    ],
)
def test_what_is_printed_is_told_by_line(
    looks: Assignment, sandbox: Sandbox, text: str, message: str
) -> None:
    """The first line that differs is shown, or that nothing was printed."""
    file = submission(SOLUTION, text)
    report = grade(file, looks, only=["greet"], sandbox=sandbox)
    assert not report.ungraded
    assert message in said(report)["greet"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tolerance": 2.0, "because": "why"}, "a tolerance above 1e-6 and below 1"),
        ({"tolerance": 0.1}, "A tolerance needs its reason"),
        ({"because": "why"}, "A tolerance needs its reason"),
        ({"weights": {"a": 0}}, "weights above 0"),
    ],
)
def test_a_wrong_option_is_refused(options: dict[str, object], message: str) -> None:
    """An option without effect or sense is an error that shows its value."""
    with pytest.raises(CourseError, match=message):
        check(points=1, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("checks", "message"),
    [
        ('weights={"maen": 3, "largest": 1}', "Did you mean 'mean'?"),
        ('weights={"mean": 3}', "weights leave out 'largest'"),
    ],
)
def test_a_weight_that_is_of_nothing_is_refused(
    tmp_path: Path, sandbox: Sandbox, checks: str, message: str
) -> None:
    """Each key of the answer has its weight, and each weight its key."""
    small = make_course(
        tmp_path,
        solution=SOLUTION,
        checks=CHECKS.replace('weights={"mean": 3, "largest": 1}', checks),
        misconceptions="",
    )
    report = grade(submission(SOLUTION), small, only=["report"], sandbox=sandbox)
    assert report.ungraded
    assert message in report.checks[0].message


FIGURES = """
import matplotlib.pyplot as plt

def curves(train, test):
    plt.plot(train, label="train")
    plt.plot(test, label="test")
    plt.xlabel("epoch")
    plt.ylabel("cost")
    plt.legend()
    plt.show()

def bars(names, counts):
    figure, axes = plt.subplots()
    axes.bar(names, counts)
    axes.set_title("How many")
"""
OF_FIGURES = '''
from autograder.authoring import check, figure

@check(points=30, cases=1)
def curves(solution, given, rng):
    """Both curves are drawn, with labels"""
    return figure(solution.curves, rng.uniform(size=4).tolist(), rng.uniform(size=4).tolist())

@check(points=30, cases=1)
def bars(solution, given, rng):
    """A bar for each name"""
    return figure(solution.bars, ["Ann", "Bo"], rng.uniform(1, 9, size=2).tolist(), words=True)
'''


@pytest.mark.skipif(find_spec("matplotlib") is None, reason="matplotlib is not installed")
def test_figures_are_compared_by_what_is_drawn(tmp_path: Path) -> None:
    """Lines in any order are right, closed or not; what is missing or elsewhere is said."""
    small = make_course(tmp_path, solution=FIGURES, checks=OF_FIGURES, misconceptions="")
    settings = small.folder / "assignment.toml"
    preload = 'preload = ["numpy", "matplotlib.pyplot"]\n[limits]'
    settings.write_text(settings.read_text().replace("[limits]", preload))
    small = course.load(tmp_path).assignment("small")
    right = """
import matplotlib.pyplot as plt

def curves(train, test):
    figure, axes = plt.subplots(figsize=(4, 3))
    axes.plot(range(4), test, "r--", label="unseen")
    axes.plot(range(4), train, label="seen")
    axes.set(xlabel="Epoch", ylabel="Cost", title="more than asked for")
    figure.legend()
    axes.legend()
    plt.show()
    plt.close(figure)

def bars(names, counts):
    plt.bar(names, counts, color="red")
    plt.title("how  many")
"""
    wrong = FIGURES.replace('plt.xlabel("epoch")', "").replace("counts)\n", "[1, 2])\n")
    wrong = wrong.replace("How many", "Bars")
    liar = (
        FIGURES
        + """
import sys
for name in ("drawn", "begin"):
    setattr(sys.modules["autograder.sandbox.guest.figures"], name, lambda: [{"lines": 3}])
"""
    )
    with Sandbox(limits=small.limits, preload=small.settings.preload) as box:
        for file in (FIGURES, right):
            assert grade(submission(file), small, sandbox=box).points == 60
        report = grade(submission(wrong), small, sandbox=box)
        lies = grade(submission(liar), small, sandbox=box)
    messages = said(report)
    assert messages["curves"] == "There is no label of the x axis."
    assert messages["bars"].startswith("The title is 'Bars'; 'How many' is needed.")
    assert "The bars go through (0, 1)" in messages["bars"]
    assert (lies.points, lies.ungraded) == (0, False)
    assert "matplotlib" not in sys.modules


WITH_DATA = """
import numpy as np

def largest(column):
    with open("people.csv", encoding="utf-8") as file:
        names = file.readline().strip().split(",")
    rows = np.loadtxt("people.csv", delimiter=",", skiprows=1)
    return float(rows[:, names.index(column)].max())
"""
OF_DATA = '''
from autograder.authoring import check

@check(points=60)
def largest(solution, given, rng):
    """The largest number of a column"""
    return solution.largest(("age", "height")[int(rng.integers(2))])
'''


def test_data_files_lie_beside_both(tmp_path: Path) -> None:
    """The reference and a submission open the course's file by its name; neither changes it."""
    small = make_course(tmp_path, solution=WITH_DATA, checks=OF_DATA, misconceptions="")
    settings = small.folder / "assignment.toml"
    settings.write_text(
        settings.read_text().replace("[limits]", 'files = ["people.csv"]\n[limits]')
    )
    (small.folder / "people.csv").write_text("age,height\n31,1.7\n42,1.6\n")
    small = course.load(tmp_path).assignment("small")
    release(small, tmp_path / "released")
    bundle = course.load(tmp_path / "released").assignment("small")
    vandal = (
        WITH_DATA
        + """
try:
    open("people.csv", "w")
except PermissionError:
    pass
"""
    )
    theirs = msgspec.structs.replace(
        submission(WITH_DATA), files=(("people.csv", b"age,height\n1,1\n"),)
    )
    with Sandbox(limits=LIMITS) as box:
        for where in (small, bundle):
            for file in (submission(WITH_DATA), submission(vandal), theirs):
                report = grade(file, where, sandbox=box)
                assert report.points == 60, said(report)
