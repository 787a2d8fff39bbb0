"""The places of a course's gradebook and its secret seed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.errors import GradeError, UsageError

if TYPE_CHECKING:
    from autograder.course.course import Course
    from autograder.gradebook import Gradebook
    from autograder.gradebook.entries import Basis

FILE = "gradebook.db"

GradebookPlace = Annotated[
    str | None,
    typer.Option(
        "--gradebook",
        metavar="URL",
        help="A file, or postgresql://… By default gradebook.db in the course's folder.",
        show_default=False,
    ),
]
SeedFile = Annotated[
    Path | None,
    typer.Option(
        "--seed-file",
        metavar="FILE",
        help="A file with the secret seed. By default one is kept beside the gradebook.",
        show_default=False,
    ),
]
RosterFile = Annotated[
    Path | None,
    typer.Option(
        "--roster",
        metavar="FILE",
        help="A CSV file that says who is who; the gradebook keeps it.",
        show_default=False,
    ),
]
NewSeed = Annotated[
    bool,
    typer.Option(
        "--new-seed",
        help="Go on with a seed that the gradebook does not know: all inputs change.",
    ),
]


def open_gradebook(course: Course, place: str | None) -> Gradebook:
    """The course's gradebook, with its late policy."""
    try:
        from autograder.gradebook import Gradebook
    except ModuleNotFoundError as error:
        raise UsageError(
            f"A gradebook needs the package {error.name}, which is not installed here.",
            hint="pip install 'deep-learning-autograder[batch]'",
        ) from error
    there = place if place is not None else str(course.root / FILE)
    worth = {one.name: one.settings.points for one in course.assignments.values()}
    questions = {one.name: one.settings.questions for one in course.assignments.values()}
    return Gradebook.open(there, late=course.late, worth=worth, questions=questions)


def take_roster(book: Gradebook, file: Path | None) -> None:
    """Take in a roster, if one is given, and say what it changes."""
    from autograder.submissions.people.roster import Roster

    if file is not None:
        for line in book.enroll(Roster.read(file)).said():
            typer.echo(line)


def present(course: Course, assignment: str | None = None) -> list[Basis]:
    """The bases on which the course's assignments, or this one, are graded now."""
    from autograder.batch.running import basis

    return [
        basis(one, 0)
        for one in course.assignments.values()
        if assignment in (None, one.name) and (one.folder / "checks.py").is_file()
    ]


def seed_of(
    book: Gradebook,
    assignment: str,
    course: Course,
    place: str | None,
    file: Path | None,
    *,
    moves: bool,
) -> int:
    """The secret seed: in `file`, or else beside the gradebook, made at first use and said.

    moves   another seed than the gradebook's may take its place.

    Raises GradeError, otherwise, for a seed that is not the one of this assignment's gradings.
    """
    from autograder.course.seeds import SEED_FILE, read_seed, secret_seed

    if file is not None:
        path = file
    elif place is None or "://" in place:
        path = course.root / SEED_FILE
    else:
        path = Path(place).with_suffix(Path(SEED_FILE).suffix)
    if path.is_file():
        seed = read_seed(path)
        if not moves and not book.fits(assignment, seed):
            raise GradeError(
                f"{path} holds another seed than the one that {assignment} was graded with in "
                f"{book.name}. Its inputs, and so the points, would differ.",
                hint="Name the right file: --seed-file FILE. To move everybody to this seed, "
                f"and see first what changes: grade regrade {assignment} --seed-file {path}",
                slug="seed",
            )
        return seed
    if file is not None:
        raise UsageError(f"There is no seed file {file}.")
    if not moves and book.has_seed(assignment):
        raise GradeError(
            f"The secret seed {path} is missing, and {book.name} has gradings that were made "
            "with it.",
            hint="Bring the file back from a copy, or name it: --seed-file FILE. To draw a new "
            "one, so that everybody is graded on other inputs: --new-seed",
            slug="seed",
        )
    seed = secret_seed(path)
    typer.echo(
        f"A secret seed was made: {path}\n"
        "Keep it, and show it to nobody: it decides the inputs that work is graded on."
    )
    return seed
