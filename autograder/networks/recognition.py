"""The type of a layer by what it computes: for those that do not say it, or say it wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from autograder.networks.forward import ACTIVATIONS, Unknown, is_known, step
from autograder.networks.nouns import CHANNELS_FIRST, UNKNOWN, Array, Layer, Network, alike

_COMMON = ("linear", "relu", "sigmoid", "softmax", "tanh")
_WEIGHTED = ("Dense", "Conv2D", "Linear", "Conv2d")
_DENSE = ("Dense", "Linear")
_ONES = (1, 1)


def named(layer: Layer, own: Sequence[Array], h: Array, y: Array) -> Layer:
    """The layer, if it makes y of h as it says; else the one that does, if there is one."""
    if is_known(layer) and _gives(layer, own, h, y):
        return layer
    shape = tuple(y.shape[1:])
    parameters = sum(array.size for array in own)
    for other in _others(layer, own, h, y):
        if _gives(other, own, h, y):
            return replace(other, shape=shape, parameters=parameters, frozen=layer.frozen)
    wrong = "does not compute what its name says" if is_known(layer) else ""
    return replace(layer, shown=False, wrong=wrong)


def guessed(
    said: Network, weights: Sequence[Sequence[Array]], x: Array, answers: Array
) -> tuple[Network, list[Sequence[Array]]] | None:
    """The activations that give these answers, between layers that were read as they were made.

    Layers of one kind have one activation, except the last. None where nothing fits.
    """
    layers, own = list(said.layers), list(weights)
    dense = next((i for i, each in enumerate(layers) if each.kind in _DENSE), None)
    if dense is not None and all(layer.kind != "Flatten" for layer in layers):
        layers.insert(dense, Layer("Flatten", None, 0))
        own.insert(dense, ())
    try:
        found = next(_ways(layers, own, x, answers, {}), None)
    except Unknown:
        return None
    return (replace(said, layers=found), own) if found is not None else None


def fed(layer: Layer, own: Sequence[Array]) -> Array | None:
    """Numbers that a layer takes; None where this cannot be told."""
    rng = np.random.default_rng(len(own))
    if layer.kind in _DENSE and own and own[0].ndim == 2:
        taken = own[0].shape[0 if layer.kind == "Dense" else 1]
        return rng.uniform(-1, 1, (3, taken)).astype(np.float32)
    if layer.kind in (*_DENSE, "Dropout") or not is_known(layer):
        return None
    if layer.kind in CHANNELS_FIRST:
        return rng.uniform(-1, 1, (2, own[0].shape[1], 8, 8)).astype(np.float32)
    channels = own[0].shape[2] if own and own[0].ndim == 4 else 3
    return rng.uniform(-1, 1, (2, 8, 8, channels)).astype(np.float32)


def drops(layer: Layer, kept: Array) -> bool:
    """True if ones became `kept` in training by dropout of the layer's rate."""
    rate = layer.setting("rate")
    left = kept[kept != 0]
    share = 1 - len(left) / max(kept.size, 1)
    return bool(
        isinstance(rate, float)
        and 0 < rate < 1
        and abs(share - rate) < 0.1
        and np.allclose(left, 1 / (1 - rate), rtol=1e-3)
    )


def unsure(said: Network, weights: Sequence[Sequence[Array]]) -> Network:
    """With what nobody can tell of layers whose order is not known.

    That is their activations, and where the examples are flattened before a dense layer that
    takes all of an example's numbers.
    """
    layers: list[Layer] = []
    size = int(np.prod([n or 1 for n in said.inputs]))
    for layer, own in zip(said.layers, weights, strict=True):
        taken = own[0].shape[0 if layer.kind == "Dense" else -1] if own else 0
        takes_all = layer.kind in _DENSE and taken == size
        if takes_all and len(said.inputs) > 1 and all(x.kind != "Flatten" for x in layers):
            layers.append(Layer("Flatten", (size,), 0))
        if layer.kind in _WEIGHTED and layer.activation == "linear":
            layer = replace(layer, activation=UNKNOWN)
        if layer.kind in _DENSE and own:
            units = own[0].shape[-1 if layer.kind == "Dense" else 0]
            layer = replace(layer, shape=(units,))
        layers.append(layer)
    return replace(said, layers=tuple(layers))


def _gives(layer: Layer, own: Sequence[Array], h: Array, y: Array) -> bool:
    try:
        return alike(step(layer, own, h), y)
    except Unknown:
        return False


def _others(layer: Layer, own: Sequence[Array], h: Array, y: Array) -> Iterator[Layer]:
    shapes = [array.ndim for array in own]
    if not own:
        if h.ndim > 2:
            yield Layer("Flatten", None, 0)
        for activation in ACTIVATIONS:
            yield Layer("Activation", None, 0, activation)
        if h.shape == y.shape and np.ptp(h) > 0:
            scale, offset = np.polyfit(h.ravel().astype(float), y.ravel().astype(float), 1)
            line = (("scale", round(float(scale), 6)), ("offset", round(float(offset), 6)))
            yield Layer("Rescaling", None, 0, settings=line)
    elif shapes in ([2], [2, 1]):
        for activation in ACTIVATIONS:
            for kind in _DENSE:
                yield Layer(kind, None, 0, activation)
    elif shapes in ([4], [4, 1]):
        size = tuple(int(n) for n in own[0].shape[:2])
        for activation in ACTIVATIONS:
            for padding in ("valid", "same"):
                settings = (("kernel_size", size), ("strides", _ONES), ("padding", padding))
                yield Layer("Conv2D", None, 0, activation, settings)


def _ways(
    layers: Sequence[Layer],
    own: Sequence[Sequence[Array]],
    h: Array,
    answers: Array,
    chosen: dict[str, str],
) -> Iterator[tuple[Layer, ...]]:
    """All choices of activations that lead from h to the answers."""
    if not layers:
        if alike(h, answers):
            yield ()
        return
    layer, rest = layers[0], layers[1:]
    z = step(layer, own[0], h)
    if layer.kind not in _WEIGHTED or layer.activation != "linear":
        for others in _ways(rest, own[1:], z, answers, chosen):
            yield (replace(layer, shape=tuple(z.shape[1:])), *others)
        return
    is_last = all(other.kind not in _WEIGHTED for other in rest)
    group = "last" if is_last else layer.kind
    for activation in (chosen[group],) if group in chosen else _COMMON:
        activated = replace(layer, activation=activation, shape=tuple(z.shape[1:]))
        now = {**chosen, group: activation}
        for others in _ways(rest, own[1:], ACTIVATIONS[activation](z), answers, now):
            yield (activated, *others)
