"""Figures are compared by what a person sees in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.authoring import Axes, Figure
from autograder.judging.compare import compare

STEPS = np.arange(0.0, 1000.0, 100.0)
COSTS = 0.5 / (1 + STEPS / 100)


def figure(*lines: Any) -> Figure:
    """A figure of these lines, each as the places and the values."""
    drawn = tuple(np.column_stack(line) for line in lines)
    none = np.zeros((0, 2))
    return Figure((Axes("", "", "", (), drawn, none, none),))


def said(wanted: Figure, found: Figure, **options: Any) -> list[str]:
    """The messages of all blocks that lose something."""
    return [b.message for b in compare(wanted, found, **options) if b.credit < 1]


def test_large_places_hide_no_wrong_value() -> None:
    """The places and the values have units of their own."""
    other = COSTS.copy()
    other[3] += 1e-4
    assert said(figure((STEPS, COSTS)), figure((STEPS, COSTS * (1 + 1e-9)))) == []
    assert said(figure((STEPS, COSTS)), figure((STEPS, other))) == [
        "The line goes through (300, 0.1251); (300, 0.125) is right."
    ]
    assert said(figure((STEPS, COSTS)), figure((STEPS, other)), tolerance=0.01) == []


def test_the_order_of_lines_does_not_count() -> None:
    """Nor does rounding decide which of two lines that begin alike is which."""
    one, other = (STEPS, COSTS), (STEPS, COSTS[0] + STEPS)
    shaken = (STEPS, COSTS * (1 + 1e-15))
    assert said(figure(one, other), figure(other, shaken)) == []
    assert said(figure(one, other), figure(one, one)) == [
        "Line 2 goes through (900, 0.05); (900, 900.5) is right."
    ]
