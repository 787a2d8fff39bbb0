"""The lines of a submission that define a name, to be shown beside its verdict.

They are found by how lines begin. Nothing is parsed: a file may be anybody's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from autograder.model import Cell

MOST = 200  # lines


class Excerpt(msgspec.Struct, frozen=True):
    """Lines of a file, or of a notebook's cell (`label`), and the number of the first one."""

    label: str
    first: int
    lines: tuple[str, ...]


def excerpt(cells: Sequence[Cell], name: str) -> Excerpt | None:
    """The last definition of `name`, or of the class in "Class.method"; None without one."""
    called = re.escape(name.partition(".")[0])
    begins = re.compile(rf"([ \t]*)(?:(?:async[ \t]+)?(?:def|class)[ \t]+)?{called}\b(.*)")
    for cell in reversed(cells):
        lines = cell.source.split("\n")
        for place in reversed(range(len(lines))):
            match = begins.match(lines[place])
            if match is not None and _defines(lines[place], match[2]):
                return _from(cell, lines, place, len(match[1]))
    return None


def _defines(line: str, rest: str) -> bool:
    if line.lstrip().startswith(("def ", "def\t", "class ", "class\t", "async ")):
        return True
    return rest.lstrip().startswith("=") and not rest.lstrip().startswith("==")


def _from(cell: Cell, lines: Sequence[str], place: int, indent: int) -> Excerpt:
    end = place + 1
    while end < len(lines) and _belongs(lines[end], indent):
        end += 1
    while end > place + 1 and lines[end - 1].strip()[:1] in ("", "#"):
        end -= 1
    while place > 0 and lines[place - 1][indent:].startswith("@"):
        place -= 1
    return Excerpt(cell.label, place + 1, tuple(lines[place : min(end, place + MOST)]))


def _belongs(line: str, indent: int) -> bool:
    """True if a line goes on with what began: deeper, empty, a remark, a closing bracket."""
    bare = line.lstrip()
    return len(line) - len(bare) > indent or bare[:1] in ("", "#", ")", "]", "}")
