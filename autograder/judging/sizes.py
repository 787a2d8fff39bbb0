"""Groups of calls that may be given the same, by the size of their numbers alone.

To look at every entry of every call takes a second where there are a thousand.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from autograder.judging.closeness import as_array, wide

APART = 1e-5  # of the larger: beyond it, not even 10^8 entries are the same to 1e-9
LEAST = 1e-6


class Sizes:
    """The sizes of what many calls are given, by name; measured when somebody asks."""

    def __init__(self, calls: Sequence[Mapping[str, Any]]) -> None:
        """`calls` has the values of each call by their names."""
        self._calls = calls
        self._known: dict[str, np.ndarray[Any, Any]] = {}

    def may_be(self, given: Mapping[str, Any]) -> list[int]:
        """The places of all calls that may have these values, and of few others."""
        found = np.ones(len(self._calls), dtype=bool)
        for name, value in given.items():
            if name not in self._known:
                self._known[name] = np.array([size(call.get(name)) for call in self._calls])
            mine, theirs = size(value), self._known[name]
            with np.errstate(invalid="ignore"):  # nan is near to anything
                bound = APART * np.maximum(theirs, mine) + LEAST
                found &= ~(np.abs(theirs - mine) > bound)
        return [int(place) for place in np.flatnonzero(found)]


def size(value: Any) -> float:
    """The sum of the absolute numbers in a value; nan where it is no array and no number."""
    numbers = as_array(value)
    with np.errstate(over="ignore"):
        return math.nan if numbers is None else float(np.sum(np.abs(wide(numbers))))
