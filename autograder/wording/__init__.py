"""Words for what went wrong: plain facts in, sentences for a student out.

`notes` speaks about a file that did not load whole, `explain` about an exception that the
student's code raised, `describe` about anything that the code under test did. Nothing here
prints, and nothing is coloured: the same words go to a terminal, a page and a file.
"""

from __future__ import annotations

from autograder.errors import (
    BrokenProtocol,
    Crashed,
    Missing,
    NotAttempted,
    NotLoaded,
    OutOfMemory,
    StudentRaised,
    SubmissionError,
    TimedOut,
    Unreadable,
)
from autograder.sandbox.border import interpreted
from autograder.wording.exceptions import comes_from, explain
from autograder.wording.loading import UNREAD, not_loaded, notes
from autograder.wording.plain import listed, plain, sentence, visible

__all__ = [
    "MISSING",
    "UNREAD",
    "UNWRITTEN",
    "comes_from",
    "describe",
    "explain",
    "listed",
    "notes",
    "plain",
    "sentence",
    "visible",
]


UNWRITTEN = " is not written yet."  # how the message about a handed-out body ends
MISSING = "Your file defines nothing called"  # how the message about a missing name begins


def describe(error: SubmissionError, function: str) -> tuple[str, str]:
    """Words for what happened when `function` was called, and for what to try next.

    Both are whole sentences without line breaks; the second is empty where the first says
    all there is to say.
    """
    # A text that looks like a known one may be another.
    plainly = f"{function} stopped: {plain(str(error))}.", ""
    return interpreted(lambda: _described(error, function), plainly)


def _described(error: SubmissionError, function: str) -> tuple[str, str]:
    match error:
        case StudentRaised():
            return explain(error, function)
        case TimedOut():
            return f"{function} was {error} and was stopped.", (
                "Look for what sleeps, or waits for a thread, a lock or a file."
                if error.waited
                else "Look for a loop that never ends. If all of them end, replace loops over "
                "examples by NumPy operations on whole arrays."
            )
        case OutOfMemory():
            return (
                f"{function} asked for more than {error.megabytes} MB of memory.",
                "Print the shapes on the way: an (m, 1) array combined with a (1, m) one "
                "grows to (m, m), and a list that grows inside a loop may never stop.",
            )
        case Crashed():
            return (
                f"Python itself ended while {function} was running: {plain(error.how)}.",
                "Look for os._exit, for recursion without an end, and for calls into compiled "
                "libraries with wrong sizes.",
            )
        case BrokenProtocol():
            return (
                f"What {function} sent back could not be read as an answer.",
                "Return numbers, arrays, or tuples and dicts of them, and do not open or close "
                "files and sockets that your code did not make.",
            )
        case NotLoaded():
            return not_loaded(error)
        case Missing():
            name = plain(error.name)
            line = f"class {name}:" if error.of_class else f"def {name}(...):"
            return (
                f"{MISSING} {name}.",
                f"Check the spelling, and that the line '{line}' begins at the left margin.",
            )
        case Unreadable():
            reason = plain(error.reason).rstrip(".")
            return (
                f"{plain(error.name)} {UNREAD} ({error.where}: {reason}).",
                "Fix that line, or a bracket or a quote that was left open above it.",
            )
        case NotAttempted():
            return (
                f"{plain(error.name)}{UNWRITTEN}",
                f"The 'raise NotImplementedError' in {plain(error.where)} has to go, once your "
                "own lines are there."
                if error.where
                else "Write your own lines below its docstring; the handed-out 'raise "
                "NotImplementedError' has to go.",
            )
        case _:
            return plain(str(error), limit=400) or f"{function} gave no usable answer.", ""
