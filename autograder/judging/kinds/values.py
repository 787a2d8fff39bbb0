"""Checks that compare what a probe returns with what it returns for the reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograder.authoring import Check
from autograder.judging.compare import compare
from autograder.judging.kinds.rules import Facts, Rules
from autograder.judging.outcome import Outcome, Raised
from autograder.judging.ruling import Ruling, merged, returned_none, rule_unusable


class Values(Rules):
    """Blocks of an answer earn their share, one by one."""

    in_pairs = True

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
            cases.append(compare(value, answer.value, sizes=sizes, exact=check.exact))
        ruling = merged(cases)
        if facts.last is None and ruling.credit < 1:
            message, hint = returned_none(facts.name)
            return replace(ruling, message=message, hint=hint)
        return ruling
