"""The course that a command is in, and the assignment and the file that it names."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

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
        if asked and not _confirmed(
            f"You have not used the course {visible(str(there))} before. Its checks are "
            "programs, which run as you. Is it yours?"
        ):
            raise UsageError(
                f"Nothing of {there} was run.",
                hint="Go to your own course, or name it: --course DIR",
            )
        if asked or folder is not None:
            handed_in.own(there)
    return found


def _confirmed(question: str) -> bool:
    """Ask on stderr, and return True for a yes; Ctrl-C and Ctrl-D are a no."""
    import typer

    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        return False


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


def named(course: Course, assignment: str | None, file: Path | None) -> tuple[str, Path | None]:
    """The assignment's name and the file, where the name may be left out in its folder."""
    here = next(
        (one.name for one in course.assignments.values() if _below(Path.cwd(), one.folder)),
        None,
    )
    if assignment is None and here is None:
        raise UsageError(
            "Which assignment? Outside of its folder, a check needs its name.",
            hint=f"There are {', '.join(course.assignments)}: grade check ASSIGNMENT",
        )
    alone = assignment is not None and file is None and assignment not in course.assignments
    if here and alone and Path(assignment or "").is_file():
        return here, Path(assignment or "")
    return assignment or here or "", file


def _below(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def near(path: Path) -> str:
    """The path as seen from the current folder, where it is below that."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
