"""A folder as a container; links are not followed."""

from __future__ import annotations

import os
import stat
from collections import Counter, deque
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from autograder.errors import IntakeError
from autograder.submissions.sources.choice import is_code
from autograder.submissions.sources.junk import is_environment_s, is_shut
from autograder.submissions.sources.members import (
    MAX_FILE,
    Budget,
    SourceBounds,
    SourceMember,
    member_at,
    too_large,
)

_NEAREST = 20  # files of code in a folder that only programs write into


class Folder:
    """The files below `root`."""

    trouble = ""
    at_once: int | None = 500

    def __init__(self, root: Path, bounds: SourceBounds) -> None:
        # No Path joins them: it would keep the name of every file for as long as we run.
        self.root = str(root)
        self.bounds = bounds
        self._budget = Budget(bounds, root.name)

    def members(self) -> list[SourceMember]:
        """Every file, by name; a folder that is empty is one file "…".

        So is what lies in a folder of a program's, but for the code that lies nearest.
        """
        found: list[SourceMember] = []
        pending = [""]
        while pending:
            below = pending.pop()
            try:
                entries = _entries(os.path.join(self.root, below), self.bounds.files)
            except OSError as error:
                if not below:
                    raise IntakeError(
                        f"{self.root} could not be opened: {error.strerror}."
                    ) from None
                found.append(SourceMember(below, below, f"its folder: {error.strerror}"))
                continue
            if below and not entries:
                found.append(member_at(below, f"{below}/…", self.bounds, "its folder is empty"))
                continue
            inside = bool(below) and any(is_environment_s(name) for name, _, _ in entries)
            for name, is_folder, refusal in entries:
                path = f"{below}/{name}" if below else name
                if not is_folder:
                    found.append(member_at(path, path, self.bounds, refusal))
                elif inside or is_shut(name):
                    found += self._shut(path)
                elif path.count("/") >= self.bounds.depth:
                    found.append(member_at(path, f"{path}/…", self.bounds))
                else:
                    pending.append(path)
            if len(found) + len(pending) > self.bounds.files:
                found, pending = self._without_the_largest(found, pending)
        return found

    def _without_the_largest(
        self, found: list[SourceMember], pending: list[str]
    ) -> tuple[list[SourceMember], list[str]]:
        """Close the deepest folder that holds most of all files, so that it costs its own.

        IntakeError where the files are everybody's.
        """
        paths = [*(member.path for member in found), *pending]
        largest = ""
        while True:
            below = f"{largest}/" if largest else ""
            inside = (p[len(below) :].split("/") for p in paths if p.startswith(below))
            first = Counter(parts[0] for parts in inside if len(parts) > 1)
            name, number = max(first.items(), key=lambda one: one[1], default=("", 0))
            if 2 * number <= len(paths):
                break
            largest = below + name
        if not largest:
            self._budget.files(len(paths))
        below, why = f"{largest}/", f"it holds more than {self.bounds.files:,} files"
        found = [member for member in found if not member.path.startswith(below)]
        closed = member_at(largest, f"{largest}/…", self.bounds, why)
        return [*found, closed], [path for path in pending if not path.startswith(below)]

    def _shut(self, folder: str) -> Iterator[SourceMember]:
        """A folder that only programs write into: the nearest code in it, and a number."""
        others = code = 0
        pending = deque([folder])
        while pending:
            below = pending.popleft()
            self._budget.spend(0)
            try:
                entries = _entries(os.path.join(self.root, below), self.bounds.files)
            except OSError:
                continue
            for name, is_folder, refusal in entries:
                path = f"{below}/{name}"
                if is_folder:
                    pending.append(path)
                elif code < _NEAREST and is_code(name):
                    code += 1
                    yield member_at(path, path, self.bounds, refusal)
                else:
                    others += 1
        yield SourceMember(folder, f"{folder}/…", files=others)

    def read(
        self, wanted: Collection[SourceMember], most: int = MAX_FILE
    ) -> Iterator[tuple[SourceMember, bytes | str]]:
        """The bytes of each wanted file, or why there are none."""
        for member in wanted:
            if member.refusal:
                yield member, member.refusal
                continue
            data = _bytes_of(os.path.join(self.root, str(member.key)), most)
            self._budget.spend(len(data))
            yield member, data


def _entries(folder: str, most: int) -> list[tuple[str, bool, str]]:
    """By name, what a folder holds: whether that is a folder, or why else it is not read.

    most  of them; a folder with more is too large to be looked at.

    The system's own entries are let go at once: each holds its whole path, and a class is
    large.
    """
    with os.scandir(folder) as listed:
        return sorted(
            (entry.name, entry.is_dir(follow_symlinks=False), _refusal(entry))
            for entry in islice(listed, most + 1)
        )


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
