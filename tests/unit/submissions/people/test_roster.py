"""Rosters: whom a source means, in the forms that other systems export."""

from __future__ import annotations

import time

import pytest

from autograder.errors import UsageError
from autograder.submissions.people.roster import Person, Roster


def read(tmp_path, text, encoding="utf-8"):
    """The roster of a file with this text."""
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode(encoding))
    return Roster.read(path)


def test_a_roster_written_by_hand(tmp_path):
    """Any of the columns, in any order and writing."""
    roster = read(
        tmp_path,
        "Section,E-mail,Name,Login,ID,Canvas ID,Moodle ID,nbgrader id\n"
        'A,jane@example.edu,"Doe, Jane",jdoe,0012,55,66,jd\n',
    )
    assert roster.people == (
        Person(
            login="jdoe",
            email="jane@example.edu",
            id="0012",
            name="Doe, Jane",
            canvas="55",
            moodle="66",
            section="A",
            nbgrader="jd",
        ),
    )
    for name in ("jdoe", "JANE@example.edu", "0012", "55", "66", "jd", "jane", "Jane Doe"):
        assert roster.find(name) == roster.people[0], name
    assert roster.find("12") is None


@pytest.mark.parametrize(
    ("export", "expected"),
    [
        (  # Canvas's gradebook: its ID is Canvas's own number
            "Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (77)\n"
            "    Points Possible,,,,,100\n"
            '"Doe, Jane",55,s0012,jdoe,S1,90\n'
            '"Student, Test",99,,abc,S1,\n',
            Person(login="jdoe", id="s0012", name="Doe, Jane", canvas="55", section="S1"),
        ),
        (  # Moodle's participants
            "\ufeffFirst name,Last name,ID number,Email address,Groups\n"
            "Jane,Doe,0012,jane@example.edu,G1\n",
            Person(name="Jane Doe", id="0012", email="jane@example.edu", section="G1"),
        ),
        (  # Moodle's grading worksheet
            "Identifier,Full name,Email address,Status\n"
            "Participant 66,Jane Doe,jane@example.edu,Submitted\n",
            Person(name="Jane Doe", moodle="66", email="jane@example.edu"),
        ),
        (  # Gradescope's roster
            "First Name,Last Name,SID,Email,Role,Section\nJane,Doe,12,j@example.edu,Student,\n",
            Person(name="Jane Doe", id="12", email="j@example.edu"),
        ),
        (  # GitHub Classroom's roster
            '"identifier","github_username","github_id","name"\n"0012","janed","9","Jane"\n',
            Person(id="0012", login="janed", name="Jane"),
        ),
        (  # a spreadsheet program in German
            "Login;Name;E-Mail\njdoe;Jane Doe;j@example.edu\n",
            Person(login="jdoe", name="Jane Doe", email="j@example.edu"),
        ),
    ],
    ids=["canvas", "moodle", "worksheet", "gradescope", "github", "semicolons"],
)
def test_exports_of_other_systems(export, expected, tmp_path):
    """Their headers are understood, and the rows that are no people are left out."""
    assert read(tmp_path, export).people == (expected,)


def test_what_several_share_is_nobodys(tmp_path):
    """A section's number is not Moodle's, and a tutor's address is not a student's."""
    roster = read(
        tmp_path,
        "Name,Tutor,Section,Tutorial,Contact,Moodle id\n"
        "Jane Doe,t@example.edu,Section 1,Group 1,j@example.edu,66\n"
        "Bo Roe,t@example.edu,Section 2,Group 1,b@example.edu,67\n",
    )
    assert [(person.moodle, person.email, person.section) for person in roster.people] == [
        ("66", "j@example.edu", "Section 1"),
        ("67", "b@example.edu", "Section 2"),
    ]


def test_utf16(tmp_path):
    """What a spreadsheet program saves as 'Unicode text'."""
    roster = read(tmp_path, "login\tname\njdoe\tJosé\n", "utf-16")
    assert roster.people == (Person(login="jdoe", name="José"),)


PEOPLE = [
    Person(login="jd1", name="Doe, Jane", canvas="12", email="jane@a.edu"),
    Person(login="jd2", name="Jane Doe", canvas="13"),
    Person(login="mc", name="Maria de la Cruz", id="7"),
    Person(login="mo", name="Müller-Lüdenscheidt, Olaf"),
    Person(login="12", name="Number Twelve"),
]


@pytest.mark.parametrize(
    ("student", "aliases", "login"),
    [
        ("delacruzmaria", (), "mc"),  # as Canvas writes names
        ("Maria de la Cruz", (), "mc"),
        ("müllerlüdenscheidtolaf", (), "mo"),
        ("mu\u0308llerlu\u0308denscheidtolaf", (), "mo"),
        ("doejane", (), None),  # two of them
        ("doejane", ("13",), "jd2"),
        ("doejane_13", (), "jd2"),
        ("jane", (), "jd1"),  # of the address
        ("somebody", ("nobody", "7"), "mc"),
        ("12", (), None),  # a login here, a number of Canvas's there
        ("", (), None),
    ],
)
def test_whom_a_source_means(student, aliases, login):
    """One person, or nobody: never one of two."""
    found = Roster(PEOPLE).find(student, aliases)
    assert (found.login if found else None) == login


def test_absent():
    """Whom no submission belongs to."""
    absent = Roster(PEOPLE).absent(["delacruzmaria", "jd1", "a stranger"])
    assert [person.login for person in absent] == ["jd2", "mo", "12"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no column that names people"),
        ("points,grade\n1,2\n", "no column that names people"),
        ("section\nA\n", "no column that names people"),
        ("login\njane\nmax\njane\n", "'jane' twice: in line 2 and in line 4"),
    ],
)
def test_what_is_no_roster(text, said, tmp_path):
    """It says what is missing, or where."""
    with pytest.raises(UsageError, match=said):
        read(tmp_path, text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16-le", "utf-16-be"])
def test_encodings(encoding, tmp_path):
    """As spreadsheet programs save names; "utf-16" is written with its mark."""
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    roster = read(tmp_path, f"{mark}login;name\nzoe;Zoë Šimic – Ærø\n", encoding)
    assert roster.people == (Person(login="zoe", name="Zoë Šimic – Ærø"),)


def test_what_is_no_text_and_missing_files(tmp_path):
    """A workbook and a path that does not exist are said, with what to do."""
    (tmp_path / "class.csv").write_bytes(b"PK\x03\x04\x14\x00\xff\xfe\x00\x00")
    with pytest.raises(UsageError, match="not a text file") as caught:
        Roster.read(tmp_path / "class.csv")
    assert "CSV UTF-8" in caught.value.hint
    with pytest.raises(UsageError, match="could not be opened"):
        Roster.read(tmp_path / "nothing.csv")


def test_names_are_cleaned(tmp_path):
    """A roster can come from a form that students fill in."""
    roster = read(tmp_path, 'login,name\njd,"Ja\x1b[31mne\n\u202eDoe"\n')
    assert roster.people == (Person(login="jd", name="Jane Doe"),)


@pytest.mark.parametrize("name", [f"{'ab ' * 60}1", f"{'é ' * 90}@", f"{'a,' * 90}_"])
def test_a_name_of_many_words_is_read_at_once(name, tmp_path):
    """People choose what they are called; a pattern that tries all ways would take years."""
    before = time.process_time()
    read(tmp_path, "\n".join(["x,y,z", *(f'{n},"{name}",a{n}@b.org' for n in range(20))]))
    assert time.process_time() - before < 5
