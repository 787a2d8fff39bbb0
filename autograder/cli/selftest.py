"""Small hostile submissions, run in the sandbox that `grade check` would use."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from autograder.errors import Crashed, OutOfMemory, SubmissionError, TimedOut
from autograder.model import Cell, Limits, Submission
from autograder.sandbox.host import Guest, Sandbox
from autograder.sandbox.messages import Reply

LIMITS = Limits(seconds=1.0, load_seconds=10.0, megabytes=256, output_bytes=65_536)
FLOOD = 20_000_000  # characters
SECRET = "GRADE_SELF_TEST"

HOSTILE = f"""
import os

def answer():
    return 42

def loop():
    while True:
        pass

def hoard():
    return len(bytearray(8 << 30))

def crash():
    os.abort()

def flood():
    print("x" * {FLOOD})
    return "done"

def environment():
    return sorted(os.environ)
"""


@dataclass(frozen=True)
class Trial:
    """One promise of the sandbox: what was tried, whether it held, what was seen."""

    promise: str
    held: bool
    saw: str


def trials() -> Iterator[Trial]:
    """Run every trial, each in a fresh guest of one sandbox."""
    submission = Submission(
        name="self-test.py",
        cells=(Cell(HOSTILE),),
        digest=hashlib.sha256(HOSTILE.encode()).hexdigest(),
    )
    with _secret_in_environment(), Sandbox(limits=LIMITS) as sandbox:
        for promise, function, judge in _TRIALS:
            with sandbox.open(submission) as guest:
                held, saw = judge(_outcome(guest, function))
            yield Trial(promise, held, saw)
        with sandbox.open(submission) as guest:
            reply = _outcome(guest, "answer")
            yield Trial("the next submission is answered", *_is_answer(reply))


Outcome = Reply | SubmissionError


def _outcome(guest: Guest, function: str) -> Outcome:
    guest.allow(LIMITS.seconds if function == "loop" else 10 * LIMITS.seconds)
    try:
        return guest.call(function, [], {})
    except SubmissionError as error:
        return error


def _is_answer(outcome: Outcome) -> tuple[bool, str]:
    if isinstance(outcome, Reply):
        return outcome.value == 42, f"answered {outcome.value!r}"
    return False, _seen(outcome)


def _ends_with(kind: type[SubmissionError]) -> Callable[[Outcome], tuple[bool, str]]:
    return lambda outcome: (isinstance(outcome, kind), _seen(outcome))


def _is_capped(outcome: Outcome) -> tuple[bool, str]:
    if not isinstance(outcome, Reply):
        return isinstance(outcome, SubmissionError), _seen(outcome)
    kept = len(outcome.output.encode())
    # The note that says something was cut may stand beside what was kept.
    return kept <= LIMITS.output_bytes + 1024, f"kept {kept:,} of {FLOOD:,} bytes"


def _is_scrubbed(outcome: Outcome) -> tuple[bool, str]:
    if not isinstance(outcome, Reply):
        return False, _seen(outcome)
    names = list(outcome.value)
    found = "with" if SECRET in names else "without"
    return SECRET not in names, f"it sees {len(names)} variables, {found} the grader's secret"


def _seen(outcome: Outcome) -> str:
    return f"returned {outcome.value!r:.60}" if isinstance(outcome, Reply) else str(outcome)


_TRIALS: tuple[tuple[str, str, Callable[[Outcome], tuple[bool, str]]], ...] = (
    ("an honest function is answered", "answer", _is_answer),
    ("an endless loop is stopped", "loop", _ends_with(TimedOut)),
    ("memory is limited", "hoard", _ends_with(OutOfMemory)),
    ("a crash is survived", "crash", _ends_with(Crashed)),
    ("output is capped", "flood", _is_capped),
    ("the environment is scrubbed", "environment", _is_scrubbed),
)


@contextmanager
def _secret_in_environment() -> Iterator[None]:
    before = os.environ.get(SECRET)
    os.environ[SECRET] = "must not be seen"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SECRET]
        else:
            os.environ[SECRET] = before
