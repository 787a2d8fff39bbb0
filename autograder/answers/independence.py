"""A proof that what a probe asks of `given` does not depend on what `solution` answers.

Such a probe asks other questions for each submission, and no recording can answer them. It is
found by running the probe on solutions that answer wrongly, in many ways of our own: whatever
they answer, the tape of `given` must stay the same.
"""

from __future__ import annotations

import contextlib
import inspect
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.answers.key import Draw
from autograder.answers.live import LiveKey
from autograder.answers.reference import AnyReference
from autograder.answers.tape import Tape, Taped, first_difference, is_plain
from autograder.answers.watched import Answer, Watched, Watcher
from autograder.authoring import Check, Kind
from autograder.errors import CourseError, NotAttempted, StudentRaised
from autograder.sandbox.wire import named

SINGLED_OUT = 6  # functions and attributes whose answers alone are changed

_HINT = "Prepare inputs from rng and given alone, before you call solution, or say local=False."


@dataclass(frozen=True)
class Dependence:
    """A probe that no recording can answer: its check, where that is seen, and how."""

    check: str
    file: str
    line: int
    what: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}: the check {self.check} cannot be recorded: {self.what}."

    def error(self) -> CourseError:
        """The same, to be raised."""
        return CourseError(str(self), hint=_HINT)


def dependences(key: LiveKey, checks: Sequence[Check]) -> Iterator[Dependence]:
    """The local checks whose `given` calls depend on `solution`, each with one such call."""
    for check in checks:
        if check.local and _names_given(check):
            found = _Probed(key, check).dependence()
            if found is not None:
                yield found


def said_to_differ(
    check: Check, wanted: Tape, found: Tape, place: int, seen: str
) -> Dependence:
    """The difference of two tapes of a check at an entry, in words; `seen` tells when."""
    lines = found.lines if place < len(found) else wanted.lines
    name = (found if place < len(found) else wanted)[place][1]
    what = f"what it asks of `given.{name}` depends on what `solution` returns ({seen})"
    return Dependence(check.id, file_of(check), lines[place], what)


def file_of(check: Check) -> str:
    """The file in which a check's probe is written."""
    code = getattr(check.probe, "__code__", None)
    return code.co_filename if code is not None else "checks.py"


def place_of(check: Check) -> str:
    """The file and the line at which a check begins."""
    code = getattr(check.probe, "__code__", None)
    return f"{file_of(check)}, line {code.co_firstlineno}" if code else file_of(check)


def is_a_further_try(check: Check, number: int) -> bool:
    """True for another try of a threshold, whose bar decides whatever the reference reaches.

    Where its probe asks `given` for nothing either, the reference need not train once more.
    """
    return check.kind is Kind.THRESHOLD and number > 0 and not _names_given(check)


class _Naming(Watcher):
    """Changes nothing, and notes which functions and attributes have plain answers."""

    def __init__(self) -> None:
        self.names: dict[str, None] = {}

    def answered(self, name: str, answer: Answer) -> Any:
        value = answer()
        if is_plain(value):
            self.names[name] = None
        return value


class _Changing(Watcher):
    """Changes the answers: all of them, or those of one function or attribute only."""

    def __init__(self, change: Callable[[Any], Any], only: str = "") -> None:
        self._change = change
        self._only = only

    def answered(self, name: str, answer: Answer) -> Any:
        if self._only and name != self._only:
            return answer()
        try:
            value = answer()
        except Exception:  # where the reference raises, the wrong solution need not
            value = None
        return self._change(value) if is_plain(value) else value


class _Drawing(Watcher):
    """Answers rightly, and draws from the global generators on the way."""

    def asked(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        random.random()
        np.random.random()


class _Probed:
    """One check, run again and again on the reference with other answers."""

    def __init__(self, key: LiveKey, check: Check) -> None:
        self._reference: AnyReference = key.reference
        self._check = check
        self._draws = [
            Draw(key.seed, key.assignment, check.id, number) for number in range(check.cases)
        ]

    def dependence(self) -> Dependence | None:
        """The first question that depends on an answer, as far as is found."""
        naming = _Naming()
        solution = Watched(self._reference.original, naming)
        wanted = []
        for draw in self._draws:
            tape, error = self._run(solution, draw)
            if error is not None:
                return None  # the reference misses its own check, which is said elsewhere
            wanted.append(tape)
        for tape in wanted:
            for line, said in _flaws(tape):
                return Dependence(self._check.id, file_of(self._check), line, said)
        names = list(naming.names)[:SINGLED_OUT] if len(naming.names) > 1 else []
        found = self._against(wanted, _Drawing(), "seen where it draws random numbers")
        for said, change in CHANGES.items():
            for only in ("", *names):
                if found is not None:
                    return found
                who = f"`{only}`" if only else "it"
                seen = f"seen where {who} {said}"
                found = self._against(wanted, _Changing(change, only), seen)
        return found

    def _against(
        self, wanted: Sequence[Tape], watcher: Watcher, seen: str
    ) -> Dependence | None:
        solution = Watched(self._reference.original, watcher)
        for draw, tape in zip(self._draws, wanted, strict=True):
            found, error = self._run(solution, draw)
            place = first_difference(tape, found, whole=error is None)
            if place is not None:
                return said_to_differ(self._check, tape, found, place, seen)
        return None

    def _run(self, solution: Any, draw: Draw) -> tuple[Tape, Exception | None]:
        """The tape of one run, and what ended it."""
        tape = Tape(file_of(self._check))
        self._reference.seed(draw.global_seed, self._reference.original)
        with np.errstate(all="ignore"), contextlib.suppress(GeneratorExit):
            try:
                value = self._check.probe(
                    solution, Taped(self._reference.original, tape), draw.rng()
                )
                if inspect.isgenerator(value):
                    list(value)
                if self._check.kind is Kind.GRADIENT:
                    cost, parameters, _ = value
                    cost({name: np.array(array) for name, array in parameters.items()})
            except Exception as error:
                return tape, error
        return tape, None


def _names_given(check: Check) -> bool:
    """True if a probe mentions its argument `given` at all: most do without it."""
    code = getattr(check.probe, "__code__", None)
    if code is None or code.co_argcount < 2:
        return True
    import dis

    name = code.co_varnames[1]
    used = (instruction.argval for instruction in dis.get_instructions(code))
    return any(name == value or (isinstance(value, tuple) and name in value) for value in used)


def _flaws(tape: Tape) -> Iterator[tuple[int, str]]:
    """Lines and sentences about what no recording can repeat, whatever `solution` answers."""
    yield from tape.flaws
    for (_, name, _, _, question), line in zip(tape, tape.lines, strict=True):
        if _holds(question, Watched.__asked__):
            yield line, f"it hands an object of `solution` to `given.{name}`"


def _holds(value: Any, text: str) -> bool:
    if isinstance(value, dict):
        return any(_holds(item, text) for item in value.values())
    if isinstance(value, list):
        return any(_holds(item, text) for item in value)
    return isinstance(value, str) and value == text


def _raise(error: Exception) -> Callable[[Any], Any]:
    def change(_: Any) -> Any:
        raise error

    return change


def _numbers(change: Callable[[np.ndarray], Any]) -> Callable[[Any], Any]:
    """Change each array and each number of an answer; texts, truth values and None as well."""

    def of(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: of(item) for key, item in value.items()}
        if isinstance(value, tuple) or (isinstance(value, list) and not _of_numbers(value)):
            changed_items = (tuple if isinstance(value, tuple) else list)(map(of, value))
            return named.rebuilt(value, changed_items)
        if isinstance(value, bool):
            return not value
        if isinstance(value, int):
            changed = np.asarray(change(np.asarray(float(value))))
            return int(changed) if changed.shape == () else changed
        if isinstance(value, (float, complex, list, np.generic, np.ndarray)):
            array = np.asarray(value)
            if array.dtype.kind not in "biufc":
                return value
            changed = change(array.astype(complex if array.dtype.kind == "c" else float))
            if isinstance(value, (float, complex)) and np.shape(changed) == ():
                return type(value)(changed)
            return changed.tolist() if isinstance(value, list) else changed
        return f"{value} and more"

    return of


def _of_numbers(value: list[Any]) -> bool:
    try:
        return np.asarray(value).dtype.kind in "biufc"
    except (TypeError, ValueError):
        return False


def _other_keys(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {f"{key}_": item for key, item in value.items()}
    return {"answer": value}


CHANGES: Mapping[str, Callable[[Any], Any]] = {
    "returns zeros": _numbers(lambda x: 0 * x),
    "returns fives": _numbers(lambda x: 0 * x + 5),
    "has the wrong sign": _numbers(lambda x: -x),
    "is three times too large": _numbers(lambda x: 3 * x),
    "is a little off": _numbers(lambda x: x * (1 + 1e-3) + 1e-3),
    "returns nan": _numbers(lambda x: x * np.nan),
    "turns the order around": _numbers(lambda x: x[::-1] if x.ndim else x + 1),
    "returns a transposed array": _numbers(lambda x: x.T if x.ndim > 1 else x.reshape(1, -1)),
    "returns one axis more": _numbers(lambda x: x[..., np.newaxis]),
    "returns too much": _numbers(lambda x: np.concatenate([x, x]) if x.ndim else x + 1),
    "returns too little": _numbers(lambda x: x[:-1] if x.ndim else x - 1),
    "returns None": lambda _: None,
    "returns a text": lambda _: "answer",
    "returns a list": lambda value: [value],
    "returns a tuple": lambda value: (value, 0.5),
    "returns other keys": _other_keys,
    "returns an empty array": lambda _: np.empty(0),
    "raises ValueError": _raise(StudentRaised("ValueError", "no answer")),
    "raises TypeError": _raise(StudentRaised("TypeError", "no answer")),
    "is not written yet": _raise(NotAttempted("solution")),
}
