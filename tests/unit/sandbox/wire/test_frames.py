"""Values and frames as bytes."""

from __future__ import annotations

import collections
import datetime
import decimal
import math
import random
import struct
import tracemalloc
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sandbox import wire

DTYPES = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="?"),
    hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.floating_dtypes(endianness="?"),
    hnp.complex_number_dtypes(endianness="?"),
)
ARRAYS = DTYPES.flatmap(
    lambda d: hnp.arrays(d, hnp.array_shapes(min_dims=0, min_side=0, max_side=4))
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**4000), 10**4000),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(st.characters()),  # lone surrogates included
    st.binary(),
    DTYPES.map(lambda d: d.newbyteorder("=")).flatmap(
        lambda d: hnp.arrays(d, ()).map(lambda a: a[()])
    ),
)
EXACT = st.one_of(
    st.dates(),
    st.times(),
    st.datetimes(timezones=st.none() | st.just(datetime.UTC)),
    st.timedeltas(),
    st.decimals(),
    st.fractions(),
    st.builds(
        lambda start, step, count: range(start, start + step * count, step),
        st.integers(),
        st.integers().filter(bool),
        st.integers(-4, 4),
    ),
)


def is_itself(value: Any) -> bool:
    """Whether it may be a member of a set: a NaN is never found again."""
    return not (isinstance(value, decimal.Decimal) and value.is_nan())


MEMBERS = (
    st.integers() | st.text() | st.tuples(st.floats(allow_nan=False)) | EXACT.filter(is_itself)
)
KEYS = st.one_of(st.text(st.characters()), st.integers(), st.tuples(st.integers(), st.none()))
VALUES = st.recursive(
    SCALARS | ARRAYS | EXACT,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
        st.lists(inner, max_size=4).map(collections.deque),
        st.sets(MEMBERS, max_size=4),
        st.frozensets(MEMBERS, max_size=4),
    ),
    max_leaves=12,
)


def no_handle(value: Any) -> tuple[int, str, bool]:
    raise AssertionError(f"{value!r} is plain")


def there_and_back(value: Any) -> Any:
    raw = wire.pack(7, "value", value, no_handle)
    header, payload = wire.sizes(raw)
    start = wire.PREFACE.size
    assert len(raw) == start + header + payload
    frame = wire.unpack(raw[start : start + header], raw[start + header :], lambda *h: h)
    assert (frame.number, frame.kind) == (7, "value")
    return frame.body


def same(one: Any, other: Any) -> bool:
    """Equal in type, dtype, order and bits (but for the byte order of an array)."""
    if isinstance(one, np.ndarray | np.generic):
        wanted = one.astype(one.dtype.newbyteorder("<"))
        if type(one) is not type(other) or (other.dtype, other.shape) != (
            wanted.dtype,
            one.shape,
        ):
            return False
        if one.dtype.kind not in "fc":
            return bool(wanted.tobytes() == other.tobytes())
        return np.array_equal(wanted, other, equal_nan=True) and all(
            np.array_equal(np.signbit(x), np.signbit(y))
            for x, y in ((wanted.real, other.real), (wanted.imag, other.imag))
        )
    if type(one) is not type(other):
        return False
    if isinstance(one, decimal.Decimal):
        return one.as_tuple() == other.as_tuple()
    if isinstance(one, list | tuple | collections.deque):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one.items()), list(other.items()))
    if isinstance(one, float):
        return struct.pack("<d", one) == struct.pack("<d", other) or (one != one != other)
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    return bool(one == other)


@given(VALUES)
def test_values_round_trip(value: Any) -> None:
    """Every plain value arrives equal, with its own type and dtype."""
    assert same(value, there_and_back(value))


@pytest.mark.parametrize(
    "value", [math.nan, -0.0, math.inf, 2**64, -(2**63) - 1, "\ud800x", True, 1, 1.0, b"\xff"]
)
def test_edges_round_trip(value: Any) -> None:
    """The values at the edges of msgpack arrive as they were."""
    assert same(value, there_and_back(value))


def test_numpy_scalars_stay_what_they_are() -> None:
    """np.float64 is no float on the other side, and True no np.bool."""
    found = there_and_back([np.float64(0.5), 0.5, np.bool_(True), True, np.int32(3)])
    assert [type(x) for x in found] == [np.float64, float, np.bool_, bool, np.int32]


@pytest.mark.parametrize(
    "array",
    [
        np.arange(24.0).reshape(4, 6)[::2, ::-3],
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.broadcast_to(np.float32(2), (3, 2)),
        np.arange(3, dtype=">i4"),
        np.array(5.0),
        np.zeros((3, 0, 2)),
    ],
)
def test_any_layout_of_an_array_arrives_plain(array: np.ndarray) -> None:
    """Strides, order and byte order are gone, the values are there, the array is writable."""
    found = there_and_back(array)
    assert found.shape == array.shape
    assert np.array_equal(found, array)
    assert found.flags.c_contiguous
    assert found.flags.writeable
    assert found.flags.owndata


def test_arrays_of_one_frame_share_no_memory() -> None:
    """An array that was sent twice arrives as two."""
    array = np.zeros(3)
    one, other = there_and_back([array, array])
    assert not np.shares_memory(one, other)


def test_subclasses_travel_as_their_base() -> None:
    """What a subclass says about itself does not reach the other side."""

    class Liar(np.ndarray):
        @property
        def shape(self) -> tuple[int, ...]:  # type: ignore[override]
            return (99,)

        def tobytes(self, order: Any = "C") -> bytes:
            return b"lies"

    class LyingFloat(float):
        def __float__(self) -> float:
            return 0.0

    class LyingList(list):
        def __iter__(self) -> Any:
            return iter([1, 2, 3])

    array, number, items, masked = there_and_back(
        [
            np.arange(2.0).view(Liar),
            LyingFloat(4),
            LyingList([9]),
            np.ma.masked_array([1, 2], mask=[True, False]),
        ]
    )
    assert type(array) is np.ndarray
    assert array.tolist() == [0.0, 1.0]
    assert (type(number), number) == (float, 4.0)
    assert items == [9]
    assert type(masked) is np.ndarray
    assert masked.tolist() == [1, 2]


def test_arrays_of_objects_arrive_as_descriptions() -> None:
    """The grader can say what it was given, and holds nothing of it."""
    words, things = there_and_back([np.array(["a", "b"]), np.array([None, {}])])
    assert words == wire.Opaque("array of str32", (2,), "array(['a', 'b'], dtype='<U1')")
    assert (things.type_name, things.shape) == ("array of object", (2,))


def test_other_values_become_handles() -> None:
    """An iterator is no plain value: the other side gets its handle."""
    raw = wire.pack(1, "value", iter(()), lambda value: (4, type(value).__name__, False))
    header, _ = wire.sizes(raw)
    frame = wire.unpack(raw[8 : 8 + header], b"", lambda *handle: handle)
    assert frame.body == (4, "tuple_iterator", False)


def nested(depth: int) -> Any:
    return [nested(depth - 1)] if depth else 0


def wide(levels: int) -> Any:
    return [wide(levels - 1)] * 10 if levels else 0


def cyclic() -> Any:
    items: list[Any] = []
    items.append(items)
    return items


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (nested(40), "nested deeper than 16 levels"),
        (cyclic(), "nested deeper than 16 levels"),
        (wide(9), "more than 200,000 items"),
        (np.broadcast_to(0.0, (10**5, 10**5)), "more than 16 MB"),
        (np.zeros(5 << 20, np.int8), "more than 4.2 million numbers"),
        ([np.zeros(1)] * 300, "more than 256 arrays"),
        (1 << 20_000, "more than 4,000 digits"),
        (["x" * 10**6] * 5, "more than 4 million characters"),
        (dict.fromkeys(range(9_000)), "more than 8,192 keys"),
        (set(range(9_000)), "more than 8,192 members of sets"),
    ],
    ids=[
        "deep",
        "cyclic",
        "wide",
        "broadcast",
        "bytes",
        "arrays",
        "integer",
        "text",
        "keys",
        "members",
    ],
)
def test_what_is_too_big_is_refused_in_words(value: Any, words: str) -> None:
    """The sender finds out, before it allocates anything, and can say why."""
    with pytest.raises(wire.Unencodable, match=words):
        wire.pack(1, "value", value, no_handle)


def decode(header: Any, payload: bytes = b"") -> Any:
    raw = header if isinstance(header, bytes) else msgspec.msgpack.encode(header)
    return wire.unpack(raw, payload, lambda *handle: handle).body


@pytest.mark.parametrize(
    "node",
    [
        ["?", 1],
        ["a", "<f8", [2]],  # more than its payload
        ["a", "<f8", [-1]],
        ["a", "<f8", [True]],
        ["a", "<f8", [0, 1 << 60, 1 << 60]],
        ["a", "<f8", [1] * 9],
        ["a", "|O8", [1]],
        ["a", "<M8[s]", [1]],
        ["a", "V8", [1]],
        ["s", "<f8", b"1234"],
        ["d", 1],
        ["d", ["l"], 1],
        ["i", b"\x01" * 5_000],
        ["u", b"\xff"],
        ["c", b""],
        ["p", "set", ["t", ["l"]]],
        ["p", "set", ["t", *range(9_000)]],
        ["p", "range", ["t", 0, 1]],
        ["p", "range", ["t", 0, 1, 0]],
        ["p", "date", ["t", "tomorrow"]],
        ["p", "date", ["t", 1]],
        ["p", "timedelta", ["t", 1 << 62, 0, 0]],
        ["p", "timedelta", ["t", 1e300, 0, 0]],
        ["p", "Decimal", ["t", "one"]],
        ["p", "Decimal", ["t", 1.5]],
        ["p", "Fraction", ["t", 1, 0]],
        ["p", "Fraction", ["t", "1e9999999", 1]],
        ["p", "deque", 1],
        ["p", "eval", ["t", "1"]],
        ["h", 1, 2, 3],
        ["h", True, "x"],
        {"a": 1},
        [],
    ],
)
def test_forged_nodes_are_refused(node: Any) -> None:
    """What no honest sender would send is a protocol error, and nothing else."""
    with pytest.raises(wire.ProtocolError):
        decode([1, "value", node])


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"\xc1",
        b"\xdd\xff\xff\xff\xff",  # a list of four thousand million items
        b"\xdf\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xdd\x00\xff\xff\xff" * 500,
        b"\x91" * 1_000_000,
        msgspec.msgpack.encode([1, "value"]),
        msgspec.msgpack.encode(["1", "value", None]),
        msgspec.msgpack.encode([1, "value", None]) + b"\x00",
    ],
    ids=range(10),
)
def test_claims_of_a_header_allocate_nothing(header: bytes) -> None:
    """A few bytes that promise gigabytes cost no memory."""
    tracemalloc.start()
    try:
        with pytest.raises(wire.ProtocolError):
            decode(header)
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


def test_a_forged_boolean_is_true_or_false() -> None:
    """The byte 2 in an array of booleans becomes True, not a third truth value."""
    found = decode([1, "value", ["a", "|b1", [3]]], b"\x00\x02\x01")
    assert found.tolist() == [False, True, True]
    assert found.tobytes() == b"\x00\x01\x01"


def test_spare_payload_is_refused() -> None:
    """A payload that no array mentions is a protocol error."""
    with pytest.raises(wire.ProtocolError, match="do not fill"):
        decode([1, "value", None], b"spare")


@pytest.mark.parametrize("sizes", [(5 << 20, 0), (10, 64 << 20), (2**32 - 1, 2**32 - 1)])
def test_frames_that_are_too_big_are_refused_unread(sizes: tuple[int, int]) -> None:
    """The preface alone is enough to refuse a frame."""
    with pytest.raises(wire.ProtocolError):
        wire.sizes(wire.PREFACE.pack(*sizes))


def test_mutated_frames_are_values_or_protocol_errors() -> None:
    """Whatever a frame is turned into, the decoder answers or refuses; it never raises else."""
    draw = random.Random(0)
    value = [{"W1": np.ones((3, 2)), "b": np.float64(2)}, ("x", [1.5, None, 2**80]), "é\ud800"]
    raw = wire.pack(3, "value", value, no_handle)
    size, _ = wire.sizes(raw)
    header, payload = raw[8 : 8 + size], raw[8 + size :]
    refused = 0
    for _ in range(5_000):
        changed = bytearray(header)
        for _ in range(draw.randint(1, 4)):
            place = draw.randrange(len(changed))
            match draw.randrange(3):
                case 0:
                    changed[place] = draw.randrange(256)
                case 1:
                    del changed[place]
                case 2:
                    changed.insert(place, draw.randrange(256))
        try:
            wire.unpack(bytes(changed), payload, lambda *handle: handle)
        except wire.ProtocolError:
            refused += 1
    assert 1_000 < refused <= 5_000
