"""What a probe asks of `given`, taped while it runs, and played again.

A probe prepares its inputs with the reference's functions. Where there is no reference, the
tape of the reference's own run answers in its place.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.errors import CourseError
from autograder.judging.closeness import same

Entry = list[Any]  # "get" or "call", the name, and what came back

_OBJECT = "<object>"  # in the place of what is no plain data


class Tape(list[Entry]):
    """What was asked, in order. It takes nothing more once it is not `running`."""

    running = True


class Taped:
    """Wraps the reference, or an object that it made; every look and call is taped.

    tape   is added to.
    """

    def __init__(self, target: Any, tape: Tape) -> None:
        self.__dict__.update(_target=target, _tape=tape)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._target, name)
        if not callable(value):
            return self._taped("get", name, value)

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._taped("call", name, value(*args, **kwargs))

        return call

    def _taped(self, kind: str, name: str, value: Any) -> Any:
        if not self._tape.running:
            return value
        plain = _is_plain(value)
        self._tape.append([kind, name, copy.deepcopy(value) if plain else _OBJECT])
        return value if plain else Taped(value, self._tape)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._target, name, value)


class Played:
    """Stands for the reference, or for an object that it made, and repeats what was taped.

    Raises CourseError for anything that was not asked when the tape was made.
    """

    def __init__(self, tape: Iterator[Entry], ahead: list[Entry] | None = None) -> None:
        """`ahead` holds the next entry, once somebody has looked at it."""
        self.__dict__.update(_tape=tape, _ahead=[] if ahead is None else ahead)

    def __getattr__(self, name: str) -> Any:
        entry = self._peek()
        if entry is not None and entry[:2] == ["get", name]:
            return self._take("get", name)

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._take("call", name)

        return call

    def __setattr__(self, name: str, value: Any) -> None:
        """Setting an attribute does nothing here: what came of it is on the tape."""

    def _peek(self) -> Entry | None:
        if not self._ahead:
            self._ahead.extend(itertools.islice(self._tape, 1))
        return self._ahead[0] if self._ahead else None

    def _take(self, kind: str, name: str) -> Any:
        entry = self._peek()
        if entry is None or entry[:2] != [kind, name]:
            raise CourseError(
                f"checks.py asks for given.{name} where the recording holds something else.",
                hint="Download the assignment again; checks.py must be the released one.",
            )
        self._ahead.clear()
        is_object = isinstance(entry[2], str) and entry[2] == _OBJECT
        return Played(self._tape, self._ahead) if is_object else entry[2]


def played(tape: Sequence[Entry]) -> Played:
    """The tape from its beginning; what a probe does to its arrays does not change it."""
    return Played(iter(copy.deepcopy(tape)))


def one_begins_the_other(one: Sequence[Entry], other: Sequence[Entry]) -> bool:
    """A probe that a wrong answer stops early asks less, and that is fine."""
    length = min(len(one), len(other))
    return same(one[:length], other[:length], 0.0)


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, (tuple, list)):
        return all(map(_is_plain, value))
    return value is None or isinstance(
        value, (bool, int, float, complex, str, bytes, np.generic, np.ndarray)
    )
