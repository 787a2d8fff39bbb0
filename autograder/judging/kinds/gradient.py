"""Checks that compare an analytic gradient with finite differences of a cost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.authoring import Check
from autograder.judging.gradient import judge_gradient, numeric_gradient
from autograder.judging.kinds.rules import Facts, Rules
from autograder.judging.outcome import Outcome, Raised
from autograder.judging.ruling import Ruling, merged, rule_unusable


class Gradients(Rules):
    """A probe returns (cost, parameters, gradients); the gradients are the answer."""

    def taken(self, value: Any, so_far: list[Any]) -> Any:
        """The gradients, by the names of the parameters."""
        return value[2]

    def wanted(self, value: Any, rng: np.random.Generator) -> Any:
        """The numeric gradients of the reference's cost."""
        cost, parameters, _ = value
        return numeric_gradient(cost, parameters, rng)

    def rule(
        self, check: Check, wanted: Sequence[Any], answers: Sequence[Outcome], facts: Facts
    ) -> Ruling:
        """Compare each case's analytic gradients with the numeric ones."""
        cases = []
        for numeric, answer, sizes in zip(wanted, answers, facts.sizes, strict=False):
            if isinstance(answer, Raised):
                return rule_unusable(answer, facts.last, facts.name)
            cases.append(judge_gradient(numeric, answer.value, sizes))
        return merged(cases)
