"""A second look: would a function be right with two of its arguments exchanged?"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from autograder.answers.key import Case
from autograder.authoring import Check, Kind
from autograder.errors import SubmissionError
from autograder.grading.earning import rule
from autograder.grading.session import STOPS, Attempt, Session, attempt
from autograder.judging.ruling import Ruling
from autograder.solution.signatures import positional, resolve

MOST_ARGUMENTS = 4


def with_the_order(
    check: Check, session: Session, cases: Sequence[Case], run: Attempt, ruling: Ruling
) -> Ruling:
    """The ruling; its hint says so where exchanging two arguments makes all answers right.

    It earns nothing, since the text states the order.
    """
    names = session.key.signatures.get(check.of, ())
    if check.kind is not Kind.CHECK or not 1 < len(names) <= MOST_ARGUMENTS:
        return ruling
    if isinstance(run.error, STOPS) or (run.error and not run.answers):
        return ruling  # costly to see again, or nothing was called at all
    for one, other in itertools.combinations(range(len(names)), 2):
        # The first case tells, nearly always.
        if all(_is_right(check, session, some, one, other) for some in (cases[:1], cases)):
            own = _own(check.of, session)
            return replace(ruling, hint=_said(check.of, own, names, names[one], names[other]))
    return ruling


def _own(function: str, session: Session) -> list[str]:
    """The parameters of the student's function; none where it is not found."""
    found = session.guest().loaded.functions
    own = resolve(function, found, session.key.signatures)
    return [] if own is None else list(positional(found[own]))


def _said(function: str, own: Sequence[str], names: Sequence[str], one: str, other: str) -> str:
    if list(own[: len(names)]) == list(names):
        return (
            f"{one} and {other} have changed places within {function}: with each "
            f"in the place of the other one, your {function} is right."
        )
    return (
        f"With {one} and {other} in each other's place, your {function} is right: the text's "
        f"order is {function}({', '.join(names)})."
    )


def _is_right(
    check: Check, session: Session, cases: Sequence[Case], one: int, other: int
) -> bool:
    try:
        contact = session.contact(check)
        contact.exchanged = (check.of, one, other)
        run = attempt(check, session, cases, contact)
    except SubmissionError:
        return False
    return rule(check, cases, run).credit >= 1
