"""Every figure that assignment 5 states, recomputed with its reference."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.answers.reference import Reference
from tests.missing import needs

needs("keras", "the models need Keras")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

FOLDER = Path(__file__).parents[2] / "reference" / "assignment5"


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The reference's own functions."""
    return Reference(FOLDER).original


def parameters(model: Any) -> list[int]:
    """The number of parameters of each dense layer."""
    return [layer.count_params() for layer in model.layers if layer.count_params()]


def test_scaled_pixels(reference: ModuleType) -> None:
    """Assignment 5: dense networks, pixels: 0, 51, 128, 255 become 0, 0.2, 0.502, 1."""
    pixels = np.array([[[0, 51, 128, 255]]], dtype=np.uint8)
    found = reference.prepare_images(pixels).ravel()
    np.testing.assert_allclose(found, [0, 0.2, 0.502, 1], atol=5e-4)


def test_labels(reference: ModuleType) -> None:
    """Assignment 5: dense networks, labels: (2, 0, 3) of four classes, and 3 of ten."""
    rows = [[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 0, 1]]
    np.testing.assert_array_equal(reference.prepare_labels(np.array([2, 0, 3]), 4), rows)
    np.testing.assert_array_equal(reference.prepare_labels(np.array([3])), np.eye(10)[[3]])


def test_parameters_by_hand(reference: ModuleType) -> None:
    """Assignment 5: dense networks, sizes: 615,440, 628,000, 8,010 are 1,251,450."""
    counts = reference.count_parameters([784, 784, 800, 10])
    assert counts == [615_440, 628_000, 8_010]
    assert sum(counts) == 1_251_450


def test_parameters_of_the_network(reference: ModuleType) -> None:
    """Assignment 5: dense networks, the network for images: the table's parameters."""
    model = reference.build_mlp()
    assert parameters(model) == [615_440, 628_000, 8_010]
    assert model.count_params() == 1_251_450


def test_parameters_of_the_simple_network(reference: ModuleType) -> None:
    """Assignment 5: dense networks, 50 to 64 to 28 to 10: 5,374 parameters."""
    assert reference.count_parameters([50, 64, 28, 10]) == [3_264, 1_820, 290]
    assert reference.build_simple_mlp().count_params() == 5_374


def test_parameters_of_the_diabetes_model(reference: ModuleType) -> None:
    """Assignment 5: dense networks, yes or no: 144, 136 and 9 parameters."""
    assert parameters(reference.build_diabetes_model()) == [144, 136, 9]


def test_softmax() -> None:
    """Assignment 5: dense networks, the softmax of (3, 1.5, 6): 0.047, 0.010, 0.943."""
    powers = np.exp([3, 1.5, 6])
    np.testing.assert_allclose(powers / powers.sum(), [0.047, 0.010, 0.943], atol=5e-4)


def test_loss_of_an_untrained_network() -> None:
    """Assignment 5: dense networks, the loss: ten classes begin at 2.303, or at 0.33."""
    truth, guess = np.eye(10)[[3]], np.full((1, 10), 0.1)
    import keras

    categorical = keras.losses.categorical_crossentropy(truth, guess)
    binary = keras.losses.binary_crossentropy(truth, guess)
    assert float(categorical[0]) == pytest.approx(2.303, abs=5e-4)
    assert float(binary[0]) == pytest.approx(0.33, abs=5e-3)


def test_updates() -> None:
    """Assignment 5: dense networks, training: 938 updates an epoch, 4,690 in five."""
    assert int(np.ceil(60_000 / 64)) == 938
    assert 5 * 938 == 4_690


def test_always_saying_no() -> None:
    """Assignment 5: dense networks, yes or no: 500 of 768 are 65.1 %."""
    assert 768 - 268 == 500
    assert round(100 * 500 / 768, 1) == 65.1
