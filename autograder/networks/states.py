"""The weights of a PyTorch module, its buffers and its gradients, as arrays by their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from autograder.errors import WrongAnswer
from autograder.networks.handles import aside, library
from autograder.networks.nouns import Array, bounded
from autograder.networks.pytorch import require_a_model
from autograder.networks.settings import sizes

MOST = 200  # of one module
LONGEST = 200  # characters of a name


def state(model: Any) -> dict[str, Array]:
    """As `networks.state`."""
    require_a_model(model)
    with aside(model):
        found = [*_named(model.named_parameters()), *_named(model.named_buffers())]
        return {name: np.asarray(tensor.detach()) for name, tensor in found}


def gradients(model: Any) -> dict[str, Array | None]:
    """As `networks.gradients`."""
    require_a_model(model)
    with aside(model):
        return {
            name: None if (slope := tensor.grad) is None else np.asarray(slope.detach())
            for name, tensor in _named(model.named_parameters())
        }


def set_state(model: Any, values: Mapping[str, ArrayLike]) -> None:
    """As `networks.set_state`."""
    require_a_model(model)
    with aside(model):
        torch = library(model, "torch")
        named = dict([*_named(model.named_parameters()), *_named(model.named_buffers())])
        for name, value in values.items():
            array = np.array(value)
            if name not in named or sizes(named[name].shape) != array.shape:
                came = f"it has {sizes(named[name].shape)}" if name in named else "it has none"
                raise WrongAnswer(
                    f"The model needs a weight {name} of the shape {array.shape}; {came}."
                )
            named[name].data.copy_(torch.from_numpy(array))


def _named(pairs: Iterable[Any]) -> list[tuple[str, Any]]:
    """Names and tensors, as a module gives them. Raises WrongAnswer for anything else."""
    found: list[tuple[str, Any]] = []
    total = 0
    for pair in pairs:
        match pair:
            case (str(name), tensor) if len(name) <= LONGEST and len(found) < MOST:
                try:
                    shape = sizes(tensor.shape)
                    bounded(*shape)
                    total += int(np.prod(shape))
                    bounded(total)
                except (AttributeError, TypeError, ValueError):
                    raise WrongAnswer(f"The weight {name} cannot be read.") from None
                found.append((name, tensor))
            case _:
                raise WrongAnswer("The model's weights cannot be read by their names.")
    return found
