"""A report for a terminal of any width, with colour or without.

Everything that may come from a student is shown as text, never read as markup.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from autograder.feedback.signs import SIGNS, TIERS, bar, number, shown
from autograder.model import Evidence, Report, Status, Verdict
from autograder.wording import MISSING, listed, sentence

WIDE = 112  # columns from which the table shows the checks' titles too
BARS = 72  # columns from which it has bars
NOT_FOUND = "Not found in your file"

# What is said in a block of its own; the rest is grouped, or has nothing to say.
MISSES = frozenset(SIGNS) - {Status.PASSED, Status.NOT_ATTEMPTED, Status.SKIPPED}


def show(
    report: Report,
    console: Console,
    *,
    title: str,
    file: str,
    seconds: float,
    command: Sequence[str] = (),
) -> None:
    """Print `report`.

    title    the assignment's title.
    file     the submission's name, as the student calls it.
    seconds  wall time of the whole check.
    command  the words of the command that checks this file again, for the last line.
    """
    page = _Page(report, console, title, file, seconds, command)
    with console.capture() as rendered:
        for part in page.parts():
            console.print(part)
    # A row of a table is padded to the full width: spaces that nobody needs when pasted.
    lines = [line.rstrip() for line in rendered.get().split("\n")]
    console.file.write("\n".join(lines))
    console.file.flush()


class _Page:
    """One report on one console."""

    def __init__(
        self,
        report: Report,
        console: Console,
        title: str,
        file: str,
        seconds: float,
        command: Sequence[str],
    ) -> None:
        self.report = report
        self.encoding = console.encoding
        self.plain = not console.encoding.lower().startswith("utf")
        self.width = console.width
        self.title = title
        self.file = file
        self.seconds = seconds
        self.command = command or ("grade", "check", report.assignment, file)

    def parts(self) -> list[RenderableType]:
        """The page from top to bottom."""
        report = self.report
        parts: list[RenderableType] = ["", self.header(), self.rule()]
        if self.untouched():
            parts += [self.begin()]
        else:
            parts += [self.table()]
            parts += [
                self.miss(verdict) for verdict in report.checks if verdict.status in MISSES
            ]
            parts += self.grouped()
        parts += self.notes()
        parts += [self.rule()]
        if not self.untouched():
            parts += [self.next()]
        return [*parts, self.footer()]

    def untouched(self) -> bool:
        """Whether nothing in the file has been written yet."""
        judged = [v for v in self.report.checks if v.status is not Status.SKIPPED]
        return bool(judged) and all(
            v.status is Status.NOT_ATTEMPTED and not v.message.startswith(MISSING)
            for v in judged
        )

    def text(self, content: str, style: str = "") -> Text:
        return Text(
            "\n".join(shown(line, self.encoding) for line in content.split("\n")), style
        )

    def rule(self) -> RenderableType:
        return Rule(characters="-" if self.plain else "─", style="dim")

    def header(self) -> RenderableType:
        report = self.report
        total = f"{number(report.points)} / {number(report.possible)}"
        grid = Table.grid(expand=True, padding=(0, 1))
        grid.add_column(ratio=1)
        grid.add_column(justify="right", no_wrap=True)
        grid.add_row(
            self.text(self.title, "bold"),
            self.text("not graded" if report.ungraded else f"{total} points", "bold"),
        )
        meter = bar(report.points, report.possible, width=16, ascii_only=self.plain)
        grid.add_row(self.text(self.file, "dim"), Text(meter, style="dim"))
        return grid

    def table(self) -> RenderableType:
        wide = self.width >= WIDE
        table = Table(box=None, padding=(0, 1), pad_edge=False, show_header=False)
        table.add_column("check", overflow="fold")
        if wide:
            table.add_column("title", style="dim", overflow="fold")
        table.add_column("points", justify="right", no_wrap=True)
        if self.width >= BARS:
            table.add_column("bar", no_wrap=True)
        table.add_column("result", no_wrap=self.width >= BARS)
        for verdict in self.report.checks:
            sign = SIGNS[verdict.status]
            row = [self.text(verdict.id)]
            if wide:
                row.append(self.text(verdict.title))
            row.append(Text(f"{number(verdict.points)} / {number(verdict.possible)}"))
            if self.width >= BARS:
                meter = bar(verdict.points, verdict.possible, ascii_only=self.plain)
                row.append(Text(meter, style=sign.style))
            glyph = sign.ascii if self.plain else sign.glyph
            row.append(Text(f"{glyph} {sign.word}", style=sign.style))
            table.add_row(*row)
        return table

    def miss(self, verdict: Verdict) -> RenderableType:
        sign = SIGNS[verdict.status]
        heading = Text.assemble(
            (sign.ascii if self.plain else sign.glyph, sign.style),
            " ",
            self.text(verdict.id, "bold"),
            (f"  {number(verdict.points)} / {number(verdict.possible)}", "dim"),
        )
        rows: list[tuple[str, RenderableType]] = []
        if verdict.message:
            rows.append(("", self.text(verdict.message)))
        if verdict.evidence:
            rows += [("", self.evidence(verdict.evidence)), ("", Text())]
        if verdict.diagnosis:
            rows.append(("Likely", self.text(verdict.diagnosis.sentence, "bold yellow")))
        if verdict.hint:
            rows.append(("Try", self.text(verdict.hint)))
        body = Table.grid(padding=(0, 1))
        body.add_column(style="cyan", min_width=6)
        body.add_column(ratio=1, overflow="fold")
        blocks: list[RenderableType] = []
        for label, content in rows:
            if label:
                body.add_row(label, content)
            else:
                blocks.append(Padding(content, (0, 0, 0, 2)))
        if body.row_count:
            blocks.append(Padding(body, (0, 0, 0, 2)))
        about = self.text(verdict.title, "dim")
        return Group("", heading, Padding(about, (0, 0, 0, 2)), *blocks)

    def evidence(self, evidence: Sequence[Evidence]) -> RenderableType:
        table = Table(
            box=box.ASCII2 if self.plain else box.SIMPLE_HEAD,
            padding=(0, 1),
            show_edge=False,
            pad_edge=False,
            header_style="dim",
        )
        table.add_column("where", overflow="fold")
        table.add_column("expected", overflow="fold")
        table.add_column("yours", overflow="fold")
        for one in evidence:
            table.add_row(self.text(one.where), self.text(one.expected), self.text(one.actual))
        return table

    def grouped(self) -> list[RenderableType]:
        """Functions that are not attempted, and checks that cannot be judged here."""
        parts: list[RenderableType] = []
        waiting = [v for v in self.report.checks if v.status is Status.NOT_ATTEMPTED]
        missing = [v for v in waiting if v.message.startswith(MISSING)]
        unwritten = [v for v in waiting if v not in missing]
        for said, verdicts in (("Not attempted yet", unwritten), (NOT_FOUND, missing)):
            if verdicts:
                names = list(dict.fromkeys(verdict.of for verdict in verdicts))
                points = number(sum(verdict.possible for verdict in verdicts))
                parts += ["", self.text(f"{said}: {listed(names, most=12)} ({points} points).")]
        if missing:
            parts += [self.text(missing[0].hint)]
        for verdict in self.report.checks:
            if verdict.status is Status.SKIPPED:
                reason = sentence(verdict.message or "It cannot be judged here")
                parts += ["", self.text(f"Not judged: {verdict.id}. {reason}")]
        return parts

    def notes(self) -> list[RenderableType]:
        """Remarks on checks that passed, then what there is to say of the whole file."""
        remarks = [
            f"{verdict.id}: {verdict.message}"
            for verdict in self.report.checks
            if verdict.status is Status.PASSED and verdict.message
        ]
        said = [*remarks, *self.report.notes]
        if not said:
            return []
        grid = Table.grid(padding=(0, 1))
        grid.add_column()
        grid.add_column(ratio=1, overflow="fold")
        for note in said:
            grid.add_row("-" if self.plain else "•", self.text(note))
        return ["", self.text("Notes", "bold"), grid]

    def begin(self) -> RenderableType:
        first = self.report.checks[0].of
        again = shlex.join(self.command)
        return Group(
            self.text("Nothing to check yet: every function is still as it was handed out."),
            "",
            self.text(
                f"Begin with {first}: open {self.file}, put your own lines in place of its "
                "raise NotImplementedError, save, and run this again:"
            ),
            Padding(self.text(again, "bold"), (1, 0, 1, 4)),
            self.text("Each function is checked by itself, so you can go one at a time."),
        )

    def next(self) -> RenderableType:
        report = self.report
        if report.ungraded:
            return self.text(
                "The grader could not do its part, so this is no score and costs you nothing. "
                "Please tell whoever runs the course.",
                SIGNS[Status.GRADER_FAULT].style,
            )
        if report.complete:
            return self.text(
                f"All {number(report.possible)} points. Well done!",
                "bold green",
            )
        first = next((v for v in report.checks if v.status in MISSES), None)
        if first is None:
            waiting = [v.of for v in report.checks if v.status is Status.NOT_ATTEMPTED]
            if not waiting:
                return self.text("All that can be judged here is right.", "bold green")
            return self.text(f"All that you wrote is right. Next: {waiting[0]}.", "bold")
        alone = shlex.join([*self.command, "--only", first.id])
        line = Text.assemble(
            self.text(f"Next: {first.of}. To check it alone: "), self.text(alone, "bold")
        )
        return line if "--only" not in self.command else self.text(f"Next: {first.of}.")

    def footer(self) -> RenderableType:
        report = self.report
        dot = " - " if self.plain else " · "
        tier = f"sandbox {report.tier.value}: {TIERS[report.tier]}"
        return self.text(
            dot.join([f"seed {report.seed}", tier, f"{self.seconds:.1f} s"]), "dim"
        )
