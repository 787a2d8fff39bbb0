"""The parts of the objects in an answer, so that they can be compared; other objects as words.

The reference's objects may be in this process. A submission's are in its guest, and are taken
apart there, by the same code.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.answers.tape import Taped
from autograder.answers.watched import Watched
from autograder.authoring import Seen
from autograder.errors import StudentRaised
from autograder.judging.outcome import Foreign
from autograder.judging.records import Member, Record
from autograder.judging.tables import TABLES
from autograder.sandbox.text import clean
from autograder.sandbox.wire import named, plain
from autograder.sandbox.wire.apart import apart
from autograder.solution.remote import Remote, taken_apart

MOST = 1_000  # objects of one answer
MOST_DEEP = 16
_OURS = f"{__name__.partition('.')[0]}."
_WHOLE = frozenset([np.ndarray, float, int, str, bool, type(None)])  # nearly all there is


def as_data(value: Any) -> Any:
    """An answer with data in place of each object that can be taken apart."""
    return _Reader().read(value, 0)


def at_rest(answer: Any) -> Any:
    """An answer in which nothing of a guest's is asked any more: objects are words in it.

    What is compared later must not run a student's code, as NumPy would by `len` or `float`.
    """
    if type(answer) in _WHOLE:
        return answer
    if isinstance(answer, Remote):
        return Foreign(answer.__description__)
    if isinstance(answer, tuple | list):
        return named.rebuilt(answer, _kind(answer)(map(at_rest, answer)))
    if isinstance(answer, dict):
        return named.rebuilt(answer, {key: at_rest(item) for key, item in answer.items()})
    if isinstance(answer, Record):
        return type(answer)(answer.name, at_rest(dict(answer.fields)))
    if isinstance(answer, Seen):
        return answer.mapped(at_rest)
    return plain.mapped(at_rest, answer)


class _Reader:
    """Reads one answer, and stops to look at objects where there are too many."""

    def __init__(self) -> None:
        self._left = MOST

    def read(self, value: Any, depth: int) -> Any:
        if type(value) in _WHOLE or depth > MOST_DEEP:
            return value
        if isinstance(value, tuple | list):
            items = _kind(value)(self.read(item, depth + 1) for item in value)
            return named.rebuilt(value, items)
        if isinstance(value, dict):
            read = {key: self.read(item, depth + 1) for key, item in value.items()}
            return named.rebuilt(value, read)
        while isinstance(value, (Watched, Taped)):
            value = value.__dict__["_target"]
        if isinstance(value, Remote):
            return self._there(value, depth)
        if isinstance(value, Seen):
            return value.mapped(lambda each: self.read(each, depth + 1))
        if isinstance(value, int | str | float) or type(value).__module__.startswith(_OURS):
            return value
        return self._made(value, apart(value), depth)

    def _there(self, value: Remote, depth: int) -> Any:
        """An object of a submission."""
        if not self._left:
            return value
        self._left -= 1
        with value.__aside__():
            try:
                return self._made(value, taken_apart(value), depth)
            except StudentRaised:
                return value

    def _made(self, value: Any, parts: Any, depth: int) -> Any:
        """The record or table of an object's parts; the object where they make none.

        A submission may say anything, so each part is looked at before it is used.
        """
        match parts:
            case [str(kind), str(name), dict(found)]:
                made = self._of(kind, clean(name, 80), found, depth)
                return value if made is None else made
        return value

    def _of(self, kind: str, name: str, found: dict[Any, Any], depth: int) -> Any:
        match kind, found:
            case "tensor", {"values": np.ndarray() as values}:
                return values
            case "member", {"member": member} if _is_name(member):
                return Member(name, member)
            case "record", {"fields": dict(fields)} if all(map(_is_name, fields)):
                return Record(name, self.read(fields, depth))
            case "items", {"items": items, "of": list(fields)} if isinstance(
                items, tuple | list | dict
            ) and named.is_label(name, True, fields):
                label = named.Label(name, True, tuple(fields))
                return self.read(named.labelled(named.bare(items), label), depth)
        made = TABLES.get(kind)
        return None if made is None else made(name, found)


def _kind(value: tuple[Any, ...] | list[Any]) -> type[tuple[Any, ...]] | type[list[Any]]:
    return tuple if isinstance(value, tuple) else list


def _is_name(value: Any) -> bool:
    """True if it is a name as Python's own code has them."""
    return isinstance(value, str) and value.isidentifier() and len(value) <= 80
