"""What a first look cannot tell: whether a mistake is this function's own.

A function is run again over the reference's parts, and gradients are held against the student's
own cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from autograder import wording
from autograder.answers import Case
from autograder.authoring import Check, Kind
from autograder.errors import (
    BrokenProtocol,
    Crashed,
    OutOfMemory,
    SandboxFault,
    SubmissionError,
    TimedOut,
)
from autograder.judging.gradient import follows
from autograder.judging.ruling import OWN_CONVENTION_CREDIT, Ruling, with_remarks
from autograder.model import Diagnosis
from autograder.rulings import diagnosed, rule
from autograder.session import Attempt, Session, attempt_over_parts
from autograder.solution import Solution, resolve


def over_parts_at_once(
    check: Check, session: Session, cases: Sequence[Case]
) -> tuple[Ruling, Diagnosis | None] | None:
    """The ruling over the reference's parts, where a first look would only hang again.

    So a `sigmoid` that never ends costs its own time limit, and not that of all its callers.
    None where no part is known to hang, or this function does without it.
    """
    if check.kind is not Kind.CHECK or not session.stopping:
        return None  # the reference must run once more to tell its parts
    parts = _parts(cases)
    stopping = session.stopping.intersection(parts) - {check.of}
    if not stopping:
        return None
    run, prompter = attempt_over_parts(check, session, cases, parts)
    if not prompter.answered & stopping:
        return None
    session.callers_of_stopping.add(check.of)
    ruling = with_remarks(rule(check, cases, run), _said_of_parts(session, parts, True))
    return ruling, None if ruling.credit >= 1 else diagnosed(session, cases, [run])


def over_parts(
    check: Check, session: Session, cases: Sequence[Case], runs: list[Attempt], ruling: Ruling
) -> Ruling:
    """What is still wrong over the reference's parts is this function's own mistake."""
    parts = _parts(cases)
    free = tuple(name for name in parts if name in session.free)
    # Where the rest is right, other draws may be all there is, and they are soon told.
    looks = [free, parts] if free and not session.known_wrong(parts) else [parts]
    for names in looks:
        try:
            again, prompter = attempt_over_parts(check, session, cases, names)
        except SubmissionError:
            break  # the first look stands
        if not prompter.answered:
            continue
        second = rule(check, cases, again)
        better = second.credit > ruling.credit
        if names is parts or second.credit >= 1:
            runs.insert(0, again)
            if better or again.error is None:
                return with_remarks(second, _said_of_parts(session, names, better))
    return ruling


def depends_on_parts(
    check: Check, session: Session, cases: Sequence[Case], run: Attempt
) -> bool:
    """Whether a second run, over the reference's parts, can tell more than the first."""
    if check.kind is not Kind.CHECK or not any(case.calls for case in cases):
        return False
    functions = run.contact.guest.loaded.functions
    own = resolve(check.of, functions, session.key.signatures)
    if own is None or functions[own].empty:
        return False
    if isinstance(run.error, (TimedOut, OutOfMemory, Crashed, BrokenProtocol)):
        # Costly to see twice: only where the cause may be a part that is known to be wrong.
        return bool(session.known_wrong(_parts(cases)))
    return True


def at_gradients(check: Check, session: Session, ruling: Ruling) -> Ruling:
    """Are they the gradients of the student's own cost? Then half of the points are earned."""
    if ruling.credit >= OWN_CONVENTION_CREDIT or not _follows_own_cost(check, session):
        return ruling
    return replace(
        ruling,
        credit=OWN_CONVENTION_CREDIT,
        message=f"{check.of} gives the gradients of your own forward pass and cost, but these "
        "are not the task's.",
        hint="Your derivation follows your cost. Mend the forward pass or the cost first, and "
        f"then {check.of} along with it.",
    )


def _said_of_parts(session: Session, parts: Sequence[str], better: bool) -> tuple[str, ...]:
    """Which of the reference's parts made a difference, as far as is known."""
    missed = session.known_wrong(parts)
    if not missed and not better:
        return ()
    named = missed or (list(parts) if len(parts) == 1 else [])
    what = wording.listed(named) if named else "functions"
    return (f"Judged with the task's own {what} in place of yours.",)


def _parts(cases: Sequence[Case]) -> tuple[str, ...]:
    """The functions that the reference calls on its way."""
    return tuple(dict.fromkeys(call.name for case in cases for call in case.calls))


def _follows_own_cost(check: Check, session: Session) -> bool:
    try:
        contact = session.contact(check, again=True)
        solution = Solution(contact)
        for number in range(check.cases):
            draw = session.draw(check, number)
            contact.guest.seed(draw.global_seed)
            with np.errstate(all="ignore"):
                cost, parameters, gradients = check.probe(solution, solution, draw.rng())
                if not follows(cost, parameters, gradients, draw.rng()):
                    return False
    except SandboxFault:
        raise
    except Exception:
        # Their own functions do not fit together, which the other checks speak about.
        return False
    return True
