"""Gradings on the public inputs: what students read is made from them, and no points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select

from autograder.gradebook.entries import Basis, Kept, now
from autograder.gradebook.schema import practice
from autograder.model import Report


def record(
    connection: Connection,
    inserting: Callable[[Any], Any],
    submission: int,
    report: Report,
    basis: Basis,
    *,
    seconds: float,
    engine: str,
) -> bool:
    """Keep one in place of an earlier one; False where the grader failed.

    `inserting` makes an INSERT that knows ON CONFLICT.
    """
    if report.ungraded:
        return False
    kept = Kept.of(report)
    row = {
        "key": basis.key,
        "framework": basis.framework,
        "report": kept.report,
        "timings": kept.timings,
        "seconds": round(seconds, 4),
        "engine": engine,
        "graded": now(),
    }
    write = inserting(practice).values(submission=submission, **row)
    connection.execute(write.on_conflict_do_update(index_elements=["submission"], set_=row))
    return True


def of(submissions: Sequence[int], basis: Basis) -> Select[int, str, str]:
    """Those of these submissions that are of this basis: submission, report, timings."""
    return select(practice.c.submission, practice.c.report, practice.c.timings).where(
        practice.c.submission.in_(submissions),
        practice.c.key == basis.key,
        practice.c.framework == basis.framework,
    )
