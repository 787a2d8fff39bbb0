"""What an object is made of, as far as that can be told without a library."""

from __future__ import annotations

import dataclasses
import enum
from typing import Any

import pytest

from autograder.sandbox.wire.apart import apart


class Colour(enum.Enum):
    """Two members."""

    RED = 1
    BLUE = 2


@dataclasses.dataclass
class Point:
    """Two numbers."""

    x: float
    y: float = 0.5


def test_members_and_records_come_apart() -> None:
    """A member by its name, a dataclass by its fields."""
    assert apart(Colour.BLUE) == ("member", "Colour", {"member": "BLUE"})
    assert apart(Point(2.0)) == ("record", "Point", {"fields": {"x": 2.0, "y": 0.5}})


@pytest.mark.parametrize(
    "value", [Colour, Point, object(), len, 1, "text", [1], {"a": 1}, None]
)
def test_what_is_no_such_object_stays_whole(value: Any) -> None:
    """Classes as well: they are made of nothing."""
    assert apart(value) is None
