"""One submission becomes one report.

    grade ──► judge, check by check ──► attempt: run the probe with the sandboxed solution
                                   ├──► rule: compare with the answer key
                                   ├──► second look: over the reference's parts, or over
                                   │    the student's own cost
                                   └──► diagnose: whose answers are these?

Whatever goes wrong on our side is the verdict `grader_fault`, never a student's zero.
"""

from __future__ import annotations

import contextlib
import difflib
import platform
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder import __version__, wording
from autograder.answers import AnswerKey, Case
from autograder.authoring import Check, Expectation, Kind
from autograder.course import Assignment
from autograder.errors import (
    BrokenProtocol,
    CourseError,
    Crashed,
    GradeError,
    Missing,
    NotAttempted,
    NotLoaded,
    OutOfMemory,
    SandboxFault,
    StudentRaised,
    SubmissionError,
    TimedOut,
    Unreadable,
    UsageError,
    WrongAnswer,
)
from autograder.judging.diagnosis import diagnose
from autograder.judging.gradient import follows
from autograder.judging.outcome import Outcome, Raised, Returned
from autograder.judging.ruling import (
    OWN_CONVENTION_CREDIT,
    Ruling,
    rule_gradients,
    rule_requirements,
    rule_threshold,
    rule_unusable,
    rule_values,
    with_remarks,
)
from autograder.keys import answer_key
from autograder.model import Diagnosis, Report, Status, Submission, Verdict
from autograder.sandbox.host import Sandbox
from autograder.session import (
    SECOND_LOOK_TIMES,
    Attempt,
    Session,
    attempt,
    attempt_over_parts,
)
from autograder.solution import Solution, resolve

PUBLIC_SEED = 0

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


def grade(
    submission: Submission,
    assignment: Assignment,
    *,
    seed: int = PUBLIC_SEED,
    only: Sequence[str] = (),
    sandbox: Sandbox | None = None,
    key: AnswerKey | None = None,
) -> Report:
    """Grade a submission.

    seed      decides every input; the public one is known to students.
    only      ids of the checks to run; all when empty.
    sandbox   an open one to use again and again; otherwise one is opened for this call.
    key       the answers for this seed; by default the assignment's own.

    Raises UsageError for an unknown check and CourseError for a broken course.
    """
    checks = _selected(assignment, only)
    key = key or answer_key(assignment, seed)
    with contextlib.ExitStack() as stack:
        if sandbox is None:
            settings = assignment.settings
            sandbox = stack.enter_context(
                Sandbox(limits=settings.limits, preload=settings.preload)
            )
        session = stack.enter_context(
            contextlib.closing(Session(sandbox, submission, assignment, key, seed))
        )
        verdicts: list[Verdict] = []
        for check in checks:
            verdicts.append(judge(check, session))
            session.verdicts[check.id] = verdicts[-1]
        return Report(
            assignment=assignment.name,
            points=round(sum(verdict.points for verdict in verdicts), 2),
            possible=round(sum(verdict.possible for verdict in verdicts), 2),
            seed=seed,
            tier=sandbox.tier,
            versions={
                "autograder": __version__,
                "python": platform.python_version(),
                "numpy": np.__version__,
                assignment.name: key.digest,
            },
            notes=(*submission.notes, *session.notes),
            checks=tuple(verdicts),
        )


def judge(check: Check, session: Session) -> Verdict:
    """One check's verdict. Never raises: what fails on our side is a grader_fault."""
    started = time.perf_counter()
    diagnosis: Diagnosis | None = None
    try:
        ruling, diagnosis = _decide(check, session)
    except GradeError as error:
        ruling = _our_fault(error.message, error.hint)
    except Exception as error:
        ruling = _our_fault(f"The grader failed: {type(error).__name__}: {error}")
    message = " ".join(filter(None, (ruling.message, *ruling.remarks)))
    hint = "" if ruling.credit >= 1 else ruling.hint or check.hint
    return Verdict(
        id=check.id,
        of=check.of,
        title=check.title,
        status=ruling.said,
        points=round(check.points * ruling.credit, 2),
        possible=check.points,
        message=message,
        hint=hint,
        diagnosis=diagnosis,
        evidence=ruling.evidence,
        seconds=round(time.perf_counter() - started, 4),
    )


def _decide(check: Check, session: Session) -> tuple[Ruling, Diagnosis | None]:
    if not session.key.holds(check):
        return Ruling(
            0.0,
            "This check needs the course's reference, so your instructor's run decides it.",
            "Nothing to do here.",
            status=Status.SKIPPED,
        ), None
    if check.kind is Kind.THRESHOLD:
        return _judge_threshold(check, session), None
    cases = [session.key.case(check, number) for number in range(check.cases)]
    for case in cases:  # the reference's own time is no student's time
        _check_reference(check, case)
    try:
        known = _over_parts_at_once(check, session, cases)
        if known is not None:
            return known
        run = attempt(check, session, cases)
    except SubmissionError as error:  # it could not even be loaded
        return _rule_error(error, check.of), None
    ruling = _rule(check, cases, run)
    if ruling.credit >= 1:
        return ruling, None
    runs = [run]
    if check.kind is Kind.GRADIENT and run.error is None:
        ruling = _second_look_at_gradients(check, session, ruling)
    elif _depends_on_parts(check, session, cases, run):
        ruling = _second_look_over_parts(check, session, cases, runs, ruling)
    if ruling.credit >= 1:
        return ruling, None
    return ruling, _diagnosed(session, cases, runs)


def _over_parts_at_once(
    check: Check, session: Session, cases: Sequence[Case]
) -> tuple[Ruling, Diagnosis | None] | None:
    """The ruling over the reference's parts, where a first look would only hang again.

    So a `sigmoid` that never ends costs its own time limit, and not that of all its callers.
    None where no part is known to hang, or this function does without it.
    """
    parts = _parts(cases)
    stopping = session.known_to_stop(parts) - {check.of}
    if check.kind is not Kind.CHECK or not stopping:
        return None
    run, prompter = attempt_over_parts(check, session, cases, parts)
    if not prompter.answered & stopping:
        return None
    session.callers_of_stopping.add(check.of)
    ruling = with_remarks(_rule(check, cases, run), _said_of_parts(session, parts, True))
    return ruling, None if ruling.credit >= 1 else _diagnosed(session, cases, [run])


def _parts(cases: Sequence[Case]) -> tuple[str, ...]:
    """The functions that the reference calls on its way."""
    return tuple(dict.fromkeys(call.name for case in cases for call in case.calls))


def _second_look_over_parts(
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
        second = _rule(check, cases, again)
        better = second.credit > ruling.credit
        if names is parts or second.credit >= 1:
            runs.insert(0, again)
            if better or again.error is None:
                return with_remarks(second, _said_of_parts(session, names, better))
    return ruling


def _said_of_parts(session: Session, parts: Sequence[str], better: bool) -> tuple[str, ...]:
    """Which of the reference's parts made a difference, as far as is known."""
    missed = session.known_wrong(parts)
    if not missed and not better:
        return ()
    named = missed or (list(parts) if len(parts) == 1 else [])
    what = wording.listed(named) if named else "functions"
    return (f"Judged with the task's own {what} in place of yours.",)


def _rule(check: Check, cases: Sequence[Case], run: Attempt) -> Ruling:
    contact = run.contact
    if run.error is not None:
        ruling = _rule_error(run.error, contact.calling or check.of)
    elif check.kind is Kind.GRADIENT:
        ruling = rule_gradients(
            _expected(cases), run.answers, contact.sizes, check.of, run.last
        )
    elif check.kind is Kind.REQUIREMENT:
        stopped = "The rest could not be looked at."
        for answer in run.answers:
            if isinstance(answer, Raised):
                return rule_unusable(answer, run.last, check.of)
        lines = [answer.value for answer in run.answers if isinstance(answer, Returned)]
        ruling = rule_requirements(_expected(cases), lines, stopped)
    else:
        ruling = rule_values(_expected(cases), run.answers, contact.sizes, check.of, run.last)
    return with_remarks(ruling, contact.remarks)


def _our_fault(message: str, hint: str = "") -> Ruling:
    comfort = "This is not your fault; tell your instructor."
    return Ruling(0.0, message, f"{comfort} {hint}".strip(), status=Status.GRADER_FAULT)


def _rule_error(error: SubmissionError, function: str) -> Ruling:
    """What the submission did in place of an answer, while `function` was called."""
    cause = error.cause if isinstance(error, NotLoaded) else error
    status = next(status for kind, status in _STATUS.items() if isinstance(cause, kind))
    return Ruling(0.0, *wording.describe(error, function), status=status)


def _check_reference(check: Check, case: Case) -> None:
    """A course whose own reference misses its check cannot judge anybody."""
    expected = case.expected
    if isinstance(expected, Raised):
        raise CourseError(f"The reference raises {expected.type_name} in {check.id}.")
    if check.kind is Kind.REQUIREMENT:
        broken = [line.what for line in expected.value if not line.holds]
        if broken:
            raise CourseError(f"The reference misses a requirement of {check.id}: {broken[0]}.")


def _expected(cases: Sequence[Case]) -> list[Any]:
    return [case.expected.value for case in cases if isinstance(case.expected, Returned)]


def _depends_on_parts(
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


def _second_look_at_gradients(check: Check, session: Session, ruling: Ruling) -> Ruling:
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


def _follows_own_cost(check: Check, session: Session) -> bool:
    try:
        contact = session.contact(check, times=SECOND_LOOK_TIMES)
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


def _judge_threshold(check: Check, session: Session) -> Ruling:
    reached: list[float] = []
    for number in range(check.cases):
        draw = session.draw(check, number)
        try:
            contact = session.contact(check)
        except SubmissionError as error:  # it could not even be loaded
            return _rule_error(error, check.of)
        try:
            contact.guest.seed(draw.global_seed)
            value = check.probe(
                Solution(contact), session.key.case(check, number).given(), draw.rng()
            )
            reached.append(float(value))
        except SubmissionError as error:
            return _rule_error(error, contact.calling or check.of)
        except GradeError:
            raise
        except Exception as error:
            if contact.last is None:
                raise
            name, value = contact.last
            return rule_unusable(Raised(type(error).__name__, str(error)), value, name)
        ruling = rule_threshold(reached, check.at_least)
        if ruling.credit >= 1 or sum(value < check.at_least for value in reached) == 2:
            break
    return with_remarks(ruling, contact.remarks)


def _diagnosed(
    session: Session, cases: Sequence[Case], runs: Sequence[Attempt]
) -> Diagnosis | None:
    for run in runs:
        answers = [_held(answer) for answer in run.answers]
        known = [case.wrong for case in cases[: len(answers)]]
        wrong = {name: [outcomes[name] for outcomes in known] for name in (known or [{}])[0]}
        found = diagnose(answers, wrong)
        if found is not None:
            return Diagnosis(found, session.key.sentences[found])
    return None


def _held(answer: Outcome) -> Outcome:
    """A requirement is recognised by the pattern of the properties that hold."""
    if isinstance(answer, Returned) and isinstance(answer.value, list):
        lines = answer.value
        if lines and all(isinstance(line, Expectation) for line in lines):
            return Returned([line.holds for line in lines])
    return answer


def _selected(assignment: Assignment, only: Sequence[str]) -> tuple[Check, ...]:
    known = {check.id: check for check in assignment.checks}
    for name in only:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1, 0.5)
            raise UsageError(
                f"{assignment.name} has no check {name!r}.",
                hint=f"Did you mean {near[0]!r}?"
                if near
                else "There are: " + ", ".join(known) + ".",
            )
    return tuple(check for check in assignment.checks if not only or check.id in only)
