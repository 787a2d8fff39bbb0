"""What Canvas and Moodle need in the files that they import."""

from __future__ import annotations

import csv

from autograder.export.lms import Canvas, Moodle
from autograder.submissions.people.roster import Person, Roster

ROSTER = Roster(
    [
        Person(
            login="jdoe", id="s1", name="Doe, Jane", canvas="55", section="A", email="j@x.y"
        ),
        Person(login="mroe", name="Roe, Max", canvas="56"),
        Person(login="ida", name="Ida"),
    ]
)


def lines(path):
    """The file's rows."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def test_canvas(make_row, tmp_path):
    """Canvas finds people by the columns before "Section", and points in those after it.

    Its importer wants "Student" first, "ID" second, "SIS User ID" and "SIS Login ID" third
    and fourth, and "Section" as the last before the assignments.
    """
    rows = [
        make_row("doejane", points=12.5),
        make_row("doejane", assignment="hw2"),
        make_row("56", fault=True),
        make_row("roemax", assignment="hw2", points=10.0),
        make_row("ida", fault=True),
        make_row("stranger"),
    ]
    remarks = Canvas().write(rows, tmp_path / "canvas.csv", roster=ROSTER)
    assert lines(tmp_path / "canvas.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "hw1", "hw2"],
        ["Points Possible", "", "", "", "", "30", "30"],
        ["Doe, Jane", "55", "s1", "jdoe", "A", "12.5", "15"],
        ["Roe, Max", "56", "", "mroe", "", "", "10"],
    ]
    assert remarks[:3] == [
        "Ungraded by a fault of the grader: 56, ida.",
        "Not on the roster, and left out: stranger.",
        "Some cells are empty, and would clear a grade that is there already: import one "
        "assignment at a time.",
    ]


def test_canvas_without_a_roster(make_row, tmp_path):
    """The names stand for logins, and that is said."""
    remarks = Canvas().write([make_row("jdoe")], tmp_path / "canvas.csv", roster=None)
    assert lines(tmp_path / "canvas.csv")[2][:5] == ["jdoe", "", "", "jdoe", ""]
    assert "taken for logins" in remarks[0]


def test_two_rows_of_one_person(make_row, tmp_path):
    """Two systems call her differently: what was graded last is taken, and that is said."""
    rows = [
        make_row("Jane Doe", points=2.0, graded="2026-03-02T00:00:00+00:00"),
        make_row("doejane", points=1.0, graded="2026-03-01T00:00:00+00:00"),
    ]
    for order in (rows, rows[::-1]):
        remarks = Canvas().write(order, tmp_path / "canvas.csv", roster=ROSTER)
        assert [line[5] for line in lines(tmp_path / "canvas.csv")[2:]] == ["2"]
        assert remarks[0] == (
            "More than one submission, of which the one graded last was taken: jdoe."
        )


def test_moodle(make_row, tmp_path):
    """One of the first three columns is mapped to a field of a user, the last to a grade."""
    remarks = Moodle().write([make_row("jdoe")], tmp_path / "moodle.csv", roster=ROSTER)
    assert lines(tmp_path / "moodle.csv") == [
        ["Username", "ID number", "Email address", "Full name", "hw1"],
        ["jdoe", "s1", "j@x.y", "Doe, Jane", "15"],
    ]
    assert remarks == []
