"""Cells of text that hold an answer: a key hit by accident turns code into Markdown.

A cell of text is code where it reads like code, and where no cell of code has written what
it defines: a cell that was set aside on purpose replaces nothing. All this looks at lines
alone, since no text of a student's is parsed in the grader's process.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Set

# Jupyter strips one blank at the left margin.
_DEFINITION = re.compile(r"^[ \t]?(?:async +def|def|class)[ \t]+(\w+)", re.MULTILINE)
_FIRST = re.compile(
    r"@\w|(?:async +def|def) +\w+ *\(|class +\w+ *[(:]|import +\w+|from +[\w.]+ +import\b|"
    r"[A-Za-z_][\w.]*(?:\[[^]]*\])? *=(?!=)"
)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_TO_DO = re.compile(r"^[ \t]+raise NotImplementedError\b", re.MULTILINE)


def defines(text: str) -> set[str]:
    """The functions and classes that a text defines, as far as lines show; never parsed."""
    return set(_DEFINITION.findall(text))


def written(text: str) -> set[str]:
    """Those of them that no longer wait for their code."""
    places = [*_DEFINITION.finditer(text), None]
    return {
        here[1]
        for here, there in itertools.pairwise(places)
        if here and not _TO_DO.search(text, here.end(), there.start() if there else len(text))
    }


def holds_an_answer(text: str, elsewhere: Set[str]) -> bool:
    """True if a cell of text is really code.

    text        the cell's.
    elsewhere   what the notebook's cells of code have written.
    """
    names = defines(text)
    return bool(names) and not names & elsewhere and _reads_like_code(text)


def _reads_like_code(text: str) -> bool:
    """True if its first line that is no comment, or no heading, is a statement."""
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return _FIRST.match(first) is not None and not _FENCE.search(text)
