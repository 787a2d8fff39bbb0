"""The data that goes into the gradebook and comes out, and the form in which it is kept."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime

import msgspec

from autograder.model import Cell, Report, Submission


class Basis(msgspec.Struct, frozen=True, kw_only=True):
    """All that decides a score beside the submission; on one basis, nothing is graded twice.

    key         the fingerprint of checks, limits and reference.
    framework   the autograder's version.
    """

    assignment: str
    seed: int
    key: str
    framework: str


class Change(msgspec.Struct, frozen=True):
    """One submission before and after a regrading."""

    student: str
    before: Report | None
    after: Report


class Standing(msgspec.Struct, frozen=True):
    """One submission and its grading; `report` is None while it has none."""

    id: int
    student: str
    source: str
    report: Report | None


class PastGrading(msgspec.Struct, frozen=True, kw_only=True):
    """One grading of a student, or a submission that has none yet (`state` is empty).

    submission   its number; several gradings may be of one.
    state        as in the table: "current", "candidate", "past", "ungraded".
    counts       whether points come from it.
    submitted    when the file was handed in, ISO 8601; None where no source says it.
    graded       when it was recorded, ISO 8601 in UTC.
    """

    submission: int
    name: str
    source: str
    digest: str
    submitted: str | None
    state: str = ""
    counts: bool = False
    points: float = 0.0
    possible: float = 0.0
    graded: str = ""


class Kept(msgspec.Struct, frozen=True):
    """A report as it is kept: what the same work gives on every machine, and apart from it
    the seconds that each check took here.
    """

    report: str
    timings: str

    @classmethod
    def of(cls, report: Report) -> Kept:
        """Take a report apart."""
        timings = {verdict.id: verdict.seconds for verdict in report.checks}
        checks = tuple(msgspec.structs.replace(v, seconds=0.0) for v in report.checks)
        timeless = msgspec.structs.replace(report, checks=checks)
        return cls(
            msgspec.json.encode(timeless).decode(), msgspec.json.encode(timings).decode()
        )

    def whole(self) -> Report:
        """The report as it was."""
        report = msgspec.json.decode(self.report, type=Report)
        timings = msgspec.json.decode(self.timings, type=dict[str, float])
        checks = tuple(
            msgspec.structs.replace(verdict, seconds=timings.get(verdict.id, 0.0))
            for verdict in report.checks
        )
        return msgspec.structs.replace(report, checks=checks)


class Content(msgspec.Struct, frozen=True):
    """A student's work, as it is kept: the code, and the files beside it."""

    cells: tuple[Cell, ...]
    files: tuple[tuple[str, bytes], ...] = ()


def packed(submission: Submission) -> bytes:
    """A submission's code and files, compressed; code alone as it ever was."""
    content = Content(submission.cells, submission.files)
    return zlib.compress(
        msgspec.msgpack.encode(content if submission.files else submission.cells)
    )


def unpacked(data: bytes) -> Content:
    """They again."""
    found = msgspec.msgpack.decode(zlib.decompress(data), type=tuple[Cell, ...] | Content)
    return found if isinstance(found, Content) else Content(found)


def now() -> str:
    """The time in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def in_utc(time: str | None) -> str | None:
    """A time with a zone, in UTC, so that earlier ones sort before later ones as text."""
    moment = datetime.fromisoformat(time) if time is not None else None
    if moment is None or moment.tzinfo is None:
        return time
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
