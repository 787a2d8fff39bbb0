"""CSV and JSON lines: every row is there, numbers are numbers, and no text is a formula."""

from __future__ import annotations

import csv
import json

import jsonschema
import pytest

from autograder.errors import UsageError
from autograder.export.cells import number, text, write_table
from autograder.export.model import INSTRUCTORS
from autograder.export.tables import Csv, JsonLines
from autograder.feedback.schema import schema
from autograder.submissions.people.roster import Person, Roster


def table(path):
    """The file's rows, as dictionaries."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.mark.parametrize(
    ("written", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("  =1", "'=1"),
        ("\u200b=1", "'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("\ufe63\uff11", "'\ufe63\uff11"),
        ("O'Neil = me", "O'Neil = me"),
        ("x;=1+1;y.py", "x;'=1+1;y.py"),
        ('x|  "\uff0b1', "x|' \"\uff0b1"),
        ("a;b-1; c", "a;b-1; c"),
        ('"=1', "'\"=1"),
        ("ja\x1b[31mne\u202e\ndoe", "jane doe"),
        ("", ""),
    ],
)
def test_no_text_is_a_formula(written, cell):
    """What a program could run gets an apostrophe in front; nothing controls a screen."""
    assert text(written) == cell


@pytest.mark.parametrize("separator", ",;\t|")
def test_no_cell_is_a_formula_whatever_separates_them(separator, tmp_path):
    """As programs read the file that take another sign for the separator."""
    hostile = ["x;=1+1;y.py", ';"=1+1"', "a|@b", 'doe";=1', "a,=1", "\t=1", "e;;=1", "'=1"]
    write_table(tmp_path / "t.csv", ["h;=1", *hostile[1:]], [hostile, hostile[::-1]])
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=separator) for cell in row]
    assert [
        cell
        for cell in cells
        if cell.lstrip("\"' ").startswith(tuple("=+-@")) and not cell.startswith("'")
    ] == []


@pytest.mark.parametrize(
    ("value", "cell"), [(87.5, "87.5"), (60.0, "60"), (-2.5, "-2.5"), (1 / 3, "0.3333")]
)
def test_numbers_stay_numbers(value, cell):
    """Also negative ones."""
    assert number(value) == cell


def test_csv(make_row, tmp_path):
    """A row for each submission, a column for each check, and no seed."""
    rows = [
        make_row("=cmd()", points=12.5, late_penalty=1.5, adjustment=-1.0, remark="late, -1"),
        make_row("max", fault=True),
        make_row("jane", assignment="hw2"),
    ]
    roster = Roster([Person(login="jane", name="Doe, Jane", section="B"), Person(login="ida")])
    remarks = Csv().write(rows, tmp_path / "grades.csv", roster=roster)
    first, fault, jane = table(tmp_path / "grades.csv")
    assert first["student"] == "'=cmd()"
    assert (first["points"], first["before lateness"]) == ("12.5", "15")
    assert (first["late penalty"], first["adjustment"]) == ("1.5", "-1")
    assert first["remark"] == "late, -1"
    assert (first["hw1: first"], first["hw2: first"]) == ("10", "")
    assert (fault["points"], fault["ungraded"]) == ("", "yes")
    assert (jane["name"], jane["section"], jane["hw2: second"]) == ("Doe, Jane", "B", "5")
    assert "123456789" not in (tmp_path / "grades.csv").read_text()
    assert remarks == [
        "Ungraded by a fault of the grader: max.",
        "Not on the roster: '=cmd(), max.",
    ]


def test_json_lines_hold_the_report_of_check(make_row, tmp_path):
    """Each line: who, which file, what counts; and the report obeys the schema."""
    rows = [make_row("jane"), make_row("max", points=3.0)]
    assert JsonLines().write(rows, tmp_path / "grades.jsonl", roster=None) == [
        f"This file is {INSTRUCTORS}."
    ]
    lines = (tmp_path / "grades.jsonl").read_text(encoding="utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    assert [(one["student"], one["points"]) for one in found] == [("jane", 15.0), ("max", 3.0)]
    assert found[0]["source"] == "all.zip: jane.py"
    assert found[0]["digest"] == "d" * 64
    for one in found:
        jsonschema.validate(one["report"], json.loads(schema()))


def test_a_place_that_cannot_be_written(make_row, tmp_path):
    """It is said, without a traceback."""
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="could not be written"):
        Csv().write([make_row()], tmp_path / "file" / "grades.csv", roster=None)
