"""A cell of a submission: its text in lines, and how its lines are named and changed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_NOTHING: Mapping[str, bytes] = MappingProxyType({})
SCRIPT = "submission"  # the file name in code objects and frames of a script


class CellLines:
    """One cell's text in lines, as Python counts them.

    scripts   what the submission writes as a file and then runs, by name without `.py`.
    beside    the files that were handed in with it, by name.
    """

    def __init__(
        self,
        label: str,
        source: str,
        scripts: frozenset[str] = frozenset(),
        beside: Mapping[str, bytes] = _NOTHING,
    ) -> None:
        self.label = label
        self.scripts = scripts
        self.beside = beside
        self.filename = label or SCRIPT
        self.lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def where(self, line: int) -> str:
        """The place of a line, counted from 1, in a student's words."""
        return f"{self.label}, line {line}" if self.label else f"line {line}"

    def text(self, line: int) -> str:
        """A line as it stands, with its indentation; nothing if there is no such line."""
        return self.lines[line - 1].rstrip() if 0 < line <= len(self.lines) else ""


def indentation(line: str) -> str:
    """The blanks that a line begins with."""
    return line[: len(line) - len(line.lstrip())]


def with_row(lines: list[str], row: int, line: str) -> list[str]:
    """A copy of `lines` in which the one at index `row` is `line`."""
    return [*lines[:row], line, *lines[row + 1 :]]
