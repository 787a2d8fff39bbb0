"""The source of an assignment's answers: its reference, or its bundle's recording."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from autograder.answers.key import AnswerKey
from autograder.course.course import Assignment
from autograder.errors import CourseError

if TYPE_CHECKING:
    from pathlib import Path

    from autograder.answers.guest_reference import GuestReference
    from autograder.answers.live import LiveKey
    from autograder.answers.reference import AnyReference
    from autograder.model import Limits


@functools.lru_cache(maxsize=16)
def live_key(assignment: Assignment, seed: int) -> LiveKey:
    """The answers of an assignment's reference for one seed, computed when asked for.

    A reference that needs more than NumPy, or data files, runs in a guest of its own, with the
    libraries and files that the submissions' guests have, so that this process never imports
    them.
    """
    from autograder.answers.live import LiveKey
    from autograder.answers.reference import Reference

    assert assignment.reference is not None
    reference: AnyReference
    if assignment.needs_a_guest:
        reference = guest_reference(
            assignment.reference,
            assignment.settings.preload,
            assignment.limits,
            assignment.files,
        )
    else:
        reference = Reference(assignment.reference)
    return LiveKey(assignment.name, reference, seed, assignment.digest)


@functools.lru_cache(maxsize=4)
def guest_reference(
    folder: Path, preload: tuple[str, ...], limits: Limits, files: tuple[Path, ...] = ()
) -> GuestReference:
    """One process for all seeds: it has imported a large library."""
    from autograder.answers.guest_reference import GuestReference

    return GuestReference(folder, preload, limits, files)


@functools.lru_cache(maxsize=16)
def answer_key(assignment: Assignment, seed: int) -> AnswerKey:
    """The answers for one seed; kept, since they are the same for every submission."""
    if assignment.reference is not None:
        return live_key(assignment, seed)
    if assignment.recording.is_file():
        from autograder.answers.recording import RecordedKey

        return RecordedKey.open(assignment.recording, seed)
    raise CourseError(
        f"{assignment.name} has neither a reference nor a recording to compare with.",
        hint=f"Expected {assignment.recording}; download the assignment again.",
    )


def forget() -> None:
    """Drop every answer key, and end the processes of references with large libraries."""
    for kept in (answer_key, live_key, guest_reference):
        kept.cache_clear()
