"""The output of `grade batch` on the sources that it read: layouts, counts, names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from autograder.batch.admission import Admitted
    from autograder.submissions.people.roster import Roster


MOST_ALIKE = 10  # files that several people handed in, a line for each


def _layouts() -> list[str]:
    from autograder.submissions.sources.layouts import names

    return names()


LayoutName = Annotated[
    str | None,
    typer.Option(
        "--layout",
        metavar="LAYOUT",
        help="What the sources are: canvas, moodle, blackboard, gradescope, nbgrader, github, "
        "or folders, which is a folder or a file for each student. By default their names "
        "tell. Packages can bring more.",
        show_default=False,
        autocompletion=_layouts,
    ),
]


def named_layout(name: str | None) -> str:
    """The layout that was asked for, or nothing; UsageError where there is none of the name."""
    if name is not None and name not in (known := _layouts()):
        raise UsageError(
            f"There is no layout {name!r}.",
            hint=did_you_mean(name, known, f"There are: {', '.join(known)}."),
        )
    return name or ""


TimesFile = Annotated[
    Path | None,
    typer.Option(
        "--times",
        metavar="FILE",
        help="When each student handed in: Moodle's grading worksheet, Canvas's submissions "
        "(JSON), or a CSV file.",
        show_default=False,
    ),
]


GroupsFile = Annotated[
    Path | None,
    typer.Option(
        "--groups",
        metavar="FILE",
        help="Who hands in together, where a download names one of a group: a CSV file, as "
        "Canvas exports it.",
        show_default=False,
    ),
]


def said(
    admitted: Admitted, roster: Roster | None, came: Collection[str], *, has_deadline: bool
) -> Iterator[str]:
    """Lines for people: how each source was read, what came of it, who is missing.

    came  whoever has handed in, in this run or before.
    """
    from autograder.cli.classes import capped

    for one in admitted.surveyed:
        yield f"{one.source}: read as {one.layout} ({one.why})."
        if one.left:
            number = sum(files for _, files in one.left)
            why = capped([f"{label} ({files:,})" for label, files in one.left])
            yield f"Left out, as no work: {number:,} file{'' if number == 1 else 's'}, {why}."
    yield _counts(admitted)
    yield from (f"{one}." for one in admitted.contested)
    if admitted.by_name:
        yield (
            f"Found on the roster by their names alone, which students can change: "
            f"{capped(admitted.by_name)}. A roster with the system's numbers is surer."
        )
    if admitted.untimed:
        listed = [f"{student} ({what})" for student, what in admitted.untimed.items()]
        yield f"No time, so that lateness is unknown: {capped(listed)}."
    elif has_deadline and admitted.ids and not admitted.timed:
        yield (
            "There is a deadline, and nothing tells when these were handed in: nobody counts "
            "as late. Give the times, as the learning system exports them: --times FILE"
        )
    if admitted.strangers:
        yield f"Not on the roster: {capped(admitted.strangers)}."
    if admitted.by_hand:
        yield f"Not readable, with points by hand: {capped(admitted.by_hand)}."
    for group in admitted.alike[:MOST_ALIKE]:
        yield f"The same file, byte by byte: {capped(group)}."
    if len(admitted.alike) > MOST_ALIKE:
        yield f"And {len(admitted.alike) - MOST_ALIKE} more files of several people."
    there = {*came, *admitted.ids, *admitted.by_hand, *admitted.listed}
    people = roster.people if roster is not None else ()
    absent = [person.key for person in people if person.key not in there]
    if absent:
        yield f"Nothing came from: {capped(absent)}."


def _counts(admitted: Admitted) -> str:
    """ "12 submissions read: 9 count, 2 are replaced by later ones, 1 was refused." """
    read = admitted.read
    parts = [
        (len(admitted.ids) - admitted.earlier, "count", "counts"),
        (admitted.superseded, "are replaced by later ones", "is replaced by a later one"),
        (len(admitted.unread), "were refused", "was refused"),
        (len(admitted.by_hand), "have points by hand", "has points by hand"),
    ]
    listed = [f"{n} {one if n == 1 else many}" for n, many, one in parts if n]
    more = f": {', '.join(listed)}" if len(listed) > 1 or admitted.unread else ""
    return f"{read} submission{'' if read == 1 else 's'} read{more}."
