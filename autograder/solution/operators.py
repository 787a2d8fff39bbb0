"""Python's own operations on an object: `len(x)`, `x + y`, `for … in x`, `with x`.

An object that stands for one elsewhere inherits this, and passes each question on.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

from autograder.errors import WrongAnswer

MOST_ITEMS = 1_000  # of one object, which a probe may go through


class Operators:
    """Subclasses say how a function is called with the object, and how a method is."""

    def __operate__(self, name: str, module: str, function: str, args: tuple[Any, ...]) -> Any:
        """Call `module.function` with `args`, where the object is.

        name   the special method that it stands for: "__len__".
        """
        raise NotImplementedError

    def __method__(self, name: str, args: tuple[Any, ...]) -> Any:
        """Call the object's own special method."""
        raise NotImplementedError

    def __iter__(self) -> Iterator[Any]:
        """Its items, one by one, each when it is asked for. Raises WrongAnswer for too many."""
        items = self.__operate__("__iter__", "builtins", "iter", (self,))
        for _ in range(MOST_ITEMS):
            try:
                item = next(items)
            except StopIteration:
                return
            yield item
        raise WrongAnswer(f"It gives more than {MOST_ITEMS:,} values, one after the other.")

    def __contains__(self, item: Any) -> bool:
        return bool(self.__operate__("__contains__", "operator", "contains", (self, item)))

    def __eq__(self, other: object) -> Any:
        return self.__operate__("__eq__", "operator", "eq", (self, other))

    __hash__ = object.__hash__

    def __enter__(self) -> Any:
        return self.__method__("__enter__", ())

    def __exit__(self, *exception: object) -> None:
        """End it as after a block without an exception, which would not be the student's."""
        self.__method__("__exit__", (None, None, None))


def _asking(name: str, function: str, module: str) -> Callable[..., Any]:
    def ask(self: Operators, *args: Any) -> Any:
        return self.__operate__(name, module, function, (self, *args))

    return ask


def _reflected(name: str, function: str) -> Callable[..., Any]:
    def ask(self: Operators, other: Any) -> Any:
        return self.__operate__(name, "operator", function, (other, self))

    return ask


_FUNCTIONS = (
    *("len", "bool", "int", "float", "complex", "str", "repr", "dir"),
    *("next", "reversed", "round", "abs"),
)
_UNARY = ("neg", "pos", "invert")
_BINARY = (
    *("add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow"),
    *("and", "or", "xor", "lshift", "rshift"),
)
_ORDER = ("ne", "lt", "le", "gt", "ge")

# Those that an object gets another value with, which it could agree with.
OPERATORS = frozenset(
    [
        "__contains__",
        *(f"__{each}__" for each in ("eq", *_ORDER, *_BINARY)),
        *(f"__r{each}__" for each in _BINARY),
    ]
)

for _each in _FUNCTIONS:
    setattr(Operators, f"__{_each}__", _asking(f"__{_each}__", _each, "builtins"))
for _each in (*_UNARY, *_ORDER, *_BINARY):
    _function = _each if hasattr(operator, _each) else f"{_each}_"
    setattr(Operators, f"__{_each}__", _asking(f"__{_each}__", _function, "operator"))
for _each in _BINARY:
    _function = _each if hasattr(operator, _each) else f"{_each}_"
    setattr(Operators, f"__r{_each}__", _reflected(f"__r{_each}__", _function))
