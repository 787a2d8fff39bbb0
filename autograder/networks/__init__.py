"""A Keras or PyTorch model as plain data: what it is made of, and what it computes.

The grader's process imports neither. A model lives in a guest and is read through handles:

keras      what a Keras model's layers say of themselves, in the order in which data passes them
pytorch    the same of a PyTorch module
proving    whether it computes that: weights and inputs are drawn here, set there, and the
           answers compared with `forward`, which computes the same network in NumPy
compiling  a Keras model's loss, metrics and optimizer, from one training step
stepping   a PyTorch loss and optimizer, from drawn answers and three steps
states     a PyTorch module's weights and gradients as arrays, by their names

So nothing that an object says of itself counts by itself. What reads a model is imported with
the first one: a course without models does without.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    from autograder.networks.nouns import Network, Training

__all__ = ["curves", "gradients", "network", "set_state", "state", "training"]


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


def training(
    model: Any, rng: np.random.Generator, *, loss: Any = None, optimizer: Any = None
) -> Training:
    """Read how a Keras model was compiled, or a PyTorch module is trained, and see it in steps.

    model   one whose examples and answers have one axis or few; it makes a few steps, from
            weights that are drawn here. Meant for small models.
    rng     draws the weights and the examples.
    loss, optimizer   of a PyTorch module: what it is trained with; None is not looked at.

    Raises WrongAnswer for what is no model.
    """
    from autograder.networks import compiling

    return compiling.training(model, rng, loss=loss, optimizer=optimizer)


def state(model: Any) -> dict[str, NDArray[Any]]:
    """The parameters and buffers of a PyTorch module, by their names, such as "0.weight".

    Raises WrongAnswer for what is no module.
    """
    from autograder.networks import states

    return states.state(model)


def gradients(model: Any) -> dict[str, NDArray[Any] | None]:
    """The gradients of a PyTorch module's parameters by name; None where there is none.

    Raises WrongAnswer for what is no module.
    """
    from autograder.networks import states

    return states.gradients(model)


def set_state(model: Any, values: Mapping[str, ArrayLike]) -> None:
    """Set parameters and buffers of a PyTorch module, by their names; others stay.

    Raises WrongAnswer for a name or a shape that the module does not have, and for what is no
    module.
    """
    from autograder.networks import states

    states.set_state(model, values)


def curves(history: Any) -> dict[str, list[float]]:
    """The lists of a History, or of its dictionary if that came back.

    Raises WrongAnswer for anything else that a training may give back.
    """
    from autograder.networks import compiling

    return compiling.curves(history)
