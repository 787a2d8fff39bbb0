"""Cells in nbgrader's terms, read so that no notebook can bring the reader down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.publishing.graded import CHECK_PREFIX
from autograder.submissions.notebook import UNWRITABLE

Cell = dict[str, Any]


def source(cell: Mapping[str, Any]) -> str:
    """A cell's text, which any encoder takes."""
    text = cell.get("source", cell.get("input", ""))  # "input" in format 3
    if isinstance(text, list):
        text = "".join(part for part in text if isinstance(part, str))
    return text.translate(UNWRITABLE) if isinstance(text, str) else ""


def settings(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """nbgrader's metadata of a cell; empty where there is none."""
    metadata = cell.get("metadata")
    found = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else {}


def grade_id(cell: Mapping[str, Any]) -> str:
    """nbgrader's id of a cell, or ""."""
    found = settings(cell).get("grade_id")
    return found if isinstance(found, str) else ""


def is_answer(cell: Mapping[str, Any]) -> bool:
    """True if a student is to write in it."""
    return settings(cell).get("solution") is True


def is_question(cell: Mapping[str, Any]) -> bool:
    """True if it is an answer that a person grades."""
    return is_answer(cell) and settings(cell).get("grade") is True


def is_test(cell: Mapping[str, Any]) -> bool:
    """True if it is graded and not the student's to write."""
    return settings(cell).get("grade") is True and not is_answer(cell)


def is_locked(cell: Mapping[str, Any]) -> bool:
    """True if a student is not to change it."""
    return is_test(cell) or (settings(cell).get("locked") is True and not is_answer(cell))


def check_of(cell: Mapping[str, Any]) -> str:
    """The id of the check in a test cell, or ""."""
    name = grade_id(cell)
    return name.removeprefix(CHECK_PREFIX) if name.startswith(CHECK_PREFIX) else ""


def points(cell: Mapping[str, Any]) -> float:
    """The points of a graded cell."""
    found = settings(cell).get("points", 0)
    return float(found) if isinstance(found, int | float) else 0.0
