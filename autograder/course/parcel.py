"""An assignment as bytes: all that grading needs of it, for a worker that shares no disk."""

from __future__ import annotations

import hashlib
import zlib
from functools import cached_property
from pathlib import Path

import msgspec

from autograder.course import course
from autograder.course.course import COURSE_FILE, SETTINGS_FILE, Assignment

SOURCES = ("solution.py", "misconceptions.py")


class Parcel(msgspec.Struct, frozen=True, dict=True):
    """One assignment, packed. The same assignment gives the same bytes."""

    assignment: str
    data: bytes

    @cached_property
    def digest(self) -> str:
        """By which a worker knows that it has unpacked it already."""
        return hashlib.sha256(self.data).hexdigest()

    def unpack(self, folder: Path) -> Assignment:
        """Write it below `folder`, which is a course afterwards, and load it."""
        files = msgspec.msgpack.decode(zlib.decompress(self.data), type=dict[str, bytes])
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return course.load(folder).assignment(self.assignment)


def pack(assignment: Assignment) -> Parcel:
    """Pack an assignment's settings, checks and data, and its reference or its recording."""
    name = assignment.name
    files = {COURSE_FILE: b'name = "packed"\n'}
    here = [assignment.folder / SETTINGS_FILE, assignment.folder / "checks.py"]
    for path in (*here, *assignment.files):
        files[f"assignments/{name}/{path.name}"] = path.read_bytes()
    if assignment.reference is None:
        path = assignment.recording
        files[f"assignments/{name}/{path.name}"] = path.read_bytes()
    else:
        sources = [assignment.reference / source for source in SOURCES]
        for path in (*sources, *assignment.hidden):
            if path.is_file():
                files[f"reference/{name}/{path.name}"] = path.read_bytes()
    return Parcel(name, zlib.compress(msgspec.msgpack.encode(files)))
