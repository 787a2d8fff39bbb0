"""False sentences of a report, found by a machine.

What can be checked of a report is checked with what a student has: their file, the text of the
task's solution, and the checks. Nothing is asked of the code that found the words.

    lines      a line that is named is there, and holds what is quoted
    numbers    what "it is" and what "is right" are what both functions give
    repairs    with the change that is named, the check passes (`repairs`)
    names      what is meant by "Did you mean" is there
    points     they add up, and the first and the last line have them
    next       it is the function that is wrong, and its command is a check's
"""

from __future__ import annotations

import builtins
import contextlib
import copy
import importlib
import io
import random
import re
import types
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from inspect import CO_VARARGS
from typing import Any

import numpy as np

from autograder.answers.key import Draw
from autograder.authoring import Check, Kind
from autograder.course.course import Assignment
from autograder.grading.report import PUBLIC_SEED
from autograder.model import Report, Verdict
from tests.law.beginners import repairs

_PLACE = re.compile(r"\((?:in )?line (\d+)(?:: `([^`]*)`)?\)")
_ENTRY = re.compile(
    r"([^.:]*?) has the right shape but wrong values: at \[([\d, ]*)\] it is "
    r"(\S+) where (\S+?) is right\.(?= |$)"
)
_NUMBER = re.compile(
    r"(?:^|\. )((?:(?!\. ).)*?) is (-?[\d.e+-]+|nan|inf|True|False); "
    r"(-?[\d.e+-]+|True|False) is right\.(?= |$)"
)
_SHAPES = re.compile(r"has the shape (\([\d, ]*\)); (\([\d, ]*\)) is needed")
_TIMES = re.compile(r"is right except for one constant: it is (\d+) times too (large|small)")
_MEANT = re.compile(r"Did you mean (?:the key )?'?([\w.]+)'?\?")


@dataclass
class Told:
    """A report on one file, with all that its sentences are checked with.

    source    the student's text, in which the function or class `wrong` is not right.
    screen    the report as a terminal shows it.
    passes    whether a check passes for a text.
    """

    assignment: Assignment
    reference: str
    source: str
    wrong: str
    report: Report
    screen: str
    passes: Callable[[str, str], bool]
    _answers: dict[tuple[str, str], list[Any]] = field(default_factory=dict)

    @cached_property
    def falsehoods(self) -> list[str]:
        """What is not so, each in a sentence."""
        found = [*self._totals(), *self._next()]
        for verdict in self.report.checks:
            if verdict.points < verdict.possible:
                said = " ".join(filter(None, (verdict.message, _likely(verdict), verdict.hint)))
                found += self._lines(said)
                found += self._meant(said)
                found += self._numbers(verdict)
                found += self._repairs(verdict)
        return found

    @property
    def elsewhere(self) -> list[str]:
        """The checks of other functions that lose points."""
        missed = [one for one in self.report.checks if one.points < one.possible]
        return [one.id for one in missed if one.of != self.wrong]

    def _totals(self) -> Iterator[str]:
        total = round(sum(verdict.points for verdict in self.report.checks), 2)
        if total != self.report.points:
            yield f"the checks' points add up to {total}, not {self.report.points}"
        shown = f"{self.report.points:g} / {self.report.possible:g} points"
        rows = self.screen.rstrip("\n").split("\n")
        if shown not in rows[0] or shown not in rows[-1]:
            yield f"'{shown}' is not in the first and the last row"

    def _next(self) -> Iterator[str]:
        if self.report.complete:  # the mistake is not caught, which is another figure
            return
        found = re.search(r"Next: ([\w.]+)\.", self.screen)
        first = self.report.next
        told = first is not None and (self.wrong == first.of or self.wrong in first.message)
        if found is None or first is None or found[1] != first.of or not told:
            yield f"'Next' is {found[1] if found else 'nothing'}, where {self.wrong} is wrong"
        only = re.search(r"--only (\S+)", self.screen)
        if only is None or only[1] not in {check.id for check in self.assignment.checks}:
            yield "the command after 'Next' names no check"

    def _lines(self, said: str) -> Iterator[str]:
        lines = self.source.split("\n")
        for number, quoted in _PLACE.findall(said):
            if not 1 <= int(number) <= len(lines):
                yield f"there is no line {number}"
                continue
            line = " ".join(lines[int(number) - 1].split())
            if not line.startswith(" ".join(quoted.rstrip("…").split())):
                yield f"line {number} is {line!r}, not {quoted!r}"

    def _meant(self, said: str) -> Iterator[str]:
        texts = self.source + self.reference
        known = {*re.findall(r"\w+", texts), *dir(builtins), *dir(np), *dir(np.ndarray)}
        for name in _MEANT.findall(said):
            if name.split(".")[-1] not in known and not _is_there(name):
                yield f"there is no {name}"

    def _repairs(self, verdict: Verdict) -> Iterator[str]:
        said = _likely(verdict) if repairs.claims(_likely(verdict)) else verdict.hint
        if not repairs.claims(said):
            return
        name = repairs.passing(said)
        if name.partition(".")[0] != verdict.of:
            yield f"{name} is not what {verdict.id} is about"
        try:
            texts = repairs.repaired(self.source, said)
        except repairs.NoRepair as reason:
            yield str(reason)
            return
        if not any(self.passes(text, verdict.id) for text in texts):
            yield f"{verdict.id} does not pass with what is said: {said}"

    def _numbers(self, verdict: Verdict) -> Iterator[str]:
        check = next(one for one in self.assignment.checks if one.id == verdict.id)
        claimed = [
            *(
                (place, mine, right)
                for _, place, mine, right in _ENTRY.findall(verdict.message)
            ),
            *(("", mine, right) for _, mine, right in _NUMBER.findall(verdict.message)),
        ]
        shapes = _SHAPES.findall(verdict.message)
        times = _TIMES.search(verdict.message)
        shown = [one for one in verdict.evidence if _is_numeric(one.expected)]
        over_parts = "Judged with the task's own" in verdict.message
        if check.kind is not Kind.CHECK or over_parts:
            return
        if not (claimed or shapes or times or shown):
            return
        pairs = [
            pair
            for mine, right in zip(
                self._run(check, self.source), self._run(check, self.reference), strict=False
            )
            for pair in _leaves(mine, right)
        ]
        for place, mine, right in claimed:
            at = tuple(int(number) for number in re.findall(r"\d+", place))
            if not any(_is_at(pair, at, mine, right) for pair in pairs):
                yield f"{verdict.id}: nowhere at [{place}] is {mine} where {right} is right"
        for mine, right in shapes:
            if not any(
                str(np.shape(a)) == mine and str(np.shape(b)) == right for a, b in pairs
            ):
                yield f"{verdict.id}: nothing of the shape {mine} where {right} is needed"
        if times is not None:
            factor = float(times[1]) if times[2] == "large" else 1 / float(times[1])
            if not any(_is_times(pair, factor) for pair in pairs):
                yield f"{verdict.id}: nothing is {times[1]} times too {times[2]}"
        for one in shown:
            if not any(
                _shows(one.actual, pair[0]) and _shows(one.expected, pair[1]) for pair in pairs
            ):
                yield f"{verdict.id}: {one.expected} and {one.actual} are nowhere"

    def _run(self, check: Check, source: str) -> list[Any]:
        """What the probe gives in each case, run here; the text is no stranger's."""
        if (check.id, source) not in self._answers:
            self._answers[check.id, source] = [
                _answer(check, source, self.reference, self.assignment.name, number)
                for number in range(check.cases)
            ]
        return self._answers[check.id, source]


def _answer(check: Check, source: str, reference: str, name: str, case: int) -> Any:
    draw = Draw(PUBLIC_SEED, name, check.id, case)
    with (
        contextlib.redirect_stdout(io.StringIO()),
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
    ):
        warnings.simplefilter("ignore")
        mine, given = _module(source), _module(reference)
        random.seed(draw.global_seed)
        np.random.seed(draw.global_seed)
        try:
            return check.probe(mine, given, draw.rng())  # type: ignore[arg-type, call-arg]
        except Exception:
            return None


class _Own:
    """A module whose functions get copies of what they are called with, as in a sandbox.

    Models stay the same ones, and what a function has no name for is left out.
    """

    def __init__(self, names: Mapping[str, Any]) -> None:
        self._names = names

    def __getattr__(self, name: str) -> Any:
        found = self._names[name]
        if not isinstance(found, types.FunctionType):
            return found
        count = None if found.__code__.co_flags & CO_VARARGS else found.__code__.co_argcount
        return lambda *args, **kwargs: found(
            *map(_copied, args[:count]), **{key: _copied(each) for key, each in kwargs.items()}
        )

    def __library__(self, name: str) -> types.ModuleType:
        return importlib.import_module(name)


def _copied(value: Any) -> Any:
    plain = isinstance(value, np.ndarray | dict | list | tuple)
    return copy.deepcopy(value) if plain else value


def _module(source: str) -> _Own:
    names: dict[str, Any] = {"__name__": "mine"}
    for line in source.split("\n"):
        if line.startswith(("%", "from testCases", "from planar_utils")):
            source = source.replace(line, "")
    exec(compile(source, "mine.py", "exec"), names)
    return _Own(names)


def _leaves(mine: Any, right: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(right, Mapping):
        for key in right:
            if isinstance(mine, Mapping) and key in mine:
                yield from _leaves(mine[key], right[key])
    elif isinstance(right, tuple | list) and right and not _is_numbers(right):
        if isinstance(mine, tuple | list):
            for one, other in zip(mine, right, strict=False):
                yield from _leaves(one, other)
    else:
        yield mine, right
        for wrapped in mine if isinstance(mine, tuple) else ():
            yield wrapped, right


def _is_numbers(value: Any) -> bool:
    try:
        return isinstance(value, list) and np.asarray(value).dtype.kind in "biuf"
    except ValueError:
        return False


def _is_at(pair: tuple[Any, Any], at: tuple[int, ...], mine: str, right: str) -> bool:
    try:
        one, other = (np.asarray(value)[at] for value in pair)
    except (IndexError, ValueError, TypeError):
        return False
    return _is_written(one, mine) and _is_written(other, right)


def _is_written(value: Any, text: str) -> bool:
    """True if a single number is what the text says, to the digits that it has."""
    array = np.asarray(value)
    if array.size != 1 or array.dtype.kind not in "biuf":
        return False
    item = array.item()
    return text == str(item) or text == f"{item:.7g}"


def _is_times(pair: tuple[Any, Any], factor: float) -> bool:
    try:
        one, other = (np.asarray(value, dtype=float) for value in pair)
    except (ValueError, TypeError):
        return False
    return one.shape == other.shape and bool(np.allclose(one, factor * other, rtol=1e-5))


def _is_numeric(shown: str) -> bool:
    return re.match(r"-?\d|shape \(", shown) is not None


def _shows(shown: str, value: Any) -> bool:
    """True if an array or a number is what the words show of it."""
    if not _is_numeric(shown):
        return True
    shape = re.match(r"shape (\([\d, ]*\))(?:: )?", shown)
    try:
        array = np.asarray(value)
    except ValueError:
        return False
    if shape is None:
        return _is_written(value, shown) or not _is_numeric(shown)
    if str(array.shape) != shape[1]:
        return False
    numbers = [part for part in shown[shape.end() :].split(", ") if part and part != "…"]
    return all(
        _is_written(entry, text) or (text == numbers[-1] and f"{entry}".startswith(text[:3]))
        for entry, text in zip(array.ravel(), numbers, strict=False)
    )


def _is_there(name: str) -> bool:
    owner, _, attribute = name.rpartition(".")
    return owner == "np" and hasattr(np, attribute)


def _likely(verdict: Verdict) -> str:
    return verdict.diagnosis.sentence if verdict.diagnosis else ""
