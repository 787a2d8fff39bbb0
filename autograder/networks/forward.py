"""The forward pass of a network, in NumPy: a first course's layers, outside and in training.

Keras's layers and PyTorch's, each with weights and images as its library has them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from autograder.networks.nouns import Array, Layer, Network, bounded

Weights = Sequence[Sequence[Array]]  # for each layer its own: kernel, and biases if it has any


class Unknown(ValueError):
    """A layer of which nobody here knows what it computes."""


def _softmax(z: Array) -> Array:
    powers = np.exp(z - z.max(axis=-1, keepdims=True))
    softened: Array = powers / powers.sum(axis=-1, keepdims=True)
    return softened


def _sigmoid(z: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-np.clip(z, -80, 80))))


def _erf(z: Array) -> Array:
    """Correct to 1.5e-7 (Abramowitz and Stegun 7.1.26): one by one it would take minutes."""
    t = 1 / (1 + 0.3275911 * np.abs(z))
    series = 0.254829592 + t * (
        -0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))
    )
    return np.asarray(np.sign(z) * (1 - t * series * np.exp(-z * z)))


ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = {
    "linear": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": _sigmoid,
    "softmax": _softmax,
    "tanh": np.tanh,
    "relu6": lambda z: np.clip(z, 0, 6),
    "elu": lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    "selu": lambda z: 1.05070098 * np.where(z > 0, z, 1.67326324 * np.expm1(np.minimum(z, 0))),
    "gelu": lambda z: z * (1 + _erf(z / np.sqrt(np.float32(2)))) / 2,
    "silu": lambda z: z * _sigmoid(z),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.2 * z),
    "softplus": lambda z: np.logaddexp(z, 0),
    "softsign": lambda z: z / (1 + np.abs(z)),
    "hard_sigmoid": lambda z: np.clip(z / 6 + 0.5, 0, 1),
    "log_softmax": lambda z: z - np.logaddexp.reduce(z, axis=-1, keepdims=True),
}


def forward(
    network: Network, weights: Weights, x: Array, noise: np.random.Generator | None = None
) -> Array:
    """The answers to the examples x (m, ...) with these weights.

    noise   decides what dropout drops; without it, nothing is dropped.

    Raises Unknown for a layer that is not among those known here.
    """
    for layer, own in zip(network.layers, weights, strict=True):
        x = step(layer, own, x, noise)
    return x


AT_ONCE = 1_000_000  # numbers of one layer's answers, for many examples


def repeated(
    network: Network,
    weights: Weights,
    x: Array,
    count: int,
    noise: np.random.Generator,
    places: NDArray[np.intp] | None = None,
) -> Array:
    """`count` answers to one example x (1, ...) in training; a few at a time where it is wide.

    places   the numbers of an answer that are kept, (count, len(places)); all by default.
    """
    layers = list(zip(network.layers, weights, strict=True))
    first = next((n for n, (each, _) in enumerate(layers) if each.kind == "Dropout"), None)
    for layer, own in layers[:first]:
        x = step(layer, own, x, noise)
    if first is None:
        return np.repeat(_kept(x, places), count, axis=0)
    rows = _at_once(layers[first:], x, count)
    found = []
    for begun in range(0, count, rows):
        some = np.repeat(x, min(rows, count - begun), axis=0)
        for layer, own in layers[first:]:
            some = step(layer, own, some, noise)
        found.append(_kept(some, places))
    return np.concatenate(found)


def _at_once(layers: Sequence[tuple[Layer, Sequence[Array]]], x: Array, count: int) -> int:
    """The number of examples that are computed at a time. Raises Unknown for too large ones."""
    widest, trial = x.size, np.random.default_rng(0)
    for layer, own in layers:
        x = step(layer, own, x, trial)
        widest = max(widest, x.size)
    try:
        bounded(widest, count)
    except ValueError as error:
        raise Unknown("too large") from error
    return max(1, AT_ONCE // max(widest, 1))


def _kept(answers: Array, places: NDArray[np.intp] | None) -> Array:
    return answers if places is None else answers.reshape(len(answers), -1)[:, places]


def step(
    layer: Layer, own: Sequence[Array], x: Array, noise: np.random.Generator | None = None
) -> Array:
    """One layer's answer to x. Raises Unknown."""
    try:
        return _activated(layer, _steps[layer.kind](layer, own, x, noise))
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise Unknown(layer.kind) from error


def _activated(layer: Layer, z: Array) -> Array:
    return ACTIVATIONS[layer.activation](z)


def _dense(layer: Layer, own: Sequence[Array], x: Array, noise: object) -> Array:
    bounded(x.size // max(x.shape[-1], 1), own[0].shape[-1])
    rows = x.reshape(-1, x.shape[-1])  # one product, in place of one for each place of an image
    z: Array = (rows @ own[0]).reshape(*x.shape[:-1], own[0].shape[-1])
    return z + own[1] if len(own) > 1 else z


def _conv2d(layer: Layer, own: Sequence[Array], x: Array, noise: object) -> Array:
    kernel = own[0]
    windows = _windows(layer, x, kernel.shape[:2], fill=0.0)
    bounded(*windows.shape[:3], kernel.shape[-1])
    z: Array = np.tensordot(windows, kernel, axes=([4, 5, 3], [0, 1, 2]))
    return np.asarray(z + own[1] if len(own) > 1 else z)


def _pooled(reduce: Callable[..., Array], fill: float) -> Callable[..., Array]:
    def pool(layer: Layer, own: Sequence[Array], x: Array, noise: object) -> Array:
        windows = _windows(layer, x, layer.setting("pool_size"), fill)
        return np.asarray(reduce(windows, axis=(4, 5)))

    return pool


def _windows(layer: Layer, x: Array, size: tuple[int, int], fill: float) -> Array:
    """All places of a window, shape (m, rows, columns, channels, height, width)."""
    strides = layer.setting("strides") or (1, 1)
    if x.ndim != 4 or layer.setting("padding") not in ("valid", "same"):
        raise ValueError
    if layer.setting("padding") == "same":
        around = [(0, 0)]
        for side, wide, stride in zip(x.shape[1:3], size, strides, strict=True):
            more = max((-(-side // stride) - 1) * stride + wide - side, 0)
            around.append((more // 2, more - more // 2))
        x = np.pad(x, [*around, (0, 0)], constant_values=fill)
    bounded(x.size, *size)
    views: Array = np.lib.stride_tricks.sliding_window_view(x, tuple(size), axis=(1, 2))
    return views[:, :: strides[0], :: strides[1]]


def _dropout(
    layer: Layer, own: Sequence[Array], x: Array, noise: np.random.Generator | None
) -> Array:
    rate = layer.setting("rate")
    if noise is None or rate == 0:
        return x
    kept = noise.random(x.shape, dtype=np.float32) >= rate
    return np.asarray(x * kept / np.float32(1 - rate))


def _linear(layer: Layer, own: Sequence[Array], x: Array, noise: object) -> Array:
    return _dense(layer, [own[0].T, *own[1:]], x, noise)


def _channels_last(compute: Callable[..., Array]) -> Callable[..., Array]:
    """A step on images whose channels are last, for those of PyTorch, whose are first."""

    def turned(layer: Layer, own: Sequence[Array], x: Array, noise: object) -> Array:
        if x.ndim != 4:
            raise ValueError
        return compute(layer, own, x.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)

    return turned


def _conv2d_first(layer: Layer, own: Sequence[Array], x: Array) -> Array:
    if layer.setting("dilation") != (1, 1) or layer.setting("groups") != 1:
        raise ValueError
    windows = _windows_of(layer, x, own[0].shape[2:], 0.0)
    bounded(*windows.shape[:3], len(own[0]))
    z: Array = np.tensordot(windows, own[0], axes=([3, 4, 5], [1, 2, 3]))
    return np.asarray(z + own[1] if len(own) > 1 else z)


def _pooled_first(reduce: Callable[..., Array], fill: float) -> Callable[..., Array]:
    def pool(layer: Layer, own: Sequence[Array], x: Array) -> Array:
        windows = _windows_of(layer, x, layer.setting("kernel_size"), fill)
        return np.asarray(reduce(windows, axis=(4, 5)))

    return _channels_last(pool)


def _windows_of(layer: Layer, x: Array, size: tuple[int, int], fill: float) -> Array:
    """As `_windows`, with strides and padding in PyTorch's words."""
    (rows, columns), strides = layer.setting("padding"), layer.setting("stride")
    bounded(x.shape[0], x.shape[1] + 2 * rows, x.shape[2] + 2 * columns, x.shape[3])
    around = ((0, 0), (rows, rows), (columns, columns), (0, 0))
    x = np.pad(x, around, constant_values=fill)
    settings = (("padding", "valid"), ("strides", strides))
    return _windows(Layer("", None, 0, settings=settings), x, size, fill)


def _averaged(layer: Layer, own: Sequence[Array], x: Array, noise: object) -> Array:
    if x.ndim != 4 or layer.setting("output_size") != (1, 1):
        raise ValueError
    return np.asarray(x.mean(axis=(2, 3), keepdims=True))


def _normalised_first(layer: Layer, own: Sequence[Array], x: Array, noise: object) -> Array:
    if noise is not None:
        raise ValueError
    places = (1, -1, *(1,) * (x.ndim - 2))
    scale, shift, mean, variance = (each.reshape(places) for each in own)
    eps = np.float32(layer.setting("eps"))
    return np.asarray((x - mean) / np.sqrt(variance + eps) * scale + shift)


def _normalised(layer: Layer, own: Sequence[Array], x: Array, noise: object) -> Array:
    if noise is not None:
        raise ValueError
    scale, shift, mean, variance = own
    return np.asarray((x - mean) / np.sqrt(variance + 1e-3) * scale + shift)


def _silent(layer: Layer, own: Sequence[Array], x: Array, noise: object) -> Array:
    """Of another noise than dropout's: nothing outside of training, and unknown in it."""
    if noise is not None:
        raise ValueError
    return x


def _rescaled(layer: Layer, own: Sequence[Array], x: Array, noise: object) -> Array:
    scale, offset = (np.float32(layer.setting(name)) for name in ("scale", "offset"))
    return np.asarray(x * scale + offset)


_steps: Mapping[str, Callable[..., Array]] = {
    "Dense": _dense,
    "Conv2D": _conv2d,
    "MaxPooling2D": _pooled(np.max, -np.inf),
    "AveragePooling2D": _pooled(np.nanmean, np.nan),
    "GlobalAveragePooling2D": lambda layer, own, x, noise: x.mean(axis=(1, 2)),
    "GlobalMaxPooling2D": lambda layer, own, x, noise: x.max(axis=(1, 2)),
    "Flatten": lambda layer, own, x, noise: x.reshape(len(x), -1),
    "Reshape": lambda layer, own, x, noise: x.reshape(len(x), *layer.shape),
    "Dropout": _dropout,
    "Identity": lambda layer, own, x, noise: x,
    "Activation": lambda layer, own, x, noise: x,
    "Rescaling": _rescaled,
    "BatchNormalization": _normalised,
    "Linear": _linear,
    "Conv2d": _channels_last(_conv2d_first),
    "MaxPool2d": _pooled_first(np.max, -np.inf),
    "AvgPool2d": _pooled_first(np.mean, 0.0),
    "AdaptiveAvgPool2d": _averaged,
    "BatchNorm1d": _normalised_first,
    "BatchNorm2d": _normalised_first,
    **dict.fromkeys(
        (
            "AlphaDropout",
            "Dropout with a noise_shape",
            "GaussianDropout",
            "GaussianNoise",
            "SpatialDropout2D",
        ),
        _silent,
    ),
}


def is_known(layer: Layer) -> bool:
    """True if it is computed here, as what it says it is."""
    return layer.kind in _steps and layer.activation in ACTIVATIONS


def weight_shapes(network: Network) -> list[list[tuple[int, ...]]]:
    """For each layer the shapes of its weights. Raises Unknown where they do not follow."""
    found: list[list[tuple[int, ...]]] = []
    fed = network.inputs
    for layer in network.layers:
        if not layer.parameters:
            found.append([])
        elif layer.kind in ("Dense", "Conv2D") and layer.shape and None not in fed:
            window = layer.setting("kernel_size") if layer.kind == "Conv2D" else ()
            kernel = (*window, int(fed[-1] or 0), int(layer.shape[-1] or 0))
            biased = layer.parameters > math.prod(kernel)
            found.append([kernel, kernel[-1:]] if biased else [kernel])
        elif layer.kind in ("Linear", "Conv2d") and layer.units and None not in fed:
            window = layer.setting("kernel_size") if layer.kind == "Conv2d" else ()
            into = int(fed[0 if window else -1] or 0)
            kernel = (layer.units, into, *window)
            biased = layer.parameters > math.prod(kernel)
            found.append([kernel, kernel[:1]] if biased else [kernel])
        else:
            raise Unknown(layer.kind)
        fed = layer.shape or ()
    return found
