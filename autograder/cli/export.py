"""`grade export`: the grades that count, in the format of another system."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.here import owned
from autograder.cli.options import CourseFolder, known_assignments
from autograder.cli.outcome import PASSED, exits
from autograder.cli.places import (
    GradebookPlace,
    RosterFile,
    open_gradebook,
    present,
    take_roster,
)
from autograder.cli.running import EngineName, EngineOption, Jobs, Scheduler, Trust
from autograder.cli.told import for_students
from autograder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.export.model import Row


def _formats(incomplete: str) -> list[str]:
    from autograder.export.registry import names

    return [name for name in names() if name.startswith(incomplete)]


@exits
def export(
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="csv, canvas, moodle: points. gradescope, github, nbgrader: what students "
            "read. jsonl, junit: for instructors only. Packages can bring more.",
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
    roster: RosterFile = None,
    leave_out: Annotated[
        bool,
        typer.Option(
            "--leave-out",
            help="Leave out, by name, who was not graded with the same checks as the rest.",
        ),
    ] = False,
    gradebook_place: GradebookPlace = None,
    jobs: Jobs = None,
    engine: EngineOption = EngineName.LOCAL,
    scheduler: Scheduler = None,
    trust_submissions: Trust = False,
    course: CourseFolder = None,
) -> int:
    """Write grades for Canvas, Moodle, Gradescope and others.

    What students read shows nothing of the inputs that grade: it is told from the practice
    inputs. Submissions that miss points are graded on those first, once.

    \b
    Examples:
      grade export csv
      grade export canvas assignment3 --roster people.csv
      grade export nbgrader --to ../nbgrader_course/gradebook.db

    Exit codes: 0 written, 2 the call is wrong, 3 the grades are not of one kind, or cannot be
    written.
    """
    from autograder.export.people import said
    from autograder.export.registry import exporter
    from autograder.gradebook.uniform import refuse_mixed

    chosen = exporter(form)
    found = owned(course)
    if assignment is not None:
        found.assignment(assignment)
    with open_gradebook(found, gradebook_place) as book:
        take_roster(book, roster)
        people = book.roster()
        mixed = book.mixtures(present(found, assignment), assignment)
        if not leave_out:
            refuse_mixed(mixed)
        others = {
            (one.basis.assignment, student)
            for one in mixed
            if one.others
            for student in book.on_another(one.basis)
        }
        waiting = [student for _, student in book.without(assignment)]
        rows: Sequence[Row] = [
            row for row in book.rows(assignment) if (row.assignment, row.student) not in others
        ]
        if getattr(chosen, "for_students", True):
            rows = for_students(
                rows,
                book,
                found,
                engine=engine,
                jobs=jobs,
                scheduler=scheduler,
                trusted=trust_submissions,
            )
    if not rows:
        what = assignment if assignment is not None else "this course"
        raise UsageError(
            f"The gradebook has no grades for {what}.",
            hint=f"First grade a class: grade batch {assignment or 'ASSIGNMENT'} SOURCE",
        )
    path = to if to is not None else Path(f"{assignment or 'grades'}-{form}{chosen.suffix}")
    there = {*waiting, *(who for _, who in others), *(row.student for row in rows)}
    absent = people.absent(there) if people is not None else ()
    remarks = [
        *chosen.write(rows, path, roster=people),
        *said(
            "On the roster, but without a submission in the gradebook",
            (person.key for person in absent),
        ),
        *said("Not graded yet, and left out", waiting),
        *said("Graded with other checks, and left out", sorted(who for _, who in others)),
        *(
            f"{one.basis.assignment}: the checks have changed since. To see what that would "
            f"change: grade regrade {one.basis.assignment}"
            for one in mixed
            if not one.present and one.basis.assignment in found.assignments
        ),
    ]
    many = "1 grade" if len(rows) == 1 else f"{len(rows)} grades"
    typer.echo(f"{path} was written, from {many} in the gradebook.")
    for remark in remarks:
        typer.echo(remark)
    return PASSED
