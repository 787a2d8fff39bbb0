"""The rules in which the kinds of checks differ."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from autograder.authoring import Check
from autograder.judging.outcome import Outcome, Raised
from autograder.judging.ruling import Ruling, rule_unusable


@dataclass(frozen=True)
class Facts:
    """The facts that a run of a check leaves beside its answers.

    sizes   the lengths of each case's inputs, by what each is.
    name    the function that answered last, for the words.
    last    what it returned: where the probe could do nothing with it, that is what to speak
            about.
    """

    sizes: Sequence[Mapping[str, int]]
    name: str
    last: Any


class Rules(ABC):
    """The rules by which checks of one kind are judged.

    follows_parts   whether the reference's calls to its parts are noted, for a look over them.
    recognises      whether the answers tell one misconception from another.
    in_pairs        whether they tell two misconceptions at once, too.
    """

    follows_parts: ClassVar[bool] = True
    recognises: ClassVar[bool] = True
    in_pairs: ClassVar[bool] = False

    def taken(self, value: Any, so_far: list[Any]) -> Any:
        """The answer in what a probe returned.

        so_far   gets what a probe has given before it stops, where it gives one by one.
        """
        return value

    def wanted(self, value: Any, rng: np.random.Generator) -> Any:
        """The value that answers are compared with, made of the reference's own answer."""
        return value

    def missed_by(self, check: Check, wanted: Any) -> str:
        """A sentence on what the reference itself misses; "" where all is well."""
        return ""

    def telling(self, answer: Any) -> Any:
        """The part of an answer that tells one mistake from another."""
        return answer

    @abstractmethod
    def rule(
        self, check: Check, wanted: Sequence[Any], answers: Sequence[Outcome], facts: Facts
    ) -> Ruling:
        """The ruling over all cases: `answers`, compared with what is `wanted` in each."""


class Measured(Rules):
    """The rules where a probe gives a number that says how good a whole is.

    Many mistakes reach the same number, so it follows no parts and recognises nothing.
    """

    follows_parts = False
    recognises = False

    def rule(
        self, check: Check, wanted: Sequence[Any], answers: Sequence[Outcome], facts: Facts
    ) -> Ruling:
        """The ruling on the numbers of all draws, whatever the reference reaches."""
        reached = []
        for answer in answers:
            if isinstance(answer, Raised):
                return rule_unusable(answer, facts.last, facts.name)
            reached.append(float(answer.value))
        return self.earned(check, reached)

    @abstractmethod
    def earned(self, check: Check, reached: Sequence[float]) -> Ruling:
        """The ruling on the numbers that were reached, one for each draw."""
