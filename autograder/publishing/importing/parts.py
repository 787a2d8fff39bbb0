"""The parts of a notebook of another system, before they become an assignment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PartKind(StrEnum):
    """The part that a cell has in an assignment."""

    TEXT = "text"
    CODE = "code"
    ANSWER = "answer"
    TEST = "test"
    QUESTION = "question"  # a text that asks for an answer which a person grades
    MODEL = "model"  # what the instructor would answer


@dataclass(frozen=True)
class Part:
    """One cell, or one test of a file beside the notebook.

    label    where it stands, for a person: "cell 4", "tests/q1.py".
    name     the name that its author gave it, which may be any text.
    points   what it is worth, at least 0.
    hidden   whether students did not see it.
    note     what a person must know of it, or "".
    """

    kind: PartKind
    label: str
    text: str
    name: str = ""
    points: float = 0.0
    hidden: bool = False
    note: str = ""


@dataclass(frozen=True)
class Todo:
    """A place where a person must decide, and what is to be decided."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def points_of(value: object) -> float:
    """Points as a notebook says them, which may be anything; 0 for what is no such number."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e6:
        return float(value)
    return 0.0
