"""Rows as students may read them: who needs it is graded on the practice inputs first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from autograder.cli.here import console, installed
from autograder.cli.running import EngineName, run

if TYPE_CHECKING:
    from autograder.course.course import Course
    from autograder.export.model import Row
    from autograder.gradebook import Gradebook


def for_students(
    rows: Sequence[Row],
    book: Gradebook,
    course: Course,
    *,
    engine: EngineName,
    jobs: int | None,
    scheduler: str | None,
    trusted: bool,
) -> list[Row]:
    """The rows as students may read them; who has to be is graded on the practice inputs."""
    from autograder.batch import practice

    page = console()
    for name in dict.fromkeys(row.assignment for row in rows):
        if name not in course.assignments:
            continue
        found = course.assignment(name)
        ids = practice.lacking(book, found)
        if not ids:
            continue
        installed(found)
        many = "1 submission" if len(ids) == 1 else f"{len(ids)} submissions"
        page.print(f"{name}: grading {many} on the practice inputs, for students to read.")
        run(
            ids,
            book=book,
            assignment=found,
            basis=practice.public_basis(found),
            number=None,
            console=page,
            engine=engine,
            jobs=jobs,
            scheduler=scheduler,
            trusted=trusted,
        )
    return practice.for_students(rows, book, course.assignments)
