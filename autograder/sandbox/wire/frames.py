"""The form of a frame: its bounds, its parts, and the types of arrays that travel."""

from __future__ import annotations

import struct
from typing import Any, NamedTuple

# Bound by name, so that a submission which patches these modules cannot change the codec.
from numpy import dtype, ndarray

MAX_HEADER = 4 << 20
# Each list or map begins with a byte of this range, and takes some 60 bytes of memory. Text and
# numbers have such bytes, too: of 200,000 floats at most so many.
MAX_OPENINGS = 1_000_000
MAX_FRAME = 64 << 20
MAX_ARRAYS = 256
MAX_NDIM = 8
MAX_DEPTH = 16
MAX_NODES = 200_000
# Ints and tuples can be chosen so that their hashes collide, and then n keys take n**2
# steps. Strings cannot, since their hash is salted.
MAX_OTHER_KEYS = 8_192
# Python refuses to print an int of more than 4,300 digits, which is 14,284 bits.
MAX_INT_BITS = 14_000
NODE = 32  # bytes of memory that an item of a list or a dict takes, about
NAMELESS = "?"  # a type whose name is empty
ENVELOPE = 3  # a message's own nesting around the values that it carries


class Bounds(NamedTuple):
    """The largest size of a frame: its bytes, and the numbers in its arrays.

    Judging makes doubles of numbers, and an array of bytes takes eight times as much then.

    ranges   whether a range may have more items than a list: who gets one may make it a list.
    """

    nbytes: int
    numbers: int
    ranges: bool = False


TO_GUEST = Bounds(MAX_FRAME, MAX_FRAME, ranges=True)
TO_HOST = Bounds(16 << 20, 4 << 20)
PREFACE = struct.Struct("<II")
COMPLEX = struct.Struct("<dd")


class ProtocolError(Exception):
    """The bytes are no frame."""


class Unencodable(Exception):
    """A value is too big or too deep to travel; the text goes on from "which is"."""


class Opaque(NamedTuple):
    """A value that cannot travel and has no use in the grader, in words."""

    type_name: str
    shape: tuple[int, ...]
    text: str


class Frame(NamedTuple):
    """One message: the number of the request that it belongs to, its kind and its fields.

    weight   about the bytes of memory that its fields take.
    """

    number: int
    kind: str
    body: Any
    weight: int = 0


class Made(NamedTuple):
    """The parts that a value was turned into; the arrays are in the order of their payload."""

    arrays: list[ndarray[Any, Any]]
    containers: list[list[Any] | dict[Any, Any]]


def _dtypes() -> dict[str, dtype[Any]]:
    codes = "|b1 |i1 |u1 <i2 <i4 <i8 <u2 <u4 <u8 <f2 <f4 <f8 <f12 <f16 <c8 <c16 <c24 <c32"
    found = {}
    for code in codes.split():
        try:
            found[code] = dtype(code)
        except TypeError:  # this machine's long double has another size
            continue
    return found


DTYPES = _dtypes()
CODES = {kind: code for code, kind in DTYPES.items()}
