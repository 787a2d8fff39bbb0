"""A roster: which person is meant by what a source calls a student.

A source may say "doejane", "Jane Doe", "1234" or "jane@example.edu". A roster is a CSV file
with a row for each person, as Canvas, Moodle, Gradescope and GitHub Classroom export it, or
written by hand with the columns login, email, id, name, canvas id, moodle id, section,
nbgrader id: any of them, in any order.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from autograder.errors import IntakeError, UsageError
from autograder.intake.encoding import decoded
from autograder.sandbox.text import clean

# What each of our columns is called elsewhere, without spaces, signs and capitals.
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "login": ("login", "sisloginid", "username", "githubusername", "loginid", "netid", "user"),
    "email": ("email", "emailaddress", "mail", "useremail"),
    "id": ("id", "sid", "sisuserid", "studentid", "idnumber", "studentnumber"),
    "name": ("name", "student", "fullname", "studentname", "displayname"),
    "canvas": ("canvasid", "canvas", "canvasuserid"),
    "moodle": ("moodleid", "moodle", "identifier", "participant"),
    "section": ("section", "sections", "group", "groups"),
    "nbgrader": ("nbgraderid", "nbgrader"),
    "first": ("firstname", "givenname", "first"),
    "last": ("lastname", "surname", "familyname", "last"),
}
_MAX_BYTES = 50 * 2**20


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """One row of a roster; what it does not say is empty."""

    login: str = ""
    email: str = ""
    id: str = ""
    name: str = ""
    canvas: str = ""
    moodle: str = ""
    section: str = ""
    nbgrader: str = ""

    @property
    def key(self) -> str:
        """What the gradebook calls this person: the first of these that the roster has."""
        return (
            self.login
            or self.nbgrader
            or self.email
            or self.id
            or self.canvas
            or self.moodle
            or self.name
        )


class Roster:
    """The people of a course.

    keyed   students are called by their keys already, and are found by nothing else.
    """

    def __init__(self, people: Sequence[Person], *, keyed: bool = False) -> None:
        self.people = tuple(people)
        self._by_key = {person.key: person for person in people} if keyed else None
        # Tried in this order: what identifies, what mostly does, and names.
        self._indexes: tuple[dict[str, set[Person]], ...] = ({}, {}, {})
        for person in self.people:
            identities = (
                person.login,
                person.email,
                person.id,
                person.canvas,
                person.moodle,
                person.nbgrader,
            )
            for index, terms in zip(
                self._indexes,
                (identities, (person.email.partition("@")[0],), spellings(person.name)),
                strict=True,
            ):
                for term in filter(None, map(folded, terms)):
                    index.setdefault(term, set()).add(person)

    @classmethod
    def read(cls, path: Path) -> Roster:
        """The roster in a CSV file. UsageError says what is missing, and where."""
        return cls(_people(path))

    def find(self, student: str, aliases: Iterable[str] = ()) -> Person | None:
        """Who is called so; None when nobody is, or more than one person."""
        if self._by_key is not None:
            return self._by_key.get(student)
        terms = [student, *aliases]
        name, _, number = student.rpartition("_")
        if number.isdigit():  # as two people of one name are told apart
            terms += [number, name]
        for index in self._indexes:
            for term in terms:
                for spelling in (term, bare(term)) if index is self._indexes[2] else (term,):
                    people = index.get(folded(spelling), set())
                    if len(people) == 1:
                        return next(iter(people))
        return None

    def absent(self, students: Iterable[str]) -> tuple[Person, ...]:
        """The people whom none of these students is."""
        present = {person for student in students if (person := self.find(student))}
        return tuple(person for person in self.people if person not in present)


def _people(path: Path) -> list[Person]:
    rows = _rows(path)
    header = next(((n, row) for n, row in enumerate(rows) if any(row)), None)
    columns = _columns(header[1]) if header is not None else {}
    if header is None or not columns.keys() - {"section"}:
        raise UsageError(
            f"{path} has no column that names people.",
            hint="Its first line needs some of: login, email, id, name, canvas id, moodle id, "
            "section, nbgrader id.",
        )
    people: dict[str, tuple[int, Person]] = {}
    for line, row in enumerate(rows[header[0] + 1 :], header[0] + 2):
        said = {
            name: shown
            for name, position in columns.items()
            if position < len(row) and (shown := " ".join(clean(row[position], 200).split()))
        }
        # The line below the header of Canvas's gradebook says what assignments are worth.
        if not said or said.get("name", "").lower() in ("points possible", "student, test"):
            continue
        first, last = said.pop("first", ""), said.pop("last", "")
        said.setdefault("name", f"{first} {last}".strip())
        said["moodle"] = said.get("moodle", "").removeprefix("Participant ")
        person = Person(**said)
        if person.key in people:
            raise UsageError(
                f"{path} has {person.key!r} twice: in line {people[person.key][0]} and in line "
                f"{line}.",
                hint="Take one of them out, or give both a login, an email or an id.",
            )
        if person.key:
            people[person.key] = (line, person)
    return [person for _, person in people.values()]


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Where each of our columns is. Two systems use a word in a sense of their own."""
    plain = [re.sub(r"[^a-z]", "", title.lower()) for title in header]
    found: dict[str, int] = {}
    for name, titles in _HEADERS.items():
        position = next((plain.index(title) for title in titles if title in plain), None)
        if position is not None:
            found[name] = position
    if "id" in plain and ("sisuserid" in plain or "sisloginid" in plain):  # Canvas
        found["canvas"] = plain.index("id")
        found.pop("id", None)
        if "sisuserid" in plain:
            found["id"] = plain.index("sisuserid")
    if "githubusername" in plain and "identifier" in plain:  # GitHub Classroom
        found["login"] = plain.index("githubusername")
        found["id"] = plain.index("identifier")
        found.pop("moodle", None)
    return found


def _rows(path: Path) -> list[list[str]]:
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"The roster {path} could not be opened: {error.strerror}.") from None
    if len(data) > _MAX_BYTES:
        raise UsageError(f"The roster {path} is larger than {_MAX_BYTES // 2**20} MB.")
    try:
        text = decoded(data, path.name, [])
    except IntakeError:
        raise UsageError(
            f"The roster {path} is not a text file.",
            hint="In a spreadsheet program, save it as 'CSV UTF-8'.",
        ) from None
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UsageError(f"The roster {path} is not a CSV file: {error}.") from None


def folded(text: str) -> str:
    """Text as it is compared: without capitals, and in one way of writing accents."""
    return unicodedata.normalize("NFC", text).casefold().strip()


def bare(text: str) -> str:
    """A name with nothing but letters and digits, as Canvas writes it into file names."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text).casefold()))


def spellings(name: str) -> set[str]:
    """A name's words, run together, beginning with any of them: "janedoe", "doejane"."""
    words = list(filter(None, map(bare, re.split(r"[\s,]+", name))))
    return {"".join(words[n:] + words[:n]) for n in range(len(words))}
