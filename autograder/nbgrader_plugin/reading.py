"""Read submitted notebooks so that one which cannot be read does not stop the others."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from autograder.errors import IntakeError
from autograder.intake.notebook import parsed, raw_cells
from autograder.nbgrader_plugin.restore import unreadable

MAX_BYTES = 64 * 1024 * 1024  # with its outputs, which are thrown away


def read(path: Path) -> dict[str, Any]:
    """A notebook's cells and metadata; no cells, and the reason, if it cannot be read."""
    try:
        return _notebook(path)
    except IntakeError as error:
        return unreadable(error.message)
    except UnicodeDecodeError as error:
        return unreadable(f"{path.name} is not UTF-8 text: byte {error.start} is none of it.")
    except OSError as error:
        return unreadable(f"{path.name} could not be opened: {error.strerror}.")


def _notebook(path: Path) -> dict[str, Any]:
    notebook = parsed(_text(path), path.name)
    if not isinstance(notebook, dict):
        raise IntakeError(f"{path.name} is JSON, but not a notebook.")
    metadata = notebook.get("metadata")
    return {
        "cells": [cell for cell in raw_cells(notebook, path.name) if isinstance(cell, dict)],
        "metadata": metadata if isinstance(metadata, dict) else {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _text(path: Path) -> str:
    """The text of an ordinary file; a link could lead to the gradebook, a FIFO nowhere."""
    if path.is_symlink():
        raise IntakeError(f"{path.name} is a link to another file.")
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise IntakeError(f"{path.name} is not an ordinary file.")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(MAX_BYTES + 1)
    finally:
        os.close(descriptor)
    if len(data) > MAX_BYTES:
        raise IntakeError(f"{path.name} is larger than {MAX_BYTES // 2**20} MB.")
    return data.decode("utf-8-sig")
