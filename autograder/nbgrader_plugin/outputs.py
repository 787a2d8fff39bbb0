"""A notebook's outputs before it becomes a page: nothing in them runs.

Outputs keep what is plain: text, pictures, HTML that is cleaned. Of metadata there stays what
the pages of nbgrader ask for.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from autograder.nbgrader_plugin.clean import cleaned, without_commands
from autograder.submissions.notebook import UNWRITABLE

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*+")
_SHOWN_PICTURES = ("image/png", "image/jpeg")  # by nbconvert; of others it shows the text
# A drawing in SVG is shown as a picture, in which nothing runs; Markdown is cleaned later.
_AS_THEY_ARE = ("text/plain", "image/svg+xml", "text/markdown")
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")

Cell = dict[str, Any]


def tidy(notebook: dict[str, Any]) -> dict[str, Any]:
    """The same notebook, changed in place, with nothing in it that a page would run."""
    metadata = _mapping(notebook.get("metadata"))
    language = _mapping(metadata.get("language_info"))
    named = {
        name: language[name]
        for name in ("name", "pygments_lexer")
        if isinstance(language.get(name), str)
    }
    notebook["metadata"] = {"language_info": named} if named else {}
    for number, cell in enumerate(notebook["cells"]):
        if "id" in cell and not _ID.fullmatch(str(cell["id"])):
            cell["id"] = f"cell-{number}"
        _tidy_cell(cell)
    return notebook


def pictures(attached: object) -> dict[str, dict[str, str]]:
    """The pictures among what is attached to a cell, by the names they are called by."""
    found = {
        name: {kind: data for kind, data in each.items() if _is_picture(kind, data)}
        for name, each in _mapping(attached).items()
        if isinstance(name, str) and isinstance(each, Mapping)
    }
    return {name.translate(UNWRITABLE): each for name, each in found.items() if each}


def _tidy_cell(cell: Cell) -> None:
    metadata = _mapping(cell.get("metadata"))
    settings = dict(_mapping(metadata.get("nbgrader")))
    if isinstance(settings.get("grade_id"), str):
        settings["grade_id"] = html.escape(settings["grade_id"])
    cell["metadata"] = {"nbgrader": settings} if settings else {}
    if "attachments" in cell:
        cell["attachments"] = pictures(cell["attachments"])
    if cell.get("cell_type") == "code":
        cell["outputs"] = [
            tidied for output in cell.get("outputs", ()) if (tidied := _tidy_output(output))
        ]


def _tidy_output(output: Mapping[str, Any]) -> Cell | None:
    match output.get("output_type"):
        case "stream":
            name = "stderr" if output.get("name") == "stderr" else "stdout"
            return {"output_type": "stream", "name": name, "text": _text(output.get("text"))}
        case "error":
            lines = output.get("traceback")
            told = [_text(line) for line in lines] if isinstance(lines, list) else []
            names = {name: _text(output.get(name)) for name in ("ename", "evalue")}
            return {"output_type": "error", "traceback": told, **names}
        case "display_data" | "execute_result" as kind:
            shown: Cell = {"output_type": kind, "data": _tidy_data(output.get("data"))}
            shown["metadata"] = _tidy_sizes(output.get("metadata"))
            if kind == "execute_result":
                shown["execution_count"] = None
            return shown
    return None


def _tidy_data(data: object) -> dict[str, str]:
    """One form of what is shown, or two: as it is, and as text."""
    there = {kind: _text(each) for kind, each in _mapping(data).items() if each is not None}
    kept: dict[str, str] = {}
    for kind, text in there.items():
        if kind in _AS_THEY_ARE or (kind in _SHOWN_PICTURES and _is_picture(kind, text)):
            kept[kind] = text
    if "text/html" in there:
        kept["text/html"] = cleaned(there["text/html"])
    if "text/latex" in there:
        kept["text/latex"] = without_commands(there["text/latex"])
    gone = sorted(html.escape(kind) for kind in there.keys() - kept.keys())
    if gone and not kept.keys() - {"text/plain"}:
        note = f"[Removed here: {', '.join(gone)}]"
        kept["text/plain"] = f"{kept['text/plain']}\n{note}" if "text/plain" in kept else note
    return kept


def _tidy_sizes(metadata: object) -> dict[str, dict[str, int]]:
    """The widths and heights of pictures: nbconvert writes them as they are."""
    return {
        kind: {
            name: size
            for name, size in _mapping(each).items()
            if name in ("width", "height") and type(size) is int and 0 < size <= 4000
        }
        for kind, each in _mapping(metadata).items()
        if kind in _SHOWN_PICTURES
    }


def _is_picture(kind: object, data: object) -> bool:
    # A drawing in SVG can hold a program.
    return kind in PICTURES and isinstance(data, str) and _BASE64.fullmatch(data) is not None


def _text(data: object) -> str:
    if isinstance(data, list):
        data = "".join(part for part in data if isinstance(part, str))
    return data if isinstance(data, str) else ""


def _mapping(data: object) -> Mapping[str, Any]:
    return data if isinstance(data, Mapping) else {}
