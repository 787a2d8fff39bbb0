"""The changes since a file was last checked on this computer, for its reader alone."""

from __future__ import annotations

import contextlib
import hashlib
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, NamedTuple

import msgspec

from autograder.course import state
from autograder.feedback.signs import number
from autograder.model import Report
from autograder.sandbox.text import encodable
from autograder.wording import listed


class CheckedFile(msgspec.Struct, frozen=True):
    """One check of a file.

    digest   of the file's bytes.
    checks   each check's points and worth.
    folder   the assignment's folder; "" for a check on other inputs than the public ones.
    file     the file's path.
    next     the function to look at next; "" where all is right.
    """

    digest: str
    checks: dict[str, tuple[float, float]]
    folder: str = ""
    file: str = ""
    next: str = ""


class Last(NamedTuple):
    """The last check of an assignment on this computer, and when it was."""

    kept: CheckedFile
    time: float


def opened(assignment: str, seed: int, path: Path) -> IO[bytes] | None:
    """The notes on the file at `path`, open for reading and writing; None where that fails.

    It is opened before the grader gives up its right to write anywhere.
    """
    said = f"{assignment}\0{seed}\0{path.resolve()}"
    name = hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    try:
        place = _folder() / f"{name}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        return os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    except OSError:
        return None


def since(
    report: Report, digest: str, kept: IO[bytes], *, folder: Path | None = None, file: str = ""
) -> str:
    """The difference from the last check of the same file; keeps this one for the next.

    digest   of the file's bytes.
    kept     of the last check (`opened`). No score depends on it.
    folder   the assignment's, for `last_checks`; None where this is no check of its own.
    file     the file's path.
    """
    if report.ungraded:
        kept.close()
        return ""
    first = report.next
    now = CheckedFile(
        digest,
        {one.id: (one.points, one.possible) for one in report.checks},
        "" if folder is None else encodable(str(folder.resolve())),
        encodable(file),
        first.of if first else "",
    )
    try:
        with kept:
            kept.seek(0)
            raw = kept.read()
            kept.seek(0)
            kept.truncate()
            kept.write(msgspec.json.encode(now))
        before = msgspec.json.decode(raw, type=CheckedFile)
    except (OSError, msgspec.MsgspecError):  # a full disk, the first check, a damaged file
        return ""
    if before.digest == digest:
        return "This file has not changed since the last check."
    return _said(before.checks, now.checks)


def last_checks() -> dict[str, Last]:
    """The last check of each assignment, by the assignment's folder."""
    found: dict[str, Last] = {}
    with contextlib.suppress(OSError):
        for place in _folder().glob("*.json"):
            with contextlib.suppress(OSError, msgspec.MsgspecError):
                kept = msgspec.json.decode(place.read_bytes(), type=CheckedFile)
                last = Last(kept, place.stat().st_mtime)
                if kept.folder not in found or found[kept.folder].time < last.time:
                    found[kept.folder] = last
    return found


def saved(path: Path, now: datetime) -> str:
    """The time when the file was last written, or "" where nobody knows."""
    try:
        return when(path.stat().st_mtime, now)
    except (OSError, ValueError):
        return ""


def when(written: float, now: datetime) -> str:
    """The time when a file was written: "saved 14:02", with the date if that was not today."""
    try:
        time = datetime.fromtimestamp(written, now.tzinfo)
    except (OSError, OverflowError, ValueError):
        return ""
    if time.date() == now.date():
        return f"saved {time:%H:%M}"
    if time.date() == (now - timedelta(days=1)).date():
        return f"saved yesterday {time:%H:%M}"
    return f"saved {time:%Y-%m-%d %H:%M}"


def _folder() -> Path:
    return state.folder() / "checked"


def _said(before: dict[str, tuple[float, float]], now: dict[str, tuple[float, float]]) -> str:
    differences = {
        name: points - before[name][0]
        for name, (points, possible) in now.items()
        if name in before and before[name][1] == possible
    }
    parts = []
    for sign, factor in (("+", 1), ("-", -1)):
        changed = {name: factor * by for name, by in differences.items() if factor * by > 0}
        if changed:
            parts.append(
                f"{sign}{number(sum(changed.values()))} {listed(list(changed), most=3)}"
            )
    return f"Since the last check: {'; '.join(parts)}." if parts else ""
