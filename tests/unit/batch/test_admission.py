"""From sources into the gradebook: who counts, with a roster and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.batch.admission import admit
from autograder.gradebook import Gradebook
from autograder.gradebook.queries import PAGE
from autograder.submissions.people.roster import Person, Roster
from autograder.submissions.sources import Unread, iterate
from tests.support_sources import zipped
from tests.unit.gradebook.support import BASIS, entry, report


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Gradebook]:
    """A new gradebook."""
    with Gradebook.open(str(tmp_path / "g.db")) as opened:
        yield opened


def counts(book: Gradebook) -> dict[str, str]:
    """The text that counts, by student."""
    ids = book.counting("small")
    run = book.begin("small", "batch", "local", [])
    for number in ids:
        book.record(number, run, report(), BASIS, seconds=0, engine="local")
    texts = [one.cells[0].source for _, one in book.texts(ids)]
    students = [standing.student for number in ids for standing in book.standings([number])]
    return dict(zip(students, texts, strict=True))


def run(book: Gradebook) -> int:
    return book.begin("small", "batch", "local", [])


@pytest.mark.parametrize(
    ("first", "second", "wins"),
    [
        (None, None, "second"),
        ("2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z", "second"),
        ("2026-11-20T11:00:00Z", "2026-11-20T10:00:00Z", "first"),
        ("2026-11-20T11:00:00+02:00", "2026-11-20T10:00:00Z", "second"),
        ("2026-11-20T11:00:00Z", None, "second"),
    ],
)
def test_the_later_of_two_counts(book, first, second, wins):
    """By their times where both are known, else by the order of the sources."""
    items = [
        entry("doe", "first\n", submitted=first),
        entry("doe", "second\n", submitted=second),
    ]
    admitted = admit(items, book, run(book), "small")
    assert admitted.superseded == 1
    assert counts(book) == {"doe": f"{wins}\n"}
    assert list(admitted.ids.values()) == book.counting("small")


def test_what_a_source_says_beside_entries_is_kept(book):
    """How many it has left aside itself, and what it could not read."""
    unread = Unread("a.zip", "roe", "it is empty")
    admitted = admit([3, entry("doe"), unread, 2], book, run(book), "small")
    assert (admitted.superseded, admitted.unread) == (5, [unread])
    assert list(admitted.ids) == ["doe"]


def test_more_than_a_page(book):
    """Everybody is there, and the later of two counts across pages as well."""
    students = [f"s{number:04}" for number in range(PAGE + 20)]
    items = [entry(student, f"{student}\n") for student in students]
    items.append(entry(students[0], "again\n"))
    admitted = admit(items, book, run(book), "small")
    assert sorted(admitted.ids) == students
    assert sorted(admitted.ids.values()) == book.counting("small")
    assert counts(book)[students[0]] == "again\n"


def test_a_roster_makes_two_names_one_person(book):
    """By an alias as well; who is not on it keeps the source's name, and is listed once."""
    roster = Roster([Person(login="doe", id="17", name="Jane Doe")])
    items = [
        entry("janedoe", "first\n", aliases=("17",)),
        entry("doe", "second\n"),
        entry("stranger", "third\n"),
        entry("stranger", "fourth\n"),
    ]
    book.enroll(roster)
    admitted = admit(items, book, run(book), "small")
    assert admitted.strangers == ["stranger"]
    assert counts(book) == {"doe": "second\n", "stranger": "fourth\n"}


def test_members_of_a_group_are_people_of_their_own(book, tmp_path):
    """Whom Gradescope names beside another, without a roster, has handed in as well."""
    metadata = (
        "---\nsubmission_1:\n  :submitters:\n"
        "  - :name: Jane Doe\n    :sid: '17'\n    :email: jane@x.y\n"
        "  - :name: Max Roe\n    :sid: '18'\n    :email: max@x.y\n"
        "  :created_at: 2026-03-01 12:00:00.000000000 Z\n"
    )
    files = [("submission_metadata.yml", metadata.encode()), ("submission_1/hw.py", b"x = 1\n")]
    export = zipped(tmp_path / "export.zip", files)
    run = book.begin("hw", "batch", "local", [])
    admitted = admit(iterate([export], assignment="hw", module="hw"), book, run, "hw")
    assert sorted(admitted.ids) == ["17", "18"]
    assert book.counting_students("hw") == admitted.ids


def test_the_sum_is_what_was_read(book):
    """Count, replaced, refused and by hand: together what the sources hold, also later on."""
    unread = Unread("a.zip: roe", "roe", "it is empty")
    items = [2, entry("doe", "one\n"), entry("doe", "two\n"), entry("li", "two\n"), unread]
    first = admit(items, book, run(book), "small")
    assert (first.read, first.superseded, len(first.ids), len(first.unread)) == (6, 3, 2, 1)
    assert first.alike == [["doe", "li"]]
    assert first.listed == {"roe"}
    newer = [entry("max", submitted="2026-11-20T10:00:00Z")]
    admit(newer, book, run(book), "small")
    older = [entry("max", "older\n", submitted="2026-11-19T10:00:00Z")]
    again = admit(older, book, run(book), "small")
    assert (again.read, again.superseded, len(again.ids), again.earlier) == (1, 1, 1, 1)
