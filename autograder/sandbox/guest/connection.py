"""The guest's end of the socket: frames in, frames out, and the objects that stay here."""

from __future__ import annotations

import socket
from typing import Any

from autograder.sandbox import wire
from autograder.sandbox.guest.arguments import LenientDict

# Bound here, so that a submission which patches `type` cannot reach it.
type_name = type.__dict__["__name__"].__get__


class Connection:
    """Frames to and from the host.

    number   of the request that is being answered; each reply bears it.
    """

    def __init__(self, connection: socket.socket) -> None:
        self.number = 0
        self._send_bytes = connection.sendall
        self._receive_bytes = connection.recv
        self._handles: dict[int, Any] = {}
        self._handle_of: dict[int, int] = {}  # id() of an object in _handles -> its number

    def receive(self) -> tuple[memoryview, memoryview]:
        """The next frame's header and payload. Raises EOFError when the host has ended it."""
        header, payload = wire.sizes(self._exactly(wire.PREFACE.size), wire.TO_GUEST)
        frame = memoryview(self._exactly(header + payload))
        return frame[:header], frame[header:]

    def _exactly(self, count: int) -> bytes:
        raw = self._receive_bytes(count, socket.MSG_WAITALL)
        if len(raw) != count:
            raise EOFError
        return raw

    def unpack(
        self,
        raw: tuple[memoryview, memoryview],
        mapping: type = LenientDict,
        made: wire.Made | None = None,
    ) -> wire.Frame:
        """The frame's values; its dictionaries are of the type `mapping`."""
        known = self._handles
        return wire.unpack(*raw, lambda number, *_: known[number], mapping, made, wire.TO_GUEST)

    def send(self, kind: str, body: Any) -> None:
        """Send a reply, or a question, to the request that is being answered."""
        self._send_bytes(wire.pack(self.number, kind, body, self._handle))

    def _handle(self, value: Any) -> tuple[int, str, bool]:
        number = self._handle_of.get(id(value))
        if number is None:
            number = len(self._handles)
            self._handles[number] = value
            self._handle_of[id(value)] = number
        return number, type_name(type(value)), callable(value)
