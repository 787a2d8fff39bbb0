"""The fields of the objects in an answer, so that they can be compared; other objects as words.

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
from autograder.judging.outcome import Foreign
from autograder.judging.records import Member, Record
from autograder.sandbox.wire import plain
from autograder.solution.remote import Remote, attribute

MOST = 1_000  # objects of one answer
MOST_DEEP = 16
_OURS = f"{__name__.partition('.')[0]}."


def as_data(value: Any) -> Any:
    """An answer, with dataclasses and members of enumerations as data in place of objects."""
    return _Reader().read(value, 0)


def at_rest(answer: Any) -> Any:
    """An answer in which nothing of a guest's is asked any more: objects are words in it.

    What is compared later must not run a student's code, as NumPy would by `len` or `float`.
    """
    if isinstance(answer, Remote):
        return Foreign(answer.__description__)
    if type(answer) is tuple or type(answer) is list:
        return type(answer)(map(at_rest, answer))
    if type(answer) is dict:
        return {key: at_rest(item) for key, item in answer.items()}
    if isinstance(answer, Record):
        return Record(answer.name, at_rest(dict(answer.fields)))
    return plain.mapped(at_rest, answer)


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
        names = [each.name for each in dataclasses.fields(value)]
        return Record(
            type(value).__name__,
            {name: self.read(getattr(value, name), depth + 1) for name in names},
        )

    def _there(self, value: Remote, depth: int) -> Any:
        """An object of a submission."""
        if not self._left:
            return value
        self._left -= 1
        with value.__aside__():
            try:
                if library(value, "builtins").isinstance(value, library(value, "enum").Enum):
                    member = attribute(value, "name")
                    return Member(value.__type_name__, member) if _is_name(member) else value
                if not library(value, "dataclasses").is_dataclass(value):
                    return value
                found = library(value, "dataclasses").fields(value)
                if not isinstance(found, tuple):
                    return value
                names = [attribute(each, "name") for each in found if isinstance(each, Remote)]
                if not all(map(_is_name, names)):
                    return value
                return Record(
                    value.__type_name__,
                    {name: self.read(attribute(value, name), depth + 1) for name in names},
                )
            except (StudentRaised, MissingAttribute):
                return value


def _is_name(value: Any) -> bool:
    """True if it is a name as Python's own code has them; a submission may say anything."""
    return isinstance(value, str) and value.isidentifier() and len(value) <= 80
