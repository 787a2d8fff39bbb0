"""A second look: would a function be right if it computed a number that it has as a global?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from autograder.answers.key import Case
from autograder.authoring import Check, Kind
from autograder.errors import StudentRaised, SubmissionError
from autograder.grading.earning import rule
from autograder.grading.session import Attempt, Session, attempt
from autograder.judging.ruling import Ruling
from autograder.solution.signatures import positional, resolve, unbound

AXES = 2


def with_the_length(
    check: Check, session: Session, cases: Sequence[Case], run: Attempt, ruling: Ruling
) -> Ruling:
    """The ruling; its hint says so where an axis of an argument is the number that is missing.

    It earns nothing: on its own, the function does not run.
    """
    error = run.error
    if check.kind is not Kind.CHECK or not isinstance(error, StudentRaised):
        return ruling
    missing = unbound(error)
    found = session.guest().loaded.functions
    own = resolve(check.of, found, session.key.signatures)
    if missing is None or own is None or [frame.function for frame in error.frames] != [own]:
        return ruling
    for argument, axis in _axes(positional(found[own]), session.key.signatures[check.of]):
        lent = (missing, argument, axis)
        if all(_is_right(check, session, some, lent) for some in (cases[:1], cases)):
            return replace(
                ruling,
                hint=f"{missing} is no argument of {own} and gets no value in it. With the "
                f"line {missing} = {argument}.shape[{axis}] at its beginning, your {own} is "
                "right.",
            )
    return ruling


def _axes(own: Sequence[str], task: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The axes of the arguments that are called as in the task."""
    for argument in own:
        if argument in task:
            yield from ((argument, axis) for axis in range(AXES))


def _is_right(
    check: Check, session: Session, cases: Sequence[Case], lent: tuple[str, str, int]
) -> bool:
    try:
        contact = session.contact(check)
        contact.length = lent
        run = attempt(check, session, cases, contact)
    except SubmissionError:
        return False
    return rule(check, cases, run).credit >= 1
