"""The statements of a cell, whatever state its text is in.

statements      those of the cell as it is, or else
└── _Salvage    those that remain of it, block by block: sound, fixed or left out
    └── repairs.readings    how a flaw may be fixed
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.sandbox.guest.loading.cells import CellLines, indentation
from autograder.sandbox.guest.loading.magics import without_magics
from autograder.sandbox.guest.loading.notes import Notes
from autograder.sandbox.guest.loading.parsing import Definition, Flaw, begins_definition, parse
from autograder.sandbox.guest.loading.repairs import readings

MAX_REPAIRS = 50

_TOP = re.compile(r"[^\s#)\]}]| (?:(?:def|class|import|from|async)\b|@)")
_CONTINUED = re.compile(r"(?:else|elif|except|finally)\b")
_DECORATOR = re.compile(r"\s*@(?!\s*(?:async|def|class)\b)")
_DEFINED = re.compile(r"\s{0,3}@?(?:async\s+)?(?:def|class)\s+(\w+)")


@dataclass
class RepairBudget:
    """The number of repairs and losses that a submission may still have."""

    left: int = MAX_REPAIRS


def statements(cell: CellLines, notes: Notes, budget: RepairBudget) -> list[ast.stmt]:
    """Every statement of `cell` that can be read, in order, with its own line number."""
    whole = parse(cell.lines)
    if not isinstance(whole, Flaw):
        return whole
    lines = without_magics(cell, notes)
    return _Salvage(cell, lines, notes, budget).statements()


class _Salvage:
    """Takes a text that does not parse into blocks at its top level, and keeps the good.

    A block begins at a line in the first column. The longest beginning that parses is
    taken whole, so that strings and brackets over many lines are read rightly; the block
    after it is fixed or left out; then the same again with the rest.
    """

    def __init__(
        self, cell: CellLines, lines: list[str], notes: Notes, budget: RepairBudget
    ) -> None:
        self.cell = cell
        self.lines = lines
        self.notes = notes
        self.budget = budget
        self.starts = list(_starts(lines))
        self.left_out_to = -1

    def statements(self) -> list[ast.stmt]:
        """The statements that remain of the text, in order."""
        found: list[ast.stmt] = []
        start, end = 0, len(self.lines)
        block_by_block = False
        while start < end:
            if not block_by_block:
                rest = parse(self.lines[start:], start)
                if not isinstance(rest, Flaw):
                    return found + rest
                # Without a line to go to, parsing the rest again would tell no more.
                block_by_block = rest.line == 0
                good, start = self._sound_beginning(start, rest)
                found += good
            if self.budget.left <= 0:
                self._give_up(start)
                break
            start = self._block(start, found)
        return found

    def _sound_beginning(self, start: int, flaw: Flaw) -> tuple[list[ast.stmt], int]:
        """The statements before the block that holds `flaw`, and where it begins."""
        candidates = [row for row in self.starts if start < row < flaw.line]
        for row in reversed(candidates[-MAX_REPAIRS:]):
            parsed = parse(self.lines[start:row], start)
            if not isinstance(parsed, Flaw):
                return parsed, row
        return [], start

    def _block(self, start: int, found: list[ast.stmt]) -> int:
        """Add the statements of the block at `start` to `found`; where the next begins."""
        ends = [row for row in self.starts if row > start] + [len(self.lines)]
        end = ends[0]
        block = self._mended(start, end)
        if isinstance(block, Flaw) and block.unclosed:
            # A string or bracket may rightly reach over lines in the first column, but one
            # that would swallow the next definition is missing its end.
            reach = len(list(itertools.takewhile(self._no_definition, ends[:MAX_REPAIRS])))
            block, end = self._longer(start, ends[: reach + 1], block)
        if not isinstance(block, Flaw):
            found += block
            return end
        lost = self._cut_in_two(start, end, found)
        self._leave_out(start, end, block, lost)
        self.left_out_to = end
        return end

    def _longer(
        self, start: int, ends: list[int], flaw: Flaw
    ) -> tuple[list[ast.stmt] | Flaw, int]:
        """The first of the longer blocks that can be read, or how much goes with the flaw."""
        for end in ends[1:]:
            block = self._mended(start, end)
            if not isinstance(block, Flaw):
                return block, end
            if "triple-quoted" in flaw.message and block.line != flaw.line:
                return block, end  # the string does end, and it is a later line that fails
        lost = ends[0]
        for here, there in itertools.pairwise(ends):
            if not isinstance(parse(self.lines[here:there], here), Flaw):
                break
            lost = there
        return flaw, lost

    def _no_definition(self, row: int) -> bool:
        return row < len(self.lines) and not begins_definition(self.lines[row])

    def _cut_in_two(self, start: int, end: int, found: list[ast.stmt]) -> tuple[str, ...]:
        """Take back the definition above a bad block that is really the rest of its body.

        One line that lost its indentation cuts a function in two. The first half parses,
        but it is not what was written.
        """
        above = found[-1] if found else None
        if not isinstance(above, Definition) or start == self.left_out_to:
            return ()
        code = [line for line in self.lines[start:end] if line.strip()]
        if begins_definition(code[0]):
            return ()
        opens = code[0].rstrip().endswith((":", "(", "[", "{", ","))
        goes_on = len(code) > 1 and not opens and indentation(code[1])
        returns = isinstance(above.body[-1], ast.Return | ast.Raise)
        if not goes_on and (returns or not self.lines[start - 1].strip()):
            return ()
        found.pop()
        return (above.name,)

    def _mended(self, start: int, end: int) -> list[ast.stmt] | Flaw:
        """The statements of a block, fixed if need be; what is wrong if that fails."""
        lines = self.lines[start:end]
        parsed = parse(lines, start)
        repairs: list[tuple[int, str]] = []
        while isinstance(parsed, Flaw):
            if not parsed.line or len(repairs) >= self.budget.left:
                return parsed
            better = [
                (words, candidate, after)
                for words, candidate in readings(lines, parsed.line - start - 1, parsed)
                if not _flawed_at(parsed.line, after := parse(candidate, start))
            ]
            if not better:
                return parsed
            whole = (each for each in better if not isinstance(each[2], Flaw))
            line = parsed.line
            words, lines, parsed = next(whole, better[0])
            repairs.append((line, words))
        for line, words in repairs:
            self.budget.left -= 1
            self.notes.add("repaired", self.cell, line, words)
        return parsed

    def _leave_out(self, start: int, end: int, flaw: Flaw, lost: tuple[str, ...]) -> None:
        self.budget.left -= 1
        names = lost + _defined_in(self.lines[start:end])
        self.notes.add("syntax", self.cell, flaw.line or start + 1, flaw.words(), names=names)

    def _give_up(self, start: int) -> None:
        message = "too much before this line could not be read; the rest was left out"
        names = _defined_in(self.lines[start:])
        self.notes.add("syntax", self.cell, start + 1, message, names=names)


def _flawed_at(line: int, parsed: list[ast.stmt] | Flaw) -> bool:
    return isinstance(parsed, Flaw) and parsed.line == line


def _starts(lines: list[str]) -> Iterator[int]:
    """The rows in which a statement at the top level seems to begin."""
    decorated = False
    before = ""
    for row, line in enumerate(lines):
        if _TOP.match(line) and not _CONTINUED.match(line) and not before.endswith("\\"):
            if not decorated:
                yield row
            decorated = _DECORATOR.match(line) is not None
        before = line


def _defined_in(lines: list[str]) -> tuple[str, ...]:
    found = (_DEFINED.match(line) for line in lines)
    return tuple(dict.fromkeys(match[1] for match in found if match))
