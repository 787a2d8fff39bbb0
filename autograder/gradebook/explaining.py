"""Teachers' explanations of answers: one sentence for all that are equal.

It is kept beside the gradings, and put into the reports when these are read: so it follows the
answer and not the grading, and no points change.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, select

from autograder.gradebook.entries import now
from autograder.gradebook.groups import group_of
from autograder.gradebook.schema import explanations
from autograder.model import Report, Verdict

LONGEST = 1000  # characters of a sentence

Sentences = Mapping[tuple[str, str], str]  # by check and group


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence on a group, with its author and its time (ISO 8601, UTC)."""

    check: str
    group: str
    sentence: str
    author: str
    made: str


def row(assignment: str, check: str, group: str, sentence: str, author: str) -> dict[str, str]:
    """The form in which a sentence is kept: one line of text."""
    return {
        "assignment": assignment,
        "check": check,
        "group": group,
        "sentence": " ".join(sentence.split()),
        "author": author,
        "made": now(),
    }


def there(connection: Connection, assignment: str) -> list[Explanation]:
    """The sentences that hold, in the order in which they were first given."""
    e = explanations.c
    query = select(explanations).where(e.assignment == assignment).order_by(e.id)
    found: dict[tuple[str, str], Explanation] = {}
    for one in connection.execute(query):
        said = one._mapping
        found[said["check"], said["group"]] = Explanation(
            check=said["check"],
            group=said["group"],
            sentence=said["sentence"],
            author=said["author"],
            made=said["made"],
        )
    return [one for one in found.values() if one.sentence]


def sentences(connection: Connection) -> dict[str, Sentences]:
    """By assignment, the sentences that hold."""
    names = connection.execute(select(explanations.c.assignment).distinct())
    return {
        name: {(one.check, one.group): one.sentence for one in there(connection, name)}
        for (name,) in names
    }


def explained(report: Report, known: Sentences) -> Report:
    """The report with the sentences about its answers."""
    if not known:
        return report
    checks = tuple(_explained(verdict, known) for verdict in report.checks)
    return msgspec.structs.replace(report, checks=checks)


def _explained(verdict: Verdict, known: Sentences) -> Verdict:
    said = known.get((verdict.id, group_of(verdict)))
    return msgspec.structs.replace(verdict, explained=said) if said else verdict
