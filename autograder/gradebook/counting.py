"""The rows that count, which are exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from autograder.course.lateness import Late, lateness
from autograder.export.model import Row, Scored
from autograder.gradebook import explaining, hand, queries
from autograder.gradebook.entries import Kept
from autograder.gradebook.schema import gradings, submissions
from autograder.model import Question, Report, Tier


@dataclass(frozen=True)
class Worth:
    """The worth of each assignment: the points of its checks, and its questions."""

    checks: Mapping[str, float]
    questions: Mapping[str, Sequence[Question]]


def rows(connection: Connection, assignment: str | None, late: Late, worth: Worth) -> list[Row]:
    """A row for each student and assignment, sorted by both.

    late    with extensions of students as the gradebook calls them.

    Where the grader failed, and a person has given points since, these count alone.
    """
    counts = queries.counting(assignment)
    speaks = queries.graded(counts).subquery()
    s, g = submissions.c, gradings.c
    query = (
        select(
            *(s.id, s.student, s.source, s.digest, s.assignment, s.submitted, s.late),
            *(g.report, g.timings, g.graded),
        )
        .join(speaks, speaks.c.submission == s.id)
        .join(gradings, g.id == speaks.c.id)
        .order_by(s.assignment, s.student)
    )
    adjusted = hand.adjusted(connection)
    scored = hand.scored(connection, worth.questions)
    settled = hand.settled(connection)
    sentences = explaining.sentences(connection)
    found = []
    for row in connection.execute(query):
        who = (row.assignment, row.student)
        report = explaining.explained(
            Kept(row.report, row.timings).whole(), sentences.get(row.assignment, {})
        )
        given = adjusted.get(who, hand.Adjusted())
        if row.id in settled:
            continue  # it is among those by hand
        answers = scored.get(who) or hand.unscored(worth.questions.get(row.assignment, ()))
        earned = report.points + sum(one.points or 0.0 for one in answers)
        cost = lateness(late, row.assignment, row.student, row.submitted, row.late)
        penalty = round(earned * cost.percent / 100, 2)
        found.append(
            Row(
                student=row.student,
                source=row.source,
                digest=row.digest,
                assignment=row.assignment,
                report=report,
                points=round(earned - penalty + given.points, 2),
                late_penalty=penalty,
                adjustment=given.points,
                remark="; ".join(filter(None, (cost.remark, *given.said))),
                due=_due(late, row.assignment, row.student),
                graded=row.graded,
                questions=answers,
            )
        )
    found += _by_hand(connection, assignment, found, adjusted, scored, late, worth)
    return sorted(found, key=lambda row: (row.assignment, row.student))


def _by_hand(
    connection: Connection,
    assignment: str | None,
    found: Sequence[Row],
    adjusted: Mapping[hand.Who, hand.Adjusted],
    scored: Mapping[hand.Who, Sequence[Scored]],
    late: Late,
    worth: Worth,
) -> Iterator[Row]:
    """Those who have points of a person, and no submission that can be graded."""
    there = {(row.assignment, row.student) for row in found}
    there |= {(name, who) for name, who in connection.execute(queries.without(assignment))}
    possible = {row.assignment: row.report.possible for row in found}
    for name, student in dict.fromkeys((*adjusted, *scored)):
        if (name, student) in there or assignment not in (None, name):
            continue
        given = adjusted.get((name, student), hand.Adjusted())
        answers = scored.get((name, student)) or hand.unscored(worth.questions.get(name, ()))
        report = Report(
            assignment=name,
            points=0.0,
            possible=worth.checks.get(name, possible.get(name, 0.0)),
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
            points=round(sum(one.points or 0.0 for one in answers) + given.points, 2),
            adjustment=given.points,
            remark="; ".join(given.said),
            due=_due(late, name, student),
            questions=tuple(answers),
        )


def _due(late: Late, assignment: str, student: str) -> str:
    due = late.deadline(assignment, student)
    return "" if due is None else due.isoformat()
