"""`grade score`: points for questions that a person grades, one by one or on a sheet."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.here import opened
from autograder.cli.options import AssignmentName, CourseFolder
from autograder.cli.outcome import PASSED, exits
from autograder.cli.places import GradebookPlace, RosterFile, open_gradebook, take_roster
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.gradebook import Gradebook
    from autograder.model import Question


@exits
def score(
    assignment: AssignmentName,
    student: Annotated[
        str | None,
        typer.Argument(
            metavar="STUDENT", help="Any name by which they are known.", show_default=False
        ),
    ] = None,
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="QUESTION", help="Its id in assignment.toml.", show_default=False
        ),
    ] = None,
    points: Annotated[
        float | None,
        typer.Argument(metavar="POINTS", help="In place of any before.", show_default=False),
    ] = None,
    comment: Annotated[str, typer.Option("--comment", help="The student reads it.")] = "",
    write: Annotated[
        Path | None,
        typer.Option(
            "--write", metavar="FILE", help="Write a sheet to fill in.", show_default=False
        ),
    ] = None,
    read: Annotated[
        Path | None,
        typer.Option("--read", metavar="FILE", help="Take in a sheet.", show_default=False),
    ] = None,
    author: Annotated[
        str, typer.Option("--author", help="Who says so.", show_default=False)
    ] = "",
    roster: RosterFile = None,
    gradebook_place: GradebookPlace = None,
    course: CourseFolder = None,
) -> int:
    """Give points for a question that a person grades.

    assignment.toml names the questions. Their points count with those of the checks; until all
    have some, a total is not exported.

    \b
    Examples:
      grade score assignment3 doe why_gradients 4 --comment "Say which layer."
      grade score assignment3 --write points.csv
      grade score assignment3 --read points.csv
    """
    there = opened(course)
    questions = there.assignment(assignment).settings.questions
    if not questions:
        raise UsageError(
            f"{assignment} has no question that a person grades.",
            hint='In its assignment.toml: [[questions]], with id = "why" and points = 5. For '
            f"other points by hand: grade adjust STUDENT {assignment} POINTS --reason WHY",
        )
    single = (student, question, points)
    if sum((None not in single, write is not None, read is not None)) != 1 or (
        any(one is not None for one in single) and None in single
    ):
        raise UsageError(
            "Give STUDENT, QUESTION and POINTS, or else --write FILE, or --read FILE.",
            hint=f"Questions of {assignment}: {', '.join(one.id for one in questions)}.",
        )
    with open_gradebook(there, gradebook_place) as book:
        take_roster(book, roster)
        who = author or getpass.getuser()
        if write is not None:
            _write(book, assignment, questions, write)
        elif read is not None:
            _read(book, assignment, questions, read, who)
        elif student is not None and question is not None and points is not None:
            _one(book, assignment, student, question, points, comment, who)
    return PASSED


def _one(
    book: Gradebook,
    assignment: str,
    student: str,
    question: str,
    points: float,
    comment: str,
    author: str,
) -> None:
    from autograder.gradebook.hand import Score

    key = book.meant(student)
    book.score(assignment, [Score(key, question, points, comment)], author=author)
    row = next((row for row in book.rows(assignment) if row.student == key), None)
    if row is None:
        typer.echo(f"{book.called(key)} is not graded yet; the points are added then.")
        return
    left = f" Still open: {', '.join(row.open)}." if row.open else ""
    typer.echo(f"{book.called(key)} has {row.points:g} of {row.possible:g} points now.{left}")


def _write(book: Gradebook, assignment: str, questions: Sequence[Question], to: Path) -> None:
    from autograder.export.sheet import write_sheet

    if to.exists():
        raise UsageError(f"{to} is there already.", hint="Name a new file, or remove that one.")
    people = book.directory().people
    had = book.scored(assignment)
    students = sorted({*people, *had, *book.counting_students(assignment)})
    rows = [(s, people[s].name if s in people else "", had.get(s, ())) for s in students]
    write_sheet(to, questions, rows)
    typer.echo(f"{to} was written, with {len(rows)} students. Take it in with --read {to}")


def _read(
    book: Gradebook, assignment: str, questions: Sequence[Question], path: Path, author: str
) -> None:
    from autograder.export.sheet import read_sheet
    from autograder.gradebook.hand import Score

    had = book.scored(assignment)
    directory = book.directory()
    everybody = {*directory.known(), *had, *book.counting_students(assignment)}
    people = directory.people
    students = {who: people[who].name if who in people else "" for who in everybody}
    lines = read_sheet(path, questions, students, directory.find, had)
    given = [Score(one.student, one.question, one.points, one.comment) for one in lines]
    book.score(assignment, given, author=author)
    many = len({one.student for one in given})
    typer.echo(f"{len(given)} scores of {many} students are new or have changed.")
