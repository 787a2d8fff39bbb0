"""`grade show`: one student's report, the code beside it, and all earlier gradings."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from autograder.cli.here import console, opened
from autograder.cli.options import AsJson, AssignmentName, CourseFolder
from autograder.cli.outcome import PASSED, exits
from autograder.cli.places import GradebookPlace, open_gradebook
from autograder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.course.course import Assignment, Course
    from autograder.export.model import Row
    from autograder.feedback.page import Paper
    from autograder.gradebook.entries import PastGrading
    from autograder.model import Cell, Submission


@exits
def show(
    student: Annotated[
        str, typer.Argument(metavar="STUDENT", help="Any name by which they are known.")
    ],
    assignment: AssignmentName,
    code: Annotated[
        bool, typer.Option("--code", help="Print the code that counts, and nothing else.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="FILE",
            help="Write a page instead, with the code beside each verdict.",
            show_default=False,
        ),
    ] = None,
    json: AsJson = False,
    gradebook_place: GradebookPlace = None,
    course: CourseFolder = None,
) -> int:
    """Show a student's report, with the code beside it.

    It is what was graded on the secret inputs: for instructors, and not to be handed on. What
    students may read is written by `grade feedback`.

    \b
    Examples:
      grade show doe assignment3
      grade show "Jane Doe" assignment3 --html doe.html
      grade show doe assignment3 --code
    """
    from autograder.cli.student import show_record
    from autograder.export.cells import write_file
    from autograder.export.files import beyond

    there = opened(course)
    found = there.assignment(assignment)
    with open_gradebook(there, gradebook_place) as book:
        key = book.meant(student)
        who = book.called(key)
        gradings = book.history(assignment, key)
        row = next((row for row in book.rows(assignment) if row.student == key), None)
        number = book.counting_students(assignment).get(key)
        texts = book.texts([number]) if number is not None else []
    if row is None and not gradings:
        raise UsageError(
            f"{who} has handed in nothing for {assignment} that could be read.",
            hint="Points can be given by hand all the same: grade adjust --help",
        )
    submission = texts[0][1] if texts else None
    cells = submission.cells if submission is not None else ()
    counts = beyond(row) if row is not None else []
    if code:
        sys.stdout.write(_code(submission))
    elif json:
        _print(_record(who, key, row, gradings, submission))
    elif html is not None:
        from autograder.feedback.page import page

        if row is None:
            raise UsageError(f"{who} is not graded yet: there is nothing to write.")
        paper = paper_of(there, found, who, row, cells)
        write_file(html, page(paper))
        typer.echo(f"{html} was written. It is for instructors only.")
    else:
        show_record(who, row, counts, cells, gradings, console())
    return PASSED


def paper_of(
    course: Course, assignment: Assignment, who: str, row: Row, cells: Sequence[Cell]
) -> Paper:
    """A page of one student's work for instructors."""
    from autograder.export.files import beyond
    from autograder.feedback.page import Paper

    return Paper(
        course=course.name,
        title=assignment.title,
        student=who,
        report=row.report,
        points=None if row.undecided else row.points,
        possible=row.possible,
        beyond=tuple(beyond(row)),
        cells=tuple(cells),
        said="For instructors only: it shows the inputs that work is graded on.",
    )


def _code(submission: Submission | None) -> str:
    """The submission, one cell after the other, with nothing that moves a cursor."""
    from autograder.wording import visible

    if submission is None:
        return ""
    parts = []
    for cell in submission.cells:
        lines = [visible(line.expandtabs(4)) for line in cell.source.split("\n")]
        parts.append("\n".join([*([f"# {cell.label}"] if cell.label else []), *lines]))
    return "\n\n".join(parts).rstrip("\n") + "\n"


def _record(
    who: str,
    key: str,
    row: Row | None,
    gradings: Sequence[PastGrading],
    submission: Submission | None,
) -> dict[str, Any]:
    """All that is known of one student's work, for programs; instructors only."""
    from autograder.export.model import INSTRUCTORS

    return {
        "for": INSTRUCTORS,
        "student": key,
        "name": who,
        "counts": row,
        "gradings": gradings,
        "code": submission.cells if submission is not None else (),
    }


def _print(record: dict[str, Any]) -> None:
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(record), indent=2).decode()
    sys.stdout.write(text + "\n")
