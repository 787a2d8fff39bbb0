"""nbgrader's database, as nbgrader itself reads it."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import msgspec
import pytest

from autograder.errors import UsageError
from autograder.export.nbgrader import NbGrader, opened
from autograder.submissions.people.roster import Person, Roster


def test_points_arrive(make_row, database):
    """nbgrader adds up what we say counts: lateness and adjustments included."""
    row = make_row("jane", points=11.5, late_penalty=2.0, adjustment=-1.5)
    assert NbGrader().write([row, make_row("max")], database, roster=None) == []
    with opened(database) as book:
        jane = book.find_submission("hw1", "jane")
        assert jane.max_score == 30
        assert jane.score - jane.late_submission_penalty == 11.5
        assert jane.needs_manual_grade is False
        assert book.find_submission("hw1", "max").score == 15
        comment = book.find_comment("check-second", "hw1", "hw1", "jane").auto_comment
        assert "Use the mean." in comment
        assert not book.find_comment("check-first", "hw1", "hw1", "jane").auto_comment


def test_a_database_that_is_not_there(empty):
    """It is made, with its folder, in the form that nbgrader's own commands accept."""
    with closing(sqlite3.connect(empty)) as file:
        assert file.execute("select count(*) from alembic_version").fetchone() == (1,)
        assert file.execute("select id from student").fetchall() == []


def test_written_again(make_row, database):
    """A second export changes what changed, doubles nothing, and keeps a person's scores."""
    NbGrader().write([make_row("jane")], database, roster=None)
    with opened(database) as book:
        book.find_grade("check-third", "hw1", "hw1", "jane").manual_score = 7
        book.db.commit()
    remarks = NbGrader().write([make_row("jane", adjustment=1.0)], database, roster=None)
    assert remarks == ["Scored by a person in nbgrader, which counts: jane."]
    with opened(database) as book:
        assert len(book.assignment_submissions("hw1")) == 1
        assert book.find_submission("hw1", "jane").score == 10 + 5 + 7 + 1


def test_a_fault_of_the_grader_is_left_to_a_person(make_row, database):
    """No score, and nbgrader's formgrader asks for one."""
    NbGrader().write([make_row("jane", fault=True)], database, roster=None)
    with opened(database) as book:
        grade = book.find_grade("check-second", "hw1", "hw1", "jane")
        assert (grade.auto_score, grade.needs_manual_grade) == (None, True)


def test_cells_that_are_there(make_row, database):
    """Scores go into the notebook that `grade nbgrader init` has made."""
    with opened(database) as book:
        book.update_or_create_assignment("hw1")
        book.update_or_create_notebook("small", "hw1")
        for name in ("first", "second", "third"):
            book.update_or_create_grade_cell(
                f"check-{name}", "small", "hw1", max_score=10, cell_type="code"
            )
        book.update_or_create_solution_cell("second", "small", "hw1")
    NbGrader().write([make_row("jane")], database, roster=None)
    with opened(database) as book:
        assert [notebook.name for notebook in book.find_assignment("hw1").notebooks] == [
            "small"
        ]
        assert book.find_submission("hw1", "jane").score == 15
        comment = book.find_comment("second", "small", "hw1", "jane").auto_comment
        assert "Use the mean." in comment
        assert all(line.startswith("    ") for line in comment.splitlines()), "no markup"


def test_checks_that_came_later(make_row, database):
    """A check that is new since the last export gets its cell, in earlier submissions too."""
    row = make_row("jane")
    first = msgspec.structs.replace(row.report, checks=row.report.checks[:1])
    old = msgspec.structs.replace(row, report=first)
    NbGrader().write([old, make_row("max", points=9.0)], database, roster=None)
    assert NbGrader().write([row], database, roster=None) == []
    with opened(database) as book:
        assert book.find_submission("hw1", "jane").score == 15
        assert book.find_assignment("hw1").max_score == 30


def test_checks_without_a_cell(make_row, database):
    """A notebook that was released with fewer checks stays as it is, and that is said."""
    with opened(database) as book:
        book.update_or_create_assignment("hw1")
        book.update_or_create_notebook("small", "hw1")
        cell = {"max_score": 10, "cell_type": "code"}
        book.update_or_create_grade_cell("check-second", "small", "hw1", **cell)
    remarks = NbGrader().write([make_row("jane", adjustment=1.0)], database, roster=None)
    assert remarks == ["Without a cell in nbgrader's notebook, and left out: first, third."]
    with opened(database) as book:
        assert book.find_submission("hw1", "jane").score == 6


def test_rosters(make_row, database):
    """Students have the name that nbgrader knows; strangers are left out."""
    roster = Roster([Person(login="jdoe", nbgrader="nb-jane", canvas="55", name="Jane Doe")])
    remarks = NbGrader().write([make_row("55"), make_row("who")], database, roster=roster)
    assert remarks == ["Not on the roster, and left out: who."]
    with opened(database) as book:
        [jane] = book.students
        assert (jane.id, jane.first_name, jane.last_name) == ("nb-jane", "Jane", "Doe")


def test_another_database_is_not_touched(make_row, tmp_path):
    """A gradebook.db of our own beside the course is not nbgrader's, and stays as it is."""
    path = tmp_path / "gradebook.db"
    with closing(sqlite3.connect(path)) as ours:
        ours.execute("create table gradings (id integer)")
        ours.commit()
    before = path.read_bytes()
    with pytest.raises(UsageError, match="not a gradebook of nbgrader's"):
        NbGrader().write([make_row()], path, roster=None)
    assert path.read_bytes() == before
