"""Arguments and options that several commands share, and the assignment that they name."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course.course import Assignment, Course


def opened(folder: Path | None) -> Course:
    """The course at `folder`, or else the one that holds the current folder."""
    from autograder.course import course

    return course.load(folder if folder is not None else course.find(Path.cwd()))


def owned(folder: Path | None) -> Course:
    """As `opened`, for a command that runs the course's code with its user's rights.

    Whoever sits at a keyboard is asked once about a course that was found, and not named.
    """
    from autograder.course import course, handed_in
    from autograder.wording import visible

    there = folder if folder is not None else course.find(Path.cwd())
    found = course.load(there)
    if not handed_in.is_own(there):
        asked = folder is None and sys.stdin.isatty()
        if asked and not typer.confirm(
            f"You have not used the course {visible(str(there))} before. Its checks are "
            "programs, which run as you. Is it yours?",
            err=True,
        ):
            raise UsageError(
                f"Nothing of {there} was run.",
                hint="Go to your own course, or name it: --course DIR",
            )
        if asked or folder is not None:
            handed_in.own(there)
    return found


def assignments(names: list[str], folder: Path | None) -> list[Assignment]:
    """The named assignments, in the order given; UsageError for an unknown one."""
    course = owned(folder)
    return [course.assignment(name) for name in names]


def installed(assignment: Assignment) -> None:
    """Raises UsageError when a library that the assignment needs is not installed here."""
    if assignment.missing:
        raise UsageError(
            f"{assignment.name} needs {', '.join(assignment.missing)}, which is not installed "
            "here.",
            hint=f"Install it for this Python ({sys.executable}), and run the command again.",
        )


def enclose(assignment: Assignment, *, asked: bool = True) -> None:
    """Let the checks of a course that was found, and not named, run with few rights.

    Whoever stands in a folder that was handed in must not run what it holds as themselves. Call
    it when the sandbox runs, and the submission is read.

    asked   whether the reference will be asked for anything.
    """
    from autograder.answers import choice
    from autograder.sandbox.host import own_walls

    needed = asked and assignment.reference is not None
    if needed and assignment.needs_a_guest:
        # Its process must be there before; it takes no code of the course yet.
        choice.guest_reference(
            assignment.reference,
            assignment.settings.preload,
            assignment.limits,
            assignment.files,
        ).start()
    own_walls.confine([assignment.folder.parents[1]])


def console() -> Console:
    """Stdout for people: colour only on a terminal, no markup read from what is printed."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


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
