"""A source notebook of nbgrader, as parts. Its metadata may say anything."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.publishing.importing.code import clean
from autograder.publishing.importing.parts import Part, PartKind, points_of
from autograder.submissions.notebook import parsed, raw_cells

_HIDDEN = re.compile(r"^[ \t]*###\s*(BEGIN|END) HIDDEN TESTS.*$", re.MULTILINE)
_UNANSWERED = ("YOUR ANSWER HERE", "Your answer here")

Cell = Mapping[str, Any]


def cells_of(text: str, name: str) -> list[tuple[str, Cell]]:
    """The cells of a notebook, each with where it stands. IntakeError for what is none."""
    notebook = parsed(text, name)
    found = raw_cells(notebook if isinstance(notebook, dict) else {}, name)
    return [(f"cell {n}", one) for n, one in enumerate(found, 1) if isinstance(one, dict)]


def source(cell: Cell) -> str:
    """A cell's text, clean."""
    text = cell.get("source", cell.get("input", ""))  # "input" in format 3
    if isinstance(text, list):
        text = "".join(part for part in text if isinstance(part, str))
    return clean(text) if isinstance(text, str) else ""


def parts_of(path: Path, text: str) -> Iterator[Part]:
    """The parts of an nbgrader notebook, in its order."""
    for label, cell in cells_of(text, path.name):
        yield from _parts(label, cell, source(cell))


def _parts(label: str, cell: Cell, text: str) -> Iterator[Part]:
    metadata = cell.get("metadata")
    said = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    said = said if isinstance(said, dict) else {}
    graded, answer = said.get("grade") is True, said.get("solution") is True
    name, points = str(said.get("grade_id") or ""), points_of(said.get("points"))
    if cell.get("cell_type") != "code":
        if said.get("task") is True:
            yield Part(PartKind.QUESTION, label, text, name, points)
        elif graded and answer:
            yield Part(PartKind.QUESTION, label, "", name, points)
            if not any(word in text for word in _UNANSWERED):
                yield Part(PartKind.MODEL, label, text)
        elif cell.get("cell_type") in ("markdown", "heading") and text.strip():
            yield Part(PartKind.TEXT, label, text)
    elif answer:
        yield Part(PartKind.ANSWER, label, text, name)
        if graded:
            note = "a person grades this code; write a check for it, or leave the question"
            yield Part(PartKind.QUESTION, label, "", name, points, note=note)
    elif graded:
        hidden = _HIDDEN.search(text) is not None
        text = _HIDDEN.sub("", text)
        yield Part(PartKind.TEST, label, text, name, points, hidden)
    elif text.strip():
        yield Part(PartKind.CODE, label, text)
