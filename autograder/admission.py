"""From sources into the gradebook: a page at a time, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from autograder.gradebook import Gradebook
from autograder.gradebook.queries import PAGE
from autograder.intake.sources import Entry, Unread
from autograder.roster import Roster


@dataclass
class Admitted:
    """What was taken in: the ids that count, by student, and what did not come to count.

    superseded   earlier submissions of the same students.
    strangers    students whom the roster does not know, as their source calls them.
    """

    ids: dict[str, int] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    superseded: int = 0
    strangers: list[str] = field(default_factory=list)


def admit(
    items: Iterable[Entry | Unread | int],
    book: Gradebook,
    run: int,
    assignment: str,
    roster: Roster | None = None,
) -> Admitted:
    """Take in what `intake.sources.iterate` gives.

    roster   what to call the students; without it, what the source calls them.

    Of a student's submissions the one that was handed in last counts; where one of the times
    is not known, the one that comes last.
    """
    admitted = Admitted()
    page: list[Entry] = []
    place = 0
    for entry in _later(items, admitted, roster):
        page.append(entry)
        if len(page) == PAGE:
            place = _take(page, admitted, book, run, assignment, place)
            page.clear()
    if page:
        _take(page, admitted, book, run, assignment, place)
    return admitted


def _later(
    items: Iterable[Entry | Unread | int],
    admitted: Admitted,
    roster: Roster | None,
) -> Iterator[Entry]:
    """The entries that come after those of the same student before."""
    last: dict[str, str | None] = {}  # by student, when the one that counts was handed in
    for item in items:
        if isinstance(item, int):
            admitted.superseded += item
        elif isinstance(item, Unread):
            admitted.unread.append(item)
        else:
            student = item.student
            if roster is not None:
                person = roster.find(student, item.aliases)
                if person is not None:
                    student = person.key
                elif student not in last:
                    admitted.strangers.append(student)
            if student in last:
                admitted.superseded += 1
                if _is_before(item.submitted, last[student]):
                    continue
            last[student] = item.submitted
            yield msgspec.structs.replace(item, student=student)


def _take(
    page: list[Entry],
    admitted: Admitted,
    book: Gradebook,
    run: int,
    assignment: str,
    place: int,
) -> int:
    ids = book.take_in(run, assignment, page, place)
    admitted.ids.update(zip((entry.student for entry in page), ids, strict=True))
    return place + len(page)


def _is_before(one: str | None, other: str | None) -> bool:
    """Whether `one` is earlier, as far as both times are known."""
    if one is None or other is None:
        return False
    return datetime.fromisoformat(one) < datetime.fromisoformat(other)
