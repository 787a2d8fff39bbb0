"""The calls of a student's function to its parts, answered from the reference's path."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.judging.closeness import norm, same, wide
from autograder.judging.records import Record
from autograder.judging.sizes import Sizes
from autograder.solution.calls import (
    OwnParameter,
    PartCall,
    bound_by_name,
    is_method,
    names_in_order,
)

ARGUMENT_TOLERANCE = 1e-9
TENSOR_TOLERANCE = 1e-5  # in float32, another order of the same sums differs by 1e-7
DRAWS_DIFFER = 4.0  # how many times larger or smaller other draws may be, all together


class Prompter:
    """Answers the calls of a student's function to its parts, from the reference's path.

    While a student's `nn_model` runs, its calls to `forward_propagation` and the others get
    the reference's answers, so that a wrong part costs its own points only. Only calls that
    the reference itself makes are answered: a function that leaves its path is on its own,
    and learns nothing that the right one would not know.

    A part that the submission does not define, such as one from a helper file, is answered on
    the path of a misconception as well: there is nothing else that a wrong function could call.

    names      the parts that are answered for.
    own        how the student's definitions name their parameters; what is not among them is
               not defined there, or not readably.
    lacking    the parts that the submission does not define.
    free       parts of which only properties must hold, as of random draws: what such a part
               gives on the path may be something else of its kind in the student's function.
    answered   the parts that were asked for, on the path.
    drawn      for each case, the draws of the student's own that stood in for the reference's,
               or None.
    """

    def __init__(
        self,
        names: Sequence[str],
        own: Mapping[str, Sequence[OwnParameter]],
        free: Collection[str] = (),
        lacking: Collection[str] = (),
    ) -> None:
        self.names = tuple(names)
        self.lacking = frozenset(lacking)
        self.answered: set[str] = set()
        self.drawn: list[Any] = []
        self._own = own
        self._free = free
        self._calls: dict[str, list[PartCall]] = {}
        self._next: dict[str, int] = {}
        self._draws: list[_Draw] = []
        self._sizes: dict[str, Sizes] = {}

    @property
    def drew(self) -> bool:
        """True if draws of the student's own stood in for the reference's."""
        return any(each is not None for each in self.drawn)

    def begin(self, calls: Sequence[PartCall], strays: Sequence[PartCall] = ()) -> None:
        """A case begins, in which the reference makes these calls, and misconceptions more."""
        self.drawn.append(None)
        self._calls = {}
        for call in calls:
            if call.name in self.names:
                self._calls.setdefault(call.name, []).append(call)
        for call in strays:
            if call.name in self.lacking:
                self._calls.setdefault(call.name, []).append(call)
        self._next = dict.fromkeys(self._calls, 0)
        self._sizes = {}
        self._draws = [_Draw(call.value) for call in calls if call.name in self._free]

    def answer(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[bool, Any]:
        """(True, the reference's value) for a call on its path, else (False, None).

        Of a method, the first of `args` are the attributes of its object, by name, and the
        value is a pair: what it returns, and the attributes that it leaves changed.
        """
        calls = self._calls.get(name, [])
        if not calls:
            return False, None
        attributes: Mapping[str, Any] = {}
        if is_method(name):
            attributes, *args = args
        bound = bound_by_name(self._names(calls[0]), calls[0].arguments, args, kwargs)
        for place in self._places(name, bound, attributes):
            if self._is_on_the_path(calls[place], bound, attributes):
                self._next[name] = place + 1
                self.answered.add(name)
                value = calls[place].value
                return True, (value, dict(calls[place].writes)) if is_method(name) else value
        return False, None

    def _places(
        self, name: str, bound: Mapping[str, Any], attributes: Mapping[str, Any]
    ) -> Iterator[int]:
        """The places that a call may have among the reference's: mostly the next one."""
        calls = self._calls[name]
        following = self._next[name] % len(calls)
        yield following
        if self._draws:  # in whose place other values may stand
            others: Collection[int] = range(len(calls))
        else:
            if name not in self._sizes:
                self._sizes[name] = Sizes(
                    [{**_of_object(call.reads), **call.arguments} for call in calls]
                )
            others = self._sizes[name].may_be({**_of_object(attributes), **bound})
        yield from (place for place in others if place > following)
        yield from (place for place in others if place < following)

    def _is_on_the_path(
        self, call: PartCall, bound: Mapping[str, Any], attributes: Mapping[str, Any]
    ) -> bool:
        taken = {}
        for name, value in bound.items():
            if not _alike(value, call.arguments[name]):
                draw = self._draw_for(value, call.arguments[name])
                if draw is None:
                    return False
                taken[id(draw)] = draw, value
        if not all(
            name in attributes and _alike(attributes[name], value)
            for name, value in call.reads.items()
        ):
            return False
        if not all(self._may_leave_out(call, name) for name in call.arguments.keys() - bound):
            return False
        for draw, value in taken.values():
            draw.own = self.drawn[-1] = value
        return True

    def _draw_for(self, value: Any, wanted: Any) -> _Draw | None:
        """The draw of the reference in whose place `value` stands, if that is `wanted`."""
        for draw in self._draws:
            if _alike(draw.value, wanted) and draw.may_be(value):
                return draw
        return None

    def _may_leave_out(self, call: PartCall, argument: str) -> bool:
        """True if a call is complete without this argument.

        A default counts where the student's own definition has it. What a part never looks at
        need not be in a definition; of what is not defined, only the task's own defaults count.
        """
        if call.name not in self._own:
            return argument in call.defaulted
        own = self._own[call.name]
        place = self._names(call).index(argument) if argument in self._names(call) else -1
        if not 0 <= place < len(own):
            return argument in call.unread
        if not own[place].has_default:
            return False
        return argument in call.defaulted or any(
            _alike(default, call.arguments[argument]) for default in own[place].default
        )

    def _names(self, call: PartCall) -> Sequence[str]:
        """The reference's parameter names in the order of the student's definition."""
        return names_in_order(list(call.arguments), self._own.get(call.name, ()))


def _of_object(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {f"self.{name}": value for name, value in attributes.items()}


class _Draw:
    """A random part's value on the reference's path, and the student's own instead."""

    def __init__(self, value: Any) -> None:
        self.value = value
        self.own: Any = None

    def may_be(self, value: Any) -> bool:
        """True if `value` is the student's: one of its kind at first, then the same."""
        if self.own is not None:
            return _alike(value, self.own)
        return is_of_its_kind(value, self.value)


def is_of_its_kind(value: Any, drawn: Any) -> bool:
    """True if arrays have the shapes and about the size of other draws, and vary as they do."""
    if not isinstance(drawn, Mapping) or not isinstance(value, Mapping):
        return False
    folded = {str(key).lower(): found for key, found in value.items()}
    sizes = []
    for key, wanted in drawn.items():
        found = folded.get(str(key).lower())
        if not isinstance(wanted, np.ndarray) or not isinstance(found, np.ndarray):
            return False
        if found.shape != wanted.shape or not _are_finite(found) or not _are_finite(wanted):
            return False
        if not wanted.any():  # a start that is no draw
            if found.any():
                return False
        elif found.size > 1 and np.ptp(found) == 0:
            return False
        else:
            sizes.append((norm(wide(found)), norm(wide(wanted))))
    if not sizes:
        return False
    ratio = math.hypot(*(own for own, _ in sizes)) / math.hypot(
        *(theirs for _, theirs in sizes)
    )
    return 1 / DRAWS_DIFFER <= ratio <= DRAWS_DIFFER


def _are_finite(values: np.ndarray[Any, Any]) -> bool:
    return values.dtype.kind in "fiu" and bool(np.isfinite(values).all())


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        folded = {str(key).lower(): value for key, value in one.items()}
        return all(
            str(key).lower() in folded and _alike(folded[str(key).lower()], value)
            for key, value in other.items()
        )
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, Record) and isinstance(other, Record):
        return same(one, other, TENSOR_TOLERANCE)
    return same(one, other, ARGUMENT_TOLERANCE)
