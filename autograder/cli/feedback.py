"""`grade feedback`: a page for each student, as a draft, and released in a system's form."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.here import owned
from autograder.cli.options import AssignmentName, CourseFolder
from autograder.cli.outcome import PASSED, exits
from autograder.cli.places import (
    GradebookPlace,
    RosterFile,
    open_gradebook,
    present,
    take_roster,
)
from autograder.cli.running import EngineName, EngineOption, Jobs, Scheduler, Trust
from autograder.cli.told import for_students
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.course.course import Assignment, Course
    from autograder.export.feedback import Handed
    from autograder.export.model import Row
    from autograder.export.people import Owned
    from autograder.gradebook import Gradebook


class Form(StrEnum):
    """The form in which feedback is handed back."""

    FOLDER = "folder"
    MOODLE = "moodle"
    CANVAS = "canvas"
    GRADESCOPE = "gradescope"
    NBGRADER = "nbgrader"


SUFFIXES = {Form.FOLDER: "", Form.MOODLE: "-moodle.zip", Form.CANVAS: "-canvas.zip"}
DRAFT = "A draft for the teacher: it is not released."


@exits
def feedback(
    assignment: AssignmentName,
    release: Annotated[
        bool, typer.Option("--release", help="Write what students get, and not a draft.")
    ] = False,
    form: Annotated[
        Form,
        typer.Option(
            "--as",
            help="A folder of pages; a zip for Moodle's or Canvas's upload; a results.json for "
            "Gradescope; or pages in nbgrader's tree.",
        ),
    ] = Form.FOLDER,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="PATH",
            help="Where to write. By default ASSIGNMENT-feedback, here; for nbgrader, the "
            "folder of its course.",
            show_default=False,
        ),
    ] = None,
    roster: RosterFile = None,
    gradebook_place: GradebookPlace = None,
    jobs: Jobs = None,
    engine: EngineOption = EngineName.LOCAL,
    scheduler: Scheduler = None,
    trust_submissions: Trust = False,
    course: CourseFolder = None,
) -> int:
    """Write a feedback page for each student.

    Without --release it is a draft for you to look at. A page shows nothing of the inputs that
    grade: its words are told from the practice inputs.

    \b
    Examples:
      grade feedback assignment3
      grade feedback assignment3 --release --as moodle
      grade feedback assignment3 --release --as nbgrader --to ../nbgrader_course

    Exit codes: 0 written, 2 the call is wrong, 3 the grades are not of one kind.
    """
    from autograder.export.people import said, with_owners
    from autograder.gradebook.uniform import refuse_mixed

    if form is not Form.FOLDER and not release:
        raise UsageError(
            f"Students read what --as {form.value} writes, and --release was not said.",
            hint=f"Look at a draft first: grade feedback {assignment}",
        )
    if form is Form.NBGRADER and to is None:
        raise UsageError("Where is the nbgrader course?", hint="Name its folder: --to DIR")
    there = owned(course)
    found = there.assignment(assignment)
    path = to if to is not None else Path(_named(assignment, form, release=release))
    with open_gradebook(there, gradebook_place) as book:
        take_roster(book, roster)
        mixed = book.mixtures(present(there, assignment), assignment)
        refuse_mixed(mixed)
        rows: Sequence[Row] = book.rows(assignment)
        waiting = [student for _, student in book.without(assignment)]
        if not rows:
            raise UsageError(
                f"The gradebook has no grades for {assignment}.",
                hint=f"First grade a class: grade batch {assignment} SOURCE",
            )
        rows = for_students(
            rows,
            book,
            there,
            engine=engine,
            jobs=jobs,
            scheduler=scheduler,
            trusted=trust_submissions,
        )
        people = book.roster()
        everybody, remarks = with_owners(rows, people, all_rows=form is Form.FOLDER)
        ready = [one for one in everybody if not one.row.undecided]
        if form is Form.GRADESCOPE:
            from autograder.export.files import Gradescope

            Gradescope().write([one.row for one in ready], path, roster=people)
        else:
            pages = _pages(ready, book, there, found, "" if release else DRAFT)
            remarks += _written(form, pages, path, book, found)
    remarks += said("Not graded yet, and left out", waiting)
    if not all(one.present for one in mixed):
        remarks.append(
            "The checks have changed since this class was graded, so that pages say little. To "
            f"grade it again: grade regrade {assignment}"
        )
    many = "1 student" if len(ready) == 1 else f"{len(ready)} students"
    typer.echo(f"{path} was written, from the work of {many}.")
    for remark in remarks:
        typer.echo(remark)
    if not release:
        from autograder.wording.secrets import without_passwords

        again = shlex.join(["grade", *map(without_passwords, sys.argv[1:]), "--release"])
        typer.echo(f"These are drafts. To write what students get: {again}")
    return PASSED


def _named(assignment: str, form: Form, *, release: bool) -> str:
    draft = "" if release else "-draft"
    return f"{assignment}-feedback{draft}{SUFFIXES.get(form, f'-{form.value}')}"


def _written(
    form: Form, pages: Iterator[Handed], to: Path, book: Gradebook, assignment: Assignment
) -> list[str]:
    """Write the pages in one of the forms that have pages; remarks for a person."""
    from autograder.export import feedback as back

    if form is Form.FOLDER:
        return back.to_folder(pages, to)
    if form is Form.NBGRADER:
        return back.to_nbgrader(pages, to, assignment.name, assignment.module)
    writers: Mapping[Form, Callable[[Iterator[Handed], Path, Mapping[str, str]], list[str]]]
    writers = {Form.MOODLE: back.to_moodle, Form.CANVAS: back.to_canvas}
    return writers[form](pages, to, book.numbers(assignment.name, form.value))


def _pages(
    ready: Sequence[Owned], book: Gradebook, course: Course, assignment: Assignment, draft: str
) -> Iterator[Handed]:
    """Each student's page, one at a time: a class is large."""
    from autograder.export.feedback import Handed
    from autograder.export.files import beyond
    from autograder.feedback.page import Paper, page

    counting = book.counting_students(assignment.name)
    for one in ready:
        row = one.row
        number = counting.get(row.student)
        texts = book.texts([number]) if number is not None and row.digest else []
        paper = Paper(
            course=course.name,
            title=assignment.title,
            student=one.person.name or one.person.key,
            report=row.report,
            points=row.points,
            possible=row.possible,
            beyond=tuple(beyond(row)),
            cells=texts[0][1].cells if texts else (),
            said=draft,
        )
        yield Handed(one.person, row.student, row.source, page(paper))
