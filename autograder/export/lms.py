"""The files that Canvas and Moodle import grades from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.export.cells import Cell, write_table
from autograder.export.model import Row
from autograder.export.people import Owned, with_owners
from autograder.submissions.people.roster import Person, Roster


class Canvas:
    """Canvas's gradebook: five columns about the student, then one for each assignment.

    Canvas looks a student up by ID, then by SIS User ID, by SIS Login ID and by name, and an
    assignment by the number in brackets or by its title.
    """

    name = "canvas"
    suffix = ".csv"
    for_students = False

    def write(self, rows: Sequence[Row], to: Path, *, roster: Roster | None) -> list[str]:
        """Whom the roster does not know is left out: Canvas would refuse the file."""
        worth = _worth(rows)
        grades, remarks = with_owners(rows, roster)
        table: list[list[Cell]] = [["Points Possible", "", "", "", "", *worth.values()]]
        for person, points in _by_person(grades, worth):
            who = (person.canvas, person.id, person.login, person.section)
            table.append([person.name or person.key, *who, *points])
        header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *worth]
        write_table(to, header, table)
        return [
            *remarks,
            *_cautions(table, roster),
            "Canvas finds an assignment by its title, or by its number: 'Homework 3 (1234)'. "
            "Change the titles in the first line to those of Canvas.",
        ]


class Moodle:
    """Moodle's grade import: who, and a column for each assignment to map to a grade item."""

    name = "moodle"
    suffix = ".csv"
    for_students = False

    def write(self, rows: Sequence[Row], to: Path, *, roster: Roster | None) -> list[str]:
        """Map "Email address", "Username" or "ID number", whichever the roster has."""
        worth = _worth(rows)
        grades, remarks = with_owners(rows, roster)
        header = ["Username", "ID number", "Email address", "Full name", *worth]
        table: list[list[Cell]] = [
            [person.login, person.id, person.email, person.name, *points]
            for person, points in _by_person(grades, worth)
        ]
        write_table(to, header, table)
        return [*remarks, *_cautions(table, roster)]


def _worth(rows: Sequence[Row]) -> dict[str, float]:
    """The points that each assignment is worth, by its name."""
    return {row.assignment: row.possible for row in rows}


def _by_person(
    grades: Sequence[Owned], worth: dict[str, float]
) -> Iterator[tuple[Person, list[Cell]]]:
    """The points that count, by assignment.

    An empty cell would clear a grade that is there already, so whoever has only empty cells
    is left out.
    """
    people: dict[Person, dict[str, float]] = {}
    for one in grades:
        points = people.setdefault(one.person, {})
        if not one.row.undecided:
            points[one.row.assignment] = one.row.points
    for person, points in people.items():
        if not points:
            continue
        yield person, [points.get(assignment) for assignment in worth]


def _cautions(table: list[list[Cell]], roster: Roster | None) -> list[str]:
    found = []
    if roster is None:
        found.append("Without a roster, the names in the gradebook were taken for logins.")
    if any(None in line for line in table):
        found.append(
            "Some cells are empty, and would clear a grade that is there already: import one "
            "assignment at a time."
        )
    return found
