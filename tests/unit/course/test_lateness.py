"""Deadlines, time zones, and what a day is."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from autograder.course.lateness import Late, lateness


def policy(**settings: Any) -> Late:
    """As `course.toml` would be read, in Berlin, with one deadline."""
    given = {
        "zone": "Europe/Berlin",
        "percent_per_day": 10,
        "deadlines": {"a": "2026-11-20T23:59:00"},
        **settings,
    }
    return msgspec.convert(given, Late)


@pytest.mark.parametrize(
    ("submitted", "percent"),
    [
        ("2026-11-20T23:59:00+01:00", 0),
        ("2026-11-20T23:59:01+01:00", 10),
        ("2026-11-20T22:59:00+00:00", 0),  # the same moment, in UTC
        ("2026-11-20T22:59:01Z", 10),
        ("2026-11-21T07:58:59+09:00", 0),  # in Tokyo it is tomorrow already
        ("2026-11-22T07:30:00+09:00", 10),  # and here the second day after
        ("2026-11-20T23:59:00", 0),  # without a zone, in the course's
        ("2026-11-21T23:59:00+01:00", 10),
        ("2026-11-21T23:59:01+01:00", 20),
        ("2026-11-25T12:00:00+01:00", 50),
        ("2027-11-20T12:00:00+01:00", 100),
    ],
)
def test_each_day_begun_costs(submitted, percent):
    """In the zone of the course, wherever the submission's clock was."""
    assert lateness(policy(), "a", "doe", submitted, None).percent == percent


@pytest.mark.parametrize(
    ("deadline", "submitted", "percent"),
    [
        # Clocks go back on 25 October: the day after this deadline has 25 hours.
        ("2026-10-24T12:00:00", "2026-10-25T12:00:00+01:00", 10),
        ("2026-10-24T12:00:00", "2026-10-25T12:00:01+01:00", 20),
        # They go forward on 29 March: that day has 23.
        ("2026-03-28T12:00:00", "2026-03-29T12:00:00+02:00", 10),
        ("2026-03-28T12:00:00", "2026-03-29T12:00:01+02:00", 20),
    ],
)
def test_a_day_is_one_of_the_calendar(deadline, submitted, percent):
    """Also when clocks change: the same time on the next day is one day later."""
    late = policy(deadlines={"a": deadline})
    assert lateness(late, "a", "doe", submitted, None).percent == percent


def test_grace_is_not_late_and_then_counts():
    """A minute after it, the whole first day costs."""
    late = policy(grace_minutes=15)
    assert lateness(late, "a", "doe", "2026-11-21T00:14:00+01:00", None).percent == 0
    after = lateness(late, "a", "doe", "2026-11-21T00:14:01+01:00", None)
    assert (after.percent, after.remark) == (10, "1 day late")


def test_there_is_a_most():
    """Nobody loses more than the cap."""
    late = policy(at_most_percent=30)
    found = lateness(late, "a", "doe", "2026-12-20T00:00:00+01:00", None)
    assert (found.percent, found.remark) == (30, "30 days late")


def test_an_extension_is_one_students():
    """It comes before the deadline of all, and names its own zone if it likes."""
    late = policy(extensions={"a": {"doe": "2026-11-24T00:00:00+00:00"}})
    assert lateness(late, "a", "doe", "2026-11-24T01:00:00+01:00", None).percent == 0
    assert lateness(late, "a", "doe", "2026-11-24T01:00:01+01:00", None).percent == 10
    assert lateness(late, "a", "roe", "2026-11-24T01:00:00+01:00", None).percent == 40


@pytest.mark.parametrize(
    ("assignment", "submitted", "marked", "remark"),
    [
        ("a", None, None, ""),
        ("a", None, False, ""),
        ("a", None, True, "marked late, but not by how much"),
        ("b", "2026-11-24T01:00:00+01:00", True, "marked late, but no deadline is set"),
        ("b", "2026-11-24T01:00:00+01:00", None, ""),
    ],
)
def test_what_is_not_known_costs_nothing(assignment, submitted, marked, remark):
    """A person reads the remark and decides."""
    found = lateness(policy(), assignment, "doe", submitted, marked)
    assert (found.percent, found.remark) == (0, remark)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"zone": "Europe/Berlim"}, "Europe/Berlim"),
        ({"zone": "../etc"}, "zone"),
        ({"grace_minutes": -1}, "grace_minutes"),
        ({"percent_per_day": 101}, "percent_per_day"),
        ({"at_most_percent": -5}, "at_most_percent"),
        ({"deadlines": {"a": "tomorrow"}}, "deadlines"),
        ({"per_day": 3}, "per_day"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(settings, words):
    """With the value that was given."""
    with pytest.raises(msgspec.ValidationError, match=words):
        policy(**settings)
