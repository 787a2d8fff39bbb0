"""What the gradebook keeps and what counts, in SQLite and in PostgreSQL."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import msgspec
import pytest

from autograder.batch.admission import admit
from autograder.course.lateness import Late
from autograder.errors import UsageError
from autograder.gradebook import Gradebook
from autograder.gradebook.entries import Basis, PastGrading
from autograder.gradebook.hand import Score
from autograder.model import Question, Report, Status
from autograder.submissions.people.roster import Person, Roster
from tests.unit.gradebook.support import BASIS, entry, report

LATER = msgspec.structs.replace(BASIS, key="def")
Record = Callable[..., bool]


@pytest.fixture
def book(place: str) -> Iterator[Gradebook]:
    """A new gradebook."""
    with Gradebook.open(place, late=Late(percent_per_day=10)) as opened:
        yield opened


@pytest.fixture
def record(book: Gradebook) -> Record:
    """Record a grading in a run of its own, or in `run`."""

    def keep(
        number: int,
        given: Report | None = None,
        basis: Basis = BASIS,
        run: int | None = None,
        **more: Any,
    ) -> bool:
        run = run if run is not None else begin(book)
        given = given if given is not None else report()
        return book.record(number, run, given, basis, seconds=0.5, engine="local", **more)

    return keep


def begin(book: Gradebook) -> int:
    return book.begin("small", "batch", "local", ["in"])


def points(book: Gradebook) -> dict[str, float]:
    return {row.student: row.points for row in book.rows("small")}


def test_a_row_says_all_of_a_grading(book, record):
    """Student, source, digest and the report come back as they were, seconds included."""
    [number] = book.take_in(begin(book), "small", [entry("doe")])
    given = report(7.5, Status.PARTIAL)
    assert record(number, given)
    [row] = book.rows("small")
    assert (row.student, row.source, row.assignment) == ("doe", "in/doe.py", "small")
    assert row.digest == entry("doe").submission.digest
    assert row.report == given
    assert row.points == 7.5
    assert datetime.fromisoformat(row.graded).tzinfo is not None
    assert book.rows("other") == []
    assert book.rows() == [row]


def test_what_was_handed_in_comes_back(book):
    """Cells, name and notes: a regrading needs no file."""
    entries = [entry("doe", "a = 'ä'\n"), entry("roe", "b = 2\n")]
    ids = book.take_in(begin(book), "small", entries)
    assert book.texts(ids) == [
        (number, one.submission) for number, one in zip(ids, entries, strict=True)
    ]


def test_one_text_of_two_students_is_two_submissions(book, record):
    """They share its content, and each has a grading of their own."""
    one, other = book.take_in(begin(book), "small", [entry("doe"), entry("roe")])
    assert one != other
    record(one, report(10))
    assert book.waiting([one, other], BASIS) == [other]
    record(other, report(3))
    assert points(book) == {"doe": 10, "roe": 3}


def test_the_submission_of_the_latest_run_counts(book, record):
    """Also when it had been there before; within a run the last one does."""
    first, second = entry("doe", "a = 1\n"), entry("doe", "a = 2\n")
    [old] = book.take_in(begin(book), "small", [first])
    record(old, report(1))
    ids = book.take_in(begin(book), "small", [first, second])
    assert ids[0] == old
    record(ids[1], report(2))
    assert points(book) == {"doe": 2}
    assert book.counting("small") == [ids[1]]
    book.take_in(begin(book), "small", [first])
    assert points(book) == {"doe": 1}


def test_nothing_is_graded_twice_with_one_basis(book, record):
    """The second grading is not kept, whoever made it."""
    [number] = book.take_in(begin(book), "small", [entry("doe")])
    assert book.waiting([number], BASIS) == [number]
    assert record(number, report(4))
    assert book.waiting([number], BASIS) == []
    assert not record(number, report(5))
    assert points(book) == {"doe": 4}


@pytest.mark.parametrize(
    "other",
    [
        msgspec.structs.replace(BASIS, seed=8),
        msgspec.structs.replace(BASIS, key="def"),
        msgspec.structs.replace(BASIS, framework="2"),
    ],
    ids=["seed", "key", "framework"],
)
def test_whatever_changes_the_basis_asks_for_another_grading(book, record, other):
    """The latest one counts then."""
    [number] = book.take_in(begin(book), "small", [entry("doe")])
    record(number, report(4))
    assert book.waiting([number], other) == [number]
    assert record(number, report(5), other)
    assert points(book) == {"doe": 5}


def test_a_regrading_of_the_same_replaces_it_once(book, record):
    """`again` counts, and the same call of the same run, made twice, does no harm."""
    [number] = book.take_in(begin(book), "small", [entry("doe")])
    record(number, report(4))
    run = begin(book)
    assert record(number, report(5), run=run, again=True)
    assert not record(number, report(5), run=run, again=True)
    assert points(book) == {"doe": 5}


def test_a_fault_of_the_grader_never_counts(book, record):
    """It leaves what was there; alone, its row says that it is ungraded; it is tried again."""
    good, bad = book.take_in(begin(book), "small", [entry("doe"), entry("roe")])
    fault = report(0, Status.GRADER_FAULT)
    record(good, report(6))
    for number in (good, bad):
        assert record(number, fault, LATER)
    rows = {row.student: row for row in book.rows("small")}
    assert rows["doe"].report.points == 6
    assert rows["roe"].report.ungraded
    assert book.waiting([good, bad], LATER) == [good, bad]
    assert record(bad, report(9), LATER)
    assert points(book) == {"doe": 6, "roe": 9}


def test_candidates_count_when_accepted(book, record):
    """Until then they only show what would change; accepting takes all at once."""
    one, other = book.take_in(begin(book), "small", [entry("doe"), entry("roe")])
    for number in (one, other):
        record(number, report(4))
    assert book.waiting([one, other], LATER, or_candidate=True) == [one, other]
    record(one, report(8), LATER, candidate=True)
    assert book.waiting([one, other], LATER, or_candidate=True) == [other]
    assert points(book) == {"doe": 4, "roe": 4}
    [change] = book.changes(LATER)
    assert (change.student, change.after.points) == ("doe", 8)
    assert change.before is not None
    assert change.before.points == 4
    assert book.changes(BASIS) == []
    assert book.accept(LATER) == 1
    assert points(book) == {"doe": 8, "roe": 4}
    assert book.changes(LATER) == []


def test_a_later_candidate_takes_the_place_of_an_earlier_one(book, record):
    """One whose basis is no longer the present one is never accepted."""
    [number] = book.take_in(begin(book), "small", [entry("doe")])
    record(number, report(4))
    record(number, report(5), LATER, candidate=True)
    newest = msgspec.structs.replace(BASIS, key="ghi")
    record(number, report(6), newest, candidate=True)
    assert book.accept(LATER) == 0
    assert book.accept(newest) == 1
    assert points(book) == {"doe": 6}


def test_adjustments_add_up_and_stay_with_the_student(book, record):
    """Whatever is graded later; the row says each reason and its author."""
    number = admit([entry("doe")], book, begin(book), "small").ids["doe"]
    record(number, report(4))
    book.adjust("small", "doe", 2.5, reason="bonus", author="me")
    book.adjust("small", "doe", -1, reason="typo", author="you")
    record(number, report(6), LATER)
    [row] = book.rows("small")
    assert (row.points, row.adjustment) == (7.5, 1.5)
    assert book.adjusted("small") == {"doe"}
    assert book.adjusted("large") == set()
    assert row.remark == "+2.5: bonus (me); -1: typo (you)"


def test_only_who_is_there_can_be_adjusted(book):
    """A near name is suggested."""
    admit([entry("doe")], book, begin(book), "small")
    with pytest.raises(UsageError) as caught:
        book.adjust("small", "dow", 1, reason="x", author="me")
    assert "'doe'" in caught.value.hint


@pytest.mark.parametrize("points", [math.nan, math.inf, -math.inf])
def test_points_are_a_number(book, points):
    """What is no number is the call's mistake, and not the gradebook's."""
    admit([entry("doe")], book, begin(book), "small")
    with pytest.raises(UsageError, match="not a number of points"):
        book.adjust("small", "doe", points, reason="x", author="me")


@pytest.mark.parametrize(
    ("points", "reason", "said"),
    [
        (1e9, "x", "more than small is worth: 10"),
        (-10.5, "x", "more than"),
        (1, " \n", "a reason"),
    ],
)
def test_an_adjustment_has_a_size_and_a_reason(place, points, reason, said):
    """A slip of the keyboard is no grade, and nobody's points change without a word."""
    with Gradebook.open(place, worth={"small": 10}) as book:
        admit([entry("doe")], book, begin(book), "small")
        with pytest.raises(UsageError, match=said):
            book.adjust("small", "doe", points, reason=reason, author="me")
        book.adjust("small", "doe", -10, reason="x", author="me")


def test_lateness_is_taken_off_what_was_earned(place):
    """By the course's policy; an adjustment comes on top."""
    due = datetime.fromisoformat("2026-11-20T12:00:00+01:00")
    late = Late(percent_per_day=10, deadlines={"small": due})
    with Gradebook.open(place, late=late) as book:
        run = begin(book)
        items = [
            entry("doe", submitted="2026-11-21T12:30:00+01:00"),
            entry("roe", submitted="2026-11-20T11:00:00+00:00"),
        ]
        for number in admit(items, book, run, "small").ids.values():
            book.record(number, run, report(8), BASIS, seconds=0, engine="local")
        book.adjust("small", "doe", 1, reason="r", author="a")
        doe, roe = book.rows("small")
    assert (doe.late_penalty, doe.points, doe.remark) == (1.6, 7.4, "2 days late; +1: r (a)")
    assert (roe.late_penalty, roe.points, roe.remark) == (0, 8, "")


def test_how_submissions_stand(book, record):
    """Those without any grading are there, too."""
    ids = book.take_in(begin(book), "small", [entry("doe"), entry("roe")])
    record(ids[0], report(3))
    doe, roe = book.standings(ids)
    assert (doe.student, doe.report and doe.report.points) == ("doe", 3)
    assert (roe.student, roe.report) == ("roe", None)


def test_two_writers_at_once_record_one_grading(place):
    """Whichever comes first; the other one is told."""
    with Gradebook.open(place) as book:
        ids = book.take_in(begin(book), "small", [entry(f"s{n}") for n in range(20)])
    ready = threading.Barrier(2)
    kept: list[bool] = []

    def write() -> None:
        with Gradebook.open(place) as own:
            run = begin(own)
            ready.wait()
            for number in ids:
                kept.append(own.record(number, run, report(), BASIS, seconds=0, engine="x"))

    threads = [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(kept) == 20 * [False] + 20 * [True]
    with Gradebook.open(place) as book:
        assert len(book.rows()) == 20


def test_the_seed_belongs_to_the_assignment(book, record):
    """Another one does not fit, until a regrading with it is accepted; a new assignment may
    have any that the gradebook knows.
    """
    assert not book.has_seed("small")
    assert book.fits("small", 1)
    book.keep_seed("small", 7)
    assert book.has_seed("other")
    assert [book.fits(name, seed) for name in ("small", "other") for seed in (7, 8)] == [
        *(True, False),
        *(True, False),
    ]
    [number] = book.take_in(begin(book), "small", [entry("doe")])
    moved = msgspec.structs.replace(BASIS, seed=8)
    record(number, report(4), moved, candidate=True)
    assert not book.fits("small", 8)
    assert book.accept(moved) == 1
    assert book.fits("small", 8)
    assert not book.fits("small", 7)
    book.keep_seed("other", 7)
    assert [book.fits("third", seed) for seed in (7, 8, 9)] == [True, True, False]


def test_history_has_every_grading_and_marks_the_one_that_counts(book, record):
    """Also of earlier files, of candidates and of faults; and what is not graded at all."""
    [old] = book.take_in(begin(book), "small", [entry("doe", "a = 1\n")])
    record(old, report(1))
    new, other = book.take_in(begin(book), "small", [entry("doe", "a = 2\n"), entry("roe")])
    record(new, report(2))
    record(new, report(3), again=True)
    record(new, report(4), LATER, candidate=True)
    record(new, report(0, Status.GRADER_FAULT), LATER)
    record(other, report(5))
    [waiting] = book.take_in(begin(book), "small", [entry("new")])
    found = [
        (one.submission, one.state, one.points, one.counts) for one in history(book, "doe")
    ]
    assert found == [
        (old, "current", 1, False),
        (new, "past", 2, False),
        (new, "current", 3, True),
        (new, "candidate", 4, False),
        (new, "ungraded", 0, False),
    ]
    [unseen] = history(book, "new")
    assert (unseen.submission, unseen.state, unseen.graded) == (waiting, "", "")
    assert book.history("other", "doe") == []


def history(book: Gradebook, student: str) -> list[PastGrading]:
    return book.history("small", student)


def test_points_of_a_person_count_in_place_of_a_fault(book, record):
    """Those that were given after it; then nothing of it is left to look at."""
    known = {("id", "doe"): "doe"}
    [number] = book.take_in(begin(book), "small", [entry("doe")], called=known)
    record(number, report(0, Status.GRADER_FAULT))
    assert [row.undecided for row in book.rows("small")] == [True]
    assert book.looked_at("small") == set()
    book.adjust("small", "doe", 7, reason="Looked at", author="me")
    [row] = book.rows("small")
    assert (row.undecided, row.points, row.report.checks) == (False, 7, ())
    assert book.looked_at("small") == {"doe"}
    assert book.settled() == {number}
    record(number, report(0, Status.GRADER_FAULT))  # another failure changes nothing
    assert [row.points for row in book.rows("small")] == [7]
    [new] = book.take_in(begin(book), "small", [entry("doe", "x = 2\n")])
    assert book.looked_at("small") == set(), "a new file has not been looked at"
    record(new, report(3))
    assert [row.points for row in book.rows("small")] == [10]


def test_questions_count_when_a_person_has_scored_them(place):
    """In the total, under the late penalty; the last score holds, and goes with the person."""
    due = {"small": datetime.fromisoformat("2026-01-01T00:00:00+00:00")}
    policy = Late(percent_per_day=10, deadlines=due)
    questions = {"small": (Question("why", 5), Question("how", 3))}
    with Gradebook.open(place, late=policy, worth={"small": 10}, questions=questions) as book:
        late = entry("doe", submitted="2026-01-01T12:00:00+00:00")
        known = {("id", "doe"): "doe"}
        [number] = book.take_in(begin(book), "small", [late], called=known)
        book.record(number, begin(book), report(8), BASIS, seconds=1, engine="local")
        for some in (5, 2):
            book.score("small", [Score("doe", "why", some)], author="me")
        [row] = book.rows("small")
        assert (row.open, row.undecided, row.possible) == (("how",), True, 18)
        book.score("small", [Score("doe", "how", 0), Score("roe", "why", 5)], author="me")
        row, other = book.rows("small")
        assert (row.points, row.late_penalty, row.undecided) == (9.0, 1.0, False)
        assert (other.student, other.points, other.open) == ("roe", 5, ("how",))
        for question, some in (("who", 1), ("why", 6), ("why", -1), ("why", math.nan)):
            with pytest.raises(UsageError):
                book.score("small", [Score("doe", question, some)], author="me")
        book.enroll(Roster([Person(login="jane", id="doe")]))
        assert points(book) == {"jane": 9.0, "roe": 5.0}
