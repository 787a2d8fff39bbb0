"""The points that one run of a check earns, and whose mistake it is that some are missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from autograder import wording
from autograder.answers.changes import members
from autograder.answers.key import Case
from autograder.authoring import Check, Kind
from autograder.errors import (
    BrokenProtocol,
    CourseError,
    Crashed,
    Missing,
    NotAttempted,
    NotLoaded,
    OutOfMemory,
    StudentRaised,
    SubmissionError,
    TimedOut,
    Unreadable,
    WrongAnswer,
)
from autograder.grading.session import Attempt, Session
from autograder.judging.alike import alike
from autograder.judging.diagnosis import explaining_pairs, explanations, plausible_pairs
from autograder.judging.kinds import Facts, Rules, rules_of
from autograder.judging.outcome import Outcome, Raised, Returned
from autograder.judging.ruling import Ruling, with_remarks
from autograder.model import Diagnosis, Status
from autograder.sandbox.border import interpreted, interpreting
from autograder.sandbox.host.messages import Handle, Problem

_UNSEEN = "What {0} prints is not shown here: `grade check` does so with --show {1}."
ALL_PAIRS = 150  # of mistakes: up to so many are all looked at, and of more the plausible ones

_STATUS: Mapping[type[SubmissionError], Status] = {
    StudentRaised: Status.ERRORED,
    TimedOut: Status.TIMED_OUT,
    OutOfMemory: Status.OUT_OF_MEMORY,
    Crashed: Status.CRASHED,
    BrokenProtocol: Status.CRASHED,
    Missing: Status.NOT_ATTEMPTED,
    Unreadable: Status.ERRORED,
    NotAttempted: Status.NOT_ATTEMPTED,
    WrongAnswer: Status.FAILED,
}


def rule(check: Check, cases: Sequence[Case], run: Attempt) -> Ruling:
    """Judge a run's answers by the cases' own, or how it ended where there is none.

    Where an answer cannot be judged at all, it is the submission's failure, if only the
    reference's own answers can.
    """
    try:
        with interpreting(WrongAnswer(f"What {check.of} returned cannot be judged.")):
            return _ruled(check, cases, run)
    except WrongAnswer as error:
        if check.kind is not Kind.GRADIENT:
            own = [case.expected for case in cases]
            _ruled(check, cases, replace(run, answers=own, error=None))
        return rule_error(error, check.of)


def _ruled(check: Check, cases: Sequence[Case], run: Attempt) -> Ruling:
    contact = run.contact
    name = contact.last[0] if contact.last else check.of
    if run.error is not None:
        problems = contact.guest.loaded.problems
        ruling = rule_error(run.error, contact.calling or check.of, problems)
    else:
        facts = Facts(contact.sizes, name, run.last)
        ruling = rules_of(check).rule(check, _expected(cases), run.answers, facts)
    # Where the probe asked it for its values, these are what is wrong.
    if ruling.credit < 1 and contact.generator and isinstance(run.last, Handle):
        ruling = replace(
            ruling,
            message=f"{contact.generator} has a `yield`, so it gives back a generator: nothing "
            "in it runs before somebody asks for its values.",
            hint="Collect the values in a list, and return that at the end.",
        )
    printed = (
        [_UNSEEN.format(contact.printed, check.id)]
        if ruling.credit < 1 and contact.printed
        else []
    )
    return with_remarks(ruling, [*contact.remarks, *printed])


def rule_error(
    error: SubmissionError, function: str, problems: Sequence[Problem] = ()
) -> Ruling:
    """The ruling over what the submission did in place of an answer, in a call of `function`.

    problems   what of the submission could not be run.
    """
    cause = error.cause if isinstance(error, NotLoaded) else error
    status = next(status for kind, status in _STATUS.items() if isinstance(cause, kind))
    message, hint = wording.describe(error, function)
    if isinstance(error, StudentRaised):
        hint = wording.comes_from(error, problems) or hint
    return Ruling(0.0, message, hint, status=status)


def our_fault(message: str, hint: str = "") -> Ruling:
    """The ruling over a failure on our side: no points, and no zero either."""
    comfort = "This is not your fault; tell your instructor."
    return Ruling(0.0, message, f"{comfort} {hint}".strip(), status=Status.GRADER_FAULT)


def check_reference(check: Check, case: Case) -> None:
    """A course whose own reference misses its check cannot judge anybody."""
    expected = case.expected
    if isinstance(expected, Raised):
        raise CourseError(f"The reference raises {expected.type_name} in {check.id}.")
    missed = rules_of(check).missed_by(check, expected.value)
    if missed:
        raise CourseError(f"The reference does not pass its own check {check.id}: {missed}.")


def diagnosed(
    check: Check, session: Session, cases: Sequence[Case], runs: Sequence[Attempt]
) -> Diagnosis | None:
    """The misconception that gives a run's answers, of the first run that has one.

    Where there is none, the two misconceptions which give them together. None as well for
    answers that cannot be compared.
    """
    return interpreted(lambda: _diagnosed(rules_of(check), session, cases, runs), None)


def answer_of(check: Check, run: Attempt) -> str:
    """A digest of what a run gave, the same for equal answers; empty where nothing came."""
    rules = rules_of(check)

    def digest() -> str:
        ended = type(run.error).__name__ if run.error else ""
        return alike([_telling(rules, answer) for answer in run.answers], ended)

    return interpreted(digest, "")


def _diagnosed(
    rules: Rules, session: Session, cases: Sequence[Case], runs: Sequence[Attempt]
) -> Diagnosis | None:
    explained = False
    for run in runs:
        answers = [_telling(rules, answer) for answer in run.answers]
        known = [case.wrong for case in cases[: len(answers)]]
        wrong = {name: _of_each(known, name) for name in (known or [{}])[0]}
        fitting = [name for name in explanations(answers, wrong) if _is_met(name, session, run)]
        if len(fitting) == 1:
            return Diagnosis(fitting[0], session.key.sentences[fitting[0]])
        explained = explained or bool(fitting)
    for run in () if explained else runs:
        pair = _pair(run.answers, cases)
        if pair is not None:
            sentences = (session.key.sentences[name] for name in members(pair))
            return Diagnosis(pair, " ".join(sentences))
    return None


def _of_each(known: Sequence[Mapping[str, Outcome]], name: str) -> Iterator[Outcome]:
    """The outcomes of a misconception, case by case, computed only as far as somebody reads."""
    return (outcomes[name] for outcomes in known)


def _is_met(name: str, session: Session, run: Attempt) -> bool:
    """True if an exception was raised where this misconception raises it.

    Many mistakes end in one and the same exception.
    """
    pattern = session.key.lines.get(name, "")
    error = run.error
    if not pattern or not isinstance(error, StudentRaised):
        return True
    return bool(error.frames and re.search(pattern, error.frames[-1].text))


def _pair(answers: Sequence[Outcome], cases: Sequence[Case]) -> str | None:
    """The one pair of misconceptions that gives a run's answers."""
    if not answers or not cases[0].pairs:
        return None
    first = cases[0]
    candidates: Iterable[str] = first.pairs
    if len(first.pairs) > ALL_PAIRS:
        candidates = plausible_pairs(
            answers[0], first.expected, first.wrong, first.pairs, members
        )
    found = explaining_pairs(answers, [case.pairs for case in cases], candidates)
    return found[0] if len(found) == 1 else None


def _expected(cases: Sequence[Case]) -> list[Any]:
    return [case.expected.value for case in cases if isinstance(case.expected, Returned)]


def _telling(rules: Rules, answer: Outcome) -> Outcome:
    return Returned(rules.telling(answer.value)) if isinstance(answer, Returned) else answer
