"""From feedback to a better table: every expected value that was told, put where it belongs."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.judging.words import number, shown, spoken
from tests.oracle.program import SELF
from tests.oracle.recorder import Called, Recording

Path = tuple[Any, ...]

_ARRAY = re.compile(r"shape \(([\d, ]*)\)(?:: (.*))?$")
_ENTRY = re.compile(r"at \[([\d, ]+)\] it is (\S+) where (\S+) is right")
_SINGLE = re.compile(r"(?:^|[.] )(.*?) is (\S+); (\S+) is right")


@dataclass(frozen=True)
class Told:
    """What one check told: rows of (where, expected, yours), and everything as text."""

    check: str
    points: float
    rows: tuple[tuple[str, str, str], ...]
    text: str


class Learner:
    """A table, and what it learns."""

    def __init__(self, recording: Recording, *, blank: bool) -> None:
        """Begin with the public answers, or with nothing but their structure."""
        self._cases = recording.cases
        table = copy.deepcopy(recording.table)
        self.table: dict[str, list[Any]] = (
            {name: [_blank(value) for value in found] for name, found in table.items()}
            if blank
            else table
        )

    def read(self, told: Sequence[Told]) -> int:
        """Take in one round's feedback; how many values changed."""
        changed = 0
        for one in told:
            for where, expected, yours in one.rows:
                changed += self._learn(one.check, where, expected, yours)
            for entry, yours, right in _ENTRY.findall(one.text):
                changed += self._learn_entry(one.check, entry, yours, right)
            for where, yours, right in _SINGLE.findall(one.text):
                known = "" if where.strip().endswith("The answer") else where.strip()
                changed += self._learn(one.check, known, right, yours)
        return changed

    def _learn(self, check: str, where: str, expected: str, yours: str) -> bool:
        """Put one expected value where the answer was that the feedback calls "yours"."""
        new = _parsed(expected)
        if new is None:
            return False
        fitting = [
            (called, path, words)
            for called, path, value, words in self._leaves(check)
            if shown(value) == yours or shown(value).partition(":")[0] == yours
        ]
        named = [one for one in fitting if where.casefold() in one[2]]
        for called, path, _ in (named or fitting)[:1]:
            self._put(called, path, _merged(new, self._value(called, path)))
            return True
        return False

    def _learn_entry(self, check: str, entry: str, yours: str, right: str) -> bool:
        place = tuple(int(part) for part in entry.split(","))
        for called, path, value, _ in self._leaves(check):
            if isinstance(value, np.ndarray) and value.ndim == len(place):
                inside = all(at < size for at, size in zip(place, value.shape, strict=True))
                if inside and number(value[place]) == yours:
                    value[place] = float(right)
                    self._put(called, path, value)
                    return True
        return False

    def _leaves(self, check: str) -> Iterator[tuple[Called, Path, Any, set[str]]]:
        """The answers of a check, case by case, with the names that feedback may give them."""
        for calls in self._cases[check]:
            for place, called in enumerate(calls):
                for path, value in _walk(self.table[called.name][called.place], ()):
                    words = {spoken(path), spoken((place, *path)), spoken(path[-1:])}
                    yield called, path, value, {word.casefold() for word in words}

    def _value(self, called: Called, path: Path) -> Any:
        value = self.table[called.name][called.place]
        for step in path:
            value = value[step]
        return value

    def _put(self, called: Called, path: Path, new: Any) -> None:
        answers = self.table[called.name]
        answers[called.place] = _replaced(answers[called.place], path, new)


def _blank(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _blank(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(map(_blank, value))
    if isinstance(value, np.ndarray):
        return np.zeros_like(value)
    if isinstance(value, str):
        return value if value == SELF else ""
    return type(value)(0) if isinstance(value, (int, float, np.generic)) else None


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _walk(inner, (*path, key))
    elif isinstance(value, (tuple, list)):
        for index, inner in enumerate(value):
            yield from _walk(inner, (*path, index))
    else:
        yield path, value


def _replaced(value: Any, path: Path, new: Any) -> Any:
    if not path:
        return new
    if isinstance(value, Mapping):
        return {**value, path[0]: _replaced(value[path[0]], path[1:], new)}
    parts = list(value)
    parts[path[0]] = _replaced(parts[path[0]], path[1:], new)
    return tuple(parts) if isinstance(value, tuple) else parts


def _parsed(expected: str) -> Any:
    """A number, or (shape, the first entries); None for what is neither."""
    array = _ARRAY.match(expected)
    if array:
        shape = tuple(int(part) for part in array[1].split(",") if part.strip())
        first = [_number(part) for part in (array[2] or "").split(", ")]
        return shape, [one for one in first if one is not None]
    return _number(expected)


def _number(text: str) -> float | bool | None:
    if text in ("True", "False"):
        return text == "True"
    try:
        return float(text)
    except ValueError:
        return None


def _merged(new: Any, old: Any) -> Any:
    """What was told, with the rest as it was."""
    if not isinstance(new, tuple):
        return new
    shape, first = new
    array = np.zeros(shape)
    if isinstance(old, np.ndarray) and old.shape == shape:
        array = old.astype(float)
    array.ravel()[: len(first)] = first[: array.size]
    return array
