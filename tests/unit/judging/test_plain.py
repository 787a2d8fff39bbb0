"""Sets, ranges, dates and exact numbers are compared by what they are, and said in words."""

from __future__ import annotations

import datetime
from collections import deque
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.judging.compare import compare
from autograder.judging.fingerprint import Fingerprint
from autograder.judging.outcome import Block, Returned
from autograder.judging.plain import as_list
from autograder.judging.words import describe

DAY = datetime.date(2026, 11, 27)
NOON = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)
EAST = datetime.timezone(datetime.timedelta(hours=1))


def one(expected: Any, actual: Any) -> Block:
    """The only block of a comparison."""
    (block,) = compare(expected, actual)
    return block


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        ({1, 2}, {2, 1}),
        ({1, 2}, frozenset({1, 2})),
        (frozenset({"a"}), {"a"}),
        ({0.3}, {0.1 + 0.2}),
        ({(1, 0.3)}, {(1, 0.1 + 0.2)}),
        (set(), set()),
        (range(3), [0, 1, 2]),
        ([0, 1, 2], range(3)),
        (range(0, 10, 3), range(0, 12, 3)),
        (deque([1, 2]), [1, 2]),
        (["a", "b"], deque(["a", "b"])),
        (DAY, datetime.date(2026, 11, 27)),
        (NOON, datetime.datetime(2026, 11, 27, 13, tzinfo=EAST)),
        (datetime.timedelta(hours=1), datetime.timedelta(seconds=3600)),
        (Decimal("0.50"), Decimal("0.5")),
        (Fraction(1, 2), Fraction(2, 4)),
        (0.5, Fraction(1, 2)),
        (0.5, Decimal("0.5")),
        ({"days": [DAY]}, {"days": [DAY]}),
    ],
)
def test_right_values_earn_everything(expected: Any, actual: Any) -> None:
    """Also in another form that means the same."""
    assert all(block.credit == 1 for block in compare(expected, actual))


@pytest.mark.parametrize(
    ("expected", "actual", "message"),
    [
        ({1, 2, 3}, {1, 2}, "The set lacks 3."),
        ({1, 2}, {1, 2, 5}, "The set has 5, which does not belong in it."),
        (
            {1, 2, 3},
            {1, 2, 9, 10},
            "The set lacks 3 and has 9, 10, which do not belong in it.",
        ),
        ({1}, set(range(2, 9)), "The set lacks 1 and has 2, 3, 4 and 4 more, which do not"),
        ({1, 2}, [1, 2], "The answer is a list of 2 values; a set of 2 values is needed."),
        ({1, 2}, None, "the answer is None; a set of 2 values is needed."),
        (DAY, "2026-11-27", "the text '2026-11-27'; the date 2026-11-27 is needed."),
        (DAY, NOON, "the date and time 2026-11-27 12:00:00+00:00; the date 2026-11-27 is"),
        (Decimal("0.3"), 0.3, "is the number 0.3; the Decimal 0.3 is needed."),
        (Fraction(1, 3), Fraction(1, 2), "is the fraction 1/2; the fraction 1/3 is needed."),
        (0.5, Decimal("0.3"), "The answer is 0.3; 0.5 is right."),
        (0.5, Decimal("1e99999"), "The answer is not finite"),
        (0.5, Fraction(10**999), "is the fraction 1000"),
        ([0, 1], range(10**18), "needed"),
    ],
)
def test_wrong_values_earn_nothing_and_are_said(
    expected: Any, actual: Any, message: str
) -> None:
    """What it is and what is needed, and of a set its members that differ."""
    block = one(expected, actual)
    assert block.credit == 0
    assert message.lower() in block.message.lower()


@given(st.frozensets(st.integers() | st.text() | st.floats(allow_nan=False), max_size=6))
def test_a_set_is_told_apart_from_others(members: frozenset[Any]) -> None:
    """Its fingerprint fits itself, however it was built, and no set with one member more."""
    again = frozenset(sorted(members, key=repr, reverse=True))
    packed = Fingerprint(Returned(members)).packed
    assert Fingerprint(Returned(set(again))).fits(packed)
    assert not Fingerprint(Returned(members | {("one", "more")})).fits(packed)


def test_they_have_names() -> None:
    """Each says what it is."""
    assert describe({1}) == "a set of 1 value"
    assert describe(deque("ab")) == "a deque of 2 values"
    assert describe(range(3)) == "range(0, 3)"
    assert describe(datetime.timedelta(1)) == "the time span 1 day, 0:00:00"


def test_a_range_is_a_list_where_it_is_not_too_long() -> None:
    """By the number of its items, not by its ends."""
    assert as_list(range(0, 10**9, 10**6)) == list(range(0, 10**9, 10**6))
    assert as_list(range(10, 0, -3)) == [10, 7, 4, 1]
    assert as_list(range(5, 0)) == []
    assert as_list(range(10**9)) == range(10**9)
