"""The arguments of a call inside the guest, and what the call has changed in them."""

from __future__ import annotations

import copy
import itertools
import operator
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from numpy import matrix, ndarray

from autograder.sandbox import wire


class LenientDict(dict[Any, Any]):
    """A dict that also finds `d["w1"]` when its only such key is "W1", and notes it."""

    found: ClassVar[list[str]] = []  # one list for all: what the current call looked up

    def __missing__(self, key: Any) -> Any:
        if type(key) is str:
            matches = [k for k in self if type(k) is str and k.lower() == key.lower()]
            if len(matches) == 1:
                if key not in LenientDict.found:
                    LenientDict.found.append(key)
                return self[matches[0]]
        raise KeyError(key)

    def __reduce__(self) -> Any:
        return dict, (dict(self),)

    def __deepcopy__(self, memo: dict[int, Any]) -> LenientDict:
        return LenientDict(copy.deepcopy(dict(self), memo))


# To a student it is a dict: so Python's own messages name it.
LenientDict.__name__ = LenientDict.__qualname__ = "dict"
LenientDict.__module__ = "builtins"


class Before:
    """The arguments of a call as they came."""

    def __init__(self, made: wire.Made, payload: memoryview) -> None:
        """`made` are the arrays and containers of a frame, `payload` its arrays' bytes."""
        self._made = made
        self._payload = payload
        self._shapes = _shapes(made)
        self._contents = _contents(made)

    def are_kept(self) -> bool:
        """True if nothing has changed: the same bytes, the same objects.

        If not, it may still be equal to what it was.
        """
        made = self._made
        return (
            b"".join([array.tobytes() for array in made.arrays]) == self._payload
            and _shapes(made) == self._shapes
            and all(map(_are_the_same, _contents(made), self._contents))
        )


def changes(arguments: Iterable[tuple[Any, Any]], before: Any) -> list[str]:
    """The names of the arguments, or of the items of theirs, that differ from `before`."""
    return [name for key, value in arguments for name in _changed(str(key), value, before[key])]


def _shapes(made: wire.Made) -> list[Any]:
    return [(each.shape, each.dtype) for each in made.arrays]


def _contents(made: wire.Made) -> list[tuple[Any, ...]]:
    return [(*c, *c.values()) if isinstance(c, dict) else (*c,) for c in made.containers]


def _are_the_same(some: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    return len(some) == len(others) and all(map(operator.is_, some, others))


def _changed(name: str, now: Any, before: Any) -> Iterator[str]:
    if isinstance(before, ndarray):
        same = (
            type(now) is ndarray
            and now.dtype == before.dtype
            and now.shape == before.shape
            and now.tobytes() == before.tobytes()
        )
        if not same:
            yield name
    elif isinstance(before, dict):
        for key in [*before, *(k for k in dict.keys(now) if k not in before)]:
            if dict.__contains__(now, key) and key in before:
                yield from _changed(f"{name}[{key!r}]", dict.get(now, key), before[key])
            else:
                yield f"{name}[{key!r}]"
    elif isinstance(before, list | tuple):
        if type(now) is not type(before) or len(now) != len(before):
            yield name
        else:
            for index, (one, other) in enumerate(zip(now, before, strict=True)):
                yield from _changed(f"{name}[{index}]", one, other)
    elif now is not before and (type(now) is not type(before) or repr(now) != repr(before)):
        yield name


def holds_matrix(value: Any) -> bool:
    """True if a value is an np.matrix, or a plain container with one among its first ten."""
    kind = type(value)
    if kind is tuple or kind is list:
        return any(type(item) is matrix for item in value[:10])
    if kind is dict:
        return any(type(item) is matrix for item in itertools.islice(value.values(), 10))
    return kind is matrix
