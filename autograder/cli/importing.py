"""`grade import`: a first draft of an assignment from another system's notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import CourseFolder
from autograder.cli.outcome import PASSED, exits


@exits
def import_(
    system: Annotated[str, typer.Argument(metavar="SYSTEM", help="nbgrader or otter.")],
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A notebook; of otter also its folder.")
    ],
    name: Annotated[
        str, typer.Option("--name", metavar="NAME", help="Of the assignment, a folder's.")
    ] = "",
    course: CourseFolder = None,
) -> int:
    """Draft an assignment from an nbgrader or Otter notebook.

    Nothing of the notebook runs.

    \b
    Examples:
      grade import nbgrader ps1.ipynb
      grade import otter hw1 --name week7
    """
    from autograder.cli.author import built
    from autograder.course import course as courses
    from autograder.publishing.importing import draft

    root = course if course is not None else courses.find(Path.cwd())
    made = draft(system, path, root, name)
    for written in made.paths:
        typer.echo(str(written))
    built(courses.load(root).assignment(made.name))
    if made.todos:
        typer.echo("\nLeft to you:")
        for line in dict.fromkeys(map(str, made.todos)):
            typer.echo(f"  {line}")
    solution = root / "reference" / made.name / "solution.py"
    checks = f"{made.checks} check{'s' * (made.checks != 1)}"
    without = f"{made.without} of the tests {'has' if made.without == 1 else 'have'} none"
    typer.echo(
        f"\nA draft with {checks}; {without}.\nNothing of the notebook has run. The next "
        f"command runs {solution} and checks.py, so read them first: grade verify {made.name}"
    )
    return PASSED
