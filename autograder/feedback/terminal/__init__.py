"""A report for a terminal of any width, with colour or without.

Everything that may come from a student is shown as text, never read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console

from autograder.feedback.terminal.page import Page
from autograder.feedback.terminal.verdicts import Pen
from autograder.model import Report

__all__ = ["show"]

ROWS = 24  # of a small terminal: a longer page is made denser


def show(
    report: Report,
    console: Console,
    *,
    title: str,
    file: str,
    seconds: float,
    command: Sequence[str] = (),
    selected: bool = False,
    whole: bool = False,
    changed: str = "",
    saved: str = "",
    instead: str = "",
) -> None:
    """Print `report`.

    title     the assignment's title.
    file      the submission's name, as the student calls it.
    seconds   wall time of the whole check.
    command   the words of the command that checks this file again.
    selected  whether only some of the assignment's checks were run.
    whole     whether to show all that is known, or what fits on a screen.
    changed   what has changed since an earlier check, in a sentence.
    saved     when the file was written, in a word or two.
    instead   what is known to be the reason where functions are not in the file.
    """
    again = tuple(command) or ("grade", "check", report.assignment, file)
    pen = Pen(console.encoding, console.width)
    page = Page(
        report, pen, title, file, seconds, again, selected, whole, changed, saved, instead
    )
    lines = _lines(page, console)
    if len(lines) > ROWS + 1 and not whole:
        lines = _lines(replace(page, in_full=1), console)
        while len(lines) > ROWS + 1 and "" in lines[:-1]:
            del lines[len(lines) - 2 - lines[-2::-1].index("")]
    console.file.write("\n".join(lines))
    console.file.flush()


def _lines(page: Page, console: Console) -> list[str]:
    """The lines of a page, and an empty one at its end."""
    with console.capture() as rendered:
        for part in page.parts():
            console.print(part)
    # Tables are padded to the full width: spaces that nobody needs where it is pasted.
    return [line.rstrip(" ") for line in rendered.get().split("\n")]
