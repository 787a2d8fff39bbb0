"""Where a course keeps its gradebook and its secret seed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.gradebook import Gradebook

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
    return Gradebook.open(there, late=course.late)


def seed_of(course: Course, place: str | None, file: Path | None) -> int:
    """The secret seed: in `file`, or else beside the gradebook, made at first use and said."""
    from autograder.seeds import SEED_FILE, secret_seed

    if file is not None:
        if not file.is_file():
            raise UsageError(f"There is no seed file {file}.")
        return secret_seed(file)
    if place is None or "://" in place:
        path = course.root / SEED_FILE
    else:
        path = Path(place).with_suffix(Path(SEED_FILE).suffix)
    new = not path.exists()
    seed = secret_seed(path)
    if new:
        typer.echo(
            f"A secret seed was made: {path}\n"
            "Keep it, and show it to nobody: it decides the inputs that work is graded on."
        )
    return seed
