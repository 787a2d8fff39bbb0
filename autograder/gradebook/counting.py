"""What counts: the rows that are exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from autograder.course.lateness import Late, lateness
from autograder.export.model import Row
from autograder.gradebook import queries
from autograder.gradebook.entries import Kept
from autograder.gradebook.schema import adjustments, gradings, submissions
from autograder.model import Report, Tier


def rows(
    connection: Connection, assignment: str | None, late: Late, worth: Mapping[str, float]
) -> list[Row]:
    """A row for each student and assignment, sorted by both.

    late    with extensions of students as the gradebook calls them.
    worth   the points of each assignment, for those who have points by hand alone.
    """
    counts = queries.counting(assignment)
    speaks = queries.graded(counts).subquery()
    s, g = submissions.c, gradings.c
    query = (
        select(
            *(s.student, s.source, s.digest, s.assignment, s.submitted, s.late),
            *(g.report, g.timings, g.graded),
        )
        .join(speaks, speaks.c.submission == s.id)
        .join(gradings, g.id == speaks.c.id)
        .order_by(s.assignment, s.student)
    )
    adjusted = _adjusted(connection)
    found = []
    for row in connection.execute(query):
        report = Kept(row.report, row.timings).whole()
        cost = lateness(late, row.assignment, row.student, row.submitted, row.late)
        penalty = round(report.points * cost.percent / 100, 2)
        adjustment, reasons = adjusted.get((row.assignment, row.student), (0.0, ()))
        found.append(
            Row(
                student=row.student,
                source=row.source,
                digest=row.digest,
                assignment=row.assignment,
                report=report,
                points=round(report.points - penalty + adjustment, 2),
                late_penalty=penalty,
                adjustment=adjustment,
                remark="; ".join(filter(None, (cost.remark, *reasons))),
                due=_due(late, row.assignment, row.student),
                graded=row.graded,
            )
        )
    found += _by_hand(connection, assignment, found, adjusted, late, worth)
    return sorted(found, key=lambda row: (row.assignment, row.student))


def _by_hand(
    connection: Connection,
    assignment: str | None,
    found: Sequence[Row],
    adjusted: Mapping[tuple[str, str], tuple[float, tuple[str, ...]]],
    late: Late,
    worth: Mapping[str, float],
) -> Iterator[Row]:
    """Those who have points of a person, and no submission that can be graded."""
    there = {(row.assignment, row.student) for row in found}
    there |= {(name, who) for name, who in connection.execute(queries.without(assignment))}
    possible = {row.assignment: row.report.possible for row in found}
    for (name, student), (points, reasons) in adjusted.items():
        if (name, student) in there or assignment not in (None, name):
            continue
        report = Report(
            assignment=name,
            points=0.0,
            possible=worth.get(name, possible.get(name, 0.0)),
            seed=0,
            tier=Tier.A,
            versions={},
            notes=("No submission was graded: the points are by hand.",),
            checks=(),
        )
        yield Row(
            student=student,
            source="",
            digest="",
            assignment=name,
            report=report,
            points=points,
            adjustment=points,
            remark="; ".join(reasons),
            due=_due(late, name, student),
        )


def _due(late: Late, assignment: str, student: str) -> str:
    due = late.deadline(assignment, student)
    return "" if due is None else due.isoformat()


def _adjusted(
    connection: Connection,
) -> dict[tuple[str, str], tuple[float, tuple[str, ...]]]:
    """By assignment and student: all adjustments together, and what was said of each."""
    found: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = {}
    for row in connection.execute(select(adjustments).order_by(adjustments.c.id)):
        points, reasons = found.get((row.assignment, row.student), (0.0, ()))
        said = f"{row.points:+g}: {row.reason} ({row.author})"
        found[row.assignment, row.student] = (
            round(points + row.points, 2),
            (*reasons, said),
        )
    return found
