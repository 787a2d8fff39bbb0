"""Compare an answer with the reference's: structure, shape, finite, value, in this order.

Values are close when their normwise relative error per array is at most 1e-6: mathematically
equal ways of writing a forward pass or a gradient differ by 1e-14, a mistake by 1e-3 and
more. An elementwise rule would punish cancellation in single entries.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.model import Evidence

TOLERANCE = 1e-6
SINGLE_PRECISION_TOLERANCE = 1e-4  # correct float32 gradients differ by up to 1.4e-5
SHAPE_SLIP_CREDIT = 0.5  # the right numbers in another shape
FACTOR_CREDIT = 0.25  # right but for one well-known constant factor

_ZERO = 1e-12  # an array that should be all zeros may hold this much, as a norm
_KNOWN_FACTORS = {
    -1.0: "the sign is turned around",
    2.0: "it is exactly twice too large",
    0.5: "it is exactly half of it",
    1 / math.log(2): "it is too large by 1.4427 = 1/ln 2, so a base-2 logarithm was used",
    1 / math.log(10): "it is too small by 0.4343 = 1/ln 10, so a base-10 logarithm was used",
}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")

Array = NDArray[Any]


@dataclass(frozen=True)
class Block:
    """One leaf of an answer: how much of its share it earns, and why not all of it."""

    where: str
    credit: float
    message: str = ""
    remark: str = ""
    evidence: Evidence | None = None


def compare(
    expected: Any,
    actual: Any,
    *,
    sizes: Mapping[int, str] | None = None,
    slack: Mapping[str, float] | None = None,
) -> tuple[Block, ...]:
    """Compare leaf by leaf; one block for each leaf of `expected`.

    sizes   what a constant factor may be, beside the well-known ones: the lengths of the
            inputs' axes, each with its name.
    slack   by the path of a leaf, an absolute distance that is allowed on top.
    """
    return tuple(_compare((), expected, actual, sizes or {}, slack or {}))


def same(one: Any, other: Any, tolerance: float = TOLERANCE) -> bool:
    """Whether two answers are the same, NaN and Inf in the same places included.

    This is how a student's answer is recognised as a misconception's.
    """
    if isinstance(one, Mapping) or isinstance(other, Mapping):
        return (
            isinstance(one, Mapping)
            and isinstance(other, Mapping)
            and one.keys() == other.keys()
            and all(same(one[key], other[key], tolerance) for key in one)
        )
    if _is_structure(one) or _is_structure(other):
        return (
            _is_structure(one)
            and _is_structure(other)
            and len(one) == len(other)
            and all(same(a, b, tolerance) for a, b in zip(one, other, strict=True))
        )
    left, right = _as_array(one), _as_array(other)
    if left is None or right is None:
        return left is None and right is None and type(one) is type(other) and one == other
    if left.shape != right.shape:
        return False
    finite = np.isfinite(left)
    if not np.array_equal(finite, np.isfinite(right)):
        return False
    if not np.array_equal(left[~finite], right[~finite], equal_nan=True):
        return False
    a, b = _wide(left[finite]), _wide(right[finite])
    return bool(_norm(a - b) <= tolerance * max(_norm(a), _norm(b)) + _ZERO)


def _compare(
    path: tuple[str | int, ...],
    expected: Any,
    actual: Any,
    sizes: Mapping[int, str],
    slack: Mapping[str, float],
) -> Iterator[Block]:
    if isinstance(expected, Mapping):
        yield from _compare_mapping(path, expected, actual, sizes, slack)
    elif _is_structure(expected):
        yield from _compare_sequence(path, expected, actual, sizes, slack)
    else:
        remark = ""
        if isinstance(actual, tuple) and actual and not isinstance(expected, str):
            actual, remark = actual[0], f"{_count(actual)} came back; the first one was taken."
        yield _with_remark(_compare_leaf(path, expected, actual, sizes, slack), remark)


def _compare_mapping(
    path: tuple[str | int, ...],
    expected: Mapping[Any, Any],
    actual: Any,
    sizes: Mapping[int, str],
    slack: Mapping[str, float],
) -> Iterator[Block]:
    remark = ""
    if isinstance(actual, tuple) and actual and isinstance(actual[0], Mapping):
        actual, remark = actual[0], f"{_count(actual)} came back; the first one was taken."
    if not isinstance(actual, Mapping):
        yield from _all_lost(
            path,
            expected,
            f"{_subject(path)} is {describe(actual)}; a dictionary with the keys "
            f"{keys(expected)} is needed.",
        )
        return
    folded = {str(key).lower(): key for key in actual}
    for key, wanted in expected.items():
        inner = (*path, key)
        if key in actual:
            found = key
        elif str(key).lower() in folded:
            found = folded[str(key).lower()]
            remark = remark or f"The key {key!r} is written {found!r}."
        else:
            message = f"The key {key!r} is missing from {_noun(path)}; it has {keys(actual)}."
            yield from _all_lost(inner, wanted, message)
            continue
        for block in _compare(inner, wanted, actual[found], sizes, slack):
            yield _with_remark(block, remark)


def _compare_sequence(
    path: tuple[str | int, ...],
    expected: Any,
    actual: Any,
    sizes: Mapping[int, str],
    slack: Mapping[str, float],
) -> Iterator[Block]:
    if isinstance(actual, np.ndarray) and actual.ndim == 1 and len(actual) == len(expected):
        actual = list(actual)
    if not _is_sequence(actual):
        yield from _all_lost(
            path,
            expected,
            f"{_subject(path)} is {describe(actual)}; {len(expected)} values are needed.",
        )
        return
    remark = ""
    if len(actual) > len(expected):
        remark = f"{_count(actual)} came back; the first {len(expected)} were taken."
    for index, wanted in enumerate(expected):
        inner = (*path, index)
        if index >= len(actual):
            yield from _all_lost(
                inner,
                wanted,
                f"{_count(actual)} came back; {len(expected)} are needed.",
            )
            continue
        for block in _compare(inner, wanted, actual[index], sizes, slack):
            yield _with_remark(block, remark)


def _compare_leaf(
    path: tuple[str | int, ...],
    expected: Any,
    actual: Any,
    sizes: Mapping[int, str],
    slack: Mapping[str, float],
) -> Block:
    where = spoken(path)
    wanted, found = _as_array(expected), _as_array(actual)
    if wanted is None:
        if type(expected) is type(actual) and expected == actual:
            return Block(where, 1.0)
        message = f"{_subject(path)} is {describe(actual)}; {describe(expected)} is needed."
        return _lost(where, message, expected, actual)
    if found is None:
        needed = "a number" if wanted.ndim == 0 else f"an array of shape {wanted.shape}"
        message = f"{_subject(path)} is {describe(actual)}; {needed} is needed."
        return _lost(where, message, expected, actual)
    remark = ""
    if isinstance(actual, list) and wanted.ndim:
        remark = "A list came back and was read as an array."
    if wanted.ndim == 0 and found.shape != () and found.size == 1:
        remark = f"An array of shape {found.shape} came back and was read as the number in it."
        found = found.reshape(())
    if found.shape != wanted.shape:
        return _compare_shapes(path, wanted, found, slack)
    block = _compare_values(path, wanted, found, sizes, slack)
    return _with_remark(block, remark)


def _compare_shapes(
    path: tuple[str | int, ...], wanted: Array, found: Array, slack: Mapping[str, float]
) -> Block:
    where, subject = spoken(path), _subject(path)
    evidence = Evidence(where, f"shape {wanted.shape}", f"shape {found.shape}")
    said = f"{subject} has the shape {found.shape}; {wanted.shape} is needed"
    allowed = slack.get(where, 0.0)
    turned = wanted.ndim == 2 and found.shape == wanted.shape[::-1]
    if turned and _close(wanted, found.T, allowed):
        message = f"{said}. The numbers are right: it is transposed."
        return Block(where, SHAPE_SLIP_CREDIT, message, evidence=evidence)
    if found.size == wanted.size and _close(wanted, found.reshape(wanted.shape), allowed):
        message = f"{said}. The numbers are right: an axis was lost or added."
        return Block(where, SHAPE_SLIP_CREDIT, message, evidence=evidence)
    if found.ndim == 2 and found.size == wanted.size**2 and wanted.size > 1:
        message = (
            f"{said}. A row and a column were combined by broadcasting, every entry with "
            "every other."
        )
        return Block(where, 0.0, message, evidence=evidence)
    if turned:
        return Block(where, 0.0, f"{said}. It looks transposed.", evidence=evidence)
    return Block(where, 0.0, f"{said}.", evidence=evidence)


def _compare_values(
    path: tuple[str | int, ...],
    wanted: Array,
    found: Array,
    sizes: Mapping[int, str],
    slack: Mapping[str, float],
) -> Block:
    where, subject = spoken(path), _subject(path)
    not_finite = int(np.sum(~np.isfinite(found)))
    if not_finite and np.all(np.isfinite(wanted)):
        nans = int(np.sum(np.isnan(found)))
        kinds = " and ".join(
            f"{count} {name}"
            for count, name in ((nans, "nan"), (not_finite - nans, "infinite"))
            if count
        )
        total = f" among {found.size} values" if found.size > 1 else ""
        message = f"{subject} is not finite: {kinds}{total}."
        return _lost(where, message, wanted, found)
    allowed = slack.get(where, 0.0)
    if _close(wanted, found, allowed):
        if found.dtype == np.float32 and wanted.dtype != np.float32:
            remark = "Computed in float32; float64 keeps more digits."
            return Block(where, 1.0, remark=remark)
        return Block(where, 1.0)
    if wanted.dtype.kind in "biu":
        different = int(np.sum(wanted != found))
        if wanted.ndim == 0:
            message = f"{subject} is {number(found)}; {number(wanted)} is right."
        else:
            message = f"{different} of {wanted.size} entries of {_noun(path)} differ."
        return _lost(where, message, wanted, found)
    factor = _factor(wanted, found, sizes)
    if factor:
        message, credit = factor
        return Block(
            where,
            credit,
            f"{subject} is right but for one constant: {message}.",
            evidence=_evidence(where, wanted, found),
        )
    message = f"{subject} has the right shape and other values{_worst(path, wanted, found)}."
    if wanted.ndim == 0:
        message = f"{subject} is {number(found)}; {number(wanted)} is right."
    return Block(where, 0.0, message, evidence=_evidence(where, wanted, found))


def _close(wanted: Array, found: Array, slack: float = 0.0) -> bool:
    if wanted.shape != found.shape or not np.all(np.isfinite(found)):
        return False
    single = found.dtype.kind == "f" and found.dtype.itemsize <= 4
    tolerance = SINGLE_PRECISION_TOLERANCE if single else TOLERANCE
    a, b = _wide(wanted), _wide(found)
    return bool(_norm(a - b) <= tolerance * _norm(a) + _ZERO + slack)


def _factor(wanted: Array, found: Array, sizes: Mapping[int, str]) -> tuple[str, float] | None:
    a, b = _wide(wanted).ravel(), _wide(found).ravel()
    norm = _norm(a)
    if norm <= _ZERO or np.iscomplexobj(b):
        return None
    ratio = float(np.dot(a / norm, b / norm))
    if not math.isfinite(ratio) or _norm(b - ratio * a) > TOLERANCE * _norm(b):
        return None
    for known, words in _KNOWN_FACTORS.items():
        if math.isclose(ratio, known, rel_tol=TOLERANCE):
            return words, FACTOR_CREDIT
    for size, name in sizes.items():
        if size > 1 and math.isclose(ratio, size, rel_tol=TOLERANCE):
            return f"it is {size} times too large, and {size} is {name}", FACTOR_CREDIT
        if size > 1 and math.isclose(ratio, 1 / size, rel_tol=TOLERANCE):
            return f"it is {size} times too small, and {size} is {name}", FACTOR_CREDIT
    if a.size < 3 or not ratio:
        return None
    return f"every entry is {ratio:.4g} times what it should be", 0.0


def _all_lost(path: tuple[str | int, ...], expected: Any, message: str) -> Iterator[Block]:
    """Every leaf below `expected` earns nothing, for one and the same reason."""
    if isinstance(expected, Mapping):
        for key, inner in expected.items():
            yield from _all_lost((*path, key), inner, message)
    elif _is_structure(expected):
        for index, inner in enumerate(expected):
            yield from _all_lost((*path, index), inner, message)
    else:
        yield Block(spoken(path), 0.0, message)


def _is_structure(value: Any) -> bool:
    """Whether a value is compared item by item: tuples, and lists of more than numbers."""
    return isinstance(value, tuple) or (isinstance(value, list) and _as_array(value) is None)


def _is_sequence(value: Any) -> bool:
    return isinstance(value, (tuple, list))


def _as_array(value: Any) -> Array | None:
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
    return array if array.dtype.kind in "biufc" else None


def _wide(array: Array) -> Array:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def _norm(array: Array) -> float:
    """The 2-norm, without overflow for entries up to 1e300."""
    largest = float(np.max(np.abs(array), initial=0.0))
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    return largest * float(np.linalg.norm((array / largest).ravel()))


def _lost(where: str, message: str, expected: Any, actual: Any) -> Block:
    return Block(where, 0.0, message, evidence=_evidence(where, expected, actual))


def _with_remark(block: Block, remark: str) -> Block:
    if not remark or block.remark:
        return block
    return Block(block.where, block.credit, block.message, remark, block.evidence)


def _worst(path: tuple[str | int, ...], wanted: Array, found: Array) -> str:
    if wanted.ndim == 0:
        return ""
    gap = np.abs(_wide(wanted) - _wide(found))
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(gap)), gap.shape))
    entry = ", ".join(map(str, index))
    return f": at [{entry}] it is {number(found[index])} where {number(wanted[index])} is right"


def _evidence(where: str, expected: Any, actual: Any) -> Evidence:
    return Evidence(where, shown(expected), shown(actual))


def number(value: Any) -> str:
    """A number as a student would write it: seven significant digits at most."""
    item = np.asarray(value).item()
    return f"{item:.7g}" if isinstance(item, float) else str(item)[:40]


def shown(value: Any, limit: int = 120) -> str:
    """A value in short: an array with its shape and its first entries."""
    array = _as_array(value)
    if array is None:
        return describe(value)
    if array.ndim == 0:
        return number(array)
    first = ", ".join(number(entry) for entry in array.ravel()[:6])
    more = ", …" if array.size > 6 else ""
    return f"shape {array.shape}: {first}{more}"[:limit]


def describe(value: Any) -> str:
    """What a value is, in words, for "… is None" or "… is a tuple of 2 values"."""
    if value is None:
        return "None"
    if isinstance(value, (bool, int, float, complex, np.generic)):
        return f"the number {number(value)}"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, Mapping):
        return "a dictionary"
    if isinstance(value, (tuple, list)):
        name = "tuple" if isinstance(value, tuple) else "list"
        return f"a {name} of {len(value)} value{'s' if len(value) != 1 else ''}"
    if isinstance(value, bytes):
        return "bytes"
    own = getattr(value, "__description__", None)
    return str(own or f"an object of type {type(value).__name__}")


def keys(value: Mapping[Any, Any]) -> str:
    """The keys of a dictionary, a few of them, as a student would write them."""
    first = [repr(key)[:40] for key in list(value)[:8]]
    more = ["…"] if len(value) > 8 else []
    return ", ".join(first + more) or "no keys at all"


def spoken(path: tuple[str | int, ...]) -> str:
    """Where a leaf is: "dW1", "the first value", "Z1 in the second value"."""
    words = [
        f"the {_ORDINALS[step]} value" if isinstance(step, int) and step < 6 else str(step)
        for step in path
    ]
    return " in ".join(reversed(words))


def _noun(path: tuple[str | int, ...]) -> str:
    return spoken(path) or "the answer"


def _subject(path: tuple[str | int, ...]) -> str:
    noun = _noun(path)
    return noun[0].upper() + noun[1:] if noun.startswith("the ") else noun


def _count(values: Any) -> str:
    return f"{len(values)} value{'s' if len(values) != 1 else ''}"
