"""The Typer application: the commands by name, and the module of each.

A command's options take a while to import and to read, so the application of one command line
has the command that it names, and no other. Help, completion and a mistyped name have them all.
"""

from __future__ import annotations

import importlib
import keyword
from collections.abc import Collection, Sequence
from typing import Annotated

import typer

from autograder.cli import outcome

# In the order of the help.
MODULES = {
    "check": "check",
    "watch": "watch",
    "hint": "hint",
    "status": "status",
    "batch": "batch",
    "regrade": "regrade",
    "review": "review",
    "explain": "explain",
    "similar": "similar",
    "serve": "serve",
    "board": "board",
    "score": "score",
    "gradebook": "gradebook",
    "show": "show",
    "feedback": "feedback",
    "export": "export",
    "release": "author",
    "new": "author",
    "import": "importing",
    "verify": "author",
    "build": "author",
    "calibrate": "author",
    "doctor": "doctor",
    "adjust": "regrade",
    "nbgrader": "nbgrader",
}
# A negative number of points looks like an option.
_SETTINGS = {"adjust": {"ignore_unknown_options": True}}


def asked(words: Sequence[str]) -> Collection[str]:
    """The command that a command line names; all where it names none of them."""
    first = next((word for word in words if not word.startswith("-")), "")
    return (first,) if first in MODULES else MODULES


def application(names: Collection[str] = tuple(MODULES)) -> typer.Typer:
    """The application, with these commands."""
    app = typer.Typer(
        name="grade",
        no_args_is_help=True,
        # Help as plain text: rich would cost more time than all the rest of `grade --help`.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(grade)
    for name in names:
        module = importlib.import_module(f"autograder.cli.{MODULES[name]}")
        found = getattr(module, f"{name}_" if keyword.iskeyword(name) else name)
        if isinstance(found, typer.Typer):
            app.add_typer(found)
        else:
            app.command(name, context_settings=_SETTINGS.get(name))(found)
    return app


def _version(asked: bool) -> None:
    if asked:
        from autograder import __version__

        typer.echo(f"grade {__version__}")
        raise typer.Exit


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
