"""The nouns of grading: plain data, no behaviour that touches a file or a process.

`Report` is what `grade check --json` prints. docs/report.schema.json is generated from
these classes; a test fails when the two differ.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Status(StrEnum):
    """The ways in which a check can end."""

    PASSED = "passed"
    PARTIAL = "partial"
    FAILED = "failed"
    ERRORED = "errored"  # the student's code raised
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    NOT_ATTEMPTED = "not_attempted"
    SKIPPED = "skipped"  # cannot be judged here; the message says what it waits for
    GRADER_FAULT = "grader_fault"  # ours, never the student's: the report is ungraded

    @property
    def ours(self) -> bool:
        """True if the grader failed, and not the student's code."""
        return self is Status.GRADER_FAULT

    @property
    def decided(self) -> bool:
        """True if its points are a score; if not, a person has to look at it."""
        return self not in (Status.GRADER_FAULT, Status.SKIPPED)

    @property
    def stopped(self) -> bool:
        """True if a limit or a crash ended the student's code."""
        return self in (Status.TIMED_OUT, Status.OUT_OF_MEMORY, Status.CRASHED)

    @property
    def missed(self) -> bool:
        """True if something that was written, or the grader, is to blame for missing points."""
        return self not in (Status.PASSED, Status.NOT_ATTEMPTED, Status.SKIPPED)


class Tier(StrEnum):
    """The strength with which the sandbox confines student code on this machine."""

    A = "A"  # namespaces, Landlock and seccomp
    B = "B"  # namespaces and seccomp
    C = "C"  # Landlock and seccomp
    D = "D"  # a process of its own with limits, and nothing else


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The limits of a submission. Seconds are a processor's, and not the wall's.

    seconds          for one check.
    total_seconds    for all checks together; second looks at them have as much again.
    load_seconds     to run what stands outside of functions; each attempt has a quarter.
    import_seconds   for the libraries that it imports.
    megabytes        of memory.
    output_bytes     of what it prints; the rest is cut.
    """

    seconds: float = 10.0
    total_seconds: float = 60.0
    load_seconds: float = 20.0
    import_seconds: float = 60.0
    megabytes: int = 1024
    output_bytes: int = 65_536


class Diagnosis(msgspec.Struct, frozen=True):
    """The misconception whose answers equal the student's, and what a teacher says of it."""

    id: str
    sentence: str


class Evidence(msgspec.Struct, frozen=True):
    """One thing that differed: where, what was needed, and what came."""

    where: str
    expected: str
    actual: str


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One check's outcome. `points` are earned, of `possible`; `seconds` is wall time.

    `message` says what happened (for a passed check: a remark, mostly empty), `hint` what
    to try next. `answer` is a short digest of wrong answers, the same for equal ones to the
    same inputs. `explained` is what the teacher says to all who gave this answer. `number` is
    there where a check gives credit for a number on data held out.
    """

    id: str
    of: str
    title: str
    status: Status
    points: float
    possible: float
    message: str = ""
    hint: str = ""
    diagnosis: Diagnosis | None = None
    evidence: tuple[Evidence, ...] = ()
    seconds: float = 0.0
    answer: str = ""
    explained: str = ""
    number: float | msgspec.UnsetType = msgspec.UNSET


class Board(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A class board, as `[board]` in `assignment.toml` says it.

    check      the @held_out check whose number it shows: a share, such as an accuracy.
    examples   over how many examples that share is measured, all cases together.
    top        how many students it shows.
    """

    check: str
    examples: int
    top: int = 10

    def __post_init__(self) -> None:
        if self.examples < 1 or self.top < 1:
            raise ValueError(
                f"expected examples and top of 1 or more, but got {self.examples}, {self.top}"
            )


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question that a person grades, as `assignment.toml` says it.

    id       letters, digits, - and _.
    points   beside those of the checks.
    title    that is shown, in place of the id.
    """

    id: str
    points: float
    title: str = ""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One graded submission."""

    assignment: str
    points: float
    possible: float
    seed: int
    tier: Tier
    versions: dict[str, str]
    notes: tuple[str, ...]
    checks: tuple[Verdict, ...]

    @property
    def ungraded(self) -> bool:
        """True if a fault of the grader leaves this submission without a fair score."""
        return any(verdict.status.ours for verdict in self.checks)

    @property
    def next(self) -> Verdict | None:
        """The verdict to look at next: what was written and misses points, or what was not."""
        missed = (one for one in self.checks if one.status.missed)
        waiting = (one for one in self.checks if one.status is Status.NOT_ATTEMPTED)
        return next(missed, None) or next(waiting, None)

    @property
    def complete(self) -> bool:
        """True if every check passed."""
        return all(verdict.status is Status.PASSED for verdict in self.checks)


class Cell(msgspec.Struct, frozen=True):
    """A piece of source: a notebook's code cell, or a whole script (`label` is empty)."""

    source: str
    label: str = ""  # "cell 3"


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """One student's file, as text. It is never executed in this process."""

    name: str
    cells: tuple[Cell, ...]
    digest: str  # SHA-256 of the file's bytes, and of the files beside it
    notes: tuple[str, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()  # what was handed in beside it, by name
