"""Hand-in times and participants, as Moodle writes them in five languages, and Canvas."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from autograder.errors import UsageError
from autograder.submissions.people.hand_in_times import Times
from autograder.submissions.people.roster import Person, Roster
from autograder.submissions.sources.times import any_time
from tests.unit.gradebook.support import entry

ZONE = "Europe/Berlin"
WORKSHEETS = {
    "en": (
        "Identifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
        "Last modified (submission),Last modified (grade),Feedback comments",
        'Participant 66,Jane Doe,jane@x.edu,Submitted for grading,,100,Yes,"Friday, 20 '
        'November 2026, 11:58 PM","Monday, 30 November 2026, 9:00 AM",',
    ),
    "de": (
        "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,Bewertung kann "
        "geändert werden,Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback",
        'Teilnehmer/in66,Jane Doe,jane@x.edu,Zur Bewertung abgegeben,,"100,00",Ja,"Freitag, '
        '20. November 2026, 23:58",-,',
    ),
    "fr": (
        "Identifiant,Nom complet,Adresse de courriel,Statut,Note,Note maximale,La note peut "
        "être modifiée,Dernière modification (travail remis),Dernière modification (note)",
        'Participant66,Jane Doe,jane@x.edu,Remis pour évaluation,,100,Oui,"vendredi 20 '
        'novembre 2026, 23:58",-',
    ),
    "es": (
        "Identificador,Nombre completo,Dirección de correo,Estado,Calificación,Calificación "
        "máxima,La calificación puede ser cambiada,Última modificación (entrega),Última",
        'Participante66,Jane Doe,jane@x.edu,Enviado para calificar,,100,Sí,"viernes, 20 de '
        'noviembre de 2026, 23:58",-',
    ),
    "nl": (
        "Identificatie,Volledige naam,E-mailadres,Status,Cijfer,Hoogste cijfer,Cijfer kan "
        "gewijzigd worden,Laatst gewijzigd (inzending),Laatst gewijzigd (cijfer)",
        'Deelnemer 66,Jane Doe,jane@x.edu,Ingezonden voor beoordeling,,100,Ja,"vrijdag, 20 '
        'november 2026, 23:58",-',
    ),
}
MOODLE = {"system": "moodle", "number": "66", "display": "Jane Doe"}


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """A file with this text."""
    (folder / name).write_bytes(text.encode(encoding))
    return folder / name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("language", WORKSHEETS)
def test_moodle_s_worksheet(language, separator, encoding, tmp_path):
    """Person and time are found by what is in the columns, in any usual alphabet."""
    header, row = WORKSHEETS[language]
    text = f"{header}\n{row}\n"
    if separator == ";":
        buffer = io.StringIO()
        csv.writer(buffer, delimiter=";").writerows(csv.reader(text.splitlines()))
        text = buffer.getvalue()
    path = written(tmp_path, "worksheet.csv", text, encoding)
    assert Roster.read(path).people == (
        Person(name="Jane Doe", email="jane@x.edu", moodle="66"),
    )
    times = Times.read(path, ZONE)
    assert times.of(entry("Jane Doe", **MOODLE), None) == "2026-11-20T23:58:00+01:00"
    assert times.of(entry("Jane Doe", **{**MOODLE, "number": "67"}), None) is None
    assert times.of(entry("jdoe"), Person(email="jane@x.edu")) == "2026-11-20T23:58:00+01:00"


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Vorname,Nachname,E-Mail-Adresse,Gruppen", "Jane,Doe,jane@x.edu,A"),
        ("Vorname;Name;E-Mail;Gruppe", "Jane;Doe;jane@x.edu;A"),
        ("Prénom,Nom de famille,Adresse de courriel,Groupes", "Jane,Doe,jane@x.edu,A"),
        ("Nombre,Apellido(s),Dirección de correo,Grupos", "Jane,Doe,jane@x.edu,A"),
        ("Voornaam,Achternaam,E-mailadres,Groepen", "Jane,Doe,jane@x.edu,A"),
        ("Förnamn,Efternamn,E-postadress,Group", "Jane,Doe,jane@x.edu,A"),
    ],
)
def test_participants(header, row, tmp_path):
    """Moodle's list of participants in six languages, of which one is not known here."""
    path = written(tmp_path, "people.csv", f"{header}\n{row}\n")
    assert Roster.read(path).people == (
        Person(name="Jane Doe", email="jane@x.edu", section="A"),
    )


def test_a_list_without_a_header(tmp_path):
    """The first row is somebody, where it has an address."""
    path = written(tmp_path, "people.csv", "Jane Doe,jane@x.edu\nMax Roe,max@x.edu\n")
    assert [person.name for person in Roster.read(path).people] == ["Jane Doe", "Max Roe"]


def test_submissions_of_canvas(tmp_path):
    """As its interface gives them: by the number, in UTC; who handed in nothing has no time."""
    rows = [
        {"user_id": 71, "submitted_at": "2026-11-20T22:58:00Z", "late": False},
        {"user_id": 72, "submitted_at": None},
    ]
    times = Times.read(written(tmp_path, "s.json", json.dumps(rows)), ZONE)
    of = [times.of(entry("x", system="canvas", number=n), None) for n in ("71", "72")]
    assert of == ["2026-11-20T22:58:00+00:00", None]


def test_any_table_of_times(tmp_path):
    """By login, an address or the name, with the course's zone where the time has none."""
    text = "user,when\njdoe,2026-11-20 23:58\nroe@x.edu,20.11.2026 23:59\n"
    times = Times.read(written(tmp_path, "t.csv", text), ZONE)
    assert times.of(entry("jdoe"), None) == "2026-11-20T23:58:00+01:00"
    assert times.of(entry("roe@x.edu"), None) == "2026-11-20T23:59:00+01:00"
    assert times.of(entry("max"), None) is None
    late = entry("mallory", display="jdoe", aliases=("jdoe",))  # called as somebody's login is
    assert times.of(late, None) is None
    slashed = "login,time\njdoe,11/20/2026 11:58 PM\nmax,3/4/2026 1:00 AM\n"
    times = Times.read(written(tmp_path, "t.csv", slashed), ZONE)
    assert times.of(entry("max"), None) == "2026-03-04T01:00:00+01:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("login,submitted\na,2026-11-20 23:58\nb,soon\n", "line 3: 'soon' is no time"),
        ("login,submitted\na,3/4/2026 10:00\n", "line 2: it is not clear which is the month"),
        ("login,points\na,3\n", "no column with times"),
        ("when\n2026-11-20 23:58\n", "no column that names people"),
    ],
)
def test_a_time_that_cannot_be_read_is_an_error(text, said, tmp_path):
    """With its line, and not never late."""
    with pytest.raises(UsageError, match=said):
        Times.read(written(tmp_path, "t.csv", text), ZONE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sonntag, 1. März 2026, 09:05", "2026-03-01T09:05:00+01:00"),
        ("dimanche 1 août 2027, 09:05", "2027-08-01T09:05:00+02:00"),
        ("Friday, September 11, 2020 4:53:12 PM EDT", "2020-09-11T16:53:12-04:00"),
        ("Freitag, 11. September 2020 16:53:12 MESZ", "2020-09-11T16:53:12+02:00"),
        ("1 mei 2026, 12:30 AM", "2026-05-01T00:30:00+02:00"),
        ("1 foo 2026, 12:30", None),
        ("31 juin 2026, 12:30", None),
    ],
)
def test_times_in_words(text, expected):
    """In the languages of those who download; what is no date is none."""
    assert any_time(text, zone=ZONE) == expected


def test_a_list_of_canvas_that_cannot_be_opened(tmp_path):
    """It is named, with what the system says of it."""
    with pytest.raises(UsageError, match=r"gone\.json could not be opened: No such file"):
        Times.read(tmp_path / "gone.json", ZONE)
