"""Who is graded on the practice inputs, and what a gradebook's rows become for students."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from autograder.batch import practice
from autograder.batch.running import basis
from autograder.gradebook import Gradebook
from autograder.grading.told import SOURCE
from autograder.model import Report, Status
from tests.support import make_course
from tests.unit.gradebook.support import entry, report

SECRET = 7


@pytest.fixture
def small(tmp_path):
    """The small course's assignment."""
    return make_course(tmp_path)


@pytest.fixture
def book(tmp_path):
    """An empty gradebook."""
    with Gradebook.open(str(tmp_path / "gradebook.db")) as opened:
        yield opened


def said(small, word: str, status: Status, seed: int) -> Report:
    """A report of one check, whose message is `word`."""
    versions = {"small": small.digest, "autograder": basis(small, seed).framework}
    found = report(10.0 if status is Status.PASSED else 0.0, status, seed=seed)
    checks = (replace(found.checks[0], message=word),)
    return replace(found, checks=checks, versions=versions)


def graded(book, small, **reports: Report) -> dict[str, int]:
    """Take in a submission of each student, graded so on the secret seed; their ids."""
    run = book.begin("small", "batch", "local", [])
    entries = [entry(student, f"x = {number}") for number, student in enumerate(reports)]
    ids = dict(zip(reports, book.take_in(run, "small", entries), strict=True))
    for student, one in reports.items():
        on = basis(small, SECRET)
        book.record(ids[student], run, one, on, seconds=1, engine="local")
    return ids


def practised(book, small, number: int, one: Report) -> bool:
    """Keep a grading on the public inputs."""
    on = practice.public_basis(small)
    return book.record_practice(number, one, on, seconds=1, engine="local")


def test_only_those_are_graded_again_of_whom_there_is_more_to_say(book, small):
    """Neither who has everything right without a word, nor whom the grader failed."""
    ids = graded(
        book,
        small,
        right=said(small, "", Status.PASSED, SECRET),
        wrong=said(small, "secret", Status.FAILED, SECRET),
        remarked=said(small, "secret", Status.PASSED, SECRET),
        ours=said(small, "secret", Status.GRADER_FAULT, SECRET),
    )
    assert set(practice.lacking(book, small)) == {ids["wrong"], ids["remarked"]}
    assert practised(book, small, ids["wrong"], said(small, "public", Status.FAILED, 0))
    assert practice.lacking(book, small) == [ids["remarked"]]


def test_a_fault_is_not_kept_and_tried_again(book, small):
    """Where the grader failed on the practice inputs, the next export tries once more."""
    ids = graded(book, small, wrong=said(small, "secret", Status.FAILED, SECRET))
    fault = said(small, "fault", Status.GRADER_FAULT, 0)
    assert not practised(book, small, ids["wrong"], fault)
    assert practice.lacking(book, small) == [ids["wrong"]]


def test_the_latest_practice_grading_takes_the_place_of_the_one_before(book, small):
    """One of other checks does not count as there, and is replaced."""
    ids = graded(book, small, wrong=said(small, "secret", Status.FAILED, SECRET))
    older = replace(practice.public_basis(small), key="older")
    one = said(small, "older", Status.FAILED, 0)
    book.record_practice(ids["wrong"], one, older, seconds=1, engine="local")
    assert practice.lacking(book, small) == [ids["wrong"]]
    practised(book, small, ids["wrong"], said(small, "public", Status.FAILED, 0))
    [kept] = book.practice([ids["wrong"]], practice.public_basis(small)).values()
    assert kept.checks[0].message == "public"


def test_rows_for_students_hold_their_own_words(book, small):
    """Points are those of the row; the message is the one of that student's public grading."""
    ids = graded(
        book,
        small,
        one=said(small, "secret", Status.FAILED, SECRET),
        other=said(small, "secret", Status.FAILED, SECRET),
        right=said(small, "", Status.PASSED, SECRET),
    )
    for student in ("one", "other"):
        practised(book, small, ids[student], said(small, student, Status.FAILED, 0))
    rows = practice.for_students(book.rows("small"), book, {"small": small})
    told = {row.student: row.report for row in rows}
    for student in ("one", "other"):
        assert told[student].checks[0].message == student
        assert told[student].notes == (SOURCE,)
    assert told["right"].checks[0].message == ""
    assert {row.student: row.points for row in rows} == {"one": 0, "other": 0, "right": 10}
    assert [row.report.seed for row in book.rows("small")] == [SECRET] * 3, (
        "practice never counts"
    )


def test_who_has_no_public_grading_reads_no_secret_word(book, small):
    """Also of an assignment that the course does not have any more."""
    graded(book, small, wrong=said(small, "secret", Status.FAILED, SECRET))
    for assignments in ({"small": small}, {}):
        [row] = practice.for_students(book.rows("small"), book, assignments)
        assert row.report.checks[0].message == "On the inputs that grade, the answer is wrong."
