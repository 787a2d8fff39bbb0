"""The result of reading a class's submissions: who handed in what, and what was unreadable."""

from __future__ import annotations

import msgspec

from autograder.model import Submission


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One student's submission, read and not executed.

    student    as the source writes it: a login, an id, or a name; cleaned.
    aliases    what else the source calls the same person, for a roster to find: an id, an
               address.
    display    which of all these is a name that students may choose; it proves nothing.
    system     whose `number` it is, "canvas" or "moodle"; empty where there is none.
    number     the system's own number of the person, which nobody can choose.
    source     where it came from, for people: "canvas.zip: doejane_12_34_hw.py".
    late       the source's own marker; None when it has none.
    submitted  ISO 8601 with a zone, when the source tells it; None otherwise.
    attempt    the number of the resubmission, where the source tells it.
    untimed    where a time stands that could not be read, and what stands there.
    """

    student: str
    submission: Submission
    source: str
    late: bool | None = None
    submitted: str | None = None
    attempt: int = 0
    aliases: tuple[str, ...] = ()
    display: str = ""
    system: str = ""
    number: str = ""
    untimed: str = ""

    @property
    def identities(self) -> tuple[str, ...]:
        """The marks that identify the person, without the name that they may have chosen."""
        terms = dict.fromkeys((self.student, *self.aliases))
        return tuple(term for term in terms if term and term != self.display)


class Surveyed(msgspec.Struct, frozen=True):
    """A source before it is read: which layout it has, why, and how people are called in it.

    claimed  of each person the name, the system where it has numbers of its own, and the
             number, or else what identifies.
    left     how many files are nobody's work, by the folder or the file that says why.
    """

    source: str
    layout: str
    why: str
    claimed: tuple[tuple[str, str, str], ...] = ()
    left: tuple[tuple[str, int], ...] = ()


class Unread(msgspec.Struct, frozen=True):
    """A submission or a source that could not be read. `student` is empty when unknown."""

    source: str
    student: str
    reason: str


class Collected(msgspec.Struct, frozen=True):
    """The last submission of each student, what was unreadable, and how many were replaced."""

    entries: tuple[Entry, ...]
    unread: tuple[Unread, ...]
    superseded: int
