"""The page that a terminal shows: header, table, misses, notes, and what to do next."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from autograder.feedback.causes import causes
from autograder.feedback.signs import SIGNS, TIERS, bar, number
from autograder.feedback.terminal.verdicts import Pen, line, miss, overview, table
from autograder.model import Report, Status, Verdict
from autograder.wording import MISSING, UNREAD, UNWRITTEN, listed, sentence

IN_FULL = 2  # functions of which a short page tells in full; all else has a line
METER = 16  # characters of the header's bar
NOTES = 3  # remarks and notes of a short report


@dataclass(frozen=True)
class Page:
    """One report on one terminal; the fields are `show`'s arguments."""

    report: Report
    pen: Pen
    title: str
    file: str
    seconds: float
    command: tuple[str, ...]
    selected: bool
    whole: bool = False
    changed: str = ""
    saved: str = ""
    instead: str = ""
    in_full: int = IN_FULL

    def parts(self) -> list[RenderableType]:
        """The page from top to bottom."""
        checks = self.report.checks
        if self._untouched():
            return [self.header(), self.rule(), self._begin(), *self.notes(), self._footer()]
        return [
            self.header(),
            self.rule(),
            (table if self.whole else overview)(checks, self.pen),
            *([self.pen.text(self.changed, "cyan")] if self.changed else []),
            *self._misses(),
            *self._grouped(),
            *self.notes(),
            self.rule(),
            self._next(),
            self._footer(),
        ]

    def _misses(self) -> list[RenderableType]:
        """Each cause once; a short page tells the first of two functions in full."""
        found = causes([one for one in self.report.checks if one.status.missed])
        full = found
        if not self.whole:
            of_each = {group[0].of: group for group in reversed(found)}
            full = [group for group in found if group is of_each[group[0].of]][: self.in_full]
        parts = [miss(group, self.pen, whole=self.whole) for group in full]
        if rest := [group for group in found if group not in full]:
            said = "Also, in short (add --all to see everything in full):"
            parts += ["", self.pen.text(said, "dim")]
            parts += [line(group, self.pen) for group in rest]
        return parts

    def _untouched(self) -> bool:
        """True if nothing in the file has been written yet."""
        judged = [v for v in self.report.checks if v.status is not Status.SKIPPED]
        return bool(judged) and len(self._waiting(missing=False)) == len(judged)

    def _waiting(self, *, missing: bool) -> list[Verdict]:
        """The checks of functions that are not in the file, or there but not written."""
        return [
            verdict
            for verdict in self.report.checks
            if verdict.status is Status.NOT_ATTEMPTED
            and verdict.message.startswith(MISSING) is missing
        ]

    def rule(self) -> RenderableType:
        """A line from side to side."""
        return Rule(characters="-" if self.pen.ascii_only else "─", style="dim")

    def header(self) -> RenderableType:
        """Title, file and points."""
        points, possible = self.report.points, self.report.possible
        meter = bar(points, possible, width=METER, ascii_only=self.pen.ascii_only)
        file = self.pen.text(self.file, "dim")
        if self.saved and file.cell_len + len(self.saved) + METER + 3 <= self.pen.width:
            file.append(f", {self.saved}")
        grid = Table.grid(expand=True, padding=(0, 1))
        grid.add_column(ratio=1, overflow="fold")
        grid.add_column(justify="right")
        grid.add_row(self.pen.text(self.title, "bold"), Text(self._total(), "bold"))
        grid.add_row(file, Text(meter, "dim"))
        return grid

    def _grouped(self) -> list[RenderableType]:
        """Functions that are not written or not found, and checks that wait."""
        text = self.pen.text
        parts: list[RenderableType] = []
        unwritten, missing = self._waiting(missing=False), self._waiting(missing=True)
        if unwritten:
            parts += ["", text(f"Not attempted yet: {_functions(unwritten)}.")]
        if missing:
            parts += ["", text(f"Not found in your file: {_functions(missing)}.")]
            if not any(UNREAD in note for note in self.report.notes):
                parts += [text(self.instead or missing[0].hint)]
        for verdict in self.report.checks:
            if verdict.status is Status.SKIPPED:
                reason = sentence(verdict.message or "It cannot be judged here")
                parts += ["", text(f"Not judged: {verdict.id}. {reason}")]
        return parts

    def notes(self) -> list[RenderableType]:
        """Notes on the whole file, then remarks on checks that passed."""
        remarks: dict[str, list[str]] = {}
        for verdict in self.report.checks:
            if verdict.status is Status.PASSED and verdict.message:
                remarks.setdefault(verdict.message, []).append(verdict.id)
        said = [self.pen.text(note) for note in self.report.notes]
        for remark, names in remarks.items():
            text = self.pen.text(f"{listed(names, most=3)}: {remark}")
            if not self.whole and not self.report.complete:
                self.pen.crop(text, self.pen.width - 2)
            said.append(text)
        if not said:
            return []
        if not self.whole and len(said) > NOTES:
            said[NOTES - 1 :] = [self.pen.text(f"{len(said) - NOTES + 1} more: add --all")]
        grid = Table.grid(padding=(0, 1))
        grid.add_column()
        grid.add_column(ratio=1, overflow="fold")
        for note in said:
            grid.add_row("-" if self.pen.ascii_only else "•", note)
        return ["", *([Text("Notes", "bold")] if self.whole else []), grid]

    def _begin(self) -> RenderableType:
        text = self.pen.text
        waiting = [v.message.removesuffix(UNWRITTEN) for v in self._waiting(missing=False)]
        names = list(dict.fromkeys(waiting))
        first = names[0]
        verb = "is" if len(names) == 1 else "are"
        return Group(
            text(f"Nothing to check yet: {listed(names, most=6)} {verb} not written."),
            "",
            text(
                f"Begin with {first}: open {self.file}, put your own lines in place of its "
                "raise NotImplementedError, save, and run this again:"
            ),
            Padding(text(shlex.join(self.command), "bold"), (1, 0, 1, 4)),
            text("Each function is checked by itself, so you can go one at a time."),
            "",
        )

    def _next(self) -> RenderableType:
        report, text = self.report, self.pen.text
        if report.ungraded:
            return text(
                "The grader could not do its part, so this is no score and costs you nothing. "
                "Please tell your instructor.",
                SIGNS[Status.GRADER_FAULT].style,
            )
        if report.complete and self.selected:
            again = shlex.join(self.command)
            return text(f"That is right. To check the whole file: {again}", "bold green")
        if report.complete:
            return text(f"All {number(report.possible)} points. Well done!", "bold green")
        first = report.next
        if first is None:
            return text("All that can be judged here is right.", "bold green")
        if not first.status.missed:
            right = any(v.status is Status.PASSED for v in report.checks)
            praise = "All that could be checked is right. " if right else ""
            return text(f"{praise}Next: {first.of}.", "bold")
        if self.selected:
            said = f"Next: {first.of}. To see what it was asked, add --show {first.id}"
            return text(said, "bold")
        said = f"Next: {first.of}. Check it alone: "
        alone = shlex.join([*self.command, "--only", first.id])
        if len(said) + len(alone) > self.pen.width:
            said, alone = f"Next: {first.of}. To check it alone, add ", f"--only {first.id}"
        if len(said) + len(alone) > self.pen.width:
            said = f"Next: {first.of}. Add "
        return Text.assemble(text(said), text(alone, "bold"))

    def _footer(self) -> RenderableType:
        report, tier = self.report, self.report.tier
        dot = " - " if self.pen.ascii_only else " · "
        for layers in (f": {TIERS[tier]}", ""):
            said = dot.join(
                (
                    self._total(),
                    f"seed {report.seed}",
                    f"sandbox {tier.value}{layers}",
                    f"{self.seconds:.1f} s",
                )
            )
            if len(said) <= self.pen.width:
                break
        return self.pen.text(said, "dim")

    def _total(self) -> str:
        points, possible = self.report.points, self.report.possible
        return (
            "not graded"
            if self.report.ungraded
            else f"{number(points)} / {number(possible)} points"
        )


def _functions(verdicts: Sequence[Verdict]) -> str:
    names = list(dict.fromkeys(verdict.of for verdict in verdicts))
    points = number(sum(verdict.possible for verdict in verdicts))
    return f"{listed(names, most=12)} ({points} points)"
