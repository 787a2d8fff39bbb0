"""One submission in one sandbox, and the runs of its checks there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from autograder import wording
from autograder.answers import AnswerKey, Case, Draw, Prompter
from autograder.authoring import Check, Expectation, Kind
from autograder.course import Assignment
from autograder.errors import GradeError, StudentRaised, SubmissionError
from autograder.judging.outcome import Outcome, Raised, Returned
from autograder.model import Status, Submission, Verdict
from autograder.sandbox.host import Guest, Sandbox
from autograder.sandbox.meter import Allowance
from autograder.sandbox.past import Past
from autograder.solution import Contact, Solution, parameter_names, prompted

STOPPED = (Status.TIMED_OUT, Status.OUT_OF_MEMORY, Status.CRASHED)


@dataclass
class Session:
    """One submission in one sandbox: a guest at a time, replaced when it dies."""

    sandbox: Sandbox
    submission: Submission
    assignment: Assignment
    key: AnswerKey
    seed: int
    notes: tuple[str, ...] = ()
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    callers_of_stopping: set[str] = field(default_factory=set)
    _second_times: dict[str, Allowance] = field(default_factory=dict)
    _past: Past = field(init=False)
    _guest: Guest | None = None
    _unloadable: SubmissionError | None = None

    def __post_init__(self) -> None:
        limits = self.assignment.limits
        most = 2 * (limits.total_seconds + limits.import_seconds) + limits.load_seconds
        self._past = Past(total=Allowance(most))

    def guest(self) -> Guest:
        """A live guest with the submission loaded."""
        if self._unloadable is not None:
            raise self._unloadable
        if self._guest is None or not self._guest.alive:
            first = self._guest is None
            self.close()
            try:
                self._guest = self.sandbox.open(self.submission, self._past)
            except SubmissionError as error:
                self._unloadable = error
                raise
            if first:
                self.notes = wording.notes(self._guest.loaded.problems)
        return self._guest

    def contact(self, check: Check, *, again: bool = False) -> Contact:
        """A fresh contact for one run of a check, with the check's whole time ahead.

        again   for a second look: all of those at one check have its time once more, together.
        """
        guest = self.guest()
        allowance = Allowance(self.assignment.seconds(check))
        if again:
            allowance = self._second_times.setdefault(check.id, allowance)
        guest.allow(allowance)
        return Contact(guest, self.key.signatures, self.key.parameters)

    @cached_property
    def free(self) -> frozenset[str]:
        """The functions of whose values only properties must hold, as of random ones."""
        return frozenset(c.of for c in self.assignment.checks if c.kind is Kind.REQUIREMENT)

    def known_wrong(self, functions: Iterable[str]) -> list[str]:
        """Those of the functions that have missed points so far, in this order."""
        missed = {v.of for v in self.verdicts.values() if v.status is not Status.PASSED}
        return [name for name in dict.fromkeys(functions) if name in missed]

    @property
    def stopping(self) -> set[str]:
        """The functions known to hang, hit a limit or end Python, or to call such a one."""
        stopped = {v.of for v in self.verdicts.values() if v.status in STOPPED}
        return stopped | self.callers_of_stopping

    def draw(self, check: Check, number: int) -> Draw:
        """The random numbers of one case."""
        return Draw(self.seed, self.assignment.name, check.id, number)

    def close(self) -> None:
        """End the guest."""
        if self._guest is not None:
            self._guest.close()


@dataclass
class Attempt:
    """The answers of one run over a check's cases, and how it ended."""

    contact: Contact
    answers: list[Outcome] = field(default_factory=list)
    error: SubmissionError | None = None

    @property
    def last(self) -> Any:
        """What the submission returned last."""
        return self.contact.last[1] if self.contact.last else None


def attempt(
    check: Check,
    session: Session,
    cases: Sequence[Case],
    contact: Contact | None = None,
    prompter: Prompter | None = None,
) -> Attempt:
    """Run the probe over all cases with the sandboxed submission as `solution`.

    prompter   is told of each case, for what the submission asks meanwhile.
    """
    run = Attempt(contact or session.contact(check))
    solution = Solution(run.contact)
    for number, case in enumerate(cases):
        draw = session.draw(check, number)
        lines: list[Expectation] = []
        run.contact.begin()
        if prompter is not None:
            prompter.begin(case.calls)
        try:
            run.contact.guest.seed(draw.global_seed)
            with np.errstate(all="ignore"):
                value = check.probe(solution, case.given(), draw.rng())
                if check.kind is Kind.REQUIREMENT:
                    lines.extend(value)
                    value = lines
            if check.kind is Kind.GRADIENT:
                value = value[2]
            run.answers.append(Returned(value))
        except StudentRaised as error:
            run.answers.append(Raised(error.type_name, error.text))
            run.error = error
        except SubmissionError as error:
            run.error = error
        except GradeError:
            raise
        except Exception as error:
            if run.contact.last is None:
                raise
            # The probe ran on the reference with the same inputs, so it is the submission's
            # answer that it could not use.
            run.answers.append(Raised(type(error).__name__, str(error)))
            if check.kind is Kind.REQUIREMENT and lines:
                run.answers[-1] = Returned(lines)
        if run.error is not None:
            break
    return run


def attempt_over_parts(
    check: Check, session: Session, cases: Sequence[Case], parts: Sequence[str]
) -> tuple[Attempt, Prompter]:
    """Run the student's function while these parts of it answer as the reference's do.

    Raises SubmissionError where the submission is no longer there to be run.
    """
    contact = session.contact(check, again=True)
    prompter = Prompter(parts, parameter_names(contact))
    with prompted(contact, prompter):
        return attempt(check, session, cases, contact, prompter), prompter
