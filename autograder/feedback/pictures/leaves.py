"""The parts of an answer, each beside the right one, as numbers that can be drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.judging.closeness import as_array, is_structure, same
from autograder.judging.gradient import Numeric
from autograder.judging.outcome import Returned
from autograder.judging.words import subject
from autograder.solution.observed import Observed

Array = NDArray[np.float64]
Path = tuple[str | int, ...]
LARGEST = 1e150  # beyond, a number is drawn as this: sums and squares stay finite
MOST_NUMBERS = 4_000_000


@dataclass(frozen=True)
class Leaf:
    """One part: where it is, what is right, and what came; None where nothing did."""

    path: Path
    wanted: Any
    found: Any

    @property
    def right(self) -> bool:
        """True for the right one. A numeric gradient is compared by what draws it."""
        return isinstance(self.wanted, Numeric) or same(self.wanted, self.found)

    @property
    def name(self) -> str:
        """Its name, at the beginning of a sentence."""
        return subject(self.path)


def first_missed(seen: Observed) -> tuple[int, list[Leaf]]:
    """The number of the first case with a wrong part, and its parts; the first case if none."""
    chosen: tuple[int, list[Leaf]] | None = None
    for number, (answer, wanted) in enumerate(seen.answers):
        if not isinstance(answer, Returned):
            continue
        right = wanted.value if isinstance(wanted, Returned) else wanted
        found = list(leaves(right, answer.value))
        if not all(leaf.right for leaf in found):
            return number, found
        chosen = chosen or (number, found)
    return chosen or (0, [])


def leaves(wanted: Any, found: Any, path: Path = ()) -> Iterator[Leaf]:
    """The parts of what is right, in its order."""
    if isinstance(wanted, Mapping):
        theirs = found if isinstance(found, Mapping) else {}
        for key, value in wanted.items():
            yield from leaves(value, theirs.get(key), (*path, key))
    elif is_structure(wanted):
        items = found if isinstance(found, tuple | list) else ()
        for place, value in enumerate(wanted):
            mine = items[place] if place < len(items) else None
            yield from leaves(value, mine, (*path, place))
    else:
        yield Leaf(path, wanted, found)


def numbers(value: Any) -> Array | None:
    """The value as real numbers, none beyond `LARGEST`; None where it is something else."""
    array = as_array(value)
    if array is None or array.dtype.kind == "c" or array.size > MOST_NUMBERS:
        return None
    real = array.astype(np.float64)
    return np.where(np.isnan(real), np.nan, np.clip(real, -LARGEST, LARGEST))


def span(*arrays: Array) -> tuple[float, float]:
    """The smallest and the largest finite number; they differ by more than rounding."""
    finite = np.concatenate([a[np.isfinite(a)].ravel() for a in arrays] or [np.zeros(0)])
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    size = max(abs(low), abs(high), 1e-300)
    return (low, high) if high - low > 1e-9 * size else (low - size / 2, high + size / 2)


def short(value: float) -> str:
    """A number in a few letters."""
    return "nan" if np.isnan(value) else f"{value:.3g}"
