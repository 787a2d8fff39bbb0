"""Groups: one file of Canvas's, and everybody who handed it in."""

from __future__ import annotations

import pytest

from autograder.batch.admission import admit
from autograder.errors import UsageError
from autograder.gradebook import Gradebook
from autograder.submissions.people.groups import Groups
from autograder.submissions.people.roster import Person, Roster
from autograder.submissions.sources import iterate
from tests.support_sources import zipped
from tests.unit.gradebook.support import entry

EXPORT = (
    "name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id\n"
    "Jane Doe,71,s1,jdoe,A,Team 1,5,\n"
    "Max Roe,72,s2,mroe,A,Team 1,5,\n"
    "Ida Li,73,s3,ili,A,,,\n"
)


def test_a_group_s_file_counts_for_all_of_its_members(tmp_path):
    """By the number of the one who is named, whatever the group is called; others are alone."""
    path = tmp_path / "groups.csv"
    path.write_text(EXPORT)
    files = [("team1_71_5001_small.py", b"x = 1\n"), ("ilijane_73_5002_small.py", b"x = 2\n")]
    source = zipped(tmp_path / "canvas.zip", files)
    with Gradebook.open(str(tmp_path / "g.db")) as book:
        book.enroll(Roster([Person(login="jdoe", canvas="71"), Person(login="mroe")]))
        run = book.begin("small", "batch", "local", [])
        items = Groups.read(path).shared(iterate([source], assignment="small", module="small"))
        admitted = admit(items, book, run, "small")
    assert sorted(admitted.ids) == ["ilijane", "jdoe", "mroe"]
    assert admitted.read == 3
    assert admitted.alike == [["jdoe", "mroe"]]


@pytest.mark.parametrize("system", ["", "moodle"])
def test_a_chosen_name_puts_nobody_into_a_group(system, tmp_path):
    """Who is called like the login of a member hands in for themselves alone."""
    path = tmp_path / "groups.csv"
    path.write_text(EXPORT)
    evil = entry(
        "mallory", display="jdoe", aliases=("jdoe",), system=system, number=system and "9"
    )
    real = entry("jdoe", display="Jane", aliases=("Jane",))
    groups = Groups.read(path)
    assert [one.student for one in groups.shared([evil])] == ["mallory"]
    assert [one.student for one in groups.shared([real])] == ["jdoe", "mroe"]


def test_a_file_without_groups(tmp_path):
    """It says which column is missing."""
    path = tmp_path / "groups.csv"
    for text, said in (("login,x\na,b\n", "groups"), ("group,x\na,b\n", "people")):
        path.write_text(text)
        with pytest.raises(UsageError, match=f"no column for {said}"):
            Groups.read(path)
