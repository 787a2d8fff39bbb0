"""The bounds of a frame, to the item: both sides take what is at one, and nothing beyond it."""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest

from autograder.sandbox import wire


def no_handle(value: Any) -> tuple[int, str, bool]:
    raise AssertionError(f"{value!r} is plain")


def sent(value: Any) -> Any:
    """What arrives of a value."""
    raw = wire.pack(1, "value", value, no_handle)
    header, _ = wire.sizes(raw)
    start = wire.PREFACE.size
    return wire.unpack(raw[start : start + header], raw[start + header :], no_handle).body


def received(node: Any, payload: bytes = b"") -> Any:
    """What a node becomes that nobody has checked before it was sent."""
    header = msgspec.msgpack.encode([1, "value", node])
    return wire.unpack(header, payload, lambda *handle: handle).body


def lists(depth: int) -> Any:
    return [lists(depth - 1)] if depth else 0


def dicts(depth: int) -> Any:
    return {"a": dicts(depth - 1)} if depth else 0


def nodes(depth: int) -> Any:
    return ["l", nodes(depth - 1)] if depth else 0


def dict_nodes(depth: int) -> Any:
    return ["d", "a", dict_nodes(depth - 1)] if depth else 0


def keyed(count: int) -> Any:
    return dict.fromkeys(range(count))


def keyed_node(count: int) -> Any:
    return ["d", *(each for number in range(count) for each in (number, None))]


def numbers(count: int) -> Any:
    return np.zeros(count, np.int8)


def axes(count: int) -> Any:
    return np.zeros([1] * count)


@pytest.mark.parametrize(
    ("make", "most"),
    [
        (lists, 19),
        (dicts, 19),
        (keyed, 8_192),
        (numbers, 4 << 20),
        (axes, 8),
        (lambda count: [0.0] * count, 200_000),
        (lambda count: [np.zeros(1)] * count, 256),
        (lambda bits: 1 << (bits - 1), 14_000),
        (range, 199_997),
    ],
    ids=["lists", "dicts", "keys", "numbers", "axes", "items", "arrays", "bits", "ranges"],
)
def test_a_sender_stops_at_the_bound(make: Callable[[int], Any], most: int) -> None:
    """What is at the bound arrives; one more is refused before it is sent."""
    sent(make(most))
    with pytest.raises(wire.Unencodable):
        wire.pack(1, "value", make(most + 1), no_handle)


@pytest.mark.parametrize(
    ("make", "most", "payload"),
    [
        (nodes, 19, b""),
        (dict_nodes, 19, b""),
        (keyed_node, 8_192, b""),
        (lambda count: ["p", "set", ["t", *range(count)]], 8_192, b""),
        (lambda count: ["a", "<f8", [1] * count], 8, bytes(8)),
        (lambda count: ["l", *[0] * count], 200_000, b""),
        (lambda count: ["p", "range", ["t", 0, -count, -1]], 199_997, b""),
    ],
    ids=["lists", "dicts", "keys", "members", "axes", "items", "ranges"],
)
def test_a_receiver_stops_at_the_bound(
    make: Callable[[int], Any], most: int, payload: bytes
) -> None:
    """A sender may have been changed by a submission."""
    received(make(most), payload)
    with pytest.raises(wire.ProtocolError):
        received(make(most + 1), payload)


def test_a_probe_may_hand_out_a_long_range() -> None:
    """Who made it knows how long it is; what comes back of a submission may become a list."""
    frame = wire.pack(1, "call", range(10**12), no_handle, wire.TO_GUEST)
    head, _ = wire.sizes(frame, wire.TO_GUEST)
    start = wire.PREFACE.size
    header, payload = frame[start : start + head], frame[start + head :]
    assert wire.unpack(header, payload, no_handle, bounds=wire.TO_GUEST).body == range(10**12)
    with pytest.raises(wire.ProtocolError):
        wire.unpack(header, payload, no_handle)


def test_names_of_fields_count_as_text() -> None:
    """Twenty long ones, in each of thousands of tuples."""
    long = collections.namedtuple("Long", [f"f{n:070}" for n in range(20)])
    with pytest.raises(wire.Unencodable, match="more than 4 million characters"):
        wire.pack(1, "value", [long(*range(20))] * 3_000, no_handle)


def test_what_stands_for_a_value_is_short() -> None:
    """Two hundred characters of an array that cannot travel."""
    assert len(sent(np.array(["a" * 300])).text) == 200
