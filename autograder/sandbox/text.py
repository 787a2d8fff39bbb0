"""The one place where text from a student's process becomes text for a screen."""

from __future__ import annotations

import re
import unicodedata

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?"  # OSC and the other strings: titles, clipboard
    r"|\x1b[ -/]*[0-~]?"
)
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Cc: control characters. Cf: formats, among them the bidirectional overrides, which make
# a line read differently from what it says. Cs: lone surrogates, which no encoding takes.
_UNSAFE = frozenset({"Cc", "Cf", "Cs"})


_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]{6,16}\b")  # in a repr, and another one each time


LOOKED_AT = 1_000  # characters beyond the limit: of a long text, only the beginning is kept


def clean(raw: bytes | str, limit: int = 500) -> str:
    """`raw` without escape sequences, control characters, overrides and memory addresses.

    Newlines and tabs stay. What is longer than `limit` characters ends with an ellipsis.
    """
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    text = text[: LOOKED_AT + 2 * limit]
    if not (text.isascii() and text.isprintable()):
        text = _LINE_ENDS.sub("\n", _ESCAPES.sub("", text))
        text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in _UNSAFE)
    if " at 0x" in text:
        text = _ADDRESS.sub("", text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def encodable(name: str) -> str:
    """The name of a file, with what is no UTF-8 in it as an escape: an old disk has such."""
    return name.encode("utf-8", "backslashreplace").decode()
