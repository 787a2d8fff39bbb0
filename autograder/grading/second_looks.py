"""Second looks: they tell whether a mistake is this function's own.

A function is run again over the reference's parts: functions that it calls, or other methods
of its class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder import wording
from autograder.answers.key import Case
from autograder.answers.prompting import Prompter
from autograder.authoring import Check, Kind
from autograder.errors import SubmissionError
from autograder.grading.earning import diagnosed, rule
from autograder.grading.session import STOPS, Attempt, Session, attempt_over_parts
from autograder.judging.ruling import Ruling, with_remarks
from autograder.model import Diagnosis
from autograder.solution.calls import is_method
from autograder.solution.signatures import resolve


@dataclass(frozen=True)
class Parts:
    """The verdicts of other checks on the functions that a check depends on.

    missed     those that miss points, in the order of their definition.
    stopping   those that hang, hit a limit or end Python, or call such a one.
    sound      of a threshold: whether its function has other checks, and passes them all.
    """

    missed: tuple[str, ...] = ()
    stopping: frozenset[str] = frozenset()
    sound: bool = False


def over_parts_at_once(
    check: Check, session: Session, cases: Sequence[Case], known: Parts
) -> tuple[Ruling, Diagnosis | None] | None:
    """The ruling over the reference's parts, where a first look would only hang again.

    So a `sigmoid` that never ends costs its own time limit, and not that of all its callers.
    None where no part is known to hang, or this function does without it.
    """
    if not known.stopping:
        return None  # the reference must run once more to tell its parts
    parts = _parts(cases)
    run, prompter = attempt_over_parts(check, session, cases, parts)
    if not prompter.answered & known.stopping:
        return None
    ruling = with_remarks(rule(check, cases, run), _said(session, prompter, known, True))
    return ruling, None if ruling.credit >= 1 else diagnosed(check, session, cases, [run])


def over_parts(
    check: Check,
    session: Session,
    cases: Sequence[Case],
    runs: list[Attempt],
    ruling: Ruling,
    known: Parts,
) -> Ruling:
    """The ruling over the reference's parts: what is still wrong is the function's own."""
    parts = _parts(cases)
    free = tuple(name for name in parts if name in session.free)
    try:
        if free and not known.missed:
            # Where the rest is right, other draws may be all there is, and they are soon told.
            again, prompter = attempt_over_parts(check, session, cases, free)
            second = rule(check, cases, again)
            if prompter.answered and second.credit >= 1:
                return with_remarks(second, _said(session, prompter, known, True))
        again, prompter = attempt_over_parts(check, session, cases, parts)
    except SubmissionError:
        return ruling  # the first look stands
    if not prompter.answered:
        return ruling
    second = rule(check, cases, again)
    better = second.credit > ruling.credit
    if check.kind is Kind.REQUIREMENT and not better:
        return ruling  # which may have compared the function with its own parts
    runs.insert(0, again)
    if better or again.error is None:
        ruling = with_remarks(second, _said(session, prompter, known, better))
    if again.error is None or isinstance(again.error, STOPS):
        return ruling
    return _over_parts_alone(check, session, cases, parts, ruling, known)


def draws_over_parts(check: Check, session: Session, cases: Sequence[Case]) -> list[Any] | None:
    """The student's own first draws, as they hand them to a part; None where they do not."""
    _, prompter = attempt_over_parts(check, session, cases, _parts(cases))
    draws = prompter.drawn
    return None if any(each is None for each in draws) else draws


def _over_parts_alone(
    check: Check,
    session: Session,
    cases: Sequence[Case],
    parts: tuple[str, ...],
    ruling: Ruling,
    known: Parts,
) -> Ruling:
    """A call to a function that is no part, such as one for a printed figure, may fail."""
    path = {check.of, *session.key.parts.get(check.of, ())}
    aside = tuple(name for name in session.key.signatures if name not in path)
    try:
        again, prompter = attempt_over_parts(check, session, cases, parts, aside)
    except SubmissionError:
        return ruling
    second = rule(check, cases, again)
    if second.credit <= ruling.credit:
        return ruling
    return with_remarks(second, _said(session, prompter, known, True))


def depends_on_parts(
    check: Check, session: Session, cases: Sequence[Case], run: Attempt, known: Parts
) -> bool:
    """True if a second run, over the reference's parts, can tell more than the first."""
    if not session.key.parts.get(check.of) or not any(case.calls for case in cases):
        return False
    functions = run.contact.guest.loaded.functions
    own = resolve(check.of, functions, session.key.signatures)
    if own is None or functions[own].empty:
        return False
    if isinstance(run.error, STOPS):
        # Costly to see twice: only where the cause may be a part that is known to be wrong, and
        # of methods that is not known.
        return bool(known.missed) or any(map(is_method, _parts(cases)))
    return True


def _said(session: Session, prompter: Prompter, known: Parts, better: bool) -> tuple[str, ...]:
    """Name the reference's parts that took the place of the student's, where it matters."""
    replaced = [name for name in prompter.names if name in prompter.answered]
    within = {name: {name, *session.key.parts.get(name, ())} for name in replaced}
    named = [name for name in known.missed if any(name in each for each in within.values())]
    said = []
    if named or better:
        named = named or (replaced if len(replaced) <= 2 else [])
        what = wording.listed(named) if named else "functions"
        said.append(f"Judged with the task's own {what} in place of yours.")
    if better and prompter.drew:
        said.append("Your own first draws are as good; it was judged from the task's.")
    return tuple(said)


def _parts(cases: Sequence[Case]) -> tuple[str, ...]:
    """The functions and methods that the reference calls on its way."""
    return tuple(dict.fromkeys(call.name for case in cases for call in case.calls))
