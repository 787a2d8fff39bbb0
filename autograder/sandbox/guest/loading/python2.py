"""Python 2 in a submission: what no longer parses, and what parses and no longer runs.

readings   what may have been meant by a line that does not parse: `raise ValueError, "x"`
modern     statements that parse, as they are written now: `print >> f, x`, `d.has_key(k)`
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from autograder.sandbox.guest.loading.cells import CellLines
from autograder.sandbox.guest.loading.notes import Notes
from autograder.sandbox.guest.loading.parsing import Flaw, Placed, Readings


def readings(lines: list[str], row: int, flaw: Flaw) -> Readings:
    """Readings of `lines` in which Python 2 in `row` is written as in Python 3."""
    yield from _print_called(lines, row)
    yield from _raised_by_call(lines, row)
    yield from _executed(lines, row)
    for words, pattern, now in _REPLACED:
        line = pattern.sub(now, lines[row])
        yield words, [*lines[:row], line, *lines[row + 1 :]]


_REPLACED: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (words, re.compile(pattern), now)
    for words, pattern, now in (
        (
            "Python 2's `except X, e` was read as `except X as e`",
            r"\bexcept\s+([\w.]+|\([\w., ]+\))\s*,\s*(\w+)\s*:",
            r"except \1 as \2:",
        ),
        ("Python 2's <> was read as !=", r"<>", "!="),
        ("Python 2's `x` was read as repr(x)", r"`([^`]+)`", r"repr(\1)"),
        ("a number of Python 2 was read without its L", r"\b(\d+)[lL]\b", r"\1"),
        ("a text of Python 2 was read without its u", r"\b[uU]([rR]['\"])", r"\1"),
    )
)

_RAISE = re.compile(r"(.*?\braise\s+[\w.]+)\s*,\s*")


def _raised_by_call(lines: list[str], row: int) -> Readings:
    found = _RAISE.match(lines[row])
    if found:
        changed = list(lines)
        last, column = _statement_end(lines, row, found.end())
        changed[last] = lines[last][:column].rstrip() + ")" + lines[last][column:]
        changed[row] = found[1] + "(" + changed[row][found.end() :]
        yield "Python 2's `raise X, text` was read as `raise X(text)`", changed


_EXEC = re.compile(r"(\s*exec)\s+(?=[^\s(=.,])")
_EXEC_IN = re.compile(r"(.+?)\s+in\s+([\w., {}()]+)$")


def _executed(lines: list[str], row: int) -> Readings:
    found = _EXEC.match(lines[row])
    if found:
        last, column = _statement_end(lines, row, found.end())
        if last == row:
            code = _EXEC_IN.sub(r"\1, \2", lines[row][found.end() : column].rstrip())
            line = f"{found[1]}({code}){lines[row][column:]}"
            words = "Python 2's exec was given its parentheses"
            yield words, [*lines[:row], line, *lines[row + 1 :]]


_STATEMENT = r"print\b[ \t]*(?![ \t(=.,\[]|$)"
_PRINT = re.compile(r"(.*?[:;]\s*|\s*)" + _STATEMENT)
_PRINT_FIRST = re.compile(r"(\s*)" + _STATEMENT)


def _print_called(lines: list[str], row: int) -> Readings:
    if not _PRINT.match(lines[row]):
        return
    changed = list(lines)
    for at, line in enumerate(lines):
        found = (_PRINT if at == row else _PRINT_FIRST).match(line)
        if found and changed[at] == line:
            _call_print(changed, at, found)
    yield "Python 2's print was given its parentheses", changed


def _call_print(lines: list[str], row: int, found: re.Match[str]) -> None:
    """Put parentheses around what is printed, up to the statement's end."""
    last, column = _statement_end(lines, row, found.end())
    body = lines[last][:column].rstrip()
    ending = ")"
    if body.endswith(","):
        body, ending = body[:-1], ", end=' ')"
    lines[last] = body + ending + lines[last][column:]
    lines[row] = found[1] + "print(" + lines[row][found.end() :]


def _statement_end(lines: list[str], row: int, column: int) -> tuple[int, int]:
    """The end of the statement at (row, column): before a comment, a semicolon or a line."""
    depth = 0
    quote = ""
    while True:
        line = lines[row]
        while column < len(line):
            character = line[column]
            if quote:
                if character == "\\":
                    column += 1
                elif line.startswith(quote, column):
                    column += len(quote) - 1
                    quote = ""
            elif character in "'\"":
                quote = character * 3 if line.startswith(character * 3, column) else character
                column += len(quote) - 1
            elif character == "#" or (character == ";" and not depth):
                break
            elif character in "([{":
                depth += 1
            elif character in ")]}":
                depth -= 1
            column += 1
        goes_on = depth > 0 or len(quote) == 3 or line.endswith("\\")
        if not goes_on or row + 1 == len(lines):
            return row, min(column, len(line))
        row, column = row + 1, 0


_OLD_METHODS = {"iteritems": "items", "iterkeys": "keys", "itervalues": "values"}
_OWN = re.compile(r"\bdef\s+(?:has_key|iter(?:items|keys|values))\b")
_OLD_WORDS = (">>", "has_key", *_OLD_METHODS)  # which the pattern needs, and soon found
_MAY_BE_OLD = re.compile(r"\bprint\s*>>|\.(?:has_key|iter(?:items|keys|values))\s*\(")


def modern(statements: Iterable[Placed], notes: Notes) -> list[Placed]:
    """The statements, where what Python 3 no longer has is written as it is now."""
    found = list(statements)
    cells = {id(cell): cell for cell, _ in found}
    old = {key for key, cell in cells.items() if _may_be_old("\n".join(cell.lines))}
    return [
        (cell, _Modern(cell, notes).visit(one) if id(cell) in old else one)
        for cell, one in found
    ]


def _may_be_old(text: str) -> bool:
    """True if a text uses such a thing, and does not define it itself."""
    if not any(word in text for word in _OLD_WORDS):
        return False
    return _MAY_BE_OLD.search(text) is not None and _OWN.search(text) is None


class _Modern(ast.NodeTransformer):
    def __init__(self, cell: CellLines, notes: Notes) -> None:
        self._cell = cell
        self._notes = notes

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """``print >> f, x`` is an expression to Python 3, which fails when it is run."""
        first, *others = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        match first:
            case ast.BinOp(left=ast.Name(id="print"), op=ast.RShift(), right=file):
                self._note(node, "print >> f", "print(..., file=f)")
                call = ast.Call(first.left, others, [ast.keyword("file", file)])
                node.value = ast.fix_missing_locations(ast.copy_location(call, node.value))
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """``d.has_key(k)`` and ``d.iteritems()``."""
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Attribute(attr="has_key") as func, args=[key], keywords=[]):
                self._note(node, "has_key", "k in d")
                inside = ast.Compare(key, [ast.In()], [func.value])
                return ast.copy_location(inside, node)
            case ast.Call(func=ast.Attribute(attr=attr) as func, args=[], keywords=[]) if (
                attr in _OLD_METHODS
            ):
                self._note(node, attr, _OLD_METHODS[attr])
                func.attr = _OLD_METHODS[attr]
        return node

    def _note(self, node: ast.stmt | ast.expr, old: str, now: str) -> None:
        message = f"{old} is gone since Python 3; write {now}"
        self._notes.add("shim", self._cell, node.lineno, message, text=old, once=old)
