"""Compare two networks layer by layer: what is missing, what is too much, what differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Any

from autograder.judging.outcome import Block
from autograder.model import Evidence
from autograder.structure import Layer, Network

_SIZES = {
    "Dense": ("unit", "units"),
    "Conv1D": ("filter", "filters"),
    "Conv2D": ("filter", "filters"),
}
_NAMES = {
    "kernel_size": "kernels of the size",
    "pool_size": "windows of the size",
    "strides": "strides of",
    "padding": "the padding",
    "rate": "the rate",
    "scale": "the scale",
    "offset": "the offset",
}


def compare_networks(wanted: Network, found: Network) -> Iterator[Block]:
    """One block for the inputs, one for each layer that is wanted, one for all others.

    Layers are numbered as the student's model has them. One that is missing costs itself
    alone: the others are compared with those that they stand for.
    """
    partners, extra = _aligned(wanted.layers, found.layers)
    layers = []
    for number, layer in enumerate(wanted.layers, 1):
        where = f"layer {number}"
        index = partners.get(number - 1)
        if index is None:
            message = f"A layer is missing: {said(layer)} as layer {number}."
            evidence = Evidence(where, said(layer), "missing")
            layers.append(Block(where, 0.0, message, evidence=evidence))
        else:
            layers.append(_compare_layers(where, index + 1, layer, found.layers[index]))
    around = (_compare_inputs(wanted, found), _compare_rest(found, extra))
    if not any(layer.credit for layer in layers):  # an empty model has earned nothing yet
        around = (replace(around[0], credit=0.0), replace(around[1], credit=0.0))
    yield around[0]
    yield from layers
    yield around[1]


def said(layer: Layer) -> str:
    """A layer in a few words: "Dense with 64 units and relu"."""
    words = []
    if layer.kind in _SIZES and layer.shape:
        words.append(_sized(layer))
    words += [f"{_NAMES[name]} {value}" for name, value in layer.settings if name == "rate"]
    if layer.activation != "linear":
        words.append(layer.activation)
    return layer.kind + (f" with {' and '.join(words)}" if words else "")


def _aligned(
    wanted: tuple[Layer, ...], found: tuple[Layer, ...]
) -> tuple[dict[int, int], list[int]]:
    """Which found layer stands for which wanted one, and the found ones that stand for none.

    Layers are matched exactly first, so that in a row of alike kinds the one that is missing
    is the one that is named, and then by kind between two that match.
    """
    partners: dict[int, int] = {}
    extra: list[int] = []
    exact = SequenceMatcher(None, [_look(x) for x in wanted], [_look(x) for x in found], False)
    for tag, a, b, c, d in exact.get_opcodes():
        if tag == "equal":
            partners.update(zip(range(a, b), range(c, d), strict=True))
            continue
        ours, theirs = ([layer.kind for layer in part] for part in (wanted[a:b], found[c:d]))
        inner = SequenceMatcher(None, ours, theirs, False)
        left = set(range(c, d))
        for block in inner.get_matching_blocks():
            for step in range(block.size):
                partners[a + block.a + step] = c + block.b + step
                left.discard(c + block.b + step)
        extra += sorted(left)
    return partners, extra


def _look(layer: Layer) -> tuple[Any, ...]:
    size = layer.shape[-1] if layer.kind in _SIZES and layer.shape else None
    return layer.kind, size, layer.activation, layer.settings


def _compare_inputs(wanted: Network, found: Network) -> Block:
    if found.inputs == wanted.inputs:
        return Block("inputs", 1.0)
    return Block(
        "inputs",
        0.0,
        f"The model takes examples of the shape {found.inputs}; {wanted.inputs} is needed.",
        evidence=Evidence("inputs", str(wanted.inputs), str(found.inputs)),
    )


def _compare_layers(where: str, number: int, wanted: Layer, found: Layer) -> Block:
    """Size, activation and settings count alike; the parameters follow from the size."""
    named = f"Layer {number} ({found.kind})"
    points = [found.activation == wanted.activation]
    parts = []
    if wanted.activation != found.activation:
        has = f"uses {found.activation}"
        has = has if found.activation != "linear" else "has no activation"
        needs = wanted.activation if wanted.activation != "linear" else "none"
        parts.append(f"{has}; {needs} is needed")
    if wanted.kind in _SIZES:
        right = bool(found.shape and wanted.shape and found.shape[-1] == wanted.shape[-1])
        points.append(right)
        if not right:
            parts.append(f"has {_sized(found)}; {_size(wanted)} are needed")
    given = dict(found.settings)
    for name, value in wanted.settings:
        points.append(given.get(name) == value)
        if given.get(name) != value:
            parts.append(f"has {_NAMES[name]} {given.get(name)}; {value} is needed")
    if not parts and wanted.parameters != found.parameters:
        points.append(False)
        parts.append(
            f"has {found.parameters:,} parameters; {wanted.parameters:,} are needed, so it is "
            f"fed by another shape or leaves its biases out"
        )
    if not parts:
        return Block(where, 1.0)
    credit = sum(points) / len(points) if wanted.kind in _SIZES or wanted.settings else 0.0
    return Block(
        where,
        credit,
        f"{named} {', and '.join(parts)}.",
        evidence=Evidence(where, said(wanted), said(found)),
    )


def _compare_rest(found: Network, extra: list[int]) -> Block:
    if not extra:
        return Block("no other layers", 1.0)
    names = ", ".join(f"layer {index + 1} ({said(found.layers[index])})" for index in extra)
    more = "One layer is" if len(extra) == 1 else f"{len(extra)} layers are"
    return Block(
        "no other layers",
        0.0,
        f"{more} not asked for: {names}.",
        evidence=Evidence("no other layers", "none", names),
    )


def _size(layer: Layer) -> Any:
    return layer.shape[-1] if layer.shape else "?"


def _sized(layer: Layer) -> str:
    one, many = _SIZES[layer.kind]
    return f"{_size(layer)} {one if _size(layer) == 1 else many}"
