"""Values of Python's own types that are neither numbers, texts nor arrays, as data.

Each travels as the name of its type and its parts. Types are told by their names, so that
nothing is imported for what no submission returns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.sandbox.wire.frames import ProtocolError

_module = type.__dict__["__module__"].__get__
_name = type.__dict__["__name__"].__get__

_PARTS: Mapping[tuple[str, str], Callable[[Any], list[Any]]] = {
    ("builtins", "set"): list,
    ("builtins", "frozenset"): list,
    ("builtins", "range"): lambda value: [value.start, value.stop, value.step],
    ("collections", "deque"): list,
    ("datetime", "date"): lambda value: [value.isoformat()],
    ("datetime", "time"): lambda value: [value.isoformat()],
    ("datetime", "datetime"): lambda value: [value.isoformat()],
    ("datetime", "timedelta"): lambda value: [value.days, value.seconds, value.microseconds],
    ("decimal", "Decimal"): lambda value: [str(value)],
    ("fractions", "Fraction"): lambda value: [value.numerator, value.denominator],
}
HASHED = frozenset({"set", "frozenset"})
_OF_ITEMS = HASHED | {"deque"}


def parts(value: Any) -> tuple[str, list[Any]] | None:
    """The name of a value's type and what it is made of; None where it is none of these."""
    kind = type(value)
    name = _name(kind)
    try:
        take = _PARTS.get((_module(kind), name))
        return None if take is None else (name, take(value))
    except Exception:  # of a type that only bears the name
        return None


def made(name: str, of: Sequence[Any]) -> Any:
    """The value. Raises ProtocolError where there is none of these parts."""
    try:
        return _MAKERS[name](of)
    except (KeyError, ArithmeticError, TypeError, ValueError) as error:
        raise ProtocolError(f"a frame holds a malformed {name[:20]}") from error


def stands_for(name: str, of: Sequence[Any]) -> int:
    """The items that a range of these parts has; 0 for any other type."""
    if name != "range":
        return 0
    start, stop, step = _whole(of, 3)
    return max(0, -((start - stop) // step))


def mapped(change: Callable[[Any], Any], value: Any) -> Any:
    """The same value with each of its items changed, where it has items."""
    return type(value)(map(change, value)) if _name(type(value)) in _OF_ITEMS else value


def _deque(of: Sequence[Any]) -> Any:
    from collections import deque

    return deque(of)


def _moment(name: str) -> Callable[[Sequence[Any]], Any]:
    def make(of: Sequence[Any]) -> Any:
        import datetime

        (text,) = of
        return getattr(datetime, name).fromisoformat(text)

    return make


def _timedelta(of: Sequence[Any]) -> Any:
    import datetime

    return datetime.timedelta(*_whole(of, 3))


def _decimal(of: Sequence[Any]) -> Any:
    import decimal

    (text,) = of
    if type(text) is not str:
        raise TypeError
    return decimal.Decimal(text)


def _fraction(of: Sequence[Any]) -> Any:
    import fractions

    return fractions.Fraction(*_whole(of, 2))


def _whole(of: Sequence[Any], count: int) -> Sequence[int]:
    if len(of) != count or any(type(each) is not int for each in of):
        raise TypeError
    return of


_MAKERS: Mapping[str, Callable[[Sequence[Any]], Any]] = {
    "set": set,
    "frozenset": frozenset,
    "range": lambda of: range(*_whole(of, 3)),
    "deque": _deque,
    "date": _moment("date"),
    "time": _moment("time"),
    "datetime": _moment("datetime"),
    "timedelta": _timedelta,
    "Decimal": _decimal,
    "Fraction": _fraction,
}
