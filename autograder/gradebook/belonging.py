"""The owners of the work in the tables: people, their names, and what a roster changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select, update

from autograder.gradebook.schema import (
    CANDIDATE,
    CURRENT,
    PAST,
    adjustments,
    gradings,
    names,
    people,
    practice,
    scores,
    submissions,
)
from autograder.submissions.people.directory import ID, Directory, Term
from autograder.submissions.people.enrolling import Enrolled, enroll
from autograder.submissions.people.roster import Person, Roster, folded

_ALIAS = "\x01{}"  # stands for a person while two of them change names


def directory(connection: Connection, assignment: str = "") -> Directory:
    """Everybody who is known; `assignment` matters for Moodle's numbers."""
    persons = {
        row.student: Person(
            **{name: value for name, value in row._asdict().items() if name != "student"}
        )
        for row in connection.execute(select(people))
    }
    called = {(row.kind, row.term): row.student for row in connection.execute(select(names))}
    return Directory(persons, called, assignment)


def remember(
    connection: Connection, inserting: Callable[[Any], Any], called: Mapping[Term, str]
) -> None:
    """Keep by what sources have called somebody; what is there already stays."""
    if called:
        connection.execute(
            inserting(names).on_conflict_do_nothing(),
            [
                {"kind": kind, "term": term, "student": student}
                for (kind, term), student in called.items()
            ],
        )


def take_roster(
    connection: Connection, inserting: Callable[[Any], Any], roster: Roster
) -> Enrolled:
    """Merge a roster into the people; everybody's work follows them."""
    enrolled = enroll(directory(connection), roster.people)
    _rename(connection, enrolled.renamed)
    remember(connection, inserting, {(ID, folded(k)): n for k, n in enrolled.renamed.items()})
    connection.execute(delete(people))
    rows = [
        {
            "student": key,
            **{field: getattr(person, field) for field in person.__struct_fields__},
        }
        for key, person in enrolled.people.items()
    ]
    if rows:
        connection.execute(insert(people), rows)
    return enrolled


def _rename(connection: Connection, renamed: Mapping[str, str]) -> None:
    """In two steps, so that two people may change names."""
    for number, old in enumerate(renamed):
        for table in (submissions, adjustments, scores, names):
            _give(connection, table, old, _ALIAS.format(number))
    for number, new in enumerate(renamed.values()):
        alias = _ALIAS.format(number)
        _join(connection, alias, new)
        for table in (submissions, adjustments, scores, names):
            _give(connection, table, alias, new)


def _give(connection: Connection, table: Table, old: str, new: str) -> None:
    change = update(table).where(table.c.student == old).values(student=new)
    connection.execute(change)


def _join(connection: Connection, one: str, other: str) -> None:
    """Join two people; a text that both have handed in becomes one submission."""
    mine, theirs = submissions.alias(), submissions.alias()
    columns = [
        column
        for table in (mine, theirs)
        for column in (table.c.submitted, table.c.run, table.c.place, table.c.id)
    ]
    same = (theirs.c.assignment == mine.c.assignment) & (theirs.c.digest == mine.c.digest)
    query = select(*columns).join(theirs, same)
    query = query.where(mine.c.student == one, theirs.c.student == other)
    for row in connection.execute(query).all():
        timed = None not in (row[0], row[4])
        first, second = (tuple(row[start : start + 4]) for start in (0, 4))
        (*_, gone), (*_, kept) = sorted((first, second), key=lambda one: one[not timed :])
        for state in (CURRENT, CANDIDATE):
            of_kept = (gradings.c.submission == kept) & (gradings.c.state == state)
            if connection.execute(select(gradings.c.id).where(of_kept)).first() is not None:
                of_gone = (gradings.c.submission == gone) & (gradings.c.state == state)
                connection.execute(update(gradings).where(of_gone).values(state=PAST))
        moved = update(gradings).where(gradings.c.submission == gone).values(submission=kept)
        connection.execute(moved)
        connection.execute(delete(practice).where(practice.c.submission == gone))
        connection.execute(delete(submissions).where(submissions.c.id == gone))
