"""`grade export`: the grades that count, in the format of another system."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import CourseFolder, known_assignments, opened
from autograder.cli.outcome import PASSED, exits
from autograder.cli.places import GradebookPlace, open_gradebook
from autograder.errors import UsageError


def _formats(incomplete: str) -> list[str]:
    from autograder.export.registry import names

    return [name for name in names() if name.startswith(incomplete)]


@exits
def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="csv, jsonl, canvas, moodle, gradescope, nbgrader, junit or github; packages "
            "can bring more.",
            autocompletion=_formats,
        ),
    ],
    assignment: Annotated[
        str | None,
        typer.Argument(
            metavar="ASSIGNMENT",
            help="Only this assignment. By default all that are graded.",
            show_default=False,
            autocompletion=known_assignments,
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="PATH",
            help="The file, or folder, to write. By default ASSIGNMENT-FORMAT, here.",
            show_default=False,
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster",
            metavar="FILE",
            help="A CSV file of the people, as exported by Canvas, Moodle, Gradescope.",
            show_default=False,
        ),
    ] = None,
    gradebook_place: GradebookPlace = None,
    course: CourseFolder = None,
) -> int:
    """Write grades for Canvas, Moodle, Gradescope and others.

    \b
    Examples:
      grade export csv
      grade export canvas assignment3 --roster people.csv
      grade export nbgrader --to ../nbgrader_course/gradebook.db
    """
    from autograder.export.registry import exporter
    from autograder.roster import Roster

    chosen = exporter(form)
    people = Roster.read(roster) if roster is not None else None
    found = opened(course)
    if assignment is not None:
        found.assignment(assignment)
    with open_gradebook(found, gradebook_place) as book:
        rows = book.rows(assignment)
    if not rows:
        what = assignment if assignment is not None else "this course"
        raise UsageError(
            f"The gradebook has no grades for {what}.",
            hint=f"First grade a class: grade batch {assignment or 'ASSIGNMENT'} SOURCE",
        )
    path = to if to is not None else Path(f"{assignment or 'grades'}-{form}{chosen.suffix}")
    remarks = chosen.write(rows, path, roster=people)
    many = "1 grade" if len(rows) == 1 else f"{len(rows)} grades"
    typer.echo(f"{path} was written, from {many} in the gradebook.")
    for remark in remarks:
        typer.echo(remark)
    return PASSED
