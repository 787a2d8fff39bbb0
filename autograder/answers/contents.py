"""What the objects in an answer are made of, where that can be told: then it can be compared.

The reference's objects may be in this process. A submission's are in its guest, and are asked
there.
"""

from __future__ import annotations

import dataclasses
import enum
from typing import Any

from autograder.answers.tape import Taped
from autograder.answers.watched import Watched
from autograder.authoring import library
from autograder.errors import MissingAttribute, StudentRaised
from autograder.judging.records import Member, Record
from autograder.solution.remote import Remote

MOST = 1_000  # objects of one answer
MOST_DEEP = 16
_OURS = f"{__name__.partition('.')[0]}."


def as_data(value: Any) -> Any:
    """An answer, with dataclasses and members of enumerations as data in place of objects."""
    return _Reader().read(value, 0)


class _Reader:
    """Reads one answer, and stops to look at objects where there are too many."""

    def __init__(self) -> None:
        self._left = MOST

    def read(self, value: Any, depth: int) -> Any:
        if depth > MOST_DEEP:
            return value
        if type(value) is tuple or type(value) is list:
            return type(value)(self.read(item, depth + 1) for item in value)
        if type(value) is dict:
            return {key: self.read(item, depth + 1) for key, item in value.items()}
        while isinstance(value, (Watched, Taped)):
            value = value.__dict__["_target"]
        if isinstance(value, Remote):
            return self._there(value, depth)
        if isinstance(value, enum.Enum) and not isinstance(value, int | str):
            return Member(type(value).__name__, value.name)
        if not dataclasses.is_dataclass(value) or isinstance(value, type):
            return value
        if type(value).__module__.startswith(_OURS):
            return value
        return self._record(type(value).__name__, value, dataclasses.fields(value), depth)

    def _there(self, value: Remote, depth: int) -> Any:
        """An object of a submission."""
        if not self._left:
            return value
        self._left -= 1
        with value.__aside__():
            try:
                if library(value, "builtins").isinstance(value, library(value, "enum").Enum):
                    return Member(value.__type_name__, value.name)
                if not library(value, "dataclasses").is_dataclass(value):
                    return value
                found = library(value, "dataclasses").fields(value)
                return self._record(value.__type_name__, value, found, depth)
            except (StudentRaised, MissingAttribute):
                return value

    def _record(self, name: str, value: Any, fields: Any, depth: int) -> Record:
        names = [str(each.name) for each in fields]
        return Record(
            name, {each: self.read(getattr(value, each), depth + 1) for each in names}
        )
