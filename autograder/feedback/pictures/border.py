"""The line between the classes of a plane, where a picture has points enough to tell it."""

from __future__ import annotations

import numpy as np

from autograder.feedback.pictures.drawing import INK, tag
from autograder.feedback.pictures.leaves import Array

CELLS = 40  # along each side
LEAST, MOST = 100, 2000  # points: of fewer, the line would be a guess


def border(x: Array, y: Array, classes_of: Array, left: float, top: float, side: float) -> str:
    """The path between places whose nearest points are of different classes.

    x, y         where the points are drawn, in pixels, (m,).
    classes_of   the class of each, (m,).
    left, top    the corner of the square in which it is drawn, with this side.

    "" where there are too few points, or too many, or only one class.
    """
    if not LEAST <= x.size <= MOST or np.unique(classes_of).size < 2:
        return ""
    step = side / CELLS
    middles = (np.arange(CELLS) + 0.5) * step
    across, down = (a.ravel() for a in np.meshgrid(left + middles, top + middles))
    # |p - q|^2 without |p|^2, which is the same for all points q.
    far = x**2 + y**2 - 2 * (np.outer(across, x) + np.outer(down, y))
    kinds = classes_of[np.argmin(far, axis=1)].reshape(CELLS, CELLS)
    path = [
        f"M{left + (column + 1) * step:.1f} {top + row * step:.1f}v{step:.1f}"
        for row, column in np.argwhere(kinds[:, 1:] != kinds[:, :-1])
    ]
    path += [
        f"M{left + column * step:.1f} {top + (row + 1) * step:.1f}h{step:.1f}"
        for row, column in np.argwhere(kinds[1:] != kinds[:-1])
    ]
    attributes: dict[str, str | float] = {
        "d": "".join(path),
        "fill": "none",
        "stroke": INK,
        "stroke_width": 1.5,
    }
    return tag("path", attributes) if path else ""
