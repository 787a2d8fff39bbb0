"""Groups that hand in together, where a download names only one of each.

Canvas gives a group's submission once, with the name of the group and the number of one member.
The file of groups, as Canvas exports it or any CSV file with a column for people and one for
groups, says who the others are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from autograder.errors import UsageError
from autograder.submissions.people.roster import Person, folded, person_of
from autograder.submissions.people.tables import plain_title, read_table
from autograder.submissions.sources import Entry, Item

_TITLES = (
    "groupname", "group", "groups", "gruppe", "gruppen", "groupe", "groupes", "grupo",
    "grupos", "groep", "groepen", "team",
)  # fmt: skip


class Groups:
    """The groups of a class, and who is in each."""

    def __init__(self, members: Iterable[tuple[Person, str]]) -> None:
        self._people: dict[str, list[Person]] = defaultdict(list)
        self._of: dict[tuple[str, str], set[str]] = defaultdict(set)
        for person, group in members:
            self._people[group].append(person)
            for term in _terms(person):
                self._of[term].add(group)

    @classmethod
    def read(cls, path: Path) -> Groups:
        """The groups in a CSV file. UsageError says which column is missing."""
        table = read_table(path, "The file of groups")
        plain = [plain_title(title) for title in table.header]
        position = next((plain.index(title) for title in _TITLES if title in plain), None)
        if position is None or not table.columns.keys() - {"section"}:
            raise UsageError(
                f"{path} has no column for {'groups' if position is None else 'people'}.",
                hint="It needs a column 'group', and a login, an email, an id or Canvas's "
                "number (canvas id).",
            )
        rows = [
            (person_of(table, row), row[position])
            for _, row in table.rows
            if position < len(row) and row[position]
        ]
        return cls([(person, group) for person, group in rows if person.key])

    def shared(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items of a source, with each group's submission for all of its members."""
        for item in items:
            if isinstance(item, Entry):
                yield from self._all(item)
            else:
                yield item

    def _all(self, entry: Entry) -> Sequence[Entry]:
        """The entry of each member; the entry alone where its student is in no group."""
        terms = (
            [("canvas", folded(entry.number))]
            if entry.system == "canvas"
            else [("id", folded(one)) for one in entry.identities]
        )
        groups = {group for term in terms for group in self._of.get(term, ())}
        if len(groups) != 1:
            return [entry]
        return [_as(entry, person) for person in self._people[groups.pop()]]


def _terms(person: Person) -> list[tuple[str, str]]:
    ids = [("id", folded(one)) for one in (person.login, person.email, person.id) if one]
    return [*ids, ("canvas", folded(person.canvas))] if person.canvas else ids


def _as(entry: Entry, person: Person) -> Entry:
    """The entry, handed in by a member: by what identifies them, or else by Canvas's number."""
    ids = tuple(filter(None, (person.login, person.email, person.id)))
    return msgspec.structs.replace(
        entry,
        student=person.key,
        display=person.name,
        system="" if ids else "canvas",
        number="" if ids else person.canvas,
        aliases=ids,
    )
