"""A training that draws its first parameters itself, judged from these draws.

Where it calls its parts, a second look takes its draws for the task's (`Prompter`). One that
computes in a way of its own from there has no path to compare with. So it is asked for its
first parameters, and the reference's way is gone once more from these, with the student's own
parts. Those that are wrong by their own checks are the reference's, on this way and in the
training, which runs once more for that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from autograder import wording
from autograder.answers.key import Case
from autograder.answers.pathway import Pathway, pathway
from autograder.answers.prompting import is_of_its_kind
from autograder.authoring import Check
from autograder.errors import CourseError, Unsendable
from autograder.grading.repairs import RepairedSolution, repaired
from autograder.grading.second_looks import Parts, draws_over_parts
from autograder.grading.session import Attempt, Session, attempt
from autograder.judging.closeness import same
from autograder.judging.kinds import Facts, rules_of
from autograder.judging.outcome import Outcome, Returned
from autograder.judging.ruling import Ruling, with_remarks
from autograder.judging.unwrap import unwrapped
from autograder.model import Status
from autograder.sandbox.border import interpreted, is_ours
from autograder.solution.calls import PartCall, is_method
from autograder.solution.solution import Solution, prompted

AS_GOOD = "Your own first draws are as good as the task's; it was judged from yours."
COMPARED = "It was compared with a training from your own first draws."
_FOUND: WeakKeyDictionary[Case, Pathway | None] = WeakKeyDictionary()
MOVED = 1.1  # times what they were, for data that first parameters do not depend on


def from_own_draws(
    check: Check,
    session: Session,
    cases: Sequence[Case],
    run: Attempt,
    ruling: Ruling,
    known: Parts,
) -> Ruling:
    """The ruling from the student's own first parameters, where these are known.

    run     the first look, whose answers are judged where no part is wrong.
    known   which parts are wrong. Without the reference nobody can put one in their place, and
            the ruling is left open.
    """
    if check.repeats not in session.key.signatures.get(check.of, ()):
        raise CourseError(
            f"{check.id} repeats {check.repeats!r}, which {check.of} does not take."
        )
    ways = _ways(session, cases)
    needed = set().union(*(way.names for way in ways)) - session.free
    if run.error is not None:  # which may come from any part
        needed |= set(session.key.parts.get(check.of, ())) - session.free
    wrong = [name for name in known.missed if name in needed]
    if not ways or (run.error is not None and not wrong):
        return ruling
    try:
        draws = _untrained(check, session, cases, ways) or draws_over_parts(
            check, session, cases
        )
        if draws is None or not _are_others(ways, draws, session):
            return ruling
        if wrong and session.assignment.reference is None:
            return _left_open(wrong)
        answers, trained = _trained(
            check, session, cases, run, wrong, list(zip(ways, draws, strict=True))
        )
    except Exception as error:  # their own functions do not go together; the first look stands
        if is_ours(error) and not isinstance(error, Unsendable):
            raise
        return ruling
    facts = Facts(run.contact.sizes, check.of, run.last)
    second = interpreted(  # with what the submission itself gave on both sides
        lambda: rules_of(check).rule(check, trained, answers, facts),
        ruling,
    )
    if second is ruling or second.credit < ruling.credit:
        return ruling
    said = [AS_GOOD if second.credit >= 1 else COMPARED]
    if wrong:
        said.insert(
            0, f"Judged with the task's own {wording.listed(list(wrong))} in place of yours."
        )
    return with_remarks(second, [*run.contact.remarks, *said])


def _left_open(wrong: Sequence[str]) -> Ruling:
    """Without the reference, nobody can tell whose mistake it is."""
    others = wording.listed(list(wrong))
    return Ruling(
        0.0,
        f"Your training draws its own first parameters, and uses your {others}. Your "
        f"instructor's run decides whether it is right with the task's own {others}.",
        f"Correct {others} first.",
        status=Status.SKIPPED,
    )


def _trained(
    check: Check,
    session: Session,
    cases: Sequence[Case],
    run: Attempt,
    wrong: Sequence[str],
    starts: Sequence[tuple[Pathway, Any]],
) -> tuple[Sequence[Outcome], list[Any]]:
    """The answers of the student's training, and of the reference's way from their draws.

    starts   of each case: the way, and the draws.
    """
    if not wrong:
        solution = Solution(session.contact(check, again=True))
        return run.answers, [_gone(solution, *each, session) for each in starts]
    session.start_afresh()
    with repaired(check, session, wrong) as repairs:
        contact = session.contact(check, again=True)
        again = attempt(
            check, session, cases, contact, within=lambda each: prompted(each, repairs)
        )
        with prompted(contact, repairs):
            theirs = RepairedSolution(Solution(contact), repairs)
            trained = [_gone(theirs, *each, session) for each in starts]
    if again.error is not None:
        raise again.error
    return again.answers, trained


def _ways(session: Session, cases: Sequence[Case]) -> list[Pathway]:
    """The reference's way in each case, from one random start; none where it cannot be gone."""
    judged = {each.of for each in session.assignment.checks}
    ways = []
    for case in cases:
        way = _way(session, case)
        if way is None or len(_starts(way, session)) != 1:
            return []
        computed = way.names - session.free
        if any(name not in judged or is_method(name) for name in computed):
            return []
        ways.append(way)
    return ways


def _way(session: Session, case: Case) -> Pathway | None:
    """The reference's way, which is the same for every submission of a class."""
    if case not in _FOUND:
        expected = case.expected
        _FOUND[case] = (
            pathway(case.calls, expected.value, session.free)
            if isinstance(expected, Returned)
            else None
        )
    return _FOUND[case]


def _starts(way: Pathway, session: Session) -> list[PartCall]:
    return [way.calls[step] for step in way.steps if way.calls[step].name in session.free]


def _untrained(
    check: Check, session: Session, cases: Sequence[Case], ways: Sequence[Pathway]
) -> list[Any] | None:
    """The result of a training of no steps; None where the training does not start from it.

    First parameters do not depend on the data. What one step has changed already does.
    """
    found = [_of_no_steps(check, session, cases, scale) for scale in (1.0, MOVED)]
    first, moved = found
    if first is None or moved is None or not same(first, moved, 0.0):
        return None
    starts = [_starts(way, session)[0].value for way in ways]
    draws = [unwrapped(start, one)[0] for start, one in zip(starts, first, strict=True)]
    kinds = map(is_of_its_kind, draws, starts)
    return draws if all(kinds) else None


def _of_no_steps(
    check: Check, session: Session, cases: Sequence[Case], scale: float
) -> list[Any] | None:
    session.start_afresh()
    contact = session.contact(check, again=True)

    def altered(arguments: Mapping[str, Any]) -> dict[str, Any]:
        moved = {name: _scaled(value, scale) for name, value in arguments.items()}
        return {**moved, check.repeats: 0}

    contact.altered = (check.of, altered)
    run = attempt(check, session, cases, contact)
    values = [answer.value for answer in run.answers if isinstance(answer, Returned)]
    return values if len(values) == len(cases) else None


def _scaled(value: Any, scale: float) -> Any:
    floats = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return value * scale if floats else value


def _are_others(ways: Sequence[Pathway], draws: Sequence[Any], session: Session) -> bool:
    """True if these are not the task's own, from which the first look has judged already."""
    return not all(
        same(_starts(way, session)[0].value, draw)
        for way, draw in zip(ways, draws, strict=True)
    )


def _gone(
    solution: Solution | RepairedSolution, way: Pathway, start: Any, session: Session
) -> Any:
    """The result of a way from `start`, with the student's own parts."""

    def answer(call: PartCall, arguments: Mapping[str, Any]) -> Any:
        if call.name in session.free:
            return start
        given = {n: value for n, value in arguments.items() if n not in call.defaulted}
        names = list(arguments)
        placed = [given.pop(name) for name in names[: _leading(names, call.defaulted)]]
        return getattr(solution, call.name)(*placed, **given)

    return way.follow(answer)


def _leading(names: Sequence[str], defaulted: Sequence[str]) -> int:
    """The number of arguments before the first that is left to its default."""
    return next((place for place, n in enumerate(names) if n in defaulted), len(names))
