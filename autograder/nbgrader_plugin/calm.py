"""Markdown of a student in which nothing runs, whoever shows it: what would becomes text.

The graded notebook is opened by programs that read Markdown in ways of their own, so this
looks at the text itself. What a page shows of it is cleaned once more, as HTML (`clean`).
Only what is shown changes; what is graded is the text as it was handed in.
"""

from __future__ import annotations

import html
import re

from autograder.nbgrader_plugin.clean import (
    COMMENT,
    FORMULA,
    LINK,
    PICTURE,
    TAG,
    TAGS,
    is_link,
    is_picture,
    removed,
    without_commands,
)

# Blocks and spans of code: there all is text, and none of it is touched.
_CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n(?:(?! {0,3}(?P=fence))[^\n]*+\n)*+"
    r"(?: {0,3}(?P=fence)[^\n]*+|\Z)"
    r"|(?<!`)(?P<ticks>`++)(?:(?!`)[^\n]|\n(?!\s*\n)|(?!(?P=ticks)(?!`))`++)*+(?P=ticks)(?!`)",
    re.MULTILINE,
)
_ADDRESS = re.compile(r"<(?:https?://[^\s<>\\]++|[\w.+-]++@[\w.-]++)>", re.IGNORECASE)
_TAG = re.compile(r"(?<!\]\()<(?=[A-Za-z/!?])[^<>]*+>?")
_END = re.compile(r"</\s*+([^\s<>]*+)[^<>]*+>")
_TARGET = re.compile(r"\]\(\s*+(<[^<>\n]*+>|[^\s]*+)")
_NAMED = re.compile(r"^( {0,3}\[[^\[\]\n]++\]):(?=\s*+(\S++))", re.MULTILINE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def calm(source: str) -> tuple[str, list[str]]:
    """The text of a cell of Markdown as it is shown, and what became text in it, in words."""
    gone: dict[str, None] = {}
    parts = []
    at = 0
    for code in _CODE.finditer(source):
        parts += [_prose(source[at : code.start()], gone), code[0]]
        at = code.end()
    parts.append(_prose(source[at:], gone))
    return "".join(parts), list(gone)


def _prose(text: str, gone: dict[str, None]) -> str:
    def tag(found: re.Match[str]) -> str:
        if _ADDRESS.fullmatch(found[0]):
            return found[0]
        said = [COMMENT] if found[0].startswith(("<!", "<?")) else removed(found[0])
        ends = _END.fullmatch(found[0])
        if found[0].endswith(">") and not said and not (ends and ends[1].lower() not in TAGS):
            return found[0]
        gone.update(dict.fromkeys(one for one in said if one != TAG))
        return f"< {found[0][1:]}"  # reads the same in a formula, and is no tag anywhere

    def target(found: re.Match[str]) -> str:
        where = _read(found[1])
        shows = _shows(text, found.start())
        if is_picture(where) or where.startswith("attachment:") if shows else is_link(where):
            return found[0]
        gone[PICTURE if shows else LINK] = None
        return "] " + found[0][1:]

    def named(found: re.Match[str]) -> str:
        where = _read(found[2])
        if is_link(where) or is_picture(where):
            return found[0]
        gone[LINK] = None
        return f"{found[1]} :"

    text = _TAG.sub(tag, _TARGET.sub(target, _NAMED.sub(named, text)))
    calmed = without_commands(text)
    if calmed != text:
        gone[FORMULA] = None
    return calmed


def _read(target: str) -> str:
    """A link's target as a reader of Markdown takes it: without brackets, signs in place."""
    target = target.removeprefix("<")
    for end in (">", ")"):
        target = target.partition(end)[0] if end in target else target
    return html.unescape(_ESCAPE.sub(r"\1", target))


def _shows(text: str, end: int) -> bool:
    """True if the bracket that closes at `end` is a picture's."""
    depth = 0
    for at in range(end, max(-1, end - 1000), -1):
        depth += (text[at] == "]") - (text[at] == "[")
        if depth == 0:
            return at > 0 and text[at - 1] == "!"
    return False
