"""A few numbers that tell one answer from another, where the answer itself would be too large.

Each array is projected on a fixed direction. Two answers that differ by a thousandth have other
projections but in one of a thousand draws, and a check has several arrays and cases.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.authoring import Seen
from autograder.judging.closeness import TOLERANCE, as_array, is_structure, norm, wide
from autograder.judging.outcome import Outcome, Raised
from autograder.judging.plain import members
from autograder.judging.records import Record

_ZERO = 1e-12
_HALF = 1e-7  # what float32 keeps of a number
KEPT = 20_000  # numbers of a direction that is remembered: a submission chooses the size
_LARGEST = 3e38  # what it can hold
_STEPS = 10_000  # of a rounded number: coarser than float32, so that both give the same one


class Fingerprint:
    """An answer, told by the digest of its form and by a projection of each of its arrays."""

    def __init__(self, outcome: Outcome) -> None:
        """`outcome` is what a probe gave."""
        self._arrays: list[NDArray[Any]] = []
        if isinstance(outcome, Raised):
            form = f"{outcome.type_name}: {outcome.text}"
        else:
            form = ",".join(_form(outcome.value, self._arrays))
        self._form = zlib.crc32(form.encode("utf-8", "replace"))
        self._projections = [
            max(min(float(flat @ _direction(flat.size)), _LARGEST), -_LARGEST)
            for flat in self._arrays
        ]

    @property
    def packed(self) -> bytes:
        """The form as four bytes, and a float32 for each array."""
        return struct.pack(f"<I{len(self._arrays)}f", self._form, *self._projections)

    @property
    def rounded(self) -> str:
        """The form, and of each array its length and direction: the same for equal answers.

        Two that differ by less than a thousandth may share it. Where a number lies between two
        steps, two equal answers may not.
        """
        said = [f"{self._form:x}"]
        for flat, projection in zip(self._arrays, self._projections, strict=True):
            length = norm(flat)
            if length > _ZERO:
                turned = projection / (length * norm(_direction(flat.size)))
                said.append(f"{round(math.log(length) * _STEPS)},{round(turned * _STEPS)}")
            else:
                said.append("0")
        return ";".join(said)

    def fits(self, packed: bytes) -> bool:
        """True if the answer may be the one that was packed: equal to 1e-6, array by array."""
        if len(packed) != 4 + 4 * len(self._arrays):
            return False
        form, *found = struct.unpack(f"<I{len(self._arrays)}f", packed)
        return form == self._form and all(
            abs(mine - theirs) <= TOLERANCE * length + _HALF * abs(theirs) + _ZERO
            for mine, length, theirs in zip(
                self._projections, self._lengths, found, strict=True
            )
        )

    @cached_property
    def _lengths(self) -> list[float]:
        return [norm(flat) * norm(_direction(flat.size)) for flat in self._arrays]


def _form(value: Any, arrays: list[NDArray[Any]]) -> Iterator[str]:
    """All of a value but its finite numbers, which are added to `arrays`."""
    if isinstance(value, Record):
        yield value.name
        value = value.fields
    if isinstance(value, Seen):
        value = value.parts
    if isinstance(value, Mapping):
        for key in sorted(value, key=repr):
            yield repr(key)
            yield from _form(value[key], arrays)
    elif is_structure(value):
        yield f"({len(value)}"
        for item in value:
            yield from _form(item, arrays)
    elif isinstance(value, (set, frozenset)):
        yield f"{{{len(value)}"
        yield from members(value)
    elif (array := as_array(value)) is None:
        said = getattr(value, "__description__", None) or repr(value)
        yield f"{type(value).__name__} {said}"[:200]
    else:
        flat = wide(array).ravel()
        finite = np.isfinite(flat)
        if not finite.all():
            yield str(np.where(finite, 0, flat).tolist())
            flat = flat[finite]
        yield str(array.shape)
        if np.iscomplexobj(flat):
            flat = np.concatenate([flat.real, flat.imag])
        arrays.append(flat)


def _direction(size: int) -> NDArray[np.float64]:
    """Random numbers of both signs, none near zero; always the same for one size."""
    return _kept(size) if size <= KEPT else _drawn(size)


@lru_cache(maxsize=256)
def _kept(size: int) -> NDArray[np.float64]:
    return _drawn(size)


def _drawn(size: int) -> NDArray[np.float64]:
    rng = np.random.Generator(np.random.PCG64(size))
    return rng.choice([-1.0, 1.0], size) * rng.uniform(0.5, 1.0, size)
