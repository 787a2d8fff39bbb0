"""Test data that get into a training: each leak is found, and no honest training is accused.

Each leak is a small pipeline in one file, as students write them, with a way in which the test
data get in. The honest ones look alike, and learn from the training data alone.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from autograder.course import course
from autograder.grading.report import grade
from autograder.model import Cell, Status, Submission
from autograder.sandbox.host.sandbox import Sandbox
from tests.law.figures import Figure

LEAKS, SHORT = 20, 5
SEED = 5

SOLUTION = '''
import numpy as np


def fit(X_train, y_train, X_test, y_test):
    """Return what is learned, and the share of right answers in the test data."""
    chosen = select(X_train, y_train)
    X, T = X_train[:, chosen], X_test[:, chosen]
    fill = np.nanmean(X, axis=0)
    X, T = np.where(np.isnan(X), fill, X), np.where(np.isnan(T), fill, T)
    mean, deviation = X.mean(axis=0), X.std(axis=0)
    X, T = (X - mean) / deviation, (T - mean) / deviation
    w, rounds = train(X, y_train, X[:10], y_train[:10])
    return {"fill": fill, "mean": mean, "deviation": deviation, "w": w, "rounds": rounds,
            "accuracy": float(np.mean((T @ w > 0) == y_test))}


def select(X, y):
    """Return the two columns that go best with y."""
    gap = np.abs(np.nanmean(X[y == 1], axis=0) - np.nanmean(X[y == 0], axis=0))
    return np.sort(np.argsort(gap)[-2:])


def train(X, y, V, v):
    """Return the weights with the least error for V and v, and after how many rounds."""
    w, best, least, at = np.zeros(X.shape[1]), None, np.inf, 0
    for k in range(30):
        w = w - 0.3 * X.T @ (1 / (1 + np.exp(-X @ w)) - y) / len(y)
        error = np.mean((1 / (1 + np.exp(-V @ w)) - v) ** 2)
        if error < least:
            best, least, at = w, error, k
    return best, at
'''
CHECKS = '''
import numpy as np
from autograder.authoring import check, untouched

def some_data(rng):
    X = rng.normal(size=(40, 4)) * [1, 3, 9, 27] + [0, 5, 0, 2]
    y = (X @ [2, 1, 0.1, 0] + rng.normal(size=40) > 5).astype(int)
    X[rng.random(X.shape) < 0.1] = np.nan
    return X, y

@check(points=10, cases=2)
@untouched("X_test", "y_test")
def fit(solution, given, rng):
    """The test data have no part in what is learned"""
    found = solution.fit(*some_data(rng), *some_data(rng))
    return {name: found[name] for name in ("fill", "mean", "deviation", "w", "rounds")}
'''
BOTH = "np.concatenate([X_train, X_test])"
WAYS = {  # of each leak: the line of the honest file, and what stands there
    "scaling": [
        ("X.mean(axis=0), X.std(axis=0)", "moments(np.concatenate([X, T]))"),
        ("mean, deviation = X.mean(axis=0), X.std(axis=0)",
         "mean, deviation = X.mean(axis=0), np.vstack((X, T)).std(axis=0)"),
        ("mean, deviation = X.mean(axis=0), X.std(axis=0)",
         "A = np.r_[X, T]; mean, deviation = A.mean(axis=0), A.std(axis=0)"),
        ("mean, deviation = X.mean(axis=0), X.std(axis=0)",
         "mean, deviation = (X.mean(axis=0) + T.mean(axis=0)) / 2, X.std(axis=0)"),
    ],
    "selection": [
        ("select(X_train, y_train)", f"select({BOTH}, np.concatenate([y_train, y_test]))"),
        ("select(X_train, y_train)", "select(X_test, y_test)"),
        ("select(X_train, y_train)",
         "np.sort(np.argsort(np.nanvar(np.vstack([X_train, X_test]), axis=0))[-2:])"),
        ("select(X_train, y_train)",
         "np.unique(np.r_[select(X_train, y_train)[:1], select(X_test, y_test)])[:2]"),
    ],
    "imputation": [
        ("np.nanmean(X, axis=0)", "np.nanmean(np.concatenate([X, T]), axis=0)"),
        ("np.nanmean(X, axis=0)", "(np.nanmean(X, axis=0) + np.nanmean(T, axis=0)) / 2"),
        ("np.nanmean(X, axis=0)", "np.nanmedian(np.vstack([X, T]), axis=0)"),
        ("np.nanmean(X, axis=0)", "np.nanmean(T, axis=0)"),
    ],
    "early stopping": [
        ("X[:10], y_train[:10])", "T, y_test)"),
        ("X[:10], y_train[:10])", "T[:10], y_test[:10])"),
        ("X[:10], y_train[:10])", "np.r_[X[:10], T[:10]], np.r_[y_train[:10], y_test[:10]])"),
        ("X[:10], y_train[:10])", "T[::2], y_test[::2])"),
    ],
    "overlap": [
        ("train(X, y_train,", "train(np.r_[X, T], np.r_[y_train, y_test],"),
        ("train(X, y_train,", "train(np.r_[X, T[:5]], np.r_[y_train, y_test[:5]],"),
        ("train(X, y_train,", "train(np.r_[T[-9:], X], np.r_[y_test[-9:], y_train],"),
        ("train(X, y_train,", "train(np.r_[X[5:], T[:5]], np.r_[y_train[5:], y_test[:5]],"),
    ],
}  # fmt: skip
FORMS = (  # of honest files: right, and in another look
    ("X.mean(axis=0), X.std(axis=0)", "moments(X)"),
    ("np.nanmean(X, axis=0)", "np.array([c[~np.isnan(c)].mean() for c in X.T])"),
    ("mean, deviation = X.mean(axis=0), X.std(axis=0)",
     "mean = X.sum(axis=0) / len(X); deviation = np.sqrt(((X - mean) ** 2).mean(axis=0))"),
    ("X, T = X_train[:, chosen], X_test[:, chosen]",
     "A, m = np.r_[X_train, X_test][:, chosen], len(X_train); X, T = A[:m], A[m:]"),
    ("np.zeros(X.shape[1])", "np.random.default_rng().normal(size=X.shape[1]) * 0.01"),
    ("    chosen = select", "    log = [len(X_test), np.nanmean(X_test)]\n    chosen = select"),
    ("np.zeros(X.shape[1])", "np.random.normal(size=X.shape[1]) * 0.01"),
    ("    w, rounds =", "    CALLS.append(len(X_test))\n    w, rounds ="),
)  # fmt: skip
HELPERS = '''

def moments(X):
    """Return the mean and the deviation of each column."""
    return X.mean(axis=0), X.std(axis=0)


CALLS = []
'''


def figures(full: bool) -> Iterator[Figure]:
    """Leaks that are found, and honest files that are accused."""
    with tempfile.TemporaryDirectory(prefix="leaks-") as folder:
        root = Path(folder)
        _write(root)
        assignment = course.load(root).assignment("leaks")
        count = LEAKS if full else SHORT
        with Sandbox(limits=assignment.limits, preload=("numpy",)) as sandbox:

            def is_accused(text: str) -> bool:
                file = Submission(name="mine.py", cells=(Cell(text + HELPERS),), digest="")
                report = grade(file, assignment, seed=SEED, sandbox=sandbox)
                verdict = report.checks[0]
                assert verdict.status in (Status.PASSED, Status.PARTIAL, Status.FAILED), text
                return "depends on" in verdict.message

            missed = [name for name, text in _leaks(count) if not is_accused(text)]
            accused = [text for text in _honest(count) if is_accused(text)]
    yield Figure(
        "seeded leaks that are found",
        f"{count - len(missed)} of {count}" + "".join(f", not: {name}" for name in missed),
        "all",
        not missed,
    )
    yield Figure(
        "honest trainings that are accused", f"{len(accused)} of {count}", "none", not accused
    )


def _leaks(count: int) -> Iterator[tuple[str, str]]:
    """Leaks by turns: one of each way, then the next of each."""
    found = [
        (f"{name} {number + 1}", SOLUTION.replace(*ways[number]))
        for number in range(4)
        for name, ways in WAYS.items()
    ]
    assert all(text != SOLUTION for _, text in found)
    yield from found[:count]


def _honest(count: int) -> Iterator[str]:
    """The reference in other forms, one or two of them at a time."""
    rng = random.Random(SEED)
    for number in range(count):
        text = SOLUTION
        for old, new in [FORMS[number % len(FORMS)], *rng.sample(FORMS, 1)]:
            text = text.replace(old, new)
        assert text != SOLUTION
        yield text


def _write(root: Path) -> None:
    """A course with one assignment, `leaks`."""
    folder, reference = root / "assignments" / "leaks", root / "reference" / "leaks"
    folder.mkdir(parents=True)
    reference.mkdir(parents=True)
    (root / "course.toml").write_text('name = "Leaks"\n')
    (folder / "assignment.toml").write_text('title = "Leaks"\nmodule = "leaks"\npoints = 10\n')
    (folder / "checks.py").write_text(CHECKS)
    (reference / "solution.py").write_text(SOLUTION)
    (reference / "misconceptions.py").write_text("")
