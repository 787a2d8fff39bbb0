"""Imports of a submission from a module that is not here, such as a helper file.

Its names are bound to nothing. While the grader answers for functions of the task that the
submission does not define (`guest`), these names lead there, however they were imported.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Callable, Iterable
from typing import Any

from autograder.sandbox.guest.loading.parsing import Import

Find = Callable[[str], Any]


class Elsewhere:
    """The names that come from modules which are not here.

    own       by the name that the submission uses: what the module calls it, or "" where that
              name is the module itself.
    modules   those that functions import when they are called.
    """

    def __init__(self) -> None:
        self.own: dict[str, str] = {}
        self.modules: set[str] = set()
        self._within: set[str] = set()  # modules in modules

    def note(self, node: Import, alias: ast.alias) -> None:
        """Remember an import at the top level that found no such module."""
        if isinstance(node, ast.ImportFrom):
            self.own[alias.asname or alias.name] = alias.name
        else:
            first, *rest = alias.name.split(".")
            self.own[alias.asname or first] = ""
            self._within.update(rest)

    def names(self, find: Find) -> dict[str, Any]:
        """The value of each name, where `find` gives the functions that there are.

        find   gives None for what is no such function.
        """
        return {
            name: (find(inner) if inner else None) or self._module(name, find)
            for name, inner in self.own.items()
        }

    def importable(self, find: Find) -> dict[str, Any]:
        """The modules that functions import, in the same way."""
        return {name: self._module(name, find, in_a_function=True) for name in self.modules}

    def _module(self, name: str, find: Find, *, in_a_function: bool = False) -> _Module:
        return _Module(name, find, self._within, in_a_function)


class _Module(types.ModuleType):
    """A module that is not here. It has the functions that are answered for, and no others."""

    def __init__(
        self, name: str, find: Find, within: Iterable[str], in_a_function: bool
    ) -> None:
        super().__init__(name)
        self.__dict__["_elsewhere"] = find, frozenset(within), in_a_function

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        find, within, in_a_function = self.__dict__["_elsewhere"]
        found = find(name)
        if found is None and name in within:
            found = self
        if found is not None:
            return found
        own = self.__name__
        if in_a_function:
            raise ModuleNotFoundError(f"No module named {own!r}", name=own)
        raise NameError(f"name {own!r} is not defined", name=own)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Nobody knows what a function that comes from there would do."""
        raise NameError(f"name {self.__name__!r} is not defined", name=self.__name__)
