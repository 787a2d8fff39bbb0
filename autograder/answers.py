"""The answer key: what a probe must give, wherever the answers come from.

Grading sees `AnswerKey` only. `reference.LiveKey` computes the answers from the course's
reference; `recording.RecordedKey` replays those that were frozen into a student's bundle.
So a bundle cannot judge differently from the course.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from autograder.authoring import Check
from autograder.judging.closeness import same
from autograder.judging.outcome import Outcome

# Of each function and method: its parameters in order, each with its default or with nothing.
Parameters = Mapping[str, Sequence[tuple[str, Sequence[Any]]]]

ARGUMENT_TOLERANCE = 1e-9


@dataclass(frozen=True)
class PartCall:
    """One call that the reference makes to a part of itself: every argument, by name."""

    name: str
    arguments: Mapping[str, Any]
    value: Any


class Case(Protocol):
    """One case of one check, for one seed."""

    @property
    def expected(self) -> Outcome:
        """What the probe gives for the reference (for a gradient: the numeric one)."""

    @property
    def calls(self) -> Sequence[PartCall]:
        """The calls to other functions that the reference makes on its way."""

    @property
    def wrong(self) -> Mapping[str, Outcome]:
        """What the probe gives for each misconception."""

    def given(self) -> Any:
        """The reference's functions, for a probe to prepare inputs with; fresh each time."""


class AnswerKey(Protocol):
    """All answers of one assignment, for one seed."""

    @property
    def digest(self) -> str:
        """The fingerprint of the checks and the reference that the answers come from."""

    @property
    def signatures(self) -> Mapping[str, Sequence[str]]:
        """The parameter names of each of the reference's functions, in order."""

    @property
    def parameters(self) -> Parameters:
        """The same of its functions and methods, each parameter with its default."""

    @property
    def sentences(self) -> Mapping[str, str]:
        """What a teacher says of each misconception."""

    def holds(self, check: Check) -> bool:
        """Whether this key can judge the check at all."""

    def case(self, check: Check, number: int) -> Case:
        """Case `number` of a check."""


@dataclass(frozen=True)
class Draw:
    """The random numbers of one case: the same for everybody who is graded with one seed."""

    seed: int
    assignment: str
    check: str
    case: int

    @cached_property
    def number(self) -> int:
        """A 128-bit number that depends on all four, and looks like none of them."""
        text = f"{self.seed}/{self.assignment}/{self.check}/{self.case}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:16], "little")

    @property
    def global_seed(self) -> int:
        """The 32-bit seed of `random` and `numpy.random`, on both sides."""
        return self.number % 2**32

    def rng(self) -> np.random.Generator:
        """A fresh generator, at its beginning."""
        return np.random.Generator(np.random.PCG64(self.number))


class Prompter:
    """Answers the calls of a student's function to its parts, from the reference's path.

    While a student's `nn_model` runs, its calls to `forward_propagation` and the others get
    the reference's answers, so that a wrong part costs its own points only. Only calls that
    the reference itself makes are answered: a function that leaves its path is on its own,
    and learns nothing that the right one would not know.
    """

    def __init__(
        self, names: Sequence[str], own_parameters: Mapping[str, Sequence[str]]
    ) -> None:
        """Answer for the parts `names`.

        own_parameters   how the student's functions name their parameters.
        """
        self.names = tuple(names)
        self.answered: set[str] = set()  # the parts that were asked for, on the path
        self._own = own_parameters
        self.begin(())

    def begin(self, calls: Sequence[PartCall]) -> None:
        """A case begins, in which the reference makes these calls."""
        self._calls: dict[str, list[PartCall]] = {}
        for call in calls:
            if call.name in self.names:
                self._calls.setdefault(call.name, []).append(call)
        self._next = dict.fromkeys(self._calls, 0)
        self._constants: dict[tuple[str, str], bool] = {}

    def answer(
        self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[bool, Any]:
        """(True, the reference's value) for a call on its path, else (False, None).

        An argument may be left out (a cost that needs no parameters), unless what is left
        fits calls with different answers: then the function asks for too little.
        """
        calls = self._calls.get(name, [])
        if not calls:
            return False, None
        bound = self._bound(calls[0], args, kwargs)
        start = self._next[name]
        indices = [(start + offset) % len(calls) for offset in range(len(calls))]
        # The next one, nearly always: looking at all of them would take most of the time.
        asked = bound or not calls[0].arguments
        fitting = (index for index in indices if asked and _fits(calls[index], bound))
        found = next(fitting, None)
        if found is None:
            return False, None
        value = calls[found].value
        left_out = calls[found].arguments.keys() - bound.keys()
        if not all(self._constant(name, one) for one in left_out) and not all(
            _alike(calls[index].value, value) for index in fitting
        ):
            return False, None
        self._next[name] = found + 1
        self.answered.add(name)
        return True, value

    def _constant(self, name: str, argument: str) -> bool:
        """Whether all calls of a part have the same there, as for a default's sake."""
        if (name, argument) not in self._constants:
            first, *others = (call.arguments[argument] for call in self._calls[name])
            constant = all(_alike(value, first) for value in others)
            self._constants[name, argument] = constant
        return self._constants[name, argument]

    def _bound(
        self, call: PartCall, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The arguments of a student's call, by the reference's parameter names."""
        wanted = call.arguments
        own = self._own.get(call.name, ())
        by_name = set(own) == set(wanted)
        names = list(own if by_name else wanted)
        bound = dict(zip(names, args, strict=False))
        free = [name for name in names if name not in bound and name not in kwargs]
        for name, value in kwargs.items():
            if name in wanted:
                bound[name] = value
            elif free:
                bound[free.pop(0)] = value
        return {name: value for name, value in bound.items() if name in wanted}


def _fits(call: PartCall, bound: Mapping[str, Any]) -> bool:
    return all(_alike(value, call.arguments[name]) for name, value in bound.items())


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        folded = {str(key).lower(): value for key, value in one.items()}
        return all(
            str(key).lower() in folded and _alike(folded[str(key).lower()], value)
            for key, value in other.items()
        )
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    return same(one, other, ARGUMENT_TOLERANCE)
