"""Recognise a well-known mistake by its answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from autograder.judging.closeness import same
from autograder.judging.outcome import Outcome, Raised, Returned


def diagnose(
    answers: Sequence[Outcome], misconceptions: Mapping[str, Iterable[Outcome]]
) -> str | None:
    """The id of the one misconception that gives these answers in every case, or None.

    Silence is better than a guess: where two misconceptions fit, neither is named.
    """
    fitting = [
        name
        for name, wrong in misconceptions.items()
        if all(_equal(mine, theirs) for mine, theirs in zip(answers, wrong, strict=False))
    ]
    return fitting[0] if len(fitting) == 1 and answers else None


def _equal(one: Outcome, other: Outcome) -> bool:
    if isinstance(one, Raised) or isinstance(other, Raised):
        return one == other
    assert isinstance(one, Returned)
    assert isinstance(other, Returned)
    return same(one.value, other.value)
