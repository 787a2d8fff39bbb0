"""The calls that a reference makes to its own parts, noted while a probe runs on it.

The parts of a function are the functions that it calls; the parts of a class are its methods,
where they call each other, and the functions that they call.
"""

from __future__ import annotations

import copy
import functools
import inspect
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.judging.closeness import same
from autograder.solution.calls import PartCall

Function = Callable[..., Any]


class Full(BaseException):
    """Ends a run of which enough was noted; no probe and no reference catches it."""


class Trace:
    """The calls to parts, in the order in which they end."""

    def __init__(self, unread: Mapping[str, frozenset[str]], most: int | None = None) -> None:
        """`unread` are the parameters that a function never looks at.

        most   how many numbers are kept; the call that has more raises Full.
        """
        self.calls: list[PartCall] = []
        self._unread = unread
        self._left = most
        self._depth = 0  # how many of the checked function's own calls are running
        self._watches: list[_Watch] = []

    def function(self, module: types.ModuleType, of: str, names: Iterator[str]) -> None:
        """Note the calls to the functions `names` of the module while `of` runs."""
        for name in names:
            function = getattr(module, name)
            if isinstance(function, types.FunctionType):
                wrapped = self.whole(function) if name == of else self._part(name, function)
                setattr(module, name, wrapped)

    def methods(self, kind: type) -> None:
        """Note the calls to methods of the class `kind` that other methods make."""
        for name, method in list(vars(kind).items()):
            if isinstance(method, types.FunctionType):
                special = name.startswith("__")
                setattr(
                    kind, name, self.whole(method) if special else self._method(kind, method)
                )
        self._watch(kind)

    def whole(self, function: Function) -> Function:
        """The checked function itself, while which runs its calls to parts are noted."""

        @functools.wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            with self._inside():
                return function(*args, **kwargs)

        return run

    def _part(self, name: str, function: Function) -> Function:
        @functools.wraps(function)
        def run(*args: Any, **kwargs: Any) -> Any:
            if not self._depth:
                return function(*args, **kwargs)
            arguments, defaulted = _bound(function, args, kwargs)
            value = function(*args, **kwargs)
            self._count((arguments, value))
            unread = tuple(sorted(self._unread.get(name, ())))
            self.calls.append(
                PartCall(name, arguments, copy.deepcopy(value), defaulted, unread)
            )
            return value

        return run

    def _method(self, kind: type, method: Function) -> Function:
        @functools.wraps(method)
        def run(owner: Any, *args: Any, **kwargs: Any) -> Any:
            if not self._depth:
                with self._inside():
                    return method(owner, *args, **kwargs)
            arguments, defaulted = _bound(method, (owner, *args), kwargs)
            del arguments[next(iter(arguments))]  # the object itself
            watch = _Watch(owner)
            self._watches.append(watch)
            try:
                value = method(owner, *args, **kwargs)
            finally:
                self._watches.remove(watch)
            reads, writes = watch.seen()
            if all(map(_is_plain, reads.values())):
                name = f"{kind.__name__}.{method.__name__}"
                copied = copy.deepcopy(value)
                self.calls.append(
                    PartCall(name, arguments, copied, defaulted, (), reads, writes)
                )
            return value

        return run

    def _count(self, kept: Any) -> None:
        if self._left is not None:
            self._left -= _numbers(kept)
            if self._left < 0:
                raise Full

    @contextmanager
    def _inside(self) -> Iterator[None]:
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _watch(self, kind: type) -> None:
        """Let the watches know which attributes of an object are looked at, and set."""
        watches = self._watches
        get: Function = kind.__getattribute__
        put: Function = kind.__setattr__

        def looked(owner: Any, name: str) -> Any:
            for watch in watches:
                watch.look(owner, name)
            return get(owner, name)

        def changed(owner: Any, name: str, value: Any) -> None:
            for watch in watches:
                watch.change(owner, name)
            put(owner, name, value)

        kind.__getattribute__ = looked  # type: ignore[assignment, method-assign]
        kind.__setattr__ = changed  # type: ignore[assignment, method-assign]


class _Watch:
    """The attributes of an object that one call of a method reads and sets."""

    def __init__(self, owner: Any) -> None:
        self._owner = owner
        self._before = copy.deepcopy(_attributes(owner))
        self._looked: dict[str, None] = {}
        self._changed: set[str] = set()

    def look(self, owner: Any, name: str) -> None:
        """An attribute that is looked at before it is set decides what the method does."""
        if owner is self._owner and name in self._before and name not in self._changed:
            self._looked[name] = None

    def change(self, owner: Any, name: str) -> None:
        """Keep a change; an attribute that is read after it was set decides nothing."""
        if owner is self._owner:
            self._changed.add(name)

    def seen(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The attributes that were read, as before, and those that changed, as after."""
        reads = {name: self._before[name] for name in self._looked}
        now = _attributes(self._owner)
        writes = {
            name: copy.deepcopy(value)
            for name, value in now.items()
            if name not in self._before or not same(value, self._before[name], 0.0)
        }
        return reads, writes


def _attributes(owner: Any) -> dict[str, Any]:
    found: dict[str, Any] = object.__getattribute__(owner, "__dict__")
    return found


def _bound(
    function: Function, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """All arguments of a call by name, copied, and which of them are left to their defaults."""
    bound = inspect.signature(function).bind(*args, **kwargs)
    given = set(bound.arguments)
    bound.apply_defaults()
    defaulted = tuple(name for name in bound.arguments if name not in given)
    return copy.deepcopy(dict(bound.arguments)), defaulted


def _numbers(value: Any) -> int:
    """The number of numbers in a value, about."""
    if isinstance(value, dict):
        return sum(map(_numbers, value.values()))
    if isinstance(value, (tuple, list)):
        return sum(map(_numbers, value))
    return value.size if isinstance(value, np.ndarray) else 1


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, (tuple, list)):
        return all(map(_is_plain, value))
    return value is None or isinstance(
        value, (bool, int, float, complex, str, bytes, np.generic, np.ndarray)
    )
