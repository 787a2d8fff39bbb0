"""A tape of all that a probe asks of `given`, made while it runs, and played again.

A probe prepares its inputs with the reference's functions. Where there is no reference, the
tape of the reference's own run answers in its place. It answers the questions that were taped
and no others: the arguments of each call are on the tape, too.
"""

from __future__ import annotations

import copy
import importlib
import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.errors import CourseError
from autograder.judging.closeness import same
from autograder.sandbox.wire import plain
from autograder.solution.operators import MOST_ITEMS, Operators

# "get", "set" or "call"; the name; what came back; which object was asked, where 0 is `given`
# itself; and the arguments, as `_asked` puts them.
Entry = list[Any]

ARGUMENT_TOLERANCE = 1e-9  # other kernels of BLAS change the last bits of what a probe made
KEPT_WHOLE = 400  # numbers; a larger array is known by a few sums

_OBJECT = "<object>"  # in the place of what is no plain data
_FACTORS = (2_654_435_761, 2_246_822_519, 3_266_489_917, 668_265_263)  # odd, of 32 bits


class Tape(list[Entry]):
    """The questions asked, in order. It takes nothing more once it is not `running`.

    file    where the probe stands, for `lines`: the line of it that asked, for each entry.
    flaws   what a recording could not repeat: pairs of a line and a sentence.
    """

    def __init__(self, file: str = "") -> None:
        super().__init__()
        self.running = True
        self.file = file
        self.lines: list[int] = []
        self.flaws: list[tuple[int, str]] = []
        self.objects = 0

    def take(self, entry: Entry) -> None:
        """Add an entry, with the line of the probe that is running."""
        self.append(entry)
        self.lines.append(self.line())

    def line(self) -> int:
        """The line of `file` that is running; 0 where none is."""
        frame = sys._getframe() if self.file else None
        while frame is not None and frame.f_code.co_filename != self.file:
            frame = frame.f_back
        return frame.f_lineno if frame is not None else 0


class Taped(Operators):
    """Wraps the reference, or an object that it made; every look and call is taped.

    tape     is added to.
    number   0 for the reference, 1 for the first object that it made, and so on.
    """

    def __init__(self, target: Any, tape: Tape, number: int = 0) -> None:
        self.__dict__.update(_target=target, _tape=tape, _number=number)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._target, name)
        if not callable(value):
            return self._taped("get", name, value, None)

        def call(*args: Any, **kwargs: Any) -> Any:
            if not self._tape.running:
                return value(*args, **kwargs)
            asked = copy.deepcopy(question(args, kwargs))
            found = value(*args, **kwargs)
            self._look_at(name, asked, args, kwargs)
            return self._taped("call", name, found, asked)

        return call

    def __operate__(self, name: str, module: str, function: str, args: tuple[Any, ...]) -> Any:
        asked = copy.deepcopy(question(args, {}))
        bare = [one.__dict__["_target"] if isinstance(one, Taped) else one for one in args]
        found = getattr(importlib.import_module(module), function)(*bare)
        return self._taped("call", name, found, asked)

    def __method__(self, name: str, args: tuple[Any, ...]) -> Any:
        return self.__getattr__(name)(*args)

    def __iter__(self) -> Iterator[Any]:
        items = list(itertools.islice(self._target, MOST_ITEMS))
        self._taped("call", "__iter__", len(items), [])
        for item in items:
            yield self._taped("call", "__next__", item, [])

    def _look_at(self, name: str, asked: Any, args: Any, kwargs: Any) -> None:
        """Note what `given` does to its arguments, which no recording does."""
        tape: Tape = self._tape
        if not same(asked, question(args, kwargs), 0.0):
            said = f"`given.{name}` changes its arguments in place; call it with copies"
            tape.flaws.append((tape.line(), said))
        if any(isinstance(value, np.random.Generator) for value in (*args, *kwargs.values())):
            said = (
                f"`given.{name}` takes the generator, whose later draws would differ; draw "
                "a seed, and make a generator from it"
            )
            tape.flaws.append((tape.line(), said))

    def _taped(self, kind: str, name: str, value: Any, asked: Any) -> Any:
        tape: Tape = self._tape
        if not tape.running:
            return value
        plain = is_plain(value)
        tape.take([kind, name, copy.deepcopy(value) if plain else _OBJECT, self._number, asked])
        if plain:
            return value
        tape.objects += 1
        return Taped(value, tape, tape.objects)

    def __setattr__(self, name: str, value: Any) -> None:
        if self._tape.running:
            self._tape.take(["set", name, None, self._number, copy.deepcopy(_asked(value))])
        setattr(self._target, name, value)


@dataclass
class _Reel:
    """A tape that is played, as far as it has been."""

    tape: Sequence[Entry]
    place: int = 0
    objects: int = 0

    def ahead(self) -> Entry | None:
        return self.tape[self.place] if self.place < len(self.tape) else None


class Played(Operators):
    """Stands for the reference, or for an object that it made, and repeats what was taped.

    Raises CourseError for anything that was not asked when the tape was made: another name, or
    the same one with other arguments.
    """

    def __init__(self, reel: _Reel, number: int = 0) -> None:
        self.__dict__.update(_reel=reel, _number=number)

    def __getattr__(self, name: str) -> Any:
        entry = self._reel.ahead()
        if entry is not None and entry[:2] == ["get", name]:
            return self._take("get", name, None)

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._take("call", name, question(args, kwargs))

        return call

    def __operate__(self, name: str, module: str, function: str, args: tuple[Any, ...]) -> Any:
        return self._take("call", name, question(args, {}))

    def __method__(self, name: str, args: tuple[Any, ...]) -> Any:
        return self._take("call", name, question(args, {}))

    def __iter__(self) -> Iterator[Any]:
        for _ in range(self._take("call", "__iter__", [])):
            yield self._take("call", "__next__", [])

    def __setattr__(self, name: str, value: Any) -> None:
        """Only looked at: what came of setting an attribute is on the tape."""
        self._take("set", name, _asked(value))

    def _take(self, kind: str, name: str, asked: Any) -> Any:
        reel: _Reel = self._reel
        entry = reel.ahead()
        hint = "Download the assignment again; checks.py must be the released one."
        if entry is None or entry[:2] != [kind, name] or entry[3] != self._number:
            raise CourseError(
                f"checks.py asks for given.{name} where the recording holds something else.",
                hint=hint,
            )
        if not same(entry[4], asked, ARGUMENT_TOLERANCE):
            raise CourseError(
                f"checks.py calls given.{name} with other arguments than the recording holds.",
                hint=hint,
            )
        reel.place += 1
        if not (isinstance(entry[2], str) and entry[2] == _OBJECT):
            return entry[2]
        reel.objects += 1
        return Played(reel, reel.objects)


def played(tape: Sequence[Entry]) -> Played:
    """The tape from its beginning; what a probe does to its arrays does not change it."""
    return Played(_Reel(copy.deepcopy(list(tape))))


def first_difference(
    wanted: Sequence[Entry], found: Sequence[Entry], *, whole: bool, tolerance: float = 0.0
) -> int | None:
    """The place where `found` asks for something else than `wanted`; None where it does not.

    A run that a wrong answer stops early asks for less, and that is fine. One that asks for
    more is never fine.

    whole   whether the run came to its end: then it must have asked for everything.
    """
    for place, (one, other) in enumerate(zip(wanted, found, strict=False)):
        if not same(one, other, tolerance):
            return place
    if len(found) > len(wanted) or (whole and len(found) < len(wanted)):
        return min(len(wanted), len(found))
    return None


def is_plain(value: Any) -> bool:
    """True if a value is numbers, texts and arrays, however nested."""
    if isinstance(value, dict):
        return all(map(is_plain, value.values()))
    if isinstance(value, (tuple, list)):
        return all(map(is_plain, value))
    if of := plain.parts(value):
        return all(map(is_plain, of[1]))
    return value is None or isinstance(
        value, (bool, int, float, complex, str, bytes, np.generic, np.ndarray)
    )


def question(args: Sequence[Any], kwargs: Mapping[str, Any]) -> list[Any]:
    """The arguments of a call as plain data, for comparing."""
    return [[_asked(value) for value in args], {k: _asked(v) for k, v in kwargs.items()}]


def _asked(value: Any) -> Any:
    """An argument as plain data, of a bounded size for an array."""
    if (
        isinstance(value, np.ndarray)
        and value.size > KEPT_WHOLE
        and value.dtype.kind in "biufc"
    ):
        return [f"<array {value.shape}>", _sums(value.ravel())]
    if isinstance(value, (Taped, Played)):
        return f"<object {value.__dict__['_number']}>"
    if isinstance(value, (tuple, list)):
        return [_asked(item) for item in value]
    if isinstance(value, dict):
        return {key: _asked(item) for key, item in value.items()}
    if isinstance(value, np.ndarray) and value.dtype.kind not in "biufc":
        return f"<array of {value.dtype}>"
    if is_plain(value):
        return value
    return getattr(type(value), "__asked__", "<something else>")


def _sums(values: np.ndarray) -> np.ndarray:
    """Four sums, in each of which every entry has a weight of its own between 1/2 and 3/2."""
    places = np.arange(1, values.size + 1, dtype=np.uint64)
    with np.errstate(all="ignore"):
        return np.array(
            [
                np.sum(values * (0.5 + ((places * np.uint64(factor)) % 2**32) / 2.0**32))
                for factor in _FACTORS
            ]
        )
