"""The structure of a Keras model as plain data, read through the handles of the sandbox.

The grader's process never imports Keras: what is read here are attributes of objects that
live in the guest. Two models that compute the same read the same, whichever way they were
written: Sequential, functional or subclassed; an activation in its layer or after it; an
optimizer by name or as an object.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.errors import MissingAttribute, StudentRaised, WrongAnswer

OWN_FUNCTION = "a function of your own"
LARGE_RATE = 0.09

_CONTAINERS = ("Sequential", "Functional", "Model")
_IGNORED = ("InputLayer", "ActivityRegularization", "Identity")
_ACTIVATIONS = {  # layers and operations that do nothing but activate
    "ReLU": "relu",
    "Relu": "relu",
    "Softmax": "softmax",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "LeakyReLU": "leaky_relu",
    "LeakyRelu": "leaky_relu",
    "ELU": "elu",
}
_WITH_ACTIVATION = ("Dense", "Conv1D", "Conv2D", "Conv3D")
_SETTINGS = {  # what else is looked at, by kind, and what it is called in a message
    "Conv1D": ("kernel_size", "strides", "padding"),
    "Conv2D": ("kernel_size", "strides", "padding"),
    "MaxPooling2D": ("pool_size", "strides", "padding"),
    "AveragePooling2D": ("pool_size", "strides", "padding"),
    "Dropout": ("rate",),
    "Rescaling": ("scale", "offset"),
}
_LOSSES = {"mse": "mean_squared_error", "mae": "mean_absolute_error"}
_ACCURACIES = {
    "categorical_crossentropy": "categorical_accuracy",
    "sparse_categorical_crossentropy": "sparse_categorical_accuracy",
    "binary_crossentropy": "binary_accuracy",
}


@dataclass(frozen=True)
class Layer:
    """One layer, as far as two models are compared.

    kind         the class's name: "Dense", "Conv2D".
    shape        of its output, without the examples' axis; None where it cannot be told.
    parameters   how many it has; -1 where it has not been built.
    activation   "linear" for none, and for layers that have none.
    settings     pairs such as ("rate", 0.2), by kind.
    """

    kind: str
    shape: tuple[int | None, ...] | None
    parameters: int
    activation: str = "linear"
    settings: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Network:
    """A model's layers from the input to the output, and the shape of one example."""

    inputs: tuple[int | None, ...]
    layers: tuple[Layer, ...]

    @property
    def output(self) -> tuple[int | None, ...] | None:
        """The shape of its answer to one example."""
        return self.layers[-1].shape if self.layers else self.inputs

    @property
    def __description__(self) -> str:
        return f"a network of {len(self.layers)} layers"


@dataclass(frozen=True)
class Training:
    """How a model was compiled, in Keras' own names; all are empty when it was not.

    loss        "categorical_crossentropy"; with ", from logits" after it where it says so.
    optimizer   "adam"; with its learning rate after it where that is far too large.
    metrics     the names of what is measured; "accuracy" whichever kind fits the loss.
    """

    loss: str = ""
    optimizer: str = ""
    metrics: tuple[str, ...] = ()

    @property
    def __description__(self) -> str:
        return f"a model with the loss {self.loss}" if self.loss else "a model not compiled"


def network(model: Any, inputs: tuple[int, ...]) -> Network:
    """Read a Keras model's structure.

    model    a handle of the model, as a probe gets it.
    inputs   the shape of one example, without the examples' axis. A model that has not been
             told its input yet is built by letting it see one example of that shape.

    Raises StudentRaised when the model cannot take such an example, and WrongAnswer for what
    is no model.
    """
    _require_a_model(model)
    own = _attribute(model, "input_shape")
    shape = inputs
    if isinstance(own, tuple):
        shape = tuple(own[1:])
    elif model is None or model.layers:
        model(np.zeros((1, *inputs), dtype=np.float32))
    layers: list[Layer] = []
    before: tuple[int | None, ...] | None = shape
    for handle in _flattened(model):
        layer = _layer(handle, before)
        before = layer.shape
        if layer.kind in _IGNORED or (layer.kind == "Activation" and _is_plain(layer)):
            continue
        if layer.kind == "Activation" and layers and _takes_activation(layers[-1]):
            layers[-1] = replace(layers[-1], activation=layer.activation)
        else:
            layers.append(layer)
    return Network(shape, tuple(layers))


def training(model: Any) -> Training:
    """Read how a Keras model was compiled. Raises WrongAnswer for what is no model."""
    _require_a_model(model)
    try:
        settings = model.get_compile_config()
    except StudentRaised:  # Keras cannot put a function of the student's own into words
        settings = {"loss": OWN_FUNCTION, "optimizer": OWN_FUNCTION}
    if not isinstance(settings, Mapping) or not settings:
        return Training()
    loss = _called(settings.get("loss"))
    loss = _LOSSES.get(loss, loss)
    logits = ", from logits" if _configured(settings.get("loss"), "from_logits") else ""
    accuracies = {"acc", _ACCURACIES.get(loss, "accuracy")}
    metrics = [_called(metric) for metric in _listed(settings.get("metrics"))]
    return Training(
        loss + logits,
        _optimizer(settings.get("optimizer")),
        tuple(sorted("accuracy" if name in accuracies else name for name in metrics)),
    )


def _require_a_model(model: Any) -> None:
    """A probe that gets None is told so elsewhere, in better words."""
    if model is not None and not isinstance(_attribute(model, "layers"), list):
        kind = getattr(model, "__type_name__", None) or type(model).__name__
        raise WrongAnswer(f"A Keras model is needed here, but an object of type {kind} came.")


def _flattened(model: Any) -> Iterator[Any]:
    """The layers in order, those of models within the model in their place."""
    handles = _attribute(model, "operations")  # of a functional model; holds its layers too
    for handle in handles if isinstance(handles, list) else model.layers:
        if _kind(handle) in _CONTAINERS:
            yield from _flattened(handle)
        else:
            yield handle


def _layer(handle: Any, before: tuple[int | None, ...] | None) -> Layer:
    kind = _kind(handle)
    settings = _settings(handle)
    activation = _called(settings.get("activation") or "linear")
    if kind in _ACTIVATIONS:
        kind, activation = "Activation", _ACTIVATIONS[kind]
    return Layer(
        kind,
        _output(handle, before),
        _parameters(handle),
        re.sub(r"_v\d+$", "", activation.replace("re_lu", "relu")),  # TensorFlow's softmax_v2
        tuple((name, _rounded(settings.get(name))) for name in _SETTINGS.get(kind, ())),
    )


def _output(
    handle: Any, before: tuple[int | None, ...] | None
) -> tuple[int | None, ...] | None:
    """From the layer's place in its model; else, for one in a subclassed model, computed."""
    try:
        shape = handle.output.shape
    except (StudentRaised, MissingAttribute):
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
    except MissingAttribute:  # an operation has none
        return 0
    except StudentRaised:
        return -1
    return count if isinstance(count, int) else -1


def _settings(handle: Any) -> Mapping[str, Any]:
    try:
        found = handle.get_config()
    except MissingAttribute:
        return {}
    except StudentRaised:
        return {"activation": OWN_FUNCTION}
    return found if isinstance(found, Mapping) else {}


def _kind(handle: Any) -> str:
    kind: str = getattr(handle, "__type_name__", None) or type(handle).__name__
    return "Flatten" if kind == "Reshape" and _is_flat(handle) else kind


def _is_flat(handle: Any) -> bool:
    target = _settings(handle).get("target_shape")
    return isinstance(target, (tuple, list)) and len(target) == 1


def _is_plain(layer: Layer) -> bool:
    return layer.activation == "linear"


def _takes_activation(layer: Layer) -> bool:
    return layer.kind in _WITH_ACTIVATION and layer.activation == "linear"


def _attribute(handle: Any, name: str) -> Any:
    try:
        return getattr(handle, name)
    except (StudentRaised, AttributeError):
        return None


def _called(value: Any) -> str:
    """The name of a loss, a metric, an optimizer or an activation in Keras' own spelling."""
    if isinstance(value, Mapping):
        name, config = value.get("class_name"), value.get("config")
        value = config if name == "function" else name
        if name == "__lambda__":
            return OWN_FUNCTION
    if not isinstance(value, str):
        return OWN_FUNCTION if value is not None else "nothing"
    if value == OWN_FUNCTION:
        return value
    # "CategoricalCrossentropy" and "categorical_crossentropy" are one loss.
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", value).lower()


def _configured(value: Any, name: str) -> bool:
    config = value.get("config") if isinstance(value, Mapping) else None
    return isinstance(config, Mapping) and bool(config.get(name))


def _optimizer(value: Any) -> str:
    name = _called(value).replace("_", "")
    config = value.get("config") if isinstance(value, Mapping) else None
    rate = config.get("learning_rate") if isinstance(config, Mapping) else None
    # Those that adapt their steps begin with 0.001, and learn nothing with a hundred times it.
    if name != "sgd" and isinstance(rate, float) and rate > LARGE_RATE:
        name += f" with a learning rate of {rate:.3g}"
    return name


def _listed(value: Any) -> Iterable[Any]:
    if isinstance(value, (list, tuple)):
        return [inner for item in value for inner in _listed(item)]
    return [] if value is None else [value]


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 9)
    return tuple(value) if isinstance(value, (list, tuple)) else value
