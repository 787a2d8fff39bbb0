"""The reports of a gradebook that students may read, told from the public inputs.

A class is graded on the secret seed alone. Only when something is written that students read
are those submissions graded on the public inputs of whom there is more to say than "all right".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from autograder.batch.running import basis
from autograder.course.course import Assignment
from autograder.export.model import Row
from autograder.gradebook import Gradebook
from autograder.gradebook.entries import Basis
from autograder.grading.report import PUBLIC_SEED
from autograder.grading.told import speaks, told
from autograder.model import Report


def public_basis(assignment: Assignment) -> Basis:
    """The basis of a grading on the public inputs, now."""
    return basis(assignment, PUBLIC_SEED)


def lacking(book: Gradebook, assignment: Assignment) -> list[int]:
    """The submissions that count, and need a public grading which is not there yet."""
    needed = [
        standing.id
        for standing in book.standings(book.counting(assignment.name))
        if _needs(standing.report)
    ]
    there = book.practice(needed, public_basis(assignment))
    return [number for number in needed if number not in there]


def for_students(
    rows: Sequence[Row], book: Gradebook, assignments: Mapping[str, Assignment]
) -> list[Row]:
    """The rows with the reports that students may read."""
    seen: dict[tuple[str, str], Report] = {}
    for name in {row.assignment for row in rows} & assignments.keys():
        students = {one.id: one.student for one in book.standings(book.counting(name))}
        there = book.practice(list(students), public_basis(assignments[name]))
        seen |= {(name, students[number]): report for number, report in there.items()}
    return [
        replace(row, report=told(row.report, seen.get((row.assignment, row.student))))
        for row in rows
    ]


def _needs(report: Report | None) -> bool:
    """True if there is something to tell that only a public run may say."""
    if report is None or report.ungraded or report.seed == PUBLIC_SEED:
        return False
    return speaks(report)
