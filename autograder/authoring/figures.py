"""Figures that a submission draws, as answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.authoring.helpers import library
from autograder.authoring.seen import NO_FUNCTION, Seen
from autograder.errors import WrongAnswer

_GUEST = "autograder.sandbox.guest.figures"
_TEXTS = ("title", "x", "y")
MOST = 200_000  # numbers of one part


@dataclass(frozen=True)
class Axes:
    """One pair of axes: its texts, and what is drawn on it.

    lines    for each its points, (n, 2), in an order that does not depend on how it was drawn.
    points   of a scatter plot, (n, 2).
    bars     the place and the height of each, (n, 2); of a histogram as well.
    image    the numbers of `imshow`, or None.
    """

    title: str
    x: str
    y: str
    legend: tuple[str, ...]
    lines: tuple[Any, ...]
    points: Any
    bars: Any
    image: Any = None


@dataclass(frozen=True)
class Figure(Seen):
    """All axes that a call has drawn on.

    words   whether titles, labels and legends are asked for by their words.
    """

    axes: tuple[Axes, ...]
    words: bool = False

    @property
    def parts(self) -> Mapping[str, Any]:
        """The data of the axes, and which texts there are."""
        return {
            "axes": [
                {
                    "texts": [self._said(one.title), self._said(one.x), self._said(one.y)],
                    "legend": bool(one.legend),
                    "drawn": [*one.lines, one.points, one.bars],
                }
                for one in self.axes
            ]
        }

    def _said(self, text: str) -> str:
        return " ".join(text.lower().split()) if self.words else str(bool(text))

    @property
    def __description__(self) -> str:
        count = len(self.axes)
        return (
            f"a figure with {count} pair{'s' * (count != 1)} of axes" if count else "no figure"
        )


def figure(function: Callable[..., Any], *args: Any, words: bool = False) -> Figure:
    """The figure that a call draws: texts, lines, points, bars and images of each axes.

    Titles, labels and legends must be there where the reference has them; with ``words=True``
    they must say the same, in small or capital letters. Say
    ``preload = ["numpy", "matplotlib.pyplot"]`` in assignment.toml.

        return figure(solution.plot_costs, [3.0, 2.0, 1.5])
    """
    if not callable(function):
        raise WrongAnswer(NO_FUNCTION)
    module = library(function, _GUEST)
    with _aside(module):
        module.begin()
    function(*args)
    with _aside(module):
        found = module.drawn()
    if not isinstance(found, list):
        raise WrongAnswer("What was drawn cannot be read.")
    return Figure(tuple(map(_axes, found)), words)


def _aside(module: Any) -> AbstractContextManager[None]:
    make = getattr(type(module), "__aside__", None)
    return make(module) if make is not None else nullcontext()


def _axes(found: Any) -> Axes:
    """Axes as a guest tells them; it may say anything. Raises WrongAnswer."""
    match found:
        case {"legend": list(legend), "lines": list(lines), "points": points, "bars": bars}:
            texts = [found.get(name) for name in _TEXTS]
            pairs = [*lines, points, bars]
            if all(isinstance(text, str) for text in (*texts, *legend)) and all(
                map(_are_pairs, pairs)
            ):
                title, x, y = (text[:200] for text in texts)
                ordered = sorted(
                    lines, key=lambda line: (len(line), line.ravel()[:20].tolist())
                )
                image = found.get("image")
                return Axes(
                    title, x, y, tuple(text[:200] for text in legend[:50]), tuple(ordered),
                    _sorted(points), _sorted(bars), image if _is_image(image) else None,
                )  # fmt: skip
    raise WrongAnswer("What was drawn cannot be read.")


def _are_pairs(value: Any) -> bool:
    return (
        isinstance(value, np.ndarray)
        and value.dtype == np.float64
        and value.ndim == 2
        and value.shape[1] == 2
        and value.size <= MOST
    )


def _is_image(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype == np.float64 and value.size <= MOST


def _sorted(points: Any) -> Any:
    return points[np.lexsort((points[:, 1], points[:, 0]))]
