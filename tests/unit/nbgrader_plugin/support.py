"""Small notebooks in nbgrader's terms."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from autograder.model import Report, Status, Tier, Verdict


def cell(text: str, grade_id: str = "", kind: str = "code", **settings: Any) -> dict[str, Any]:
    """A cell, with nbgrader's metadata when it has an id."""
    whole = {"grade": False, "solution": False, "locked": False, "task": False}
    ours = {"nbgrader": whole | settings | {"grade_id": grade_id}} if grade_id else {}
    own = grade_id or f"id{crc32(text.encode())}"
    return {"cell_type": kind, "id": own, "metadata": ours, "source": text}


def notebook(*cells: dict[str, Any]) -> dict[str, Any]:
    """A notebook of these cells."""
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


STUB = "def f():\n    raise NotImplementedError()"


def release() -> dict[str, Any]:
    """Imports, one answer with its check of 4 points, a question of 3, and a cell to try."""
    return notebook(
        cell("import numpy as np", "imports", locked=True),
        cell(STUB, "f", solution=True),
        cell('check("f")', "check-f", grade=True, locked=True, points=4.0),
        cell("YOUR ANSWER HERE", "why", "markdown", grade=True, solution=True, points=3.0),
        cell("print(f())"),
    )


def report(**changes: Any) -> Report:
    """One verdict on `f`, which is worth 4 points."""
    whole: dict[str, Any] = {
        "id": "f",
        "of": "f",
        "title": "F",
        "status": Status.PARTIAL,
        "points": 1.0,
        "possible": 4.0,
        "message": "It is partly right.",
    }
    return Report(
        assignment="small",
        points=0.0,
        possible=4.0,
        seed=1,
        tier=Tier.A,
        versions={},
        notes=(),
        checks=(Verdict(**(whole | changes)),),
    )
