"""Junk: files that computers put beside a student's work."""

from __future__ import annotations

from collections.abc import Iterable

_LITTER = {
    ".ds_store",
    ".fseventsd",
    ".git",
    ".idea",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".spotlight-v100",
    ".trashes",
    ".venv",
    ".vscode",
    "__macosx",
    "__pycache__",
    "desktop.ini",
    "node_modules",
    "site-packages",
    "thumbs.db",
}
_ENVIRONMENTS = {"env", "venv"}
_SHUT = _LITTER - {"__macosx", ".ipynb_checkpoints"}


def is_litter(name: str) -> bool:
    """True if only a program gives this name: a student may be called ".x", "env" or "CON"."""
    return name.lower() in _LITTER or name.startswith("._")


def is_junk(name: str) -> bool:
    """True if a file or folder of this name, inside a student's own, is not their work.

    Everything hidden is: `.DS_Store`, `._small.py`, `.ipynb_checkpoints`, `.git`.
    """
    return name.startswith(".") or name.lower() in _LITTER | _ENVIRONMENTS


def first_junk(parts: Iterable[str]) -> str:
    """The first part of a path that is no work; empty where all are."""
    return next((part for part in parts if is_junk(part)), "")


def is_shut(name: str) -> bool:
    """True if a folder of this name is not even looked into: it can be large."""
    return name.lower() in _SHUT


def is_environment_s(name: str) -> bool:
    """True if a file of this name makes a virtual environment of the folder that it lies in."""
    return name == "pyvenv.cfg"
