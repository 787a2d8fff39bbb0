"""`grade similar`: pairs of submissions that are worth a look."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.here import console, opened
from autograder.cli.options import AsJson, AssignmentName, CourseFolder
from autograder.cli.outcome import PASSED, exits
from autograder.cli.places import GradebookPlace, open_gradebook, present
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.batch.similar import Pair
    from autograder.course.course import Assignment, Course
    from autograder.gradebook import Gradebook

MOST = 20


@exits
def similar(
    assignment: AssignmentName,
    most: Annotated[int, typer.Option("--most", min=1, help="How many pairs at most.")] = MOST,
    json: AsJson = False,
    gradebook_place: GradebookPlace = None,
    course: CourseFolder = None,
) -> int:
    """List pairs of submissions that are worth a look.

    Two things count: rare code that both have, whatever their variables are called and in
    whatever order it stands, without what was handed out; and rare wrong answers that both
    gave. For instructors only.

    \b
    Examples:
      grade similar assignment3
      grade similar assignment3 --most 5
      grade similar assignment3 --json
    """
    import msgspec

    from autograder.export.model import INSTRUCTORS

    there = opened(course)
    found = there.assignment(assignment)
    with open_gradebook(there, gradebook_place) as book:
        pairs = pairs_of(book, there, found, most)
    if json:
        told = {"for": INSTRUCTORS, "assignment": assignment, "pairs": pairs}
        text = msgspec.json.format(msgspec.json.encode(told), indent=2).decode()
        sys.stdout.write(text + "\n")
        return PASSED
    from autograder.batch.similar import FIGURES
    from autograder.cli.classes import show_pairs

    show_pairs(pairs, console())
    typer.echo(f"\n{FIGURES} To read one: grade show STUDENT {assignment}")
    return PASSED


def pairs_of(
    book: Gradebook, course: Course, assignment: Assignment, most: int
) -> Sequence[Pair]:
    """The pairs of a class; UsageError where fewer than two have handed in."""
    from autograder import submissions
    from autograder.batch.reviewing import reviewed
    from autograder.batch.similar import similar as compared

    rows = reviewed(book, present(course, assignment.name), assignment.name).rows
    counting = book.counting_students(assignment.name)
    numbers = {counting[row.student]: row.student for row in rows if row.student in counting}
    if len(numbers) < 2:
        raise UsageError("There is nobody to compare with: fewer than two have handed in.")
    code = {numbers[number]: one.cells for number, one in book.texts([*numbers])}
    forms = [assignment.folder / f"{assignment.module}{end}" for end in (".py", ".ipynb")]
    handed_out = [submissions.read(form).cells for form in forms if form.is_file()]
    return compared(code, handed_out, rows, most)
