"""Writing a submission or a grading into the tables, within one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, insert, or_, select, update

from autograder.gradebook import queries
from autograder.gradebook.entries import Basis, Kept, in_utc, now, packed
from autograder.gradebook.schema import (
    CANDIDATE,
    CURRENT,
    PAST,
    UNGRADED,
    contents,
    gradings,
    submissions,
)
from autograder.model import Report

if TYPE_CHECKING:
    from autograder.submissions.sources.model import Entry


def take_in(
    connection: Connection,
    inserting: Callable[[Any], Any],
    run: int,
    assignment: str,
    entries: Sequence[Entry],
    place: int,
) -> list[int]:
    """Keep submissions; their ids. `inserting` makes an INSERT that knows ON CONFLICT."""
    if not entries:
        return []
    digests = {entry.submission.digest for entry in entries}
    there = set(
        connection.scalars(select(contents.c.digest).where(contents.c.digest.in_(digests)))
    )
    new = {
        entry.submission.digest: packed(entry.submission)
        for entry in entries
        if entry.submission.digest not in there
    }
    if new:
        connection.execute(
            inserting(contents).on_conflict_do_nothing(),
            [{"digest": digest, "cells": cells} for digest, cells in new.items()],
        )
    write = inserting(submissions)
    own = ("name", "notes", "source", "submitted", "late", "attempt", "run", "place")
    connection.execute(
        write.on_conflict_do_update(
            index_elements=["assignment", "student", "digest"],
            set_={column: write.excluded[column] for column in own},
            # The same text again, from an earlier time, changes nothing.
            where=or_(
                submissions.c.submitted.is_(None),
                write.excluded.submitted.is_(None),
                submissions.c.submitted <= write.excluded.submitted,
            ),
        ),
        [
            {
                "assignment": assignment,
                "student": entry.student,
                "digest": entry.submission.digest,
                "name": entry.submission.name,
                "notes": msgspec.json.encode(entry.submission.notes).decode(),
                "source": entry.source,
                "submitted": in_utc(entry.submitted),
                "late": entry.late,
                "attempt": entry.attempt,
                "run": run,
                "place": number,
            }
            for number, entry in enumerate(entries, place)
        ],
    )
    query = select(submissions.c.id, submissions.c.student, submissions.c.digest).where(
        submissions.c.assignment == assignment,
        submissions.c.digest.in_(digests),
    )
    ids = {(row.student, row.digest): row.id for row in connection.execute(query)}
    return [ids[entry.student, entry.submission.digest] for entry in entries]


def record(
    connection: Connection,
    submission: int,
    run: int,
    report: Report,
    basis: Basis,
    *,
    seconds: float,
    engine: str,
    candidate: bool,
    again: bool,
) -> bool:
    """Keep one grading; False when it was there already."""
    state = UNGRADED if report.ungraded else CANDIDATE if candidate else CURRENT
    of_this = (gradings.c.submission == submission, gradings.c.state == state)
    same = select(gradings.c.id).where(*of_this, queries.on(basis))
    if again or state == UNGRADED:
        same = same.where(gradings.c.run == run)
    # Whoever else grades this submission waits here.
    connection.execute(
        select(submissions.c.id).where(submissions.c.id == submission).with_for_update()
    )
    if connection.execute(same).first() is not None:
        return False
    if state != UNGRADED:
        connection.execute(update(gradings).where(*of_this).values(state=PAST))
    kept = Kept.of(report)
    row = {
        "submission": submission,
        "run": run,
        "state": state,
        "seed": basis.seed,
        "key": basis.key,
        "framework": basis.framework,
        "points": report.points,
        "possible": report.possible,
        "report": kept.report,
        "timings": kept.timings,
        "seconds": round(seconds, 4),
        "tier": report.tier.value,
        "versions": msgspec.json.encode(report.versions).decode(),
        "engine": engine,
        "graded": now(),
    }
    connection.execute(insert(gradings).values(row))
    return True


def accept(connection: Connection, basis: Basis) -> int:
    """Let the candidates with this basis count; how many there were."""
    accepted = list(connection.scalars(queries.candidates(basis)))
    for start in range(0, len(accepted), queries.PAGE):
        of_these = gradings.c.submission.in_(accepted[start : start + queries.PAGE])
        for old, new in ((CURRENT, PAST), (CANDIDATE, CURRENT)):
            connection.execute(
                update(gradings).where(of_these, gradings.c.state == old).values(state=new)
            )
    return len(accepted)
