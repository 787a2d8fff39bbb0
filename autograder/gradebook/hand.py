"""Points that a person gives: adjustments of a total, and scores of questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection, func, insert, select

from autograder.export.model import Scored
from autograder.gradebook import queries
from autograder.gradebook.entries import now
from autograder.gradebook.schema import (
    CURRENT,
    UNGRADED,
    adjustments,
    gradings,
    scores,
    submissions,
)
from autograder.model import Question

Who = tuple[str, str]  # assignment and student


class Adjusted(msgspec.Struct, frozen=True):
    """All adjustments of a student: their sum, what was said of each, when the last was."""

    points: float = 0.0
    said: tuple[str, ...] = ()
    last: str = ""


class Score(msgspec.Struct, frozen=True):
    """The points that a person gives one student for one question."""

    student: str
    question: str
    points: float
    comment: str = ""


def adjusted(connection: Connection) -> dict[Who, Adjusted]:
    """By assignment and student."""
    found: dict[Who, Adjusted] = {}
    for row in connection.execute(select(adjustments).order_by(adjustments.c.id)):
        before = found.get((row.assignment, row.student), Adjusted())
        found[row.assignment, row.student] = Adjusted(
            round(before.points + row.points, 2),
            (*before.said, f"{row.points:+g}: {row.reason} ({row.author})"),
            row.made,
        )
    return found


def settled(connection: Connection) -> set[int]:
    """The submissions that the grader has only failed at, and that a person gave points since.

    Another failure changes nothing; a new file is a new submission.
    """
    failed = (
        select(gradings.c.submission, func.min(gradings.c.graded).label("first"))
        .where(gradings.c.state == UNGRADED)
        .group_by(gradings.c.submission)
        .subquery()
    )
    fine = select(gradings.c.submission).where(gradings.c.state == CURRENT)
    s = submissions.c
    query = (
        select(s.id, s.assignment, s.student, failed.c.first)
        .join(failed, failed.c.submission == s.id)
        .where(s.id.not_in(fine))
    )
    given = adjusted(connection)
    return {
        number
        for number, assignment, student, first in connection.execute(query)
        if given.get((assignment, student), Adjusted()).last >= first
    }


def looked_at(connection: Connection, assignment: str) -> set[str]:
    """The students given points after what was graded last, or without any work that was."""
    counts = queries.counting(assignment)
    speaks = queries.graded(counts).subquery()
    query = (
        select(submissions.c.student, submissions.c.id, gradings.c.graded)
        .outerjoin(speaks, speaks.c.submission == submissions.c.id)
        .outerjoin(gradings, gradings.c.id == speaks.c.id)
        .where(submissions.c.id.in_(counts))
    )
    there = {student: (number, time) for student, number, time in connection.execute(query)}
    done = settled(connection)
    found = set()
    for (name, student), one in adjusted(connection).items():
        number, time = there.get(student, (None, ""))
        after = time is not None and one.last >= time
        if name == assignment and (after or number in done):
            found.add(student)
    return found


def scored(
    connection: Connection, questions: Mapping[str, Sequence[Question]]
) -> dict[Who, tuple[Scored, ...]]:
    """By assignment and student, each question with its last score; of those who have any."""
    given: dict[Who, dict[str, tuple[float, str]]] = {}
    for row in connection.execute(select(scores).order_by(scores.c.id)):
        of_student = given.setdefault((row.assignment, row.student), {})
        of_student[row.question] = (row.points, row.comment)
    return {
        who: tuple(_scored(one, of_student.get(one.id)) for one in questions.get(who[0], ()))
        for who, of_student in given.items()
    }


def unscored(questions: Sequence[Question]) -> tuple[Scored, ...]:
    """The questions of somebody who has no score yet."""
    return tuple(_scored(one, None) for one in questions)


def enter(connection: Connection, assignment: str, given: Sequence[Score], author: str) -> None:
    """Keep these scores; nothing is undone, and of each question the last one holds."""
    made = now()
    rows = [
        {
            "assignment": assignment,
            "author": author,
            "made": made,
            **msgspec.structs.asdict(one),
        }
        for one in given
    ]
    if rows:
        connection.execute(insert(scores), rows)


def _scored(question: Question, given: tuple[float, str] | None) -> Scored:
    points, comment = given if given is not None else (None, "")
    return Scored(
        id=question.id,
        title=question.title,
        possible=question.points,
        points=points,
        comment=comment,
    )
