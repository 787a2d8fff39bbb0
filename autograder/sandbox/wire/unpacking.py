"""A frame becomes values, with every bound checked before anything is allocated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Bound by name, so that a submission which patches these modules cannot change the codec.
from numpy import array, frombuffer, ndarray, uint8

from autograder.sandbox.text import clean
from autograder.sandbox.wire import named, plain
from autograder.sandbox.wire.frames import (
    COMPLEX,
    DTYPES,
    ENVELOPE,
    MAX_ARRAYS,
    MAX_DEPTH,
    MAX_FRAME,
    MAX_INT_BITS,
    MAX_NDIM,
    MAX_NODES,
    MAX_OTHER_KEYS,
    NAMELESS,
    Bounds,
    Made,
    Opaque,
    ProtocolError,
)

TAKEN_AS_IS = frozenset([float, str, int, bool, bytes, type(None)])


class Unpacker:
    """Turns one frame's nodes back into values, trusting none of them."""

    def __init__(
        self,
        payload: bytes | memoryview,
        handle: Callable[[int, str, bool], Any],
        mapping: Callable[[], dict[Any, Any]],
        made: Made | None,
        bounds: Bounds,
    ) -> None:
        self.payload = payload
        self.bounds = bounds
        self.numbers = bounds.numbers  # that its arrays may still hold
        self.handle = handle
        self.mapping = mapping
        self.made = made or Made([], [])
        self.offset = 0
        self.arrays = 0
        self.nodes = 0
        self.other_keys = 0

    def value(self, node: Any, depth: int) -> Any:
        """The value that a node of the header stands for."""
        kind = type(node)
        if kind is not list:
            if kind in TAKEN_AS_IS:
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
            case ["c", bytes(raw)] if len(raw) == COMPLEX.size:
                return complex(*COMPLEX.unpack(raw))
            case ["u", bytes(raw)]:
                return _surrogates(raw)
            case ["p", str(name), ["t", *parts]]:
                return self._plain(name, parts, depth)
            case ["n", name, own, fields, ["l" | "t" | "d", *_] as items] if named.is_label(
                name, own, fields
            ):
                return self._of_a_class(name, own, fields, items, depth)
            case ["h", int(number), str(name), bool(callable_)]:
                return self.handle(number, clean(name, 80) or NAMELESS, callable_)
            case ["o", str(name), ["t", *shape], str(text)]:
                return Opaque(clean(name, 80), _shape(shape), clean(text, 200))
        raise ProtocolError("a frame holds a value of an unknown kind")

    def _items(self, items: list[Any], depth: int) -> list[Any]:
        self._count(len(items), depth)
        below = depth + 1
        return [
            item if type(item) in TAKEN_AS_IS else self.value(item, below) for item in items
        ]

    def _count(self, items: int, depth: int) -> None:
        self.nodes += items
        if self.nodes > MAX_NODES or depth >= MAX_DEPTH + ENVELOPE:
            raise ProtocolError("a frame holds too many values, or too deep ones")

    def _dict(self, items: list[Any], depth: int) -> dict[Any, Any]:
        self._count(len(items), depth)
        if len(items) % 2:
            raise ProtocolError("a frame holds a malformed dict")
        found = self.mapping()
        values = iter(items)
        try:
            for key in values:
                if type(key) is not str:
                    self.other_keys += 1
                    if self.other_keys > MAX_OTHER_KEYS:
                        raise ProtocolError("a frame holds a malformed dict")
                    key = self.value(key, depth + 1)
                found[key] = self.value(next(values), depth + 1)
        except TypeError as error:
            raise ProtocolError("a frame holds a dict whose key cannot be one") from error
        self.made.containers.append(found)
        return found

    def _of_a_class(
        self, name: str, own: bool, fields: list[str], items: list[Any], depth: int
    ) -> Any:
        self._count(len(fields), depth)
        label = named.Label(clean(name, 80) or NAMELESS, own, tuple(fields))
        return named.labelled(self.value(items, depth), label)

    def _plain(self, name: str, parts: list[Any], depth: int) -> Any:
        items = self._items(parts, depth)
        if name in plain.HASHED:
            self.other_keys += sum(type(item) is not str for item in items)
            if self.other_keys > MAX_OTHER_KEYS:
                raise ProtocolError(f"a frame holds a malformed {name}")
        found = plain.made(name, items)
        if not self.bounds.ranges:
            self._count(plain.stands_for(name, items), depth)
        return found

    def _array(self, code: str, dims: list[Any]) -> ndarray[Any, Any]:
        kind, shape = DTYPES.get(code), _shape(dims)
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
        kind = DTYPES.get(code)
        if kind is None or len(raw) != kind.itemsize:
            raise ProtocolError("a frame holds a number of an unknown kind")
        found = frombuffer(raw, kind)
        return (_booleans(found) if code == "|b1" else found)[0]


def _booleans(raw: Any) -> ndarray[Any, Any]:
    # A forged byte 2 would be a boolean that equals neither True nor False.
    return array(ndarray.view(raw, uint8) != 0)


def _shape(dims: list[Any]) -> tuple[int, ...]:
    if len(dims) > MAX_NDIM:
        raise ProtocolError("a frame holds a malformed shape")
    for n in dims:
        if type(n) is not int or n < 0:
            raise ProtocolError("a frame holds a malformed shape")
        if n > MAX_FRAME:
            raise ProtocolError("a frame holds a shape that is too big")
    return tuple(dims)


def _surrogates(raw: bytes) -> str:
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise ProtocolError("a frame holds malformed text") from error
