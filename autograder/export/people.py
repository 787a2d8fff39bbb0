"""Rows and the people they belong to; who is missing on either side is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from autograder.export.cells import text
from autograder.export.model import Row
from autograder.submissions.people.roster import Person, Roster

MOST = 30  # names in one remark


class Owned(msgspec.Struct, frozen=True):
    """A row, and whose it is; a stranger is a person with a login alone."""

    row: Row
    person: Person


def with_owners(
    rows: Sequence[Row], roster: Roster | None, *, all_rows: bool = False
) -> tuple[list[Owned], list[str]]:
    """The rows with their people, and remarks: who is ungraded, unknown, there twice.

    all_rows  keep those of strangers, and all of a person who has several for an assignment;
              otherwise the one that was graded last is kept.

    Without a roster nobody is a stranger: what a source calls a student is the login.
    """
    found: dict[tuple[str, Person], Owned] = {}
    everything: list[Owned] = []
    strangers: list[str] = []
    doubles: list[str] = []
    for row in rows:
        person = Person(login=row.student) if roster is None else roster.find(row.student)
        if person is None:
            strangers.append(row.student)
            everything.append(Owned(row, Person(login=row.student)))
            continue
        one = Owned(row, person)
        everything.append(one)
        before = found.get((row.assignment, person))
        if before is not None:
            doubles.append(person.key)
        if before is None or before.row.graded <= row.graded:
            found[row.assignment, person] = one
    kept = "" if all_rows else ", and left out"
    last = "" if all_rows else ", of which the one graded last was taken"
    ungraded = (row.student for row in rows if row.report.ungraded)
    waiting = (row.student for row in rows if row.open and not row.report.ungraded)
    remarks = [
        *said("Ungraded by a fault of the grader", ungraded),
        *said("Ungraded, since a question waits for a person", waiting),
        *said(f"Not on the roster{kept}", strangers),
        *said(f"More than one submission{last}", doubles),
    ]
    return (everything if all_rows else list(found.values())), remarks


def said(what: str, names: Iterable[str]) -> list[str]:
    """ "What: one, another."; nothing when there are no names, and a count of very many."""
    found = [*dict.fromkeys(map(text, names))]
    more = f" and {len(found) - MOST} more" if found[MOST:] else ""
    return [f"{what}: {', '.join(found[:MOST])}{more}."] if found else []
