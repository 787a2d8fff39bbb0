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
    # Workers get this sys.path, and no PYTHONPATH: they would import what they start with from
    # there. The folder of this package stays where it is, since they must import the same one.
    own = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    said = os.environ.pop("PYTHONPATH", "").split(os.pathsep)
    named = {os.path.abspath(place) for place in said if place}
    if own in named:
        os.environ["PYTHONPATH"] = own
    sys.path.sort(key=lambda place: os.path.abspath(place) in named - {own})

    words = sys.argv[1:]
    if _is_plain_check(words):
        from pathlib import Path

        from autograder.cli import checking
        from autograder.cli.outcome import exits

        file = Path(words[2]) if words[2:] else None
        exits(checking.run)(words[1] if words[1:] else None, file)
    else:
        from autograder.cli.commands import application, asked

        application(asked(words))(prog_name="grade")


def _is_plain_check(words: list[str]) -> bool:
    """`grade check [ASSIGNMENT [FILE]]`, which students type all day: without options, it needs
    no Typer, whose import takes a fifth of such a call.
    """
    options = any(word.startswith("-") for word in words)
    return words[:1] == ["check"] and len(words) <= 3 and not options
