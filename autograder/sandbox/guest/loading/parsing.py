"""Text to statements: either all of a text parses, or it has a flaw.

`Definition`, `Import` and `Placed` name what the modules around this one ask of statements.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.sandbox.guest.loading.cells import CellLines

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Import = ast.Import | ast.ImportFrom
Placed = tuple[CellLines, ast.stmt]
Readings = Iterator[tuple[str, list[str]]]  # what was done about a flaw, and the lines then


_DEFINITION = re.compile(r"\s?(?:@|(?:def|class|import|from|async)\b)")


@dataclass(frozen=True)
class Flaw:
    """The reason why a text does not parse; `line` counts from 1 and is 0 when nobody knows."""

    line: int
    column: int
    message: str

    @property
    def unclosed(self) -> bool:
        """True if a string or a bracket lacks its end."""
        return "never closed" in self.message or "unterminated" in self.message

    def words(self) -> str:
        """The message, and the column if it is known."""
        return f"{self.message} (column {self.column})" if self.column else self.message


def parse(lines: list[str], first: int = 0) -> list[ast.stmt] | Flaw:
    """The statements of `lines`, numbered as if `first` lines stood before them."""
    text = "\n" * first + "\n".join(lines) + "\n"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text).body
    except SyntaxError as error:
        line = min(error.lineno or 0, first + len(lines))
        return Flaw(line if line > first else 0, error.offset or 0, error.msg)
    except (RecursionError, MemoryError):
        return Flaw(0, 0, "nested too deeply to be read")
    except ValueError as error:
        return Flaw(0, 0, f"cannot be read as text ({error})")


def begins_definition(line: str) -> bool:
    """True if `line` begins a definition or an import at the top level, or nearly there."""
    return _DEFINITION.match(line) is not None
