"""Checks that compare what a probe returns with what it returns for the reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograder.authoring import Check, Untouched
from autograder.errors import did_you_mean
from autograder.judging.compare import compare
from autograder.judging.dependence import without_dependent, without_unseen
from autograder.judging.kinds.rules import Facts, Rules
from autograder.judging.outcome import Block, Outcome, Raised
from autograder.judging.ruling import Ruling, merged, returned_none, rule_unusable
from autograder.judging.seen import is_looked_at, raised_in


class Values(Rules):
    """Blocks of an answer earn their share, one by one."""

    in_pairs = True

    def missed_by(self, check: Check, wanted: Any) -> str:
        """The exception that the reference should raise, or a weight that is of nothing."""
        if isinstance(wanted, Untouched):
            if unmet := [name for name in check.untouched if name not in wanted.names]:
                return f"no call of a function of the task has an argument {unmet[0]}"
            if wanted.again is not None:
                return f"its answer depends on {' and '.join(wanted.names)}"
            if wanted.raised:
                data = " and ".join(wanted.names)
                return f"with other data in {data} it raises {wanted.raised}"
            wanted = wanted.value
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
            if _bare(answer.value) is None and _bare(value) is not None:
                return Ruling(0.0, *returned_none(facts.name))
            blocks = compare(
                _bare(value),
                _bare(answer.value),
                sizes=sizes,
                exact=check.exact,
                tolerance=check.tolerance,
            )
            cases.append(_untouched(check, answer.value, blocks))
        ruling = merged(cases, check.weights)
        if facts.last is None and ruling.credit < 1 and not any(map(is_looked_at, wanted)):
            message, hint = returned_none(facts.name)
            return replace(ruling, message=message, hint=hint)
        return ruling


def _untouched(check: Check, answer: Any, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks without the credit of what depends on data that it must not depend on."""
    if not isinstance(answer, Untouched):
        return blocks
    if answer.raised:
        return tuple(without_unseen(blocks, answer.raised, answer.names))
    if answer.again is None:
        return blocks
    again = compare(answer.value, answer.again, tolerance=check.tolerance)
    return tuple(without_dependent(blocks, again, answer.names))


def _bare(answer: Any) -> Any:
    return answer.value if isinstance(answer, Untouched) else answer
