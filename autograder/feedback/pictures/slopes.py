"""A gradient beside the numeric one, parameter by parameter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.feedback.pictures.drawing import (
    RIGHT,
    SIZE,
    WRONG,
    cross,
    dot,
    figure,
    line,
    panel,
    words,
)
from autograder.feedback.pictures.leaves import Array, Leaf, numbers, short, span
from autograder.judging.gradient import Numeric

SIDE = 150.0
MOST_POINTS, MOST_BLOCKS = 150, 8


def slopes(parts: Sequence[Leaf]) -> str | None:
    """For each parameter, its numeric slopes to the right and the student's upwards."""
    panels = []
    for leaf in parts[:MOST_BLOCKS]:
        if not isinstance(leaf.wanted, Numeric) or leaf.wanted.directions is not None:
            return None
        numeric, own = numbers(leaf.wanted.value), numbers(leaf.found)
        if numeric is not None and own is not None and numeric.size == own.size > 0:
            panels.append(_panel(leaf.name, numeric.ravel(), own.ravel()))
    if not panels:
        return None
    title = "Your gradient over the numeric one: right is what lies on the line"
    return figure(title, *panels)


def _panel(name: str, numeric: Array, own: Array) -> str:
    chosen = np.unique(np.linspace(0, own.size - 1, min(own.size, MOST_POINTS)).astype(int))
    low, high = span(numeric, own)
    scale = max(abs(low), abs(high))
    near = np.abs(own - numeric) <= 1e-3 * np.maximum(np.abs(numeric), 1e-3 * scale)
    top = SIZE + 6

    def place(value: float, up: bool) -> float:
        share = (value - low) / (high - low)
        return top + 6 + (SIDE - 12) * (1 - share) if up else 6 + (SIDE - 12) * share

    parts = [
        words(0, SIZE, f"{name}: {int(near.sum())} of {own.size} on the line"),
        line(0, top, 0, top + SIDE, stroke_opacity=0.5),
        line(0, top + SIDE, SIDE, top + SIDE, stroke_opacity=0.5),
        line(6, top + SIDE - 6, SIDE - 6, top + 6, stroke=RIGHT, stroke_dasharray="4 3"),
        words(0, top + SIDE + SIZE + 2, short(low)),
        words(SIDE, top + SIDE + SIZE + 2, short(high), "end"),
    ]
    for n in chosen:
        if np.isfinite(own[n]):
            x, y = place(float(numeric[n]), False), place(float(own[n]), True)
            parts.append(
                dot(x, y, 3.5, fill=RIGHT)
                if near[n]
                else cross(x, y, 4, stroke=WRONG, stroke_width=2)
            )
    said = f"{name}: {int(near.sum())} of {own.size} slopes agree with the numeric ones"
    return panel(SIDE + 30, top + SIDE + SIZE + 6, parts, said)
