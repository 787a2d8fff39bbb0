"""Closeness: the rules by which two values are the same.

Values are close when their normwise relative error per array is at most 1e-6: mathematically
equal ways of writing a forward pass or a gradient differ by 1e-14, a mistake by 1e-3 and
more. An elementwise rule would punish cancellation in single entries.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.authoring import Seen
from autograder.judging.records import Record

TOLERANCE = 1e-6
SINGLE_PRECISION_TOLERANCE = 1e-4  # correct float32 gradients differ by up to 7e-5
# Correct float32 costs differ by up to 4e-7; by 1e-5, were all outputs as near 1 as 0.999.
SINGLE_NUMBER_TOLERANCE = 2e-5

_ZERO = 1e-12  # an array that should be all zeros may hold this much, as a norm
_KNOWN_FACTORS = {
    -1.0: "the sign is turned around",
    2.0: "it is exactly twice too large",
    0.5: "it is exactly half of it",
    1 / math.log(2): "it is too large by 1.4427 = 1/ln 2, so a base-2 logarithm was used",
    1 / math.log(10): "it is too small by 0.4343 = 1/ln 10, so a base-10 logarithm was used",
}

Array = NDArray[Any]
NUMBERS = "biufc"  # the kinds of arrays that are compared as numbers


@dataclass(frozen=True)
class Factor:
    """A constant factor, in words.

    reason   the same in every case of a check, whatever the sizes are there; "" where the
             constant tells nothing.
    """

    reason: str
    words: str


def same(one: Any, other: Any, tolerance: float = TOLERANCE) -> bool:
    """True if two answers are the same, NaN and Inf in the same places included.

    This is how a student's answer is recognised as a misconception's.
    """
    if type(one) is np.ndarray and type(other) is np.ndarray and identical(one, other):
        return True
    if isinstance(one, Record) and isinstance(other, Record):
        return one.name == other.name and same(one.fields, other.fields, tolerance)
    if isinstance(one, Seen) and isinstance(other, Seen):
        return type(one) is type(other) and same(one.parts, other.parts, tolerance)
    if isinstance(one, Mapping) or isinstance(other, Mapping):
        return (
            isinstance(one, Mapping)
            and isinstance(other, Mapping)
            and one.keys() == other.keys()
            and all(same(one[key], other[key], tolerance) for key in one)
        )
    if is_structure(one) or is_structure(other):
        return (
            is_structure(one)
            and is_structure(other)
            and len(one) == len(other)
            and all(same(a, b, tolerance) for a, b in zip(one, other, strict=True))
        )
    left, right = as_array(one), as_array(other)
    if left is None or right is None:
        return left is None and right is None and type(one) is type(other) and one == other
    if left.shape != right.shape:
        return False
    if _are_counted(left, right):
        return np.array_equal(left, right)
    norms = _norms(left, right)
    if norms is not None:
        return norms[0] <= tolerance * max(norms[1:]) + _ZERO
    finite = np.isfinite(left)
    if not np.array_equal(finite, np.isfinite(right)):
        return False
    if not np.array_equal(left[~finite], right[~finite], equal_nan=True):
        return False
    a, b = wide(left[finite]), wide(right[finite])
    return bool(norm(a - b) <= tolerance * max(norm(a), norm(b)) + _ZERO)


def identical(one: Array, other: Array) -> bool:
    """True if two arrays are the same, bit by bit: as most right answers are, and soon seen."""
    same_kind = one.dtype == other.dtype and one.shape == other.shape
    return same_kind and one.tobytes() == other.tobytes()


def is_close(wanted: Array, found: Array, slack: float = 0.0) -> bool:
    """True if numbers of one shape are close, as a whole; `slack` is absolute.

    Integers have no rounding, so they must be the same: 20240101 is not 20240102.
    """
    if wanted.shape != found.shape:
        return False
    if wanted.dtype.kind in "biu" and not slack and not _counts(wanted, found):
        return False
    norms = _norms(wanted, found)
    if norms is not None:
        return norms[0] <= TOLERANCE * norms[1] + _ZERO + slack
    if not (np.all(np.isfinite(wanted)) and np.all(np.isfinite(found))):
        return same(wanted, found)
    tolerance = TOLERANCE
    if np.float32 in (wanted.dtype, found.dtype):
        tolerance = SINGLE_PRECISION_TOLERANCE if wanted.ndim else SINGLE_NUMBER_TOLERANCE
    a, b = wide(wanted), wide(found)
    return bool(norm(a - b) <= tolerance * norm(a) + _ZERO + slack)


def close_entries(wanted: Array, found: Array, tolerance: float = 0.0) -> NDArray[np.bool_]:
    """True where an entry is close by itself, as in a table, whose rows are no one vector.

    Beside the largest entry, a rounding error may be all that is left of a small one.
    """
    if not tolerance and _are_counted(wanted, found):
        return np.asarray(wanted == found)
    single = np.float32 in (wanted.dtype, found.dtype)
    usual, rounding = (SINGLE_PRECISION_TOLERANCE, 1e-6) if single else (TOLERANCE, _ZERO)
    a, b = wide(wanted), wide(found)
    finite = np.abs(a[np.isfinite(a)])
    tiny = rounding * float(finite.max(initial=0.0)) + _ZERO
    return np.isclose(b, a, rtol=usual + tolerance, atol=tiny, equal_nan=True)


def factors_between(wanted: Array, found: Array, sizes: Mapping[str, int]) -> list[Factor]:
    """The well-known constants that turn `wanted` into `found`, each with a reason.

    sizes   the lengths of the inputs' axes, by what each is: "the number of rows of X".

    Where there is none of these, any other constant, which tells nothing: every number is
    some factor of another one, so only for three entries and more.
    """
    a, b = wide(wanted).ravel(), wide(found).ravel()
    length = norm(a)
    if length <= _ZERO or np.iscomplexobj(b):
        return []
    ratio = float(np.dot(a / length, b / length))
    if not math.isfinite(ratio) or norm(b - ratio * a) > TOLERANCE * norm(b):
        return []
    telling = [
        Factor(words, words)
        for known, words in _KNOWN_FACTORS.items()
        if math.isclose(ratio, known, rel_tol=TOLERANCE)
    ]
    for name, size in sizes.items():
        for so, times in (("large", float(size)), ("small", 1 / max(size, 1))):
            if size > 1 and math.isclose(ratio, times, rel_tol=TOLERANCE):
                words = f"it is {size} times too {so}, and {size} is {name}"
                telling.append(Factor(f"too {so} by {name}", words))
    if telling or a.size < 3 or not ratio:
        return telling
    return [Factor("", f"every entry is {ratio:.4g} times what it should be")]


def is_structure(value: Any) -> bool:
    """True if a value is compared item by item: tuples, and lists of more than numbers."""
    return isinstance(value, tuple) or (isinstance(value, list) and as_array(value) is None)


def as_array(value: Any) -> Array | None:
    """A numeric array for a number, an array or a (nested) list of numbers; else None."""
    if isinstance(value, (bool, int, float, complex, np.generic, np.ndarray)):
        try:
            array = np.asarray(value)
        except OverflowError:  # an int beyond 64 bits
            return None
    elif isinstance(value, list) and value:
        try:
            array = np.asarray(value)
        except (ValueError, TypeError, OverflowError):
            return None
    else:
        return None
    return array if array.dtype.kind in NUMBERS else None


def _counts(wanted: Array, found: Array) -> bool:
    """True if the numbers are these integers, or floats that are nearest to them."""
    if _are_counted(wanted, found):
        return np.array_equal(wanted, found)
    if found.dtype.kind != "f" or found.dtype.itemsize < 8:
        return True
    whole = wide(wanted)
    return bool(np.all(np.abs(whole - found) < 0.5 + _ZERO * np.abs(whole)))


def _are_counted(one: Array, other: Array) -> bool:
    return one.dtype.kind in "biu" and other.dtype.kind in "biu"


def wide(array: Array) -> Array:
    """In double precision, so that no difference or product overflows or wraps."""
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


@np.errstate(over="ignore", invalid="ignore")
def _norms(one: Array, other: Array) -> tuple[float, float, float] | None:
    """The 2-norms of the difference of two arrays and of both; None where it takes more care.

    That is, for other numbers than doubles, and for such as are not finite or whose squares
    are not. Nearly all are ordinary, and this takes a tenth of the time.
    """
    if one.dtype != np.float64 or other.dtype != np.float64:
        return None
    a, b = one.ravel(), other.ravel()
    left, right = float(a.dot(a)), float(b.dot(b))
    if not (math.isfinite(left) and math.isfinite(right)):
        return None
    difference = a - b
    return math.sqrt(difference.dot(difference)), math.sqrt(left), math.sqrt(right)


def norm(array: Array) -> float:
    """The 2-norm, without overflow for entries up to 1e300."""
    if array.size == 1 and array.dtype == np.float64:  # a submission may send many of these
        return abs(float(array.item()))
    largest = float(np.max(np.abs(array), initial=0.0))
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    return largest * float(np.linalg.norm((array / largest).ravel()))
