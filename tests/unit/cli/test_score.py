"""Questions that a person grades: one by one, on a sheet, and in what is written elsewhere."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from autograder.cli.app import app
from autograder.course import course as courses
from tests.gradebooks import fill, opened
from tests.support import make_course

QUESTIONS = """
[[questions]]
id = "why"
points = 5
title = "Why?"
[[questions]]
id = "how"
points = 3
"""
EVIL = "=1+1"


@pytest.fixture
def course(tmp_path) -> Path:
    """A graded class with two questions, and one student whose name is a formula."""
    make_course(tmp_path)
    with (tmp_path / "assignments" / "small" / "assignment.toml").open("a") as file:
        file.write(QUESTIONS)
    small = courses.load(tmp_path).assignment("small")
    with opened(small, tmp_path) as book:
        fill(book, small, tmp_path, {"doe": 4.0, EVIL: 10.0})
    return tmp_path


def grade(course: Path, command: str, *words: str) -> Result:
    """What a command does in this course."""
    return CliRunner().invoke(app, [command, *words, "--course", str(course)])


def test_one_score_by_any_name(course):
    """It counts at once, also of somebody who handed in nothing; what is open is said."""
    done = grade(course, "score", "small", "Jane Doe", "why", "4", "--comment", "Good.")
    assert done.stdout == "Jane Doe (doe) has 18 of 28 points now. Still open: how.\n"
    assert "18 / 28  waits for a person: how" in grade(course, "gradebook", "doe").stdout
    paper = grade(course, "score", "small", "zoe", "why", "5")
    assert paper.stdout.startswith("Zoe Ray (zoe) has 5 of ")
    for words in (("doe", "why", "6"), ("doe", "who", "1"), ("nobody", "why", "1"), ("doe",)):
        assert grade(course, "score", "small", *words).exit_code == 2


def test_a_sheet_goes_both_ways(course):
    """Everybody is on it; nothing is a formula; unchanged cells change nothing."""
    sheet = course / "points.csv"
    grade(course, "score", "small", "doe", "why", "4", "--comment", "=A1 is wrong; =B2")
    assert grade(course, "score", "small", "--write", str(sheet)).exit_code == 0
    assert grade(course, "score", "small", "--write", str(sheet)).exit_code == 2
    with sheet.open(newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["student", "name", "why (5)", "why: comment", "how (3)", "how: comment"]
    assert [row[0] for row in rows[1:]] == ["'=1+1", "doe", "poe", "roe", "zoe"]
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "@", "-")]
    again = grade(course, "score", "small", "--read", str(sheet))
    assert again.stdout == "0 scores of 0 students are new or have changed.\n"
    rows[1][2:] = ["2,5", "'=2", "3", ""]
    rows[2][4] = "1"
    with sheet.open("w", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    done = grade(course, "score", "small", "--read", str(sheet))
    assert done.stdout == "3 scores of 2 students are new or have changed.\n", done.output
    small = courses.load(course).assignment("small")
    with opened(small, course) as book:
        found = {row.student: row for row in book.rows("small")}
    assert [one.points for one in found[EVIL].questions] == [2.5, 3]
    assert [one.comment for one in found["doe"].questions] == ["=A1 is wrong; =B2", ""]
    assert found["doe"].points == 19


def test_a_sheet_with_a_fault_changes_nothing(course):
    """Each line at fault is named: nobody, too much, no number."""
    sheet = course / "points.csv"
    sheet.write_text("student,why (5)\ndoe,5\nnobody,1\nroe,9\npoe,five\nzoe,\n")
    done = grade(course, "score", "small", "--read", str(sheet))
    assert done.exit_code == 2
    for said in (
        "line 3: 'nobody' names nobody",
        "line 4: '9' for why",
        "line 5: 'five' for why",
    ):
        assert said in done.stderr
    assert "18" not in grade(course, "gradebook", "doe").stdout
    sheet.write_text("student,name,why (5)\ndoe,Zoe Ray,5\n")
    done = grade(course, "score", "small", "--read", str(sheet))
    assert "line 2: doe is Jane Doe, and Zoe Ray in the sheet." in done.stderr
    sheet.write_text("name,why (5)\ndoe,5\n")
    assert (
        "first column must be student"
        in grade(course, "score", "small", "--read", str(sheet)).stderr
    )


def test_what_is_open_is_exported_to_nobody(course):
    """Its total is not the total; once all is scored, it counts everywhere."""
    done = grade(course, "export", "canvas", "small", "--to", str(course / "c.csv"))
    assert "a question waits for a person: =1+1, doe" in done.stdout.replace("'", "")
    assert "Doe" not in (course / "c.csv").read_text()
    for question, points in (("why", "4"), ("how", "0")):
        grade(course, "score", "small", "doe", question, points, "--comment", "Well.")
    grade(course, "export", "canvas", "small", "--to", str(course / "c.csv"))
    table = list(csv.reader((course / "c.csv").read_text().splitlines()))
    assert [row[-1] for row in table] == ["small", "28", "18"]
    grade(course, "export", "csv", "small", "--to", str(course / "a.csv"))
    [row] = [
        r
        for r in csv.DictReader((course / "a.csv").read_text().splitlines())
        if r["student"] == "doe"
    ]
    assert (row["points"], row["small: why"], row["small: how"]) == ("18", "4", "0")
    grade(course, "feedback", "small", "--release", "--to", str(course / "pages"))
    assert [path.name for path in (course / "pages").iterdir()] == ["doe.html"]
    assert "Why? 4 of 5 points. Well." in (course / "pages" / "doe.html").read_text("utf-8")
