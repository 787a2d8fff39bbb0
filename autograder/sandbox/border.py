"""The border between what a guest gave and our own work: whose fault an exception is.

What is done in here with a guest's value (reading it, comparing it, putting it into words) has
nothing else in it that was not proved on the reference before. So whatever raises there, raises
over that value, and is a failure of the submission.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from math import prod
from typing import TypeVar

from autograder.errors import GradeError, SubmissionError

LARGE = 1 << 30  # bytes that no array of ours has, so that a guest's value asked for them


T = TypeVar("T")


def interpreting(failure: SubmissionError) -> AbstractContextManager[None]:
    """Look at a guest's value. What raises meanwhile and is not ours is raised as `failure`."""
    return _Interpreting(failure)


class _Interpreting:
    """The context of `interpreting`: written out, since each frame passes here."""

    __slots__ = ("_failure",)

    def __init__(self, failure: SubmissionError) -> None:
        self._failure = failure

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, Exception) or isinstance(error, SubmissionError):
            return
        if not is_ours(error):
            raise self._failure from error


def interpreted(look: Callable[[], T], otherwise: T) -> T:
    """The result of `look` on a guest's value, or `otherwise` where that makes it raise."""
    failure = SubmissionError()
    try:
        with interpreting(failure):
            return look()
    except SubmissionError as error:
        if error is not failure:
            raise
        return otherwise


def is_ours(error: Exception) -> bool:
    """True if an exception is a fault of ours, or the machine's, whatever was looked at."""
    if isinstance(error, MemoryError):  # NumPy's own tells for how large an array
        shape, kind = getattr(error, "shape", None), getattr(error, "dtype", None)
        return shape is None or kind is None or prod(shape) * kind.itemsize < LARGE
    return isinstance(error, GradeError | OSError)
