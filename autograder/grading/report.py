"""One submission becomes one report.

    grade ──► Judge, check by check ──► attempt: run the probe with the sandboxed solution
                                   ├──► rule: compare with the answer key
                                   ├──► second looks: over the reference's parts, from the
                                   │    student's own draws, or over the student's own cost
                                   └──► diagnosed: whose answers are these?

Whatever goes wrong on our side is the verdict `grader_fault`, never a student's zero. What only
looks at wrong answers is imported where the first one is met.
"""

from __future__ import annotations

import contextlib
import dataclasses
import difflib
import platform
import time
from collections.abc import Sequence

import numpy as np

from autograder import __version__
from autograder.answers.choice import answer_key
from autograder.answers.key import AnswerKey, Case
from autograder.authoring import Check, Kind, mentioned
from autograder.course.course import Assignment
from autograder.errors import GradeError, MachineBusy, SubmissionError, UsageError
from autograder.grading import second_looks, trimming
from autograder.grading.earning import (
    answer_of,
    check_reference,
    diagnosed,
    our_fault,
    rule,
    rule_error,
)
from autograder.grading.second_looks import Parts
from autograder.grading.session import Attempt, Session, attempt
from autograder.grading.thresholds import judge_threshold
from autograder.grading.untouched import is_untouched, unwritten
from autograder.judging.ruling import Ruling
from autograder.model import Diagnosis, Report, Status, Submission, Verdict
from autograder.sandbox.border import interpreted
from autograder.sandbox.host.sandbox import Sandbox
from autograder.solution.observed import Observer

PUBLIC_SEED = 0


def grade(
    submission: Submission,
    assignment: Assignment,
    *,
    seed: int = PUBLIC_SEED,
    only: Sequence[str] = (),
    sandbox: Sandbox | None = None,
    key: AnswerKey | None = None,
    explain: bool = True,
    observer: Observer | None = None,
) -> Report:
    """Grade a submission.

    seed      decides every input; the public one is known to students.
    only      ids of the checks to run; all when empty.
    sandbox   an open one to use again and again; otherwise one is opened for this call.
    key       the answers for this seed; by default the assignment's own.
    explain   whether to look for the causes of what is missing, which takes longer; points
              and statuses are the same without.
    observer  is told of what the checks ask and get.

    Raises UsageError for an unknown check and CourseError for a broken course.
    """
    checks = selected(assignment, only)
    key = key or answer_key(assignment, seed)
    with contextlib.ExitStack() as stack:
        if sandbox is None:
            settings = assignment.settings
            sandbox = stack.enter_context(
                Sandbox(limits=settings.limits, preload=settings.preload)
            )
        session = stack.enter_context(
            contextlib.closing(
                Session(sandbox, submission, assignment, key, seed, observer=observer)
            )
        )
        if observer is not None:
            stack.enter_context(observer.listening())
        judge = Judge(session, explain=explain)
        untouched = is_untouched(submission, assignment) and all(map(key.holds, checks))
        verdicts = [unwritten(one) if untouched else judge.verdict(one) for one in checks]
        return judge.report(verdicts)


class Judge:
    """The verdicts on one submission, each found once, whichever is asked for first.

    What a check must know of the functions that it depends on, it learns of their own verdicts,
    whether these are asked for or not. So a verdict depends on no other command and no order.
    """

    def __init__(self, session: Session, *, explain: bool = True) -> None:
        self.session = session
        self._explain = explain
        self._verdicts: dict[str, Verdict] = {}
        self._over_parts: set[str] = set()  # functions never run over a part of theirs

    def report(self, verdicts: Sequence[Verdict]) -> Report:
        """A report of these verdicts."""
        session, name = self.session, self.session.assignment.name
        return Report(
            assignment=name,
            points=round(sum(verdict.points for verdict in verdicts), 2),
            possible=round(sum(verdict.possible for verdict in verdicts), 2),
            seed=session.seed,
            tier=session.sandbox.tier,
            versions={
                "autograder": __version__,
                "python": platform.python_version(),
                "numpy": np.__version__,
                name: session.key.digest,
            },
            notes=trimming.notes((*session.submission.notes, *session.notes)),
            checks=tuple(verdicts),
        )

    def verdict(self, check: Check) -> Verdict:
        """One check's verdict. Never raises: what fails on our side is a grader_fault."""
        if check.id in self._verdicts:
            return self._verdicts[check.id]
        verdict = self._judged(check, self._known(check))
        if not verdict.status.ours:  # which may have passed
            self._verdicts[check.id] = verdict
        return verdict

    def _known(self, check: Check) -> Parts:
        """The verdicts of other checks about the functions that this one depends on."""
        key, names = self.session.key, _depends_on(check, self.session.key)
        parts = [name for name in key.signatures if name in names]
        checks = [c for c in self.session.assignment.checks if not c.kind.measures]
        of_parts = [self.verdict(c) for name in parts for c in checks if c.of == name]
        missed = {v.of for v in of_parts if v.status not in (Status.PASSED, Status.SKIPPED)}
        stopped = {v.of for v in of_parts if v.status.stopped or v.of in self._over_parts}
        sound = False
        if check.kind is Kind.THRESHOLD:
            missed -= _right_in_the_main(of_parts)
        if check.kind is Kind.THRESHOLD and missed:
            own = [self.verdict(c).status for c in checks if c.of == check.of]
            sound = bool(own) and all(status is Status.PASSED for status in own)
        return Parts(tuple(name for name in parts if name in missed), frozenset(stopped), sound)

    def _judged(self, check: Check, known: Parts) -> Verdict:
        self.session.begin(check)
        started = time.perf_counter()
        diagnosis: Diagnosis | None = None
        try:
            try:
                ruling, diagnosis = self._decide(check, known)
            except MachineBusy:  # perhaps for a moment; a fresh guest tries once more
                self.session.begin_again(check)
                ruling, diagnosis = self._decide(check, known)
        except GradeError as error:
            ruling = our_fault(error.message, error.hint)
        except Exception as error:
            ruling = our_fault(f"The grader failed: {type(error).__name__}: {error}")
        remarks = trimming.remarks(ruling.remarks)
        message = " ".join(filter(None, (ruling.message, *remarks)))
        hint = "" if ruling.credit >= 1 else ruling.hint or check.hint
        verdict = Verdict(
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
            answer=ruling.answer,
            number=ruling.number,
            seconds=round(time.perf_counter() - started, 4),
        )
        return trimming.trimmed(verdict, len(self.session.assignment.checks))

    def _decide(self, check: Check, known: Parts) -> tuple[Ruling, Diagnosis | None]:
        session = self.session
        if not session.key.holds(check):
            return Ruling(
                0.0,
                "This check needs the course's reference, so your instructor's run decides it.",
                "Nothing to do here.",
                status=Status.SKIPPED,
            ), None
        if check.kind is Kind.THRESHOLD:
            return judge_threshold(check, session, known), None
        cases = [session.key.case(check, number) for number in range(check.cases)]
        for case in cases:  # the reference's own time is no student's time
            check_reference(check, case)
        try:
            found = second_looks.over_parts_at_once(check, session, cases, known)
            if found is not None:
                self._over_parts.add(check.of)
                return found
            run = attempt(check, session, cases)
        except SubmissionError as error:  # it could not even be loaded
            return rule_error(error, check.of), None
        if session.observer is not None:
            wanted = [case.expected for case in cases]
            session.observer.answered(check.id, list(zip(run.answers, wanted, strict=False)))
        ruling = rule(check, cases, run)
        runs = [run]
        if ruling.credit < 1 and second_looks.depends_on_parts(
            check, session, cases, run, known
        ):
            ruling = second_looks.over_parts(check, session, cases, runs, ruling, known)
        if ruling.credit < 1 and check.repeats:
            from autograder.grading.own_draws import from_own_draws

            ruling = from_own_draws(check, session, cases, run, ruling, known)
        if ruling.credit < 1 and check.kind is Kind.GRADIENT and run.error is None:
            from autograder.grading.own_costs import at_gradients

            ruling = at_gradients(check, session, ruling)
        if ruling.credit >= 1 or not self._explain:
            return ruling, None
        ruling = dataclasses.replace(ruling, answer=answer_of(check, runs[0]))
        said = ruling, diagnosed(check, session, cases, runs)
        # What comes now explains, and earns nothing.
        return interpreted(lambda: self._explained(check, cases, runs, *said), said)

    def _explained(
        self,
        check: Check,
        cases: Sequence[Case],
        runs: Sequence[Attempt],
        ruling: Ruling,
        diagnosis: Diagnosis | None,
    ) -> tuple[Ruling, Diagnosis | None]:
        from autograder.grading.exchanged import with_the_order
        from autograder.grading.lengths import with_the_length
        from autograder.grading.tried import with_the_fix

        session, first = self.session, runs[-1]
        fixed = with_the_fix(check, session, cases, runs, ruling, diagnosis)
        if fixed is not None:
            return fixed
        if diagnosis is None:
            ruling = with_the_order(check, session, cases, first, ruling)
            ruling = with_the_length(check, session, cases, first, ruling)
        return ruling, diagnosis


def _depends_on(check: Check, key: AnswerKey) -> set[str]:
    """The functions whose verdicts a check may have to know.

    Those of a threshold are also what its probe asks for. Functions that call each other are no
    parts of one another.
    """
    names = set(key.parts.get(check.of, ()))
    if check.kind is Kind.THRESHOLD:
        asked = mentioned(check.probe) & key.parts.keys()
        names |= asked.union(*(key.parts[name] for name in asked))
    return {
        name for name in names if name != check.of and check.of not in key.parts.get(name, ())
    }


def _right_in_the_main(verdicts: Sequence[Verdict]) -> set[str]:
    """The functions that pass the check of their name, and so miss a border case at most.

    A threshold is not missed for such a part.
    """
    return {v.of for v in verdicts if v.id == v.of and v.status is Status.PASSED}


def selected(assignment: Assignment, only: Sequence[str]) -> tuple[Check, ...]:
    """The checks of these ids, or all where there is none. UsageError names a near one."""
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
