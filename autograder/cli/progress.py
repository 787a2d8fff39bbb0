"""A batch while it runs: a live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from autograder.batch.summary import Summary

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from autograder.batch.workplace import Graded

STEPS = 10  # plain lines in a whole run
LIVE_PER_SECOND = 4


@dataclass
class Progress:
    """The progress of a run."""

    total: int
    done: int = 0
    summary: Summary = field(default_factory=Summary)
    started: float = field(default_factory=time.monotonic)

    def add(self, graded: Graded) -> None:
        """Count one more."""
        self.done += 1
        self.summary.add("", graded.report)

    @property
    def words(self) -> str:
        """Rate, time left, points and trouble so far, in a line."""
        passed = time.monotonic() - self.started
        rate = self.done / passed if passed > 0 else 0.0
        if not rate:
            return "starting"
        said = [f"{rate:.1f}/s" if rate >= 0.1 else f"{1 / rate:.0f} s each"]
        if self.done < self.total:
            said.append(f"{_clock((self.total - self.done) / rate)} left")
        if self.summary.graded:
            said.append(f"mean {100 * self.summary.mean:.0f} %")
        if self.summary.looks:
            said.append(f"{len(self.summary.looks)} to look at")
        return ", ".join(said)


def follow(results: Iterable[Graded], total: int, console: Console) -> Iterator[Graded]:
    """Pass results on, and show how far they have come."""
    progress = Progress(total)
    shown = _live if console.is_terminal else _plain
    yield from shown(results, progress, console)


def _live(results: Iterable[Graded], progress: Progress, console: Console) -> Iterator[Graded]:
    from rich.live import Live

    with Live(
        get_renderable=lambda: _line(progress),
        console=console,
        refresh_per_second=LIVE_PER_SECOND,
        transient=True,
    ):
        for graded in results:
            progress.add(graded)
            yield graded


def _line(progress: Progress) -> RenderableType:
    from rich.progress_bar import ProgressBar
    from rich.table import Table
    from rich.text import Text

    line = Table.grid(padding=(0, 1), expand=True)
    line.add_column(no_wrap=True)
    line.add_column(ratio=1)
    line.add_column(no_wrap=True)
    line.add_row(
        f"{progress.done} of {progress.total}",
        ProgressBar(progress.total, progress.done),
        Text(progress.words),
    )
    return line


def _plain(results: Iterable[Graded], progress: Progress, console: Console) -> Iterator[Graded]:
    step = max(1, progress.total // STEPS)
    for graded in results:
        progress.add(graded)
        yield graded
        if progress.done % step == 0 or progress.done == progress.total:
            console.print(
                f"{progress.done} of {progress.total} graded, {progress.words}",
                soft_wrap=True,
            )


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
