"""Checks that give credit for a number, such as the accuracy on data that nobody has seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.authoring import Check
from autograder.judging.kinds.rules import Measured
from autograder.judging.ruling import Ruling
from autograder.model import Evidence


class HeldOut(Measured):
    """The mean over the draws, and what it is worth between the cutoffs."""

    def taken(self, value: Any, so_far: list[Any]) -> Any:
        """The number."""
        return float(value)

    def missed_by(self, check: Check, wanted: Any) -> str:
        """The cutoff of all points, where the reference is below it."""
        top = check.cutoffs[-1][0]
        return "" if wanted >= top else f"it reaches {wanted:.4g}, and all points need {top:g}"

    def earned(self, check: Check, reached: Sequence[float]) -> Ruling:
        """The share of the points that the mean is worth."""
        mean = math.fsum(reached) / len(reached)
        if not math.isfinite(mean):
            return Ruling(0.0, f"It reached {mean}, which is not a number.")
        at, worth = zip(*check.cutoffs, strict=True)
        credit = float(np.interp(mean, at, worth))
        if credit >= 1:
            return Ruling(1.0, number=mean)
        need = f"all points need {at[-1]:g}, and there are none at {_last_of_none(check):g}"
        return Ruling(
            credit,
            f"It reached {mean:.4g} on data that were held out; {need}.",
            evidence=(Evidence("", f"at least {at[-1]:g}", f"{mean:.4g}"),),
            number=mean,
        )


def _last_of_none(check: Check) -> float:
    return max(at for at, worth in check.cutoffs if worth == 0)
