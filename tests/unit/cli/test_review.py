"""`grade review`: the command, over a real gradebook."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from autograder.cli.app import app
from autograder.gradebook import Gradebook
from tests.gradebooks import fill
from tests.support import make_course


@pytest.fixture
def course(tmp_path):
    """A graded class whose names and work are hostile."""
    assignment = make_course(tmp_path)
    with Gradebook.open(str(tmp_path / "gradebook.db")) as book:
        fill(book, assignment, tmp_path, {"doe": 4.0, "poe": 4.0, "../evil": 10.0})
    return tmp_path


def test_numbers_are_those_of_the_gradebook(course):
    """As JSON, for instructors; the example of a misconception has no name in it."""
    done = CliRunner().invoke(app, ["review", "small", "--json", "--course", str(course)])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["for"].startswith("for instructors only")
    with Gradebook.open(str(course / "gradebook.db")) as book:
        points = {row.student: row.points for row in book.rows("small")}
    assert {one["student"]: one["points"] for one in told["students"]} == points
    [mistake] = told["mistakes"]
    assert mistake["example"] == ["def double(x):", "    return x**2"]


def test_each_student_has_a_page_that_the_table_leads_to(course):
    """In a folder beside the review, and nowhere else."""
    to = course / "out" / "class.html"
    words = ["review", "small", "--course", str(course), "--to", str(to), "--students"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert "3 graded, mean 80 %, 1 different misconceptions" in done.stdout
    page = to.read_text("utf-8")
    written = sorted(path.name for path in (course / "out" / "class-students").iterdir())
    assert written == ["doe.html", "evil.html", "poe.html"]
    assert all(f'href="class-students/{name}"' in page for name in written)
    assert sorted(path.name for path in (course / "out").iterdir()) == [
        "class-students",
        "class.html",
    ]
