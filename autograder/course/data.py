"""The course's own data files, which lie beside a submission while it runs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from autograder.errors import CourseError
from autograder.model import Submission

MOST_BYTES = 32 << 20  # of all together


def with_data(submission: Submission, files: Sequence[Path]) -> Submission:
    """The submission with the course's files beside it, each in place of one of that name.

    Raises CourseError for a file that is missing, or too many bytes.
    """
    if not files:
        return submission
    ours = _read(tuple(files), tuple(_changed(path) for path in files))
    names = {name for name, _ in ours}
    theirs = [each for each in submission.files if each[0] not in names]
    return msgspec.structs.replace(submission, files=(*ours, *theirs))


def weights_beside(source: str) -> tuple[tuple[str, bytes], ...]:
    """The names and bytes of the safetensors files beside a reference's source."""
    found = sorted(Path(source).parent.glob("*.safetensors"))
    return tuple((path.name, path.read_bytes()) for path in found)


@lru_cache(maxsize=8)
def _read(files: tuple[Path, ...], changed: tuple[float, ...]) -> tuple[tuple[str, bytes], ...]:
    found = tuple((path.name, path.read_bytes()) for path in files)
    if sum(len(data) for _, data in found) > MOST_BYTES:
        raise CourseError(
            f"The files of {files[0].parent} have more than {MOST_BYTES >> 20} MB together.",
            hint="Keep a part of the data, or let the file make it.",
        )
    return found


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        raise CourseError(f"{path} is missing.", hint="assignment.toml names it.") from None
