"""The layers of a PyTorch module, in the order in which data passes them.

`torch.fx` writes down what a module's `forward` does, functions and methods included. Where it
cannot (a loop over a tensor, an `if` on numbers), the layers are read as they were made.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.errors import WrongAnswer
from autograder.networks.handles import REFUSED, attribute, library, numbers, type_name
from autograder.networks.nouns import Array, Layer, Link, Shape
from autograder.networks.settings import is_factor, is_small, pairs, plain, sizes

MAX_LAYERS = 200
ALWAYS = NEVER = "Use nn.Dropout, or write F.dropout(x, rate, training=self.training)"

_ACTIVATIONS = {  # modules, functions and methods that do nothing but activate
    **{
        name.lower(): name.lower() for name in ("ReLU6", "SELU", "SiLU", "Softplus", "Softsign")
    },
    **{name: name.lower() for name in ("ReLU6", "SELU", "SiLU", "Softplus", "Softsign")},
    **{name: name.lower() for name in ("ReLU", "Sigmoid", "Softmax", "Tanh")},
    **{name: name for name in ("relu", "sigmoid", "softmax", "tanh", "log_softmax")},
    "relu_": "relu",
    "LogSoftmax": "log_softmax",
    "Identity": "linear",
}
_MODULES = {  # the settings that are looked at, and what they are called in a message
    "Conv2d": ("kernel_size", "stride", "padding", "dilation", "groups"),
    "MaxPool2d": ("kernel_size", "stride", "padding"),
    "AvgPool2d": ("kernel_size", "stride", "padding"),
    "AdaptiveAvgPool2d": ("output_size",),
    "BatchNorm1d": ("eps",),
    "BatchNorm2d": ("eps",),
}
_FUNCTIONS = {"max_pool2d": "MaxPool2d", "avg_pool2d": "AvgPool2d"}
_DEFAULTS = {"stride": None, "padding": 0}
_FLATTENING = ("flatten", "view", "reshape")


@dataclass(frozen=True)
class _Operation:
    """A function of the graph with all but its first argument."""

    function: Any
    args: tuple[Any, ...]
    kwargs: Mapping[str, Any]

    def __call__(self, tensor: Any) -> Any:
        return self.function(tensor, *self.args, **self.kwargs)


def is_a_module(model: Any) -> bool:
    """True if it is a PyTorch module, as far as its methods tell."""
    return model is not None and attribute(model, "named_parameters") is not None


def require_a_model(model: Any) -> None:
    """Raises WrongAnswer for a module that cannot be called: a class, say."""
    if attribute(model, "training") not in (True, False):
        raise WrongAnswer(
            f"A model is needed here, but an object of type {type_name(model)} came."
        )


def input_shape(model: Any, inputs: tuple[int, ...]) -> Shape:
    """The shape of one example, which a module does not say of itself.

    Raises StudentRaised when the model cannot take such an example.
    """
    answers(model, np.zeros((2, *inputs), dtype=np.float32))
    return inputs


def has_layers(model: Any) -> bool:
    """True: what has no layers may still compute."""
    return True


def traced(model: Any, shape: Shape) -> list[Link] | None:
    """The chain of what data passes; None where there are branches, or it cannot be written."""
    try:
        graph = library(model, "torch.fx").symbolic_trace(model)
        example = _tensor(model, np.zeros((2, *(n or 1 for n in shape)), dtype=np.float32))
        library(model, "torch.fx.passes.shape_prop").ShapeProp(graph).propagate(example)
        links = list(_chain(model, list(graph.graph.nodes)[-1].args[0]))[::-1]
        return _as_they_learn(model, example, links)
    except REFUSED:
        return None


def as_made(model: Any, shape: Shape) -> list[Link]:
    """The modules without others in them, in the order in which they were made."""
    links = []
    for handle in model.modules():
        if not list(handle.children()):
            layer = _module(handle, None)
            links.append(Link(handle, layer or Layer(type_name(handle), None, 0)))
    return links


def _as_they_learn(model: Any, example: Any, links: list[Link]) -> list[Link]:
    """The layers, frozen where no gradient comes through the model: as under `no_grad`."""
    if not library(model, "torch").is_grad_enabled():
        return links
    if attribute(model(example), "requires_grad") is not False:
        return links
    return [
        replace(each, layer=replace(each.layer, frozen=each.layer.parameters > 0))
        for each in links
    ]


def variables(link: Link) -> list[Any]:
    """A layer's weights, the running numbers of a normalization among them."""
    if link.variables:
        return list(link.variables)
    names = ("weight", "bias", "running_mean", "running_var")
    found = [attribute(link.handle, name) for name in names]
    return [each for each in found if each is not None]


def every_variable(model: Any) -> list[Any]:
    """All weights of a model; what is only counted is no weight."""
    buffers = [each for each in model.buffers() if attribute(each, "ndim")]
    return [*model.parameters(), *buffers]


def fed(shape: tuple[int, ...]) -> int:
    """The number of numbers that each unit of a kernel is fed with."""
    return math.prod(shape[1:])


def assign(variable: Any, array: Array) -> None:
    """Set a weight."""
    variable.data.copy_(_tensor(variable, array))


def answers(model: Any, x: Array, training: bool | None = None) -> Array:
    """The answers to examples; None leaves to the model whether it is trained.

    Training leaves no traces: the running numbers of a normalization are as before.
    """
    if training:
        model = library(model, "copy").deepcopy(model)
    if training is not None:
        model.train(training)
    return _numbers(model(_tensor(model, x)))


def passed(model: Any, link: Link, h: Array) -> Array:
    """The answer of one layer or operation to h."""
    return _numbers(link.handle(_tensor(model, h)))


def by_itself(link: Link, h: Array, training: bool | None = None) -> Array:
    """The same of a layer whose place is not known."""
    return answers(link.handle, h, training)


def _tensor(model: Any, array: Array) -> Any:
    return library(model, "torch").from_numpy(np.ascontiguousarray(array, np.float32))


def _numbers(tensor: Any) -> Array:
    return numbers(tensor.detach())


def _chain(model: Any, node: Any) -> Iterator[Link]:
    """From the last step back to the input. Raises ValueError where it branches."""
    for _ in range(MAX_LAYERS):
        if node.op == "placeholder":
            return
        args, kwargs = tuple(node.args), dict(node.kwargs)
        before = args[0] if args else kwargs.pop("input")
        shape = sizes(node.meta["tensor_meta"][0])[1:]
        if node.op == "call_module":
            handle = model.get_submodule(node.target)
            layer = _module(handle, shape)
            link = Link(handle, layer, before, node) if layer is not None else None
        else:
            link = _function(model, node, before, shape, args[1:], kwargs)
        if link is None:
            raise ValueError("an unknown step")
        yield link
        node = before
    raise ValueError("too long")


def _module(handle: Any, shape: Shape | None) -> Layer | None:
    kind = type_name(handle)
    if kind in _ACTIVATIONS:
        activation = _along(_ACTIVATIONS[kind], attribute(handle, "dim"), shape)
        return Layer("Activation", shape, 0, activation)
    if kind == "LeakyReLU":
        return _leaky(attribute(handle, "negative_slope"), shape)
    if kind in ("GELU", "ELU"):
        usual = attribute(handle, "alpha") in (None, 1.0)
        usual = usual and attribute(handle, "approximate") in (None, "none")
        return Layer("Activation" if usual else kind, shape, 0, kind.lower())
    settings: list[tuple[str, Any]] = []
    if kind == "Dropout":
        settings = [("rate", plain(attribute(handle, "p")))]
    elif kind == "Flatten":
        whole = (attribute(handle, "start_dim"), attribute(handle, "end_dim")) == (1, -1)
        kind = kind if whole else "Flatten of some axes"
    elif kind in _MODULES:
        settings = [(name, plain(attribute(handle, name))) for name in _MODULES[kind]]
    own = variables(Link(handle, Layer(kind, shape, 0)))
    frozen = any(attribute(each, "requires_grad") is False for each in own[:2])
    count = sum(math.prod(sizes(each.shape)) for each in own)
    return Layer(kind, shape, count, "linear", pairs(kind, settings), frozen=frozen)


def _function(
    model: Any,
    node: Any,
    before: Any,
    shape: Shape,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
) -> Link | None:
    """A step of the graph that is a function or a method of a tensor."""
    method = node.op == "call_method"
    ask = library(model, "builtins").getattr
    name = node.target if method else ask(node.target, "__name__", "")
    torch = library(model, "torch")
    if not isinstance(name, str):
        return None
    function = ask(torch.Tensor, name) if method else node.target
    if name in ("linear", "conv2d"):
        return _weighted(model, node, name, before, shape, args, kwargs)
    operation = _Operation(function, args, kwargs)
    if name in _ACTIVATIONS:
        along = kwargs.get("dim", args[0] if args else None)
        layer = Layer("Activation", shape, 0, _along(_ACTIVATIONS[name], along, shape))
    elif name in ("leaky_relu", "leaky_relu_"):
        layer = _leaky(kwargs.get("negative_slope", args[0] if args else 0.01), shape)
    elif name == "gelu" and not args and kwargs.get("approximate", "none") == "none":
        layer = Layer("Activation", shape, 0, "gelu")
    elif name == "dropout":
        rate = kwargs.get("p", args[0] if args else 0.5)
        layer = Layer("Dropout", shape, 0, settings=(("rate", plain(rate)),))
    elif name in _FUNCTIONS:
        values = {
            **_DEFAULTS,
            **dict(zip(("kernel_size", "stride", "padding"), args, strict=False)),
            **kwargs,
        }
        kind = _FUNCTIONS[name]
        found = [(each, plain(values.get(each))) for each in _MODULES[kind]]
        layer = Layer(kind, shape, 0, settings=pairs(kind, found))
    elif name in _FLATTENING and len(shape) == 1:
        layer = Layer("Flatten", shape, 0)
        operation = _Operation(torch.flatten, (1,), {})
    elif name == "contiguous":
        layer = Layer("Activation", shape, 0)
    elif name in ("truediv", "div", "mul") and args and is_factor(args[0]):
        scale = args[0] if name == "mul" else 1 / args[0]
        layer = Layer("Rescaling", shape, 0, settings=(("scale", scale), ("offset", 0.0)))
    else:
        return None
    return Link(operation, layer, before, node)


def _weighted(
    model: Any,
    node: Any,
    name: str,
    before: Any,
    shape: Shape,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
) -> Link:
    """A step with weights that a module of the student's own keeps."""
    names = ("weight", "bias", "stride", "padding", "dilation", "groups")
    values = {**dict(zip(names, args, strict=False)), **kwargs}
    own = [values[each] for each in names[:2] if values.get(each) is not None]
    kept = tuple(_kept(model, each.target) for each in own)
    rest = {each: values[each] for each in names[2:] if each in values}
    settings: list[tuple[str, Any]] = []
    if name == "conv2d":
        usual = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1, **rest}
        size = sizes(kept[0].shape)[2:]
        settings = [("kernel_size", size), *((each, plain(usual[each])) for each in names[2:])]
    kind = {"linear": "Linear", "conv2d": "Conv2d"}[name]
    count = sum(math.prod(sizes(each.shape)) for each in kept)
    frozen = any(attribute(each, "requires_grad") is False for each in kept)
    layer = Layer(kind, shape, count, settings=pairs(kind, settings), frozen=frozen)
    return Link(_Operation(node.target, kept, rest), layer, before, node, kept)


def _kept(model: Any, target: str) -> Any:
    """The weight that a path of attributes leads to, as they are found where the model is.

    The path is a submission's, so nothing of ours is looked up by it.
    """
    return library(model, "operator").attrgetter(target)(model)


def _along(activation: str, dim: Any, shape: Shape | None) -> str:
    axes = len(shape or (1,))
    if activation not in ("softmax", "log_softmax") or dim in (-1, axes):
        return activation
    if dim is None and axes == 1:  # which PyTorch takes for the last one, with a warning
        return activation
    return f"{activation} along {f'the axis {dim}' if is_small(dim) else 'another axis'}"


def _leaky(slope: Any, shape: Shape | None) -> Layer:
    if not isinstance(slope, float) or not 0 <= slope <= 1:
        raise ValueError("no slope")
    name = "leaky_relu" if slope == 0.2 else f"leaky_relu with the slope {slope:.4g}"
    return Layer("Activation", shape, 0, name)
