"""A model's layers beside those that are needed, with the wrong ones marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from autograder.feedback.pictures.drawing import (
    INK,
    SIZE,
    WRONG,
    box,
    cross,
    figure,
    line,
    panel,
    words,
)
from autograder.feedback.pictures.leaves import Leaf
from autograder.judging.networks import compare_networks, said
from autograder.networks.nouns import Layer, Network

WIDTH, HEIGHT, GAP = 270.0, 34.0, 14.0
MOST = 30  # layers that are drawn
MOST_LETTERS = 34
_NUMBER = re.compile(r"layer (\d+)$")
_FOUND = re.compile(r"^Layer (\d+) ")


def layers(leaf: Leaf) -> str | None:
    """Both models; None where they are none, or nothing is wrong with a layer."""
    wanted, found = leaf.wanted, leaf.found
    if not isinstance(wanted, Network) or not isinstance(found, Network):
        return None
    blocks = [block for block in compare_networks(wanted, found) if block.credit < 1]
    needed = {int(m[1]) for block in blocks if (m := _NUMBER.match(block.where))}
    wrong = {int(m[1]) for block in blocks if (m := _FOUND.match(block.message))}
    if not needed and wanted.inputs == found.inputs and len(wanted.layers) == len(found.layers):
        return None
    missing = [f"{said(wanted.layers[n - 1])} as layer {n}" for n in sorted(needed)]
    title = f"Not as it should be: {', '.join(missing)}" if missing else "The layers"
    return figure(
        title,
        _panel("what is needed", wanted, needed),
        _panel("yours", found, wrong),
    )


def _panel(name: str, network: Network, marked: Collection[int]) -> str:
    drawn: Sequence[Layer] = network.layers[:MOST]
    parts = [words(0, SIZE, name)]
    top = SIZE + 8.0
    parts += _box(top, f"input {_shape(network.inputs)}", "", False)
    for number, layer in enumerate(drawn, 1):
        y = top + number * (HEIGHT + GAP)
        parts.append(line(WIDTH / 2, y - GAP, WIDTH / 2, y - 1, stroke_width=1.5))
        told = f"{number}. {_cut(said(layer))}"
        below = "" if layer.shape is None else f"gives {_shape(layer.shape)}"
        parts += _box(y, told, below, number in marked)
    rest = len(network.layers) - len(drawn)
    height = top + (len(drawn) + 1) * (HEIGHT + GAP)
    if rest:
        parts.append(words(WIDTH / 2, height, f"and {rest} more", "middle"))
    label = f"{name}: {len(network.layers)} layers"
    if marked:
        label += f"; wrong is layer {', '.join(map(str, sorted(marked)))}"
    return panel(WIDTH + 2, height + SIZE, parts, label)


def _box(y: float, told: str, below: str, wrong: bool) -> list[str]:
    colour, wide = (WRONG, 3.0) if wrong else (INK, 1.0)
    parts = [box(1, y, WIDTH - 2, HEIGHT, rx=5, stroke=colour, stroke_width=wide)]
    parts.append(words(10, y + (15 if below else 21), told))
    if below:
        parts.append(words(10, y + 28, below, font_size=10, fill_opacity=0.75))
    if wrong:
        parts.append(cross(WIDTH - 16, y + HEIGHT / 2, 5, stroke_width=3))
    return parts


def _shape(shape: Sequence[int | None]) -> str:
    return _cut(" x ".join("?" if size is None else str(size) for size in shape))


def _cut(told: str) -> str:
    return told if len(told) <= MOST_LETTERS else f"{told[: MOST_LETTERS - 1]}…"
