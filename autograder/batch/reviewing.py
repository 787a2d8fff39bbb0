"""A class as its gradebook has it: what counts and is from the same checks, counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from autograder.batch.examples import anonymous
from autograder.batch.review import Mistake, Review, review
from autograder.errors import UsageError
from autograder.export.model import Row
from autograder.gradebook import Gradebook
from autograder.gradebook.entries import Basis
from autograder.submissions.people.roster import Person


@dataclass(frozen=True)
class Reviewed:
    """A review, the rows that it was counted from, and whom other checks have graded."""

    review: Review
    rows: Sequence[Row]
    left_out: Sequence[str]


def reviewed(book: Gradebook, present: Sequence[Basis], assignment: str) -> Reviewed:
    """Count a class.

    present   what grades now, as far as it is known.

    Raises UsageError where nothing of this assignment is graded.
    """
    others = {
        student
        for one in book.mixtures(present, assignment)
        if one.others
        for student in book.on_another(one.basis)
    }
    rows = [row for row in book.rows(assignment) if row.student not in others]
    if not rows:
        raise UsageError(
            f"The gradebook has no grades for {assignment}.",
            hint=f"First grade a class: grade batch {assignment} SOURCE",
        )
    people = book.directory().people
    waiting = [student for _, student in book.without(assignment)]
    names = {key: person.name for key, person in people.items()}
    found = review(assignment, rows, names, book.looked_at(assignment), waiting)
    mistakes = tuple(_with_examples(found.mistakes, book, assignment, people))
    found = msgspec.structs.replace(found, mistakes=mistakes)
    return Reviewed(found, rows, sorted(others))


def example(
    book: Gradebook, assignment: str, student: str, of: str, most: int | None = None
) -> tuple[str, ...]:
    """The lines with which a student defines `of`, whom nothing in them names."""
    person = book.directory().people.get(student)
    number = book.counting_students(assignment)[student]
    return _example(book, number, student, person, of, most)


def _with_examples(
    mistakes: Sequence[Mistake],
    book: Gradebook,
    assignment: str,
    people: Mapping[str, Person],
) -> Iterator[Mistake]:
    """Each with the code of one of those who made it."""
    counting = book.counting_students(assignment)
    for mistake in mistakes:
        who = mistake.students[0]
        lines = _example(book, counting[who], who, people.get(who), mistake.of, None)
        yield msgspec.structs.replace(mistake, example=lines)


def _example(
    book: Gradebook,
    number: int,
    student: str,
    person: Person | None,
    of: str,
    most: int | None,
) -> tuple[str, ...]:
    [(_, submission)] = book.texts([number])
    called = [student, *(msgspec.structs.astuple(person) if person is not None else ())]
    if most is None:
        return anonymous(submission.cells, of, called)
    return anonymous(submission.cells, of, called, most)
