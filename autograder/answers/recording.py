"""Freeze an answer key into a file, and replay it where there is no reference.

A recording holds, for every case of every check at the public seed: what the reference gave
the probe to prepare its inputs (`given`), its answer, the calls that it made to its own
parts, and each misconception's answer. It holds no source and no secret seed. It is data of
the student's own bundle: reading it can deceive nobody but its reader.
"""

from __future__ import annotations

import dataclasses
import inspect
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from autograder import __version__
from autograder.answers.independence import (
    Dependence,
    dependences,
    is_a_further_try,
    said_to_differ,
)
from autograder.answers.key import Case, Draw
from autograder.answers.live import LiveKey
from autograder.answers.tape import Entry, first_difference, played
from autograder.authoring import (
    Axes,
    Changed,
    Check,
    Estimator,
    Expectation,
    Figure,
    Printed,
    Raises,
    Step,
    Untouched,
)
from autograder.errors import CourseError, UsageError
from autograder.judging.closeness import same
from autograder.judging.gradient import Numeric
from autograder.judging.outcome import Outcome, Raised, Returned
from autograder.judging.records import Member, Record
from autograder.judging.tables import Column, Sparse, Table
from autograder.networks.nouns import Layer, Network, Training
from autograder.sandbox.wire import named, plain
from autograder.solution.calls import Parameters, PartCall

FORMAT = 5


def record(
    key: LiveKey, checks: Sequence[Check], refused: Sequence[Dependence] | None = None
) -> bytes:
    """Run every local check on the reference and return the recording's bytes.

    key       the answers to freeze, with the seed that decides the inputs.
    refused   the checks that are known to be `dependent`, which are left out.

    Where nothing is said to be refused, it is looked for: raises CourseError for a probe whose
    `given` calls depend on what `solution` returns, since its inputs would differ from student
    to student. Such a check says ``local=False``.
    """
    if refused is None:
        for found in dependent(key, checks):
            raise found.error()
    left_out = {found.check for found in refused or ()}
    local = [check for check in checks if check.local and check.id not in left_out]
    body = {
        "format": FORMAT,
        "assignment": key.assignment,
        "seed": key.seed,
        "digest": key.digest,
        "canary": _canary(key.seed),
        "versions": {"autograder": __version__, "numpy": np.__version__},
        "signatures": {name: list(names) for name, names in key.signatures.items()},
        "parameters": {name: list(each) for name, each in key.parameters.items()},
        "parts": {name: list(parts) for name, parts in key.parts.items()},
        "sentences": dict(key.sentences),
        "lines": dict(key.lines),
        "given_back": dict(key.given_back),
        "cases": {
            check.id: [_case(key, check, number) for number in range(check.cases)]
            for check in local
        },
    }
    return zlib.compress(msgspec.msgpack.encode(_pack(body)), 9)


def dependent(key: LiveKey, checks: Sequence[Check]) -> Iterator[Dependence]:
    """The probes that a recording cannot answer: their `given` calls depend on `solution`.

    Each probe runs on solutions that answer wrongly in many ways, and on the misconceptions.
    """
    local = [check for check in checks if check.local]
    for name in key.sentences:  # one by one, since each may need a process of its own
        for check in local:
            for number in range(check.cases):
                key.case(check, number).misled(name)
    known = {found.check: found for found in dependences(key, local)}
    for check in local:
        found = known.get(check.id) or _seen_with_misconceptions(key, check)
        if found is not None:
            yield found


def unfaithful(recorded: RecordedKey, key: LiveKey, checks: Sequence[Check]) -> list[str]:
    """The recorded checks for which a recording, read back, holds other answers than `key`."""
    return [
        check.id
        for check in checks
        if recorded.knows(check)
        and any(
            msgspec.msgpack.encode(_pack(_answers(key.case(check, number))))
            != msgspec.msgpack.encode(_pack(_answers(recorded.case(check, number))))
            for number in range(check.cases)
            if not is_a_further_try(check, number)
        )
    ]


def _answers(case: Case) -> list[Any]:
    return [
        case.expected,
        list(case.calls),
        list(case.strays),
        dict(case.wrong),
        dict(case.pairs),
        sorted(case.operators),
    ]


class RecordedKey:
    """Answers replayed from a recording."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.digest: str = body["digest"]
        self.signatures: Mapping[str, Sequence[str]] = body["signatures"]
        self.parameters: Parameters = body["parameters"]
        self.parts: Mapping[str, Sequence[str]] = body["parts"]
        self.sentences: Mapping[str, str] = body["sentences"]
        self.lines: Mapping[str, str] = body["lines"]
        self.given_back: Mapping[str, str] = body["given_back"]
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

    def knows(self, check: Check) -> bool:
        """True if the check was recorded."""
        return check.id in self._cases

    def case(self, check: Check, number: int) -> RecordedCase:
        """Case `number` of a check."""
        if not self.knows(check):
            raise CourseError(
                f"checks.py has a check {check.id!r} that the recording does not know.",
                hint="Download the assignment again; checks.py must be the released one.",
            )
        return RecordedCase(self._cases[check.id][number])


class RecordedCase:
    """One case of one check, read back."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.tape: Sequence[Entry] = body["given"]
        self.expected: Outcome = body["expected"]
        self.calls: Sequence[PartCall] = body["calls"]
        self.strays: Sequence[PartCall] = body["strays"]
        self.beginning: Sequence[PartCall] = ()
        self.wrong: Mapping[str, Outcome] = body["wrong"]
        self.pairs: Mapping[str, bytes] = body["pairs"]
        self.operators: Collection[str] = body["operators"]

    def given(self) -> Any:
        """A stand-in for the reference which repeats what it once said."""
        return played(self.tape)


def _case(key: LiveKey, check: Check, number: int) -> dict[str, Any]:
    case = key.case(check, number)
    further = is_a_further_try(check, number)
    expected = Returned(check.at_least) if further else case.expected  # with the first tape
    return {
        "expected": expected,
        "given": [] if further else list(case.tapes[""]),
        "calls": list(case.calls),
        "strays": list(case.strays),
        "wrong": dict(case.wrong),
        "pairs": dict(case.pairs),
        "operators": [] if further else sorted(case.operators),
    }


def _seen_with_misconceptions(key: LiveKey, check: Check) -> Dependence | None:
    for number in range(check.cases):
        case = key.case(check, number)
        if not case.wrong:
            continue
        assert isinstance(case.expected, Returned)  # and with it the first tape
        for name, outcome in case.wrong.items():
            wanted, found = case.tapes[""], case.tapes[name]
            whole = isinstance(outcome, Returned)
            place = first_difference(wanted, found, whole=whole)
            if place is not None:
                seen = f"seen with the misconception {name}"
                return said_to_differ(check, wanted, found, place, seen)
    return None


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
    for kind in (
        Returned,
        Raised,
        PartCall,
        Numeric,
        Expectation,
        Layer,
        Network,
        Training,
        Record,
        Member,
        Table,
        Column,
        Sparse,
        Printed,
        Raises,
        Changed,
        Axes,
        Figure,
        Estimator,
        Step,
        Untouched,
    )
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
    if label := named.label_of(value):
        return {"$": "named", "of": [*map(_pack, label), _pack(named.bare(value))]}
    if isinstance(value, tuple):
        return {"$": "tuple", "of": [_pack(item) for item in value]}
    if isinstance(value, list):
        return [_pack(item) for item in value]
    if isinstance(value, Mapping):
        return {"$": "dict", "of": [[_pack(key), _pack(item)] for key, item in value.items()]}
    if of := plain.parts(value):
        parts = [_pack(part) for part in of[1]]
        if of[0] in plain.HASHED:  # whose order is another in each process
            parts.sort(key=msgspec.msgpack.encode)
        return {"$": "plain", "of": [of[0], *parts]}
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
    if kind == "named":
        name, own, fields, items = map(_unpack, of)
        return named.labelled(items, named.Label(name, own, fields))
    if kind == "plain":
        return plain.made(of[0], [_unpack(item) for item in of[1:]])
    if kind == "dict":
        return {_unpack(key): _unpack(item) for key, item in of}
    return _KINDS[kind](*(_unpack(item) for item in of))


def _fields(kind: type) -> tuple[str, ...]:
    known = dataclasses.fields(kind) if dataclasses.is_dataclass(kind) else ()
    apart = {f.name for f in known if not f.compare}
    return tuple(name for name in inspect.signature(kind).parameters if name not in apart)
