"""The class board that an assignment may have, and the check whose number it shows."""

from __future__ import annotations

from autograder.authoring import Kind
from autograder.course.course import SETTINGS_FILE, Assignment
from autograder.errors import CourseError, UsageError, did_you_mean
from autograder.model import Board

EXAMPLE = '[board]\ncheck = "accurate"\nexamples = 400'


def board_of(assignment: Assignment) -> Board:
    """The board that its settings ask for.

    Raises UsageError where they ask for none, and CourseError where they name no check on
    data held out.
    """
    settings, board = assignment.folder / SETTINGS_FILE, assignment.settings.board
    if board is None:
        raise UsageError(
            f"{assignment.name} has no class board.",
            hint=f"A board is asked for in {settings}, with the name of a @held_out check and "
            f"the number of examples that it is measured on:\n{EXAMPLE}",
        )
    names = [check.id for check in assignment.checks if check.kind is Kind.HELD_OUT]
    if board.check not in names:
        are = f"There are: {', '.join(names)}." if names else "checks.py has no such check."
        raise CourseError(
            f"{settings}: [board] names {board.check!r}, which is no @held_out check.",
            hint=did_you_mean(board.check, names, are),
        )
    return board
