"""A Keras or PyTorch model as plain data: what it is made of, and what it computes.

The grader's process imports neither. A model lives in a guest and is read through handles:

keras      what a Keras model's layers say of themselves, in the order in which data passes them
pytorch    the same of a PyTorch module
proving    whether it computes that: weights and inputs are drawn here, set there, and the
           answers compared with `forward`, which computes the same network in NumPy
compiling  a Keras model's loss, metrics and optimizer, from one training step

So nothing that an object says of itself counts by itself. What reads a model is imported with
the first one: a course without models does without.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.networks.nouns import (
    OTHER_ACCURACY,
    OWN_FUNCTION,
    UNKNOWN,
    Layer,
    Network,
    Sample,
    Training,
)

__all__ = [
    "OTHER_ACCURACY",
    "OWN_FUNCTION",
    "UNKNOWN",
    "Layer",
    "Network",
    "Sample",
    "Training",
    "curves",
    "network",
    "training",
]


def network(model: Any, inputs: tuple[int, ...], rng: np.random.Generator) -> Network:
    """Read the structure of a Keras or PyTorch model, and see whether it computes just that.

    model    a handle of the model, as a probe gets it. Its weights are other ones afterwards.
    inputs   the shape of one example, without the examples' axis. A model that has not been
             told its input yet is built by letting it see one example of that shape.
    rng      draws the weights and the examples.

    Raises StudentRaised when the model cannot take such an example, and WrongAnswer for what
    is no model.
    """
    from autograder.networks import proving

    return proving.network(model, inputs, rng)


def training(model: Any, rng: np.random.Generator) -> Training:
    """Read how a Keras model was compiled, and see it in one training step.

    model   one whose examples and answers have one axis or few; it is trained by one step, from
            weights that are drawn here. Meant for small models.
    rng     draws the weights and the examples.

    Raises WrongAnswer for what is no model.
    """
    from autograder.networks import compiling

    return compiling.training(model, rng)


def curves(history: Any) -> dict[str, list[float]]:
    """The lists of a History, or of its dictionary if that came back.

    Raises WrongAnswer for anything else that a training may give back.
    """
    from autograder.networks import compiling

    return compiling.curves(history)
