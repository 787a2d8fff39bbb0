"""Checks that compare what a probe returns with what it returns for the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograder.authoring import Check
from autograder.errors import did_you_mean
from autograder.judging.compare import compare
from autograder.judging.kinds.rules import Facts, Rules
from autograder.judging.outcome import Outcome, Raised
from autograder.judging.ruling import Ruling, merged, returned_none, rule_unusable
from autograder.judging.seen import is_looked_at, raised_in


class Values(Rules):
    """Blocks of an answer earn their share, one by one."""

    in_pairs = True

    def missed_by(self, check: Check, wanted: Any) -> str:
        """The exception that the reference should raise, or a weight that is of nothing."""
        for found in raised_in(wanted):
            if not found.holds:
                return f"{found.due} is due, and it raises {found.name or 'nothing'}"
        if not check.weights:
            return ""
        keys = list(wanted) if isinstance(wanted, Mapping) else []
        for name in check.weights:
            if name not in keys:
                near = did_you_mean(
                    name, map(str, keys), "The answer is no dictionary with it."
                )
                return f"weights name {name!r}, which is in no answer. {near}"
        return next(
            (f"weights leave out {key!r}" for key in keys if key not in check.weights), ""
        )

    def rule(
        self, check: Check, wanted: Sequence[Any], answers: Sequence[Outcome], facts: Facts
    ) -> Ruling:
        """Compare each case's answer with the reference's."""
        cases = []
        for value, answer, sizes in zip(wanted, answers, facts.sizes, strict=False):
            if isinstance(answer, Raised):
                return rule_unusable(answer, facts.last, facts.name)
            if answer.value is None and value is not None:
                return Ruling(0.0, *returned_none(facts.name))
            cases.append(
                compare(
                    value,
                    answer.value,
                    sizes=sizes,
                    exact=check.exact,
                    tolerance=check.tolerance,
                )
            )
        ruling = merged(cases, check.weights)
        if facts.last is None and ruling.credit < 1 and not any(map(is_looked_at, wanted)):
            message, hint = returned_none(facts.name)
            return replace(ruling, message=message, hint=hint)
        return ruling
