"""`check`: between a notebook's kernel and the checker."""

from __future__ import annotations

import atexit
import contextlib
import io
import math
import os
import sys
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import GradeError, UsageError

if TYPE_CHECKING:
    from autograder.notebook.checker import Checker

_checkers: dict[Path, Checker] = {}


class NotJudged(Exception):
    """There is no verdict, and the message says why. Jupyter shows it without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def check(name: str) -> float:
    """Judge the code of this notebook by one check, show what it says, return the points.

    name   the check's id, such as "sigmoid".

    The points are a plain float between 0 and what the check is worth: nbgrader reads them
    as the cell's score. Raises NotJudged when the fault is not the code's.
    """
    history = _history()
    if history is None:
        raise NotJudged(f"check({name!r}) judges the cells of a notebook; run it in one.")
    try:
        with _silence():
            verdict, notes, drawn = _checker().judge(name, history)
    except GradeError as error:
        from autograder.feedback.html import message_block

        said = " ".join(filter(None, (error.message, error.hint)))
        _display(message_block("This check could not judge your code", said), "")
        raise NotJudged(said) from None
    from autograder.feedback.html import verdict_block
    from autograder.feedback.lines import as_text

    text = "\n".join([as_text(verdict), *(f"  Note: {note}" for note in notes)])
    _display("\n".join([verdict_block(verdict, notes), *drawn]), text)
    if verdict.status.ours:
        raise NotJudged("The grader could not do its part, so this is no score.")
    points = float(verdict.points)
    return 0.0 if math.isnan(points) else min(max(points, 0.0), float(verdict.possible))


def _checker() -> Checker:
    """The checker of the bundle that belongs to the current folder, made once."""
    from autograder.notebook.bundle import find
    from autograder.notebook.checker import Checker

    assignment = find(Path.cwd())
    checker = _checkers.get(assignment.folder)
    if checker is None:
        if assignment.missing:
            raise UsageError(
                f"{assignment.name} needs {', '.join(assignment.missing)}, which this "
                "notebook's Python does not have.",
                hint="Install it there, or choose another kernel, and restart.",
            )
        checker = _checkers[assignment.folder] = Checker(assignment)
        atexit.register(checker.close)
    return checker


def _history() -> Sequence[str] | None:
    """The source of every execution in this kernel; None outside of one."""
    interactive = sys.modules.get("IPython")
    shell = interactive.get_ipython() if interactive is not None else None
    if shell is None:
        return None
    return list(shell.history_manager.input_hist_raw)


def _display(html: str, text: str) -> None:
    from IPython.display import display

    display({"text/html": html, "text/plain": text}, raw=True)


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Nothing on stderr, from native libraries neither: nbgrader takes it for a failure."""
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        with contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
