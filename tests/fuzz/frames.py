"""Frames as an honest guest sends them, and what becomes of them in hostile hands."""

from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import random
import struct
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from autograder.sandbox import wire

NUMBER = 1  # of the request that a reply claims to answer

_VALUES: tuple[Any, ...] = (
    None,
    1.5,
    "text, é, \ud800",
    2**80,
    complex(1, -2),
    b"bytes",
    np.float32(0.5),
    np.arange(12.0).reshape(3, 4),
    np.array([[True, False]]),
    np.zeros((2, 0, 3)),
    {"W1": np.ones((4, 2)), "b1": np.zeros((4, 1), np.float32), "n": [1, (2, 3)]},
    [{"a": [{"b": [[[[1]]]]}]}] * 3,
    {(1, 2): "x", 3: np.int8(4), True: None},
    np.array(["strings"]),
    {1, 2},
    frozenset({(1, 2), "a"}),
    range(3),
    decimal.Decimal("1.50"),
    fractions.Fraction(1, 3),
    datetime.datetime(2026, 11, 27, 12, 30),
    collections.deque([1.5, "x"]),
    iter(()),
    [np.full(100, n, np.int16) for n in range(8)],
)
_KINDS = ("value", "done", "loaded", "raised", "memory", "missing", "unusable", "at", "ask")
_BODIES: tuple[Any, ...] = (
    ["raised", ["ValueError", "text", [["line 1", "f", "x = 1"]]]],
    ["loaded", [[], [], ["f", "g"]]],
    ["at", ["cell 1", 3]],
    ["ask", ["double", (np.ones(3),), {"x": 2}]],
    ["missing", ["f"]],
    ["memory", []],
)
_EVIL: tuple[Any, ...] = (
    -1,
    0,
    2**31,
    2**63 - 1,
    -(2**63),
    1e308,
    float("nan"),
    True,
    None,
    "",
    "a" * 300,
    b"",
    b"\xff" * 64,
    [],
    {},
    {"a": 1},
    ["a", "<f8", [2**40]],
    ["a", "<c16", [0, 2**40, 2**40]],
    ["a", "|O", [1]],
    ["a", "|V8", [1]],
    ["a", "|b1", [1, 1, 1, 1, 1, 1, 1, 1, 1]],
    ["s", "<f8", b"short"],
    ["i", b"\x7f" * 10_000],
    ["u", b"\xed\xa0"],
    ["h", 2**62, "ndarray", True],
    ["o", "x", ["t", -1], "text"],
    ["d", ["l"], 1],
    ["d", 1],
    ["t", *range(50)],
)


def corpus() -> list[bytes]:
    """Whole frames, of every kind that a guest sends."""
    replies = [("value", [value, [], []]) for value in _VALUES]
    bodies = [(kind, body) for kind, body in _BODIES]
    return [wire.pack(NUMBER, kind, body, _handle) for kind, body in (*replies, *bodies)]


def mutated(draw: random.Random, frames: list[bytes]) -> bytes:
    """One of the frames, changed in one to four ways."""
    raw = bytearray(draw.choice(frames))
    if draw.random() < 0.4:
        raw = _restructured(draw, raw)
    for _ in range(draw.randint(0 if draw.random() < 0.3 else 1, 3)):
        draw.choice(_MUTATIONS)(draw, raw, frames)
    if draw.random() < 0.5:
        _make_sizes_fit(draw, raw)
    return bytes(raw)


def _flip(draw: random.Random, raw: bytearray, frames: list[bytes]) -> None:
    if raw:
        raw[draw.randrange(len(raw))] ^= 1 << draw.randrange(8)


def _set(draw: random.Random, raw: bytearray, frames: list[bytes]) -> None:
    if raw:
        raw[draw.randrange(len(raw))] = draw.choice((0, 0x7F, 0x80, 0xC1, 0xDD, 0xDF, 0xFF))


def _truncate(draw: random.Random, raw: bytearray, frames: list[bytes]) -> None:
    del raw[draw.randrange(len(raw) + 1) :]


def _remove(draw: random.Random, raw: bytearray, frames: list[bytes]) -> None:
    start = draw.randrange(len(raw) + 1)
    del raw[start : start + draw.randint(1, 9)]


def _insert(draw: random.Random, raw: bytearray, frames: list[bytes]) -> None:
    start = draw.randrange(len(raw) + 1)
    raw[start:start] = draw.randbytes(draw.randint(1, 9))


def _lie(draw: random.Random, raw: bytearray, frames: list[bytes]) -> None:
    """Say another size, of the header or of the payload."""
    if len(raw) >= 8:
        near = struct.unpack_from("<I", raw)[0] + draw.randint(-3, 3)
        size = draw.choice((0, near, wire.MAX_HEADER, wire.MAX_FRAME, 2**31, 2**32 - 1))
        struct.pack_into("<I", raw, draw.choice((0, 4)), size % 2**32)


def _splice(draw: random.Random, raw: bytearray, frames: list[bytes]) -> None:
    """Put a piece of another frame in the place of a piece of this one."""
    other = draw.choice(frames)
    start, length = draw.randrange(len(other)), draw.randint(1, 40)
    place = draw.randrange(len(raw) + 1)
    raw[place : place + draw.randint(0, length)] = other[start : start + length]


def _repeat(draw: random.Random, raw: bytearray, frames: list[bytes]) -> None:
    start = draw.randrange(len(raw) + 1)
    raw[start:start] = raw[start : start + draw.randint(1, 64)] * draw.randint(1, 50)


_Mutation = Callable[[random.Random, bytearray, list[bytes]], None]
_MUTATIONS: tuple[_Mutation, ...] = (
    _flip,
    _flip,
    _set,
    _truncate,
    _remove,
    _insert,
    _lie,
    _splice,
    _repeat,
)


def _restructured(draw: random.Random, raw: bytearray) -> bytearray:
    """The frame with one node of its header replaced: msgpack as it should be, and a lie."""
    header, _ = wire.sizes(raw)
    tree = msgspec.msgpack.decode(raw[8 : 8 + header])
    places: list[tuple[list[Any], int]] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        places += [(node, index) for index in range(len(node))]
        waiting += [item for item in node if isinstance(item, list)]
    node, index = draw.choice(places)
    node[index] = draw.choice((*_EVIL, *_KINDS, "a", "d", "l", "t", [node[index]] * 20))
    encoded = msgspec.msgpack.encode(tree)
    payload = raw[8 + header :]
    return bytearray(wire.PREFACE.pack(len(encoded), len(payload)) + encoded + payload)


def _make_sizes_fit(draw: random.Random, raw: bytearray) -> None:
    """Let the preface speak of as many bytes as there are, so that they are looked at."""
    if len(raw) >= 8:
        there = len(raw) - 8
        said = struct.unpack_from("<I", raw)[0]
        header = said if said <= there else draw.randint(0, there)
        wire.PREFACE.pack_into(raw, 0, header, there - header)


def _handle(value: Any) -> tuple[int, str, bool]:
    return 7, type(value).__name__, callable(value)
