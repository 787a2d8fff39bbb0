"""One mistake: a few letters of the reference that a beginner writes otherwise."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_NO_CODE = re.compile(r'""".*?"""|^[ \t]*#[^\n]*', re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Mistake:
    """A change of one function, and what must be said of it.

    check    "assignment1/dot": the check that must miss points.
    where    the function or the class in which the change is.
    old, new  the first such text there, and what stands in its place.
    named    a pattern: what is said names the mistake where it holds this.
    """

    check: str
    where: str
    old: str
    new: str
    named: str

    @property
    def name(self) -> str:
        """A name for messages."""
        return f"{self.check}: {self.old.strip()!r} is {self.new.strip()!r}"

    def source(self, reference: str) -> str:
        """The reference with the mistake in it. ValueError where it does not fit."""
        code = _NO_CODE.sub(lambda match: " " * len(match[0]), reference)
        begin = re.search(rf"^(?:def|class) {self.where}\b", code, re.MULTILINE)
        place = code.find(self.old, begin.start() if begin else len(code))
        if place < 0:
            raise ValueError(f"{self.name} does not fit the reference")
        return reference[:place] + self.new + reference[place + len(self.old) :]


def mistakes() -> list[Mistake]:
    """Those of the tables beside this module, one for each assignment.

    A line is a check, a place, the old and the new text and a pattern, with " | " between them.
    A place that is empty is the check's name; ⏎ stands for a line's end.
    """
    found = []
    for table in sorted(Path(__file__).parent.glob("*.txt")):
        for line in table.read_text("utf-8").splitlines():
            check, *rest = (part.replace("⏎", "\n") for part in line.split(" | "))
            where, old, new, named = rest
            name = f"{table.stem}/{check.strip()}"
            found.append(Mistake(name, where.strip() or check.strip(), old, new, named))
    return found
