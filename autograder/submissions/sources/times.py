"""The time of a submission, as the systems write it, in ISO 8601 with its zone.

A time without a zone is worth nothing for a deadline: it becomes None, unless the zone of
whoever wrote it is known.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

# The names that RFC 5322 gives to offsets, in hours; of the others, those of Central Europe
# in German, which mean nothing else. All other abbreviations are ambiguous.
_NAMED = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2,
}  # fmt: skip
_NUMERIC = re.compile(
    r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?\s*([A-Za-z_/+-][\w/+:-]*)?"
)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)")
_CLOCK = r"(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?"
_HALF = r"(?:\s*(?P<half>[ap])\.?\s?m\.?)?"
_END = rf",?\s+(?:at\s|um\s|à\s|om\s|a las\s)?{_CLOCK}{_HALF}(?:\s+(?P<zone>[\w/+:-]+))?"
_WEEKDAY = r"(?:[^\W\d_]+\.?,?\s+(?:den\s)?)?"
# "Friday, 20 November 2026, 11:58 PM", "Freitag, 20. November 2026, 23:58" and the like.
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:\.|er|st|nd|rd|th)?\s+(?:de\s+)?(?P<month>[^\W\d_]+)\.?"
    rf",?\s+(?:de\s+)?(?P<year>\d{{4}}){_END}",
    re.IGNORECASE,
)
# "Friday, September 11, 2020 4:53:12 PM EDT".
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<month>[^\W\d_]+)\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}){_END}",
    re.IGNORECASE,
)
# "20.11.2026 23:58": where dots stand between the numbers, the day is first everywhere.
_DOTTED = re.compile(
    rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}){_END}", re.IGNORECASE
)
# How the months begin in English, German, French, Spanish, Dutch, Italian and Portuguese.
_MONTHS = (
    "jan ene gen", "feb fev", "mar mrz maa mrt", "apr avr abr", "may mai mei mag",
    "jun juin giu", "jul juil lug", "aug aou ago", "sep set", "oct okt ott out", "nov",
    "dec dez dic",
)  # fmt: skip


def iso_time(text: str, *, zone: str = "") -> str | None:
    """ "2020-09-11 16:53:12.0 Europe/Berlin", and the like with an offset or a zone's name.

    zone  of a time that names none.
    """
    match = _NUMERIC.fullmatch(text.strip())
    if match is None:
        return None
    day, clock, fraction, named = match.groups()
    clock = clock if clock.count(":") == 2 else f"{clock}:00"
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}.{(fraction or '0')[:6].ljust(6, '0')}")
    except ValueError:
        return None
    return _with_zone(moment, named or zone)


def long_time(text: str, *, zone: str = "") -> str | None:
    """A time in words, in one of seven languages, as Blackboard and Moodle write it."""
    said = " ".join(text.replace("\u202f", " ").split())
    for pattern in (_DAY_FIRST, _MONTH_FIRST, _DOTTED):
        match = pattern.fullmatch(said)
        if match is not None:
            moment = _moment(match)
            return None if moment is None else _with_zone(moment, match["zone"] or zone)
    return None


def any_time(text: str, *, zone: str) -> str | None:
    """A time in either way of writing."""
    return iso_time(text, zone=zone) or long_time(text, zone=zone)


def _moment(match: re.Match[str]) -> datetime | None:
    month = int(match["month"]) if match["month"].isdigit() else _month(match["month"])
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (match["half"].lower() == "p")
    try:
        return datetime(
            int(match["year"]), month, int(match["day"]),
            hour, int(match["minute"]), int(match["second"] or 0),
        )  # fmt: skip
    except ValueError:
        return None


def _month(word: str) -> int:
    """The number of the month; 0 for any other word."""
    letters = unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode()
    return next(
        (
            number
            for number, beginnings in enumerate(_MONTHS, 1)
            if letters.startswith(tuple(beginnings.split()))
        ),
        0,
    )


def _with_zone(moment: datetime, name: str) -> str | None:
    zone = _zone(name) if name else None
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
