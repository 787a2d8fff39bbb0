"""What computers put beside a student's work."""

from __future__ import annotations

from collections.abc import Iterable

_JUNK = {
    "__macosx",
    "__pycache__",
    "desktop.ini",
    "env",
    "node_modules",
    "site-packages",
    "thumbs.db",
    "venv",
}


def is_junk(name: str) -> bool:
    """Whether a file or folder of this name is never somebody's submission.

    Everything hidden is: `.DS_Store`, `._small.py`, `.ipynb_checkpoints`, `.git`.
    """
    return name.startswith(".") or name.lower() in _JUNK


def any_junk(parts: Iterable[str]) -> bool:
    """Whether one of the parts of a path is."""
    return any(is_junk(part) for part in parts)
