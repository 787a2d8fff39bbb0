"""`grade status`: how far a student is, from the checks that they have run here."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cli.here import console, opened
from autograder.cli.options import CourseFolder
from autograder.cli.outcome import PASSED, exits

if TYPE_CHECKING:
    from autograder.cli.since import Last
    from autograder.course.course import Assignment
    from autograder.feedback.terminal.verdicts import Pen


@exits
def status(course: CourseFolder = None) -> int:
    """Show how far you are: points, what is next, when it is due.

    It shows the last check of each assignment on this computer, and runs nothing.

    \b
    Example:
      grade status
    """
    from rich.table import Table

    from autograder.cli.since import last_checks
    from autograder.feedback.terminal.verdicts import Pen

    there, out = opened(course), console()
    pen = Pen(out.encoding, out.width)
    found, now = last_checks(), datetime.now().astimezone()
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_column(overflow="fold")
    for one in there.assignments.values():
        deadline = there.late.deadline(one.name, "")
        points, said = _how_far(one, found.get(str(one.folder.resolve())), pen)
        grid.add_row(
            pen.text(one.name, "bold"),
            pen.text(points),
            pen.text(said),
            pen.text(_due(deadline, now), "dim"),
        )
    out.print(pen.text(there.name), "", grid, sep="\n")
    return PASSED


def _how_far(assignment: Assignment, last: Last | None, pen: Pen) -> tuple[str, str]:
    """The points of the last check, and what is next."""
    from autograder.feedback.signs import number

    possible = assignment.settings.points
    if last is None:
        return f"- / {number(possible)}", f"not checked yet: grade check {assignment.name}"
    points = sum(earned for earned, _ in last.kept.checks.values())
    said = f"next: {last.kept.next}" if last.kept.next else "all right"
    said += _later(last)
    if assignment.settings.count_hints:
        from autograder.cli.hint import hinted

        said += f", hints: {hinted(assignment.name, Path(last.kept.file))}"
    return f"{number(points)} / {number(possible)}", said


def _later(last: Last) -> str:
    """Say what became of the file after its last check."""
    try:
        newer = os.stat(last.kept.file).st_mtime > last.time
    except (OSError, ValueError):
        return f" (of {os.path.basename(last.kept.file)}, which is gone)"
    return " (saved since)" if newer else ""


def _due(deadline: datetime | None, now: datetime) -> str:
    """The due date, by this computer's clock, and the time that is left."""
    if deadline is None:
        return ""
    left = deadline - now
    at = f"{deadline.astimezone(now.tzinfo):%a %d %b %Y %H:%M}"
    if left.total_seconds() < 0:
        return f"was due {at}"
    for unit, seconds in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        count = int(left.total_seconds() // seconds)
        if count:
            return f"due {at}, in {count} {unit}{'s' if count > 1 else ''}"
    return f"due {at}, now"
