"""Zip and tar archives as containers, read as a stranger's bytes.

The standard library's readers raise whatever a broken or hostile archive makes them raise.
So every exception of theirs becomes an `IntakeError` of the archive, or the reason why one
member could not be read.
"""

from __future__ import annotations

from pathlib import Path

from autograder.submissions.sources.members import Container, SourceBounds
from autograder.submissions.sources.tars import Tar
from autograder.submissions.sources.zips import Zip

TAR_SUFFIXES = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tbz2")
SUFFIXES = (".zip", *TAR_SUFFIXES)
NOT_OPENED = (".rar", ".7z", ".gz", ".xz", ".bz2", ".zst", ".z")


def is_archive(name: str) -> bool:
    """True if a file of this name is opened."""
    return name.lower().endswith(SUFFIXES)


def archive(source: Path | bytes, name: str, bounds: SourceBounds) -> Container:
    """The archive in a file, or in bytes, called `name`."""
    kind = Zip if name.lower().endswith(".zip") else Tar
    return kind(source, name, bounds)
