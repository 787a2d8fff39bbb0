"""Networks and how they were compiled, as plain data."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Shape = tuple[int | None, ...]

MOST_NUMBERS = 60_000_000  # that are held for one step of a model; a student chooses its sizes
OTHER_ACCURACY = "another accuracy"
OWN_FUNCTION = "a function of your own"
CHANNELS_FIRST = ("Conv1d", "Conv2d", "Conv3d")  # PyTorch's
UNKNOWN = "unknown"  # an activation that could not be found out


@dataclass(frozen=True)
class Layer:
    """One layer, as far as two models are compared.

    kind         the class's name: "Dense", "Conv2D".
    shape        of its output, without the examples' axis; None where it cannot be told.
    parameters   how many it has; -1 where it has not been built.
    activation   "linear" for none, and for layers that have none.
    settings     pairs such as ("rate", 0.2), by kind.
    frozen       its weights stay as they are in a training.
    wrong        what it does otherwise than it says, as the end of "Layer 3 (Dropout) …".
    shown        whether it was seen to compute what is said here. What was not earns nothing.
    """

    kind: str
    shape: Shape | None
    parameters: int
    activation: str = "linear"
    settings: tuple[tuple[str, Any], ...] = ()
    frozen: bool = False
    wrong: str = ""
    shown: bool = True

    @property
    def units(self) -> int | None:
        """The number of its units, or of its filters."""
        if not self.shape:
            return None
        return self.shape[0 if self.kind in CHANNELS_FIRST else -1]

    def setting(self, name: str) -> Any:
        """One of the settings; None where it has no such."""
        return dict(self.settings).get(name)


@dataclass(frozen=True)
class Link:
    """One step of a chain: a layer or an operation, and the symbols before and after it.

    before, after   symbols; None where the model could not be traced.
    variables       its weights, where the step itself does not say which they are.
    """

    handle: Any
    layer: Layer
    before: Any = None
    after: Any = None
    variables: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Sample:
    """The answers of a model with weights and inputs from here.

    weights   in the order in which the model has them.
    inputs    a few examples, shape (m, ...).
    answers   to these, outside of training, shape (m, ...).
    noisy     answers to many copies of the first example, in training.
    """

    weights: tuple[Array, ...]
    inputs: Array
    answers: Array
    noisy: Array


@dataclass(frozen=True)
class Network:
    """A model's layers from the input to the output, and the shape of one example.

    doubt    what the whole computes otherwise than its layers one after the other, as a
             sentence; empty where it computes just that.
    sample   what it computed, where it could not be shown to be these layers. It is no part of
             what is compared or recorded.
    """

    inputs: Shape
    layers: tuple[Layer, ...]
    doubt: str = ""
    sample: Sample | None = field(default=None, compare=False, repr=False)

    @property
    def output(self) -> Shape | None:
        """The shape of its answer to one example."""
        return self.layers[-1].shape if self.layers else self.inputs

    @property
    def __description__(self) -> str:
        return f"a network of {len(self.layers)} layers"


@dataclass(frozen=True)
class Training:
    """A model's compilation, in its library's names; all are empty when it was not compiled.

    loss        "categorical_crossentropy"; with ", from logits" after it where it says so.
    optimizer   "adam"; with its learning rate after it where that is far too large.
    metrics     the names of what is measured; "accuracy" where the right share is among them.
    doubt       why training steps could not show it, as a sentence.
    settings    of PyTorch's optimizer: its lr, and what differs from the defaults.
    """

    loss: str = ""
    optimizer: str = ""
    metrics: tuple[str, ...] = ()
    doubt: str = ""
    settings: tuple[tuple[str, Any], ...] = ()

    @property
    def __description__(self) -> str:
        return f"a model with the loss {self.loss}" if self.loss else "a model not compiled"


def bounded(*counts: int) -> None:
    """Raise ValueError where a product of sizes is more than is held here."""
    if min(counts, default=0) < 0 or math.prod(counts) > MOST_NUMBERS:
        raise ValueError("too large")


def examples(shape: Shape, rng: np.random.Generator) -> Array:
    """Four examples (4, *shape): as images are, and with negative and with large numbers."""
    bounded(100, *(n or 1 for n in shape))
    drawn = [rng.uniform(low, 1, [n or 1 for n in shape]) for low in (0, 0, -1, -1)]
    return np.stack([drawn[0], 20 * drawn[1], drawn[2], 4 * drawn[3]]).astype(np.float32)


def alike(one: Array, other: Array, tolerance: float = 2e-4) -> bool:
    """True if two arrays are the same up to the rounding of single precision."""
    if one.shape != other.shape or not np.all(np.isfinite(one)):
        return False
    distance = float(np.linalg.norm((one - other).ravel()))
    return distance <= tolerance * float(np.linalg.norm(other.ravel())) + 1e-6
