"""Feed mutated frames to the decoder and to a live channel, and see that both hold."""

from __future__ import annotations

import faulthandler
import os
import random
import resource
import socket
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.errors import BrokenProtocol, TimedOut
from autograder.sandbox import wire
from autograder.sandbox.host.channel import Channel, Ended
from autograder.sandbox.host.meter import Allowance
from autograder.sandbox.wire import plain
from tests.fuzz.frames import corpus, mutated

LIVE = 10  # one frame in so many is sent through a channel as well
SLOW = 1.0  # seconds that no single frame may take
PATIENCE = 0.004  # seconds that a channel waits for the rest of a frame
HANGS = 30.0  # seconds after which the program ends itself, with a traceback
GROWTH = 96  # megabytes that the process may grow by, whatever the frames claim


@dataclass
class Findings:
    """What became of the frames; `megabytes` is how far the process grew."""

    frames: int = 0
    slowest: float = 0.0
    megabytes: float = 0.0
    became: Counter[str] = field(default_factory=Counter)


def fuzz(count: int, seed: int = 0) -> Findings:
    """Try `count` frames.

    Raises whatever is no clean protocol error, with the frame that did it as a note, and
    AssertionError for a frame that is slow, or values and memory that are out of bounds.
    """
    draw, frames, found = random.Random(seed), corpus(), Findings()
    for raw in frames:
        assert _decoded(raw) == "value", "the corpus itself is not read"
    before = _peak()
    try:
        for number in range(count):
            raw = mutated(draw, frames)
            if number % 1000 == 0:
                faulthandler.dump_traceback_later(HANGS, exit=True)
            _try(raw, number, seed, found)
    finally:
        faulthandler.cancel_dump_traceback_later()
    found.frames = count
    found.megabytes = _peak() - before
    assert found.megabytes < GROWTH, f"the process grew by {found.megabytes:.0f} MB"
    return found


def _try(raw: bytes, number: int, seed: int, found: Findings) -> None:
    started = time.perf_counter()
    try:
        found.became[_decoded(raw)] += 1
        if number % LIVE == 0:
            found.became[_received(raw)] += 1
    except BaseException as error:
        error.add_note(f"seed {seed}, frame {number}: {raw[:2000].hex()}")
        raise
    took = time.perf_counter() - started
    found.slowest = max(found.slowest, took)
    assert took < SLOW, f"seed {seed}, frame {number} took {took:.1f} s: {raw[:200].hex()}"


def _decoded(raw: bytes) -> str:
    """What the decoder makes of the bytes."""
    if len(raw) < wire.PREFACE.size:
        return "incomplete"
    try:
        header, payload = wire.sizes(raw)
        start = wire.PREFACE.size + header
        if len(raw) < start + payload:
            return "incomplete"
        frame = wire.unpack(
            raw[wire.PREFACE.size : start],
            raw[start : start + payload],
            lambda number, name, callable_: (number, name, callable_),
        )
    except wire.ProtocolError:
        return "refused"
    assert type(frame.number) in (int, bool)
    assert _bytes_of(frame.body) <= payload
    return "value"


def _received(raw: bytes) -> str:
    """What a channel makes of a guest that sends the bytes, and then nothing more."""
    ours, theirs = socket.socketpair()
    read, write = os.pipe()
    channel = Channel(
        ours,
        read,
        output_bytes=1000,
        handle=lambda number, name, callable_: (number, name, callable_),
        foreign=lambda value: (0, "", False),
    )
    channel.answer = lambda name, args, kwargs: (True, 1.0)
    try:
        channel.meter.allow(Allowance(PATIENCE))
        channel.post("call", "f", [], {}, None)
        theirs.setblocking(False)
        theirs.send(raw)
        channel.collect()
    except BrokenProtocol:
        return "channel: broken protocol"
    except TimedOut:
        return "channel: timed out"
    except Ended:
        return "channel: ended"
    finally:
        channel.close()
        theirs.close()
        os.close(write)
    return "channel: reply"


def _bytes_of(value: Any) -> int:
    """The bytes of all arrays in a decoded value, whose types are looked at as well."""
    if isinstance(value, np.ndarray):
        assert value.dtype.kind in "biufc"
        return value.nbytes
    if isinstance(value, list | tuple):
        return sum(map(_bytes_of, value))
    if isinstance(value, dict):
        return sum(_bytes_of(key) + _bytes_of(item) for key, item in value.items())
    if of := plain.parts(value):
        return _bytes_of(of[1])
    scalars = (int, float, complex, str, bytes, np.generic, type(None))
    assert isinstance(value, scalars), type(value)
    return 0


def _peak() -> float:
    """The most memory that this process has had, in megabytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)
