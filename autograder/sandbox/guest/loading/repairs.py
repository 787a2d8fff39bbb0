"""Fixing a line that does not parse, where the fix is obvious.

Each repair is a generator of readings: the text with the flaw gone, and in words what was
done about it. Whether a reading parses is the caller's to find out.
"""

from __future__ import annotations

import re

from autograder.sandbox.guest.loading import python2
from autograder.sandbox.guest.loading.cells import indentation, with_row
from autograder.sandbox.guest.loading.parsing import Flaw, Readings, begins_definition


def readings(lines: list[str], row: int, flaw: Flaw) -> Readings:
    """Readings of `lines` in which the flaw in `row` is gone, the likeliest first."""
    for repair in (
        _plain_characters,
        _empty_body,
        _spaces_for_tabs,
        _even_indentation,
        python2.readings,
    ):
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


def _empty_body(lines: list[str], row: int, flaw: Flaw) -> Readings:
    """A function of which nothing but comments is written."""
    if not flaw.message.startswith("expected an indented block after function definition"):
        return
    above = [line for line in lines[:row] if re.match(r"\s*(async\s+)?def\b", line)]
    margin = indentation(above[-1]) if above else ""
    words = "a function without a line of its own was read as one that is not written yet"
    for place in (row - 1, row):
        if place >= 0 and lines[place].strip()[:1] in ("", "#"):
            yield words, with_row(lines, place, f"{margin}    pass")


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
        # Nothing above opens a block, so it can only belong to the line above. Below a line in
        # the first column, that one may be what has lost its place.
        if above[-1] or stray < 4:
            yield words, _moved(lines, row, len(above[-1]) - stray)
            yield words, with_row(lines, row, above[-1] + text)
    elif "unindent" in flaw.message:
        words = "the line's indentation was made even"
        levels = sorted({"", *above}, key=len, reverse=True)
        for level in levels:
            if abs(len(level) - stray) == 1 or (not level and begins_definition(text)):
                yield words, with_row(lines, row, level + text)
        inner = [level for level in levels if level]
        if len(inner) == 1:
            yield words, _moved(lines, row, len(inner[0]) - stray)
            yield words, with_row(lines, row, inner[0] + text)


def _moved(lines: list[str], row: int, by: int) -> list[str]:
    """The lines from a row on that stand at least as deep, all moved by so many spaces."""
    moved = list(lines)
    stray = len(indentation(lines[row]))
    for at in range(row, len(lines)):
        depth = len(indentation(lines[at]))
        if lines[at].strip() and depth < stray:
            break
        if lines[at].strip():
            moved[at] = " " * (depth + by) + lines[at].lstrip()
    return moved


def _spaces_for_tabs(lines: list[str], row: int, flaw: Flaw) -> Readings:
    if "indent" not in flaw.message and "tabs" not in flaw.message:
        return
    if not any("\t" in indentation(line) for line in lines):
        return
    for size in (4, 8):
        yield f"tabs were read as {size} spaces", _without_tabs(lines, size)
    for size in (4, 8):
        line = _without_tabs([lines[row]], size)[0]
        yield f"a tab was read as {size} spaces", with_row(lines, row, line)


def _without_tabs(lines: list[str], size: int) -> list[str]:
    return [indentation(line).expandtabs(size) + line.lstrip() for line in lines]
