"""A matrix beside the right one: what is large, and which entries differ."""

from __future__ import annotations

import numpy as np

from autograder.feedback.pictures.drawing import (
    INK,
    RIGHT,
    SIZE,
    WRONG,
    box,
    cross,
    figure,
    panel,
    words,
)
from autograder.feedback.pictures.leaves import Array, Leaf, numbers, short, span

ROWS, COLUMNS = 12, 24  # that are drawn
NUMBERED = 6  # columns up to which each entry is written
LEAST = 4  # entries: fewer are told in words


def matrices(leaf: Leaf) -> str | None:
    """Both matrices; None where they are not two of one shape."""
    wanted, found = numbers(leaf.wanted), numbers(leaf.found)
    if wanted is None or found is None or wanted.shape != found.shape:
        return None
    if wanted.ndim not in (1, 2) or wanted.size < LEAST:
        return None
    wrong = _differing(np.atleast_2d(wanted), np.atleast_2d(found))
    count = int(wrong.sum())
    if not count:
        return None
    cut = np.s_[:ROWS, :COLUMNS]
    right, mine, marked = np.atleast_2d(wanted)[cut], np.atleast_2d(found)[cut], wrong[cut]
    most = max(map(abs, span(right, mine)))
    part = "" if mine.size == found.size else f" The first {mine.shape[0]} x {mine.shape[1]}."
    title = f"{leaf.name}: {count} of {found.size} entries differ.{part}"
    return figure(
        title,
        _panel("right", right, np.zeros_like(marked), most),
        _panel("yours, with the entries that differ in a frame", mine, marked, most),
    )


@np.errstate(all="ignore")
def _differing(wanted: Array, found: Array) -> np.ndarray:
    scale = float(np.abs(wanted[np.isfinite(wanted)]).max(initial=0.0))
    return ~np.isclose(found, wanted, rtol=1e-6, atol=1e-6 * scale + 1e-12, equal_nan=True)


def _panel(name: str, values: Array, marked: np.ndarray, most: float) -> str:
    rows, columns = values.shape
    written = columns <= NUMBERED
    width, height = (62.0, 24.0) if written else (max(10.0, min(24.0, 300 / columns)), 16.0)
    parts = [words(0, SIZE, name)]
    for (row, column), value in np.ndenumerate(values):
        x, y = 1 + column * width, SIZE + 7 + row * height
        parts.append(_cell(x, y, width, height, float(value), most))
        if written:
            said = short(float(value))
            parts.append(words(x + width / 2, y + height - 7, said, "middle", font_size=11))
        if marked[row, column]:
            frame = box(x + 1, y + 1, width - 3, height - 3, stroke=WRONG, stroke_width=2)
            parts.append(frame)
    wide = max(columns * width + 2, 7 * len(name))
    said = f"{name}: {rows} rows and {columns} columns, {int(marked.sum())} entries differ"
    return panel(wide, SIZE + 9 + rows * height, parts, said)


def _cell(x: float, y: float, width: float, height: float, value: float, most: float) -> str:
    """Blue above zero, grey below, and stronger the further away from it."""
    if not np.isfinite(value):
        return cross(x + width / 2, y + height / 2, 4, stroke=INK)
    colour = RIGHT if value > 0 else "#808080"
    strength = min(1.0, abs(value) / most) if most else 0.0
    return box(
        x,
        y,
        width - 1,
        height - 1,
        fill=colour,
        fill_opacity=0.5 * strength,
        stroke=INK,
        stroke_opacity=0.25,
    )
