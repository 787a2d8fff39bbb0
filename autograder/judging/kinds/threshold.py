"""Checks that require a number to reach a bar, as the accuracy of a training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.authoring import Check
from autograder.judging.kinds.rules import Facts, Rules
from autograder.judging.outcome import Outcome, Raised
from autograder.judging.ruling import Ruling, rule_unusable
from autograder.model import Evidence


class Thresholds(Rules):
    """The first draw passes at once; otherwise two of three.

    Its parts are those of a whole training, and many mistakes reach the same accuracy. So it
    follows no parts (`grading.thresholds` repairs them), and recognises nothing.
    """

    follows_parts = False
    recognises = False

    def rule(
        self, check: Check, wanted: Sequence[Any], answers: Sequence[Outcome], facts: Facts
    ) -> Ruling:
        """A ruling: enough of the tries reach the bar, whatever the reference reaches."""
        reached = []
        for answer in answers:
            if isinstance(answer, Raised):
                return rule_unusable(answer, facts.last, facts.name)
            reached.append(float(answer.value))
        passed = [value >= check.at_least for value in reached]
        if passed[0] or sum(passed) >= 2:
            return Ruling(1.0)
        values = " and ".join(f"{value:.3g}" for value in reached)
        in_tries = ", in tries with other draws," if len(reached) > 1 else ""
        return Ruling(
            0.0,
            f"It reached {values}{in_tries} where {check.at_least:.3g} is needed.",
            evidence=tuple(
                Evidence(f"try {number}", f"at least {check.at_least:.3g}", f"{value:.4g}")
                for number, value in enumerate(reached, 1)
            ),
        )
