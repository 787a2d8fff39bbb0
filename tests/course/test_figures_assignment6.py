"""Every figure that assignment 6 states, recomputed with its reference."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from autograder.answers.reference import Reference
from tests.missing import needs

needs("keras", "the models need Keras")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

FOLDER = Path(__file__).parents[2] / "reference" / "assignment6"
IMAGE = np.array([[1, 2, 0, 1], [0, 1, 3, 1], [2, 0, 1, 0], [1, 1, 0, 2]])


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The reference's own functions."""
    return Reference(FOLDER).original


def test_convolution(reference: ModuleType) -> None:
    """Assignment 6: a convolutional network, convolution: the worked example."""
    found = reference.conv2d(IMAGE, np.array([[1, 0], [0, -1]]))
    np.testing.assert_array_equal(found, [[0, -1, -1], [0, 0, 3], [1, 0, -1]])


def test_convolution_is_what_keras_computes(reference: ModuleType) -> None:
    """Assignment 6: a convolutional network, convolution: valid, strides of 1, not turned."""
    from keras import layers

    rng = np.random.default_rng(0)
    image, kernel = rng.normal(size=(7, 9)), rng.normal(size=(3, 2))
    layer = layers.Conv2D(1, (3, 2))
    layer.build((1, 7, 9, 1))
    layer.set_weights([kernel[:, :, None, None], np.zeros(1)])
    found = np.asarray(layer(image[None, :, :, None]))[0, :, :, 0]
    np.testing.assert_allclose(reference.conv2d(image, kernel), found, atol=1e-5)


def test_pooling(reference: ModuleType) -> None:
    """Assignment 6: a convolutional network, pooling: the worked example, and 7 by 9."""
    np.testing.assert_array_equal(reference.max_pool(IMAGE), [[2, 3], [2, 2]])
    assert reference.max_pool(np.zeros((7, 9))).shape == (3, 4)


def test_dropout(reference: ModuleType) -> None:
    """Assignment 6: a convolutional network, dropout: at one half, all or twice as much."""
    seen = set()
    for seed in range(200):
        rng = np.random.default_rng(seed)
        seen.add(tuple(reference.dropout(np.array([1.0, 2, 3, 4]), 0.5, rng)))
    assert {(2, 0, 0, 8), (0, 4, 6, 8)} <= seen


def test_layers_of_the_network(reference: ModuleType) -> None:
    """Assignment 6: a convolutional network, the table: shapes and parameters."""
    model = reference.build_cnn()
    shapes = [(26, 26, 32), (24, 24, 32), (12, 12, 32), (10, 10, 64), (8, 8, 64), (4, 4, 64)]
    shapes += [(1024,)] * 5 + [(10,)]
    assert [tuple(layer.output.shape[1:]) for layer in model.layers] == shapes
    counts = [320, 9_248, 0, 18_496, 36_928, 0, 0, 1_049_600, 0, 1_049_600, 0, 10_250]
    assert [layer.count_params() for layer in model.layers] == counts
    assert model.count_params() == 2_174_442


def test_where_the_parameters_are() -> None:
    """Assignment 6: a convolutional network, the table: 289 for a kernel, 64,992 for all."""
    assert 3 * 3 * 32 + 1 == 289
    assert 32 * 289 == 9_248
    convolutions = 320 + 9_248 + 18_496 + 36_928
    assert convolutions == 64_992
    assert round((2_174_442 - convolutions) / convolutions) == 32


def test_steps_of_an_epoch() -> None:
    """Assignment 6: a convolutional network, MNIST in batches of 32: 1,875 steps."""
    assert 60_000 / 32 == 1_875
