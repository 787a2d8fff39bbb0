"""Stand-ins for a submission's functions while the host answers for the task's parts."""

from __future__ import annotations

import functools
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.sandbox.guest import standins
from autograder.sandbox.guest.loading.elsewhere import Elsewhere

MISSING = object()  # in place of what is not there

Ask = Callable[[str, tuple[Any, ...], dict[str, Any]], tuple[bool, Any]]


class Substitutes:
    """Functions and methods that ask the host first, and the student's own beneath them.

    originals   what the namespace held in the places that are taken.
    elsewhere   what the submission imports from modules that are not here.
    """

    def __init__(self, namespace: dict[str, Any], ask: Ask) -> None:
        """`ask` says whether the host answers a call, and with what."""
        self.originals: dict[str, Any] = {}
        self.elsewhere = Elsewhere()
        self._namespace = namespace
        self._ask = ask
        self._methods: dict[tuple[type, str], Any] = {}  # those that are asked for
        self._placed: list[str] = []  # modules that are there while parts are answered for

    def place(
        self,
        names: Sequence[str],
        attributes: Mapping[str, Sequence[str]],
        aside: Sequence[str],
    ) -> None:
        """Put these in place of what was put there before.

        names        functions and methods that the host answers for.
        attributes   for each method, which attributes of its object the host looks at.
        aside        functions that nothing depends on.
        """
        namespace = self._namespace
        for name, own in self.originals.items():
            if own is MISSING:
                namespace.pop(name, None)
            else:
                namespace[name] = own
        for name in self._placed:
            sys.modules.pop(name, None)
        for (kind, name), own in self._methods.items():
            if own is MISSING:
                delattr(kind, name)
            else:
                setattr(kind, name, own)
        functions = [name for name in names if name not in attributes]
        self.originals = {name: namespace.get(name, MISSING) for name in [*functions, *aside]}
        for name in functions:
            own = self.originals[name]
            namespace[name] = self._asking(name, _undefined(name) if own is MISSING else own)
        for name in aside:
            own = self.originals[name]
            namespace[name] = _aside(_undefined(name) if own is MISSING else own)
        self._lead_elsewhere(functions)
        self._methods = {}
        for name, looked_at in attributes.items():
            self._place_method(name, looked_at)

    def _lead_elsewhere(self, functions: Sequence[str]) -> None:
        """Lead what is imported from modules that are not here to what is answered for."""
        namespace = self._namespace
        lacking = {name for name in functions if self.originals[name] is MISSING}

        def find(name: str) -> Any:
            return namespace[name] if name in lacking else None

        places = self.elsewhere.names(find) if lacking else {}
        for name, place in places.items():
            if name not in namespace:
                self.originals[name] = MISSING
                namespace[name] = place
        modules = self.elsewhere.importable(find) if lacking else {}
        self._placed = [name for name in modules if name not in sys.modules]
        sys.modules.update((name, modules[name]) for name in self._placed)

    def _place_method(self, qualified: str, looked_at: Sequence[str]) -> None:
        of, _, name = qualified.partition(".")
        kind = self._namespace.get(of)
        own = vars(kind).get(name, MISSING) if isinstance(kind, type) else None
        if not isinstance(own, types.FunctionType) and own is not MISSING:
            return  # a property, a value: no method of theirs is called by that name
        run = getattr(kind, name, None) or _undefined_method(of, name)

        def ask(owner: Any, *args: Any, **kwargs: Any) -> Any:
            kept = getattr(owner, "__dict__", {})
            state = {each: kept[each] for each in looked_at if each in kept}
            found, answer = self._ask(qualified, (state, *args), kwargs)
            if not found:
                return run(owner, *args, **kwargs)
            value, changed = answer
            for attribute, each in changed.items():
                setattr(owner, attribute, each)
            return value

        ask.__name__, ask.__qualname__ = name, qualified
        self._methods[kind, name] = own  # type: ignore[index]
        setattr(kind, name, ask)

    def attribute(self, owner: Any, name: str) -> Any:
        """As the probe sees it: the student's own method, not what is asked for it."""
        for kind in type(owner).__mro__ if self._methods else ():
            if (kind, name) in self._methods:
                own = self._methods[kind, name]
                if own is not MISSING:
                    return own.__get__(owner)
                return getattr(super(kind, owner), name)
            if name in vars(kind):
                break
        return getattr(owner, name)

    def _asking(self, name: str, own: Callable[..., Any]) -> Callable[..., Any]:
        def ask(*args: Any, **kwargs: Any) -> Any:
            found, value = self._ask(name, args, kwargs)
            return value if found else own(*args, **kwargs)

        ask.__name__ = ask.__qualname__ = name
        return ask


def _undefined(name: str) -> Callable[..., Any]:
    def undefined(*args: Any, **kwargs: Any) -> Any:
        raise NameError(f"name {name!r} is not defined")

    return undefined


def _undefined_method(of: str, name: str) -> Callable[..., Any]:
    def undefined(*args: Any, **kwargs: Any) -> Any:
        raise AttributeError(f"{of!r} object has no attribute {name!r}")

    return undefined


def _aside(own: Callable[..., Any]) -> Callable[..., Any]:
    """A function that nothing depends on: where it raises, its answer is absent."""

    @functools.wraps(own)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return own(*args, **kwargs)
        except Exception:
            return standins.ABSENT

    return run
