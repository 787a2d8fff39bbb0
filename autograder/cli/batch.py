"""`grade batch`: a class's submissions into the gradebook."""

from __future__ import annotations

import shlex
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
from autograder.cli.sources import GroupsFile, LayoutName, TimesFile, named_layout
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.model import Report


@exits
def batch(
    assignment: AssignmentName,
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...",
            help="Folders or downloads of submissions: zip, tar, a folder for each student.",
        ),
    ],
    jobs: Jobs = None,
    engine: EngineOption = EngineName.LOCAL,
    scheduler: Scheduler = None,
    gradebook_place: GradebookPlace = None,
    seed_file: SeedFile = None,
    new_seed: NewSeed = False,
    regrade: Annotated[
        bool, typer.Option("--regrade", help="Grade again what is graded already.")
    ] = False,
    roster: RosterFile = None,
    times_file: TimesFile = None,
    groups_file: GroupsFile = None,
    layout: LayoutName = None,
    feedback: Annotated[
        bool,
        typer.Option(
            "--feedback", help="Of an nbgrader course: write the feedback pages, too."
        ),
    ] = False,
    trust_submissions: Trust = False,
    course: CourseFolder = None,
) -> int:
    """Grade a class's submissions into the gradebook.

    What is graded already is not graded again, so the same command continues after an
    interruption. The folder `submitted` of an nbgrader course is graded into nbgrader's own
    gradebook, unless --gradebook names one of ours.

    \b
    Examples:
      grade batch assignment3 submissions.zip
      grade batch assignment3 handed_in/ --jobs 4
      grade batch assignment3 late/ --engine dask --scheduler tcp://lab1:8786
      grade batch assignment3 nbcourse/submitted --feedback

    Exit codes: 0 all graded, 2 the call is wrong, 3 something could not be graded. Points
    that are missing are no error here.
    """
    from autograder.batch import running as batching
    from autograder.batch.admission import admit
    from autograder.batch.summary import Summary
    from autograder.cli.classes import show_summary
    from autograder.cli.sources import said
    from autograder.course import handed_in
    from autograder.feedback.signs import shown
    from autograder.submissions.people.groups import Groups
    from autograder.submissions.people.hand_in_times import Times
    from autograder.submissions.sources import Looking, iterate

    nbgraders = _nbgrader_course(sources) if gradebook_place is None else None
    if nbgraders is not None:
        given = {
            "--engine": engine is not EngineName.LOCAL,
            "--scheduler": scheduler,
            "--seed-file": seed_file,
            "--new-seed": new_seed,
            "--layout": layout,
            "--times": times_file,
            "--groups": groups_file,
            "--course": course,
        }
        return _grade_in_nbgrader(
            assignment,
            nbgraders,
            [option for option, value in given.items() if value],
            jobs=jobs,
            feedback=feedback,
            again=regrade,
            trusted=trust_submissions,
            roster=roster,
        )
    if feedback:
        raise UsageError(
            "--feedback writes the pages of an nbgrader course, and none is graded here.",
            hint="Leave it out, or name the course's folder `submitted` alone.",
        )
    opened_course = owned(course)
    found = opened_course.assignment(assignment)
    groups = Groups.read(groups_file) if groups_file is not None else None
    times = Times.read(times_file, opened_course.late.zone) if times_file is not None else None
    page = console()
    with open_gradebook(opened_course, gradebook_place) as book:
        seed = seed_of(
            book, assignment, opened_course, gradebook_place, seed_file, moves=new_seed
        )
        book.keep_seed(assignment, seed)
        for source in sources:
            handed_in.note(source, opened_course.root)
        names = [str(source) for source in sources]
        number = book.begin(assignment, "batch", engine.value, names)
        take_roster(book, roster)
        known = book.directory(assignment)
        looking = Looking(
            extra=found.settings.extra_files,
            assignments=tuple(opened_course.assignments),
            layout=named_layout(layout),
            zone=opened_course.late.zone,
            is_somebody=lambda name: known.find(name) is not None,
        )
        items = iterate(sources, assignment=assignment, module=found.module, looking=looking)
        items = groups.shared(items) if groups is not None else items
        admitted = admit(items, book, number, assignment, times)
        policy = book.policy()  # an extension of nobody is said before the work begins
        came = book.counting_students(assignment)
        due = policy.deadline(assignment, "") is not None
        for line in said(admitted, book.roster(), came, has_deadline=due):
            page.print(shown(line, page.encoding), soft_wrap=True)
        basis = batching.basis(found, seed)
        ids = array("q", sorted(admitted.ids.values()))
        admitted.ids.clear()  # a class is large
        waiting = ids if regrade else book.waiting(ids, basis)
        if len(waiting) < len(ids):
            page.print(f"{len(ids) - len(waiting)} are graded already, and unchanged.")
        before = book.graded_before(waiting) if not regrade else 0
        if before:
            page.print(
                f"{before} were graded with other checks, and are graded again.", soft_wrap=True
            )
        if waiting:
            installed(found)
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
                again=regrade,
            )
        del waiting
        book.end(number)
        summary = Summary()
        left = set(book.waiting(ids, basis)) - book.settled()
        handled = book.looked_at(assignment)
        for standing in book.standings(ids):
            outdated = standing.id in left and not _is_ungraded(standing.report)
            summary.add(standing.student, standing.report, outdated=outdated)
        show_summary(summary, admitted.unread, page, handled)
        page.print(f"\nGradebook: {book.name}", soft_wrap=True)
        for one in book.mixtures([basis], assignment):
            if one.said:
                page.print(
                    f"{one.said}. They cannot be exported together; to grade them alike: "
                    f"grade regrade {assignment}",
                    soft_wrap=True,
                )
        again = ["grade", "export", "csv", assignment]
        again += ["--gradebook", book.name] if gradebook_place is not None else []
        again += ["--course", str(course)] if course is not None else []
        page.print(f"Next: {shlex.join(again)}", soft_wrap=True)
        look = ["grade", "review", *again[3:]]
        page.print(f"The class on a page: {shlex.join(look)}", soft_wrap=True)
    return NOT_GRADED if left or admitted.refused else PASSED


def _nbgrader_course(sources: Sequence[Path]) -> Path | None:
    """The nbgrader course whose submissions these are; none where it is only nearly so."""
    if len(sources) != 1:
        return None
    folder = sources[0].resolve()
    there = folder.is_dir() and (folder.parent / "nbgrader_config.py").is_file()
    return folder.parent if there and folder.name == "submitted" else None


def _grade_in_nbgrader(
    assignment: str,
    folder: Path,
    given: Sequence[str],
    *,
    jobs: int | None,
    feedback: bool,
    again: bool,
    trusted: bool,
    roster: Path | None,
) -> int:
    """As `grade nbgrader autograde`, which takes course and seed from its configuration.

    That is a program. It runs where somebody stands in its folder or has named it, and not for
    lying beside work that somebody named.
    """
    from autograder.cli.nbgrader import grade_class
    from autograder.course import handed_in

    if folder != Path.cwd():
        raise UsageError(
            f"The work lies in an nbgrader course, {folder}, whose configuration is a program.",
            hint=f"Where it is yours: grade nbgrader autograde {assignment} "
            f"{shlex.quote(str(folder))}\nTo grade the work alone: --gradebook PLACE",
        )
    handed_in.refuse_graded(folder)
    if given:
        raise UsageError(
            f"{folder} is an nbgrader course, whose own gradebook takes no {given[0]}.",
            hint="Leave it out, or name a gradebook of ours: --gradebook PLACE",
        )
    console().print(
        f"{folder} is an nbgrader course: its own gradebook takes the scores.", soft_wrap=True
    )
    return grade_class(
        assignment,
        folder,
        jobs=jobs,
        feedback=feedback,
        again=again,
        trusted=trusted,
        roster=roster,
    )


def _is_ungraded(report: Report | None) -> bool:
    return report is None or report.ungraded
