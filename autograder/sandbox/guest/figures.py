"""The figure that a submission has drawn, as plain data, for checks that look at it."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import Any

from numpy import array, column_stack, concatenate, float64, zeros

from autograder.sandbox.guest import standins

MOST_AXES = 12
MOST_LINES = 41  # one more than a figure with few lines has, so that too many are seen
_closed: list[Any] = []  # axes of figures that were closed: as a rule, after they were shown


def begin() -> None:
    """Forget what was drawn before. Raises RuntimeError where nothing is drawn at all."""
    if standins.is_stood_in("matplotlib"):
        raise RuntimeError(
            'nothing is drawn here: say preload = ["numpy", "matplotlib.pyplot"] in '
            "assignment.toml"
        )
    plt = _pyplot()
    plt.close("all")
    _closed.clear()
    if not isinstance(plt.close, _Close):
        plt.close = _Close(plt.close)


def drawn() -> list[dict[str, Any]]:
    """Each of the axes that were drawn on, in all figures: its texts, and its data."""
    plt = _pyplot()
    plt.close("all")
    return [_axes(one) for one in _closed[:MOST_AXES] if one.has_data()]


class _Close:
    """`plt.close`, which keeps what was drawn so far."""

    def __init__(self, close: Any) -> None:
        self._close = close

    def __call__(self, *which: Any, **named: Any) -> None:
        plt = _pyplot()
        there = [one for number in plt.get_fignums() for one in plt.figure(number).axes]
        _closed.extend(one for one in there if one not in _closed)
        self._close(*which, **named)


def _pyplot() -> Any:
    return importlib.import_module("matplotlib.pyplot")


def _axes(axes: Any) -> dict[str, Any]:
    legend = axes.get_legend()
    title = axes.get_title() or axes.get_title("left") or axes.get_title("right")
    suptitle = getattr(axes.figure, "_suptitle", None)
    return {
        "title": title or (suptitle.get_text() if suptitle else ""),
        "x": axes.get_xlabel(),
        "y": axes.get_ylabel(),
        "legend": [text.get_text() for text in legend.get_texts()] if legend else [],
        "lines": [_pairs(*line.get_data(orig=False)) for line in axes.get_lines()[:MOST_LINES]],
        "points": _joined(one.get_offsets() for one in axes.collections),
        "bars": _heights(axes),
        "image": axes.images[-1].get_array().astype(float64).filled(float("nan"))
        if axes.images
        else None,
    }


def _pairs(x: Any, y: Any) -> Any:
    return column_stack([array(x, float64).ravel(), array(y, float64).ravel()])


def _joined(offsets: Iterable[Any]) -> Any:
    found = [array(each, float64).reshape(-1, 2) for each in offsets]
    return concatenate(found) if found else zeros((0, 2))


def _heights(axes: Any) -> Any:
    """The middle and the height of each bar; of bars that lie, of the place and the width."""
    bars = [bar for group in axes.containers for bar in getattr(group, "patches", ())]
    lying = bool(axes.containers) and getattr(axes.containers[0], "orientation", "") == (
        "horizontal"
    )
    if lying:
        pairs = [(bar.get_y() + bar.get_height() / 2, bar.get_width()) for bar in bars]
    else:
        pairs = [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in bars]
    return array(pairs, float64).reshape(-1, 2)
