"""Cells of a table that a spreadsheet program will open: text stays text.

A name such as ``=HYPERLINK(...)`` would run as a formula, with the rights of whoever grades.
Where a program takes semicolons for separators, so would what stands behind one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.errors import UsageError
from autograder.sandbox.text import clean

Cell = str | float | int | None
_FORMULA = "=+@-"  # and their wide forms, which some programs read alike
_SEPARATED = re.compile(r"([;|])([\s\"\']*)(?=(\S))")  # by which some programs tell cells apart
_PLAIN = re.compile(r"[\w .@/-]*", re.ASCII)


def text(value: str) -> str:
    """One line of plain text, with an apostrophe in front of what would be a formula."""
    line = " ".join(clean(value, 1000).split())
    line = _SEPARATED.sub(lambda m: f"{m[1]}'{m[2]}" if _begins(m[3]) else m[0], line)
    return f"'{line}" if _begins(line.lstrip("\"' ")) else line


def _begins(text: str) -> bool:
    """True if a formula begins so."""
    return unicodedata.normalize("NFKC", text[:1]).startswith(tuple(_FORMULA))


def number(value: float) -> str:
    """A number as people write it: "87.5", "60"."""
    return f"{round(value, 4):.10g}"


def write_table(to: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a CSV file: UTF-8, commas, quotes around all that holds a sign."""
    lines = [",".join(_shown(cell) for cell in row) + "\r\n" for row in (header, *rows)]
    write_file(to, "".join(lines))


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
    if not isinstance(cell, str):
        return number(cell)
    shown = text(cell)
    return shown if _PLAIN.fullmatch(shown) else '"' + shown.replace('"', '""') + '"'
