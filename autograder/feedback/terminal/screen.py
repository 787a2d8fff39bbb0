"""The screen of `grade watch`: points, each check's sign, and in full only what has changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rich.console import Console, RenderableType

from autograder.feedback.causes import causes
from autograder.feedback.terminal.page import IN_FULL, Page
from autograder.feedback.terminal.verdicts import Pen, miss, overview
from autograder.model import Report, Verdict
from autograder.wording import listed

CLEAR_ALL = "\x1b[2J"
CLEAR_LINE, CLEAR_BELOW, TOP = "\x1b[K", "\x1b[J", "\x1b[H"


@dataclass
class Screen:
    """One file's state on one terminal; elsewhere each state is printed below the last.

    title   the assignment's title.
    file    the submission's name, as the student calls it.
    """

    console: Console
    title: str
    file: str

    def show(
        self,
        report: Report,
        *,
        saved: str,
        changed: str,
        focus: Collection[str],
        waiting: Collection[str] = (),
    ) -> None:
        """Show a report.

        saved     when the file was written.
        changed   what has changed since the last save, in a sentence.
        focus     the checks that are told of in full.
        waiting   the checks whose verdicts are those of an earlier save.
        """
        pen = Pen(self.console.encoding, self.console.width)
        page = Page(report, pen, self.title, self.file, 0.0, (), False, saved=saved)
        head: list[RenderableType] = [page.header(), page.rule()]
        head.append(overview(report.checks, pen))
        if waiting:
            said = f"Still at {listed(list(waiting), most=3)}."
            self._paint([*head, pen.text(said, "dim")], pen)
            return
        if changed:
            head.append(pen.text(changed, "cyan"))
        told = [one for one in report.checks if one.id in focus and one.status.missed]
        full = [miss(group, pen, whole=False) for group in causes(told)[:IN_FULL]]
        foot = ["", pen.text(_next(report, told), "bold"), *page.notes()]
        room = self._room()
        while len(full) > 1 and len(self._lines([*head, *full])) > room:
            full.pop()
        self._paint([*head, *full, *foot], pen)

    def begin(self) -> None:
        """Make room."""
        if self._moves:
            self.console.file.write(CLEAR_ALL)

    def say(self, text: str) -> None:
        """Show a sentence alone."""
        pen = Pen(self.console.encoding, self.console.width)
        self._paint([pen.text(text)], pen)

    def _paint(self, parts: Sequence[RenderableType], pen: Pen) -> None:
        below = ["", *self._lines([pen.text(f"Watching {self.file}. Ctrl-C ends it.", "dim")])]
        lines, room = self._lines(parts), self._room()
        if self._moves:
            if len(lines) > room:
                lines[room - 1 :] = [f"({len(lines) - room + 1} more lines)"]
            text = TOP + "".join(f"{line}{CLEAR_LINE}\n" for line in lines + below)
            text += CLEAR_BELOW
        else:
            text = "\n".join([*lines, *below, "", ""])
        self.console.file.write(text)
        self.console.file.flush()

    @property
    def _moves(self) -> bool:
        """True if the cursor can go back to the top."""
        return self.console.is_terminal and not self.console.is_dumb_terminal

    def _room(self) -> int:
        """The rows above the two last ones and the cursor's."""
        return max(self.console.height - 3, 1) if self._moves else 10_000

    def _lines(self, parts: Sequence[RenderableType]) -> list[str]:
        with self.console.capture() as rendered:
            for part in parts:
                self.console.print(part)
        return [line.rstrip(" ") for line in rendered.get().rstrip("\n").split("\n")]


def _next(report: Report, told: list[Verdict]) -> str:
    """The next step for the student."""
    if report.ungraded:
        return "The grader could not do its part, so this is no score and costs you nothing."
    if report.complete:
        return "All points. Well done!"
    first = report.next
    if first is None:
        return "All that can be judged here is right."
    return "" if first in told else f"Next: {first.of}."
