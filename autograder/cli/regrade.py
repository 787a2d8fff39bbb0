"""`grade regrade` and `grade adjust`: what happens after a batch."""

from __future__ import annotations

import getpass
import shlex
import sys
from typing import Annotated

import typer

from autograder.cli.here import console, installed, owned
from autograder.cli.options import AssignmentName, CourseFolder
from autograder.cli.outcome import NOT_GRADED, PASSED, exits
from autograder.cli.places import (
    GradebookPlace,
    NewSeed,
    RosterFile,
    SeedFile,
    open_gradebook,
    seed_of,
    take_roster,
)
from autograder.cli.running import EngineName, EngineOption, Jobs, Scheduler, Trust, run


@exits
def regrade(
    assignment: AssignmentName,
    accept: Annotated[
        bool, typer.Option("--accept", help="Let the new gradings count.")
    ] = False,
    details: Annotated[
        bool,
        typer.Option("--details", help="List every check that changes, of everybody."),
    ] = False,
    jobs: Jobs = None,
    engine: EngineOption = EngineName.LOCAL,
    scheduler: Scheduler = None,
    gradebook_place: GradebookPlace = None,
    seed_file: SeedFile = None,
    new_seed: NewSeed = False,
    trust_submissions: Trust = False,
    course: CourseFolder = None,
) -> int:
    """Grade a class again, and show what would change.

    The submissions are in the gradebook, so their files are not needed. Nothing counts until
    --accept.

    \b
    Examples:
      grade regrade assignment3
      grade regrade assignment3 --accept
      grade regrade assignment3 --seed-file new.seed

    Exit codes: 0 done, 2 the call is wrong, 3 something could not be graded.
    """
    from autograder.batch import running as batching
    from autograder.cli.classes import show_changes
    from autograder.wording.secrets import without_passwords

    opened_course = owned(course)
    found = opened_course.assignment(assignment)
    page = console()
    with open_gradebook(opened_course, gradebook_place) as book:
        moves = new_seed or seed_file is not None
        seed = seed_of(book, assignment, opened_course, gradebook_place, seed_file, moves=moves)
        basis = batching.basis(found, seed)
        ids = book.counting(assignment)
        if not ids:
            page.print(f"The gradebook has no submissions for {assignment}.")
            return PASSED
        waiting = book.waiting(ids, basis, or_candidate=True)
        if waiting:
            installed(found)
            number = book.begin(assignment, "regrade", engine.value, [])
            run(
                waiting,
                book=book,
                assignment=found,
                basis=basis,
                number=number,
                console=page,
                engine=engine,
                jobs=jobs,
                scheduler=scheduler,
                trusted=trust_submissions,
                candidate=True,
            )
            book.end(number)
        changes = book.changes(basis)
        left = book.waiting(ids, basis, or_candidate=True)
        if not changes and not left:
            page.print(
                f"All {len(ids)} were graded with the present checks: nothing would change.",
                soft_wrap=True,
            )
            return PASSED
        show_changes(changes, page, details=details)
        if left:
            page.print(
                f"\n{len(left)} could not be graded, by a fault of the grader; they keep what "
                "they have.",
                soft_wrap=True,
            )
        if accept:
            page.print(f"\nAccepted: the {book.accept(basis)} new gradings count now.")
        else:
            words = map(without_passwords, sys.argv[1:])
            again = shlex.join(["grade", *words, "--accept"])
            page.print(f"\nNothing counts yet. To let it: {again}", soft_wrap=True)
    return NOT_GRADED if left else PASSED


@exits
def adjust(
    student: Annotated[
        str, typer.Argument(metavar="STUDENT", help="Any name by which they are known.")
    ],
    assignment: AssignmentName,
    points: Annotated[float, typer.Argument(metavar="POINTS", help="To add: 2.5, or -5.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it stays in the gradebook.")],
    author: Annotated[
        str, typer.Option("--author", help="Who says so.", show_default=False)
    ] = "",
    roster: RosterFile = None,
    gradebook_place: GradebookPlace = None,
    course: CourseFolder = None,
) -> int:
    """Add points to what a student has, or take some off.

    Somebody without a submission that can be graded, who is on the roster, gets points so.

    \b
    Examples:
      grade adjust doe assignment3 2.5 --reason "The text was misleading"
      grade adjust doe assignment3 -5 --reason "Handed in by e-mail"
    """
    opened_course = owned(course)
    opened_course.assignment(assignment)
    with open_gradebook(opened_course, gradebook_place) as book:
        take_roster(book, roster)
        who = author or getpass.getuser()
        key = book.adjust(assignment, student, points, reason=reason, author=who)
        rows = [row for row in book.rows(assignment) if row.student == key]
    for row in rows:
        typer.echo(f"{key} has {row.points:g} of {row.possible:g} points now.")
    if not rows:
        typer.echo(f"{key} is not graded yet; the points are added then.")
    return PASSED
