"""Python's own values beside numbers, texts and arrays: sets, ranges, dates, exact numbers."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from autograder.judging.closeness import same
from autograder.judging.outcome import Block
from autograder.model import Evidence

LONGEST = 1_000_000  # items of a range that are looked at: it may stand for any number
MOST_PAIRS = 10_000  # members of two sets that are compared one by one
_NAMED = 3  # members of a set that a message names
_FITTING = 50  # of which a hundred letters hold at most a part
_KINDS = {
    "date": "the date",
    "time": "the time",
    "datetime": "the date and time",
    "timedelta": "the time span",
    "Decimal": "the Decimal",
    "Fraction": "the fraction",
}


def as_list(value: Any) -> Any:
    """The list of a range's or a deque's items; any other value as it is."""
    if isinstance(value, deque) or (isinstance(value, range) and _length(value) <= LONGEST):
        return list(value)
    return value


def as_float(value: Any) -> float | None:
    """The number that a Decimal or a Fraction is; None for any other value."""
    if type(value).__name__ not in ("Decimal", "Fraction"):
        return None
    try:
        return float(value)
    except (OverflowError, ValueError):
        return None


def in_words(value: Any) -> str:
    """Such a value in words, for a student; "" for any other value."""
    if isinstance(value, (set, frozenset)):
        return f"a set of {len(value)} value{'s' * (len(value) != 1)}"
    if isinstance(value, range):
        return repr(value)[:60]
    if isinstance(value, deque):
        return f"a deque of {len(value)} value{'s' * (len(value) != 1)}"
    kind = _KINDS.get(type(value).__name__)
    return f"{kind} {str(value)[:40]}" if kind else ""


def compare_sets(wanted: Any, found: Any) -> Iterable[Block]:
    """One block: a set is right where it has the same members, whatever their order."""
    yield _block(wanted, found)


def _block(wanted: Any, found: Any) -> Block:
    lacking, more = wanted - found, found - wanted
    if lacking and more and len(lacking) * len(more) <= MOST_PAIRS:
        close = [(one, other) for one in lacking for other in more if same(one, other)]
        lacking -= {one for one, _ in close}
        more -= {other for _, other in close}
    if not lacking and not more:
        return Block("", 1.0)
    said = []
    if lacking:
        said.append(f"lacks {_members(lacking)}")
    if more:
        said.append(f"has {_members(more)}, which {_belongs(more)}")
    message = f"The set {' and '.join(said)}."
    return Block("", 0.0, message, evidence=Evidence("", shown_set(wanted), shown_set(found)))


def shown_set(value: Any) -> str:
    """A set's members, as many as fit, in an order that is the same each time."""
    text = ", ".join(_first(value, _FITTING))
    return f"{{{text[:100]}{'…' if len(text) > 100 else ''}}}" if value else "an empty set"


def _first(value: Any, count: int) -> list[str]:
    written = (_written(member)[:40] for member in value)
    return heapq.nsmallest(count, written, key=lambda said: (len(said), said))


def _written(value: Any) -> str:
    """The same text each time: without addresses, and sets in order."""
    if isinstance(value, tuple):
        return f"({', '.join(map(_written, value))})"
    if isinstance(value, (set, frozenset)):
        return f"{{{', '.join(members(value))}}}"
    return str(getattr(value, "__description__", None) or repr(value))


def _members(value: Any) -> str:
    first = _first(value, _NAMED)
    more = len(value) - len(first)
    return ", ".join(first) + (f" and {more} more" if more else "")


def _belongs(value: Any) -> str:
    return "does not belong in it" if len(value) == 1 else "do not belong in it"


def _length(value: range) -> int:
    return max(0, -((value.start - value.stop) // value.step))


def members(value: Any) -> Iterator[str]:
    """A set's members as texts, always in the same order."""
    yield from sorted(map(_written, value))
