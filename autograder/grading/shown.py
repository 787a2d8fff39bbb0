"""One case of a check, run once more to be looked at. It earns nothing, changes no verdict."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from autograder.answers.choice import answer_key
from autograder.authoring import Check, Kind
from autograder.course.course import Assignment
from autograder.errors import CourseError, SubmissionError
from autograder.grading.earning import rule
from autograder.grading.report import PUBLIC_SEED
from autograder.grading.session import Attempt, Session, attempt
from autograder.judging.outcome import Returned
from autograder.model import Submission
from autograder.sandbox.border import interpreted
from autograder.sandbox.host.sandbox import Sandbox
from autograder.solution.heard import Attribute, Call, Heard


@dataclass(frozen=True)
class Shown:
    """One case of a check: what it asked of a submission, and what came of it.

    number      of the case, from 1; of `cases`.
    right       whether the answers of all cases are right, as far as the file by itself goes.
    events      what was called and set, in order.
    seed        of NumPy's and Python's own generators.
    answer      what the check got, and `expected` what is right; both None where there is
                nothing to compare.
    """

    number: int
    cases: int
    right: bool
    events: Sequence[Call | Attribute]
    seed: int
    answer: Any = None
    expected: Any = None


def shown(
    submission: Submission, assignment: Assignment, check: Check, sandbox: Sandbox
) -> Shown:
    """The first case, on the public inputs, that a submission misses; else the first one.

    Raises SubmissionError where nothing can be called, and CourseError where this check needs
    the reference, which is not here.
    """
    key = answer_key(assignment, PUBLIC_SEED)
    if not key.holds(check):
        raise CourseError(
            f"{check.id} needs the course's reference, which is not here.",
            hint="Your instructor's run decides this check.",
        )
    number = 1 if check.kind is Kind.THRESHOLD else check.cases
    cases = [key.case(check, each) for each in range(number)]
    with closing(Session(sandbox, submission, assignment, key, PUBLIC_SEED)) as session:
        session.begin(check)
        contact = session.contact(check)
        contact.heard = Heard()
        run = attempt(check, session, cases, contact)
        missed = next((n for n in range(number) if not _is_right(check, cases, run, n)), None)
        found = missed or 0
        answer = run.answers[found] if found < len(run.answers) else None
        expected = cases[found].expected
        pair: tuple[Any, Any] = (None, None)
        if check.kind is Kind.CHECK and isinstance(answer, Returned):
            assert isinstance(expected, Returned)
            pair = answer.value, expected.value
        seed = session.draw(check, found).global_seed
        events = contact.heard.cases[found]
        if not events and isinstance(run.error, SubmissionError):
            raise run.error  # nothing was called: it is not there, or could not be read
        return Shown(found + 1, number, missed is None, events, seed, *pair)


def _is_right(check: Check, cases: Sequence[Any], run: Attempt, number: int) -> bool:
    """True if one case, taken by itself, earns all points."""
    if number >= len(run.answers):
        return False
    last = number == len(run.answers) - 1
    alone = Attempt(run.contact, [run.answers[number]], run.error if last else None)
    return interpreted(lambda: rule(check, [cases[number]], alone).credit >= 1, False)
