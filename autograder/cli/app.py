"""The Typer application: every command by its name."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli import outcome
from autograder.cli.author import build, calibrate, new, release, verify
from autograder.cli.batch import batch
from autograder.cli.check import check
from autograder.cli.doctor import doctor
from autograder.cli.explain import explain
from autograder.cli.export import export
from autograder.cli.feedback import feedback
from autograder.cli.gradebook import gradebook
from autograder.cli.hint import hint
from autograder.cli.nbgrader import nbgrader
from autograder.cli.regrade import adjust, regrade
from autograder.cli.review import review
from autograder.cli.score import score
from autograder.cli.serve import serve
from autograder.cli.show import show
from autograder.cli.similar import similar
from autograder.cli.status import status
from autograder.cli.watch import watch

app = typer.Typer(
    name="grade",
    no_args_is_help=True,
    # Help as plain text: rich would cost more time than all the rest of `grade --help`.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from autograder import __version__

        typer.echo(f"grade {__version__}")
        raise typer.Exit


@app.callback()
def grade(
    debug: Annotated[
        bool,
        typer.Option("--debug", help="Show tracebacks of the grader's own errors."),
    ] = False,
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_version, is_eager=True),
    ] = False,
) -> None:
    """Check work on the assignments of a deep-learning course.

    \b
    Example:
      grade check assignment3

    Exit codes: 0 all passed, 1 points are missing, 2 the call is wrong, 3 grading was not
    possible.
    """
    outcome.debug = debug


for command in (
    check,
    watch,
    hint,
    status,
    batch,
    regrade,
    review,
    explain,
    similar,
    serve,
    score,
    gradebook,
    show,
    feedback,
    export,
    release,
    new,
    verify,
    build,
    calibrate,
    doctor,
):
    app.command()(command)
app.command(context_settings={"ignore_unknown_options": True})(adjust)
app.add_typer(nbgrader)
