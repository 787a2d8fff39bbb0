"""Checks for assignment 1: the building blocks of a neural network.

Examples are rows throughout. All sizes of a table differ, so that a transpose, a wrong axis
or a wrong count cannot fit by chance.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from autograder.authoring import Solution, check

Array = np.ndarray
Rng = np.random.Generator


def normal(rng: Rng, *shape: int) -> Array:
    """Draw numbers of both signs, none beyond two and none closer to zero than 0.05."""
    size = np.clip(np.abs(rng.standard_normal(shape)), 0.05, 2)
    return size * rng.choice([-1, 1], shape)


def different(rng: Rng, count: int, low: int, high: int) -> list[int]:
    """Draw sizes from `low` to `high`, no two of them equal."""
    return [int(size) for size in rng.permutation(np.arange(low, high + 1))[:count]]


def some_labels(rng: Rng, m: int, classes: int) -> Array:
    """Draw m labels in which each of the classes occurs; m is at least `classes`."""
    extra = rng.integers(0, classes, m - classes)
    return rng.permutation(np.concatenate([np.arange(classes), extra]))


def pairs(rng: Rng, bias: float) -> tuple[Array, Array]:
    """Draw targets and predictions, shape (m,); the errors have `bias` as their mean.

    Both signs occur among the errors, so that neither the square nor the sign can be missed.
    """
    m = int(rng.integers(5, 10))
    errors = rng.permutation(np.concatenate([[-1.5, 1.5], rng.uniform(-1.5, 1.5, m - 2)]))
    targets = 3 * normal(rng, m)
    return targets, targets + errors - errors.mean() + bias


def a_network(rng: Rng) -> tuple[Array, list[Array]]:
    """Draw inputs (m, n_0) and the weights of three layers, all sizes different.

    On the way of the ReLU each layer has negative sums to cut off and positive ones to keep,
    and some of the answers are positive.
    """
    while True:
        m, *sizes = different(rng, 5, 2, 6)
        inputs = normal(rng, m, sizes[0])
        weights = [normal(rng, *shape) for shape in pairwise(sizes)]
        bent, lively = inputs, True
        for W in weights:
            sums = bent @ W
            lively = lively and bool(np.any(sums < -0.3) and np.any(sums > 0.3))
            bent = np.maximum(0, sums)
        if lively:
            return inputs, weights


@check(
    points=5,
    hint="Try (1, 2, 3) and (2, 4, 6): the products are 2, 8 and 18, and their sum is 28. "
    "Print the total in each round of your loop.",
)
def dot(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The dot product adds up the products of two vectors"""
    n = int(rng.integers(4, 9))
    a, b = normal(rng, n), normal(rng, n)
    one = normal(rng, 1), normal(rng, 1)
    return {
        "dot of long vectors": solution.dot(a, b),
        "dot of single entries": solution.dot(*one),
    }


@check(
    points=10,
    hint="Compute one entry by hand: entry [0, 1] is row 0 of A with column 1 of B. Then "
    "compare the shape: (n, k) times (k, m) gives (n, m).",
)
def matmul(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The matrix product takes each row with each column"""
    n, k, m = different(rng, 3, 2, 5)
    A, B = normal(rng, n, k), normal(rng, k, m)
    return {
        "the product of two matrices": solution.matmul(A, B),
        "the product of one row and a matrix": solution.matmul(
            normal(rng, 1, k), normal(rng, k, m)
        ),
        "the product of square matrices": solution.matmul(normal(rng, k, k), normal(rng, k, k)),
    }


@check(
    points=6,
    hint="Try sigmoid(0), which is 0.5, and sigmoid(2.2), which is about 0.90. Then try an "
    "array.",
)
def sigmoid(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The sigmoid squeezes numbers and whole arrays into 0 to 1"""
    rows, columns = different(rng, 2, 2, 5)
    number = float(rng.uniform(0.5, 3) * rng.choice([-1, 1]))
    return {
        "sigmoid of a table": solution.sigmoid(1.5 * normal(rng, rows, columns)),
        "sigmoid of a wide range": solution.sigmoid(rng.permutation(np.linspace(-30, 30, 8))),
        "sigmoid of a number": solution.sigmoid(number),
    }


@check(
    points=6,
    hint="Try y = 0.5, where the slope is 0.25, and y = 0.9, where it is 0.09. The argument is "
    "what the sigmoid returned, not what went into it.",
)
def sigmoid_derivative(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The sigmoid's slope, computed from its output"""
    rows, columns = different(rng, 2, 2, 5)
    return {
        "the slope for a table": solution.sigmoid_derivative(
            rng.uniform(0.05, 0.95, (rows, columns))
        ),
        "the slope for a number": solution.sigmoid_derivative(float(rng.uniform(0.6, 0.95))),
    }


@check(
    points=5,
    hint="Try np.array([22, -8, 0.5]), which becomes [22, 0, 0.5]. The result has the shape of "
    "the argument, and no entry below 0.",
)
def relu(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The ReLU keeps what is positive and replaces the rest by 0"""
    rows, columns = different(rng, 2, 3, 6)
    vector = rng.permutation(np.concatenate([[-1.5, 1.5], normal(rng, 5)]))
    table = normal(rng, rows, columns)
    table[:, 0], table[:, 1] = -1.2, 1.7  # both signs, whatever was drawn
    return {"relu of a vector": solution.relu(vector), "relu of a table": solution.relu(table)}


@check(
    points=10,
    hint="Print the sums of your result along each axis: every row must add up to 1. Then try "
    "the scores (3, 1.5, 6) of the text, as a table with one row.",
)
def softmax(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Softmax makes one distribution of each row of scores"""
    m, classes = different(rng, 2, 3, 6)
    return {
        "softmax of a table": solution.softmax(1.5 * normal(rng, m, classes)),
        "softmax of a single row": solution.softmax(1.5 * normal(rng, 1, classes)),
    }


@check(
    points=6,
    of="softmax",
    hint="Subtract from each row its own largest score before you take the exponential: the "
    "result is the same, and np.exp never sees a number above 0.",
)
def softmax_of_extreme_scores(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Softmax stays finite for scores around 1000 and -1000"""
    m, classes = different(rng, 2, 3, 6)
    far = rng.permutation(np.where(np.arange(m) % 2, 1000.0, -1000.0)).reshape(m, 1)
    return {
        "softmax around 1000": solution.softmax(1000 + normal(rng, m, classes)),
        "softmax of rows around 1000 and -1000": solution.softmax(
            far + normal(rng, m, classes)
        ),
    }


@check(
    points=8,
    hint="Try the labels (0, 2, 1) with 4 classes: three rows and four columns, a single 1 in "
    "each row, and an empty last column.",
)
def one_hot(solution: Solution, given: Solution, rng: Rng) -> Any:
    """One-hot gives each label a row with a single 1"""
    classes = int(rng.integers(3, 6))
    m = classes + int(rng.integers(2, 5))
    all_occur = some_labels(rng, m, classes)
    last_is_absent = some_labels(rng, m + 1, classes - 1)
    return {
        "the table where every class occurs": solution.one_hot(all_occur, classes),
        "the table where the last class is absent": solution.one_hot(last_is_absent, classes),
    }


@check(
    points=10,
    hint="Take one example with the targets (1, 0) and the predictions (0.5, 0.5): it costs "
    "0.6931. Then take it twice: the mean is still 0.6931.",
)
def categorical_cross_entropy(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The cross-entropy is minus the mean log of the right class"""
    classes = int(rng.integers(3, 5))
    m = classes + int(rng.integers(2, 5))
    targets = np.eye(classes)[some_labels(rng, m, classes)]
    weights = rng.uniform(0.3, 1.5, (m, classes))  # so that no probability is below 0.05
    return solution.categorical_cross_entropy(targets, weights / weights.sum(1, keepdims=True))


@check(
    points=4,
    hint="The targets (1, 2, 3) and the predictions (1.5, 2, 1) give 0.25 + 0 + 4 = 4.25.",
)
def sse(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The sum of squared errors"""
    return solution.sse(*pairs(rng, 0.4))


@check(
    points=4,
    hint="The targets (1, 2, 3) and the predictions (1.5, 2, 1) have three squared errors with "
    "the sum 4.25; their mean is 1.4167.",
)
def mse(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The mean squared error"""
    return solution.mse(*pairs(rng, 0.4))


@check(
    points=4,
    hint="The errors (0.5, 0, -2) have the absolute values 0.5, 0 and 2; their mean is 0.8333.",
)
def mae(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The mean absolute error"""
    too_high, too_low = pairs(rng, 0.4), pairs(rng, -0.4)
    return {
        "mae of predictions that are too high": solution.mae(*too_high),
        "mae of predictions that are too low": solution.mae(*too_low),
    }


@check(
    points=4,
    hint="The targets (1, 2, 3) and the predictions (1.5, 2, 1) have the errors (0.5, 0, -2); "
    "their mean is -0.5, with the sign.",
)
def mbe(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The mean bias error keeps its sign"""
    too_high, too_low = pairs(rng, rng.uniform(0.3, 0.6)), pairs(rng, -rng.uniform(0.3, 0.6))
    return {
        "mbe of predictions that are too high": solution.mbe(*too_high),
        "mbe of predictions that are too low": solution.mbe(*too_low),
    }


@check(
    points=12,
    hint="Work through the example of the text with one row, [[3, 4]], and print what leaves "
    "each layer: the first number that differs shows the line.",
)
def forward(solution: Solution, given: Solution, rng: Rng) -> Any:
    """A forward pass: product and activation, layer by layer"""
    inputs, weights = a_network(rng)
    return {
        "the linear network": solution.forward(inputs, weights, "linear"),
        "the relu network": solution.forward(inputs, weights, "relu"),
        "the sigmoid network": solution.forward(inputs, weights, "sigmoid"),
    }


@check(
    points=6,
    hint="Take 10 examples in batches of 4: the batches hold 4, 4 and 2, so an epoch has 3 "
    "updates, and two epochs have 6.",
)
def training_updates(solution: Solution, given: Solution, rng: Rng) -> Any:
    """One update for each batch, in every epoch"""
    batch_size, batches, epochs = different(rng, 3, 5, 12)
    left_over = int(rng.integers(1, batch_size - 1))
    updates = solution.training_updates
    return {
        "the count for even batches": updates(batch_size * batches, batch_size, epochs),
        "the count with a smaller last batch": updates(
            batch_size * batches + left_over, batch_size, epochs
        ),
        "the count where one batch holds all": updates(
            batch_size - left_over, batch_size, epochs
        ),
    }
