"""The folder for what the autograder remembers on a computer, and may forget."""

from __future__ import annotations

import os
from pathlib import Path


def folder() -> Path:
    """$XDG_STATE_HOME/autograder, by default in ~/.local/state. OSError without a home."""
    state = os.environ.get("XDG_STATE_HOME")
    try:
        return (Path(state) if state else Path.home() / ".local" / "state") / "autograder"
    except RuntimeError as error:
        raise FileNotFoundError(str(error)) from error
