"""One mistake: what a beginner writes otherwise than the reference.

Two kinds of tables stand beside this module. Those of this folder change a few letters, a line
for each mistake: a check, a place, the old and the new text and a pattern, with " | " between
them. A place that is empty is the check's name; ⏎ stands for a line's end. Those in `functions`
hold what is written in place of the reference's functions, each below a line "--- check | class
| pattern".
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
_NO_CODE = re.compile(r'""".*?"""|^[ \t]*#[^\n]*', re.DOTALL | re.MULTILINE)
_DEFINED = re.compile(r"^(?:def|class) (\w+)", re.MULTILINE)
_MAIN = re.compile(r'^if __name__ == "__main__":\n(?:[ \t].*\n|\n)*', re.MULTILINE)


@dataclass(frozen=True)
class Mistake:
    """A change of one function or class, and what must be said of it.

    check   "assignment1/dot": the check that must miss points.
    named   a pattern: what is said names the mistake where it holds this.
    where   the function or the class in which the change is.
    """

    check: str
    named: str
    where: str

    @property
    def assignment(self) -> str:
        """Whose solution is changed."""
        return self.check.partition("/")[0]

    @property
    def name(self) -> str:
        """A name for messages."""
        raise NotImplementedError

    def source(self, reference: str) -> str:
        """The reference with the mistake in it. ValueError where it does not fit."""
        raise NotImplementedError


@dataclass(frozen=True)
class Slip(Mistake):
    """A few letters: the first such text there, and what stands in its place."""

    old: str
    new: str

    @property
    def name(self) -> str:
        """A name for messages."""
        return f"{self.check}: {self.old.strip()!r} is {self.new.strip()!r}"

    def source(self, reference: str) -> str:
        """The reference with other letters. ValueError where it does not have the old ones."""
        code = _NO_CODE.sub(lambda match: " " * len(match[0]), reference)
        begin = re.search(rf"^(?:def|class) {self.where}\b", code, re.MULTILINE)
        place = code.find(self.old, begin.start() if begin else len(code))
        if place < 0:
            raise ValueError(f"{self.name} does not fit the reference")
        return reference[:place] + self.new + reference[place + len(self.old) :]


@dataclass(frozen=True)
class Rewritten(Mistake):
    """A function of one's own, or a method of the class `where`; the rest goes on top."""

    code: str
    line: int  # of the table

    @property
    def name(self) -> str:
        """A name for messages."""
        return f"{self.check} (written in line {self.line})"

    def source(self, reference: str) -> str:
        """The reference with the code in place. ValueError where it has no such function."""
        top, *written = re.split(r"^(?=def )", self.code, flags=re.MULTILINE)
        text = _MAIN.sub("", reference)
        for code in written:
            name = code.removeprefix("def ").partition("(")[0]
            text = self._replaced(text, name, code)
        return top + text

    def _replaced(self, text: str, name: str, code: str) -> str:
        body: list[ast.stmt] = ast.parse(text).body
        method = self.where not in _DEFINED.findall(code)
        if method:
            owner = next(
                node
                for node in body
                if isinstance(node, ast.ClassDef) and node.name == self.where
            )
            body = owner.body
            code = "".join(f"    {line}\n" for line in code.splitlines())
        for node in body:
            if isinstance(node, ast.FunctionDef) and node.name == name:
                lines = text.splitlines(keepends=True)
                lines[node.lineno - 1 : node.end_lineno] = [code]
                return "".join(lines)
        raise ValueError(f"{self.name} does not fit the reference")


def mistakes() -> list[Mistake]:
    """Those of all tables, by assignment."""
    found: list[Mistake] = []
    for table in sorted(FOLDER.glob("*.txt")):
        found += _slips(table)
    for table in sorted((FOLDER / "functions").glob("*.txt")):
        found += _rewritten(table)
    return sorted(found, key=lambda one: one.assignment)


def _slips(table: Path) -> Iterator[Mistake]:
    for line in table.read_text("utf-8").splitlines():
        check, where, old, new, named = (
            part.replace("⏎", "\n") for part in line.split(" | ", 4)
        )
        check = check.strip()
        yield Slip(f"{table.stem}/{check}", named, where.strip() or check, old, new)


def _rewritten(table: Path) -> Iterator[Mistake]:
    text = table.read_text("utf-8")
    for match in re.finditer(r"^--- (.*)\n((?:(?!--- ).*\n)*)", text, re.MULTILINE):
        check, where, named = (
            part.strip() for part in re.split(r" \|(?= )", match[1], maxsplit=2)
        )
        defined = _DEFINED.search(match[2])
        assert defined is not None, match[0]
        line = text.count("\n", 0, match.start()) + 1
        name = f"{table.stem}/{check}"
        yield Rewritten(name, named, where or defined[1], match[2], line)
