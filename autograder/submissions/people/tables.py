"""Tables of people, as learning systems and spreadsheet programs export them.

What a column means is found by its title, where that is one of those that systems write, and
else by what is in it: an address, "Teilnehmer/in123", a name. So the language does not matter.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec

from autograder.errors import IntakeError, UsageError
from autograder.sandbox.text import clean
from autograder.submissions.encoding import decoded

# What each of our columns is called elsewhere, without spaces, signs, accents and capitals.
_TITLES: Mapping[str, tuple[str, ...]] = {
    "login": (
        "login", "sisloginid", "username", "githubusername", "loginid", "netid", "user",
        "anmeldename", "benutzername", "nomdutilisateur", "nombredeusuario", "gebruikersnaam",
    ),
    "email": ("email", "emailaddress", "mail", "useremail"),
    "id": (
        "id", "sid", "sisuserid", "studentid", "idnumber", "studentnumber", "idnummer",
        "matrikelnummer", "numerodidentification", "numerodeid", "studentnummer",
    ),
    "name": (
        "name", "student", "fullname", "studentname", "displayname", "vollstandigername",
        "nomcomplet", "nombrecompleto", "volledigenaam",
    ),
    "canvas": ("canvasid", "canvas", "canvasuserid"),
    "moodle": ("moodleid", "moodle", "identifier", "participant"),
    "section": (
        "section", "sections", "group", "groups", "gruppe", "gruppen", "groupe", "groupes",
        "grupo", "grupos", "groep", "groepen",
    ),
    "nbgrader": ("nbgraderid", "nbgrader"),
    "first": ("firstname", "givenname", "first", "vorname", "prenom", "nombre", "voornaam"),
    "last": (
        "lastname", "surname", "familyname", "last", "nachname", "nom", "nomdefamille",
        "apellido", "apellidos", "achternaam",
    ),
}  # fmt: skip
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
# Moodle's grading worksheet calls people "Participant 123", in the language of the teacher.
PARTICIPANT = re.compile(r"(?P<word>[^\W\d_][^\d@.]{3,}?) ?(?P<number>\d+)")
_NAME = re.compile(r"[^\W\d_][^\d@_/:;]*[ ,][^\d@_/:;]+")
_WORD = re.compile(r"[^\W\d_][^\d@_/:;]*")
_MOST = 0.8  # of the cells that must look alike
_MAX_BYTES = 50 * 2**20


class PeopleTable(msgspec.Struct, frozen=True):
    """A table with a header.

    rows     each with its line in the file, cleaned.
    columns  where each of our columns is.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    columns: dict[str, int]

    def cell(self, row: Sequence[str], column: str) -> str:
        """The text that a row has in one of our columns."""
        position = self.columns.get(column)
        return row[position] if position is not None and position < len(row) else ""


def read_table(path: Path, what: str) -> PeopleTable:
    """The table in a CSV file, with commas, semicolons or tabs, in any usual alphabet.

    what  how a message calls it: "The roster".

    Raises UsageError where it cannot be read.
    """
    lines = [
        (number, tuple(" ".join(clean(cell, 200).split()) for cell in row))
        for number, row in enumerate(lines_of(path, what), 1)
        if any(cell.strip() for cell in row)
    ]
    if not lines:
        return PeopleTable((), (), {})
    header: tuple[str, ...] = lines[0][1]
    if any(map(_ADDRESS.fullmatch, header)):  # no header: the first row is somebody
        header = ("",) * len(header)
    else:
        lines = lines[1:]
    return PeopleTable(header, tuple(lines), _columns(header, [row for _, row in lines]))


def plain_title(title: str) -> str:
    """A title as it is compared: letters without accents and capitals."""
    letters = unicodedata.normalize("NFKD", title.lower())
    return re.sub(r"[^a-z]", "", letters)


def _columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, int]:
    plain = [plain_title(title) for title in header]
    seen = _by_strong_content(plain, rows)
    if "moodle" in seen and plain[seen["moodle"]] == "id":
        plain[seen["moodle"]] = ""  # Moodle's worksheet in German calls it "ID"
    titled = {
        name: plain.index(title)
        for name, titles in _TITLES.items()
        if (title := next((title for title in titles if title in plain), None))
    }
    found = {**seen, **titled}
    if "id" in plain and ("sisuserid" in plain or "sisloginid" in plain):  # Canvas
        found["canvas"] = plain.index("id")
        found.pop("id", None)
        if "sisuserid" in plain:
            found["id"] = plain.index("sisuserid")
    if "githubusername" in plain and "identifier" in plain:  # GitHub Classroom
        found["login"] = plain.index("githubusername")
        found["id"] = plain.index("identifier")
        found.pop("moodle", None)
    if not found.keys() & {"name", "first", "last", "login", "id"}:
        found.update(_names(header, rows, set(found.values())))
    return found


def _by_strong_content(plain: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """The columns that nothing else looks like: addresses, and Moodle's participants.

    Both are somebody's own: what several rows share is a tutor's address, or "Section 1".
    """
    known = {title for titles in _TITLES.values() for title in titles} - {"id"}
    found: dict[str, int] = {}
    for position, title in enumerate(plain):
        cells = _cells(rows, position)
        if title in known or len(set(cells)) < len(cells):
            continue
        if _share(cells, _ADDRESS) >= _MOST:
            found.setdefault("email", position)
        words = {match["word"] for cell in cells if (match := PARTICIPANT.fullmatch(cell))}
        if len(words) == 1 and _share(cells, PARTICIPANT) == 1 and words.pop()[0].isupper():
            found.setdefault("moodle", position)
    return found


def _names(
    header: Sequence[str], rows: Sequence[Sequence[str]], taken: set[int]
) -> dict[str, int]:
    """The column of names, or the two of them, where no title tells."""
    free = [n for n in range(len(header)) if n not in taken]
    for position in free:
        if _share(_cells(rows, position), _NAME) >= _MOST:
            return {"name": position}
    for first, second in pairwise(free):
        if all(_share(_cells(rows, n), _WORD) >= _MOST for n in (first, second)):
            return {"first": first, "last": second}
    return {}


def _cells(rows: Sequence[Sequence[str]], position: int) -> list[str]:
    return [row[position] for row in rows if position < len(row) and row[position]]


def _share(cells: Sequence[str], pattern: re.Pattern[str]) -> float:
    return sum(bool(pattern.fullmatch(cell)) for cell in cells) / len(cells) if cells else 0.0


def lines_of(path: Path, what: str) -> list[list[str]]:
    """The cells of each line of a CSV file, as they are. Raises UsageError as `read_table`."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{what} {path} could not be opened: {error.strerror}.") from None
    if len(data) > _MAX_BYTES:
        raise UsageError(f"{what} {path} is larger than {_MAX_BYTES // 2**20} MB.")
    try:
        text = decoded(data, path.name, [])
    except IntakeError:
        raise UsageError(
            f"{what} {path} is not a text file.",
            hint="In a spreadsheet program, save it as 'CSV UTF-8'.",
        ) from None
    # A spreadsheet program may begin with "sep=;".
    mark = re.match(r"\s*sep=(.)\r?\n", text)
    first = text.lstrip().partition("\n")[0]
    delimiter = mark[1] if mark else max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UsageError(f"{what} {path} is not a CSV file: {error}.") from None
    return [[], *lines[1:]] if mark else lines
