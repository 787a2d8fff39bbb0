"""The figures that the texts of assignment 3 state, computed with its reference."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.answers.reference import Reference

REFERENCE = Path(__file__).resolve().parents[2] / "reference" / "assignment3"

X = np.array([[1, 2, 0], [0, 1, -1]])
Y = np.array([[1, 0, 1]])
PARAMETERS = {
    "W1": np.array([[0.5, -1], [1, 0.5]]),
    "b1": np.array([[0], [0.1]]),
    "W2": np.array([[1, -2]]),
    "b2": np.array([[0.2]]),
}


@pytest.fixture(scope="module")
def solution() -> Any:
    return Reference(REFERENCE).original


@pytest.fixture(scope="module")
def forward(solution: Any) -> Any:
    """A2 and the cache of the worked example."""
    return solution.forward_propagation(X, PARAMETERS)


@pytest.fixture(scope="module")
def gradients(solution: Any, forward: Any) -> Any:
    """The four gradients of the worked example."""
    return solution.backward_propagation(PARAMETERS, forward[1], X, Y)


def near(found: Any, stated: Any) -> None:
    """Equal to the four digits that the text prints."""
    np.testing.assert_allclose(found, stated, atol=6e-5)


def test_the_sigmoid(solution: Any) -> None:
    """Assignment 3, sigmoid: 0.2689 at -1, 0.5 at 0, 0.9002 at 2.2."""
    near(solution.sigmoid(np.array([-1, 0, 2.2])), [0.2689, 0.5, 0.9002])


def test_the_first_weights(solution: Any) -> None:
    """Assignment 3, weights: seed 2, 0.01 times normal draws, W1 before W2, no biases."""
    draws = 0.01 * np.random.RandomState(2).randn(15)
    found = solution.initialize_parameters(2, 4, 1)
    np.testing.assert_array_equal(found["W1"].ravel(), draws[:8])
    np.testing.assert_array_equal(found["W2"].ravel(), draws[8:12])
    assert found["b1"].shape == (4, 1)
    assert not found["b1"].any()
    assert not found["b2"].any()


def test_the_worked_example_forward(forward: Any) -> None:
    """Assignment 3, forward: Z1, A1, Z2 and A2 = (0.2811, 0.1445, 0.8483)."""
    A2, cache = forward
    near(cache["Z1"], [[0.5, 0, 1], [1.1, 2.6, -0.4]])
    near(cache["A1"], [[0.4621, 0, 0.7616], [0.8005, 0.9890, -0.3799]])
    near(cache["Z2"], [[-0.9389, -1.7781, 1.7215]])
    near(A2, [[0.2811, 0.1445, 0.8483]])


def test_the_worked_example_s_cost(solution: Any, forward: Any) -> None:
    """Assignment 3, cost: 1.2690, 0.1561 and 0.1645 are 0.5299 on average; log 2 is 0.6931."""
    A2 = forward[0]
    near(-np.log(np.where(Y == 1, A2, 1 - A2)), [[1.2690, 0.1561, 0.1645]])
    near(solution.compute_cost(A2, Y, PARAMETERS), 0.5299)
    near(solution.compute_cost(np.full((1, 3), 0.5), Y, PARAMETERS), 0.6931)


def test_the_worked_example_backward(forward: Any, gradients: Any) -> None:
    """Assignment 3, backward: dZ2, dW2, db2, dW1 and db1 of the three examples."""
    near(forward[0] - Y, [[-0.7189, 0.1445, -0.1517]])
    near(gradients["dW2"], [[-0.1492, -0.1250]])
    near(gradients["db2"], [[-0.2420]])
    near(gradients["dW1"], [[-0.0921, 0.0694], [0.1679, -0.0886]])
    near(gradients["db1"], [[-0.1615], [0.2566]])


def test_the_worked_example_updated(solution: Any, gradients: Any) -> None:
    """Assignment 3, update: with a rate of 1.2, W2 becomes (1.1791, -1.8501)."""
    near(solution.update_parameters(PARAMETERS, gradients)["W2"], [[1.1791, -1.8501]])


def test_the_worked_example_s_classes(solution: Any) -> None:
    """Assignment 3, classes: (0.2811, 0.1445, 0.8483) becomes (0, 0, 1)."""
    np.testing.assert_array_equal(solution.predict(PARAMETERS, X), [[0, 0, 1]])


def test_a_straight_line_on_the_moons(solution: Any) -> None:
    """Assignment 3, two moons: a line gets about 88 % right, five hidden units clearly more."""
    from sklearn.linear_model import LogisticRegression

    X, Y = solution.draw_moons(400)
    X_new, Y_new = solution.draw_moons(1000, seed=1)
    line = LogisticRegression().fit(X.T, Y.ravel())
    assert line.score(X_new.T, Y_new.ravel()) == pytest.approx(0.88, abs=0.015)
    trained = solution.nn_model(X, Y, n_h=5, num_iterations=2000)
    assert np.mean(solution.predict(trained, X_new) == Y_new) > 0.97


def test_circles(solution: Any) -> None:
    """Assignment 3, circles: 89.5 % of the points are right after 10,000 iterations.

    The last digits are rounding's, and the cost on the way is not even near a figure: see
    docs/figures.md.
    """
    from sklearn.datasets import make_circles

    points, labels = make_circles(1000, noise=0.05, random_state=3)
    X, Y = points.T, labels.reshape(1, -1).astype(float)
    trained = solution.nn_model(X, Y, n_h=5, num_iterations=10_000)
    assert np.mean(solution.predict(trained, X) == Y) == pytest.approx(0.895, abs=0.01)
