"""Read the instructor's source as cells: all of it, or what students get."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import CourseError
from autograder.notebooks.regions import INSTRUCTOR, without_solutions

_MARKER = re.compile(r"^# %%", re.MULTILINE)


@dataclass(frozen=True)
class SourceCell:
    """A cell of the source; `id` comes from what it holds, and so stays when others move."""

    id: str
    markdown: bool
    text: str


def student_cells(reference: Path) -> list[SourceCell]:
    """The cells that students get: solutions taken out, instructor's cells left out.

    What stands before the first cell marker (a docstring) is the instructor's own and is
    left out too. Raises CourseError when the source cannot be taken apart without doubt.
    """
    import jupytext

    text = _without_preamble(without_solutions(_read(reference), str(reference)), reference)
    cells: list[SourceCell] = []
    taken: dict[str, int] = {}
    for cell in jupytext.reads(text, fmt="py:percent").cells:
        if INSTRUCTOR in _tags(cell.metadata, cell.source, reference):
            continue
        markdown = cell.cell_type != "code"
        name = _heading(cell.source) if markdown else _subject(cell.source, reference)
        taken[name] = taken.get(name, 0) + 1
        unique = name if taken[name] == 1 else f"{name}-{taken[name]}"
        cells.append(SourceCell(unique, markdown, cell.source))
    return cells


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


def _tags(metadata: dict[str, object], source: str, reference: Path) -> list[str]:
    tags = metadata.get("tags", [])
    known = isinstance(tags, list) and set(tags) <= {INSTRUCTOR}
    # jupytext notes blank lines as metadata of its own.
    if not known or set(metadata) - {"tags", "lines_to_next_cell"}:
        # A misspelt tag would hand an instructor's cell to every student.
        first = source.partition("\n")[0]
        raise CourseError(
            f"{reference}: the cell that begins with {first!r} has the metadata "
            f"{dict(metadata)!r}, which means nothing here.",
            hint=f'The only metadata is # %% tags=["{INSTRUCTOR}"].',
            slug="source",
        )
    return list(tags) if isinstance(tags, list) else []


def _heading(markdown: str) -> str:
    line = next((line for line in markdown.splitlines() if line.startswith("#")), "")
    return _identifier(line) or "text"


def _subject(code: str, reference: Path) -> str:
    """What a cell of code is about: what it defines, or else what it does first."""
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
