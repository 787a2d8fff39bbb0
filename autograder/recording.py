"""Freeze an answer key into a file, and replay it where there is no reference.

A recording holds, for every case of every check at the public seed: what the reference gave
the probe to prepare its inputs (`given`), its answer, the calls that it made to its own
parts, and each misconception's answer. It holds no source and no secret seed. It is data of
the student's own bundle: reading it can deceive nobody but its reader.
"""

from __future__ import annotations

import copy
import inspect
import itertools
import types
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from autograder import __version__
from autograder.answers import Draw, PartCall
from autograder.authoring import Check, Expectation
from autograder.errors import CourseError, UsageError
from autograder.judging.closeness import same
from autograder.judging.gradient import Numeric
from autograder.judging.outcome import Outcome, Raised, Returned
from autograder.reference import LiveKey
from autograder.structure import Layer, Network, Training

FORMAT = 1

Transcript = list[list[Any]]


def record(key: LiveKey, checks: Sequence[Check]) -> bytes:
    """Run every local check on the reference and return the recording's bytes.

    key   the answers to freeze, with the seed that decides the inputs.

    Raises CourseError for a probe whose `given` calls depend on what `solution` returns: its
    inputs would differ from student to student. Such a check says ``local=False``.
    """
    body = {
        "format": FORMAT,
        "assignment": key.assignment,
        "seed": key.seed,
        "digest": key.digest,
        "canary": _canary(key.seed),
        "versions": {"autograder": __version__, "numpy": np.__version__},
        "signatures": {name: list(names) for name, names in key.signatures.items()},
        "sentences": dict(key.sentences),
        "cases": {
            check.id: [_case(key, check, number) for number in range(check.cases)]
            for check in checks
            if check.local
        },
    }
    return zlib.compress(msgspec.msgpack.encode(_pack(body)), 9)


class RecordedKey:
    """Answers replayed from a recording."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.digest: str = body["digest"]
        self.signatures: Mapping[str, Sequence[str]] = body["signatures"]
        self.sentences: Mapping[str, str] = body["sentences"]
        self._cases = body["cases"]

    @classmethod
    def open(cls, path: Path, seed: int) -> RecordedKey:
        """Read a recording; it must have been made for this seed and this NumPy's draws."""
        try:
            body = _unpack(msgspec.msgpack.decode(zlib.decompress(path.read_bytes())))
            if body["format"] != FORMAT:
                raise CourseError(
                    f"{path} has format {body['format']}; this version reads format {FORMAT}.",
                    hint="Install the version of the autograder that your course uses.",
                )
            recorded = body["seed"]
            fits = same(body["canary"], _canary(recorded), 0.0)
        except (OSError, zlib.error, msgspec.DecodeError, KeyError, TypeError, ValueError):
            raise CourseError(
                f"{path} is not a recording, or is damaged.",
                hint="Download the assignment again.",
            ) from None
        if recorded != seed:
            raise UsageError(
                f"This folder holds the answers for seed {recorded} only, not for seed {seed}.",
                hint="Leave --seed out; other seeds need the course's reference.",
            )
        if not fits:
            raise CourseError(
                f"{path} was made with NumPy {body['versions']['numpy']}, which draws other "
                f"random numbers than NumPy {np.__version__}.",
                hint=f"Install numpy {body['versions']['numpy']}.",
            )
        return cls(body)

    def holds(self, check: Check) -> bool:
        """All but the checks that only the reference can judge."""
        return check.local

    def case(self, check: Check, number: int) -> RecordedCase:
        """Case `number` of a check."""
        if check.id not in self._cases:
            raise CourseError(
                f"checks.py has a check {check.id!r} that the recording does not know.",
                hint="Download the assignment again; checks.py must be the released one.",
            )
        return RecordedCase(self._cases[check.id][number])


class RecordedCase:
    """One case of one check, read back."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self._given: Transcript = body["given"]
        self.expected: Outcome = body["expected"]
        self.calls: Sequence[PartCall] = body["calls"]
        self.wrong: Mapping[str, Outcome] = body["wrong"]

    def given(self) -> Any:
        """A stand-in for the reference which repeats what it once said."""
        return _Replayed(iter(copy.deepcopy(self._given)))


def _case(key: LiveKey, check: Check, number: int) -> dict[str, Any]:
    case = key.case(check, number)
    draw = Draw(key.seed, key.assignment, check.id, number)
    given = _transcript(key, check, draw, key.reference.original)
    for name in case.wrong:
        other = _transcript(key, check, draw, key.reference.misled(name))
        if not _one_begins_the_other(given, other):
            raise CourseError(
                f"The check {check.id} cannot be recorded: what it asks of `given` depends on "
                f"what `solution` returns (seen with the misconception {name}).",
                hint="Prepare inputs from rng and given alone, or say local=False.",
            )
    return {
        "given": given,
        "expected": case.expected,
        "calls": list(case.calls),
        "wrong": dict(case.wrong),
    }


def _one_begins_the_other(one: Transcript, other: Transcript) -> bool:
    """A probe that a wrong answer stops early asks less, and that is fine."""
    length = min(len(one), len(other))
    return same(one[:length], other[:length], 0.0)


def _transcript(key: LiveKey, check: Check, draw: Draw, solution: Any) -> Transcript:
    """What the probe asks of `given`, and what it is told, when it runs on `solution`."""
    transcript: Transcript = []
    given = _Recorded(key.reference.original, transcript)
    key.reference.seed(draw.global_seed, solution)
    try:
        with np.errstate(all="ignore"):
            value = check.probe(solution, given, draw.rng())
            if isinstance(value, types.GeneratorType):
                list(value)
    except CourseError:
        raise
    except Exception:
        # Only a misconception gets here: the reference's own run was judged before.
        pass
    return list(transcript)


class _Recorded:
    """Wraps the reference, or an object that it made; every look and call is taped."""

    def __init__(self, target: Any, transcript: Transcript) -> None:
        self.__dict__.update(_target=target, _transcript=transcript)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._target, name)
        if not callable(value):
            return self._taped("get", name, value)

        def call(*args: Any, **kwargs: Any) -> Any:
            return self._taped("call", name, value(*args, **kwargs))

        return call

    def _taped(self, kind: str, name: str, value: Any) -> Any:
        plain = _is_plain(value)
        self._transcript.append([kind, name, copy.deepcopy(value) if plain else _OBJECT])
        return value if plain else _Recorded(value, self._transcript)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._target, name, value)


class _Replayed:
    """Stands for the reference, or for an object that it made, and repeats what was taped."""

    def __init__(self, tape: Iterator[list[Any]], ahead: list[list[Any]] | None = None) -> None:
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

    def _peek(self) -> list[Any] | None:
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
        return _Replayed(self._tape, self._ahead) if is_object else entry[2]


_OBJECT = "<object>"


def _is_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(map(_is_plain, value.values()))
    if isinstance(value, (tuple, list)):
        return all(map(_is_plain, value))
    return value is None or isinstance(
        value, (bool, int, float, complex, str, bytes, np.generic, np.ndarray)
    )


def _canary(seed: int) -> list[Any]:
    """A few draws of every usual kind, to notice a NumPy that draws other numbers."""
    rng = Draw(seed, "canary", "canary", 0).rng()
    return [
        rng.normal(size=4),
        rng.uniform(size=4),
        rng.integers(0, 1_000, size=4),
        rng.permutation(5),
        rng.choice(5, size=3),
    ]


_KINDS: Mapping[str, type] = {
    kind.__name__: kind
    for kind in (Returned, Raised, PartCall, Numeric, Expectation, Layer, Network, Training)
}


def _pack(value: Any) -> Any:
    """Plain data for msgpack that `_unpack` turns back into the same types."""
    if value is None or type(value) in (bool, int, float, str, bytes):
        return value
    if isinstance(value, (np.ndarray, np.generic)):
        array = np.ascontiguousarray(value)
        if array.dtype.kind not in "biufc":
            raise CourseError(f"Expected numbers to record, but got an array of {array.dtype}.")
        kind = "array" if isinstance(value, np.ndarray) else "scalar"
        return {"$": kind, "of": [array.dtype.str, list(np.shape(value)), array.tobytes()]}
    if isinstance(value, complex):
        return {"$": "complex", "of": [value.real, value.imag]}
    if isinstance(value, tuple):
        return {"$": "tuple", "of": [_pack(item) for item in value]}
    if isinstance(value, list):
        return [_pack(item) for item in value]
    if isinstance(value, Mapping):
        return {"$": "dict", "of": [[_pack(key), _pack(item)] for key, item in value.items()]}
    if type(value).__name__ in _KINDS:
        fields = [getattr(value, name) for name in _fields(type(value))]
        return {"$": type(value).__name__, "of": [_pack(item) for item in fields]}
    raise CourseError(
        f"Expected plain data to record, but got an object of type {type(value).__name__}.",
        hint="Let the probe return numbers, arrays, lists or dictionaries, or say local=False.",
    )


def _unpack(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpack(item) for item in value]
    if not isinstance(value, dict):
        return value
    kind, of = value["$"], value["of"]
    if kind in ("array", "scalar"):
        array = np.frombuffer(of[2], of[0]).reshape(of[1]).copy()
        return array if kind == "array" else array[()]
    if kind == "complex":
        return complex(*of)
    if kind == "tuple":
        return tuple(_unpack(item) for item in of)
    if kind == "dict":
        return {_unpack(key): _unpack(item) for key, item in of}
    return _KINDS[kind](*(_unpack(item) for item in of))


def _fields(kind: type) -> tuple[str, ...]:
    return tuple(inspect.signature(kind).parameters)
