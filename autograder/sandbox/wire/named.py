"""Lists, tuples and dictionaries of a class of their own, as data that keeps the class's name.

A named tuple is a tuple whose items have names. A subclass of list that a submission defines is
a list to whoever compares it, and says what it is in messages.
"""

from __future__ import annotations

import types
from collections.abc import Iterable
from typing import Any, NamedTuple

_module = type.__dict__["__module__"].__get__
_name = type.__dict__["__name__"].__get__
_ancestors = type.__dict__["__mro__"].__get__
_members = type.__dict__["__dict__"].__get__

SUBMITTED = "submission"  # the module of what a submission defines
_OWN = frozenset({SUBMITTED, "solution"})
_BASES = (tuple, list, dict)
MOST_FIELDS = 100
_ACTING = (types.FunctionType, property, classmethod, staticmethod)


class Label(NamedTuple):
    """The name of a class, and what it calls the items.

    name     the class's.
    own      whether a submission, or the reference, defines it.
    fields   the names of a named tuple's items.
    """

    name: str
    own: bool
    fields: tuple[str, ...] = ()


class OwnTuple(tuple[Any, ...]):
    """A tuple of a class of its own; the items of a named tuple are attributes as well.

    A field may be called as a method of tuples is, such as `count`, and comes first then.
    """

    _label: Label

    def __new__(cls, items: Iterable[Any], label: Label) -> OwnTuple:  # noqa: D102
        made = super().__new__(cls, items)
        made._label = label
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self), self._label

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_"):
            kept = object.__getattribute__(self, "__dict__").get("_label")
            if kept is not None and name in kept.fields[: len(self)]:
                return self[kept.fields.index(name)]
        return super().__getattribute__(name)


class OwnList(list[Any]):
    """A list of a class of its own."""

    _label: Label


class OwnDict(dict[Any, Any]):
    """A dictionary of a class of its own."""

    _label: Label


def labelled(items: Any, label: Label) -> Any:
    """The same tuple, list or dictionary, of a class with this label."""
    if isinstance(items, tuple):
        return OwnTuple(items, label)
    made: Any = OwnList(items) if isinstance(items, list) else OwnDict(items)
    made._label = label
    return made


def label_of(value: Any) -> Label | None:
    """The label of a tuple's, list's or dictionary's class; None for an ordinary one."""
    kind = type(value)
    if kind in _BASES or not issubclass(kind, _BASES):
        return None
    if kind in (OwnTuple, OwnList, OwnDict):
        found: Label = value._label
        return found
    fields = _fields(kind) if issubclass(kind, tuple) else ()
    own = _module(kind) in _OWN
    return Label(_name(kind), own, fields) if own or fields else None


def bare(value: Any) -> Any:
    """The tuple, list or dictionary itself; any other value as it is."""
    for base in _BASES:
        if isinstance(value, base) and type(value) is not base:
            return base(value)
    return value


def rebuilt(value: Any, items: Any) -> Any:
    """`items`, of the class that `value` has."""
    if type(value) in _BASES:
        return items
    label = label_of(value)
    return items if label is None else labelled(items, label)


def acts(kind: type) -> bool:
    """True for a list, tuple or dictionary with methods of a submission's own.

    Then its objects are more than their items, and stay where they are.
    """
    if kind in _BASES or not issubclass(kind, _BASES) or _module(kind) not in _OWN:
        return False
    return any(
        not name.startswith("_") and isinstance(member, _ACTING)
        for one in _ancestors(kind)
        if _module(one) in _OWN
        for name, member in _members(one).items()
    )


def is_submitted(kind: type) -> bool:
    """True if a submission defines the class."""
    found: bool = _module(kind) == SUBMITTED
    return found


def _fields(kind: type) -> tuple[str, ...]:
    for one in _ancestors(kind):
        fields = _members(one).get("_fields")
        if isinstance(fields, tuple) and all(type(name) is str for name in fields):
            return fields[:MOST_FIELDS]
    return ()


def is_label(name: object, own: object, fields: object) -> bool:
    """True if a label can be made of these; a submission may send anything."""
    return (
        type(name) is str
        and type(own) is bool
        and isinstance(fields, list)
        and len(fields) <= MOST_FIELDS
        and all(type(each) is str and len(each) <= 80 for each in fields)
    )
