"""The way from the answers of its parts to the answer of a whole, as a trace tells it.

A trace holds the calls that the reference makes to its parts. Which argument is the answer of
which earlier call shows in the values. So the same way can be gone once more from another
start, by whoever has the parts, where there is no reference.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judging.closeness import same
from autograder.solution.calls import PartCall


@dataclass(frozen=True)
class _Piece:
    """The answer of an earlier call, or what stands in it under these keys."""

    call: int
    keys: tuple[Any, ...] = ()


@dataclass(frozen=True)
class _Fixed:
    """A value that comes from no call."""

    value: Any


@dataclass(frozen=True)
class _Put:
    """A dictionary, tuple or list that is put together from other origins."""

    kind: type
    keys: tuple[Any, ...]
    items: tuple[_Origin, ...]


_Origin = _Piece | _Fixed | _Put


@dataclass(frozen=True)
class Pathway:
    """The calls that a result is made of, in order, and where their arguments come from."""

    calls: Sequence[PartCall]
    steps: tuple[int, ...]
    origins: Mapping[int, Mapping[str, _Origin]]
    result: _Origin

    @property
    def names(self) -> frozenset[str]:
        """The parts on the way."""
        return frozenset(self.calls[step].name for step in self.steps)

    def follow(self, answer: Callable[[PartCall, Mapping[str, Any]], Any]) -> Any:
        """The result, where `answer` gives each call's value for these arguments.

        Raises what `answer` does, and LookupError or TypeError where its values lack a piece.
        """
        found: dict[int, Any] = {}
        for step in self.steps:
            arguments = {
                name: _taken(origin, found) for name, origin in self.origins[step].items()
            }
            found[step] = answer(self.calls[step], arguments)
        return _taken(self.result, found)


def pathway(
    calls: Sequence[PartCall], result: Any, starts: Collection[str] = ()
) -> Pathway | None:
    """The way to a result; None where it is not made of what the calls give.

    starts   parts whose answers nobody computes on the way, so that their arguments do not
             matter.
    """
    origin = _origin(result, calls, len(calls))
    waiting = [piece.call for piece in _pieces(origin)]
    if not waiting:
        return None
    origins: dict[int, Mapping[str, _Origin]] = {}
    while waiting:
        step = waiting.pop()
        if step in origins:
            continue
        call = calls[step]
        asked = () if call.name in starts else call.arguments.items()
        origins[step] = {name: _origin(value, calls, step) for name, value in asked}
        waiting += (p.call for each in origins[step].values() for p in _pieces(each))
    return Pathway(calls, tuple(sorted(origins)), origins, origin)


def _origin(value: Any, calls: Sequence[PartCall], before: int) -> _Origin:
    """The latest of the earlier calls that gave a value, or a larger one with it."""
    if not _is_telling(value):
        return _Fixed(value)
    for step in reversed(range(before)):
        for keys, candidate in _within(calls[step].value):
            if type(candidate) is type(value) and same(candidate, value, 0.0):
                return _Piece(step, keys)
    if isinstance(value, dict):
        return _Put(
            dict, tuple(value), tuple(_origin(one, calls, before) for one in value.values())
        )
    if isinstance(value, (tuple, list)):
        return _Put(type(value), (), tuple(_origin(one, calls, before) for one in value))
    return _Fixed(value)


def _is_telling(value: Any) -> bool:
    """True if two such values are hardly ever the same by chance."""
    if isinstance(value, float):
        return not value.is_integer()
    return isinstance(value, (dict, tuple, list, np.ndarray))


def _within(value: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """A value and what stands in it, each with the keys that lead there."""
    yield keys, value
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _within(one, (*keys, key))
    elif isinstance(value, (tuple, list)):
        for place, one in enumerate(value):
            yield from _within(one, (*keys, place))


def _pieces(origin: _Origin) -> Iterator[_Piece]:
    if isinstance(origin, _Piece):
        yield origin
    elif isinstance(origin, _Put):
        for each in origin.items:
            yield from _pieces(each)


def _taken(origin: _Origin, found: Mapping[int, Any]) -> Any:
    if isinstance(origin, _Fixed):
        return origin.value
    if isinstance(origin, _Piece):
        value = found[origin.call]
        for key in origin.keys:
            value = value[key]
        return value
    items = [_taken(each, found) for each in origin.items]
    return (
        dict(zip(origin.keys, items, strict=True))
        if origin.kind is dict
        else origin.kind(items)
    )
