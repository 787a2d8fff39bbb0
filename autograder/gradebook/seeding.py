"""The seed that belongs to each assignment, told by fingerprints."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select

from autograder.course.seeds import fingerprint, new_salt
from autograder.gradebook.entries import now
from autograder.gradebook.schema import seeds


def bound(connection: Connection, assignment: str) -> set[str]:
    """The fingerprints that a seed for this assignment may have; empty where any may be.

    An assignment that has no seed yet takes one that the gradebook has for another.
    """
    latest = select(func.max(seeds.c.id)).group_by(seeds.c.assignment)
    query = select(seeds.c.assignment, seeds.c.fingerprint).where(seeds.c.id.in_(latest))
    found = {name: print_ for name, print_ in connection.execute(query)}
    return {found[assignment]} if assignment in found else set(found.values())


def fits(connection: Connection, assignment: str, seed: int) -> bool:
    """True if this seed may draw the inputs of this assignment."""
    known = bound(connection, assignment)
    return not known or _print(connection, seed) in known


def keep(connection: Connection, assignment: str, seed: int) -> None:
    """From now on this is the seed of this assignment."""
    latest = select(func.max(seeds.c.id)).where(seeds.c.assignment == assignment)
    query = select(seeds.c.fingerprint).where(seeds.c.id == latest.scalar_subquery())
    made = _print(connection, seed)
    if connection.execute(query).scalar() != made:
        row = {"assignment": assignment, "fingerprint": made, "since": now()}
        connection.execute(insert(seeds).values(row))


def _print(connection: Connection, seed: int) -> str:
    """With the salt of the gradebook's first one, so that one seed has one fingerprint."""
    first = connection.execute(select(seeds.c.fingerprint).order_by(seeds.c.id)).scalar()
    return fingerprint(seed, first.partition(":")[0] if first else new_salt())
