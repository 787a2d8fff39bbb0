"""The command `grade`. Each subcommand parses, calls one function and prints."""

from __future__ import annotations

import os
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line of this process and exit with its code.

    0 all passed, 1 points are missing, 2 the call is wrong, 3 grading was not possible.
    """
    # NumPy's threads are made while it is imported; one is enough for small matrices, and
    # several would make last digits depend on the machine.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # Workers are Pythons of their own, which would take modules from the current folder first,
    # and students' work may lie there.
    os.environ["PYTHONSAFEPATH"] = "1"

    # A typing.py in a folder of PYTHONPATH is no part of Python's library; packages there stay.
    # The folder of this package stays where it is, since workers must import the same one.
    own = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    named = set(os.environ.get("PYTHONPATH", "").split(os.pathsep)) - {own}
    sys.path.sort(key=lambda place: place in named)

    from autograder.cli.commands import application, asked

    application(asked(sys.argv[1:]))(prog_name="grade")
