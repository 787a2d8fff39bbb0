"""The questions that are asked of the tables in more than one place."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, func, select

from autograder.gradebook.entries import Basis
from autograder.gradebook.schema import CANDIDATE, CURRENT, UNGRADED, gradings, submissions

PAGE = 100  # how many submissions one statement speaks of


def counting(assignment: str | None) -> Select[int]:
    """The ids of the submissions that count: each student's last one, of the latest run."""
    order = (submissions.c.run.desc(), submissions.c.place.desc())
    place = func.row_number().over(
        partition_by=(submissions.c.assignment, submissions.c.student), order_by=order
    )
    ranked = select(submissions.c.id, place.label("place"))
    if assignment is not None:
        ranked = ranked.where(submissions.c.assignment == assignment)
    inner = ranked.subquery()
    return select(inner.c.id).where(inner.c.place == 1)


def on(basis: Basis) -> ColumnElement[bool]:
    """Gradings with this basis."""
    return and_(
        gradings.c.seed == basis.seed,
        gradings.c.key == basis.key,
        gradings.c.framework == basis.framework,
    )


def graded(among: Sequence[int] | Select[int]) -> Select[int, int]:
    """For each of these submissions, the id of the grading that speaks for it.

    That is its current one. Where the grader has only ever failed, it is the last failure.
    """
    order = ((gradings.c.state == UNGRADED).asc(), gradings.c.id.desc())
    place = func.row_number().over(partition_by=gradings.c.submission, order_by=order)
    ranked = (
        select(gradings.c.id, gradings.c.submission, place.label("place"))
        .where(gradings.c.submission.in_(among), gradings.c.state.in_((CURRENT, UNGRADED)))
        .subquery()
    )
    return select(ranked.c.id, ranked.c.submission).where(ranked.c.place == 1)


def candidates(basis: Basis) -> Select[int]:
    """The submissions of an assignment that have a candidate with this basis."""
    return (
        select(gradings.c.submission)
        .join(submissions, submissions.c.id == gradings.c.submission)
        .where(
            submissions.c.assignment == basis.assignment,
            gradings.c.state == CANDIDATE,
            on(basis),
        )
    )
