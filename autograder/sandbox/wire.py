"""Frames and values as bytes, for both ends of a guest's socket.

A frame is a preface (two sizes), a header (msgpack) and a payload (the raw bytes of its
arrays, in the order in which the header mentions them). Nothing here executes what it
reads, and every bound is checked before anything is allocated.

Plain values travel as themselves; the others as a list that begins with a tag:

    l t d    list, tuple, dict (keys and values alternate)
    a s      array and NumPy scalar: dtype, then shape or bytes
    i c u    large int, complex, str with lone surrogates
    h        handle: a value that stays in the guest
    o        Opaque: a value that is only described
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

# Bound by name, so that a submission which patches these modules cannot change the codec.
from numpy import array, dtype, frombuffer, generic, ndarray, uint8

from autograder.sandbox.text import clean

MAX_HEADER = 4 << 20
# Each list or map begins with a byte of this range, and takes some 60 bytes of memory. Text and
# numbers have such bytes, too: of 200,000 floats at most so many.
MAX_OPENINGS = 1_000_000
_NO_OPENING = bytes(set(range(256)) - set(range(0x80, 0xA0)))
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
    """How large a frame may be: its bytes, and the numbers in its arrays.

    Judging makes doubles of numbers, and an array of bytes takes eight times as much then.
    """

    nbytes: int
    numbers: int


TO_GUEST = Bounds(MAX_FRAME, MAX_FRAME)
TO_HOST = Bounds(16 << 20, 4 << 20)

PREFACE = struct.Struct("<II")
_COMPLEX = struct.Struct("<dd")


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
    """What a frame was turned into; the arrays are in the order of their payload."""

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


_DTYPES = _dtypes()
_CODES = {kind: code for code, kind in _DTYPES.items()}
# Asking a method of what needs nothing done would take most of the time.
_SENT_AS_IS = frozenset([float, bool, type(None)])
_TAKEN_AS_IS = frozenset([float, str, int, bool, bytes, type(None)])
_encode = msgspec.msgpack.Encoder().encode


def _refuse(code: int, data: memoryview) -> Any:
    raise ValueError


_decode = msgspec.msgpack.Decoder(ext_hook=_refuse).decode


def pack(
    number: int,
    kind: str,
    body: Any,
    foreign: Callable[[Any], tuple[int, str, bool]],
    bounds: Bounds = TO_HOST,
) -> bytes:
    """The frame's bytes.

    foreign   gives (id, type name, callable) of the handle for a value that is not plain.

    Raises Unencodable.
    """
    packer = _Packer(foreign, bounds)
    header = _encode([number, kind, packer.node(body, 0)])
    if len(header) > MAX_HEADER or len(header) + packer.nbytes + PREFACE.size > bounds.nbytes:
        raise Unencodable("too big")
    return b"".join([PREFACE.pack(len(header), packer.nbytes), header, *packer.chunks])


def sizes(preface: bytes | bytearray, bounds: Bounds = TO_HOST) -> tuple[int, int]:
    """The header's and the payload's bytes. Raises ProtocolError beyond the bounds."""
    header, payload = PREFACE.unpack_from(preface)
    if header > MAX_HEADER or header + payload + PREFACE.size > bounds.nbytes:
        raise ProtocolError("a frame is too big")
    return header, payload


def unpack(
    header: bytes | memoryview,
    payload: bytes | memoryview,
    handle: Callable[[int, str, bool], Any],
    mapping: Callable[[], dict[Any, Any]] = dict,
    made: Made | None = None,
    bounds: Bounds = TO_HOST,
) -> Frame:
    """The frame; its arrays are writable copies that own their memory.

    handle    gives the value for a handle's (id, type name, callable).
    mapping   makes the empty dict which a dict's items are put into.
    made      gets every array, list and dict of it.

    Raises ProtocolError.
    """
    if len(header) > MAX_OPENINGS and len(bytes(header).translate(None, _NO_OPENING)) > (
        MAX_OPENINGS
    ):
        raise ProtocolError("a frame holds too many values")
    try:
        fields = _decode(header)
    except (msgspec.MsgspecError, ValueError, RecursionError, MemoryError) as error:
        raise ProtocolError("a frame's header is not readable") from error
    match fields:
        case [int(number), str(kind), node]:
            unpacker = _Unpacker(payload, handle, mapping, made, bounds.numbers)
            body = unpacker.value(node, 0)
        case _:
            raise ProtocolError("a frame's header is incomplete")
    if unpacker.offset != len(payload):
        raise ProtocolError("a frame's arrays do not fill its payload")
    return Frame(number, kind, body, len(header) + len(payload) + NODE * unpacker.nodes)


class _Packer:
    """Turns one frame's values into nodes, and keeps count against the bounds."""

    def __init__(self, foreign: Callable[[Any], tuple[int, str, bool]], bounds: Bounds) -> None:
        self.foreign = foreign
        self.bounds = bounds
        self.numbers = 0
        self.chunks: list[bytes] = []
        self.nbytes = 0
        self.text = 0
        self.nodes = 0
        self.other_keys = 0

    def node(self, value: Any, depth: int) -> Any:
        kind = type(value)
        # Nearly every value is of one of these types, and asking each is slow.
        if value is None or kind is float or kind is bool:
            return value
        if kind is str:
            return self._str(value)
        if kind is ndarray:
            return self._array(value)
        if kind is int:
            return self._int(value)
        if issubclass(kind, dict):
            return self._dict(value, depth)
        if issubclass(kind, list):
            return self._items("l", list.__iter__(value), list.__len__(value), depth)
        if issubclass(kind, tuple) and kind is not Opaque:
            return self._items("t", tuple.__iter__(value), tuple.__len__(value), depth)
        if issubclass(kind, ndarray):
            return self._array(value)
        if issubclass(kind, generic):  # before float and complex: float64 is a float
            return self._scalar(value)
        if issubclass(kind, int):
            return self._int(int.__int__(value))
        if issubclass(kind, str):
            return self._str(str.__str__(value))
        if issubclass(kind, float):
            return float.__float__(value)
        if issubclass(kind, complex):
            return ["c", _COMPLEX.pack(value.real, value.imag)]
        if issubclass(kind, bytes):
            self._count_text(bytes.__len__(value))
            return bytes.__getitem__(value, slice(None))
        return ["h", *self.foreign(value)]

    def _count(self, items: int, depth: int) -> None:
        self.nodes += items
        if self.nodes > MAX_NODES:
            raise Unencodable(f"too big: it has more than {MAX_NODES:,} items")
        if depth >= MAX_DEPTH + ENVELOPE:
            raise Unencodable(f"nested deeper than {MAX_DEPTH} levels")

    def _count_text(self, size: int) -> None:
        self.text += size
        if self.text > MAX_HEADER:
            raise Unencodable("too big: its text has more than 4 million characters")

    def _items(self, tag: str, items: Any, count: int, depth: int) -> list[Any]:
        self._count(count, depth)
        below = depth + 1
        return [
            tag,
            *[item if type(item) in _SENT_AS_IS else self.node(item, below) for item in items],
        ]

    def _dict(self, value: dict[Any, Any], depth: int) -> list[Any]:
        self._count(2 * dict.__len__(value), depth)
        nodes: list[Any] = ["d"]
        for key, item in dict.items(value):
            if type(key) is str:
                nodes.append(self._str(key))
            else:
                self.other_keys += 1
                nodes.append(self.node(key, depth + 1))
            nodes.append(self.node(item, depth + 1))
        if self.other_keys > MAX_OTHER_KEYS:
            raise Unencodable(
                f"too big: it has more than {MAX_OTHER_KEYS:,} keys that are not strings"
            )
        return nodes

    def _int(self, value: int) -> Any:
        if -(1 << 63) <= value < 1 << 63:
            return value
        if value.bit_length() > MAX_INT_BITS:
            raise Unencodable("too big: it holds an integer of more than 4,000 digits")
        return ["i", value.to_bytes(value.bit_length() // 8 + 1, "little", signed=True)]

    def _str(self, value: str) -> Any:
        self._count_text(len(value))
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                return ["u", value.encode("utf-8", "surrogatepass")]
        return value

    def _scalar(self, value: Any) -> Any:
        code = generic.dtype.__get__(value).newbyteorder("<").str
        if code in _DTYPES:
            return ["s", code, generic.tobytes(value)]
        if issubclass(type(value), str):
            return self._str(str.__str__(value))
        if issubclass(type(value), bytes):
            self._count_text(bytes.__len__(value))
            return bytes.__getitem__(value, slice(None))
        return ["o", type(value).__name__, ["t"], _short(value)]

    def _array(self, value: Any) -> Any:
        base = value if type(value) is ndarray else ndarray.view(value, ndarray)
        kind, shape = base.dtype, base.shape
        code = _CODES.get(kind)  # of most arrays, as they are
        if code is None:
            kind = kind.newbyteorder("<")
            code = kind.str
            if code not in _DTYPES:
                return ["o", f"array of {base.dtype.name}", ["t", *shape], _short(base)]
            base = base.astype(kind, copy=False)
        if len(shape) > MAX_NDIM or max(shape, default=0) > MAX_FRAME:
            raise Unencodable(f"too big: it holds an array of the shape {shape}")
        self.nbytes += base.nbytes
        self.numbers += base.size
        if self.nbytes > self.bounds.nbytes:
            most = f"{self.bounds.nbytes >> 20} MB of arrays"
            raise Unencodable(f"too big: it holds more than {most}")
        if self.numbers > self.bounds.numbers:
            most = f"{self.bounds.numbers / 1e6:.1f} million numbers"
            raise Unencodable(f"too big: it holds more than {most}")
        self.chunks.append(base.tobytes())
        if len(self.chunks) > MAX_ARRAYS:
            raise Unencodable(f"too big: it holds more than {MAX_ARRAYS} arrays")
        return ["a", code, list(shape)]


class _Unpacker:
    """Turns one frame's nodes back into values, trusting none of them."""

    def __init__(
        self,
        payload: bytes | memoryview,
        handle: Callable[[int, str, bool], Any],
        mapping: Callable[[], dict[Any, Any]],
        made: Made | None,
        numbers: int,
    ) -> None:
        self.payload = payload
        self.numbers = numbers  # that its arrays may still hold
        self.handle = handle
        self.mapping = mapping
        self.made = made or Made([], [])
        self.offset = 0
        self.arrays = 0
        self.nodes = 0
        self.other_keys = 0

    def value(self, node: Any, depth: int) -> Any:
        kind = type(node)
        if kind is not list:
            if kind in _TAKEN_AS_IS:
                return node
            raise ProtocolError("a frame holds a value of an unknown kind")
        tag = node[0] if node else None
        if tag == "d":  # these four are nearly all there is, and `match` is slow to find them
            return self._dict(node[1:], depth)
        if tag == "l":
            items = self._items(node[1:], depth)
            self.made.containers.append(items)
            return items
        if tag == "t":
            return tuple(self._items(node[1:], depth))
        if tag == "a" and len(node) == 3 and type(node[1]) is str and type(node[2]) is list:
            return self._array(node[1], node[2])
        match node:
            case ["s", str(code), bytes(raw)]:
                return self._scalar(code, raw)
            case ["i", bytes(raw)] if len(raw) <= MAX_INT_BITS // 8 + 1:
                return int.from_bytes(raw, "little", signed=True)
            case ["c", bytes(raw)] if len(raw) == _COMPLEX.size:
                return complex(*_COMPLEX.unpack(raw))
            case ["u", bytes(raw)]:
                return _surrogates(raw)
            case ["h", int(number), str(name), bool(callable_)]:
                return self.handle(number, clean(name, 80) or NAMELESS, callable_)
            case ["o", str(name), ["t", *shape], str(text)]:
                return Opaque(clean(name, 80), _shape(shape), clean(text, 200))
        raise ProtocolError("a frame holds a value of an unknown kind")

    def _items(self, items: list[Any], depth: int) -> list[Any]:
        self._count(len(items), depth)
        below = depth + 1
        return [
            item if type(item) in _TAKEN_AS_IS else self.value(item, below) for item in items
        ]

    def _count(self, items: int, depth: int) -> None:
        self.nodes += items
        if self.nodes > MAX_NODES or depth >= MAX_DEPTH + ENVELOPE:
            raise ProtocolError("a frame holds too many values, or too deep ones")

    def _dict(self, items: list[Any], depth: int) -> dict[Any, Any]:
        self._count(len(items), depth)
        if len(items) % 2:
            raise ProtocolError("a frame holds a dict that is none")
        found = self.mapping()
        values = iter(items)
        try:
            for key in values:
                if type(key) is not str:
                    self.other_keys += 1
                    if self.other_keys > MAX_OTHER_KEYS:
                        raise ProtocolError("a frame holds a dict that is none")
                    key = self.value(key, depth + 1)
                found[key] = self.value(next(values), depth + 1)
        except TypeError as error:
            raise ProtocolError("a frame holds a dict whose key cannot be one") from error
        self.made.containers.append(found)
        return found

    def _array(self, code: str, dims: list[Any]) -> ndarray[Any, Any]:
        kind, shape = _DTYPES.get(code), _shape(dims)
        self.arrays += 1
        if kind is None or self.arrays > MAX_ARRAYS:
            raise ProtocolError("a frame holds an array of an unknown kind, or too many")
        try:  # NumPy itself compares the size with the bytes that there are
            found = ndarray(shape, kind, self.payload, self.offset).copy()
        except (TypeError, ValueError) as error:
            raise ProtocolError(
                "a frame holds an array that is larger than its bytes"
            ) from error
        self.offset += found.nbytes
        self.numbers -= found.size
        if self.numbers < 0:
            raise ProtocolError("a frame holds too many numbers")
        if code == "|b1":
            found = _booleans(found)
        self.made.arrays.append(found)
        return found

    def _scalar(self, code: str, raw: bytes) -> Any:
        kind = _DTYPES.get(code)
        if kind is None or len(raw) != kind.itemsize:
            raise ProtocolError("a frame holds a number of an unknown kind")
        found = frombuffer(raw, kind)
        return (_booleans(found) if code == "|b1" else found)[0]


def _booleans(raw: Any) -> ndarray[Any, Any]:
    # A forged byte 2 would be a boolean that equals neither True nor False.
    return array(ndarray.view(raw, uint8) != 0)


def _shape(dims: list[Any]) -> tuple[int, ...]:
    if len(dims) > MAX_NDIM:
        raise ProtocolError("a frame holds a shape that is none")
    for n in dims:
        if type(n) is not int or n < 0:
            raise ProtocolError("a frame holds a shape that is none")
        if n > MAX_FRAME:
            raise ProtocolError("a frame holds a shape that is too big")
    return tuple(dims)


def _surrogates(raw: bytes) -> str:
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise ProtocolError("a frame holds text that is none") from error


def _short(value: Any) -> str:
    try:
        text = str.__str__(repr(value))[:200]
    except Exception:  # an element's own __repr__, which may raise whatever it likes
        return ""
    return text.encode("utf-8", "replace").decode()
