"""CSV for people and spreadsheets; JSON lines for programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
from msgspec.structs import asdict

from autograder.export.cells import Cell, write_file, write_table
from autograder.export.model import INSTRUCTORS, Row
from autograder.export.people import Owned, with_owners
from autograder.submissions.people.roster import Roster

_FIELDS = (
    *("student", "name", "section", "assignment", "points", "possible", "before lateness"),
    *("late penalty", "adjustment", "remark", "ungraded", "graded", "tier", "digest", "source"),
)


class Csv:
    """A row for each submission, with a column for each check."""

    name = "csv"
    suffix = ".csv"
    for_students = False

    def write(self, rows: Sequence[Row], to: Path, *, roster: Roster | None) -> list[str]:
        """Everybody is in it, also whom the roster does not know."""
        checks = dict.fromkeys(
            (row.assignment, verdict.id) for row in rows for verdict in row.report.checks
        )
        questions = dict.fromkeys(
            (row.assignment, one.id) for row in rows for one in row.questions
        )
        titles = [f"{assignment}: {name}" for assignment, name in (*checks, *questions)]
        everybody, remarks = with_owners(rows, roster, all_rows=True)
        table = [
            [*_fields(one), *_points(one.row, checks), *_scores(one.row, questions)]
            for one in everybody
        ]
        write_table(to, [*_FIELDS, *titles], table)
        return remarks


def _fields(one: Owned) -> list[Cell]:
    row, person = one.row, one.person
    ungraded = row.undecided
    return [
        row.student,
        person.name,
        person.section,
        row.assignment,
        None if ungraded else row.points,
        row.possible,
        None if ungraded else row.report.points,
        row.late_penalty,
        row.adjustment,
        row.remark,
        "yes" if ungraded else "",
        row.graded,
        row.report.tier.value,
        row.digest,
        row.source,
    ]


def _points(row: Row, checks: dict[tuple[str, str], None]) -> list[Cell]:
    earned = {(row.assignment, verdict.id): verdict.points for verdict in row.report.checks}
    return [earned.get(check) for check in checks]


def _scores(row: Row, questions: dict[tuple[str, str], None]) -> list[Cell]:
    given = {(row.assignment, one.id): one.points for one in row.questions}
    return [given.get(question) for question in questions]


class JsonLines:
    """A line for each submission: who, what counts, and the report of `grade check --json`."""

    name = "jsonl"
    suffix = ".jsonl"
    for_students = False

    def write(self, rows: Sequence[Row], to: Path, *, roster: Roster | None) -> list[str]:
        """Each line is a `Row` and whom it is for; `report` obeys docs/report.schema.json."""
        lines = [
            msgspec.json.encode({"for": INSTRUCTORS, **asdict(row)}).decode() + "\n"
            for row in rows
        ]
        write_file(to, "".join(lines))
        return [*with_owners(rows, roster, all_rows=True)[1], f"This file is {INSTRUCTORS}."]
