"""One student's record, as a teacher sees it: verdicts with their code, and all gradings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table

from autograder.feedback.causes import causes
from autograder.feedback.excerpts import excerpt
from autograder.feedback.signs import number
from autograder.feedback.terminal.verdicts import Pen, miss, table
from autograder.model import Status

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.export.model import Row
    from autograder.gradebook.entries import PastGrading
    from autograder.model import Cell

STATES = {
    "": "not graded yet",
    "current": "of an earlier file",
    "candidate": "does not count until it is accepted",
    "past": "replaced",
    "ungraded": "the grader failed",
}


def show_record(
    who: str,
    row: Row | None,
    beyond: Sequence[str],
    cells: Sequence[Cell],
    gradings: Sequence[PastGrading],
    console: Console,
) -> None:
    """Print what counts of one student, why, and what was graded before.

    row      None where nothing of them is graded.
    beyond   what counts beside the checks, in sentences.
    cells    the code that counts.
    """
    pen = Pen(console.encoding, console.width)
    with console.capture() as rendered:
        for part in _parts(who, row, beyond, cells, gradings, pen):
            console.print(part, soft_wrap=False)
    lines = [line.rstrip(" ") for line in rendered.get().split("\n")]
    console.file.write("\n".join(lines))


def _parts(
    who: str,
    row: Row | None,
    beyond: Sequence[str],
    cells: Sequence[Cell],
    gradings: Sequence[PastGrading],
    pen: Pen,
) -> Iterator[RenderableType]:
    if row is None:
        yield pen.text(f"{who}: not graded yet", "bold")
    else:
        report = row.report
        points = "not graded" if report.ungraded else number(row.points)
        said = f"{who}, {row.assignment}: {points} / {number(row.possible)} points"
        yield pen.text(said, "bold")
        if row.source:
            yield pen.text(row.source, "dim")
        if beyond:
            yield pen.text(
                f"{number(report.points)} points from the checks. {' '.join(beyond)}"
            )
        if report.checks:
            yield ""
            yield table(report.checks, pen)
        for group in causes([one for one in report.checks if one.status.missed]):
            yield miss(group, pen, whole=True)
            yield _code(cells, group[0].of, pen)
        notes = [*report.notes]
        notes += [
            f"{v.id}: {v.message}" for v in report.checks if _remarked(v.status, v.message)
        ]
        if notes:
            yield pen.text("\nNotes", "bold")
            yield Group(*(Padding(pen.text(note), (0, 0, 0, 2)) for note in notes))
    if gradings:
        yield pen.text("\nAll gradings, the latest last", "bold")
        yield _gradings(gradings, pen)


def _remarked(status: Status, message: str) -> bool:
    return status in (Status.PASSED, Status.SKIPPED) and bool(message)


def _code(cells: Sequence[Cell], name: str, pen: Pen) -> RenderableType:
    found = excerpt(cells, name)
    if found is None:
        return ""
    label = f"{found.label}:" if found.label else ""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    for line, content in enumerate(found.lines, found.first):
        grid.add_row(pen.text(str(line), "dim"), pen.text(content.expandtabs(4)))
    parts: list[RenderableType] = [pen.text(label, "dim")] if label else []
    return Padding(Group(*parts, grid), (1, 0, 0, 2))


def _gradings(gradings: Sequence[PastGrading], pen: Pen) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    for _ in range(4):
        grid.add_column(overflow="fold")
    for one in gradings:
        graded = bool(one.state) and one.state != "ungraded"
        grid.add_row(
            f"  {moment(one.graded or one.submitted)}",
            f"{number(one.points)} / {number(one.possible)}" if graded else "",
            "counts" if one.counts else STATES[one.state],
            pen.text(one.source, "dim"),
        )
    return grid


def moment(time: str | None) -> str:
    """A time of the gradebook's for people: "2026-11-20 14:02 UTC"."""
    if not time:
        return ""
    return time[:16].replace("T", " ") + (" UTC" if time.endswith("+00:00") else "")
