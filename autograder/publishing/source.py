"""Read the instructor's source as cells: all of it, or what students get."""

from __future__ import annotations

import ast
import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import CourseError
from autograder.publishing.regions import INSTRUCTOR, without_solutions

_MARKER = re.compile(r"^# %%", re.MULTILINE)


@dataclass(frozen=True)
class SourceCell:
    """A cell of the source; `id` comes from what it holds, and so stays when others move.

    points       what a question is worth that a person grades, else 0.
    instructor   whether no student gets it.
    """

    id: str
    markdown: bool
    text: str
    points: float = 0.0
    instructor: bool = False


def has_cells(text: str) -> bool:
    """True if a source is one to build from: it has a cell marker."""
    return _MARKER.search(text) is not None


def student_cells(reference: Path) -> list[SourceCell]:
    """The cells that students get: solutions taken out, instructor's cells left out.

    What stands before the first cell marker (a docstring) is the instructor's own and is
    left out too. Raises CourseError when the source cannot be taken apart without doubt.
    """
    text = without_solutions(_read(reference), str(reference))
    return [cell for cell in _cells(text, reference) if not cell.instructor]


def instructor_cells(reference: Path) -> list[SourceCell]:
    """All cells, with their solutions; ids and errors as for `student_cells`."""
    text = _read(reference)
    without_solutions(text, str(reference))  # refuses what could leak later on
    return list(_cells(text, reference))


def _jupytext() -> Any:
    """Jupytext, imported without the grammar of international addresses.

    nbformat brings jsonschema along, which reads that grammar for a format that no notebook
    has: it takes longer than all the rest of `grade build`.
    """
    modules: dict[str, Any] = sys.modules
    grammar = "rfc3987_syntax"
    put_off = grammar not in modules
    if put_off:
        modules[grammar] = None  # whoever imports it hears that it is not installed
    try:
        return importlib.import_module("jupytext")
    finally:
        if put_off:
            del modules[grammar]


def _cells(text: str, reference: Path) -> Iterator[SourceCell]:
    jupytext = _jupytext()
    taken: dict[str, int] = {}
    # A comment such as "# copy the array" stays one; by default it is taken for a command.
    plain = {"extension": ".py", "format_name": "percent", "comment_magics": False}
    for cell in jupytext.reads(_without_preamble(text, reference), fmt=plain).cells:
        markdown = cell.cell_type != "code"
        instructor, points = _metadata(cell.metadata, markdown, cell.source, reference)
        name = _heading(cell.source) if markdown else _subject(cell.source, reference)
        if instructor:  # so that the others' ids do not depend on it
            name = f"instructor-{name}"
        taken[name] = taken.get(name, 0) + 1
        unique = name if taken[name] == 1 else f"{name}-{taken[name]}"
        yield SourceCell(unique, markdown, cell.source, points, instructor)


def _read(reference: Path) -> str:
    try:
        return reference.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(
            f"{reference} cannot be read: {error}.",
            hint="A stub and a notebook are built from the reference's solution.py.",
            slug="source",
        ) from None


def _without_preamble(text: str, reference: Path) -> str:
    marker = _MARKER.search(text)
    if marker is None:
        raise CourseError(
            f"{reference} has no cells.",
            hint="Begin each cell with a line '# %%' or '# %% [markdown]'.",
            slug="source",
        )
    for statement in ast.parse(text[: marker.start()]).body:
        if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            raise CourseError(
                f"{reference}, line {statement.lineno}: code before the first cell would not "
                "reach students.",
                hint="Move it into a cell; only a docstring may stand there.",
                slug="source",
            )
    return text[marker.start() :]


def _metadata(
    metadata: dict[str, object], markdown: bool, source: str, reference: Path
) -> tuple[bool, float]:
    """True for an instructor's cell, and the points of the question that it asks."""
    tags, points = metadata.get("tags", []), metadata.get("points", 0)
    known = isinstance(tags, list) and set(tags) <= {INSTRUCTOR}
    number = -1.0
    if isinstance(points, int | float) and not isinstance(points, bool):
        number = float(points)
    asks = "points" not in metadata or (markdown and not tags and number > 0)
    # jupytext notes blank lines as metadata of its own.
    if not known or not asks or set(metadata) - {"tags", "points", "lines_to_next_cell"}:
        # A misspelt tag would hand an instructor's cell to every student.
        first = source.partition("\n")[0]
        raise CourseError(
            f"{reference}: the cell that begins with {first!r} has the metadata "
            f"{dict(metadata)!r}, which means nothing here.",
            hint=f'The only metadata is # %% tags=["{INSTRUCTOR}"], and '
            "# %% [markdown] points=10 for a question that a person grades.",
            slug="source",
        )
    return bool(tags), number


def _heading(markdown: str) -> str:
    line = next((line for line in markdown.splitlines() if line.startswith("#")), "")
    return _identifier(line) or "text"


def _subject(code: str, reference: Path) -> str:
    """The subject of a cell of code: the name that it defines, or else its first step."""
    try:
        body = ast.parse(code).body
    except SyntaxError as error:
        first = code.partition("\n")[0]
        raise CourseError(
            f"{reference}: the cell that begins with {first!r} is not Python on its own: "
            f"{error.msg}.",
            hint="Let every cell hold whole statements; mark a cell of text '# %% [markdown]'.",
            slug="source",
        ) from None
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            return _identifier(node.name)
    if body and isinstance(body[0], ast.Import | ast.ImportFrom):
        return "imports"
    for node in body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            return _identifier(node.targets[0].id)
    return "code"


def _identifier(text: str) -> str:
    """`text` as a cell's id: letters, digits, - and _, at most 56 characters."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", text).strip("-")[:56]
