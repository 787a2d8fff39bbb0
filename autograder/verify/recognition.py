"""Misconceptions that no grading can tell from others, or that are mistakes of their author."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.judging.closeness import same
from autograder.judging.outcome import Outcome, Raised, Returned

Outcomes = Sequence[Mapping[str, Outcome]]  # of each case, by misconception


def name_error(cases: Outcomes, name: str) -> str:
    """The text of a NameError that a misconception raises; "" for none."""
    for wrong in cases:
        outcome = wrong.get(name)
        if isinstance(outcome, Raised) and outcome.type_name == "NameError":
            return outcome.text
    return ""


def equal_to(cases: Outcomes, name: str) -> str:
    """Another misconception with the same answers in every case; "" for none."""
    cases = [wrong for wrong in cases if name in wrong]
    for other in cases[0] if cases else ():
        if other != name and all(
            other in wrong and _are_equal(wrong[name], wrong[other]) for wrong in cases
        ):
            return other
    return ""


def _are_equal(one: Outcome, other: Outcome) -> bool:
    if isinstance(one, Returned) and isinstance(other, Returned):
        return same(one.value, other.value)
    return one == other
