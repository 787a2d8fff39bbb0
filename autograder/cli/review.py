"""`grade review`: a class on one page, or as one JSON object."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.here import opened
from autograder.cli.options import AsJson, AssignmentName, CourseFolder
from autograder.cli.outcome import PASSED, exits
from autograder.cli.places import GradebookPlace, open_gradebook, present

if TYPE_CHECKING:
    from autograder.course.course import Assignment, Course
    from autograder.export.model import Row
    from autograder.gradebook import Gradebook


@exits
def review(
    assignment: AssignmentName,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="FILE",
            help="The page to write. By default ASSIGNMENT-review.html, here.",
            show_default=False,
        ),
    ] = None,
    students: Annotated[
        bool,
        typer.Option(
            "--students", help="Write each student's page, too, and let the table lead there."
        ),
    ] = False,
    similar: Annotated[
        bool, typer.Option("--similar", help="Also pairs of similar submissions.")
    ] = False,
    json: AsJson = False,
    gradebook_place: GradebookPlace = None,
    course: CourseFolder = None,
) -> int:
    """Show what a class has learned, and what it has not.

    One page that needs no network: how points are spread, how hard each check is and how well
    it tells students apart, mistakes by name, equal answers that nothing explains, and what
    needs a person. For instructors only.

    \b
    Examples:
      grade review assignment3
      grade review assignment3 --to meeting.html --students
      grade review assignment3 --similar
      grade review assignment3 --json
    """
    import msgspec

    from autograder.batch.review_page import review_page
    from autograder.batch.reviewing import reviewed
    from autograder.cli.similar import MOST, pairs_of
    from autograder.export.cells import write_file

    there = opened(course)
    found = there.assignment(assignment)
    with open_gradebook(there, gradebook_place) as book:
        seen = reviewed(book, present(there, assignment), assignment)
        result = seen.review
        if json:
            text = msgspec.json.format(msgspec.json.encode(result), indent=2).decode()
            sys.stdout.write(text + "\n")
            return PASSED
        path = to if to is not None else Path(f"{assignment}-review.html")
        links = _pages(seen.rows, book, there, found, path) if students else {}
        pairs = pairs_of(book, there, found, MOST) if similar else ()
        write_file(path, review_page(result, found.title, links, pairs))
    flagged = [item.id for item in result.checks if item.flagged]
    looks = len({student for look in result.looks for student in look.students})
    typer.echo(
        f"{path} was written: {result.graded} graded, mean {100 * result.mean:.0f} %, "
        f"{len(result.mistakes)} different misconceptions, {looks} to be looked at."
    )
    if flagged:
        typer.echo(f"Checks that tell students apart badly: {', '.join(flagged)}.")
    if waiting := [one.name for one in result.groups if not one.explained]:
        typer.echo(
            f"{len(waiting)} groups of equal answers wait for a sentence: grade explain "
            f"{assignment}"
        )
    if seen.left_out:
        typer.echo(f"Left out, since other checks graded them: {', '.join(seen.left_out)}.")
    return PASSED


def _pages(
    rows: Sequence[Row], book: Gradebook, course: Course, assignment: Assignment, to: Path
) -> dict[str, str]:
    """Write a page for each student in a folder beside `to`; their addresses from there."""
    from urllib.parse import quote

    from autograder.cli.show import paper_of
    from autograder.export.cells import write_file
    from autograder.export.places import Places, safe
    from autograder.feedback.page import page

    folder = to.with_name(f"{to.stem}-students")
    places, links = Places(), {}
    counting = book.counting_students(assignment.name)
    for row in rows:
        place = places.free(folder / safe(row.student))
        number = counting.get(row.student)
        texts = book.texts([number]) if number is not None and row.digest else []
        cells = texts[0][1].cells if texts else ()
        paper = paper_of(course, assignment, book.called(row.student), row, cells)
        write_file(folder / f"{place.name}.html", page(paper))
        links[row.student] = f"{quote(folder.name)}/{quote(place.name)}.html"
    return links
