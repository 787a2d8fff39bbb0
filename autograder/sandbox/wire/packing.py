"""Values become a frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Bound by name, so that a submission which patches these modules cannot change the codec.
from numpy import generic, ndarray

from autograder.sandbox.wire import named, plain
from autograder.sandbox.wire.frames import (
    CODES,
    COMPLEX,
    DTYPES,
    ENVELOPE,
    MAX_ARRAYS,
    MAX_DEPTH,
    MAX_FRAME,
    MAX_HEADER,
    MAX_INT_BITS,
    MAX_NDIM,
    MAX_NODES,
    MAX_OTHER_KEYS,
    Bounds,
    Opaque,
    Unencodable,
)

# Asking a method of what needs nothing done would take most of the time.
SENT_AS_IS = frozenset([float, bool, type(None)])


class Packer:
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
        """The node that stands for a value in the header; its arrays go into `chunks`."""
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
        if kind is dict:
            return self._dict(value, depth)
        if kind is list or kind is tuple:
            return self._items("l" if kind is list else "t", value, len(value), depth)
        if issubclass(kind, (tuple, list, dict)) and kind is not Opaque:
            return self._of_a_class(value, depth)
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
            return ["c", COMPLEX.pack(value.real, value.imag)]
        if issubclass(kind, bytes):
            self._count_text(bytes.__len__(value))
            return bytes.__getitem__(value, slice(None))
        found = plain.parts(value)
        if found is not None:
            return self._plain(*found, depth)
        return ["h", *self.foreign(value)]

    def _container(self, value: Any, depth: int) -> list[Any]:
        if isinstance(value, dict):
            return self._dict(value, depth)
        if isinstance(value, list):
            return self._items("l", list.__iter__(value), list.__len__(value), depth)
        return self._items("t", tuple.__iter__(value), tuple.__len__(value), depth)

    def _of_a_class(self, value: Any, depth: int) -> list[Any]:
        kind = type(value)
        if named.acts(kind) and named.is_submitted(kind):
            return ["h", *self.foreign(value)]
        items, label = self._container(value, depth), named.label_of(value)
        if label is None:
            return items
        self._count(len(label.fields), depth)
        self._count_text(len(label.name) + sum(map(len, label.fields)))
        return ["n", label.name, label.own, list(label.fields), items]

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
            *[item if type(item) in SENT_AS_IS else self.node(item, below) for item in items],
        ]

    def _dict(self, value: dict[Any, Any], depth: int) -> list[Any]:
        self._count(2 * dict.__len__(value), depth)
        nodes: list[Any] = ["d"]
        for key, item in dict.items(value):
            if type(key) is str:
                nodes.append(self._str(key))
            else:
                self._count_others(1, "keys")
                nodes.append(self.node(key, depth + 1))
            nodes.append(self.node(item, depth + 1))
        return nodes

    def _plain(self, name: str, parts: list[Any], depth: int) -> list[Any]:
        if name in plain.HASHED:
            self._count_others(sum(type(part) is not str for part in parts), "members of sets")
        if not self.bounds.ranges:
            self._count(plain.stands_for(name, parts), depth)
        return ["p", name, self._items("t", parts, len(parts), depth)]

    def _count_others(self, count: int, what: str) -> None:
        self.other_keys += count
        if self.other_keys > MAX_OTHER_KEYS:
            raise Unencodable(
                f"too big: it has more than {MAX_OTHER_KEYS:,} {what} that are not strings"
            )

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
        if code in DTYPES:
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
        code = CODES.get(kind)  # of most arrays, as they are
        if code is None:
            kind = kind.newbyteorder("<")
            code = kind.str
            if code not in DTYPES:
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


def _short(value: Any) -> str:
    try:
        text = str.__str__(repr(value))[:200]
    except Exception:  # an element's own __repr__, which may raise whatever it likes
        return ""
    return text.encode("utf-8", "replace").decode()
