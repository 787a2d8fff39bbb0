"""A roster: which person is meant by what a source calls a student.

A source may say "doejane", "Jane Doe", "1234" or "jane@example.edu". A roster is a CSV file
with a row for each person, as Canvas, Moodle, Gradescope and GitHub Classroom export it, or
written by hand with the columns login, email, id, name, canvas id, moodle id, section,
nbgrader id: any of them, in any order (`tables`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from autograder.errors import UsageError
from autograder.submissions.people.tables import PARTICIPANT, PeopleTable, read_table


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
        """The gradebook's name for this person: the first of these that the roster has."""
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
        """The person who is called so; None when nobody is, or more than one person."""
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


def person_of(table: PeopleTable, row: Sequence[str]) -> Person:
    """The person of a row; empty where it is none."""
    said = {name: value for name in table.columns if (value := table.cell(row, name))}
    # The line below the header of Canvas's gradebook says what assignments are worth.
    if said.get("name", "").lower() in ("points possible", "student, test"):
        return Person()
    first, last = said.pop("first", ""), said.pop("last", "")
    if first and not last and "name" in said:  # "Vorname", and "Name" for the family's
        last = said.pop("name")
    said.setdefault("name", f"{first} {last}".strip())
    numbered = PARTICIPANT.fullmatch(said.get("moodle", ""))
    if numbered is not None:
        said["moodle"] = numbered["number"]
    return Person(**said)


def _people(path: Path) -> list[Person]:
    table = read_table(path, "The roster")
    if not table.columns.keys() - {"section"}:
        raise UsageError(
            f"{path} has no column that names people.",
            hint="Its first line needs some of: login, email, id, name, canvas id, moodle id, "
            "section, nbgrader id.",
        )
    people: dict[str, tuple[int, Person]] = {}
    for line, row in table.rows:
        person = person_of(table, row)
        if person.key in people:
            raise UsageError(
                f"{path} has {person.key!r} twice: in line {people[person.key][0]} and in line "
                f"{line}.",
                hint="Take one of them out, or give both a login, an email or an id.",
            )
        if person.key:
            people[person.key] = (line, person)
    return [person for _, person in people.values()]


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
