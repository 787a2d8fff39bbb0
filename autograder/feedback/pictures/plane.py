"""Points of a plane with their classes, and the line between these: right, and predicted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from autograder.feedback.pictures.border import border
from autograder.feedback.pictures.drawing import (
    RIGHT,
    SIZE,
    WRONG,
    box,
    dot,
    figure,
    panel,
    tag,
    words,
)
from autograder.feedback.pictures.leaves import Array, numbers, span
from autograder.solution.heard import Attribute, Call

SIDE = 240.0
MOST_POINTS, LEAST_POINTS, MOST_CLASSES = 300, 20, 6
COLOURS = (RIGHT, "#b8860b", "#2e9e5b", "#b565c9", "#808080", "#5bc0de")


def plane(events: Sequence[Call | Attribute], predicted: Array, labels: Array) -> str | None:
    """Both pictures; None where the examples are no points of a plane.

    predicted, labels   the class of each example, (m,).
    """
    points = _points(events, predicted.size)
    if points is None or predicted.size != labels.size:
        return None
    classes = np.unique(labels[np.isfinite(labels)])
    if not 1 < classes.size <= MOST_CLASSES:
        return None
    wrong = predicted != labels
    if not wrong.any():
        return None
    chosen = _sample(predicted.size, wrong)
    title = f"Your answer is wrong for {int(wrong.sum())} of {labels.size} points"
    return figure(
        title,
        _panel("what is right", points, labels, np.zeros_like(wrong), classes, chosen),
        _panel(
            "yours, with the wrong ones in a ring", points, predicted, wrong, classes, chosen
        ),
    )


def _points(events: Sequence[Call | Attribute], count: int) -> Array | None:
    """The last two features of so many examples that were passed, as (m, 2)."""
    for array in _passed(reversed(events)):
        if array.ndim == 2 and 2 in array.shape and count in array.shape:
            found: Array = array if array.shape == (count, 2) else array.T
            if found.shape == (count, 2) and count >= LEAST_POINTS and np.isfinite(found).all():
                return found
    return None


def _passed(events: Iterator[Call | Attribute]) -> Iterator[Array]:
    for event in events:
        if isinstance(event, Call):
            for value in (*event.args, *event.kwargs.values()):
                if isinstance(value, np.ndarray) and (array := numbers(value)) is not None:
                    yield array


def _sample(count: int, wrong: np.ndarray) -> np.ndarray:
    """The points that are drawn: of many, some, and as large a share of them wrong."""
    if count <= MOST_POINTS:
        return np.arange(count)
    order: np.ndarray = np.argsort(wrong, kind="stable")
    return np.take(order, np.linspace(0, count - 1, MOST_POINTS).astype(int))


def _panel(
    name: str,
    points: Array,
    classes_of: Array,
    ringed: np.ndarray,
    classes: Array,
    chosen: np.ndarray,
) -> str:
    (left, right), (low, high) = span(points[:, 0]), span(points[:, 1])
    top = SIZE + 6
    x = 8 + (SIDE - 16) * (points[:, 0] - left) / (right - left)
    y = top + 8 + (SIDE - 16) * (high - points[:, 1]) / (high - low)
    between = border(x, y, classes_of, 0.5, top, SIDE)
    parts = [words(0, SIZE, name), box(0.5, top, SIDE, SIDE, stroke_opacity=0.5), between]
    for n in chosen:
        here = float(x[n]), float(y[n])
        kind = np.flatnonzero(classes == classes_of[n])
        parts.append(_mark(*here, int(kind[0]) if kind.size else -1))
        if ringed[n]:
            parts.append(dot(*here, 6, fill="none", stroke=WRONG, stroke_width=2))
    said = f"{name}: {chosen.size} points"
    if between:
        said += ", with the line where the class of the nearest one changes"
    if ringed.any():
        said += f"; {int(ringed.sum())} of {ringed.size} are wrong"
    return panel(SIDE + 2, top + SIDE + 2, parts, said)


def _mark(x: float, y: float, kind: int) -> str:
    """A shape and a colour for each class; any other class has a star."""
    if kind < 0:
        return words(x, y + 4, "*", "middle")
    colour = COLOURS[kind]
    if kind == 0:
        return dot(x, y, 3, fill=colour)
    if kind == 1:
        return box(x - 2.5, y - 2.5, 5, 5, stroke=colour, stroke_width=1.5)
    shape = (
        f"M{x:.1f} {y - 4:.1f}l4 7h-8z"
        if kind == 2
        else f"M{x:.1f} {y - 4:.1f}l4 4l-4 4l-4 -4z"
    )
    return tag("path", {"d": shape, "fill": "none" if kind % 2 else colour, "stroke": colour})
