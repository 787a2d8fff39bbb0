"""Lateness of a submission, and its cost: pure, from `course.toml` and two times.

[late]
zone = "Europe/Berlin"      # of every time below that names none
grace_minutes = 15          # so much later is not late
percent_per_day = 10        # of the points earned, for each day begun
at_most_percent = 50
[late.deadlines]
assignment3 = 2026-11-20T23:59:00
[late.extensions.assignment3]
doe = 2026-11-25T23:59:00   # a student, as the gradebook calls them
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from autograder.errors import CourseError, did_you_mean


class Late(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A course's late policy. Without a deadline nothing is late."""

    zone: str = "UTC"
    grace_minutes: float = 0.0
    percent_per_day: float = 0.0
    at_most_percent: float = 100.0
    deadlines: dict[str, datetime] = {}
    extensions: dict[str, dict[str, datetime]] = {}

    def __post_init__(self) -> None:
        try:
            ZoneInfo(self.zone)
        except (KeyError, ValueError, OSError):
            raise ValueError(
                f"expected a time zone such as 'Europe/Berlin', but got zone = {self.zone!r}"
            ) from None
        if self.grace_minutes < 0:
            raise ValueError(
                f"expected grace_minutes of at least 0, but got {self.grace_minutes:g}"
            )
        for name in ("percent_per_day", "at_most_percent"):
            percent = getattr(self, name)
            if not 0 <= percent <= 100:
                raise ValueError(f"expected {name} from 0 to 100, but got {percent:g}")

    def deadline(self, assignment: str, student: str) -> datetime | None:
        """The time when a student's work is due; an extension of theirs comes first."""
        own = self.extensions.get(assignment, {}).get(student)
        due = own if own is not None else self.deadlines.get(assignment)
        return None if due is None else _zoned(due, ZoneInfo(self.zone))

    def of_people(self, find: Callable[[str], str | None], known: Collection[str]) -> Late:
        """The same policy, whose extensions are of students as the gradebook calls them.

        find    what the gradebook calls somebody, whom the policy may call by another name.
        known   everybody, to name one who was meant.

        Raises CourseError for an extension of nobody, and for two of one student.
        """
        extensions: dict[str, dict[str, datetime]] = {}
        for assignment, own in self.extensions.items():
            found = extensions.setdefault(assignment, {})
            for name, due in own.items():
                student = find(name)
                where = f"course.toml: [late.extensions.{assignment}] names {name!r}"
                if student is None:
                    raise CourseError(
                        f"{where}, whom the gradebook does not know.",
                        hint=did_you_mean(
                            name,
                            known,
                            "Give it the roster, so that it knows everybody: --roster FILE",
                        ),
                    )
                if student in found:
                    raise CourseError(f"{where}, who has two extensions there.")
                found[student] = due
        return msgspec.structs.replace(self, extensions=extensions)


class Lateness(msgspec.Struct, frozen=True):
    """The cost of lateness: `percent` of the points earned; `remark` says why, or is empty."""

    percent: float = 0.0
    remark: str = ""


def lateness(
    policy: Late, assignment: str, student: str, submitted: str | None, marked: bool | None
) -> Lateness:
    """The lateness of one submission.

    submitted   ISO 8601; without a zone, in the policy's. None when nobody knows.
    marked      whether the source itself calls it late; None when it says nothing.

    A day is one of the calendar's: two days after a deadline at 23:59 end at 23:59, also
    where a clock changes in between. What comes after the grace period counts from the
    deadline.
    """
    due = policy.deadline(assignment, student)
    if submitted is None:
        return Lateness(0.0, "marked late, but not by how much") if marked else Lateness()
    if due is None:
        return Lateness(0.0, "marked late, but no deadline is set") if marked else Lateness()
    came = _zoned(datetime.fromisoformat(submitted), ZoneInfo(policy.zone))
    if came.timestamp() <= due.timestamp() + 60 * policy.grace_minutes:
        return Lateness()
    days = max(1, (came.astimezone(due.tzinfo).date() - due.date()).days)
    if (due + timedelta(days=days)).timestamp() < came.timestamp():
        days += 1
    percent = min(days * policy.percent_per_day, policy.at_most_percent)
    return Lateness(percent, f"{days} day{'s' if days > 1 else ''} late")


def _zoned(time: datetime, zone: tzinfo) -> datetime:
    """Aware, and in `zone` where it named none; arithmetic on it follows wall clocks."""
    return time.replace(tzinfo=zone) if time.tzinfo is None else time
