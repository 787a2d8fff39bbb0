"""The Ladder: what a class may see of its numbers while it hands in, without learning from it.

Whoever sees the exact number of each hand-in can climb without knowing anything: of answers
drawn at random they keep those that did better than chance, and let the majority of these
decide. A. Blum and M. Hardt (The Ladder: A Reliable Leaderboard for Machine Learning
Competitions, ICML 2015) release a number only where it is better than the best one released
before by more than a step, and round it. Everything else looks as if nothing had happened.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

HandIn = tuple[str, int, float | None]  # student, submission, the share it reached


class Place(NamedTuple):
    """One student on the board; `since` is the submission that `share` was released for."""

    student: str
    share: float
    since: int


def step(best: float, share: float, examples: int, number: int) -> float:
    """By how much hand-in `number` (the first is 1) must exceed the best that was released.

    The paper's own step without parameters is s/sqrt(n): n examples, and s the deviation of the
    difference of two vectors of right and wrong. A gradebook keeps shares, and no vectors. Two
    hand-ins differ at most in what either misses, and in what either has right, so s is at most
    the root of the lesser of these. One deviation is what chance exceeds in one of six hand-ins
    that are no better, so whoever hands in thousands climbs. Here the step grows with the
    number of hand-ins, by sqrt(2 log(10 number^2)): whoever does not get better climbs in fewer
    than one of a hundred cases, however often they hand in.
    """
    differ = min(1 - best + 1 - share, best + share)
    widened = math.sqrt(2 * math.log(10 * number**2))
    return widened * math.sqrt(differ / examples)


def climb(shares: Iterable[float | None], examples: int) -> list[float | None]:
    """The share that stands on the board after each hand-in of one student, in their order.

    shares   what each reached, from 0 to 1; None counts as a hand-in, and releases nothing.

    A number that is released is rounded to whole examples, as in the paper. The first one is
    released as it is. What comes later never changes what was released before.
    """
    best: float | None = None
    released = []
    for number, share in enumerate(shares, 1):
        if share is not None and (
            best is None or share > best + step(best, share, examples, number)
        ):
            best = round(share * examples) / examples
        released.append(best)
    return released


def board(hand_ins: Iterable[HandIn], examples: int) -> list[Place]:
    """Everybody with a released number, the best first; of equals, who had it first.

    hand_ins   in the order in which they were taken in first. Each student has a Ladder.
    """
    by_student: dict[str, list[tuple[int, float | None]]] = {}
    for student, submission, share in hand_ins:
        by_student.setdefault(student, []).append((submission, share))
    places = [
        place
        for student, theirs in by_student.items()
        if (place := _place(student, theirs, examples)) is not None
    ]
    return sorted(places, key=lambda place: (-place.share, place.since))


def ranks(places: Sequence[Place]) -> Mapping[str, int]:
    """By student, how many are better, and one; equals have the same rank."""
    first: dict[float, int] = {}
    for number, place in enumerate(places, 1):
        first.setdefault(place.share, number)
    return {place.student: first[place.share] for place in places}


def _place(
    student: str, theirs: Sequence[tuple[int, float | None]], examples: int
) -> Place | None:
    released = climb((share for _, share in theirs), examples)
    last = released[-1]
    if last is None:
        return None
    return Place(student, last, theirs[released.index(last)][0])
