"""The data that an exporter takes: graded submissions, as they count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from autograder.model import Report
from autograder.submissions.people.roster import Roster


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """A question that a person grades: `points` of `possible`, or None while nobody has."""

    id: str
    title: str
    possible: float
    points: float | None = None
    comment: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One student's grading of one assignment.

    points        what counts, after lateness and adjustment; `report.points` is before both.
    late_penalty  points taken off for lateness, 0 or more.
    adjustment    points added (or, below 0, taken off) by a person; `remark` says why.
    questions     those that a person grades; their points are in `points`.
    due           when it was due by course.toml, as ISO 8601; empty without a deadline.
    graded        when, as ISO 8601 with a zone.
    """

    student: str
    source: str
    digest: str
    assignment: str
    report: Report
    points: float
    late_penalty: float = 0.0
    adjustment: float = 0.0
    remark: str = ""
    due: str = ""
    graded: str = ""
    questions: tuple[Scored, ...] = ()

    @property
    def possible(self) -> float:
        """The points of checks and questions together."""
        return self.report.possible + sum(one.possible for one in self.questions)

    @property
    def by_hand(self) -> float:
        """The points of the questions that a person has graded."""
        return sum(one.points or 0.0 for one in self.questions)

    @property
    def open(self) -> tuple[str, ...]:
        """The questions that nobody has graded yet."""
        return tuple(one.id for one in self.questions if one.points is None)

    @property
    def undecided(self) -> bool:
        """True if `points` are no fair total: the grader failed, or a question is open."""
        return self.report.ungraded or bool(self.open)


INSTRUCTORS = "for instructors only: it shows the inputs that work is graded on"


class Exporter(Protocol):
    """A format. Its class is an entry point of the group `autograder.exporters`."""

    name: str  # what `grade export` calls it
    suffix: str  # of the file it writes; "" for a folder
    # Whether students read what is said of their work: then each row's report is the one for
    # them (`grading.told`). A format that does not say is taken for one that they read.
    for_students: bool

    def write(self, rows: Sequence[Row], to: Path, *, roster: Roster | None) -> list[str]:
        """Write `rows` to the file or folder `to`; returns remarks for a person to read."""
        ...
