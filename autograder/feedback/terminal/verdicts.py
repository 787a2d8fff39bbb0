"""Verdicts for a terminal: the table of all, and a block for each that misses points."""

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

WIDE = 112  # columns from which the table shows the checks' titles too
BARS = 72  # columns from which it has bars
PIECES = 2  # rows of evidence; one wrong line of code can make every array differ


@dataclass(frozen=True)
class Pen:
    """What a terminal can show: its encoding and its width in columns."""

    encoding: str
    width: int

    @property
    def ascii_only(self) -> bool:
        """Whether lines, bars and glyphs must be made of ASCII."""
        return not self.encoding.lower().startswith("utf")

    def text(self, content: str, style: str = "") -> Text:
        """Content as it is, with line breaks, and nothing in it read as markup."""
        lines = (shown(line, self.encoding) for line in content.split("\n"))
        return Text("\n".join(lines), style)

    def glyph(self, sign: Sign) -> str:
        """A status's glyph."""
        return sign.ascii if self.ascii_only else sign.glyph


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
        row.append(Text(_points(verdict)))
        if bars:
            meter = bar(verdict.points, verdict.possible, ascii_only=pen.ascii_only)
            row.append(Text(meter, style=sign.style))
        row.append(Text(f"{pen.glyph(sign)} {sign.word}", style=sign.style))
        grid.add_row(*row)
    return grid


def miss(verdict: Verdict, pen: Pen) -> RenderableType:
    """What happened, what shows it, the likely mistake, and what to try next."""
    sign = SIGNS[verdict.status]
    blocks: list[RenderableType] = [pen.text(verdict.title, "dim")]
    if verdict.message:
        blocks.append(pen.text(verdict.message))
    evidence = [one for one in verdict.evidence if not _told(one, verdict.message)]
    if evidence:
        blocks.append(_evidence(evidence, pen))
    advice = Table.grid(padding=(0, 1))
    advice.add_column(style="cyan", min_width=6)
    advice.add_column(ratio=1, overflow="fold")
    if verdict.diagnosis:
        advice.add_row("Likely", pen.text(verdict.diagnosis.sentence, "bold yellow"))
    # With a diagnosis, the advice about the exception would only say it once more.
    if verdict.hint and not (verdict.diagnosis and verdict.status is Status.ERRORED):
        advice.add_row("Try", pen.text(verdict.hint))
    if advice.row_count:
        blocks += ["", advice] if evidence else [advice]
    heading = Text.assemble(
        (pen.glyph(sign), sign.style),
        " ",
        pen.text(verdict.id, "bold"),
        (f"  {_points(verdict)}", "dim"),
    )
    return Group("", heading, Padding(Group(*blocks), (0, 0, 0, 2)))


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


def _told(evidence: Evidence, message: str) -> bool:
    """Whether the message says all of it already."""
    return all(part in message for part in (evidence.where, evidence.expected, evidence.actual))


def _points(verdict: Verdict) -> str:
    return f"{number(verdict.points)} / {number(verdict.possible)}"
