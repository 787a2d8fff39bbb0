"""A try of small changes to the student's own code: the first that makes a check pass is named.

A guess of a cause is tried before it is said. The submission's process finds the changes that
fit what happened (`sandbox.fixes`), and the check runs once more with one of them in place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.answers.key import Case
from autograder.authoring import Check, Kind
from autograder.errors import StudentRaised, SubmissionError, WrongAnswer
from autograder.grading.earning import rule
from autograder.grading.session import Attempt, Session, attempt, attempt_over_parts
from autograder.judging.ruling import Ruling
from autograder.model import Diagnosis
from autograder.solution.signatures import resolve
from autograder.wording.fixes import fixed

ANOTHER = "before_loop"  # which gives the answers of other mistakes
# Seen in the text, so that it says more than the name of a mistake with the same answers.
STRUCTURAL = frozenset(
    {ANOTHER, "compared", "fraction", "hands_on", "kept", "power", "raise", "rounded"}
    | {"return_in_loop", "same_rows", "square", "whole_numbers"}
)
MOST_SLOW = 4  # changes that are tried where a run may take seconds
MOST_ANSWERS = 2000  # of the reference's parts, in all trials of one case


def with_the_fix(
    check: Check,
    session: Session,
    cases: Sequence[Case],
    runs: Sequence[Attempt],
    ruling: Ruling,
    diagnosis: Diagnosis | None,
) -> tuple[Ruling, Diagnosis | None] | None:
    """The ruling with a change in its words, where one makes all answers right; or None.

    It earns nothing. Where the answers are those of a known mistake, its name stays, and the
    change is its sentence. Else the change is the hint, and takes the diagnosis's place.

    runs   those that were ruled on: over the reference's parts first, where there was one.
    """
    run = runs[0]
    if check.kind.measures or not isinstance(
        run.error, (StudentRaised, WrongAnswer, type(None))
    ):
        return None
    strong = (
        diagnosis is not None
        and check.kind is not Kind.REQUIREMENT
        and (run.error is None or diagnosis.id in session.key.lines)
    )
    try:
        said = _said(check, session, cases, runs, STRUCTURAL if strong else None)
    except SubmissionError:  # it ended meanwhile, or its time did
        return None
    if said is None:
        return None
    kind, words = said
    if diagnosis is None or run.error is not None or kind == ANOTHER:
        return replace(ruling, hint=words), None
    return ruling, Diagnosis(diagnosis.id, words)


def _said(
    check: Check,
    session: Session,
    cases: Sequence[Case],
    runs: Sequence[Attempt],
    kinds: frozenset[str] | None,
) -> tuple[str, str] | None:
    """The kind of the first change that works, and what is said of it."""
    run = runs[0]
    guest = session.guest()
    error = run.error if isinstance(run.error, StudentRaised) else None
    frames = error.frames if error else ()
    asked = [*_own_names(run, session), *(frame.function for frame in frames)]
    found = guest.fixes(
        list(dict.fromkeys(asked)),
        [frame.where for frame in frames],
        (error.type_name, error.text) if error else ("", ""),
    )
    plain = error is None and not (run.contact.remotes or run.contact.there)
    if set(session.assignment.settings.preload) - {"numpy"} and not plain:
        found = found[:MOST_SLOW] if error or run.last is None else ()
    over_parts = len(runs) > 1
    most = MOST_ANSWERS // max(len(cases[0].calls), 1) if over_parts else len(found)
    wanted = [n for n, change in enumerate(found) if kinds is None or kinds & set(change[:1])]
    with guest.fixing() as fix:
        for number in wanted[: max(most, 1)]:
            try:
                fix(number)
                works = all(
                    _is_right(check, session, some, over_parts=over_parts)
                    for some in (cases[:1], cases)
                )
            except StudentRaised:  # it cannot be put in place
                continue
            if works:
                methods = [
                    name for name in run.contact.called if name.startswith(f"{check.of}.")
                ]
                function = methods[0] if len(methods) == 1 else check.of
                return found[number][0], fixed(found[number], function)
            if not guest.alive:
                return None
    return None


def _own_names(run: Attempt, session: Session) -> list[str]:
    """The functions that were called, as the submission calls them."""
    functions = session.guest().loaded.functions
    return [
        resolve(name, functions, session.key.signatures) or name for name in run.contact.called
    ]


def _is_right(
    check: Check, session: Session, cases: Sequence[Case], *, over_parts: bool
) -> bool:
    run = attempt(check, session, cases, session.contact(check, again=True))
    if rule(check, cases, run).credit >= 1:
        return True
    if not over_parts:
        return False
    parts = tuple(dict.fromkeys(call.name for case in cases for call in case.calls))
    again, prompter = attempt_over_parts(check, session, cases, parts)
    return bool(prompter.answered) and rule(check, cases, again).credit >= 1
