"""The meaning of a guest's reply: a message of success, or the exception that it describes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.errors import (
    BrokenProtocol,
    Missing,
    NotAttempted,
    OutOfMemory,
    SandboxFault,
    StudentRaised,
    WrongAnswer,
)
from autograder.sandbox.host.messages import (
    MAX_CHANGES,
    Changes,
    Contents,
    Done,
    ErrorMessage,
    Handle,
    Memory,
    Message,
    Named,
    Unwritten,
    Value,
    frames_from,
    is_a_reason,
    texts_from,
)
from autograder.sandbox.text import clean

LARGE = 64 << 10  # bytes


def succeeded(kind: str, message: Message, target: str, megabytes: int) -> Message:
    """The message, where it is one of success. Raises every SubmissionError that it may tell.

    target      what was asked for, for words.
    megabytes   the memory that the guest may take, for words.
    """
    match kind, message:
        case _, Value() | Done() | Contents() | Changes():
            return message
        case _, ErrorMessage(
            type_name=name, text=text, frames=frames, matrices=matrices, kinds=kinds
        ):
            name = clean(name, 80) or "an exception without a name"
            known = texts_from(matrices, MAX_CHANGES)
            above = texts_from(kinds, MAX_CHANGES)
            raise StudentRaised(name, clean(text), frames_from(frames), known, above)
        case _, Memory():
            raise OutOfMemory(megabytes)
        case "missing", Named(text=name):
            raise Missing(clean(name, 80))
        case _, Unwritten(name=name, where=where):
            raise NotAttempted(clean(name, 80), clean(where, 80))
        case "unusable", Named(text=text) if is_a_reason(text):
            raise WrongAnswer(clean(_sentence(target, text)))
    raise BrokenProtocol("a reply of an unknown kind")


def _sentence(target: str, text: str) -> str:
    return f"{text}." if text.startswith("`") else f"`{target}` returned a value {text}."


def sendable(files: Sequence[tuple[str, bytes]]) -> list[tuple[str, Any]]:
    """Files to go to a guest, the large ones as arrays: a frame's header has little room."""
    from numpy import frombuffer, uint8

    return [
        (name, data if len(data) < LARGE else frombuffer(data, uint8)) for name, data in files
    ]


def foreign(value: Any, guest: object) -> tuple[int, str, bool]:
    """The id, type and callability of the handle that goes to `guest` for a value.

    Raises WrongAnswer for what cannot go there, and SandboxFault for what nobody should send.
    """
    from autograder.sandbox.wire import Opaque

    if isinstance(value, Handle) and value.owner is guest:
        return value.id, value.type_name, value.callable
    if isinstance(value, Opaque):
        raise WrongAnswer(f"An {value.type_name} cannot be passed on to another function.")
    raise SandboxFault(f"Expected plain data or a handle of this guest, but got {value!r}.")
