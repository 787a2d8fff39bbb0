"""`grade check`: one file, checked on this machine."""

from __future__ import annotations

import os
import shlex
import sys
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from autograder.cli.options import (
    AsJson,
    AssignmentHere,
    CourseFolder,
    OneFile,
    console,
    enclose,
    installed,
    opened,
)
from autograder.cli.outcome import NOT_GRADED, PASSED, POINTS_MISSING, exits
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.course.course import Assignment, Course
    from autograder.model import Report, Submission


@exits
def check(
    assignment: AssignmentHere = None,
    file: OneFile = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="CHECK", help="Run this check only; may be repeated."),
    ] = None,
    shown: Annotated[
        str | None,
        typer.Option(
            "--show",
            metavar="CHECK",
            help="Print a case that this check misses, as a program to run.",
            show_default=False,
        ),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--all", help="Show every issue in full, with all that is known.")
    ] = False,
    json: AsJson = False,
    html: Annotated[
        bool,
        typer.Option(
            "--html", help="Write a page with pictures instead, ASSIGNMENT-check.html."
        ),
    ] = False,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="FILE", help="The page to write, with --html.", show_default=False
        ),
    ] = None,
    course: CourseFolder = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", min=0, help="Draw other inputs.")
    ] = 0,
) -> int:
    """Check a file: what is right, what to try next.

    \b
    Examples:
      grade check assignment3
      grade check assignment3 my_notebook.ipynb --only sigmoid
      grade check assignment3 --all
      grade check assignment3 --html
      grade check assignment3 --show sigmoid
    """
    started = time.perf_counter()
    if shown and (json or seed):
        raise UsageError(
            "--show prints one case of one check, on the public inputs.",
            hint="Leave out --json and --seed.",
        )
    from autograder.sandbox.host.sandbox import Sandbox

    if to is not None and not html:
        raise UsageError(
            "--to names the page of --html.", hint="Add --html, or leave out --to."
        )
    if html and (shown or json):
        raise UsageError("--html writes a page, and prints no report.")
    there = opened(course)
    name, file = named(there, assignment, file)
    found = there.assignment(name)
    path = file if file is not None else found.stub
    installed(found)
    untouched = None if shown else _untouched(path, found)
    preload = () if untouched else found.settings.preload
    # The sandbox's process imports NumPy while this one imports it too and reads the file.
    with Sandbox(limits=found.limits, preload=preload) as sandbox:
        from autograder import submissions
        from autograder.cli.resembling import resembled
        from autograder.grading.report import PUBLIC_SEED, grade
        from autograder.solution.observed import Observer

        submission = untouched or submissions.read(path, found.settings.extra_files)
        kept = None if only or json or shown else _kept(name, seed, path)
        place = to or Path(f"{name}-check.html")
        sheet = None
        if html:
            from autograder.cli import paged

            sheet = paged.opened(place)
        if course is None:
            enclose(found, asked=not untouched)
        if shown:
            from autograder.cli.showing import show_case

            return show_case(shown, submission, Path(near(path)), found, sandbox)
        # A picture shows the public inputs, and no others.
        observer = Observer() if html and seed == PUBLIC_SEED else None
        report = grade(
            submission,
            found,
            seed=seed,
            only=only or (),
            sandbox=sandbox,
            explain=json or found.settings.likely,
            observer=observer,
        )
        if json:
            _print_json(report)
        else:
            from autograder.feedback.terminal import show

            words = ["grade", "check", name]
            words += [str(file)] if file is not None else []
            words += ["--course", str(course)] if course is not None else []
            words += ["--seed", str(seed)] if seed else []
            folder = None if seed else found.folder
            changed, saved = _history(report, path, submission, kept, folder)
            other = resembled(there, found, submission)
            again = shlex.join(["grade", "check", other, *words[3:]])
            instead = f"This looks like {other}'s file: {again}" if other else ""
            seconds = time.perf_counter() - started
            if sheet is not None:
                page = paged.paper(
                    report, there.name, found.title, submission.cells, observer,
                    below=(f"{near(path)}, {saved}".rstrip(", "), changed, instead),
                    command=words, seconds=seconds,
                )  # fmt: skip
                paged.write(page, sheet, place)
                console().print(paged.said(page, place), soft_wrap=True)
            else:
                show(
                    report,
                    console(),
                    title=found.title,
                    file=near(path),
                    saved=saved,
                    seconds=seconds,
                    command=words,
                    selected=bool(only),
                    whole=whole or bool(only),
                    changed=changed,
                    instead=instead,
                )
    if report.ungraded:
        if course is None:
            sys.stderr.write(
                "The course was found here and not named, so its checks could read nothing "
                "outside of its folder. If they need more: --course DIR\n"
            )
        return NOT_GRADED
    return PASSED if report.complete else POINTS_MISSING


def _untouched(path: Path, assignment: Assignment) -> Submission | None:
    """The file where it is as it was handed out, so that no library needs to be loaded."""
    if set(assignment.settings.preload) <= {"numpy"}:
        return None
    from autograder import submissions
    from autograder.grading.untouched import is_untouched

    found = submissions.read(path, assignment.settings.extra_files)
    return found if is_untouched(found, assignment) else None


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


def _kept(assignment: str, seed: int, path: Path) -> IO[bytes] | None:
    from autograder.cli.since import opened

    return opened(assignment, seed, path)


def _history(
    report: Report,
    path: Path,
    submission: Submission,
    kept: IO[bytes] | None,
    folder: Path | None,
) -> tuple[str, str]:
    """Say what has changed since the last check, and when the file was saved."""
    from datetime import datetime

    from autograder.cli.since import saved, since

    changed = (
        since(report, submission.digest, kept, folder=folder, file=os.path.abspath(path))
        if kept is not None
        else ""
    )
    return changed, saved(path, datetime.now().astimezone())


def _print_json(report: Report) -> None:
    import msgspec

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n")


def near(path: Path) -> str:
    """The path as seen from the current folder, where it is below that."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
