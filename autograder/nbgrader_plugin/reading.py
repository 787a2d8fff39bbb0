"""Read submitted notebooks so that one which cannot be read does not stop the others."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.errors import IntakeError
from autograder.model import Submission
from autograder.submissions.beside import with_folder
from autograder.submissions.encoding import decoded
from autograder.submissions.notebook import parsed, raw_cells
from autograder.submissions.reader import MAX_NOTEBOOK, parse, small

MAX_PAGE = 16 * 1024 * 1024  # of a notebook without its outputs, with pasted pictures

Cell = dict[str, Any]


@dataclass(frozen=True)
class HandedIn:
    """A notebook that a student handed in.

    cells       what is to be seen of it on a page.
    submission  the code that is graded: what every way makes of the same bytes.
    unreadable  why nothing of the notebook could be read, or "".
    """

    cells: list[Cell] = field(default_factory=list)
    submission: Submission | None = None
    unreadable: str = ""


def handed_in(path: Path, extra: Sequence[str] = ()) -> HandedIn:
    """The content of a student's file. Nothing that the file says of itself is believed.

    extra   patterns of the files beside it that come along.
    """
    try:
        data = bytes_of(path)
        submission = with_folder(parse(data, path.name), path.parent, path.name, extra)
        data = small(data, path.name, MAX_PAGE)  # and the file itself is let go
        text = decoded(data, path.name, [])
        return HandedIn(_cells(parsed(text, path.name), path.name), submission)
    except IntakeError as error:
        return HandedIn(unreadable=error.message)
    except OSError as error:
        return HandedIn(unreadable=f"{path.name} could not be opened: {error.strerror}.")


def read(path: Path) -> dict[str, Any]:
    """A notebook of ours, the release or a restored one; without cells if it is none."""
    try:
        notebook = parsed(bytes_of(path).decode("utf-8-sig"), path.name)
        cells, metadata = _cells(notebook, path.name), notebook.get("metadata")
    except (IntakeError, OSError, UnicodeDecodeError):
        cells, metadata = [], {}
    return {
        "cells": cells,
        "metadata": metadata if isinstance(metadata, dict) else {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cells(notebook: Any, name: str) -> list[Cell]:
    if not isinstance(notebook, dict):
        raise IntakeError(f"{name} is JSON, but not a notebook.")
    return [cell for cell in raw_cells(notebook, name) if isinstance(cell, dict)]


def bytes_of(path: Path) -> bytes:
    """An ordinary file's bytes; a link could lead to the gradebook, a FIFO nowhere."""
    if path.is_symlink():
        raise IntakeError(f"{path.name} is a link to another file.")
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise IntakeError(f"{path.name} is not an ordinary file.")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(MAX_NOTEBOOK + 1)
    finally:
        os.close(descriptor)
    if len(data) > MAX_NOTEBOOK:
        raise IntakeError(f"{path.name} is larger than {MAX_NOTEBOOK // 2**20} MB.")
    return data
