"""`grade board`: the best of a class, by a number that probing does not raise."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from autograder.cli.here import console, opened
from autograder.cli.options import AsJson, AssignmentName, CourseFolder
from autograder.cli.outcome import PASSED, exits
from autograder.cli.places import GradebookPlace, open_gradebook, present
from autograder.errors import CourseError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from autograder.course.course import Assignment, Course
    from autograder.gradebook import Gradebook
    from autograder.gradebook.ladder import Place


@exits
def board(
    assignment: AssignmentName,
    json: AsJson = False,
    gradebook_place: GradebookPlace = None,
    course: CourseFolder = None,
) -> int:
    """Show the best of a class, for the class to see.

    The number is that of a check on data held out, as [board] in assignment.toml says. A better
    one is shown only where it is better by more than chance, so that nobody climbs by handing
    in often. It changes no points.

    \b
    Examples:
      grade board assignment3
      grade board assignment3 --json
    """
    from autograder.course.boards import board_of
    from autograder.feedback.signs import shown
    from autograder.gradebook.ladder import ranks

    there = opened(course)
    found = there.assignment(assignment)
    top = board_of(found).top
    with open_gradebook(there, gradebook_place) as book:
        places = released(book, there, found)
        people = book.directory().people
    names = {who: person.name for who, person in people.items() if person.name}
    rank = ranks(places)
    lines = [(rank[one.student], names.get(one.student, one.student), one.share)
             for one in places[:top]]  # fmt: skip
    if json:
        import msgspec

        board = [{"rank": at, "name": name, "share": share} for at, name, share in lines]
        told = {"assignment": assignment, "title": found.title, "board": board}
        text = msgspec.json.format(msgspec.json.encode(told), indent=2).decode()
        sys.stdout.write(text + "\n")
        return PASSED
    encoding = console().encoding
    for at, name, share in lines:
        typer.echo(f"{at:4}  {100 * share:6.4g} %  {shown(name, encoding)}")
    if not lines:
        typer.echo("Nobody has reached a number yet.")
    return PASSED


def released(book: Gradebook, course: Course, assignment: Assignment) -> Sequence[Place]:
    """Everybody's place; GradeError where what counts is from different checks or seeds."""
    from autograder.course.boards import board_of
    from autograder.gradebook.ladder import board as placed
    from autograder.gradebook.uniform import refuse_mixed

    wanted = board_of(assignment)
    found = book.mixtures(present(course, assignment.name), assignment.name)
    if not found:
        raise UsageError(
            f"The gradebook has no grades for {assignment.name}.",
            hint=f"First grade a class: grade batch {assignment.name} SOURCE",
        )
    refuse_mixed(found)
    hand_ins = book.hand_ins(wanted.check, found[0].basis)
    for student, _, share in hand_ins:
        if share is not None and not 0 <= share <= 1:
            raise CourseError(
                f"{wanted.check} measured {share:g} for {student}, and a board shows shares "
                "from 0 to 1, such as an accuracy.",
            )
    return placed(hand_ins, wanted.examples)
