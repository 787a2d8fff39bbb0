"""Where an assignment's answers come from: its reference, or its bundle's recording."""

from __future__ import annotations

import functools

from autograder.answers import AnswerKey
from autograder.course import Assignment
from autograder.errors import CourseError


@functools.lru_cache(maxsize=16)
def answer_key(assignment: Assignment, seed: int) -> AnswerKey:
    """The answers for one seed; kept, since they are the same for every submission."""
    if assignment.reference is not None:
        from autograder.reference import LiveKey

        return LiveKey(assignment.name, assignment.reference, seed, assignment.digest)
    if assignment.recording.is_file():
        from autograder.recording import RecordedKey

        return RecordedKey.open(assignment.recording, seed)
    raise CourseError(
        f"{assignment.name} has neither a reference nor a recording to compare with.",
        hint=f"Expected {assignment.recording}; download the assignment again.",
    )
