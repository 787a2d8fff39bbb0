"""The reference as `solution`: what passes between it and a probe is copied, as in the sandbox.

A reference that works in place must not change a probe's inputs, since no submission can.
Somebody may watch each call and change each answer: so a probe can be run on solutions that
answer wrongly in ways of our own, and what it asks of them can be listed.
"""

from __future__ import annotations

import copy
import importlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.answers.tape import is_plain
from autograder.authoring import Witnessed, library, witness
from autograder.sandbox.wire import named
from autograder.solution.operators import Operators

Answer = Callable[[], Any]


class Watcher:
    """Sees what is asked of a solution; this one changes nothing. Subclasses do."""

    def asked(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        """A call begins, or an attribute is set (`args` holds its value)."""

    def passed(
        self, function: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Sequence[Any], Mapping[str, Any]]:
        """The arguments that a function gets: by default, those of the probe."""
        return args, kwargs

    def answered(self, name: str, answer: Answer) -> Any:
        """The answer that the probe gets: by default, what the reference answers."""
        return answer()


class Watched(Operators):
    """A solution, or an object of it, that a probe uses as it uses the submission's."""

    __asked__ = "<an object of solution>"

    def __init__(
        self, target: Any, watcher: Watcher, name: str = "", known: dict[int, Any] | None = None
    ) -> None:
        """`name` is what the watcher is told: "" for the solution itself.

        known   its objects that are watched, by their `id`: one object stays one object.
        """
        known = {} if known is None else known
        self.__dict__.update(_target=target, _watcher=watcher, _name=name, _known=known)

    def __getattr__(self, name: str) -> Any:
        if name in ("__description__", "__type_name__"):
            return getattr(self._target, name)
        if name.startswith("__"):
            raise AttributeError(name)
        value = getattr(self._target, name)
        if not is_plain(value):
            return self._wrapped(value, name)
        return self._watcher.answered(name, lambda: copy.deepcopy(value))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function, the class or the object."""
        return self._called(self._name, self._target, args, kwargs)

    def __setattr__(self, name: str, value: Any) -> None:
        self._watcher.asked(name, (value,), {})
        setattr(self._target, name, bare(value))

    def __getitem__(self, key: Any) -> Any:
        return self._called("item", self._target.__getitem__, (key,), {})

    def __operate__(self, name: str, module: str, function: str, args: tuple[Any, ...]) -> Any:
        return self._called(name, getattr(importlib.import_module(module), function), args, {})

    def __method__(self, name: str, args: tuple[Any, ...]) -> Any:
        return self._called(name, getattr(self._target, name), args, {})

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        """Its numbers, as NumPy reads them where it is."""
        return np.asarray(self._target, dtype)

    def __library__(self, name: str) -> Any:
        """A library where the solution runs; what is asked of it is watched as well."""
        return Watched(library(self._target, name), _Silent(self._watcher), name)

    def __witness__(self, args: Sequence[Any], typed: Sequence[str]) -> Witnessed:
        """Call it, and look at what it prints and changes, as in the sandbox."""
        self._watcher.asked(self._name, args, {})
        args, _ = self._watcher.passed(self._target, args, {})
        given = [bare(value) for value in args]
        found: list[Witnessed] = []

        def answer() -> Any:
            seen = witness(self._target, given, typed)
            found.append(seen)
            return copy.deepcopy(seen.value) if is_plain(seen.value) else seen.value

        value = self._wrapped(self._watcher.answered(self._name, answer), self._name)
        if not found:
            return Witnessed(value, "", tuple(args))
        after = tuple(self._wrapped(each, "") for each in found[0].arguments)
        return Witnessed(value, found[0].printed, after)

    def _called(
        self, name: str, function: Any, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> Any:
        self._watcher.asked(name, args, kwargs)
        args, kwargs = self._watcher.passed(function, args, kwargs)
        own = [bare(value) for value in args], {k: bare(v) for k, v in kwargs.items()}

        def answer() -> Any:
            value = function(*own[0], **own[1])
            kept = not is_plain(value) or named.acts(type(value))
            return value if kept else copy.deepcopy(value)

        return self._wrapped(self._watcher.answered(name, answer), name)

    def _wrapped(self, value: Any, name: str) -> Any:
        if isinstance(value, Watched) or (is_plain(value) and not named.acts(type(value))):
            return value
        if type(value) is tuple or type(value) is list:
            return type(value)(self._wrapped(item, name) for item in value)
        if type(value) is dict:
            return {key: self._wrapped(item, name) for key, item in value.items()}
        known = self._known
        if id(value) not in known:
            known[id(value)] = Watched(value, self._watcher, name, known)
        return known[id(value)]


class _Silent(Watcher):
    """Lets a watcher see what is asked of a library, whose answers stay as they are."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def asked(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        self._watcher.asked(name, args, kwargs)


def bare(value: Any) -> Any:
    """The value without its watchers, and a copy of what is plain: the solution's own."""
    if isinstance(value, Watched):
        return value.__dict__["_target"]
    if is_plain(value):
        return copy.deepcopy(value)
    if type(value) is tuple or type(value) is list:
        return type(value)(map(bare, value))
    if type(value) is dict:
        return {key: bare(item) for key, item in value.items()}
    return value
