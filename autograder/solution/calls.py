"""Calls of the task's functions and methods to one another, and the parameters they have."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Of each function and method: its parameters in order, each with its default or with nothing.
Parameters = Mapping[str, Sequence[tuple[str, Sequence[Any]]]]


@dataclass(frozen=True)
class PartCall:
    """One call that the reference makes to a part of itself.

    name        of a function, or "MLP.activate" of a method.
    arguments   all of them, by name; a method's without the object.
    defaulted   those that the reference leaves to their defaults.
    unread      those that the part never looks at.
    reads       of a method: the attributes that it looks at, as they are before.
    writes      of a method: the attributes that it leaves changed, as they are afterwards.
    """

    name: str
    arguments: Mapping[str, Any]
    value: Any
    defaulted: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    reads: Mapping[str, Any] = field(default_factory=dict)
    writes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class OwnParameter:
    """A parameter of a student's own definition; `default` is its one default, where plain."""

    name: str
    has_default: bool = False
    default: Sequence[Any] = ()


def is_method(name: str) -> bool:
    """True if a part is a method, as "MLP.activate" is."""
    return "." in name


def names_in_order(wanted: Sequence[str], own: Sequence[OwnParameter]) -> Sequence[str]:
    """The reference's parameter names, `wanted`, in the order of the student's definition."""
    known = [parameter.name for parameter in own]
    by_name = bool(known) and set(known) <= set(wanted)
    return [*known, *(name for name in wanted if name not in known)] if by_name else wanted


def bound_by_name(
    names: Sequence[str],
    wanted: Collection[str],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
) -> dict[str, Any]:
    """The arguments of a student's call, by the reference's parameter names.

    names    these, in the order of the student's definition.
    wanted   the same; an argument by another name is the first of them that is free.
    """
    bound = dict(zip(names, args, strict=False))
    free = [name for name in names if name not in bound and name not in kwargs]
    for name, value in kwargs.items():
        if name in wanted:
            bound[name] = value
        elif free:
            bound[free.pop(0)] = value
    return bound
