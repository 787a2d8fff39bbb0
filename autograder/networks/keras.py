"""The layers of a Keras model as they describe themselves, in the order that data takes.

A model's own `call` is traced with a symbolic input, in training, so that what it really does
with its layers is read. Where it cannot be traced (TensorFlow's own functions take no symbols),
the layers are read as they were made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from types import NoneType
from typing import Any

import numpy as np

from autograder.errors import MissingAttribute, StudentRaised, WrongAnswer
from autograder.networks.handles import REFUSED, attribute, library, numbers, type_name
from autograder.networks.nouns import OWN_FUNCTION, Array, Layer, Link, Shape

MAX_LAYERS = 200
ALWAYS = "Leave training=True out; Keras knows when it trains"
NEVER = "Hand the argument training on, or leave it out"

_CONTAINERS = ("Sequential", "Functional", "Model")
_ACTIVATIONS = {  # layers and operations that do nothing but activate
    "ReLU": "relu",
    "Relu": "relu",
    "Softmax": "softmax",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "LeakyReLU": "leaky_relu",
    "LeakyRelu": "leaky_relu",
    "ELU": "elu",
    "Elu": "elu",
}
_SETTINGS = {  # what else is looked at, by kind, and what it is called in a message
    "Conv1D": ("kernel_size", "strides", "padding"),
    "Conv2D": ("kernel_size", "strides", "padding"),
    "MaxPooling2D": ("pool_size", "strides", "padding"),
    "AveragePooling2D": ("pool_size", "strides", "padding"),
    "Dropout": ("rate",),
    "Rescaling": ("scale", "offset"),
}


def require_a_model(model: Any) -> None:
    """Raises WrongAnswer for what is no model; a probe that gets None is told so elsewhere."""
    if model is not None and not isinstance(attribute(model, "layers"), list):
        raise WrongAnswer(
            f"A model is needed here, but an object of type {type_name(model)} came."
        )


def input_shape(model: Any, inputs: tuple[int, ...]) -> Shape:
    """The shape of one example; a model that has not been told is built for `inputs`.

    Raises StudentRaised when the model cannot take such an example.
    """
    own = attribute(model, "input_shape")
    if isinstance(own, tuple):
        return tuple(own[1:])
    if model is None or has_layers(model):
        model(np.zeros((1, *inputs), dtype=np.float32))
    return inputs


def has_layers(model: Any) -> bool:
    """True unless it has been made of nothing: weights of its own are as good as layers."""
    return bool(model.layers or attribute(model, "weights"))


def variables(link: Link) -> list[Any]:
    """A layer's weights."""
    return list(attribute(link.handle, "weights") or [])


def every_variable(model: Any) -> list[Any]:
    """All weights of a model."""
    return list(model.weights)


def fed(shape: tuple[int, ...]) -> int:
    """The number of numbers that each unit of a kernel is fed with."""
    return math.prod(shape[:-1])


def assign(variable: Any, array: Array) -> None:
    """Set a weight."""
    variable.assign(array)


def answers(model: Any, x: Array, training: bool | None = None) -> Array:
    """The answers to examples; None leaves to the model whether it is trained."""
    return numbers(model(x) if training is None else model(x, training=training))


def passed(model: Any, link: Link, h: Array) -> Array:
    """The answer of one layer or operation to h."""
    if attribute(link.handle, "weights") is not None:
        return numbers(link.handle(h, training=False))
    function = library(model, "keras").Function([link.before], [link.after])
    return numbers(function([h])[0])


def by_itself(link: Link, h: Array, training: bool | None = None) -> Array:
    """The same of a layer whose place is not known."""
    return answers(link.handle, h, training)


def traced(model: Any, shape: Shape) -> list[Link] | None:
    """The chain of what data passes; None where there are branches, or symbols do not pass."""
    try:
        if is_symbolic(model):
            return _chain(model.outputs[0])
        x = library(model, "keras").Input(shape)
        try:
            y = model.call(x, training=True)
        except StudentRaised:  # a `call` without that argument
            y = model.call(x)
        return _chain(y)
    except REFUSED:
        return None


def as_made(model: Any, shape: Shape) -> list[Link]:
    """The layers in the order in which they were made, those of inner models in their place."""
    links: list[Link] = []
    before: Shape | None = shape
    for handle in _flattened(model):
        layer = _layer(handle, _output(handle, before))
        before = layer.shape
        links.append(Link(handle, layer))
    return links


def is_symbolic(model: Any) -> bool:
    """True if a model is a graph of symbols, as Sequential and functional ones are."""
    return bool(attribute(model, "outputs"))


def _chain(tensor: Any) -> list[Link]:
    """From a symbol back to the input. Raises ValueError where it branches."""
    links: list[Link] = []
    while len(links) < MAX_LAYERS:
        handle, node, _ = tensor._keras_history
        fed = handle._inbound_nodes[node].input_tensors
        if not fed:
            return links[::-1]
        if len(fed) > 1:
            raise ValueError("a branch")
        if isinstance(attribute(handle, "layers"), list):
            links += (_inner(handle, fed[0]) or [])[::-1]
        else:
            shape = tuple(tensor.shape)[1:]
            links.append(Link(handle, _layer(handle, shape), fed[0], tensor))
        tensor = fed[0]
    raise ValueError("too long")


def _inner(model: Any, fed: Any) -> list[Link]:
    found = traced(model, tuple(fed.shape)[1:])
    if found is None:
        raise ValueError("an inner model that cannot be traced")
    return found


def _flattened(model: Any) -> Iterable[Any]:
    handles = attribute(model, "operations")  # of a functional model; holds its layers too
    for handle in handles if isinstance(handles, list) else model.layers:
        if type_name(handle) in _CONTAINERS:
            yield from _flattened(handle)
        elif attribute(handle, "built") is not False:  # or nothing has passed it
            yield handle


def _layer(handle: Any, shape: Shape | None) -> Layer:
    kind, settings = type_name(handle), _configuration(handle)
    activation = called(settings.get("activation") or "linear")
    if kind == "Reshape" and shape is not None and len(shape) == 1:
        kind = "Flatten"
    if kind == "Dropout" and settings.get("noise_shape") is not None:
        kind = "Dropout with a noise_shape"  # which drops whole rows or columns
    if kind in _ACTIVATIONS:
        kind, activation = "Activation", _ACTIVATIONS[kind]
    axis = settings.get("axis", -1) if activation == "softmax" else -1
    if axis not in (-1, [-1], len(shape or ())):
        activation = f"softmax along the axis {axis}"
    return Layer(
        kind,
        shape,
        _parameters(handle),
        re.sub(r"_v\d+$", "", activation.replace("re_lu", "relu")),  # TensorFlow's softmax_v2
        tuple((name, _rounded(settings.get(name))) for name in _SETTINGS.get(kind, ())),
        frozen=settings.get("trainable") is False,
    )


def _output(handle: Any, before: Shape | None) -> Shape | None:
    """From the layer's place in its model; else, for one in a subclassed model, computed."""
    try:
        shape = handle.output.shape
    except (StudentRaised, MissingAttribute, AttributeError):
        if before is None:
            return None
        try:
            shape = handle.compute_output_shape((None, *before))
        except (StudentRaised, MissingAttribute):
            return None
    return tuple(shape[1:]) if isinstance(shape, (tuple, list)) else None


def _parameters(handle: Any) -> int:
    try:
        count = handle.count_params()
    except (MissingAttribute, AttributeError):  # an operation has none
        return 0
    except (StudentRaised, ValueError):
        return -1
    return count if isinstance(count, int) else -1


def _configuration(handle: Any) -> Mapping[str, Any]:
    try:
        found = handle.get_config()
    except (MissingAttribute, AttributeError):
        return {}
    except (StudentRaised, NotImplementedError):
        return {"activation": OWN_FUNCTION}
    return found if isinstance(found, Mapping) else {}


def called(value: Any) -> str:
    """The name of a loss, a metric, an optimizer or an activation in Keras' own spelling."""
    if isinstance(value, Mapping):
        name, config = value.get("class_name"), value.get("config")
        value = config if name == "function" else name
        if name == "__lambda__":
            return OWN_FUNCTION
    if isinstance(value, (list, tuple)) and len(value) == 1:
        return called(value[0])
    if not isinstance(value, str):
        return OWN_FUNCTION if value is not None else "nothing"
    if value == OWN_FUNCTION:
        return value
    # "CategoricalCrossentropy" and "categorical_crossentropy" are one loss.
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", value).lower()


def _rounded(value: Any) -> Any:
    """A setting that can be compared and counted, whatever a layer gives for it."""
    if isinstance(value, (np.ndarray, np.generic)):
        value = value.tolist()
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, (list, tuple)):
        return tuple(map(_rounded, value))
    return value if isinstance(value, (int, str, NoneType)) else f"a {type_name(value)}"
