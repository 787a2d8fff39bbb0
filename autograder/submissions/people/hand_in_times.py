"""The times when students handed in, from a file of the learning system's.

Moodle's grading worksheet in any language, the submissions of Canvas as its interface gives
them (JSON), or any CSV file with a column for people and one for times. A person is found by
the system's number, else by a login, an address or an id, and by the name last.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from autograder.errors import UsageError
from autograder.submissions.people.roster import Person, bare, folded, person_of, spellings
from autograder.submissions.people.tables import PeopleTable, plain_title, read_table
from autograder.submissions.sources import Entry
from autograder.submissions.sources.times import any_time

_TITLES = (
    "submittedat", "submissiontime", "submitted", "handedin", "timestamp", "time", "date",
    "lastmodifiedsubmission", "zuletztgeandertabgabe", "abgabe", "abgabezeit", "eingereicht",
    "dernieremodificationtravailremis", "ultimamodificacionentrega",
    "laatstgewijzigdinzending", "created",
)  # fmt: skip
_NONE = {"", "-", "–", "0", "null", "none"}
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(.*)")


class _Canvas(msgspec.Struct):
    """The fields of a submission in Canvas's JSON that are used."""

    user_id: int
    submitted_at: str | None = None
    user: dict[str, object] = {}


class Times:
    """The time when each student handed in."""

    def __init__(self, stamps: Iterable[tuple[Person, str]]) -> None:
        self._numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._ids: dict[str, dict[Person, str]] = defaultdict(dict)
        self._names: dict[str, dict[Person, str]] = defaultdict(dict)
        for person, time in stamps:
            for system in ("canvas", "moodle"):
                if number := getattr(person, system):
                    self._numbers[system, number].add(time)
            for one in (person.login, person.email, person.id, person.nbgrader):
                if one:
                    self._ids[folded(one)][person] = time
            for name in spellings(person.name):
                self._names[name][person] = time
        self._systems = {system for system, _ in self._numbers}

    @classmethod
    def read(cls, path: Path, zone: str) -> Times:
        """The times in a file; those without a zone are of `zone`.

        Raises UsageError with the line of a time that cannot be read.
        """
        if path.suffix.lower() == ".json":
            return cls(_of_canvas(path))
        table = read_table(path, "The file of times")
        column = _column(path, table, zone)
        return cls(_stamps(path, table, column, zone))

    def of(self, entry: Entry, person: Person | None) -> str | None:
        """The time when an entry was handed in: ISO 8601; None where the file does not tell.

        person  of the roster, where the entry is one of theirs.
        """
        if entry.system in self._systems:
            return max(self._numbers.get((entry.system, entry.number), ()), default=None)
        someone = person or Person()
        for system in self._systems:
            if (system, getattr(someone, system)) in self._numbers:
                return max(self._numbers[system, getattr(someone, system)])
        ids = [*entry.identities] if person is None else []
        ids += [someone.login, someone.email, someone.id, someone.nbgrader]
        names = [someone.name] if person is not None else [entry.display or entry.student]
        return _one(self._ids, map(folded, ids)) or _one(self._names, map(bare, names))


def _one(index: dict[str, dict[Person, str]], terms: Iterable[str]) -> str | None:
    """The last time of the one person whom a term means."""
    for term in filter(None, terms):
        found = index.get(term, {})
        if len(found) == 1:
            return max(found.values())
    return None


def _of_canvas(path: Path) -> list[tuple[Person, str]]:
    try:
        rows = msgspec.json.decode(path.read_bytes(), type=list[_Canvas])
    except OSError as error:
        raise UsageError(
            f"The file of times {path} could not be opened: {error.strerror}."
        ) from None
    except msgspec.MsgspecError as error:
        raise UsageError(
            f"{path} is not a list of Canvas's submissions: {error}.",
            hint="Save what /api/v1/courses/…/assignments/…/submissions answers, or give a "
            "CSV file.",
        ) from None
    found = []
    for number, row in enumerate(rows, 1):
        if row.submitted_at is None:
            continue
        time = any_time(row.submitted_at, zone="UTC")
        if time is None:
            raise _no_time(path, f"submission {number}", row.submitted_at)
        user = {key: str(value) for key, value in row.user.items() if value}
        person = Person(
            canvas=str(row.user_id),
            login=user.get("login_id", ""),
            id=user.get("sis_user_id", ""),
            name=user.get("name", ""),
        )
        found.append((person, time))
    return found


def _column(path: Path, table: PeopleTable, zone: str) -> int:
    """The column of the times: by its title, else the first that has some."""
    if not table.columns.keys() - {"section"}:
        raise UsageError(
            f"{path} has no column that names people.",
            hint="It needs a login, an email, an id, a name or Moodle's participant.",
        )
    plain = [plain_title(title) for title in table.header]
    by_title = [plain.index(title) for title in _TITLES if title in plain]
    others = [n for n in range(len(table.header)) if n not in table.columns.values()]
    by_content = [
        n
        for n in others
        if any(
            n < len(row) and (any_time(row[n], zone=zone) or _SLASHED.fullmatch(row[n]))
            for _, row in table.rows
        )
    ]
    columns = [n for n in by_title if n in others] or by_content
    if not columns:
        raise UsageError(
            f"{path} has no column with times.",
            hint="Call it 'submitted', and write for example 2026-11-20 23:58.",
        )
    return columns[0]


def _stamps(path: Path, table: PeopleTable, column: int, zone: str) -> list[tuple[Person, str]]:
    cells = [(line, row, row[column] if column < len(row) else "") for line, row in table.rows]
    day_first = _day_first(path, [(line, cell) for line, _, cell in cells])
    found = []
    for line, row, cell in cells:
        person = person_of(table, row)
        if cell.lower() in _NONE or not person.key:
            continue
        time = any_time(_ordered(cell, day_first), zone=zone)
        if time is None:
            raise _no_time(path, f"line {line}", cell)
        found.append((person, time))
    return found


def _day_first(path: Path, cells: Sequence[tuple[int, str]]) -> bool:
    """True if "3/4/2026" is in April: by what no month is in the whole column."""
    slashed = [(line, m) for line, cell in cells if (m := _SLASHED.fullmatch(cell))]
    if any(int(match[1]) > 12 for _, match in slashed):
        return True
    if not slashed or any(int(match[2]) > 12 for _, match in slashed):
        return False
    line, match = slashed[0]
    raise UsageError(
        f"{path}, line {line}: it is not clear which is the month in {match[0]!r}.",
        hint="Write times as 2026-11-20 23:58.",
    )


def _ordered(cell: str, day_first: bool) -> str:
    match = _SLASHED.fullmatch(cell)
    if match is None:
        return cell
    day, month = (match[1], match[2]) if day_first else (match[2], match[1])
    return f"{day}.{month}.{match[3]}{match[4]}"


def _no_time(path: Path, where: str, cell: str) -> UsageError:
    return UsageError(
        f"{path}, {where}: {cell!r} is no time that can be read.",
        hint="Write it as 2026-11-20 23:58, with a zone at its end where it is another one.",
    )
