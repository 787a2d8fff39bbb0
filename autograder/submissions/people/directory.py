"""The person whom a name means: decided once for each name, and kept.

A source calls somebody by its own number ("canvas 1234"), by what identifies (a login, an
address, the folder that an instructor made), and by a name that its owner may choose. They are
looked up in this order, each among the people of the rosters first, and then among what earlier
sources have called somebody. A name decides nothing where the system's number says otherwise.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autograder.errors import UsageError
from autograder.submissions.people.roster import Person, bare, folded, spellings
from autograder.submissions.sources.model import Entry

ID, NUMBER, NAME = "id", "number", "name"
IDENTITIES = ("login", "email", "id", "canvas", "moodle", "nbgrader")

# Which columns of a roster a system's numbers are looked up in. A login of GitHub is chosen, so
# that it finds exactly the login that it is, and nothing else.
_COLUMNS = {"canvas": ("canvas",), "moodle": ("moodle",), "github": ("login",)}

Term = tuple[str, str]  # the kind of a name, and the name as it is compared


@dataclass
class Directory:
    """Everybody whom the gradebook knows.

    people      those of the rosters, by what the gradebook calls them.
    names       what sources have called somebody, and whom that means.
    assignment  Moodle numbers a student for each assignment.
    contested   whom several students claim to be by their names, each in words; nobody is.
    by_name     who of the rosters was found by nothing but a name that they chose.
    """

    people: Mapping[str, Person]
    names: dict[Term, str]
    assignment: str = ""
    new: dict[Term, str] = field(default_factory=dict)
    contested: dict[str, str] = field(default_factory=dict)
    by_name: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._identities: dict[str, set[str]] = defaultdict(set)
        self._locals: dict[str, set[str]] = defaultdict(set)
        self._spelled: dict[str, set[str]] = defaultdict(set)
        for key, person in self.people.items():
            for column in IDENTITIES:
                if value := folded(getattr(person, column)):
                    self._identities[value].add(key)
            if local := folded(person.email.partition("@")[0]):
                self._locals[local].add(key)
            for spelling in spellings(person.name):
                self._spelled[spelling].add(key)
        self._has = {c for p in self.people.values() for c in IDENTITIES if getattr(p, c)}
        self._taken = {folded(key) for key in (*self.people, *self.names.values())}
        self._numbers: dict[str, list[str]] = defaultdict(list)
        self._ids_of: dict[str, set[str]] = defaultdict(set)
        self._shared: set[str] = set()  # names that several people of one source have
        for (kind, term), key in self.names.items():
            if kind == NUMBER:
                self._numbers[key].append(term)
            elif kind == ID:
                self._ids_of[key].add(term)

    def of(self, entry: Entry) -> str:
        """The gradebook's name for the student of an entry; it is remembered in `new`."""
        number = self._number(entry.system, entry.number)
        ids = () if number else entry.identities
        key = (
            self._by_number(entry.system, number)
            or self._by_ids(ids)
            or self._by_chosen(entry, ids)
            or self._free(entry.student, entry.number)
        )
        self._remember(key, number, ids, entry.display)
        return key

    def meet(self, claimed: Iterable[tuple[str, str, str]]) -> None:
        """Look at everybody of one source before the first is taken in.

        claimed  what each is called; the system, where it has numbers of its own; and the
                 number, or else what identifies. Where several claim one person by their names,
                 or somebody a person who is there by more than a name, `contested` tells it.
        """
        there: dict[str, str] = {}
        claims: dict[str, dict[Term, str]] = defaultdict(dict)
        met: set[str] = set()
        for name, system, who in claimed:
            known = self._by_number(system, self._number(system, who)) or (
                None if system else self._by_ids([who])
            )
            said = f"{name} ({system} {who})" if system else who
            spoken = bare(name)
            self._shared |= {spoken} & met
            met.add(spoken)
            if known is not None and known in self.people:
                there[known] = said
            elif system != "github":
                key = self._named(_spoken(name, system))
                if key is None or key not in self.people:
                    continue
                if not self._is_told(key, system, who):
                    number = self._number(system, who)
                    claims[key][(NUMBER, number) if number else (ID, who)] = said
        for key, sayings in claims.items():
            self._contest(key, sayings, there.get(key, ""))

    def of_label(self, label: str) -> str:
        """The student of a submission of which no more than this is known."""
        key = self.find(label) or self._free(label, "")
        self._remember(key, "", [], label)
        return key

    def find(self, name: str) -> str | None:
        """The person called so by a person who asks; None where nobody is, or several are."""
        exact = name in self.people or name in self.names.values()
        return name if exact else self._by_ids([name]) or self._by_names([name], "")

    def find_one(self, name: str) -> str | None:
        """As `find`. UsageError names the people where several are called so."""
        found, spelled = self.find(name), bare(name)
        if found is None and spelled:
            numbered = (one for one in self.known() if bare(one.rpartition("_")[0]) == spelled)
            several = sorted({*self._spelled.get(spelled, ()), *numbered})
            if len(several) > 1:
                raise UsageError(
                    f"Several people are called {name!r}: {' and '.join(several)}.",
                    hint="Say which, by one of these names.",
                )
        return found

    def whose(self, terms: Iterable[Term]) -> str | None:
        """The one person who has been called all of these, as far as it can be told."""
        by_kind: dict[str, list[str]] = {NUMBER: [], ID: [], NAME: []}
        for kind, term in terms:
            by_kind[kind].append(term)
        for number in by_kind[NUMBER]:
            found = self._by_number(re.split("[/ ]", number)[0], number)
            if found is not None:
                return found
        found = self._by_ids(by_kind[ID])
        if found is not None:
            return found
        prefixes = {f"{number.rpartition(' ')[0]} " for number in by_kind[NUMBER]}
        found = self._by_names([*by_kind[NAME], *by_kind[ID]], "")
        met = found is not None and any(self._is_numbered(found, p) for p in prefixes)
        return None if met else found

    def known(self) -> set[str]:
        """The gradebook's names for everybody."""
        return {*self.people, *self.names.values()}

    def called(self) -> set[str]:
        """The names that a person may use for everybody: also by the name, as "Jane Doe"."""
        names = (person.name.partition(",") for person in self.people.values() if person.name)
        return {*self.known(), *(f"{rest.strip()} {name}".strip() for name, _, rest in names)}

    def _number(self, system: str, number: str) -> str:
        return self._prefix(system) + folded(number) if system else ""

    def _prefix(self, system: str) -> str:
        if not system:
            return ""
        return f"{system}/{self.assignment} " if system == "moodle" else f"{system} "

    def _by_number(self, system: str, number: str) -> str | None:
        if not number:
            return None
        plain = number.rpartition(" ")[2]
        # A roster written by hand may have the numbers in another of its columns.
        columns = _COLUMNS.get(system, IDENTITIES)
        if not self._has.intersection(columns) and system != "github":
            columns = IDENTITIES
        found = {
            key
            for key in self._identities.get(plain, ())
            if any(folded(getattr(self.people[key], column)) == plain for column in columns)
        }
        return found.pop() if len(found) == 1 else self.names.get((NUMBER, number))

    def _by_ids(self, ids: Iterable[str]) -> str | None:
        terms = [folded(one) for one in ids]
        remembered = {term: {key} for term in terms if (key := self.names.get((ID, term)))}
        for index in (self._identities, remembered, self._locals):
            for term in terms:
                found = index.get(term, set())
                if len(found) == 1:
                    return next(iter(found))
        return None

    def _by_chosen(self, entry: Entry, ids: Iterable[str]) -> str | None:
        """By what is left: names, where nobody else has a better claim to the person."""
        if entry.system == "github":  # remembered as it was before there were numbers of it
            return self.names.get((ID, folded(entry.number)))
        spoken = [*_spoken(entry.display, entry.system), *ids]
        key = self._by_names(
            [name for name in spoken if bare(name) not in self._shared or not entry.display],
            self._prefix(entry.system),
        )
        # A login that is not this person's is somebody else, whatever they call themselves.
        if key is None or key in self.contested:
            return None
        if entry.display and (self._differs(key, ids) or self._others(key, ids)):
            return None
        if entry.display and key in self.people:
            self.by_name.append(key)
        return key

    def _contest(self, key: str, sayings: Mapping[Term, str], there: str) -> None:
        """Say who claims a person by name, where that is not one alone."""
        numbers = {term for kind, term in sayings if kind == NUMBER}
        systems = {number.rpartition(" ")[0] for number in numbers}
        earlier = [
            number
            for number in self._numbers[key]
            if number not in numbers and number.rpartition(" ")[0] in systems
        ] + self._others(key, [term for kind, term in sayings if kind == ID])
        names = " and ".join(sayings.values())
        if there or earlier:
            who = there or ", ".join(earlier)
            self.contested[key] = (
                f"{names} {'are' if len(sayings) > 1 else 'is'} called like {key}, for whom "
                f"{who} was taken: give the roster their numbers or logins"
            )
        elif len(sayings) > 1:
            self.contested[key] = (
                f"{names} are both called like {key}, and neither was taken for them: give the "
                "roster their numbers or logins"
            )

    def _is_told(self, key: str, system: str, who: str) -> bool:
        """True if the roster tells by more than a name that this person is another."""
        if system:
            return bool(getattr(self.people[key], system, ""))
        return self._differs(key, [who])

    def _others(self, key: str, ids: Iterable[str]) -> list[str]:
        """The ids that have identified this person before, where these are not among them."""
        own = {folded(one) for one in ids if not self._is_a_name(key, one)}
        before = {one for one in self._ids_of[key] if not self._is_a_name(key, one)}
        shapes = set() if own & before else set(map(_shape, own))
        return sorted(one for one in before if _shape(one) in shapes)

    def _is_a_name(self, key: str, one: str) -> bool:
        """True if what should identify is but the person's name, as a folder may have it."""
        spelled = bare(one)
        return key in self._spelled.get(spelled, ()) or self.names.get((NAME, spelled)) == key

    def _differs(self, key: str, ids: Iterable[str]) -> bool:
        """True if the roster has an address, a number or a login of this person, and others."""
        person = self.people.get(key, Person())
        known = {_shape(value): value for c in IDENTITIES if (value := getattr(person, c))}
        return any(_shape(one) in known for one in ids if not self._is_a_name(key, one))

    def _named(self, names: Iterable[str]) -> str | None:
        """The key of the person whose name alone one of these is; the first such one counts."""
        for name in map(bare, filter(None, names)):
            found = self._spelled.get(name) or {self.names.get((NAME, name), "")} - {""}
            if len(found) == 1:
                return next(iter(found))
        return None

    def _by_names(self, names: Iterable[str], prefix: str) -> str | None:
        for name in filter(None, names):
            key = self._named([name])
            if key is not None and not self._is_numbered(key, prefix):
                return key
        return None

    def _is_numbered(self, key: str, prefix: str) -> bool:
        """True if this person has a number of that system, and so not the one that was met."""
        if not prefix:
            return False
        system = re.split("[/ ]", prefix)[0]
        of_roster = key in self.people and bool(getattr(self.people[key], system, ""))
        return of_roster or any(term.startswith(prefix) for term in self._numbers[key])

    def _free(self, label: str, number: str) -> str:
        """A name that nobody has: the source's own where that is free."""
        key = label
        if folded(key) in self._taken and number:
            key = f"{label}_{number}"
        copy = 1
        while folded(key) in self._taken:
            copy += 1
            key = f"{label}_{copy}"
        self._taken.add(folded(key))
        return key

    def _remember(self, key: str, number: str, ids: Iterable[str], display: str) -> None:
        terms = [(NUMBER, number), *((ID, folded(one)) for one in ids), (NAME, bare(display))]
        for term in terms:
            if term[1] and term not in self.names:
                self.names[term] = self.new[term] = key
                if term[0] == NUMBER:
                    self._numbers[key].append(number)
                elif term[0] == ID:
                    self._ids_of[key].add(term[1])


def _spoken(display: str, system: str) -> list[str]:
    """A display name; in Moodle that of a group stands before it, and may have hyphens, too."""
    if system != "moodle":
        return [display]
    words = display.split("-")
    return ["-".join(words[n:]) for n in range(len(words))]


def _shape(identity: str) -> str:
    """The kind of an id: an address is compared with an address, digits with digits."""
    return "@" if "@" in identity else "1" if identity.isdigit() else "a"
