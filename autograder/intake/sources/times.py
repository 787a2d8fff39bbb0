"""The time of a submission, as the systems write it, in ISO 8601 with its zone.

A time without a zone is worth nothing for a deadline, so it becomes None.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# The names that RFC 5322 gives to offsets, in hours; all other abbreviations are ambiguous.
_NAMED = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
_NUMERIC = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.(\d{1,6})\d*)?\s*([A-Za-z_/+-][\w/+:-]*)"
)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")


def iso_time(text: str) -> str | None:
    """ "2020-09-11 16:53:12.0 Europe/Berlin", and the like with an offset or a zone's name."""
    match = _NUMERIC.fullmatch(text.strip())
    if match is None:
        return None
    day, clock, fraction, zone = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}.{(fraction or '0').ljust(6, '0')}")
    except ValueError:
        return None
    return _with_zone(moment, zone)


def long_time(text: str) -> str | None:
    """ "Friday, September 11, 2020 4:53:12 PM EDT", as Blackboard writes it in English."""
    said, _, zone = text.strip().rpartition(" ")
    try:
        moment = datetime.strptime(said, "%A, %B %d, %Y %I:%M:%S %p")
    except ValueError:
        return None
    return _with_zone(moment, zone)


def _with_zone(moment: datetime, name: str) -> str | None:
    zone = _zone(name)
    return moment.replace(tzinfo=zone).isoformat() if zone is not None else None


def _zone(name: str) -> tzinfo | None:
    offset = _OFFSET.fullmatch(name)
    if offset is not None:
        sign, hours, minutes = offset.groups()
        distance = timedelta(hours=int(hours), minutes=int(minutes))
        if distance >= timedelta(days=1):
            return None
        return timezone(-distance if sign == "-" else distance)
    if name.upper() in _NAMED:
        hours_east = _NAMED[name.upper()]
        return timezone(timedelta(hours=hours_east)) if hours_east else UTC
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):  # no such zone, or not even a name of one
        return None
