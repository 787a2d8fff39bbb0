"""Every figure that assignment 1 states, recomputed with its reference."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from autograder.answers.reference import Reference

FOLDER = Path(__file__).parents[2] / "reference" / "assignment1"


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The reference's own functions."""
    return Reference(FOLDER).original


def neuron(reference: ModuleType, inputs: list[float], weights: list[float]) -> float:
    """The sigmoid of one weighted sum; the last input is 1, its weight the bias."""
    return float(reference.sigmoid(reference.dot(np.array(inputs), np.array(weights))))


def test_dot_product(reference: ModuleType) -> None:
    """Assignment 1: building blocks, the dot product: (1, 2, 3) with (2, 4, 6) is 28."""
    assert reference.dot(np.array([1, 2, 3]), np.array([2, 4, 6])) == 28


def test_square_matrix_product(reference: ModuleType) -> None:
    """Assignment 1: building blocks, the matrix product: two matrices of two by two."""
    product = reference.matmul(np.array([[1, 2], [3, 4]]), np.array([[2, 4], [6, 8]]))
    np.testing.assert_array_equal(product, [[14, 20], [30, 44]])


def test_oblong_matrix_product(reference: ModuleType) -> None:
    """Assignment 1: building blocks, the matrix product: two by three with three by two."""
    A, B = np.array([[1, 2, 3], [4, 5, 6]]), np.array([[7, 8], [9, 10], [11, 12]])
    np.testing.assert_array_equal(reference.matmul(A, B), [[58, 64], [139, 154]])


def test_one_example_and_three_neurons(reference: ModuleType) -> None:
    """Assignment 1: building blocks, the matrix product: a row gives (3, 1.5, 6)."""
    product = reference.matmul(np.array([[1, 2]]), np.array([[1, 0.5, 2], [1, 0.5, 2]]))
    np.testing.assert_array_equal(product, [[3, 1.5, 6]])


def test_sum_of_exponentials(reference: ModuleType) -> None:
    """Assignment 1: building blocks, softmax: the exponentials add up to 427.996.

    The reference never forms that sum, but log(427.996) is what its probabilities lack.
    """
    scores = np.array([[3, 1.5, 6]])
    assert np.sum(np.exp(scores)) == pytest.approx(427.996, abs=5e-4)
    log_of_sum = scores - np.log(reference.softmax(scores))
    np.testing.assert_allclose(np.exp(log_of_sum), 427.996, atol=5e-4)


def test_softmax(reference: ModuleType) -> None:
    """Assignment 1: building blocks, softmax: the probabilities of (3, 1.5, 6)."""
    found = reference.softmax(np.array([[3, 1.5, 6]]))
    np.testing.assert_allclose(found, [[0.04692926, 0.01047133, 0.94259941]], atol=5e-9)


def test_cross_entropy_of_a_coin_toss(reference: ModuleType) -> None:
    """Assignment 1: building blocks, cross-entropy: (1, 0) with (0.5, 0.5) is 0.6931."""
    loss = reference.categorical_cross_entropy(np.array([[1, 0]]), np.array([[0.5, 0.5]]))
    assert loss == pytest.approx(0.6931, abs=5e-5)


@pytest.mark.parametrize(
    ("inputs", "hidden", "output"), [((2, 3), (5, 1), 9), ((3, 4), (7, 1), 13)]
)
def test_linear_network(
    reference: ModuleType, inputs: tuple[int, int], hidden: tuple[int, int], output: int
) -> None:
    """Assignment 1: building blocks, a forward pass: two hidden nodes without activation."""
    X, W1, W2 = np.array([inputs]), np.array([[1, -1], [1, 1]]), np.array([[2], [-1]])
    np.testing.assert_array_equal(reference.forward(X, [W1], "linear"), [hidden])
    np.testing.assert_array_equal(reference.forward(X, [W1, W2], "linear"), [[output]])


def test_relu_network(reference: ModuleType) -> None:
    """Assignment 1: building blocks, a forward pass: with the ReLU, (3, 4) gives 44."""
    weights = [np.array([[2, 4], [4, -5]]), np.array([[2], [7]])]
    np.testing.assert_array_equal(
        reference.forward(np.array([[3, 4]]), weights, "relu"), [[44]]
    )
    assert reference.forward(np.array([[3, 4]]), weights, "linear") == -12  # as the text says


def test_hidden_sigmoids(reference: ModuleType) -> None:
    """Assignment 1: building blocks, a forward pass by hand: 2.2 gives .90, -1.6 gives .17."""
    assert reference.dot(np.array([1, 0, 1]), np.array([3.7, 3.7, -1.5])) == pytest.approx(2.2)
    assert neuron(reference, [1, 0, 1], [3.7, 3.7, -1.5]) == pytest.approx(0.90, abs=5e-3)
    assert neuron(reference, [1, 0, 1], [2.9, 2.9, -4.5]) == pytest.approx(0.17, abs=5e-3)
    assert reference.sigmoid(-1.6) == pytest.approx(0.17, abs=5e-3)


def test_output_sigmoid(reference: ModuleType) -> None:
    """Assignment 1: building blocks, a forward pass by hand: the sigmoid of 1.17 is .76.

    The sum is 1.17 for hidden values rounded to two digits and 1.18 for exact ones; the
    answer is .76 for both.
    """
    rounded, weights = np.array([0.90, 0.17, 1]), np.array([4.5, -5.2, -2.0])
    assert reference.dot(rounded, weights) == pytest.approx(1.17, abs=5e-3)
    assert reference.sigmoid(1.17) == pytest.approx(0.76, abs=5e-3)
    exact = np.array([*reference.sigmoid(np.array([2.2, -1.6])), 1])
    assert reference.dot(exact, weights) == pytest.approx(1.18, abs=5e-3)
    assert reference.sigmoid(reference.dot(exact, weights)) == pytest.approx(0.76, abs=5e-3)


@pytest.mark.parametrize(
    ("samples", "batch_size", "epochs", "updates"),
    [(200, 5, 1, 40), (200, 5, 1000, 40_000), (50_000, 50, 1, 1000), (10, 4, 1, 3)],
)
def test_training_updates(
    reference: ModuleType, samples: int, batch_size: int, epochs: int, updates: int
) -> None:
    """Assignment 1: building blocks, updates: 40, 40,000, 1,000, and 3 with an odd batch."""
    assert reference.training_updates(samples, batch_size, epochs) == updates


def test_losses_of_the_text(reference: ModuleType) -> None:
    """Assignment 1: building blocks, four errors: 4.25, 1.4167, 0.8333 and -0.5."""
    pair = np.array([1, 2, 3]), np.array([1.5, 2, 1])
    found = [getattr(reference, name)(*pair) for name in ("sse", "mse", "mae", "mbe")]
    assert found == pytest.approx([4.25, 1.4167, 0.8333, -0.5], abs=5e-5)


def test_cross_entropy_of_two_examples(reference: ModuleType) -> None:
    """Assignment 1: building blocks, cross-entropy: the mean of 0.6931 and 0.2231 is 0.4581."""
    targets, predictions = np.eye(2), np.array([[0.5, 0.5], [0.2, 0.8]])
    loss = reference.categorical_cross_entropy(targets, predictions)
    assert loss == pytest.approx(0.4581, abs=5e-5)
    assert reference.categorical_cross_entropy(targets[1:], predictions[1:]) == pytest.approx(
        0.2231, abs=5e-5
    )


def test_slopes_of_the_text(reference: ModuleType) -> None:
    """Assignment 1: building blocks, the sigmoid's slope: 0.25 at 0.5, and 0.09 at 0.9."""
    assert reference.sigmoid_derivative(np.array([0.5, 0.9])) == pytest.approx([0.25, 0.09])


def test_one_hot_of_the_text(reference: ModuleType) -> None:
    """Assignment 1: building blocks, one-hot: three labels in four columns, the last empty."""
    table = [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]]
    np.testing.assert_array_equal(reference.one_hot(np.array([0, 2, 1]), 4), table)
