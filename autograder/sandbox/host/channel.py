"""The host's end of one guest: requests out, replies in, output kept, time measured."""

from __future__ import annotations

import math
import os
import select
import socket
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from autograder.errors import BrokenProtocol
from autograder.sandbox import wire
from autograder.sandbox.border import interpreting
from autograder.sandbox.host.messages import (
    AskedPart,
    Importing,
    Loading,
    Message,
    message_from,
)
from autograder.sandbox.host.meter import Allowance, Meter

Answer = Callable[[str, list[Any], dict[str, Any]], tuple[bool, Any]]

_CHUNK = 65_536
_MOMENT = 0.0003  # seconds; most calls answer sooner than a sleeping process wakes up


class Reply(NamedTuple):
    """A guest's reply to the request of this number.

    weight   about the bytes of memory that it takes.
    """

    number: int
    kind: str
    message: Message
    weight: int


class Ended(Exception):
    """The guest closed its connection, mostly because its process ended."""


class _AtWork:
    """Charges the time that it lasts to the guest, in an account of its own."""

    __slots__ = ("_meter", "_since")

    def __init__(self, meter: Meter) -> None:
        self._meter = meter

    def __enter__(self) -> None:
        self._since = time.thread_time()

    def __exit__(self, *exception: object) -> None:
        self._meter.worked(time.thread_time() - self._since)


class Channel:
    """One guest's socket and output pipe, both owned from now on.

    handle    gives the value for a handle's (id, type name, callable).
    foreign   gives (id, type name, callable) for a value that only a handle can stand for.
    """

    def __init__(
        self,
        connection: socket.socket,
        output: int,
        *,
        output_bytes: int,
        handle: Callable[[int, str, bool], Any],
        foreign: Callable[[Any], tuple[int, str, bool]],
    ) -> None:
        self.at: tuple[str, int] | None = None  # the statement that is being loaded
        self.answer: Answer | None = None
        self.meter = Meter()
        self.looks = True  # for a moment, before it sleeps; the guest is elsewhere
        self._connection = connection
        self._output = output
        self._output_bytes = output_bytes
        self._handle = handle
        self._foreign = foreign
        self._number = 0
        self._posted = 0
        self._closed = False
        self._depth = 0  # an answer to an "ask" may itself make requests
        self._received = bytearray()
        self._unsent = memoryview(b"")
        self._kept = bytearray()
        self._dropped = 0
        self._place = connection.fileno()
        self._poll = select.poll()
        self._events = select.POLLIN  # that are waited for on the connection
        connection.setblocking(False)
        os.set_blocking(output, False)
        self._poll.register(self._place, select.POLLIN)
        self._poll.register(output, select.POLLIN)
        self._prints = True  # until nobody has the other end of the output

    def request(self, kind: str, *body: Any) -> Reply:
        """Send a request and return its reply.

        Raises Ended, TimedOut, MachineBusy, BrokenProtocol; wire.Unencodable before anything
        is sent.
        """
        return self._exchange(*self._packed(kind, body))

    def aside(self, allowance: Allowance, kind: str, *body: Any) -> Reply:
        """The same, where no student code runs, so that it has an allowance of its own."""
        before = self.meter.allow(allowance)
        try:
            return self.request(kind, *body)
        finally:
            self.meter.allow(before)

    def post(self, kind: str, *body: Any) -> None:
        """Send a short request, whose reply is collected before anything else is asked.

        Raises as `request` does.
        """
        self._posted, message = self._packed(kind, body)
        self._send(message)

    def collect(self) -> Reply:
        """The reply to what was posted. Raises as `request`."""
        return self._exchange(self._posted, b"")

    def _packed(self, kind: str, body: tuple[Any, ...]) -> tuple[int, bytes]:
        self._number += 1
        return self._number, wire.pack(self._number, kind, body, self._foreign, wire.TO_GUEST)

    def _exchange(self, number: int, message: bytes) -> Reply:
        if not self._depth:
            if self.meter.importing:  # a request that failed, or a guest that lied
                self.meter.begin_import(False)
            self._kept.clear()
            self._dropped = 0
        self._depth += 1
        try:
            if message:
                self._refuse_unasked()
                self._send(message)
            return self._reply(number)
        finally:
            self._depth -= 1

    def printed(self) -> tuple[bytes, int]:
        """The output of the latest request: the bytes kept, and how many more there were."""
        return bytes(self._kept), self._dropped

    def close(self) -> None:
        """Close both ends of ours, once: another file may have their numbers by then."""
        if self._closed:
            return
        self._closed = True
        self._connection.close()
        os.close(self._output)

    def _reply(self, number: int) -> Reply:
        failure: Exception | None = None
        while True:
            reply = self._frame()
            message = reply.message
            if reply.number != number:
                raise BrokenProtocol(f"a reply has the number {reply.number}, not {number}")
            match message:
                case Loading():
                    self.at = message.filename, message.line
                    continue
                case Importing():
                    self.meter.begin_import(message.begins)
                    continue
            self._settle()
            if not isinstance(message, AskedPart):
                if failure is not None:
                    raise failure
                return reply
            try:
                answer = self._answered(number, message, failure)
            except BrokenProtocol:
                raise
            except Exception as error:
                if self._closed:  # by a request that was made for the answer
                    raise
                failure = error
                answer = self._answered(number, message, failure)
            self._send(answer)

    def _answered(self, number: int, asked: AskedPart, failure: Exception | None) -> bytes:
        if self.answer is None:
            raise BrokenProtocol("a question that nobody waits for")
        found, value = False, None
        if failure is None:
            with _AtWork(self.meter):
                found, value = self.answer(asked.name, list(asked.args), asked.kwargs)
        body = (found, value, failure is not None)
        return wire.pack(number, "answer", body, self._foreign, wire.TO_GUEST)

    def _read(self, header: memoryview, payload: memoryview) -> Reply:
        """The only door for what a guest sends: each field has the type that it must have."""
        try:
            frame = wire.unpack(header, payload, self._handle)
        except wire.ProtocolError as error:
            raise BrokenProtocol(str(error)) from error
        message = message_from(frame.kind, frame.body)
        return Reply(frame.number, frame.kind, message, frame.weight)

    def _frame(self) -> Reply:
        received = self._received
        header = payload = -1
        while True:
            if header < 0 and len(received) >= wire.PREFACE.size:
                header, payload = _sizes(received)
            start = wire.PREFACE.size + header
            end = start + payload
            if header >= 0 and len(received) >= end:
                self._received = received[end:]
                view = memoryview(received)
                with _AtWork(self.meter), interpreting(BrokenProtocol("it is no message")):
                    return self._read(view[wire.PREFACE.size : start], view[start:end])
            self._wait()

    def _send(self, message: bytes) -> None:
        self._unsent = memoryview(message)
        self._push()
        while self._unsent:
            self._wait()

    def _push(self) -> None:
        try:
            while self._unsent:
                self._unsent = self._unsent[self._connection.send(self._unsent) :]
            events = select.POLLIN
        except BlockingIOError:
            events = select.POLLIN | select.POLLOUT
        except OSError as error:
            raise Ended from error
        if self._events != events:
            self._events = events
            self._poll.modify(self._place, events)

    def _wait(self) -> None:
        """Wait for something to happen, and take it. Raises TimedOut, MachineBusy and Ended."""
        patience = self.meter.patience()
        since = time.monotonic()
        if self.looks and not self._unsent and self._arrived_in_a_moment(since):
            return
        happened = self._poll.poll(math.ceil(patience * 1e3))
        self.meter.waited(time.monotonic() - since)
        for place, events in happened:
            if place != self._place:
                self._drain()
                continue
            if events & ~select.POLLIN:  # also where the guest has gone
                self._push()
            if events & ~select.POLLOUT and not self._pull():
                raise Ended

    def _arrived_in_a_moment(self, since: float) -> bool:
        """Look again and again for a moment, and leave the processor to whoever wants it."""
        had, now = len(self._received), since
        while now < since + _MOMENT:
            if not self._pull():
                raise Ended
            now = time.monotonic()
            if len(self._received) > had:
                self.meter.waited(now - since)
                return True
            os.sched_yield()
        return False

    def _pull(self) -> bool:
        """Take what has arrived; whether the connection is still open."""
        try:
            chunk = self._connection.recv(_CHUNK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self._received += chunk
        return bool(chunk)

    def _settle(self) -> None:
        """Take what was printed before a message. Nothing else may have been sent since."""
        happened = [place for place, _ in self._poll.poll(0)]
        if self._received or self._place in happened:
            self._refuse_unasked()
        if self._output in happened:
            self._drain()

    def _refuse_unasked(self) -> None:
        if not self._received and not self._pull():
            raise Ended
        if self._received:
            raise BrokenProtocol("more bytes than one reply")

    def _drain(self) -> None:
        """Take what was printed, so that printing never blocks the guest."""
        while True:
            try:
                chunk = os.read(self._output, _CHUNK)
            except BlockingIOError:
                return
            if not chunk:  # nobody can print any more; without this, poll reports it for ever
                if self._prints:
                    self._prints = False
                    self._poll.unregister(self._output)
                return
            room = self._output_bytes - len(self._kept)
            self._kept += chunk[: max(room, 0)]
            self._dropped += len(chunk) - min(len(chunk), max(room, 0))


def _sizes(received: bytearray) -> tuple[int, int]:
    try:
        return wire.sizes(received)
    except wire.ProtocolError as error:
        raise BrokenProtocol(str(error)) from error
