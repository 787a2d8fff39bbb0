"""The questions that are asked of the tables in more than one place."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from sqlalchemy import ColumnElement, Select, and_, func, not_, select

from autograder.gradebook.entries import Basis
from autograder.gradebook.schema import CANDIDATE, CURRENT, UNGRADED, gradings, submissions
from autograder.model import Report

PAGE = 100  # how many submissions one statement speaks of


def counting(assignment: str | None) -> Select[int]:
    """The ids of the submissions that count, one for each student and assignment.

    Of those whose time is known, the one that was handed in last; of the others, the one that
    was taken in last; and of these two, again the one that was taken in last.
    """
    s = submissions.c
    taken = (s.run.desc(), s.place.desc())
    last = func.row_number().over(
        partition_by=(s.assignment, s.student, s.submitted.is_(None)),
        order_by=(s.submitted.desc(), *taken),
    )
    ranked = select(s.id, s.assignment, s.student, s.run, s.place, last.label("last"))
    if assignment is not None:
        ranked = ranked.where(s.assignment == assignment)
    two = ranked.subquery().c
    place = func.row_number().over(
        partition_by=(two.assignment, two.student),
        order_by=(two.run.desc(), two.place.desc()),
    )
    inner = select(two.id, place.label("place")).where(two.last == 1).subquery()
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


def bases(assignment: str | None) -> Select[str, int, str, str, int, int]:
    """The bases of the gradings that count: how many have each, and the last of them."""
    g = gradings.c
    return (
        select(
            *(submissions.c.assignment, g.seed, g.key, g.framework),
            *(func.count(g.id), func.max(g.id)),
        )
        .join(submissions, submissions.c.id == g.submission)
        .where(g.state == CURRENT, g.submission.in_(counting(assignment)))
        .group_by(submissions.c.assignment, g.seed, g.key, g.framework)
    )


def on_another(basis: Basis) -> Select[str]:
    """The students whose grading that counts is not on this basis."""
    return (
        select(submissions.c.student)
        .join(gradings, gradings.c.submission == submissions.c.id)
        .where(
            gradings.c.state == CURRENT,
            gradings.c.submission.in_(counting(basis.assignment)),
            not_(on(basis)),
        )
        .order_by(submissions.c.student)
    )


def without(assignment: str | None) -> Select[str, str]:
    """Assignment and student of what counts and has not been graded at all."""
    has = gradings.c.state.in_((CURRENT, UNGRADED))
    return (
        select(submissions.c.assignment, submissions.c.student)
        .where(
            submissions.c.id.in_(counting(assignment)),
            submissions.c.id.not_in(select(gradings.c.submission).where(has)),
        )
        .order_by(submissions.c.assignment, submissions.c.student)
    )


def counting_students(assignment: str) -> Select[str, int]:
    """Student and id of the submissions that count."""
    s = submissions.c
    return select(s.student, s.id).where(s.id.in_(counting(assignment)))


def hand_ins(basis: Basis) -> Select[str, int, str]:
    """Student, id and report of all that was taken in, in the order in which it came first.

    A text that comes once more keeps its id, so nothing that comes later changes this order.
    The report is None where there is none on this basis that counts.
    """
    s, g = submissions.c, gradings.c
    counts = (g.submission == s.id) & (g.state == CURRENT) & on(basis)
    return (
        select(s.student, s.id, g.report)
        .outerjoin(gradings, counts)
        .where(s.assignment == basis.assignment)
        .order_by(s.id)
    )


def number_in(report: str | None, check: str) -> float | None:
    """The number that a check on data held out has measured, as a report tells."""
    if report is None:
        return None
    for verdict in msgspec.json.decode(report, type=Report).checks:
        if verdict.id == check and verdict.number is not msgspec.UNSET:
            return verdict.number
    return None
