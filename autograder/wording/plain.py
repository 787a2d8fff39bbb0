"""Text from a submission, made safe to show anywhere: one line, visible characters, trimmed."""

from __future__ import annotations

import unicodedata

# Control, format (bidirectional overrides, zero width) and surrogate characters: they can
# move the cursor, hide text or break an encoder.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def visible(text: str) -> str:
    """`text` with every character that does not show written as an escape, such as \\x1b."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def plain(text: str, *, limit: int = 200) -> str:
    """`text` on one line, with nothing invisible in it, at most `limit` characters long."""
    line = visible(" ".join(text[: 4 * limit].split()))
    return line if len(line) <= limit else line[: limit - 3].rstrip() + "..."


def sentence(text: str) -> str:
    """`text` with a full stop at its end, unless it has a mark of its own."""
    return text if text.endswith((".", "!", "?", "...")) else text + "."


def listed(names: list[str], *, most: int = 5) -> str:
    """Names as in a sentence: "a", "a and b", "a, b and c", "a, b, c, d, e and 4 more"."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _visible(character: str) -> str:
    if unicodedata.category(character) not in _UNSAFE:
        return character
    return character.encode("unicode_escape").decode("ascii")
