"""A folder as a container; links are not followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from autograder.errors import IntakeError
from autograder.intake.sources.junk import is_shut
from autograder.intake.sources.members import (
    MAX_FILE,
    Bounds,
    Budget,
    Member,
    member_at,
    too_large,
)


class Folder:
    """The files below `root`."""

    trouble = ""
    at_once: int | None = 500

    def __init__(self, root: Path, bounds: Bounds) -> None:
        # No Path joins them: it would keep the name of every file for as long as we run.
        self.root = str(root)
        self.bounds = bounds
        self._budget = Budget(bounds, root.name)

    def members(self) -> list[Member]:
        """Every file, by name; a folder that is empty, or of a program's, is one file "…"."""
        found: list[Member] = []
        pending = [""]
        while pending:
            below = pending.pop()
            try:
                entries = _entries(os.path.join(self.root, below))
            except OSError as error:
                if not below:
                    raise IntakeError(
                        f"{self.root} could not be opened: {error.strerror}."
                    ) from None
                found.append(Member(below, below, f"its folder: {error.strerror}"))
                continue
            closed = _closed(below, [name for name, _, _ in entries])
            if closed:
                found.append(member_at(below, f"{below}/…", self.bounds, closed))
                continue
            for name, is_folder, refusal in entries:
                path = f"{below}/{name}" if below else name
                if not is_folder:
                    found.append(member_at(path, path, self.bounds, refusal))
                elif is_shut(name) or path.count("/") >= self.bounds.depth:
                    inner = "HEAD" if name == ".git" else "…"  # a clone, as layouts see
                    found.append(member_at(path, f"{path}/{inner}", self.bounds))
                else:
                    pending.append(path)
            self._budget.files(len(found) + len(pending))
        return found

    def read(
        self, wanted: Collection[Member], most: int = MAX_FILE
    ) -> Iterator[tuple[Member, bytes | str]]:
        """The bytes of each wanted file, or why there are none."""
        for member in wanted:
            if member.refusal:
                yield member, member.refusal
                continue
            data = _bytes_of(os.path.join(self.root, str(member.key)), most)
            self._budget.spend(len(data))
            yield member, data


def _entries(folder: str) -> list[tuple[str, bool, str]]:
    """By name, what a folder holds: whether that is a folder, or why else it is not read.

    The system's own entries are let go at once: each holds its whole path, and a class is
    large.
    """
    with os.scandir(folder) as listed:
        return sorted(
            (entry.name, entry.is_dir(follow_symlinks=False), _refusal(entry))
            for entry in listed
        )


def _closed(folder: str, names: Collection[str]) -> str:
    """Why a folder is not looked into; empty for most."""
    if not folder:
        return ""
    if "pyvenv.cfg" in names:
        return "it is a virtual environment of Python"
    return "" if names else "its folder is empty"


def _refusal(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "it is a link"
    return "" if entry.is_file(follow_symlinks=False) else "it is no ordinary file"


def _bytes_of(path: str, most: int) -> bytes | str:
    # Not following a link, and not waiting for a writer, should it have been exchanged.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        return f"it could not be opened: {error.strerror}"
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return "it is no ordinary file"
        try:
            data = file.read(min(status.st_size, most) + 1)
        except OSError as error:
            return f"it could not be read: {error.strerror}"
    return data if len(data) <= most else too_large(most)
