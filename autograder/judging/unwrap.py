"""The answer in what came back: students return more than was asked for, or pack it up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.judging.closeness import Array, as_array, is_structure
from autograder.judging.words import count, position, shortened


def unwrapped(expected: Any, actual: Any) -> tuple[Any, str]:
    """The part of `actual` that is meant, and what to remark about it; "" where it is all.

    A tuple or a dictionary around the answer is opened where only one thing in it can be meant.
    """
    if isinstance(expected, Mapping):
        return _dictionary(expected, actual)
    if isinstance(expected, tuple):
        return _values(expected, actual)
    if is_structure(expected) or isinstance(expected, str) or expected is None:
        return actual, ""
    return _leaf(expected, actual)


def surplus(expected: Mapping[Any, Any], actual: Mapping[Any, Any]) -> list[Any]:
    """The keys of `actual` that nobody asked for; `w1` is W1."""
    wanted = {_folded(key) for key in expected}
    return [key for key in actual if _folded(key) not in wanted]


def _dictionary(expected: Mapping[Any, Any], actual: Any) -> tuple[Any, str]:
    if isinstance(actual, tuple):
        found = [place for place, one in enumerate(actual) if isinstance(one, Mapping)]
        if len(found) != 1:  # the one that fits, or the first, as in (parameters, cache)
            fitting = [place for place in found if not _missing(expected, actual[place])]
            found = fitting if len(fitting) == 1 else [place for place in found if not place]
        if found:
            return actual[found[0]], _taken(actual, found[0])
    if isinstance(actual, Mapping) and not any(key in actual for key in expected):
        holding = [
            key
            for key, one in actual.items()
            if isinstance(one, Mapping) and not _missing(expected, one)
        ]
        if len(holding) == 1:
            return actual[holding[0]], _opened(holding[0])
    return actual, ""


def _values(expected: tuple[Any, ...], actual: Any) -> tuple[Any, str]:
    if isinstance(actual, Mapping) and len(actual) == len(expected):
        remark = f"A dictionary came back; its {count(actual)} were taken in their order."
        return tuple(actual.values()), remark
    return actual, ""


def _leaf(expected: Any, actual: Any) -> tuple[Any, str]:
    wanted = as_array(expected)
    if wanted is None:
        return actual, ""
    if isinstance(actual, Mapping) and len(actual) == 1:
        ((key, value),) = actual.items()
        return (value, _opened(key)) if _has_shape(value, wanted) else (actual, "")
    if not isinstance(actual, tuple) or not actual:
        return actual, ""
    if wanted.ndim == 0 and wanted.dtype.kind in "iu" and all(type(n) is int for n in actual):
        return actual, ""  # a shape where one of its sizes is needed
    if wanted.ndim and not _has_shape(actual[0], wanted) and as_array(list(actual)) is not None:
        return list(actual), ""  # an array as a tuple of its entries
    return actual[0], _taken(actual, 0)


def _has_shape(value: Any, wanted: Array) -> bool:
    found = as_array(value)
    return found is not None and found.shape == wanted.shape


def _missing(expected: Mapping[Any, Any], actual: Mapping[Any, Any]) -> int:
    """The number of keys that are missing."""
    there = set(map(_folded, actual))
    return sum(_folded(key) not in there for key in expected)


def _folded(key: Any) -> str:
    return str(key).lower()


def _taken(actual: tuple[Any, ...], place: int) -> str:
    return f"{count(actual)} came back; the {position(place)} one was taken."


def _opened(key: Any) -> str:
    return f"A dictionary came back; what it holds under {shortened(key)} was taken."
