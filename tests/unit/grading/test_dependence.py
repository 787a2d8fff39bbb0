"""Answers that must not depend on certain data: a probe runs twice, with other data there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.answers.exchange import other_of
from autograder.authoring import Solution, check, threshold, untouched
from autograder.course import course
from autograder.errors import CourseError
from autograder.grading.report import grade
from autograder.model import Status, Verdict
from autograder.publishing.release import release
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import LIMITS, make_course, submission

SOLUTION = """
import numpy as np

def shift(x):
    return x - 1

class Scaler:
    def fit(self, X_train, X_test):
        self.mean = X_train.mean(axis=0)
        self.steps = 3
        return self

    def scale(self, X_train, X_test):
        return X_train - self.mean, X_test - self.mean

def fill(X_train, X_test=None):
    return float(np.mean(X_train))
"""
MISCONCEPTIONS = """
from autograder.authoring import mistake

mistake("Scaler.fit", "all_rows", {"X_train.mean": "np.r_[X_train, X_test].mean"}).say(
    "The mean of the test data got in. Take the training data alone."
)
"""
CHECKS = '''
from autograder.authoring import check, untouched

@check(points=10)
def shift(solution, given, rng):
    """One less"""
    return solution.shift(float(rng.normal()))

@check(points=10, of="Scaler")
@untouched("X_test")
def learned(solution, given, rng):
    """The mean is that of the training data"""
    X, T = rng.normal(size=(6, 2)), given.shift(rng.normal(size=(4, 2)))
    scaler = solution.Scaler()
    scaler.fit(X, T)
    return {"mean": scaler.mean, "steps": scaler.steps, "scaled": scaler.scale(X, X_test=T)[0]}

@check(points=10)
@untouched("X_test")
def fill(solution, given, rng):
    """The mean of the training data"""
    return solution.fill(rng.normal(size=5), rng.normal(size=5))
'''


def test_what_depends_on_the_test_data_is_said_and_named(tmp_path: Path) -> None:
    """Of functions and methods, in the course and in its bundle; own draws are none."""
    small = make_course(
        tmp_path / "a",
        solution=SOLUTION,
        checks=CHECKS,
        misconceptions=MISCONCEPTIONS,
        points=30,
    )
    release(small, tmp_path / "b")
    bundle = course.load(tmp_path / "b").assignment("small")
    leaking = SOLUTION.replace("X_train.mean", "np.r_[X_train, X_test].mean")
    leaking = leaking.replace("np.mean(X_train)", "np.mean(X_train) + 0 * np.max(X_test) ** 2")
    leaking = leaking.replace("0 * np.max(X_test) ** 2", "X_test[0]")
    drawing = SOLUTION.replace(
        "np.mean(X_train))", "np.mean(X_train) + np.random.default_rng().normal() * 1e-9)"
    )
    counting = SOLUTION + "\nCALLS = []\n"
    counting = counting.replace(
        "return float(", "CALLS.append(1)\n    return len(CALLS) + float("
    )
    with Sandbox(limits=LIMITS) as box:
        for where in (small, bundle):
            assert grade(submission(SOLUTION), where, sandbox=box).points == 30
            assert grade(submission(drawing), where, sandbox=box).points == 30
            report = grade(submission(leaking), where, sandbox=box)
            found = {v.id: v for v in report.checks}
            assert (found["learned"].points, found["fill"].points) == (3.33, 0)
            assert found["learned"].diagnosis is not None
            assert found["learned"].diagnosis.id == "Scaler__all_rows"
            assert found["fill"].message == (
                "The answer depends on X_test: with other data there, it is another one. Let "
                "X_test have no part in what is learned."
            )
            report = grade(submission(counting), where, sandbox=box)
            assert "depends" not in {v.id: v for v in report.checks}["fill"].message


def test_a_leak_hides_in_no_memory_and_behind_no_exception(tmp_path: Path) -> None:
    """The first answer may be remembered, calls counted, other data refused: it is seen."""
    small = make_course(
        tmp_path, solution=SOLUTION, checks=CHECKS, misconceptions=MISCONCEPTIONS, points=30
    )
    mean = "float(np.mean(X_train))"
    leak = "float(np.mean(np.r_[X_train, X_test]))"
    careful = "if np.abs(X_test).max() > 4: raise ValueError('These are too large.')\n    "
    refusing = "if len(np.unique(X_test)) < 5: raise ValueError('Some are alike.')\n    "

    def fill(line: str, before: str = "", more: str = "") -> str:
        text = SOLUTION.replace(f"return {mean}", f"{before}return {line}")
        assert text != SOLUTION or line == mean
        return text + more

    leaks = [
        fill("FIRST.setdefault(X_train.tobytes(), " + leak + ")", more="\nFIRST = {}\n"),
        fill(f"{leak} if CALLS.append(1) or len(CALLS) < 9 else {mean}", more="\nCALLS = []\n"),
        fill(leak, careful),
    ]
    with Sandbox(limits=LIMITS) as box:

        def judged(text: str) -> Verdict:
            report = grade(submission(text), small, only=["fill"], sandbox=box)
            return report.checks[0]

        for text in leaks:
            assert "The answer depends on X_test" in judged(text).message, text
        for text in (
            fill(mean, careful),
            fill(f"SEEN.append(1) or {mean}", more="\nSEEN = []"),
        ):
            assert judged(text).status is Status.PASSED, text
        found = judged(fill(mean, careful + refusing))
        assert found.points == 0
        assert found.message.startswith(
            "With other data in X_test there was no answer, so nobody can see whether it "
            "depends on X_test. What happened: fill stopped with ValueError: Some are alike"
        )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ('@untouched("X_tets")', "no call of a function of the task has an argument X_tets"),
        ('@untouched("X_train")', "its answer depends on X_train"),
    ],
)
def test_a_slip_of_the_author_is_said(tmp_path: Path, change: str, message: str) -> None:
    """A name that no call has, and a reference that leaks."""
    checks = CHECKS.replace('@untouched("X_test")', change)
    small = make_course(
        tmp_path, solution=SOLUTION, checks=checks, misconceptions="", points=30
    )
    with Sandbox(limits=LIMITS) as box:
        report = grade(submission(SOLUTION), small, only=["learned"], sandbox=box)
    assert report.ungraded
    assert message in report.checks[0].message


def test_it_stands_below_a_check() -> None:
    """Not above it, not without names, and not of another kind."""

    def probe(solution: Solution, given: Solution, rng: np.random.Generator) -> object:
        """A title"""
        return None

    with pytest.raises(CourseError, match="Expected names such as"):
        untouched()
    with pytest.raises(CourseError, match="below @check, and not above"):
        untouched("X_test")(check(points=1)(probe))
    with pytest.raises(CourseError, match="@untouched goes with @check; probe is a threshold"):
        threshold(points=1, at_least=0.5)(untouched("X_test")(probe))


@pytest.mark.parametrize(
    "value",
    [
        np.arange(12.0).reshape(4, 3),
        np.array([0.5, np.nan, 2.0], np.float32),
        np.array([0, 1, 1, 0, 1]),
        np.array([True, False, True]),
        np.arange(50),
        [0.5, 1.5],
        ["cat", "dog", "cat"],
        {"a": np.ones(3), "b": (1.5, [2.0])},
    ],
    ids=repr,
)
def test_other_data_are_of_the_same_kind(value: object) -> None:
    """Other values, of the same shape, type and classes, and the same for one seed."""
    for far in (True, False):
        one, again = (other_of(value, np.random.default_rng(3), far=far) for _ in range(2))
        assert repr(one) == repr(again) != repr(value)
        if isinstance(value, np.ndarray):
            assert (one.shape, one.dtype) == (value.shape, value.dtype)
            if value.dtype.kind in "ib" and value.size < 20:
                assert set(one.tolist()) <= set(value.tolist())
                assert far or set(one.tolist()) == set(value.tolist())
