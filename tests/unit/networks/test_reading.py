"""What a layer says of itself is plain data for us, whatever it is made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.networks.keras import as_made


class Rescaling:
    """A layer that is called like Keras's, and says of itself what it wants."""

    built = True

    def __init__(self, scale: Any) -> None:
        self.scale = scale

    def get_config(self) -> dict[str, Any]:
        """As Keras asks for it."""
        return {"scale": self.scale, "offset": 0.0}

    def count_params(self) -> int:
        """It has none."""
        return 0

    def compute_output_shape(self, shape: tuple[Any, ...]) -> tuple[Any, ...]:
        """What comes in goes out."""
        return shape


class Model:
    """A model of one layer."""

    def __init__(self, layer: Rescaling) -> None:
        self.layers = [layer]


@pytest.mark.parametrize(
    "scale",
    [
        1 / 255,
        np.full(28, 1 / 255),
        [[0.5], [0.25]],
        {"class_name": "__numpy__", "config": {"value": [0.5, 0.25]}},
        {1, "a"},
        np.array([{}], dtype=object),
        bytearray(b"x"),
        None,
    ],
)
def test_what_a_layer_says_can_be_compared(scale):
    """An array in place of a number, or anything else: it is equal to itself and no other."""
    (one,) = as_made(Model(Rescaling(scale)), (28, 28))
    (two,) = as_made(Model(Rescaling(scale)), (28, 28))
    (other,) = as_made(Model(Rescaling("another")), (28, 28))
    assert {one.layer, two.layer} == {two.layer}
    assert one.layer != other.layer
