"""Recognise a well-known mistake, or two of them together, by the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from autograder.judging.closeness import is_structure, same
from autograder.judging.fingerprint import Fingerprint
from autograder.judging.outcome import Outcome, Raised, Returned

Leaves = Mapping[tuple[Any, ...], Any]


def explanations(
    answers: Sequence[Outcome], misconceptions: Mapping[str, Iterable[Outcome]]
) -> list[str]:
    """The ids of the misconceptions that give these answers in every case.

    Where two fit, neither is to be named: silence is better than a guess.
    """
    return [
        name
        for name, wrong in misconceptions.items()
        if answers
        and all(_equal(mine, theirs) for mine, theirs in zip(answers, wrong, strict=False))
    ]


def explaining_pairs(
    answers: Sequence[Outcome], pairs: Sequence[Mapping[str, bytes]], candidates: Iterable[str]
) -> list[str]:
    """The ids of the pairs of misconceptions that give these answers in every case.

    pairs        for each case, the fingerprint of each pair's answer.
    candidates   the pairs to look at.
    """
    found = list(candidates) if answers else []
    for answer, known in zip(answers, pairs, strict=False):
        mine = Fingerprint(answer)
        found = [name for name in found if mine.fits(known[name])]
    return found


def plausible_pairs(
    answer: Outcome,
    expected: Outcome,
    wrong: Mapping[str, Outcome],
    pairs: Iterable[str],
    members: Callable[[str], Sequence[str]],
) -> Iterator[str]:
    """The pairs that may give this answer, as the two mistakes by themselves tell.

    What one of them alone changes must be as it leaves it, and what neither does must be right:
    so most pairs need not be computed. Two mistakes that act on one another may be missed.
    """
    right, mine = _leaves(expected), _leaves(answer)
    alone = {name: _leaves(outcome) for name, outcome in wrong.items()}
    changes = {
        name: None
        if leaves.keys() != right.keys()
        else {place for place in right if not same(leaves[place], right[place])}
        for name, leaves in alone.items()
    }
    differs = None
    if mine.keys() == right.keys():
        differs = {place for place in right if not same(mine[place], right[place])}
    for pair in pairs:
        one, other = members(pair)
        ours, theirs = changes.get(one), changes.get(other)
        if ours is None or theirs is None:
            yield pair  # the form of the answer itself is another
        elif differs is None or differs != ours | theirs:
            continue
        elif all(
            same(mine[place], alone[one if place in ours else other][place])
            for place in ours ^ theirs
        ):
            yield pair


def _leaves(outcome: Outcome) -> Leaves:
    """The arrays and numbers of an answer, by their places; an exception is one of them."""
    found: dict[tuple[Any, ...], Any] = {}

    def add(place: tuple[Any, ...], value: Any) -> None:
        if isinstance(value, Mapping):
            for key, item in value.items():
                add((*place, key), item)
        elif is_structure(value):
            for index, item in enumerate(value):
                add((*place, index), item)
        else:
            found[place] = value

    if isinstance(outcome, Raised):
        return {("raised",): outcome.type_name}
    add((), outcome.value)
    return found


def _equal(one: Outcome, other: Outcome) -> bool:
    if isinstance(one, Raised) or isinstance(other, Raised):
        return one == other
    assert isinstance(one, Returned)
    assert isinstance(other, Returned)
    return same(one.value, other.value)
