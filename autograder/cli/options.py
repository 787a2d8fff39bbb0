"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.here import opened


def known_assignments(incomplete: str) -> list[str]:
    """The names of the course's assignments that begin so, for a shell to complete."""
    from autograder.errors import GradeError

    try:
        return [name for name in opened(None).assignments if name.startswith(incomplete)]
    except (GradeError, OSError):
        return []


AssignmentName = Annotated[
    str,
    typer.Argument(
        metavar="ASSIGNMENT", help="The assignment's name.", autocompletion=known_assignments
    ),
]
AssignmentHere = Annotated[
    str | None,
    typer.Argument(
        metavar="ASSIGNMENT",
        help="The assignment's name. By default the one whose folder you are in.",
        show_default=False,
        autocompletion=known_assignments,
    ),
]
OneFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="FILE",
        help="A script or a notebook. By default the assignment's own file.",
        show_default=False,
    ),
]
AssignmentNames = Annotated[
    list[str],
    typer.Argument(
        metavar="ASSIGNMENT...",
        help="The assignments' names.",
        autocompletion=known_assignments,
    ),
]
CourseFolder = Annotated[
    Path | None,
    typer.Option(
        "--course",
        metavar="DIR",
        help="The course's folder. By default the one you are in.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print all of it as one JSON object.")]
