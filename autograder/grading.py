"""One submission becomes one report.

    grade ──► judge, check by check ──► attempt: run the probe with the sandboxed solution
                                   ├──► rule: compare with the answer key
                                   ├──► second looks: over the reference's parts, or over
                                   │    the student's own cost
                                   └──► diagnosed: whose answers are these?

Whatever goes wrong on our side is the verdict `grader_fault`, never a student's zero.
"""

from __future__ import annotations

import contextlib
import difflib
import platform
import time
from collections.abc import Sequence

import numpy as np

from autograder import __version__, second_looks
from autograder.answers import AnswerKey
from autograder.authoring import Check, Kind
from autograder.course import Assignment
from autograder.errors import GradeError, SubmissionError, UsageError
from autograder.judging.outcome import Raised
from autograder.judging.ruling import Ruling, rule_threshold, rule_unusable, with_remarks
from autograder.keys import answer_key
from autograder.model import Diagnosis, Report, Status, Submission, Verdict
from autograder.rulings import check_reference, diagnosed, our_fault, rule, rule_error
from autograder.sandbox.host import Sandbox
from autograder.session import Session, attempt
from autograder.solution import Solution

PUBLIC_SEED = 0


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
        ruling = our_fault(error.message, error.hint)
    except Exception as error:
        ruling = our_fault(f"The grader failed: {type(error).__name__}: {error}")
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
        check_reference(check, case)
    try:
        known = second_looks.over_parts_at_once(check, session, cases)
        if known is not None:
            return known
        run = attempt(check, session, cases)
    except SubmissionError as error:  # it could not even be loaded
        return rule_error(error, check.of), None
    ruling = rule(check, cases, run)
    if ruling.credit >= 1:
        return ruling, None
    runs = [run]
    if check.kind is Kind.GRADIENT and run.error is None:
        ruling = second_looks.at_gradients(check, session, ruling)
    elif second_looks.depends_on_parts(check, session, cases, run):
        ruling = second_looks.over_parts(check, session, cases, runs, ruling)
    if ruling.credit >= 1:
        return ruling, None
    return ruling, diagnosed(session, cases, runs)


def _judge_threshold(check: Check, session: Session) -> Ruling:
    reached: list[float] = []
    for number in range(check.cases):
        draw = session.draw(check, number)
        try:
            contact = session.contact(check)
        except SubmissionError as error:  # it could not even be loaded
            return rule_error(error, check.of)
        try:
            contact.guest.seed(draw.global_seed)
            value = check.probe(
                Solution(contact), session.key.case(check, number).given(), draw.rng()
            )
            reached.append(float(value))
        except SubmissionError as error:
            return rule_error(error, contact.calling or check.of)
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
