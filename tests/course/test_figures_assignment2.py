"""The figures that the texts of assignment 2 state, computed with its reference."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.answers.reference import Reference

REFERENCE = Path(__file__).resolve().parents[2] / "reference" / "assignment2"


@pytest.fixture(scope="module")
def solution() -> Any:
    return Reference(REFERENCE).original


@pytest.fixture(scope="module")
def standardized(solution: Any) -> tuple[Any, Any]:
    X, y = solution.load_iris()
    return (X - X.mean(axis=0)) / X.std(axis=0), y


def test_the_irises_are_a_hundred_rows_of_two_columns(solution: Any) -> None:
    """Assignment 2, data: the first 100 rows of iris, columns 0 and 2, two species."""
    X, y = solution.load_iris()
    assert X.shape == (100, 2)
    assert y.tolist() == [-1] * 50 + [1] * 50
    assert X[0].tolist() == [5.1, 1.4]
    assert X[50].tolist() == [7.0, 4.7]
    # Means of the two species, to the digits that are usually printed.
    assert X[:50].mean(axis=0) == pytest.approx([5.006, 1.462])
    assert X[50:].mean(axis=0) == pytest.approx([5.936, 4.260])


@pytest.mark.parametrize("learning_rate", [0.01, 0.1, 1.0])
def test_mistakes_of_the_perceptron_on_the_irises(solution: Any, learning_rate: float) -> None:
    """Assignment 2, perceptron: errors per epoch [2, 2, 3, 2, 1, 0, ...], at any rate."""
    neuron = solution.Perceptron(learning_rate, 10).fit(*solution.load_iris())
    assert neuron.errors == [2, 2, 3, 2, 1, 0, 0, 0, 0, 0]


def test_the_other_convention_makes_the_same_mistakes(solution: Any) -> None:
    """Assignment 2, conventions: with outputs 0 and 1 and z >= 0 the figure is the same."""
    X, y = solution.load_iris()
    w, b, errors = np.zeros(2), 0.0, []
    for _ in range(10):
        errors.append(0)
        for x, label in zip(X, y > 0, strict=True):
            step = 0.1 * (label - float(x @ w + b >= 0))
            w, b = w + step * x, b + step
            errors[-1] += step != 0
    neuron = solution.Perceptron(0.1, 10).fit(X, y)
    assert errors == neuron.errors
    assert 2 * w == pytest.approx(neuron.weights)


def test_the_worked_example_of_the_perceptron(solution: Any) -> None:
    """Assignment 2, perceptron: the table of four examples, errors [4, 0]."""
    X = np.array([[1.0, 2.0], [3.0, 1.0], [2.0, 3.0], [4.0, 1.0]])
    neuron = solution.Perceptron(0.5, 2).fit(X, np.array([-1.0, 1.0, -1.0, 1.0]))
    assert neuron.errors == [4, 0]
    assert neuron.weights.tolist() == [4, -3]
    assert neuron.bias == 0


def test_the_wrong_sign_makes_the_error_grow(solution: Any, standardized: Any) -> None:
    """Assignment 2, gradient: with the printed sign the cost grows 50 -> 328 -> 2,510."""
    X, y = standardized
    w, b, costs = np.zeros(2), 0.0, []
    for _ in range(3):
        costs.append(solution.squared_error(X, y, w, b))
        errors = y - (X @ w + b)
        w, b = w - 0.01 * X.T @ errors, b - 0.01 * np.sum(errors)
    assert costs[0] == 50
    assert round(costs[1]) == 328
    assert round(costs[2]) == 2507  # 2,510 to three digits
    assert float(f"{costs[2]:.3g}") == 2510


def test_the_right_sign_makes_it_fall(solution: Any, standardized: Any) -> None:
    """Assignment 2, Adaline: 50.00, 33.83, 23.16, 16.11, and all answers right in the end."""
    X, y = standardized
    neuron = solution.Adaline(0.01, 20).fit(X, y)
    assert np.round(neuron.costs[:4], 2).tolist() == [50.0, 33.83, 23.16, 16.11]
    assert np.array_equal(neuron.predict(X), y)


def test_the_worked_example_of_the_squared_error(solution: Any) -> None:
    """Assignment 2, squared error: 0.625, gradient (-0.5, 0.5), 0.5; then 0.556 or 0.706."""
    X, y = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]]), np.array([1.0, -1.0, 1.0])
    w, b = np.array([0.5, -0.5]), 0.5
    assert solution.squared_error(X, y, w, b) == 0.625
    dw, db = solution.squared_error_gradient(X, y, w, b)
    assert (dw.tolist(), db) == ([-0.5, 0.5], 0.5)
    downhill = solution.squared_error(X, y, w - 0.1 * dw, b - 0.1 * db)
    uphill = solution.squared_error(X, y, w + 0.1 * dw, b + 0.1 * db)
    assert (round(downhill, 3), round(uphill, 3)) == (0.556, 0.706)


def test_the_walk_in_the_bowl(solution: Any) -> None:
    """Assignment 2, gradient descent: from 4 over 3.2, 2.56 to 2.048; at rate 1, 4 and -4."""
    bowl = solution.Bowl(2, 0)
    walk = [solution.gradient_descent(bowl.gradient, 4.0, 0.1, steps) for steps in range(4)]
    assert walk == pytest.approx([4, 3.2, 2.56, 2.048])
    jumps = [solution.gradient_descent(bowl.gradient, 4.0, 1.0, steps) for steps in range(4)]
    assert jumps == [4, -4, 4, -4]


def test_ten_examples_in_batches_of_four(solution: Any) -> None:
    """Assignment 2, minibatches: batches of 4, 4 and 2."""
    batches = solution.minibatches(np.zeros((10, 2)), np.zeros(10), 4, 7)
    assert [len(y) for _, y in batches] == [4, 4, 2]


def test_the_worked_examples_of_the_steps(solution: Any) -> None:
    """Assignment 2, steps: from 1 to 0.8; with momentum a memory of 2.45 and w = 0.755."""
    assert solution.sgd_step(1.0, 2.0, 0.1) == pytest.approx(0.8)
    assert solution.momentum_step(1.0, 0.5, 2.0, 0.1) == pytest.approx((0.755, 2.45))


def test_momentum_lengthens_a_steady_step_tenfold(solution: Any) -> None:
    """Assignment 2, momentum: under a constant gradient g the memory tends to g / (1 - rho)."""
    w, m = 0.0, 0.0
    for _ in range(400):
        w, m = solution.momentum_step(w, m, 1.0, 0.1)
    assert m == pytest.approx(10)
