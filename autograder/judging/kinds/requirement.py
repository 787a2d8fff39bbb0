"""Checks that require properties, where many answers are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.authoring import Check, Expectation
from autograder.judging.kinds.rules import Facts, Rules
from autograder.judging.outcome import Block, Outcome, Raised
from autograder.judging.ruling import Ruling, merged, rule_unusable
from autograder.model import Evidence

STOPPED = "The rest could not be looked at."


class Requirements(Rules):
    """A probe yields one `Expectation` for each property; those that hold earn their share."""

    def taken(self, value: Any, so_far: list[Any]) -> Any:
        """The lines; those before an exception count."""
        so_far.extend(value)
        return so_far

    def wanted(self, value: Any, rng: np.random.Generator) -> Any:
        """The reference's own lines, which tell how many there are."""
        return list(value)

    def missed_by(self, check: Check, wanted: Any) -> str:
        """The first property that the reference itself lacks."""
        return next((line.what for line in wanted if not line.holds), "")

    def telling(self, answer: Any) -> Any:
        """The pattern of the properties that hold."""
        if isinstance(answer, list) and all(isinstance(line, Expectation) for line in answer):
            return [line.holds for line in answer]
        return answer

    def rule(
        self, check: Check, wanted: Sequence[Any], answers: Sequence[Outcome], facts: Facts
    ) -> Ruling:
        """Count the properties that hold in every case, if not all of them are of mere form."""
        cases = []
        earning = [[line for line in each if line.earns] for each in wanted]
        for needed, answer in zip(earning, answers, strict=False):
            if isinstance(answer, Raised):
                return rule_unusable(answer, facts.last, facts.name)
            found = [line for line in answer.value if line.earns]
            cases.append(
                tuple(
                    _block(line, found[index] if index < len(found) else None)
                    for index, line in enumerate(needed)
                )
            )
        ruling = merged(cases)
        telling = [index for index, line in enumerate(earning[0]) if not line.form]
        if telling and not any(
            all(blocks[index].credit for blocks in cases) for index in telling
        ):
            alone = "What holds is the form alone, which earns nothing by itself."
            held = alone if ruling.credit else ""
            return replace(ruling, credit=0.0, message=f"{ruling.message} {held}".strip())
        return ruling


def _block(needed: Expectation, found: Expectation | None) -> Block:
    if found is None:
        return Block(needed.what, 0.0, STOPPED)
    if found.holds:
        return Block(needed.what, 1.0)
    saw = f" ({found.saw})" if found.saw else ""
    return Block(
        found.what,
        0.0,
        f"This should hold, and does not: {found.what}{saw}.",
        evidence=Evidence("", found.what, found.saw) if found.saw else None,
    )
