"""`grade gradebook`: who has how many points, and a copy of the whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.here import console, opened
from autograder.cli.options import CourseFolder
from autograder.cli.outcome import PASSED, exits
from autograder.cli.places import GradebookPlace, open_gradebook, present
from autograder.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from autograder.course.course import Course
    from autograder.export.model import Row
    from autograder.gradebook import Gradebook


@exits
def gradebook(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="An assignment, or a student. By default all.",
            show_default=False,
        ),
    ] = None,
    copy: Annotated[
        Path | None,
        typer.Option(
            "--copy",
            metavar="PATH",
            help="Write a copy there instead, also while a batch runs.",
            show_default=False,
        ),
    ] = None,
    gradebook_place: GradebookPlace = None,
    course: CourseFolder = None,
) -> int:
    """Show who has how many points.

    \b
    Examples:
      grade gradebook assignment3
      grade gradebook doe
      grade gradebook --copy backup/gradebook.db
    """
    from autograder.cli.classes import show_rows

    found = opened(course)
    page = console()
    with open_gradebook(found, gradebook_place) as book:
        if copy is not None:
            book.copy(copy)
            page.print(
                f"{book.name} was copied to {copy}. The secret seed is a file of its own: copy "
                "it, too.",
                soft_wrap=True,
            )
            return PASSED
        assignment, rows = _asked(book, found, what)
        mixed = book.mixtures(present(found, assignment), assignment)
        others = {
            (one.basis.assignment, student)
            for one in mixed
            if one.others
            for student in book.on_another(one.basis)
        }
        show_rows(rows, others, page)
        if not rows:
            page.print(
                f"The gradebook has no grades{f' for {what}' if what else ''} yet. First grade "
                "a class: grade batch ASSIGNMENT SOURCE",
                soft_wrap=True,
            )
        for one in mixed:
            if one.said:
                again = f"grade regrade {one.basis.assignment}"
                page.print(f"\n{one.said}. To grade them alike: {again}", soft_wrap=True)
        waiting = [f"{student} ({name})" for name, student in book.without(assignment)]
        if waiting:
            page.print(f"\nNot graded yet: {', '.join(waiting)}.", soft_wrap=True)
    return PASSED


def _asked(book: Gradebook, course: Course, what: str | None) -> tuple[str | None, list[Row]]:
    """The assignment that is asked for, if one is, and the rows: its own, or a student's."""
    names = [*course.assignments, *book.assignments()]
    if what is None or what in names:
        return what, book.rows(what)
    student = book.directory().find_one(what)
    if student is None:
        known = [*names, *sorted(book.directory().called())]
        raise UsageError(
            f"The gradebook knows neither an assignment nor a student {what!r}.",
            hint=did_you_mean(what, known, "grade gradebook, without a name, shows everybody."),
        )
    return None, [row for row in book.rows() if row.student == student]
