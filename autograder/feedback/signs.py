"""Signs, words and colours for a status, and the characters that a terminal can show."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.model import Status, Tier
from autograder.wording import visible


@dataclass(frozen=True)
class Sign:
    """The signs of one status: a glyph, its ASCII form, a word, a style of rich's."""

    glyph: str
    ascii: str
    word: str
    style: str


SIGNS = {
    Status.PASSED: Sign("✓", "+", "passed", "green"),
    Status.PARTIAL: Sign("◐", "~", "partly right", "yellow"),
    Status.FAILED: Sign("✗", "x", "not right yet", "red"),
    Status.ERRORED: Sign("!", "!", "raised an error", "red"),
    Status.TIMED_OUT: Sign("!", "!", "ran too long", "red"),
    Status.OUT_OF_MEMORY: Sign("!", "!", "too much memory", "red"),
    Status.CRASHED: Sign("!", "!", "ended early", "red"),
    Status.NOT_ATTEMPTED: Sign("·", "-", "not attempted", "dim"),
    Status.SKIPPED: Sign("·", "-", "not judged", "dim"),
    Status.GRADER_FAULT: Sign("?", "?", "grader's fault", "magenta"),
}

TIERS = {
    Tier.A: "namespaces, Landlock and seccomp",
    Tier.B: "namespaces and seccomp, no Landlock",
    Tier.C: "Landlock and seccomp, no namespaces",
    Tier.D: "a process of its own with limits",
}

_PLAINER = str.maketrans(
    {
        "·": "-", "✓": "+", "✗": "x", "→": "->", "…": "...", "×": "x", "−": "-", "–": "-",
        "—": "-", "\u2018": "'", "\u2019": "'", "“": '"', "”": '"', "≤": "<=", "≥": ">=",
        "≈": "~", "≠": "!=", "²": "^2", "σ": "sigma", "′": "'", "∂": "d", "│": "|", "─": "-",
    }
)  # fmt: skip


def shown(text: str, encoding: str) -> str:
    """`text` as `encoding` can show it: nothing invisible, and no character it lacks."""
    safe = visible(text)
    try:
        safe.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return safe.translate(_PLAINER).encode("ascii", "backslashreplace").decode("ascii")
    return safe


def number(points: float) -> str:
    """Points without needless digits: "15", "3.75"; what is missing never rounds away."""
    return f"{int(points * 100 + 1e-6) / 100:g}"


def bar(points: float, possible: float, *, width: int = 8, ascii_only: bool = False) -> str:
    """A bar of `width` characters; full only for all points, empty only for none."""
    full, empty = ("#", ".") if ascii_only else ("█", "░")
    share = points / possible if possible > 0 else 0.0
    filled = width if share >= 1 else min(width - 1, max(share > 0, int(share * width)))
    return full * filled + empty * (width - filled)
