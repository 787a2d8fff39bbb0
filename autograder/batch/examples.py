"""Somebody's code as an example, without the one who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from autograder.feedback.excerpts import excerpt
from autograder.model import Cell

MOST = 25  # lines
_REMARK = re.compile(r"(^|\s)#.*$")


def anonymous(
    cells: Sequence[Cell], name: str, called: Iterable[str], most: int = MOST
) -> tuple[str, ...]:
    """The lines that define `name`, without remarks, docstrings and names of the person.

    called   by what the person is known: logins, addresses, names.
    most     how many lines at most.
    """
    found = excerpt(cells, name)
    if found is None:
        return ()
    text = re.sub(r'(?s)"""(?:.*?"""|.*)|\'\'\'(?:.*?\'\'\'|.*)', "", "\n".join(found.lines))
    words = {word for one in called for word in re.findall(r"\w{3,}", one)}
    if words:
        pattern = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
        text = re.sub(rf"\b(?:{pattern})\b", "…", text, flags=re.IGNORECASE)
    lines = [_REMARK.sub("", line).rstrip() for line in text.split("\n")]
    return tuple(line for line in lines if line)[:most]
