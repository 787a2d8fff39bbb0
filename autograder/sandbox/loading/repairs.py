"""Mending a line that does not parse, where the mending is obvious.

Each repair is a generator of readings: the text with the flaw gone, and in words what was
done about it. Whether a reading parses is the caller's to find out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.sandbox.loading.cells import indentation, with_row
from autograder.sandbox.loading.parsing import Flaw, begins_definition

Readings = Iterator[tuple[str, list[str]]]


def readings(lines: list[str], row: int, flaw: Flaw) -> Readings:
    """Readings of `lines` in which the flaw in `row` is gone, the likeliest first."""
    for repair in (_plain_characters, _spaces_for_tabs, _even_indentation, _print_called):
        for words, candidate in repair(lines, row, flaw):
            if candidate != lines:
                yield words, candidate


_LOOKALIKES = {
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys("\u2018\u2019\u201a\u2032\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **{chr(0xFEE0 + ord(plain)): plain for plain in "()[]{}:;,.=+*/<>"},
}
_PLAIN = str.maketrans(_LOOKALIKES)


def _plain_characters(lines: list[str], row: int, flaw: Flaw) -> Readings:
    found = [character for character in lines[row] if character in _LOOKALIKES]
    if found:
        kinds = ", ".join(f"U+{ord(character):04X}" for character in dict.fromkeys(found))
        words = f"characters that only look right ({kinds}) were read as plain ones"
        yield words, with_row(lines, row, lines[row].translate(_PLAIN))


def _even_indentation(lines: list[str], row: int, flaw: Flaw) -> Readings:
    if "indent" not in flaw.message or not lines[row].strip():
        return
    lines = _without_tabs(lines, 4)
    stray, text = len(indentation(lines[row])), lines[row].lstrip()
    above = [indentation(line) for line in lines[:row] if line.lstrip()[:1] not in ("", "#")]
    words = "stray spaces before the line were taken away"
    if not above:
        yield words, [line.removeprefix(" " * stray) for line in lines]  # as Jupyter does
        yield words, with_row(lines, row, text)
    elif flaw.message.startswith("unexpected indent"):
        if 0 < stray - len(above[-1]) < 4:
            yield words, with_row(lines, row, above[-1] + text)
    else:
        words = "the line's indentation was made even"
        for level in sorted({"", *above}, key=len, reverse=True):
            if abs(len(level) - stray) == 1 or (not level and begins_definition(text)):
                yield words, with_row(lines, row, level + text)


def _spaces_for_tabs(lines: list[str], row: int, flaw: Flaw) -> Readings:
    if "indent" not in flaw.message and "tabs" not in flaw.message:
        return
    if not any("\t" in indentation(line) for line in lines):
        return
    for size in (4, 8):
        yield f"tabs were read as {size} spaces", _without_tabs(lines, size)


def _without_tabs(lines: list[str], size: int) -> list[str]:
    return [indentation(line).expandtabs(size) + line.lstrip() for line in lines]


_STATEMENT = r"print\b[ \t]*(?![ \t(=.,\[]|$)"
_PRINT = re.compile(r"(.*?[:;]\s*|\s*)" + _STATEMENT)
_PRINT_FIRST = re.compile(r"(\s*)" + _STATEMENT)


def _print_called(lines: list[str], row: int, flaw: Flaw) -> Readings:
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
    """Where the statement at (row, column) ends: before a comment, a semicolon or a line."""
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
