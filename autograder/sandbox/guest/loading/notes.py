"""The notes that loading takes on a submission: its problems, in a bounded number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from autograder.sandbox.guest.loading.cells import CellLines

MAX_PROBLEMS = 100
MAX_TEXT = 120
MAX_MESSAGE = 500


class Notes:
    """The problems so far: at most `MAX_PROBLEMS`, and some of them only once."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        self.problems = problems
        self.once: set[tuple[str, str]] = set()

    def add(
        self,
        kind: str,
        cell: CellLines,
        line: int,
        message: str,
        *,
        text: str = "",
        names: Iterable[str] = (),
        once: str = "",
    ) -> None:
        """Note a problem at a line of a cell; its `text` is that line if not given.

        A line that does not parse keeps its indentation: columns count from the margin.

        Of the problems of a kind with the same `once`, the first alone is noted.
        """
        if once:
            if (kind, once) in self.once:
                return
            self.once.add((kind, once))
        if not text:
            text = cell.text(line) if kind == "syntax" else cell.text(line).lstrip()
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(
                {
                    "kind": kind,
                    "where": cell.where(line),
                    "text": text[:MAX_TEXT],
                    "message": message[:MAX_MESSAGE],
                    "names": list(names),
                }
            )

    def plotting(self, cell: CellLines, line: int, package: str) -> None:
        """Note that the submission plots: one note covers all packages."""
        message = "nothing is drawn while grading"
        self.add("plotting", cell, line, message, text=package, once="plotting")
