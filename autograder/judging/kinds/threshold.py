"""Checks that require a number to reach a bar, as the accuracy of a training."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.authoring import Check
from autograder.judging.kinds.rules import Measured
from autograder.judging.ruling import Ruling
from autograder.model import Evidence


class Thresholds(Measured):
    """The first draw passes at once; otherwise two of three.

    Its parts are those of a whole training: `grading.thresholds` repairs them.
    """

    def earned(self, check: Check, reached: Sequence[float]) -> Ruling:
        """All points where enough of the tries reach the bar."""
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
