"""What the law promises, as figures: what was measured, the bar, and whether it holds."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
NOT_LAWS = {"__main__", "figures"}


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    what       what is measured, in a few words.
    measured   what came out, with its counts.
    bar        what must come out.
    """

    what: str
    measured: str
    bar: str
    holds: bool


def names() -> list[str]:
    """The laws: each module of this folder that has `figures(full)`."""
    found = {path.stem for path in FOLDER.glob("*.py")} - NOT_LAWS
    return sorted(name for name in found if not name.startswith("test_"))


def measured(name: str, *, full: bool) -> Iterator[Figure]:
    """Measure one law: all of it, or the short form that `make test` runs."""
    yield from importlib.import_module(f"tests.law.{name}").figures(full)
