"""Feedback pages, handed back: as a folder, and as Moodle, Canvas and nbgrader take them in.

A system finds a student by what stands in a file's name. So no name is made of what a student
may choose, and whom the system has given no number is left out and named.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from autograder.errors import UsageError
from autograder.export.cells import write_file
from autograder.export.people import said
from autograder.export.places import Places, safe
from autograder.submissions.people.roster import Person
from autograder.wording import visible

_WHEN = (1980, 1, 1, 0, 0, 0)  # the same pages give the same bytes
NBGRADER_FILE = "nbgrader_config.py"


class Handed(msgspec.Struct, frozen=True):
    """One student's page.

    student   what the gradebook calls them.
    source    where the work that it is about came from.
    page      HTML.
    """

    person: Person
    student: str
    source: str
    page: str


def to_folder(pages: Iterable[Handed], to: Path) -> list[str]:
    """A file for each student, called by the roster's keys; remarks for a person."""
    places = Places()
    for one in pages:
        place = places.free(to / safe(one.person.key))
        write_file(place.with_name(f"{place.name}.html"), one.page)
    return []


def to_moodle(pages: Iterable[Handed], to: Path, numbers: Mapping[str, str]) -> list[str]:
    """Moodle's zip of feedback files: "Jane Doe_123_assignfeedback_file_/feedback.html".

    numbers   what Moodle's download of this assignment calls each student.
    """
    missing: list[str] = []

    def members() -> Iterator[tuple[str, str]]:
        for one in pages:
            number = numbers.get(one.student, "")
            if not number.isdecimal():
                missing.append(one.student)
                continue
            name = _letters(one.person.name or one.student, " -")
            yield f"{name}_{number}_assignfeedback_file_/feedback.html", one.page

    _zip(to, members())
    return said("Not in a download of Moodle's, so that it has no number; left out", missing)


def to_canvas(pages: Iterable[Handed], to: Path, numbers: Mapping[str, str]) -> list[str]:
    """A zip for Canvas's upload of submissions, which makes each file a comment.

    Canvas finds a submission by the person's number and that of the file that was handed in:
    "doejane_123_4567_feedback.html".

    numbers   Canvas's own of each student.
    """
    missing: list[str] = []

    def members() -> Iterator[tuple[str, str]]:
        for one in pages:
            number = numbers.get(one.student, "")
            # Only behind the person's own number: a student may call a file as they like.
            found = (
                re.search(rf"_{number}_([0-9]+)_", one.source) if number.isdecimal() else None
            )
            if found is None:
                missing.append(one.student)
                continue
            name = _letters(one.person.name or one.student, "").lower()
            yield f"{name}_{number}_{found[1]}_feedback.html", one.page

    _zip(to, members())
    return said("Not from a download of Canvas's, so that it has no number; left out", missing)


def to_nbgrader(pages: Iterable[Handed], to: Path, assignment: str, notebook: str) -> list[str]:
    """nbgrader's tree in its course's folder: feedback/STUDENT/ASSIGNMENT/NOTEBOOK.html.

    Raises UsageError where there is no such course.
    """
    if not (to / NBGRADER_FILE).is_file():
        raise UsageError(
            f"{to} is no nbgrader course: it has no {NBGRADER_FILE}.",
            hint="Name the course's folder: --to DIR",
        )
    left_out: list[str] = []
    for one in pages:
        student = one.person.nbgrader or one.person.key
        if (
            student in (".", "..")
            or re.search(r"[/\\]", student)
            or visible(student) != student
        ):
            left_out.append(student)
            continue
        write_file(to / "feedback" / student / assignment / f"{notebook}.html", one.page)
    return said("No name for a folder, and left out", left_out)


def _letters(name: str, others: str) -> str:
    """A name's letters and these signs: neither a number nor a sign that a system reads."""
    kept = "".join(c for c in name if c.isalpha() or c in others)
    return " ".join(kept.split()).strip("- ")[:60] or "student"


def _zip(to: Path, members: Iterator[tuple[str, str]]) -> None:
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, page in members:
                info = zipfile.ZipInfo(name, _WHEN)
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, page)
    except OSError as error:
        raise UsageError(f"{to} could not be written: {error.strerror}.") from None
