"""A network of weights as its units and their connections, with the wrong layer marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from autograder.feedback.pictures.drawing import (
    INK,
    SIZE,
    WRONG,
    cross,
    dot,
    figure,
    line,
    panel,
    words,
)
from autograder.feedback.pictures.leaves import Leaf
from autograder.solution.heard import Attribute, Call
from autograder.wording import listed

ACROSS, UNITS, STEP = 130.0, 7, 26.0
MOST_LAYERS = 6
_LAYER = re.compile(r"[A-Za-z]{1,6}_?(\d)$")


def network(events: Sequence[Call | Attribute], parts: Sequence[Leaf]) -> str | None:
    """The network whose weights were passed or set; None where no part tells a layer.

    parts   of the answer. `Z2`, `dW2` and what is called as a matrix of weights tell a layer.
    """
    weights = _weights(events)
    sizes = _sizes(list(weights.values()))
    if sizes is None:
        return None
    by_layer: dict[int, list[Leaf]] = {}
    for leaf in parts:
        layer = _layer(leaf, list(weights))
        if layer is not None and layer < len(weights):
            by_layer.setdefault(layer, []).append(leaf)
    wrong = {
        layer: [str(leaf.path[-1]) for leaf in leaves if not leaf.right]
        for layer, leaves in by_layer.items()
    }
    wrong = {layer: names for layer, names in wrong.items() if names}
    if not wrong or len(by_layer) < 2:
        return None
    told = [f"layer {layer + 1}: {listed(names)}" for layer, names in sorted(wrong.items())]
    title = f"Not right yet: {'; '.join(told)}"
    return figure(title, _panel(sizes, wrong, title))


def _weights(events: Sequence[Call | Attribute]) -> dict[str, Any]:
    """The matrices of weights, in order, by the names that the task has for them."""
    found: dict[str, Any] = {}
    for event in events:
        if isinstance(event, Attribute):
            found.setdefault(event.name, event.value)
            continue
        for value in (*event.args, *event.kwargs.values()):
            if isinstance(value, Mapping) and not found:
                found.update((k, v) for k, v in value.items() if isinstance(k, str))
    return {
        name: value
        for name, value in found.items()
        if name.lower().startswith("w") and isinstance(value, np.ndarray) and value.ndim == 2
    }


def _sizes(weights: Sequence[Any]) -> list[int] | None:
    """The units of each layer, from the inputs on; None where the matrices make no chain."""
    if not 1 < len(weights) <= MOST_LAYERS:
        return None
    for into, out in ((1, 0), (0, 1)):
        if all(one.shape[out] == other.shape[into] for one, other in pairwise(weights)):
            return [weights[0].shape[into], *(each.shape[out] for each in weights)]
    return None


def _layer(leaf: Leaf, names: Sequence[str]) -> int | None:
    """The number of the weight matrix that a part belongs to, from 0."""
    name = str(leaf.path[-1]) if leaf.path else ""
    if name in names:
        return names.index(name)
    if match := _LAYER.fullmatch(name):
        return int(match[1]) - 1
    return None


def _panel(sizes: Sequence[int], wrong: Mapping[int, Sequence[str]], label: str) -> str:
    height = STEP * min(max(sizes), UNITS) + 3 * SIZE
    units = [list(_places(size, height)) for size in sizes]
    parts = []
    for number, (before, after) in enumerate(pairwise(units)):
        bad = number in wrong
        colour, wide, seen = (WRONG, 1.6, 0.9) if bad else (INK, 0.8, 0.35)
        left, right = 30 + number * ACROSS, 30 + (number + 1) * ACROSS
        parts += [
            line(left, a, right, b, stroke=colour, stroke_width=wide, stroke_opacity=seen)
            for a in before
            for b in after
        ]
        if bad:
            middle = (left + right) / 2
            parts.append(cross(middle, height - 2.2 * SIZE, 6, stroke_width=3))
            parts.append(
                words(middle, height + 2, listed(list(wrong[number]), most=3), "middle")
            )
    for number, (size, places) in enumerate(zip(sizes, units, strict=True)):
        x = 30 + number * ACROSS
        parts += [dot(x, y, 7, fill="Canvas", stroke=INK, stroke_width=1.5) for y in places]
        named = "input" if number == 0 else f"layer {number}"
        more = "" if size <= UNITS else f" ({size})"
        parts.append(words(x, SIZE, named + more, "middle"))
    return panel(60 + ACROSS * (len(sizes) - 1), height + SIZE, parts, label)


def _places(size: int, height: float) -> Iterator[float]:
    drawn = min(size, UNITS)
    first = (height + SIZE / 2 - STEP * (drawn - 1)) / 2
    for n in range(drawn):
        yield first + n * STEP
