"""The answer key: what a probe must give, wherever the answers come from.

Grading sees `AnswerKey` only. `live.LiveKey` computes the answers from the course's
reference; `recording.RecordedKey` replays those that were frozen into a student's bundle.
So a bundle cannot judge differently from the course.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from autograder.authoring import Check
from autograder.judging.outcome import Outcome
from autograder.solution.calls import Parameters, PartCall


class Case(Protocol):
    """One case of one check, for one seed."""

    @property
    def expected(self) -> Outcome:
        """The probe's outcome for the reference (for a gradient: the numeric one)."""

    @property
    def calls(self) -> Sequence[PartCall]:
        """The calls to other functions that the reference makes on its way."""

    @property
    def beginning(self) -> Sequence[PartCall]:
        """The first of these calls in a whole training, where `calls` has none."""

    @property
    def strays(self) -> Sequence[PartCall]:
        """The further calls to them that the misconceptions make on theirs."""

    @property
    def wrong(self) -> Mapping[str, Outcome]:
        """The probe's outcome for each misconception."""

    @property
    def pairs(self) -> Mapping[str, bytes]:
        """The fingerprint of what the probe gives for two misconceptions at once."""

    @property
    def operators(self) -> Collection[str]:
        """Python's operators that the probe uses on objects of the reference: "__eq__"."""

    def given(self) -> Any:
        """The reference's functions, for a probe to prepare inputs with; fresh each time."""


class Outline(Protocol):
    """The definitions of the reference, as its text tells."""

    @property
    def signatures(self) -> Mapping[str, Sequence[str]]:
        """The parameter names of each of the reference's functions, in order."""

    @property
    def parameters(self) -> Parameters:
        """The same of its functions and methods, each parameter with its default."""

    @property
    def given_back(self) -> Mapping[str, str]:
        """The names of what the reference's functions give back, of those that have one."""

    @property
    def parts(self) -> Mapping[str, Sequence[str]]:
        """The others that each of them calls, at whatever depth (`callgraph.parts_in`)."""


class AnswerKey(Outline, Protocol):
    """All answers of one assignment, for one seed."""

    @property
    def digest(self) -> str:
        """The fingerprint of the checks and the reference that the answers come from."""

    @property
    def sentences(self) -> Mapping[str, str]:
        """The sentence that a teacher says of each misconception."""

    @property
    def lines(self) -> Mapping[str, str]:
        """Patterns of the lines that raise, of misconceptions that end in an exception."""

    def holds(self, check: Check) -> bool:
        """True if this key can judge the check at all."""

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
