"""Numbers, bars and characters."""

from __future__ import annotations

import pytest

from autograder.feedback.signs import SIGNS, TIERS, bar, number, shown
from autograder.model import Status, Tier


@pytest.mark.parametrize(
    ("points", "text"),
    [(15, "15"), (3.75, "3.75"), (0.29, "0.29"), (99.999, "99.99"), (0, "0")],
)
def test_number(points, text):
    """Points are short, and what is missing never rounds away."""
    assert number(points) == text


@pytest.mark.parametrize(
    ("points", "possible", "filled"),
    [(0, 10, 0), (0.01, 10, 1), (5, 10, 4), (9.99, 10, 7), (10, 10, 8), (0, 0, 0)],
)
def test_bar(points, possible, filled):
    """A bar is full only for all points and empty only for none."""
    assert bar(points, possible, ascii_only=True) == "#" * filled + "." * (8 - filled)


def test_shown_keeps_what_the_encoding_has():
    """A character is replaced only where the encoding lacks it."""
    assert shown("naïve ≥", "utf-8") == "naïve ≥"
    assert shown("naïve", "latin-1") == "naïve"
    assert shown("a ≥ b", "ascii") == "a >= b"
    assert shown("a\ud800b", "utf-8") == "a\\ud800b"


def test_every_status_and_tier_has_words():
    """Nothing that a report can say is without words."""
    assert set(SIGNS) == set(Status)
    assert set(TIERS) == set(Tier)


def test_what_a_status_is():
    """A fault of ours is no score, what waits is none either, and a limit is the student's."""
    assert [one for one in Status if one.ours] == [Status.GRADER_FAULT]
    assert {one for one in Status if not one.decided} == {Status.GRADER_FAULT, Status.SKIPPED}
    assert all(one.decided and one.missed for one in Status if one.stopped)
    assert not Status.PASSED.missed
