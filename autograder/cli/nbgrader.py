"""`grade nbgrader`: a course that lives in nbgrader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from autograder.cli.here import console, opened
from autograder.cli.options import AssignmentName, CourseFolder
from autograder.cli.outcome import NOT_GRADED, PASSED, exits
from autograder.cli.places import RosterFile
from autograder.cli.running import Jobs, Trust
from autograder.errors import UsageError

if TYPE_CHECKING:
    from rich.console import Console

T = TypeVar("T")

nbgrader = typer.Typer(
    name="nbgrader",
    help="A course that lives in nbgrader.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@nbgrader.command()
@exits
def init(
    folder: Annotated[Path, typer.Argument(metavar="COURSE_DIR", help="nbgrader's folder.")],
    assignment: Annotated[
        list[str] | None,
        typer.Option("--assignment", metavar="NAME", help="Only this one; may be repeated."),
    ] = None,
    course: CourseFolder = None,
) -> int:
    """Make an nbgrader course of these assignments.

    It gets a configuration, source notebooks, and a database that knows the points.

    What is there already stays as it is, so run it again for a new assignment.

    \b
    Example:
      grade nbgrader init nbcourse --assignment assignment3
    """
    _require_nbgrader()
    from autograder.nbgrader_plugin.setup import init as initialize

    for path in initialize(opened(course), folder, assignment):
        typer.echo(str(path))
    typer.echo(f"\nNext: cd {folder} && nbgrader generate_assignment NAME")
    return PASSED


@nbgrader.command()
@exits
def autograde(
    assignment: AssignmentName,
    folder: Annotated[
        Path, typer.Argument(metavar="COURSE_DIR", help="nbgrader's folder.")
    ] = Path(),
    jobs: Jobs = None,
    feedback: Annotated[
        bool, typer.Option("--feedback", help="Write the feedback pages, too.")
    ] = False,
    student: Annotated[
        list[str] | None,
        typer.Option("--student", metavar="ID", help="Only this one; may be repeated."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again what has not changed.")
    ] = False,
    roster: RosterFile = None,
    trust_submissions: Trust = False,
) -> int:
    """Grade a class that nbgrader has collected, side by side.

    Writes what `nbgrader autograde` writes: scores and comments into nbgrader's gradebook, and
    the autograded notebooks. What has not changed is not graded again. A roster gives
    nbgrader's gradebook the names and addresses that the formgrader shows.

    \b
    Examples:
      grade nbgrader autograde assignment3
      grade nbgrader autograde assignment3 nbcourse --feedback --jobs 4

    Exit codes: 0 all graded, 2 the call is wrong, 3 some need a person, or have no page.
    """
    return grade_class(
        assignment,
        folder,
        jobs=jobs,
        feedback=feedback,
        students=student or (),
        again=force,
        trusted=trust_submissions,
        roster=roster,
    )


def grade_class(
    assignment: str,
    folder: Path,
    *,
    jobs: int | None,
    feedback: bool,
    students: Sequence[str] = (),
    again: bool,
    trusted: bool,
    roster: Path | None = None,
) -> int:
    """Grade the class of the nbgrader course in `folder`; the exit code."""
    _require_nbgrader()
    from autograder.batch.engines import Local, processors
    from autograder.cli.classes import capped
    from autograder.nbgrader_plugin.classroom import Classroom
    from autograder.submissions.people.roster import Roster
    from autograder.wording import plain

    people = Roster.read(roster) if roster is not None else None
    room = Classroom.open(folder, assignment, trusted=trusted)
    todo = room.jobs(students, again=again)
    page = console()
    if people is not None and (unknown := room.enroll(people)):
        page.print(f"Not on the roster: {plain(capped(unknown), limit=500)}.", soft_wrap=True)
    window = min(jobs or processors(), max(1, len(todo)))
    workers = Local(window)
    changed: list[str] = []
    open_for_people = without = 0
    try:
        for done in _followed(room.grade(todo, workers.executor, window), len(todo), page):
            name = done.job.student
            for remark in done.remarks:
                page.print(f"{plain(name)}: {plain(remark, limit=500)}", soft_wrap=True)
            if not done.unchanged:
                changed.append(name)
                open_for_people += done.report is None or done.report.ungraded
        if feedback:
            pages = [
                job.student
                for job in todo
                if job.student in changed or not room.has_feedback(job.student)
            ]
            for name, why in _followed(
                room.feedback(pages, workers.executor, window), len(pages), page
            ):
                if why:
                    without += 1
                    said = f"{plain(name)}: there is no feedback page: {plain(why, limit=500)}"
                    page.print(said, soft_wrap=True)
            page.print(f"{len(pages) - without} feedback pages written.", soft_wrap=True)
    finally:
        workers.close()
    same = len(todo) - len(changed)
    page.print(f"{len(changed)} graded, {same} unchanged.", soft_wrap=True)
    if open_for_people:
        page.print(f"{open_for_people} could not be graded; the formgrader lists them.")
    if without:
        page.print(f"{without} feedback pages could not be written.")
    if not feedback:
        page.print(f"Next: nbgrader generate_feedback {assignment}", soft_wrap=True)
    return NOT_GRADED if open_for_people or without else PASSED


def _require_nbgrader() -> None:
    from importlib.util import find_spec

    if find_spec("nbgrader") is None:
        raise UsageError(
            "This command needs nbgrader, which is not installed here.",
            hint="pip install 'deep-learning-autograder[nbgrader]'",
        )


def _followed(results: Iterable[T], total: int, page: Console) -> Iterator[T]:
    """Pass results on; a bar shows how far they have come, where there is a terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (MofNCompleteColumn(), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=page, transient=True, disable=not page.is_terminal) as bar:
        task = bar.add_task("", total=total)
        for done in results:
            yield done
            bar.advance(task)
