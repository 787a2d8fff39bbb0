"""Say what a value is and where it stands, for a student."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.judging.closeness import Array, as_array, wide
from autograder.judging.plain import in_words, shown_set
from autograder.sandbox.wire.named import label_of

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


def number(value: Any) -> str:
    """A number as a student would write it: seven significant digits at most."""
    item = np.asarray(value).item()
    return f"{item:.7g}" if isinstance(item, float) else str(item)[:40]


def shown(value: Any, limit: int = 120) -> str:
    """A value in short: an array with its shape and its first entries."""
    array = as_array(value)
    if array is None:
        return shown_set(value) if isinstance(value, (set, frozenset)) else describe(value)
    if array.ndim == 0:
        return number(array)
    first = ", ".join(number(entry) for entry in array.ravel()[:6])
    more = ", …" if array.size > 6 else ""
    return f"shape {array.shape}: {first}{more}"[:limit]


def describe(value: Any) -> str:
    """A value in words, for "… is None" or "… is a tuple of 2 values"."""
    if value is None:
        return "None"
    if type(value) is int and abs(value) >= 10**40:
        return f"an integer of {len(str(abs(value))):,} digits"
    if isinstance(value, (bool, int, float, complex, np.generic)):
        return f"the number {number(value)}"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, Mapping):
        return f"a dictionary{_of_class(value)}"
    if isinstance(value, (tuple, list)):
        name = "tuple" if isinstance(value, tuple) else "list"
        within = ", with None in it" if _holds_none(value) else ""
        many = f"{len(value)} value{'s' if len(value) != 1 else ''}"
        return f"a {name}{_of_class(value)} of {many}{within}"
    if isinstance(value, bytes):
        return "bytes"
    own = in_words(value) or getattr(value, "__description__", None)
    return str(own or f"an object of type {type(value).__name__}")


def _of_class(value: Any) -> str:
    """The name of its class, where that is one of its own."""
    label = label_of(value)
    return f" of the class {label.name}" if label else ""


def _holds_none(value: Any) -> bool:
    """True if one of the first items is None, or one of an item's own."""
    return any(
        item is None
        or (isinstance(item, (list, tuple)) and any(one is None for one in item[:100]))
        for item in value[:100]
    )


def keys(value: Mapping[Any, Any]) -> str:
    """The keys of a dictionary, a few of them, as a student would write them."""
    first = [shortened(key) for key in list(value)[:8]]
    more = ["…"] if len(value) > 8 else []
    return ", ".join(first + more) or "no keys at all"


def shortened(key: Any) -> str:
    """A key as a student would write it, and not all of a long one."""
    return repr(key)[:40]


def position(place: int) -> str:
    """ "first", "second" and so on, counted from 0; beyond the sixth, "7th"."""
    return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}th"


def spoken(path: tuple[str | int, ...]) -> str:
    """The place of a leaf: "dW1", "the first value", "Z1 in the second value"."""
    words = [f"the {position(step)} value" if type(step) is int else str(step) for step in path]
    return " in ".join(reversed(words))


def noun(path: tuple[str | int, ...]) -> str:
    """The same, or "the answer" for the whole of it."""
    return spoken(path) or "the answer"


def subject(path: tuple[str | int, ...]) -> str:
    """The same, as the beginning of a sentence."""
    words = noun(path)
    return words[0].upper() + words[1:] if words.startswith("the ") else words


def count(values: Any) -> str:
    """A number of values, with the right plural."""
    return f"{len(values)} value{'s' if len(values) != 1 else ''}"


def axis_of_length_one(wanted: Array, found: Array) -> str:
    """The fate of the axis of length 1 that one shape has and the other has not."""
    if found.ndim == wanted.ndim:
        return "the axis of length 1 is in another place"
    return f"an axis of length 1 was {'lost' if found.ndim < wanted.ndim else 'added'}"


def worst_entry(wanted: Array, found: Array) -> str:
    """The place and the value of the entry that is furthest off; "" for single numbers."""
    if wanted.ndim == 0:
        return ""
    gap = np.abs(wide(wanted) - wide(found))
    index = tuple(int(i) for i in np.unravel_index(int(np.argmax(gap)), gap.shape))
    entry = ", ".join(map(str, index))
    return f": at [{entry}] it is {number(found[index])} where {number(wanted[index])} is right"
