"""The sheet on which a person gives points for questions: a CSV file, written and read.

One row for each student; two columns for each question, its points and a comment. An empty cell
says nothing, so that a sheet never takes points away.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from autograder.errors import UsageError, did_you_mean
from autograder.export.cells import Cell, number, text, write_table
from autograder.export.model import Scored
from autograder.model import Question
from autograder.submissions.people.tables import lines_of

MOST_FAULTS = 5  # named in one message
_COMMENT = ": comment"


class SheetLine(msgspec.Struct, frozen=True):
    """One cell of the sheet: the student, the question, its points, the comment."""

    student: str
    question: str
    points: float
    comment: str


def write_sheet(
    to: Path,
    questions: Sequence[Question],
    students: Iterable[tuple[str, str, Sequence[Scored]]],
) -> None:
    """Write a sheet.

    students   what the gradebook calls each, their name, and what they have so far.
    """
    header = ["student", "name"]
    for one in questions:
        header += [f"{one.id} ({number(one.points)})", f"{one.id}{_COMMENT}"]
    table: list[list[Cell]] = []
    for student, name, scored in students:
        had = {one.id: one for one in scored}
        row: list[Cell] = [student, name]
        for question in questions:
            given = had.get(question.id)
            row += [None, None] if given is None else [given.points, given.comment or None]
        table.append(row)
    write_table(to, header, table)


def read_sheet(
    path: Path,
    questions: Sequence[Question],
    students: Mapping[str, str],
    find: Callable[[str], str | None],
    had: Mapping[str, Sequence[Scored]],
) -> list[SheetLine]:
    """The lines of a sheet that would change something.

    students   everybody's name, where it is known, by what the gradebook calls them.
    find       what the gradebook calls whom somebody calls otherwise.
    had        what each has so far.

    Raises UsageError that names the lines with a student who is unknown, a question that is, or
    points that are none; then nothing is taken.
    """
    lines = [row for row in enumerate(lines_of(path, "The sheet"), 1) if any(row[1])]
    if not lines:
        raise UsageError(f"The sheet {path} is empty.")
    points, comments = _columns(path, lines[0][1], questions)
    titles = [title.strip() for title in lines[0][1]]
    names = titles.index("name") if "name" in titles else None
    worth = {one.id: one.points for one in questions}
    known: dict[str, str | None] = {}
    for one in students:  # None for two that look alike
        known[text(one)] = None if text(one) in known else one
    found: list[SheetLine] = []
    faults: list[str] = []
    for place, row in lines[1:]:
        written = row[0].strip() if row[0].strip() in known else text(row[0])
        student = known[written] if written in known else find(row[0])
        name = text(students.get(student or "", ""))
        for question, column in points.items():
            said = _cell(row, column)
            if not said:
                continue
            value = _number(said)
            if student is None:
                near = did_you_mean(row[0], students, "")
                faults.append(
                    f"line {place}: {row[0]!r} names nobody, or several. {near}".rstrip()
                )
                break
            if name and (here := _cell(row, names)) and here != name:
                faults.append(f"line {place}: {student} is {name}, and {here} in the sheet.")
                break
            if value is None or not 0 <= value <= worth[question]:
                most = number(worth[question])
                faults.append(f"line {place}: {said!r} for {question} is not from 0 to {most}.")
                continue
            before = next((one for one in had.get(student, ()) if one.id == question), None)
            comment = _comment(_cell(row, comments.get(question)), before)
            if before is None or (before.points, before.comment) != (value, comment):
                found.append(SheetLine(student, question, value, comment))
    if faults:
        more = len(faults) - MOST_FAULTS
        raise UsageError(
            f"Nothing of {path} was taken:\n" + "\n".join(faults[:MOST_FAULTS]),
            hint=f"and {more} more lines." if more > 0 else "",
        )
    return found


def _columns(
    path: Path, header: Sequence[str], questions: Sequence[Question]
) -> tuple[dict[str, int], dict[str, int]]:
    """The columns of each question's points and comment."""
    titles = [title.strip() for title in header]
    points: dict[str, int] = {}
    comments: dict[str, int] = {}
    for place, title in enumerate(titles):
        for one in questions:
            if title == f"{one.id}{_COMMENT}":
                comments[one.id] = place
            elif title.partition(" (")[0] == one.id:
                points[one.id] = place
    if titles[:1] != ["student"] or not points:
        names = ", ".join(one.id for one in questions)
        raise UsageError(
            f"{path} is no sheet of points: its first column must be student, and others must "
            f"be called like questions: {names}.",
            hint="grade score ASSIGNMENT --write FILE writes one.",
        )
    return points, comments


def _cell(row: Sequence[str], column: int | None) -> str:
    return row[column].strip() if column is not None and column < len(row) else ""


def _number(said: str) -> float | None:
    try:
        value = float(said.replace(",", ".", 1))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _comment(said: str, before: Scored | None) -> str:
    """The comment; an empty cell keeps the one before, as does the cell that we wrote of it."""
    if before is not None and said in ("", text(before.comment)):
        return before.comment
    return said[1:] if said.startswith("'") and text(said[1:]) == said else said
