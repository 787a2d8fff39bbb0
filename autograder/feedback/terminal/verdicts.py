"""Verdicts for a terminal: an overview of all, and a block or a line for what misses points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autograder.feedback.signs import SIGNS, Sign, bar, number, shown
from autograder.model import Evidence, Status, Verdict
from autograder.wording import listed

WIDE = 112  # columns from which the table shows the checks' titles too
BARS = 72  # columns from which it has bars, and the overview two columns
PIECES = 2  # rows of evidence; one wrong line of code can make every array differ
SHORT = 60  # characters of a value on a short page
BRIEF = 24  # characters up to which a short page shows it in a line


@dataclass(frozen=True)
class Pen:
    """The abilities of a terminal: its encoding and its width in columns."""

    encoding: str
    width: int

    @property
    def ascii_only(self) -> bool:
        """True if lines, bars and glyphs must be made of ASCII."""
        return not self.encoding.lower().startswith("utf")

    def text(self, content: str, style: str = "") -> Text:
        """Content as it is, with line breaks, and nothing in it read as markup."""
        lines = (shown(line, self.encoding) for line in content.split("\n"))
        return Text("\n".join(lines), style)

    def crop(self, content: Text, width: int) -> None:
        """Cut what goes beyond so many columns."""
        content.truncate(width, overflow="crop" if self.ascii_only else "ellipsis")

    def glyph(self, sign: Sign) -> str:
        """A status's glyph."""
        return sign.ascii if self.ascii_only else sign.glyph


def overview(verdicts: Sequence[Verdict], pen: Pen) -> RenderableType:
    """Each check's glyph, id and points, in two columns where there is room for them."""
    columns = 2 if pen.width >= BARS and len(verdicts) > 2 else 1
    rows = -(-len(verdicts) // columns)
    grid = Table.grid(padding=(0, 1))
    for _ in range(columns):
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(min_width=2)
    for row in range(rows):
        cells: list[RenderableType] = []
        for verdict in verdicts[row::rows]:
            sign = SIGNS[verdict.status]
            cells += [
                Text(pen.glyph(sign), sign.style),
                pen.text(verdict.id),
                Text(_points([verdict])),
                "",
            ]
        grid.add_row(*cells)
    return grid


def table(verdicts: Sequence[Verdict], pen: Pen) -> RenderableType:
    """One row for each check: its id, its title where there is room, points, result."""
    wide, bars = pen.width >= WIDE, pen.width >= BARS
    grid = Table(box=None, padding=(0, 1), pad_edge=False, show_header=False)
    grid.add_column("check", overflow="fold")
    if wide:
        grid.add_column("title", style="dim", overflow="fold")
    grid.add_column("points", justify="right", no_wrap=True)
    if bars:
        grid.add_column("bar", no_wrap=True)
    grid.add_column("result", no_wrap=bars, overflow="fold")
    for verdict in verdicts:
        sign = SIGNS[verdict.status]
        row = [pen.text(verdict.id)]
        if wide:
            row.append(pen.text(verdict.title))
        row.append(Text(_points([verdict])))
        if bars:
            meter = bar(verdict.points, verdict.possible, ascii_only=pen.ascii_only)
            row.append(Text(meter, style=sign.style))
        row.append(Text(f"{pen.glyph(sign)} {sign.word}", style=sign.style))
        grid.add_row(*row)
    return grid


def miss(verdicts: Sequence[Verdict], pen: Pen, *, whole: bool) -> RenderableType:
    """The lines about a miss: what happened, what shows it, the likely mistake, what to try.

    verdicts   the checks that miss points for one cause; the first one speaks for all.
    whole      whether to show all of it, or only what fits on a screen.
    """
    verdict = verdicts[0]
    heading, title = _heading(verdicts, pen), pen.text(verdict.title, "dim")
    blocks: list[RenderableType] = [title] if whole else []
    if not whole and heading.cell_len + 2 + title.cell_len <= pen.width:
        heading = Text.assemble(heading, "  ", title)
    if verdict.message:
        blocks.append(pen.text(verdict.message))
    evidence = [one for one in verdict.evidence if not _told(one, verdict.message)]
    if evidence and not whole and evidence[0] == verdict.evidence[0] and _brief(evidence[0]):
        blocks.append(_in_a_line(evidence[0], pen))
    elif evidence and whole:
        blocks.append(_evidence(evidence, pen))
    elif evidence and not verdict.diagnosis:
        blocks.append(_in_two_lines(evidence[0], verdict.message, pen))
    advice = Table.grid(padding=(0, 1))
    advice.add_column(style="cyan", min_width=6)
    advice.add_column(ratio=1, overflow="fold")
    if verdict.diagnosis:
        advice.add_row("Likely", pen.text(verdict.diagnosis.sentence, "bold yellow"))
    if verdict.explained:
        advice.add_row("Teacher", pen.text(verdict.explained, "bold"))
    # With a diagnosis, the advice about the exception would only say it once more.
    told = verdict.diagnosis and (verdict.status is Status.ERRORED or not whole)
    if verdict.hint and not told:
        advice.add_row("Try", pen.text(verdict.hint))
    if advice.row_count:
        blocks += ["", advice] if evidence and whole else [advice]
    return Group("", heading, Padding(Group(*blocks), (0, 0, 0, 2)))


def line(verdicts: Sequence[Verdict], pen: Pen) -> RenderableType:
    """A cause in one line: the checks, and as much as fits of what happened."""
    verdict = verdicts[0]
    said = verdict.diagnosis.sentence if verdict.diagnosis else verdict.message
    said = verdict.explained or said
    found = Text.assemble(_heading(verdicts, pen), "  ", pen.text(" ".join(said.split())))
    pen.crop(found, pen.width)
    return found


def _heading(verdicts: Sequence[Verdict], pen: Pen) -> Text:
    sign = SIGNS[verdicts[0].status]
    return Text.assemble(
        (pen.glyph(sign), sign.style),
        " ",
        pen.text(listed([verdict.id for verdict in verdicts], most=3), "bold"),
        (f"  {_points(verdicts)}", "dim"),
    )


def _evidence(evidence: Sequence[Evidence], pen: Pen) -> RenderableType:
    grid = Table(
        box=box.ASCII2 if pen.ascii_only else box.SIMPLE_HEAD,
        padding=(0, 1),
        show_edge=False,
        pad_edge=False,
        header_style="dim",
    )
    named = any(one.where for one in evidence)
    for name in ["where"] * named + ["expected", "yours"]:
        grid.add_column(name, overflow="fold")
    for one in evidence[:PIECES]:
        grid.add_row(*map(pen.text, [one.where] * named + [one.expected, one.actual]))
    if len(evidence) <= PIECES:
        return grid
    return Group(grid, pen.text(f"and {len(evidence) - PIECES} more", "dim"))


def shorter(value: str) -> str:
    """The value's first characters, cut between two words where there is one."""
    if len(value) <= SHORT:
        return value
    return value[:SHORT].rsplit(" ", 1)[0].rstrip(" ,…") + " …"


def _told(evidence: Evidence, message: str) -> bool:
    """True if the message says all of it already."""
    where = evidence.where.lower() in message.lower()
    return where and evidence.expected in message and evidence.actual in message


def _brief(one: Evidence) -> bool:
    """True if it fits in a line."""
    return max(len(one.expected), len(one.actual)) <= BRIEF


def _in_two_lines(one: Evidence, message: str, pen: Pen) -> RenderableType:
    """The values one below the other; where they stand, unless the message begins with it."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("expected", pen.text(shorter(one.expected)))
    grid.add_row("yours", pen.text(shorter(one.actual)))
    if message.lower().startswith(one.where.lower()):
        return grid
    return Group(pen.text(one.where, "dim"), grid)


def _in_a_line(one: Evidence, pen: Pen) -> RenderableType:
    where = pen.text(f"{one.where}: " if one.where else "")
    expected, actual = pen.text(one.expected), pen.text(one.actual)
    return Text.assemble(where, ("expected ", "dim"), expected, (", yours ", "dim"), actual)


def _points(verdicts: Sequence[Verdict]) -> str:
    points = sum(verdict.points for verdict in verdicts)
    return f"{number(points)} / {number(sum(verdict.possible for verdict in verdicts))}"
