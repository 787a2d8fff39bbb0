"""Jupyter's own lines out of a cell: line magics, shell commands, help, cell magics."""

from __future__ import annotations

import re

from autograder.sandbox.guest.loading.cells import CellLines, indentation, with_row
from autograder.sandbox.guest.loading.notes import Notes
from autograder.sandbox.guest.loading.parsing import Flaw, parse
from autograder.sandbox.guest.loading.scripts import file_run

_CELL_MAGIC = re.compile(r"%%(\w+)")
_PYTHON_CELLS = frozenset({"time", "timeit", "capture", "prun", "python", "python3", "px"})
_FOREIGN = frozenset({
    "bash", "cmd", "cython", "file", "html", "HTML", "javascript", "js", "latex", "markdown",
    "perl", "pypy", "python2", "R", "ruby", "script", "sh", "svg", "SVG", "sx", "system",
    "writefile",
})  # fmt: skip
_SCRIPT = re.compile(
    r"""\s*(?:%%(?:writefile|file)\s+(?:-a\s+)?|%run\s+(?:-\w+\s+)*)["']?(?:\./)?(\w+)(?:\.py)?\b"""
)
_TIMED = re.compile(r"(\s*)%time\s+(?=\S)")
_PLOTTING_MAGIC = re.compile(r"\s*%(matplotlib|pylab)\b")
_LINE_MAGIC = re.compile(r"\s*(%%?[A-Za-z]|!\s*\S)|\s*\w+\s*=\s*(%[A-Za-z]\w*|!\s*\w)")
_HELP = re.compile(r"\s*(\?{1,2}\s*[\w.*]+|[\w.*\[\]]+\?{1,2})\s*;?\s*$")
_CONTINUES = re.compile(r"(?:[-+*/%(\[{,=\\&|^<>]|\b(?:and|or|not|in|is))\s*$")
_PYLAB = (
    "import numpy, numpy as np, matplotlib; from matplotlib import pyplot as plt; "
    "from pylab import *"
)


def without_magics(cell: CellLines, notes: Notes) -> list[str]:
    """The cell's lines with every magic replaced by an empty line, `pass` or its Python."""
    lines = list(cell.lines)
    first = next((row for row, line in enumerate(lines) if line.strip()), 0)
    heading = _CELL_MAGIC.match(lines[first].strip())
    if heading:
        rest = with_row(lines, first, "")
        script = script_of(lines[first])
        if script in cell.scripts:
            message = f"{script}.py was read where it is written, as a part of your notebook"
            notes.add("repaired", cell, first + 1, message)
            return _without_lines(rest, cell, notes)
        unknown = heading[1] not in _PYTHON_CELLS
        if heading[1] in _FOREIGN or (unknown and isinstance(parse(rest), Flaw)):
            notes.add("magic", cell, first + 1, "the cell is not Python and was left out")
            return []
        lines = rest
    return _without_lines(lines, cell, notes)


def script_of(line: str) -> str:
    """The script, without `.py`, that a line writes its cell to, or runs; or ""."""
    found = _SCRIPT.match(line)
    return found[1] if found else ""


def _without_lines(lines: list[str], cell: CellLines, notes: Notes) -> list[str]:
    before = ""
    for row, line in enumerate(lines):
        if not _CONTINUES.search(before):
            lines[row] = _without_magic(line, cell, row, notes)
        if not line.lstrip().startswith("#"):
            before = line
    return lines


def _without_magic(line: str, cell: CellLines, row: int, notes: Notes) -> str:
    plotting = _PLOTTING_MAGIC.match(line)
    if plotting:
        notes.plotting(cell, row + 1, plotting[1])
        return _PYLAB if plotting[1] == "pylab" else _nothing_like(line)
    timed = _TIMED.match(line)
    if timed:
        return timed[1] + line[timed.end() :]
    if script_of(line) in cell.scripts:
        return _nothing_like(line)
    if file := file_run(line, cell.beside):
        message = f"{file} was read where it is run, as a part of your notebook"
        notes.add("repaired", cell, row + 1, message)
        return f"{indentation(line)}get_ipython().run_line_magic('run', {file!r})"
    if _LINE_MAGIC.match(line) or _HELP.match(line):
        notes.add("magic", cell, row + 1, "Jupyter's own line was left out")
        return _nothing_like(line)
    return line


def _nothing_like(line: str) -> str:
    margin = indentation(line)
    return f"{margin}pass" if margin else ""


_PLOTTING = "nothing is drawn while grading"
