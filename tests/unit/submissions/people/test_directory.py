"""Whom a name means, and what a roster changes of it."""

from __future__ import annotations

import pytest

from autograder.errors import UsageError
from autograder.submissions.people.directory import Directory
from autograder.submissions.people.enrolling import enroll
from autograder.submissions.people.roster import Person
from autograder.submissions.sources import Entry
from tests.unit.gradebook.support import entry

JANE = Person(login="jdoe", id="s1", name="Doe, Jane", canvas="71")
MAX = Person(login="mroe", id="s2", name="Roe, Max", canvas="72")


def canvas(name: str, number: str) -> Entry:
    """As Canvas calls somebody: by a name that they chose, and its own number."""
    return entry(name, display=name, system="canvas", number=number, aliases=(number,))


def directory(*people: Person) -> Directory:
    """What is known after a roster."""
    return Directory({person.key: person for person in people}, {})


@pytest.mark.parametrize("name", ["doejane", "jdoe", "s1", "71", "JaneDoe"])
def test_a_chosen_name_takes_nobody_s_place(name):
    """The system's number decides, whoever comes first; the other one is a stranger."""
    for order in ((name, "99"), ("doejane", "71")), (("doejane", "71"), (name, "99")):
        known = directory(JANE, MAX)
        found = {number: known.of(canvas(called, number)) for called, number in order}
        assert found["71"] == "jdoe"
        assert found["99"] not in ("jdoe", "mroe")


def test_a_number_stays_who_it_is():
    """Also under another name, and without any roster; another number is another person."""
    known = Directory({}, {})
    assert known.of(canvas("doejane", "71")) == "doejane"
    assert known.of(canvas("foxjane", "71")) == "doejane"
    assert known.of(canvas("doejane", "99")) == "doejane_99"
    assert known.of(canvas("other", "99")) == "doejane_99"


def test_a_name_decides_where_nothing_else_does():
    """A roster of names alone, and a folder that has a person's name."""
    known = directory(Person(name="Jane Doe", email="j@x.y"))
    assert known.of(canvas("doejane", "71")) == "j@x.y"
    assert known.of(entry("Jane Doe")) == "j@x.y"
    assert known.of(canvas("doejane", "99")) == "doejane"  # she has a number by now


def test_whom_a_misspelt_name_may_mean():
    """What the gradebook calls them, and the name as people say it; each finds its owner."""
    known = directory(JANE, MAX)
    assert known.called() == {"jdoe", "mroe", "Jane Doe", "Max Roe"}
    assert known.find("Jane Doe") == "jdoe"


def test_a_roster_before_or_after_is_the_same():
    """Strangers become the people whose number or login they have."""
    items = [canvas("doejane", "71"), entry("mroe"), canvas("mroe", "99")]
    before = directory(JANE, MAX)
    first = [before.of(item) for item in items]
    after = Directory({}, {})
    called = [after.of(item) for item in items]
    renamed = enroll(after, (JANE, MAX)).renamed
    assert [renamed.get(name, name) for name in called] == first == ["jdoe", "mroe", "mroe_99"]


def test_a_login_changes_and_two_swap():
    """By the number: each keeps what was theirs, and the old login is the other's now."""
    swapped = (
        Person(login="mroe", id="s1", name="Doe, Jane", canvas="71"),
        Person(login="jdoe", id="s2", name="Roe, Max", canvas="72"),
    )
    enrolled = enroll(directory(JANE, MAX), swapped)
    assert dict(enrolled.renamed) == {"jdoe": "mroe", "mroe": "jdoe"}
    assert enrolled.added == 0
    assert enroll(directory(JANE, MAX), (JANE,)).said() == []


def test_rosters_add_up():
    """What one says and the other does not is kept; nobody is removed."""
    more = (Person(email="j@x.y", name="Jane Doe", id="s1"), Person(login="new", name="N"))
    enrolled = enroll(directory(JANE, MAX), more)
    assert enrolled.people["jdoe"].email == "j@x.y"
    assert enrolled.people["jdoe"].canvas == "71"
    assert sorted(enrolled.people) == ["jdoe", "mroe", "new"]
    assert enrolled.said() == ["1 person is new on the roster."]


def test_two_people_of_one_login_are_refused():
    """Nobody is replaced; both are named."""
    with pytest.raises(UsageError, match=r"login 'mroe': .*s1.*s2"):
        enroll(directory(JANE, MAX), (Person(login="mroe", id="s1"),))


def moodle(name: str, number: str) -> Entry:
    """As Moodle calls somebody, with the name of a group in front."""
    return entry(name, display=name, system="moodle", number=number, aliases=(number,))


def test_two_who_claim_one_person_are_both_told():
    """By their names in one source, where no number says who it is; neither is taken."""
    known = directory(Person(login="jdoe", name="Jane Doe"), MAX)
    known.meet([("A-B-Jane Doe", "moodle", "5"), ("Doe Jane", "moodle", "6")])
    assert "neither was taken" in known.contested["jdoe"]
    assert known.of(moodle("A-B-Jane Doe", "5")) == "A-B-Jane Doe"
    assert known.of(moodle("Doe Jane", "6")) == "Doe Jane"
    alone = directory(Person(login="jdoe", name="Jane Doe"), MAX)
    assert alone.of(moodle("A-B-Jane Doe", "5")) == "jdoe"
    assert alone.by_name == ["jdoe"]


def test_a_number_of_moodle_s_worksheet_keeps_namesakes_away():
    """Who has a number of Moodle's in the roster is nobody who only has the name."""
    known = directory(Person(login="jdoe", name="Jane Doe", moodle="5"))
    assert known.of(moodle("Jane Doe", "6")) == "Jane Doe"
    assert known.of(moodle("Somebody", "5")) == "jdoe"


def test_a_chosen_login_finds_nothing_but_that_login():
    """A login of GitHub is no id and no name; one of Blackboard is no namesake's."""
    known = directory(Person(login="jdoe", id="17", name="Jane Doe"))
    for login, found in (("17", "17"), ("janedoe", "janedoe"), ("JDoe", "jdoe")):
        assert known.of(entry(login, system="github", number=login)) == found
    board = entry("evil", display="Jane Doe", aliases=("Jane Doe",))
    assert known.of(board) == "evil"
