"""`grade check`: one file, checked on this machine."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.options import (
    AssignmentName,
    CourseFolder,
    console,
    enclose,
    installed,
    opened,
)
from autograder.cli.outcome import NOT_GRADED, PASSED, POINTS_MISSING, exits

if TYPE_CHECKING:
    from autograder.model import Report


@exits
def check(
    assignment: AssignmentName,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            help="A script or a notebook. By default the assignment's own file.",
            show_default=False,
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="CHECK", help="Run this check only; may be repeated."),
    ] = None,
    json: Annotated[
        bool, typer.Option("--json", help="Print the report as one JSON object.")
    ] = False,
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
      grade check assignment3 --json
    """
    started = time.perf_counter()
    from autograder.sandbox.host import Sandbox

    found = opened(course).assignment(assignment)
    path = file if file is not None else found.stub
    installed(found)
    # The sandbox's process imports NumPy while this one imports it too and reads the file.
    with Sandbox(limits=found.limits, preload=found.settings.preload) as sandbox:
        from autograder import grading, intake

        submission = intake.read(path, found.settings.extra_files)
        if course is None:
            enclose(found)
        report = grading.grade(
            submission,
            found,
            seed=seed,
            only=only or (),
            sandbox=sandbox,
        )
        if json:
            _print_json(report)
        else:
            from autograder.feedback.terminal import show

            command = ["grade", "check", assignment]
            command += [str(file)] if file is not None else []
            command += ["--course", str(course)] if course is not None else []
            command += ["--seed", str(seed)] if seed else []
            show(
                report,
                console(),
                title=found.title,
                file=_near(path),
                seconds=time.perf_counter() - started,
                command=command,
                selected=bool(only),
            )
    if report.ungraded:
        if course is None:
            sys.stderr.write(
                "The course was found here and not named, so its checks could read nothing "
                "outside of its folder. If they need more: --course DIR\n"
            )
        return NOT_GRADED
    return PASSED if report.complete else POINTS_MISSING


def _print_json(report: Report) -> None:
    import msgspec

    sys.stdout.write(msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n")


def _near(path: Path) -> str:
    """The path as seen from the current folder, where it is below that."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
