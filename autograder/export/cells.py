"""Cells of a table that a spreadsheet program will open: text stays text.

A name such as ``=HYPERLINK(...)`` would run as a formula, with the rights of whoever grades.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.errors import UsageError
from autograder.sandbox.text import clean

Cell = str | float | int | None
_FORMULA = ("=", "+", "-", "@")  # and their wide forms, which some programs read alike


def text(value: str) -> str:
    """One line of plain text, with an apostrophe in front of what would be a formula."""
    line = " ".join(clean(value, 1000).split())
    begins = unicodedata.normalize("NFKC", line[:1])
    return f"'{line}" if begins.startswith(_FORMULA) else line


def number(value: float) -> str:
    """A number as people write it: "87.5", "60"."""
    return f"{round(value, 4):.10g}"


def write_table(to: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a CSV file: UTF-8, commas, quotes where they are needed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([text(title) for title in header])
    for row in rows:
        writer.writerow([_shown(cell) for cell in row])
    write_file(to, out.getvalue())


def write_file(to: Path, content: str) -> None:
    """Write a file whole; UsageError when it cannot be written."""
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(content, encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{to} could not be written: {error.strerror}.") from None


def _shown(cell: Cell) -> str:
    if cell is None:
        return ""
    return text(cell) if isinstance(cell, str) else number(cell)
