"""One line of advice: how an exception is recognised, and what to try next."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    """The words for an exception of one of `types` whose text matches `pattern`.

    `line` must match the source line that raised, where that decides; `say` is a sentence,
    or makes one from the match.
    """

    types: tuple[str, ...]
    pattern: str
    say: str | Callable[[re.Match[str]], str]
    line: str = ""
