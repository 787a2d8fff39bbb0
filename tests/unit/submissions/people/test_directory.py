"""Whom a name means, and what a roster changes of it."""

from __future__ import annotations

import pytest

from autograder.errors import UsageError
from autograder.submissions.people.directory import NUMBER, Directory, Term
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


@pytest.mark.parametrize("name", ["Jane Doe", "Doe, Jane"])
def test_a_name_is_known_again_in_any_order(name):
    """One system's roster has the family's name first, another's has it last."""
    jane = Person(email="j@x.y", name=name, moodle="4")
    enrolled = enroll(directory(JANE, MAX), (jane,))
    assert (enrolled.people["jdoe"].moodle, enrolled.added) == ("4", 0)
    both = (jane, Person(email="k@x.y", name="Doe Jane", moodle="5"))
    others = directory(Person(login="doe", name="Jane, Doe"), MAX)
    assert enroll(others, both).added == 2  # either may be the one that is known


def test_several_of_one_name_are_named():
    """Those of the rosters, and those whom a system's number tells apart."""
    twins = (Person(login="j1", name="Doe, Jane"), Person(login="j2", name="Jane Doe"))
    with pytest.raises(UsageError, match=r"'Jane Doe': j1 and j2\."):
        directory(*twins).find_one("Jane Doe")
    known = Directory({}, {(NUMBER, "moodle 4"): "Jo_4", (NUMBER, "moodle 5"): "Jo_5"})
    with pytest.raises(UsageError, match=r"'Jo': Jo_4 and Jo_5\."):
        known.find_one("Jo")
    assert known.find_one("Jim") is None
    assert known.find_one("Jo_5") == "Jo_5"


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


def board(login: str, name: str) -> Entry:
    """As Blackboard calls somebody: by a login, and by a name that they chose."""
    return entry(login, display=name, aliases=(name,))


NAMED = Person(email="s71@example.edu", name="Jane Doe")  # of a roster without logins
SOURCES = {
    "canvas": [canvas("doejane", "71"), canvas("janedoe", "99")],
    "moodle": [moodle("Jane Doe", "71"), moodle("Doe Jane", "99")],
    "blackboard": [board("jdoe", "Jane Doe"), board("evil", "Jane Doe")],
    "folders": [entry("Jane Doe"), entry("doe_jane")],
}


def claimed(item: Entry) -> tuple[str, str, str]:
    """As a source tells of somebody beforehand."""
    return item.display or item.student, item.system, item.number or item.student


@pytest.mark.parametrize("system", SOURCES)
@pytest.mark.parametrize("backwards", [False, True])
def test_a_name_alone_is_nobody_s_where_two_have_it(system, backwards):
    """With a roster of names, in one source: both are listed, in whatever order they come."""
    items = SOURCES[system][::-1] if backwards else SOURCES[system]
    known = directory(NAMED, MAX)
    for _ in range(2):  # as when the same source is graded again
        known.meet(map(claimed, items))
        assert "both called like s71@example.edu" in known.contested[NAMED.key]
        found = [known.of(item) for item in items]
        assert NAMED.key not in found
        assert len(set(found)) == 2
        known = Directory(known.people, known.names)


@pytest.mark.parametrize("system", ["canvas", "moodle", "blackboard"])
@pytest.mark.parametrize("people", [(NAMED, MAX), (MAX,), ()])
def test_a_name_alone_takes_no_place_that_was_given(system, people):
    """Who comes later with the same name is somebody else, and that is said."""
    first, second = SOURCES[system]
    known = directory(*people)
    known.meet([claimed(first)])
    taken = known.of(first)
    assert (taken == NAMED.key) == (NAMED in people)
    later = Directory(known.people, known.names)
    later.meet([claimed(second)])
    assert later.of(second) not in (taken, MAX.key)
    assert later.of(first) == taken
    assert (NAMED.key in later.contested) == (NAMED in people)


def test_a_name_does_not_override_an_address_beside_it():
    """In Gradescope: whoever has no more than the name is not the one who has the address."""
    known = directory(NAMED)
    with_address = entry("s71@example.edu", display="Jane Doe", aliases=("Jane Doe",))
    alone = entry("Jane Doe", display="Jane Doe")
    known.meet([claimed(with_address), ("Jane Doe", "", "Jane Doe submission_2")])
    assert known.of(with_address) == NAMED.key
    assert known.of(alone) == "Jane Doe"
    assert "for whom s71@example.edu was taken" in known.contested[NAMED.key]


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


def test_a_number_is_looked_up_in_its_own_system():
    """Somebody else may have the same number elsewhere."""
    ann = Person(login="ann", id="71", canvas="73")
    known = directory(JANE, ann)
    assert known.whose([(NUMBER, "canvas 71")]) == "jdoe"
    assert known.whose([(NUMBER, "canvas 73")]) == "ann"


def test_moodle_numbers_the_people_of_each_assignment_again():
    """The same number is the same person within one assignment only; Canvas's is for all."""

    def who(system: str, assignment: str, told: dict[Term, str]) -> str:
        known = Directory({}, dict(told), assignment)
        return known.of(entry("max", display="max", system=system, number="7"))

    for system, there in (("moodle", "max"), ("canvas", "jane")):
        first = Directory({}, {}, "hw1")
        first.of(entry("jane", display="jane", system=system, number="7"))
        assert who(system, "hw1", first.new) == "jane"
        assert who(system, "hw2", first.new) == there
