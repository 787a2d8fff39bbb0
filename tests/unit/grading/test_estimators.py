"""Models of scikit-learn: how they are put together, what they learned, what they predict."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.grader import Grader
from autograder.grading.report import grade
from autograder.model import Limits, Status
from autograder.publishing.release import release
from tests.support import make_course, submission

pytest.importorskip(
    "sklearn", reason="scikit-learn is not installed (pip install '.[sklearn]')"
)

SOLUTION = """
import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier


def build():
    return Pipeline([("scale", StandardScaler()), ("model", LogisticRegression(C=0.1))])


def columns():
    chosen = [("numbers", StandardScaler(), [0, 1]), ("names", OneHotEncoder(), [2])]
    return Pipeline([("columns", ColumnTransformer(chosen)), ("model", Ridge())])


def learn(X, y):
    return build().fit(X, y)


def grow(X, y):
    return DecisionTreeClassifier(max_depth=2, random_state=0).fit(X, y)
"""
CHECKS = '''
import numpy as np
from autograder.authoring import accuracy, check, estimator, fitted, threshold

def some_data(rng):
    X = rng.normal(size=(60, 3)) * [1, 5, 20] + [0, 3, 9]
    return X, (X @ [3, 1, 0.2] + rng.normal(size=60) > 4).astype(int)

@check(points=20, cases=1)
def build(solution, given, rng):
    """A scaler and a model"""
    return estimator(solution.build())

@check(points=20, cases=1)
def columns(solution, given, rng):
    """Numbers are scaled, names are encoded"""
    return estimator(solution.columns())

@check(points=20)
def learn(solution, given, rng):
    """The pipeline learns from the data"""
    X, y = some_data(rng)
    hidden, _ = some_data(rng)
    model = solution.learn(X, y)
    return {"learned": fitted(model, "mean_", "coef_"), "predicted": model.predict(hidden)}

@check(points=20)
def grow(solution, given, rng):
    """A tree of depth two"""
    X, y = some_data(rng)
    model = solution.grow(X, y)
    return {"tree": estimator(model), "grown": fitted(model), "answers": model.predict(X[:9])}

@threshold(points=20, at_least=0.8, of="learn")
def accurate(solution, given, rng):
    """It predicts hidden examples"""
    X, y = some_data(rng)
    return accuracy(solution.learn(X[:40], y[:40]).predict(X[40:]), y[40:])
'''
MISCONCEPTIONS = """
from autograder.authoring import mistake

mistake("build", "too_weak", {"C=0.1": "alpha=0.1"}, "The strength is called C here.")
mistake("learn", "not_scaled", {"build()": "build()[-1:]"}, "Fit the whole pipeline.")
"""
LIMITS = Limits(seconds=10, load_seconds=40, total_seconds=90, megabytes=1024)


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The course of this module."""
    made = make_course(
        tmp_path_factory.mktemp("course"),
        solution=SOLUTION,
        misconceptions=MISCONCEPTIONS,
        checks=CHECKS,
        points=100,
    )
    preload = ("numpy", "sklearn.pipeline", "sklearn.linear_model", "sklearn.tree")
    settings = msgspec.structs.replace(made.settings, preload=preload, limits=LIMITS)
    return replace(made, settings=settings)


@pytest.fixture(scope="module")
def grader(assignment: Assignment) -> Iterator[Grader]:
    """One grader for all tests of this module."""
    with Grader(assignment) as one:
        yield one


RIGHT = """
from sklearn.base import BaseEstimator
from sklearn.compose import make_column_transformer
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline


class Scaler(StandardScaler):
    "Scales."


def build():
    return make_pipeline("passthrough", Scaler(copy=False), make_pipeline(
        LogisticRegression(C=1 / 10, max_iter=500, n_jobs=1)))


def columns():
    return make_pipeline(
        make_column_transformer((OneHotEncoder(), [2]), (StandardScaler(), np.array([0, 1]))),
        Ridge(alpha=1.0),
    )


def learn(X, y):
    scaler = StandardScaler().fit(X)
    model = LogisticRegression(C=0.1).fit(scaler.transform(X), y)
    return Pipeline([("a", scaler), ("b", model)])
"""


def test_the_reference_and_other_right_ways_earn_everything(
    grader: Grader, assignment: Assignment, tmp_path: Path
) -> None:
    """Names of steps, nesting and ways to compute do not count; the bundle agrees."""
    for cells in ((SOLUTION,), (SOLUTION, RIGHT)):
        report = grader.grade(submission(*cells))
        assert [
            (v.id, v.status, v.message) for v in report.checks if v.status != "passed"
        ] == []
    release(assignment, tmp_path)
    small = course.load(tmp_path).assignment("small")
    report = grade(submission(SOLUTION, RIGHT), small, sandbox=grader.sandbox)
    assert report.points == 100
    assert "sklearn.linear_model" not in sys.modules


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Pipeline([('m', LogisticRegression(C=0.1))])", "A step is missing: StandardScaler()"),
        (
            "Pipeline([('s', StandardScaler()), ('m', LogisticRegression(C=10))])",
            "Step 2 (LogisticRegression) sets C to 10; 0.1 is needed.",
        ),
        (
            "Pipeline([('s', StandardScaler(with_mean=False)), ('m', LogisticRegression())])",
            "Step 1 (StandardScaler) sets with_mean to False; its default is needed.",
        ),
        ("LogisticRegression", "the class LogisticRegression came: make an object of it"),
        (
            "StandardScaler().fit_transform([[1.0], [2.0]])",
            "An estimator of scikit-learn is need",
        ),
        ("np.mean", "An estimator of scikit-learn is needed"),
        ("print()", "build returned None"),
        ("Liar()", "has the methods of one and is not of scikit-learn"),
        ("Odd()", "stopped with ValueError"),
    ],
)
def test_what_is_wrong_is_said(grader: Grader, text: str, message: str) -> None:
    """A step, a setting, a class, an array and an object that lies are told by name."""
    wrong = f"""
class Liar:
    __module__ = "sklearn.pipeline"
    def fit(self, *_): return self
    def get_params(self, deep=True): return {{}}

class Odd(LogisticRegression):
    def __init__(self): pass
    def __getattribute__(self, name): raise ValueError(name)

def build():
    return {text}
"""
    report = grader.grade(submission(SOLUTION, wrong), only=["build"])
    found = {v.id: v for v in report.checks}["build"]
    assert not report.ungraded
    assert message in found.message
    assert found.points < 20


def test_what_is_not_learned_is_said(grader: Grader) -> None:
    """A model that was not fitted, and one that learned from other data."""
    wrong = """
def learn(X, y):
    return build()

def grow(X, y):
    return DecisionTreeClassifier(max_depth=3, random_state=0).fit(X, y)
"""
    found = {v.id: v for v in grader.grade(submission(SOLUTION, wrong)).checks}
    assert found["learn"].points == 0
    assert "has not been fitted" in found["learn"].message
    assert "sets max_depth to 3; 2 is needed" in found["grow"].message
    assert found["accurate"].status is Status.FAILED or found["accurate"].points == 0


def test_a_guest_that_forges_an_estimator_is_no_fault_of_ours(grader: Grader) -> None:
    """Whatever the reader in a guest is made to say is an answer, bounded and at rest."""
    for said in (
        "[]", "{'kind': 3}", "'x' * 10**5", "object()", "{1: 2}",
        "{'kind': 'A', 'own': '', 'settings': {'a': object()}, 'steps': [], 'fitted': True}",
        "{'kind': 'A', 'own': '', 'settings': {}, 'steps': [['a', None, object()]]}",
    ):  # fmt: skip
        liar = f"""
import sys
reader = sys.modules["autograder.sandbox.guest.estimators"]
reader.described = reader.learned = lambda *_: {said}
"""
        report = grader.grade(submission(SOLUTION, liar), only=["build", "columns"])
        assert not report.ungraded, said
        assert report.points == 0, said
