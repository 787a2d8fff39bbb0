"""Numbers that belong to rounds: a cost over the iterations, beside the right one."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from autograder.feedback.pictures.drawing import (
    RIGHT,
    SIZE,
    WRONG,
    figure,
    line,
    panel,
    way,
    words,
)
from autograder.feedback.pictures.leaves import Array, Leaf, numbers, short, span

WIDTH, HEIGHT, LEFT = 360.0, 180.0, 60.0
MOST = 200  # points of a curve
LEAST = 3
_ROUNDS = re.compile(r"cost|error|loss|sums|mistake", re.IGNORECASE)
# The last number of a line in which a round is told: "Cost after iteration 10: 0.52".
_TOLD = re.compile(
    r"(?:cost|loss|error)\D{0,40}?(?:\d+\D{1,20}?)?(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|nan|inf)\s*$",
    re.IGNORECASE,
)


def curves(leaf: Leaf) -> str | None:
    """Both curves, where the part is called like a cost; None for anything else."""
    wanted, found = numbers(leaf.wanted), numbers(leaf.found)
    if not any(_ROUNDS.search(str(step)) for step in leaf.path) or wanted is None:
        return None
    if wanted.ndim != 1 or wanted.size < LEAST or found is None or found.ndim != 1:
        return None
    if not found.size:
        return None
    name = f"{leaf.name}, round by round"
    return figure(name, _panel(name, [("right", wanted), ("yours", found)]))


def printed(text: str, function: str) -> str | None:
    """The costs that a training has printed; None where it has printed none."""
    found = []
    for said in text[:100_000].split("\n"):
        if len(said) <= 200 and (match := _TOLD.search(said.strip())):
            found.append(float(match[1]))
    costs = numbers(found) if len(found) >= LEAST else None
    if costs is None:
        return None
    name = f"What {function} has printed, line by line"
    return figure(name, _panel(name, [("yours", costs)]))


def _panel(label: str, series: Sequence[tuple[str, Array]]) -> str:
    drawn = [(name, values[_chosen(values.size)], values.size) for name, values in series]
    low, high = span(*(values for _, values, _ in drawn))
    longest = max(size for _, _, size in drawn)
    bottom, top = HEIGHT - 2 * SIZE, SIZE * 1.5
    parts = [
        line(LEFT, bottom, WIDTH, bottom, stroke_opacity=0.5),
        line(LEFT, top, LEFT, bottom, stroke_opacity=0.5),
        words(LEFT - 5, top + 5, short(high), "end"),
        words(LEFT - 5, bottom, short(low), "end"),
        words(LEFT, HEIGHT - 6, "1", "middle"),
        words(WIDTH - 4, HEIGHT - 6, str(longest), "end"),
    ]
    said = []
    for number, (name, values, size) in enumerate(drawn):
        mine = name == "yours"
        colour, dashes = (WRONG, "6 4") if mine else (RIGHT, "none")
        rounds = _chosen(size)
        points = [
            (
                LEFT + (WIDTH - LEFT - 6) * n / max(1, longest - 1),
                bottom - (bottom - top) * (value - low) / (high - low),
            )
            for n, value in zip(rounds, values, strict=True)
            if np.isfinite(value)
        ]
        parts.append(way(points, stroke=colour, stroke_width=2, stroke_dasharray=dashes))
        x = LEFT + 20 + 110 * number
        parts.append(
            line(x, 8, x + 26, 8, stroke=colour, stroke_width=2, stroke_dasharray=dashes)
        )
        parts.append(words(x + 32, 12, name))
        ends = [short(float(values[place])) for place in (0, -1)]
        said.append(f"{name} goes from {ends[0]} to {ends[1]} in {size} rounds")
        if not np.all(np.isfinite(values)):
            said[-1] += ", and is not finite in between"
    return panel(WIDTH, HEIGHT, parts, f"{label}: {'; '.join(said)}.")


def _chosen(size: int) -> np.ndarray:
    """The rounds that are drawn."""
    return np.unique(np.linspace(0, size - 1, min(size, MOST)).astype(int))
