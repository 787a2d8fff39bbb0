"""Checks for flats: a table, a line by hand, a pipeline, a tree, a drawing, and no leak."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.authoring import (
    Solution,
    check,
    estimator,
    figure,
    fitted,
    library,
    untouched,
)

DISTRICTS = ("North", "South", "East", "West")


def some_flats(rng: np.random.Generator, m: int, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw m flats with n features, each on a scale of its own, and what they cost."""
    X = rng.normal(size=(m, n)) * rng.uniform(0.5, 30, n) + rng.uniform(-20, 20, n)
    return X, X @ rng.normal(size=n) + rng.normal(size=m) + float(rng.uniform(5, 9))


def with_gaps(X: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The same with a value missing in about every tenth place, and none in the first rows."""
    gaps = rng.random(X.shape) < 0.15
    gaps[:4] = False
    gaps[4] = True
    return np.where(gaps, np.nan, X)


def classes(rng: np.random.Generator, m: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw m flats with three features, and whether each of them is dear."""
    X = rng.normal(size=(m, 3)) * [1, 5, 20] + [0, 3, 60]
    score = X[:, 0] + 0.2 * X[:, 1] * (X[:, 2] > 60) + rng.normal(size=m)
    return X, (score > np.median(score)).astype(int)


@check(points=15, hint="Divide row by row first, then group, then sort.")
def price_per_metre(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """Each district has its mean price per square metre"""
    pandas = library(solution, "pandas")
    area = rng.uniform(30, 120, 12).round(1)
    table = pandas.DataFrame({
        "district": [*DISTRICTS, *rng.choice(DISTRICTS, 8).tolist()],
        "area": area.tolist(),
        "price": (area * rng.uniform(2, 6, 12)).tolist(),
    })  # fmt: skip
    series = solution.price_per_metre(table)
    return {"districts": series.index.tolist(), "prices": np.asarray(series)}


@check(points=5, hint="Try the example above the function: its error is 2.5.")
def error(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The error is the mean of the squares"""
    X, y = some_flats(rng, 7, 3)
    return solution.error(X, y, rng.normal(size=3), float(rng.normal()))


@check(points=10, hint="Try the example above `error`: the gradient is -5 and -3.")
def gradient(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The gradient of the error has a part for w and one for b"""
    X, y = some_flats(rng, 7, 3)
    dw, db = solution.gradient(X, y, rng.normal(size=3), float(rng.normal()))
    return {"dw": dw, "db": db}


@check(points=10, hint="Is the gradient zero at the weights that you return?")
def fit_line(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The line has the smallest error"""
    X, y = some_flats(rng, 12, 3)
    w, b = solution.fit_line(X, y)
    return {"w": w, "b": b}


@check(points=10, hint="Look at the numbers of both arrays by hand, for one column.")
def prepare(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """Gaps are filled and features standardized"""
    X, _ = some_flats(rng, 18, 3)
    X_train, X_test = solution.prepare(with_gaps(X[:11], rng), with_gaps(X[11:], rng))
    return {"the training data": X_train, "the test data": X_test}


@check(points=10, of="prepare", hint="Median, mean and deviation come from X_train alone.")
@untouched("X_test")
def no_leak(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The training data are prepared without the test data"""
    X, _ = some_flats(rng, 18, 3)
    return solution.prepare(with_gaps(X[:11], rng), with_gaps(X[11:], rng))[0]


@check(points=10, cases=1, hint="Print the pipeline: it shows its steps and their settings.")
def build_model(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The pipeline fills, standardizes and classifies"""
    return estimator(solution.build_model())


@check(points=10, hint="Fit the whole pipeline to all that you are given.")
def train(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The pipeline learns, and knows flats that it has not seen"""
    X, y = classes(rng, 60)
    model = solution.train(with_gaps(X[:40], rng), y[:40])
    return {
        "learned": fitted(model, "statistics_", "mean_", "coef_"),
        "predicted": model.predict(with_gaps(X[40:], rng)),
    }


@check(points=5, hint="Which depth is best for the validation data? Print all five.")
def choose_depth(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The depth is the best one for the validation data"""
    X, y = classes(rng, 90)
    return solution.choose_depth(X[:40], y[:40], X[40:70], y[40:70], X[70:], y[70:])


@check(
    points=5, of="choose_depth", hint="The test data say how good the chosen tree is. No more."
)
@untouched("X_test", "y_test")
def depth_without_a_leak(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The test data do not choose the depth"""
    X, y = classes(rng, 90)
    return solution.choose_depth(X[:40], y[:40], X[40:70], y[40:70], X[70:], y[70:])[:2]


@check(points=10, cases=2, hint="Look at the drawing: is each part of the text in it?")
def draw(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """Guesses are drawn over true prices, with the diagonal"""
    y = rng.uniform(50, 500, 9)
    return figure(solution.draw, y, y + rng.normal(size=9) * 20)
