"""A roster is taken in: who of it is known already, under which name, and what changes.

A person of an earlier roster is known again by a number of a system's, else by a login or an
address, else by the name; a stranger's work becomes theirs by the same rules as in `directory`.
The order of the commands does not matter: a class that was graded first and a roster that was
given first end alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from autograder.errors import UsageError
from autograder.submissions.people.directory import IDENTITIES, Directory
from autograder.submissions.people.roster import Person, folded, spellings

# What tells one person from another, by how much it proves.
STEPS = (("canvas", "id", "moodle"), ("login", "nbgrader", "email"), ("name",))


@dataclass(frozen=True)
class Enrolled:
    """The changes that a roster makes.

    people    everybody of all rosters, by what the gradebook calls them from now on.
    renamed   the gradebook's old names of people, where they change.
    added     how many people are new.
    """

    people: Mapping[str, Person]
    renamed: Mapping[str, str]
    added: int

    def said(self, most: int = 10) -> list[str]:
        """The changes in words; nothing where the roster is as before."""
        found = [f"{old} is {new}" for old, new in self.renamed.items()]
        more = f" and {len(found) - most} more" if found[most:] else ""
        listed = f"{', '.join(found[:most])}{more}"
        lines = [f"The roster says who is who: {listed}."] if found else []
        if self.added:
            are = "person is" if self.added == 1 else "people are"
            lines.append(f"{self.added} {are} new on the roster.")
        return lines


def enroll(directory: Directory, rows: Sequence[Person]) -> Enrolled:
    """Merge a roster into what is known.

    Raises UsageError where two people would have one login, address or number.
    """
    before = _known_again(directory.people, rows)
    merged: dict[str | int, Person] = {}  # a new person has a number here
    merged.update(directory.people)
    for number, row in enumerate(rows):
        old = before.get(number)
        merged[number if old is None else old] = (
            row if old is None else _merged(directory.people[old], row)
        )
    _refuse_doubles(merged.values())
    strangers = _strangers(directory, merged)
    renamed: dict[str, str] = {}
    for old_key, person in (*merged.items(), *((k, merged[p]) for k, p in strangers.items())):
        if isinstance(old_key, str) and old_key != person.key:
            renamed[old_key] = person.key
    people = {person.key: person for person in merged.values()}
    taken = {folded(key) for key in (*people, *directory.known())}
    for key in directory.known() - set(directory.people) - set(strangers):
        if key in people:  # somebody else, whose source called them so
            renamed[key] = _another(key, taken)
    return Enrolled(people, renamed, len(rows) - len(before))


def _known_again(people: Mapping[str, Person], rows: Sequence[Person]) -> dict[int, str]:
    """For each row, by its place, the person whom an earlier roster had."""
    found: dict[int, str] = {}
    for columns in STEPS:
        for column, form in ((one, form) for one in columns for form in _forms(one)):
            left = {key: one for key, one in people.items() if key not in found.values()}
            values = Counter(form(getattr(row, column)) for row in rows)
            index: dict[str, set[str]] = defaultdict(set)
            for key, person in left.items():
                index[form(getattr(person, column))].add(key)
            for number, row in enumerate(rows):
                value = form(getattr(row, column))
                same = index.get(value, set())
                if number in found or not value or values[value] > 1 or len(same) != 1:
                    continue
                [key] = same
                if key not in found.values() and not _differ(people[key], row, columns):
                    found[number] = key
    return found


def _forms(column: str) -> tuple[Callable[[str], str], ...]:
    """The forms in which a column is compared: "Doe, Jane" is "Jane Doe", too."""
    return (folded, _in_any_order) if column == "name" else (folded,)


def _in_any_order(name: str) -> str:
    return min(spellings(name), default="")


def _differ(one: Person, other: Person, columns: Sequence[str]) -> bool:
    """True if something that proves more than these columns tells the two apart."""
    for above in STEPS[: STEPS.index(tuple(columns))]:
        for column in above:
            values = {folded(getattr(person, column)) for person in (one, other)} - {""}
            if len(values) > 1:
                return True
    return False


def _merged(old: Person, new: Person) -> Person:
    said = {name: value for name in old.__struct_fields__ if (value := getattr(new, name))}
    return msgspec.structs.replace(old, **said)


def _refuse_doubles(people: Iterable[Person]) -> None:
    for column in ("canvas", "id", "login", "email", "nbgrader", "key"):
        first: dict[str, Person] = {}
        for person in people:
            value = folded(getattr(person, column))
            if not value:
                continue
            other = first.setdefault(value, person)
            if other is not person:
                raise UsageError(
                    f"With this roster, two people would have the {column} {value!r}: "
                    f"{_told(other)}, and {_told(person)}. Nobody was changed.",
                    hint="If both are in the course, give the roster a row for each, with what "
                    "is true now.",
                )


def _told(person: Person) -> str:
    parts = {column: getattr(person, column) for column in ("name", *IDENTITIES)}
    return ", ".join(f"{column} {value}" for column, value in parts.items() if value)


def _strangers(
    directory: Directory, merged: Mapping[str | int, Person]
) -> dict[str, str | int]:
    """Whom of the people each stranger is, as far as it is known."""
    called: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for term, key in directory.names.items():
        if key not in directory.people:
            called[key].append(term)
    after = Directory(
        {str(place): one for place, one in enumerate(merged.values())},
        {},
        directory.assignment,
    )
    places = list(merged)
    found: dict[str, str | int] = {}
    for key, terms in called.items():
        person = after.whose(terms)
        if person is not None:
            found[key] = places[int(person)]
    return found


def _another(key: str, taken: set[str]) -> str:
    copy = 2
    while folded(f"{key}_{copy}") in taken:
        copy += 1
    taken.add(folded(f"{key}_{copy}"))
    return f"{key}_{copy}"
