"""`grade check`: one file, checked on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli import checking
from autograder.cli.options import AsJson, AssignmentHere, CourseFolder, OneFile
from autograder.cli.outcome import exits


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
    return checking.run(
        assignment,
        file,
        only=only or (),
        shown=shown,
        whole=whole,
        json=json,
        html=html,
        to=to,
        course=course,
        seed=seed,
    )
