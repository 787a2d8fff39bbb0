"""Probes that no recording could answer are refused, with check and line; no others are."""

from __future__ import annotations

import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path

from autograder.answers.choice import forget, live_key
from autograder.answers.independence import dependences
from autograder.answers.recording import record
from autograder.course import course
from autograder.course.course import Assignment
from autograder.errors import CourseError
from tests.law.figures import Figure
from tests.support import SOLUTION, make_course

REFERENCE = f"""{SOLUTION}
rate = 0.5

def apply(function, x):
    return function(x)

def pair(x):
    return {{"once": x, "twice": 2 * x}}

def fill(x):
    x[:] = 1
    return x

def noise(rng):
    return rng.normal(size=3)
"""

HEAD = '''
import random
import numpy as np
from autograder.authoring import check, expect, gradient, requirement, threshold
from autograder.authoring import NotAttempted, StudentRaised

seen = []

@check(points=10, of="double", cases=2)
def leak(solution, given, rng):
    """A probe that leaks"""
    x = rng.normal(size=(3, 2))
    y = solution.double(x)
'''

# The line that asks `given` ends with "# here".
LEAKS = {
    "an answer as argument": "return given.double(y)  # here",
    "by keyword": "return given.double(x=y)  # here",
    "by a default argument": """
        def inner(a=y):
            return given.double(a)  # here
        return inner()
    """,
    "in a list": """
        answers = [1.0]
        answers.append(y)
        return given.apply(len, [answers])  # here
    """,
    "in a dictionary": "return given.pair({'y': [y]}['y'][0])  # here",
    "rounded": "return given.double(round(float(np.sum(y)) * 1e3))  # here",
    "its sign": "return given.double(1.0 if y[0, 0] > 0 else 2.0)  # here",
    "whether it is right": """
        if np.allclose(y, 2 * x):
            x = given.double(x)  # here
        return x, y
    """,
    "whether it is wrong": """
        if not np.allclose(y, 2 * x):
            x = given.double(x)  # here
        return x, y
    """,
    "whether it is nan": "return given.double(float(np.isnan(np.sum(y))))  # here",
    "whether it is three times too large": (
        "return given.double(float(np.allclose(y, 6 * x)))  # here"
    ),
    "its type": """
        if not isinstance(y, np.ndarray):
            given.total(x)  # here
        return y
    """,
    "its shape": "return given.double(np.zeros(np.shape(y)))  # here",
    "its length": """
        for _ in range(len(y)):
            x = given.double(x)  # here
        return x
    """,
    "its keys": """
        for name in solution.pair(x):
            given.double(float(len(name)))  # here
        return y
    """,
    "the number of calls": """
        for _ in range(1 + int(abs(np.sum(y))) % 3):
            given.total(x)  # here
        return y
    """,
    "the order of calls": """
        names = ["double", "total"] if y[0, 0] > x[0, 0] else ["total", "double"]
        return [getattr(given, name)(x) for name in names]  # here
    """,
    "the attribute that is asked for": """
        counter = given.Counter(1.0)
        return getattr(counter, "value" if np.sum(y) == 2 * np.sum(x) else "steps")  # here
    """,
    "an attribute that is set": """
        counter = given.Counter(1.0)
        counter.value = float(np.sum(y))  # here
        return counter.add(1.0)
    """,
    "an object made from it": "return given.Counter(float(np.sum(y))).value  # here",
    "a method of such an object": """
        counter = given.Counter(1.0)
        return counter.add(float(abs(np.sum(y))))  # here
    """,
    "an attribute of an object": """
        counter = solution.Counter(1.0)
        return given.double(counter.value)  # here
    """,
    "a method of an object": """
        counter = solution.Counter(1.0)
        return given.double(counter.add(2.0))  # here
    """,
    "an object itself": "return given.apply(len, [solution.Counter(1.0)])  # here",
    "a function of it": "return given.apply(solution.double, x)  # here",
    "a function made of it": "return given.apply(lambda v: solution.double(v), x)  # here",
    "the way of an exception": """
        try:
            solution.total(x)
        except StudentRaised:
            given.total(x)  # here
        return y
    """,
    "the way of what is not written": """
        try:
            solution.total(x)
        except NotAttempted:
            given.total(x)  # here
        return y
    """,
    "the text of an exception": """
        said = ""
        try:
            solution.total("text")
        except Exception as error:
            said = str(error)
        return given.double(float(len(said))), y  # here
    """,
    "the state of numpy.random": "return given.double(np.random.normal(size=3))  # here",
    "the state of random": "return given.double(random.random())  # here",
    "an answer of the case before": """
        seen.append(y)
        return given.double(seen[-2] if len(seen) % 2 == 0 else x)  # here
    """,
    "the generator": "return given.noise(rng), rng.normal(), y  # here",
    "what given does to its argument": "return given.fill(x), y  # here",
}

# A guest takes plain data only, and what it does to an argument stays there.
AT_HAND_ONLY = {
    "in a list",
    "an object itself",
    "a function of it",
    "a function made of it",
    "the generator",
    "what given does to its argument",
}

OTHERS = {
    "in a gradient's cost": '''
@gradient(points=10, of="slope")
def leak(solution, given, rng):
    """A cost that leaks"""
    x, w = rng.normal(size=5), rng.normal(size=5)
    found = solution.slope(w, x)
    def cost(p):
        return given.cost(p["w"], x + 0 * found)  # here
    return cost, {"w": w}, {"w": found}
''',
    "between two properties": '''
@requirement(points=10, of="double")
def leak(solution, given, rng):
    """A requirement that leaks"""
    y = solution.double(3.0)
    yield expect(y == 6, "it is 6")
    yield expect(given.double(y) == 12, "twice is 12")  # here
''',
    "in a threshold": '''
@threshold(points=10, at_least=0.5, of="double")
def leak(solution, given, rng):
    """A threshold that leaks"""
    return float(np.mean(given.double(solution.double(rng.normal(size=9) ** 2)) > 0))  # here
''',
}


def probes() -> Iterator[tuple[str, str]]:
    """Each leaky probe: its kind, and a `checks.py`."""
    for name, body in LEAKS.items():
        yield name, HEAD + textwrap.indent(textwrap.dedent(body).strip("\n"), "    ") + "\n"
    for name, check in OTHERS.items():
        yield name, HEAD[: HEAD.index("@check")] + check


def leaky(root: Path, checks: str, *, guest: bool) -> Assignment:
    """A small course with this `checks.py`; its reference runs in a guest where it must."""
    made = make_course(root, solution=REFERENCE, misconceptions="", checks=checks, points=10)
    if not guest:
        return made
    settings = made.folder / "assignment.toml"
    settings.write_text('preload = ["numpy", "json"]\n' + settings.read_text())
    return course.load(root).assignment("small")


def said_of(assignment: Assignment) -> str:
    """What is said when a recording is refused; empty where it is made."""
    try:
        record(live_key(assignment, 0), assignment.checks)
    except CourseError as error:
        return error.message
    finally:
        forget()
    return ""


def figures(full: bool) -> Iterator[Figure]:
    """Leaky probes that are refused by name and line, and probes of the course that are not."""
    for guest in (False, True) if full else (False,):
        kinds = {n: checks for n, checks in probes() if not (guest and n in AT_HAND_ONLY)}
        missed = []
        with tempfile.TemporaryDirectory() as folder:
            for number, (name, checks) in enumerate(kinds.items()):
                said = said_of(leaky(Path(folder) / str(number), checks, guest=guest))
                lines = checks.splitlines()
                wanted = next(n for n, line in enumerate(lines, 1) if line.endswith("# here"))
                if f"checks.py, line {wanted}: the check leak cannot be recorded" not in said:
                    missed.append(f"{name} ({said or 'recorded'})")
        yield Figure(
            f"leaky probes refused, reference {'in a guest' if guest else 'at hand'}",
            f"{len(kinds) - len(missed)} of {len(kinds)}"
            + "".join(f"; {one}" for one in missed),
            "all, with check and line",
            not missed,
        )
    root = Path(__file__).parents[2]
    refused, asked = [], 0
    for name, assignment in course.load(root).assignments.items():
        if assignment.missing:
            continue
        asked += sum(check.local for check in assignment.checks)
        refused += [
            f"{name}: {found}"
            for found in dependences(live_key(assignment, 0), assignment.checks)
        ]
    forget()
    yield Figure(
        "probes of the course refused",
        "; ".join([f"{len(refused)} of {asked}", *refused]),
        "none",
        not refused,
    )
