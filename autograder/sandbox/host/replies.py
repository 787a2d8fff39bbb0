"""The meaning of a guest's reply: a message of success, or the exception that it describes."""

from __future__ import annotations

from autograder.errors import (
    BrokenProtocol,
    Missing,
    NotAttempted,
    OutOfMemory,
    StudentRaised,
    WrongAnswer,
)
from autograder.sandbox.host.messages import (
    MAX_CHANGES,
    Changes,
    Contents,
    Done,
    ErrorMessage,
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


def succeeded(kind: str, message: Message, target: str, megabytes: int) -> Message:
    """The message, where it is one of success. Raises every SubmissionError that it may tell.

    target      what was asked for, for words.
    megabytes   the memory that the guest may take, for words.
    """
    match kind, message:
        case _, Value() | Done() | Contents() | Changes():
            return message
        case _, ErrorMessage(type_name=name, text=text, frames=frames, matrices=matrices):
            name = clean(name, 80) or "an exception without a name"
            known = texts_from(matrices, MAX_CHANGES)
            raise StudentRaised(name, clean(text), frames_from(frames), known)
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
