"""The code of a notebook, from its JSON alone."""

from __future__ import annotations

import json
import re
from typing import Any

from autograder.errors import IntakeError
from autograder.model import Cell
from autograder.submissions.code_in_text import holds_an_answer, written

MAX_CELLS = 2000  # of code
MAX_TEXTS = 8000  # of text
MAX_OBJECTS = 200_000  # of JSON, each of which takes memory
MAX_DEPTH = 64
# JSON can write half of a surrogate pair, which no encoder takes afterwards, and a NUL.
UNWRITABLE = dict.fromkeys((0, *range(0xD800, 0xE000)), "\N{REPLACEMENT CHARACTER}")


def cells_of(text: str, name: str, notes: list[str]) -> tuple[Cell, ...]:
    """The code of the notebook `text`, a cell for each of its own, in order.

    Cells of code are labelled "cell 1", "cell 2", …, those of text "text cell 1", …; of the
    latter only those are there that hold an answer. The cells, their types and their texts
    decide, and no metadata: so every way in reads the same code.

    Formats 3 (worksheets) and 4 are read; a cell's source is a string or a list of
    strings. What deserves to be said to the student is appended to `notes`.
    `IntakeError` when the text is not JSON or not a notebook.
    """
    notebook = parsed(text, name)
    if not isinstance(notebook, dict):
        raise _not_a_notebook(name)
    _note_the_kernel(notebook, notes)
    counts = {"cell": 0, "text cell": 0}
    cells: list[Cell] = []
    texts: set[str] = set()
    for raw in raw_cells(notebook, name):
        if isinstance(raw, dict):
            kind = "cell" if raw.get("cell_type") == "code" else "text cell"
            counts[kind] += 1
            label = f"{kind} {counts[kind]}"
            cells.append(Cell(without_checks(_source(raw, name, label)), label))
            if kind == "text cell":
                texts.add(label)
    for kind, most in (("code", MAX_CELLS), ("text", MAX_TEXTS)):
        number = counts["cell" if kind == "code" else "text cell"]
        if number > most:
            raise IntakeError(f"{name} has {number} {kind} cells; {most} is the most.")
    elsewhere = {n for cell in cells if cell.label not in texts for n in written(cell.source)}
    texts = {
        cell.label
        for cell in cells
        if cell.label in texts and not holds_an_answer(cell.source, elsewhere)
    }
    chosen = tuple(cell for cell in cells if cell.label not in texts)
    notes += [
        f"There is code in {cell.label}, which is no code cell; it was read all the same. "
        "Change its type to Code."
        for cell in chosen
        if cell.label.startswith("text")
    ]
    if not any(cell.source.strip() for cell in chosen):
        notes.append(
            f"{name} has no code in it. Save the notebook in Jupyter, and check that your "
            "cells are code cells."
        )
    return chosen


def without_checks(source: str) -> str:
    """A cell's source with the lines that call the autograder blank: it judges, they don't."""
    return _CHECKS.sub("", source)


def parsed(text: str, name: str) -> Any:
    """The value of a JSON text; IntakeError where it is not whole, or nested too deeply."""
    too_deep = IntakeError(
        f"{name} is nested too deeply to be a notebook.",
        hint="Download it again from Jupyter with File, Save and Export As, Notebook.",
    )
    if _depth(text) > MAX_DEPTH:
        raise too_deep
    if text.count("{") + text.count("[") > MAX_OBJECTS:
        raise IntakeError(
            f"{name} has more than {MAX_OBJECTS:,} brackets in it.",
            hint="Hand in the code alone, and leave data in files of their own.",
        )
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        looks_like_python = not text.lstrip().startswith(("{", "["))
        raise IntakeError(
            f"{name} is not a whole notebook: its JSON breaks in line {error.lineno}, "
            f"column {error.colno} ({error.msg}).",
            hint=(
                "It looks like a script; rename it to end in .py."
                if looks_like_python
                else "Open it in Jupyter and save it again, or hand in an earlier copy."
            ),
        ) from None
    except ValueError:  # an integer of thousands of digits
        raise IntakeError(
            f"{name} holds a number that is too long.",
            hint="Clear all outputs in Jupyter, save, and try again.",
        ) from None
    except RecursionError:
        raise too_deep from None


def _depth(text: str) -> int:
    """The depth of brackets, outside of strings; the parser itself is recursive."""
    depth = deepest = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


_CHECKS = re.compile(
    r"""^(?:from autograder\.notebook import .*|check\((["'])[\w.-]*\1\)[ ;]*)$""", re.MULTILINE
)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


def raw_cells(notebook: dict[str, Any], name: str) -> list[Any]:
    """The cells of format 3 or 4, as they are; IntakeError where there is no list of them."""
    cells = notebook.get("cells")
    if isinstance(cells, list):
        return cells
    worksheets = notebook.get("worksheets")
    if not isinstance(worksheets, list):
        raise _not_a_notebook(name)
    found: list[Any] = []
    for sheet in worksheets:
        if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list):
            found.extend(sheet["cells"])
    return found


def _source(raw: dict[str, Any], name: str, label: str) -> str:
    """A cell's text; what is no text matters in a cell of code only."""
    source = raw.get("source", raw.get("input", ""))  # "input" in format 3
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        if label.startswith("text"):
            return ""
        raise IntakeError(
            f"The source of {label} in {name} is not text.",
            hint="Open the notebook in Jupyter and save it again.",
        )
    return source.translate(UNWRITABLE)


def _note_the_kernel(notebook: dict[str, Any], notes: list[str]) -> None:
    metadata = notebook.get("metadata")
    if not isinstance(metadata, dict):
        return
    kernel = metadata.get("kernelspec")
    information = metadata.get("language_info")
    language = (kernel.get("language") if isinstance(kernel, dict) else None) or (
        information.get("name") if isinstance(information, dict) else None
    )
    if isinstance(language, str) and "python" not in language.lower():
        notes.append(
            f"The notebook says that its language is {language[:40]!r}; it was read as Python."
        )


def _not_a_notebook(name: str) -> IntakeError:
    return IntakeError(
        f"{name} is JSON, but not a notebook: it has no list of cells.",
        hint="Download it from Jupyter with File, Save and Export As, Notebook.",
    )
