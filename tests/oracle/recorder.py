"""The checks at home: which functions they call, in which order, and what comes back.

An attacker reads the checks, and has the recorded answers to the public inputs in the bundle.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.answers.choice import live_key
from autograder.answers.key import Draw
from autograder.answers.reference import seed_everything
from autograder.authoring import Check, Kind
from autograder.course.course import Assignment
from tests.oracle.program import PRELUDE, SELF


@dataclass(frozen=True)
class Called:
    """One answer: the function's name, and the place of its answer in the table."""

    name: str
    place: int


@dataclass
class Recording:
    """A table of right answers for one seed, and which of them each case of a check asks for.

    numbers   all that went in or came back.
    """

    table: dict[str, list[Any]] = field(default_factory=dict)
    cases: dict[str, list[list[Called]]] = field(default_factory=dict)
    numbers: list[np.ndarray] = field(default_factory=list)


def record(assignment: Assignment, seed: int) -> Recording:
    """Run every check once on the reference.

    A hand-in that counts its calls is a fresh one in each check. So a function's answers are
    those of one check: its own that is worth most, or else any that calls it.
    """
    key = live_key(assignment, seed)
    found = Recording()
    tables: dict[str, dict[str, list[Any]]] = {}
    own: dict[str, Any] = {}
    exec(PRELUDE, own)
    for check in assignment.checks:
        own["_SEEN"].clear()
        found.cases[check.id] = []
        found.table = tables[check.id] = {}
        for number in range(1 if check.kind is Kind.THRESHOLD else check.cases):
            calls: list[Called] = []
            draw = Draw(seed, assignment.name, check.id, number)
            seed_everything(draw.global_seed)
            solution = _Solution(key.reference.original, found, calls, own)
            with np.errstate(all="ignore"):
                value = check.probe(solution, key.case(check, number).given(), draw.rng())
                if check.kind is Kind.REQUIREMENT:
                    list(value)
            found.cases[check.id].append(calls)
    home = _homes(assignment, tables)
    found.table = {name: tables[check][name] for name, check in home.items()}
    found.cases = {
        check: [[call for call in calls if home[call.name] == check] for calls in cases]
        for check, cases in found.cases.items()
    }
    return found


def _homes(assignment: Assignment, tables: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """By function, the check whose answers are handed in for it."""

    def worth(check: Check, name: str) -> tuple[bool, bool, float]:
        own = name.partition(".")[0] == check.of
        return own, check.kind is not Kind.THRESHOLD, check.points

    return {
        name: max(
            (check for check in assignment.checks if name in tables[check.id]),
            key=lambda check: worth(check, name),
        ).id
        for name in dict.fromkeys(name for table in tables.values() for name in table)
    }


class _Solution:
    """The reference, watched."""

    def __init__(
        self, module: Any, found: Recording, calls: list[Called], own: dict[str, Any]
    ) -> None:
        self._module, self._found, self._calls, self._own = module, found, calls, own

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._module, name)
        if isinstance(value, type):
            return lambda *args, **kwargs: _Watched(
                value(*args, **kwargs), self, ("made", self.digest((args, kwargs)))
            )
        if not callable(value):
            return value

        def watched(*args: Any, **kwargs: Any) -> Any:
            arguments = copy.deepcopy((args, kwargs))
            key = self.digest(arguments)
            self.keep_numbers(arguments)
            return self.keep(name, key, value(*args, **kwargs))

        return watched

    def digest(self, value: Any) -> Any:
        """What tells inputs apart, as in a hand-in."""
        return self._own["_digest"](value)

    def keep(self, name: str, key: Any, value: Any) -> Any:
        """Note an answer, and give it on."""
        place = self._own["_place"](name, key)
        answers = self._found.table.setdefault(name, [])
        if place == len(answers):
            answers.append(copy.deepcopy(value))
        self._calls.append(Called(name, place))
        self.keep_numbers(value)
        return value

    def keep_numbers(self, value: Any) -> None:
        """Note all numbers in a value."""
        if isinstance(value, dict):
            value = tuple(value.values())
        if isinstance(value, (tuple, list)):
            for inner in value:
                self.keep_numbers(inner)
        elif isinstance(value, (float, np.ndarray, np.floating)):
            array = np.asarray(value)
            if array.dtype.kind == "f":
                self._found.numbers.append(array.ravel().copy())


class _Watched:
    """An object of the reference; its methods and values are watched."""

    def __init__(self, own: Any, above: _Solution, history: Any) -> None:
        self.__dict__.update(_own=own, _above=above, _history=history)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._own, name)
        whole = f"{type(self._own).__name__}.{name}"
        if not callable(value):
            return self._above.keep(whole, self._above.digest(self._history), value)

        def watched(*args: Any, **kwargs: Any) -> Any:
            history = (self._history, name, self._above.digest((args, kwargs)))
            self.__dict__["_history"] = history
            self._above.keep_numbers(args)
            result = value(*args, **kwargs)
            if result is self._own:
                self._above.keep(whole, self._above.digest(history), SELF)
                return self
            return self._above.keep(whole, self._above.digest(history), result)

        return watched

    def __setattr__(self, name: str, value: Any) -> None:
        self.__dict__["_history"] = (self._history, name, self._above.digest(value))
        setattr(self._own, name, value)
