"""One submission in one sandbox, and the runs of its checks there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from autograder import wording
from autograder.answers.contents import as_data, at_rest
from autograder.answers.exchange import Others, with_other_data
from autograder.answers.key import AnswerKey, Case, Draw
from autograder.answers.prompting import Prompter
from autograder.authoring import Check, Kind
from autograder.course.course import Assignment
from autograder.course.data import with_data
from autograder.errors import (
    BrokenProtocol,
    Crashed,
    OutOfMemory,
    StudentRaised,
    SubmissionError,
    TimedOut,
    WrongAnswer,
)
from autograder.judging.kinds import rules_of
from autograder.judging.outcome import Outcome, Raised, Returned
from autograder.judging.ruling import unusable
from autograder.judging.words import describe
from autograder.model import Submission
from autograder.sandbox.border import interpreted, is_ours
from autograder.sandbox.host.meter import Allowance
from autograder.sandbox.host.past import Past
from autograder.sandbox.host.sandbox import Guest, Sandbox
from autograder.solution.calls import OwnParameter, is_method
from autograder.solution.contact import Contact
from autograder.solution.observed import Observer
from autograder.solution.signatures import resolve
from autograder.solution.solution import Solution, own_parameters, prompted

STOPS = (TimedOut, OutOfMemory, Crashed, BrokenProtocol)


@dataclass
class Session:
    """One submission in one sandbox: a guest at a time, replaced when it dies."""

    sandbox: Sandbox
    submission: Submission
    assignment: Assignment
    key: AnswerKey
    seed: int
    notes: tuple[str, ...] = ()
    observer: Observer | None = None  # told of what checks ask and get; it decides nothing
    _second_times: dict[str, Allowance] = field(default_factory=dict)
    _past: Past = field(init=False)
    _guest: Guest | None = None
    _has_worked: bool = False  # the guest, for a check
    _unloadable: SubmissionError | None = None

    def __post_init__(self) -> None:
        self.submission = with_data(self.submission, self.assignment.files)
        self._past = Past(total=Allowance(self.assignment.most_seconds))

    def begin(self, check: Check) -> None:
        """A check is to be judged, and its verdict depends on nothing that ran before.

        So a submission that may remember gets a fresh guest, and a second look its whole time.
        """
        self._second_times.pop(check.id, None)
        self.start_afresh()

    def start_afresh(self) -> None:
        """Make sure that the next run finds nothing that a run before it left behind."""
        if self._guest is not None and self._has_worked and self._may_remember(self._guest):
            self._guest.close()

    def guest(self) -> Guest:
        """A live guest with the submission loaded."""
        if self._unloadable is not None:
            raise self._unloadable
        first = self._guest is None
        if self._guest is None or not self._guest.alive:
            self.close()
            try:
                self._guest = self.sandbox.open(self.submission, self._past)
            except SubmissionError as error:
                self._unloadable = error
                raise
            if first:
                problems = self._guest.loaded.problems
                self.notes = interpreted(lambda: wording.notes(problems), ())
            self._has_worked = False
        return self._guest

    def _may_remember(self, guest: Guest) -> bool:
        """True if a function of the task may keep something between two calls."""
        remembering = guest.loaded.remembers
        if not remembering:
            return False
        functions = guest.loaded.functions
        asked = (resolve(name, functions, self.key.signatures) for name in self.key.signatures)
        return any(name in remembering for name in asked)

    def contact(self, check: Check, *, again: bool = False) -> Contact:
        """A fresh contact for one run of a check, with the check's whole time ahead.

        again   for a second look: all of those at one check have its time once more, together.
        """
        guest = self.guest()
        self._has_worked = True
        allowance = Allowance(self.assignment.seconds(check))
        if again:
            allowance = self._second_times.setdefault(check.id, allowance)
        guest.allow(allowance)
        observer = None if again else self.observer
        return Contact(
            guest,
            self.key.signatures,
            self.key.parameters,
            given_back=self.key.given_back,
            labelled=check.kind.measures,
            operators=frozenset(),
            heard=observer.listen(check.id) if observer is not None else None,
        )

    def renewed(self, check: Check, contact: Contact) -> Contact:
        """A contact as this one, for a run that finds nothing of the one before it.

        It has the check's whole time ahead, in a fresh guest where the submission may remember.
        """
        self.start_afresh()
        guest = self.guest()
        self._has_worked = True
        guest.allow(Allowance(self.assignment.seconds(check)))
        return contact.renewed(guest)

    @cached_property
    def free(self) -> frozenset[str]:
        """The functions of whose values only properties must hold, as of random ones."""
        return frozenset(c.of for c in self.assignment.checks if c.kind is Kind.REQUIREMENT)

    @cached_property
    def classes(self) -> frozenset[str]:
        """The task's classes."""
        return frozenset(
            name.partition(".")[0] for name in self.key.parameters if is_method(name)
        )

    def own_parameters(self) -> Mapping[str, Sequence[OwnParameter]]:
        """The parameters that the submission's functions define, by the task's names."""
        return own_parameters(Contact(self.guest(), self.key.signatures))

    def charge(self, seconds: float) -> None:
        """Count processor time of ours, which the submission has made us use, as its own."""
        self._past.total.computed += seconds

    def draw(self, check: Check, number: int) -> Draw:
        """The random numbers of one case."""
        return Draw(self.seed, self.assignment.name, check.id, number)

    def begin_again(self, check: Check) -> None:
        """Forget what a run of the check has used, after a fault of the machine."""
        self._second_times.pop(check.id, None)

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
        """The value that the submission returned last."""
        return self.contact.last[1] if self.contact.last else None


Within = Callable[[Contact], AbstractContextManager[Any]]


def attempt(
    check: Check,
    session: Session,
    cases: Sequence[Case],
    contact: Contact | None = None,
    prompter: Prompter | None = None,
    within: Within = nullcontext,
) -> Attempt:
    """Run the probe over all cases with the sandboxed submission as `solution`.

    prompter   is told of each case, for what the submission asks meanwhile.
    within     makes the context in which a contact's submission runs.

    A check with `untouched` arguments runs again with other data in them. Who may remember the
    first answers does so in a fresh guest.
    """
    run = Attempt(contact or session.contact(check))
    with within(run.contact):
        _run_through(check, session, cases, run, prompter)
    if not check.untouched or run.error is not None:
        return run
    first = [answer.value for answer in run.answers if isinstance(answer, Returned)]
    if len(first) < len(cases):
        return run

    def again(others: Others | None) -> Sequence[Outcome]:
        contact = session.renewed(check, run.contact)
        contact.exchange = None if others is None else others.exchanged
        other = Attempt(contact)
        with within(contact):
            _run_through(check, session, cases, other, prompter, others)
        if isinstance(other.error, STOPS):
            raise other.error
        return _in_words(other, contact.calling or check.of)

    try:
        run.answers = [Returned(each) for each in with_other_data(check, first, again)]
    except STOPS as error:
        run.error = error
        run.contact.remark(f"That was with other data in {' and '.join(check.untouched)}.")
    return run


def _in_words(run: Attempt, function: str) -> list[Outcome]:
    """The answers; in place of an exception's text, what happened in a whole sentence."""
    found: list[Outcome] = []
    for answer in run.answers:
        if isinstance(answer, Raised):
            answer = Raised(answer.type_name, unusable(answer, run.last, function))
        found.append(answer)
    if run.error is not None:
        ended = Raised(type(run.error).__name__, wording.describe(run.error, function)[0])
        found[-1 if isinstance(run.error, StudentRaised) else len(found) :] = [ended]
    return found


def _run_through(
    check: Check,
    session: Session,
    cases: Sequence[Case],
    run: Attempt,
    prompter: Prompter | None,
    others: Others | None = None,
) -> None:
    """Add to `run` what comes of each case, up to the first that ends it."""
    rules, solution = rules_of(check), Solution(run.contact)
    if not run.contact.labelled:
        run.contact.operators = frozenset().union(*(case.operators for case in cases))
    for number, case in enumerate(cases):
        draw = session.draw(check, number)
        so_far: list[Any] = []
        run.contact.begin()
        if others is not None:
            others.seed = draw.global_seed
        if prompter is not None:
            prompter.begin(case.calls, case.strays if prompter.lacking else ())
        try:
            run.contact.guest.seed(draw.global_seed)
            with np.errstate(all="ignore"):
                value = check.probe(solution, case.given(), draw.rng())
                answer = rules.taken(as_data(value), so_far)
            run.answers.append(Returned(at_rest(answer)))
        except StudentRaised as error:
            run.answers.append(Raised(error.type_name, error.text))
            run.error = error
        except SubmissionError as error:
            run.error = error
        except Exception as error:
            # The probe ran on the reference with the same inputs, so it is the submission's
            # answer that it could not use.
            if is_ours(error) or run.contact.seen is None:
                raise
            if run.contact.last is None:
                run.error = unfit(run.contact, error)
                break
            run.answers.append(Raised(type(error).__name__, str(error)))
            if so_far:
                run.answers[-1] = Returned(at_rest(so_far))
        if run.error is not None:
            break


def unfit(contact: Contact, error: Exception) -> WrongAnswer:
    """The reason why a probe could not use what it looked at, which nothing returned."""
    name, value = contact.seen or ("It", None)
    return WrongAnswer(f"{name} is {describe(value)}, which does not fit here ({error}).")


def attempt_over_parts(
    check: Check,
    session: Session,
    cases: Sequence[Case],
    parts: Sequence[str],
    aside: Sequence[str] = (),
) -> tuple[Attempt, Prompter]:
    """Run the student's function while these parts of it answer as the reference's do.

    aside   functions that nothing depends on, whose exceptions are passed over.

    Raises SubmissionError where the submission is no longer there to be run.
    """
    contact = session.contact(check, again=True)
    functions = contact.guest.loaded.functions
    lacking = [
        name
        for name in parts
        if not is_method(name) and resolve(name, functions, contact.signatures) is None
    ]
    prompter = Prompter(parts, own_parameters(contact), session.free, lacking)
    calls = [call for case in cases for call in case.calls]

    def within(contact: Contact) -> AbstractContextManager[None]:
        return prompted(contact, prompter, calls, aside)

    return attempt(check, session, cases, contact, prompter, within), prompter
