"""`grade check --html`: the report as a page with pictures."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import IO, TYPE_CHECKING

from autograder.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from autograder.feedback.page import Paper
    from autograder.model import Cell, Report
    from autograder.solution.observed import Observer

BEGINS = b"<!doctype html>"


def opened(to: Path) -> IO[bytes]:
    """The file of a page, opened before the grader gives up its right to open any.

    Raises UsageError where it cannot be written, or holds something that is no page.
    """
    try:
        file = os.fdopen(os.open(to, os.O_RDWR | os.O_CREAT, 0o644), "r+b")
        there = file.read(len(BEGINS))
    except OSError as error:
        raise UsageError(f"{to} could not be written: {error.strerror}.") from None
    if there in (b"", BEGINS):
        return file
    file.close()
    raise UsageError(
        f"{to} is there already, and it is no page, so it was left as it is.",
        hint="Name another file: --to page.html",
    )


def write(paper: Paper, file: IO[bytes], to: Path) -> None:
    """Write the page, and close its file. Raises UsageError where that fails."""
    from autograder.feedback.page import page

    try:
        with file:
            file.seek(0)
            file.truncate()
            file.write(page(paper).encode())
    except OSError as error:
        raise UsageError(f"{to} could not be written: {error.strerror}.") from None


def paper(
    report: Report,
    course: str,
    title: str,
    cells: Sequence[Cell],
    observer: Observer | None,
    *,
    below: Sequence[str],
    command: Sequence[str],
    seconds: float,
) -> Paper:
    """The contents of the page.

    observer   what the checks have seen; None where nothing may be drawn.
    below      lines about the file and what has changed.
    command    the words that check the whole file again.
    """
    from autograder.feedback.page import Paper
    from autograder.feedback.signs import TIERS

    first = report.next
    alone = shlex.join([*command, *(["--only", first.id] if first is not None else [])])
    return Paper(
        course=course,
        title=title,
        report=report,
        points=None if report.ungraded else report.points,
        possible=report.possible,
        cells=tuple(cells),
        below=tuple(below),
        command=alone,
        foot=f"Seed {report.seed}, sandbox {report.tier.value} ({TIERS[report.tier]}), "
        f"{seconds:.1f} s.",
        pictures=_drawn(report, observer) if observer is not None else {},
    )


def said(paper: Paper, to: Path) -> str:
    """A line about the page that was written: the points, and what is next."""
    from autograder.feedback.signs import number

    counted = "not graded" if paper.points is None else f"{number(paper.points)}"
    first = paper.report.next
    after = f" Next: {first.of}." if first is not None and not paper.report.ungraded else ""
    return f"{counted} of {number(paper.possible)} points.{after} The page: {to}"


def _drawn(report: Report, observer: Observer) -> Mapping[str, Sequence[str]]:
    """The pictures of each check that misses points."""
    from autograder.feedback.pictures import pictures

    seen = {one.id: observer.of(one.id) for one in report.checks if one.status.missed}
    return {name: pictures(each) for name, each in seen.items() if each is not None}
