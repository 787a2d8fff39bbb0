"""From sources into the gradebook: a page at a time, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from autograder.gradebook import Gradebook
from autograder.gradebook.queries import PAGE
from autograder.submissions.people.hand_in_times import Times
from autograder.submissions.sources import Entry, Item, Surveyed, Unread


@dataclass
class Admitted:
    """The submissions taken in: the ids that count, by student, and what did not come to count.

    read = len(ids) - earlier + superseded + len(unread) + len(by_hand), always.

    read         how many submissions the sources hold, as far as they could be told apart.
    superseded   submissions of which the same student has a later one.
    earlier      of `ids`, how many an earlier run has brought.
    surveyed     which layout each source has.
    by_name      who of the roster was found by nothing but a name that they chose.
    contested    whom several students claim to be by their names, in words.
    untimed      what stands where a time should, by student, and could not be read.
    timed        how many came with a time.
    listed       whose work was refused, as the gradebook calls them.
    alike        those who handed in the same file, byte by byte.
    strangers    students whom no roster has, as the gradebook calls them.
    by_hand      whose work could not be read, and who have points of a person.
    """

    ids: dict[str, int] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    read: int = 0
    superseded: int = 0
    earlier: int = 0
    surveyed: list[Surveyed] = field(default_factory=list)
    by_name: list[str] = field(default_factory=list)
    contested: list[str] = field(default_factory=list)
    untimed: dict[str, str] = field(default_factory=dict)
    timed: int = 0
    listed: set[str] = field(default_factory=set)
    alike: list[list[str]] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """True if a person should look at something that could not be taken in as it was."""
        return bool(self.unread or self.contested or self.untimed)


def admit(
    items: Iterable[Item],
    book: Gradebook,
    run: int,
    assignment: str,
    times: Times | None = None,
) -> Admitted:
    """Take in what `submissions.sources.iterate` gives; who is who, the gradebook decides.

    Of a student's submissions the one that was handed in last counts, of all that were ever
    taken in; where one of the times is not known, the one that comes last. Where an earlier
    run has brought that one, `ids` has it. What `times` tells comes before what a source does.
    """
    admission = _Admission(book, run, assignment, times)
    for item in items:
        admission.take(item)
    admission.flush()
    admission.compare()
    admitted = admission.admitted
    admitted.by_name = admission.by_name()
    for student, number in book.counting_students(assignment).items():
        if admitted.ids.get(student, number) != number:
            admitted.superseded += 1
            admitted.earlier += 1
            admitted.ids[student] = number
    return admitted


class _Admission:
    """One run's admission: a page of entries at a time."""

    def __init__(self, book: Gradebook, run: int, assignment: str, times: Times | None) -> None:
        self.admitted = Admitted()
        self._book = book
        self._run = run
        self._assignment = assignment
        self._times = times
        self._directory = book.directory(assignment)
        self._by_hand = book.adjusted(assignment)
        self._last: dict[str, str | None] = {}  # by student, when the one that counts came
        self._digests: dict[str, bytes] = {}
        self._page: list[Entry] = []
        self._place = 0

    def take(self, item: Item) -> None:
        """Take in one thing that a source gives."""
        if isinstance(item, Surveyed):
            self.admitted.surveyed.append(item)
            self._directory.meet(item.claimed)
            self.admitted.contested = list(self._directory.contested.values())
            return
        self.admitted.read += item if isinstance(item, int) else 1
        if isinstance(item, int):
            self.admitted.superseded += item
        elif isinstance(item, Unread):
            self._unread(item)
        else:
            self._entry(item)

    def flush(self) -> None:
        """Write what has gathered, and all new names."""
        entries, self._page = self._page, []
        called, self._directory.new = self._directory.new, {}
        ids = self._book.take_in(self._run, self._assignment, entries, self._place, called)
        self.admitted.ids.update(zip((entry.student for entry in entries), ids, strict=True))
        self._place += len(entries)

    def by_name(self) -> list[str]:
        """The people who were found by a chosen name alone, each once."""
        return list(dict.fromkeys(self._directory.by_name))

    def compare(self) -> None:
        """See who handed in the same file."""
        same: dict[bytes, list[str]] = {}
        for student, digest in self._digests.items():
            same.setdefault(digest, []).append(student)
        self.admitted.alike = [people for people in same.values() if len(people) > 1]

    def _unread(self, item: Unread) -> None:
        student = self._directory.of_label(item.student) if item.student else ""
        self.admitted.listed.add(student)
        if student in self._by_hand:
            self.admitted.by_hand.append(student)
        else:
            self.admitted.unread.append(item)

    def _entry(self, item: Entry) -> None:
        student = self._directory.of(item)
        people = self._directory.people
        if self._times is not None:
            told = self._times.of(item, people.get(student))
            known = told or item.submitted
            untimed = "" if known else "not in the file of times"
            item = msgspec.structs.replace(item, submitted=known, untimed=untimed)
        if student not in self._last:
            if people and student not in people:
                self.admitted.strangers.append(student)
        else:
            self.admitted.superseded += 1
            if _is_before(item.submitted, self._last[student]):
                return
        self._last[student] = item.submitted
        self._digests[student] = bytes.fromhex(item.submission.digest)
        self.admitted.timed += item.submitted is not None
        if item.untimed:
            self.admitted.untimed[student] = item.untimed
        self._page.append(msgspec.structs.replace(item, student=student))
        if len(self._page) == PAGE:
            self.flush()


def _is_before(one: str | None, other: str | None) -> bool:
    """True if `one` is earlier, as far as both times are known."""
    if one is None or other is None:
        return False
    return datetime.fromisoformat(one) < datetime.fromisoformat(other)
