"""Frames and values as bytes, for both ends of a guest's socket.

A frame is a preface (two sizes), a header (msgpack) and a payload (the raw bytes of its
arrays, in the order in which the header mentions them). Nothing here executes what it
reads, and every bound is checked before anything is allocated.

Plain values travel as themselves; the others as a list that begins with a tag:

    l t d    list, tuple, dict (keys and values alternate)
    n        list, tuple or dict of a class of its own: the class's name, whether the
             submission defines it, the names of a named tuple's items, and the items
    a s      array and NumPy scalar: dtype, then shape or bytes
    i c u    large int, complex, str with lone surrogates
    p        a set, range, deque, date, time, Decimal or Fraction: its type's name, its parts
    h        handle: a value that stays in the guest
    o        Opaque: a value that is only described
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from autograder.sandbox.wire.frames import (
    ENVELOPE,
    MAX_FRAME,
    MAX_HEADER,
    MAX_NODES,
    MAX_OPENINGS,
    NODE,
    PREFACE,
    TO_GUEST,
    TO_HOST,
    Bounds,
    Frame,
    Made,
    Opaque,
    ProtocolError,
    Unencodable,
)
from autograder.sandbox.wire.packing import Packer
from autograder.sandbox.wire.unpacking import Unpacker

__all__ = [
    "ENVELOPE",
    "MAX_FRAME",
    "MAX_HEADER",
    "MAX_NODES",
    "PREFACE",
    "TO_GUEST",
    "TO_HOST",
    "Bounds",
    "Frame",
    "Made",
    "Opaque",
    "ProtocolError",
    "Unencodable",
    "pack",
    "sizes",
    "unpack",
]


_NO_OPENING = bytes(set(range(256)) - set(range(0x80, 0xA0)))
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
    packer = Packer(foreign, bounds)
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
            unpacker = Unpacker(payload, handle, mapping, made, bounds)
            body = unpacker.value(node, 0)
        case _:
            raise ProtocolError("a frame's header is incomplete")
    if unpacker.offset != len(payload):
        raise ProtocolError("a frame's arrays do not fill its payload")
    return Frame(number, kind, body, len(header) + len(payload) + NODE * unpacker.nodes)
