"""A reference in a guest of its own ends with what it opened."""

from __future__ import annotations

import gc
import warnings
from pathlib import Path

from autograder.answers.choice import forget, live_key
from autograder.course import course

EXAMPLE = Path(__file__).parents[3] / "examples" / "python"


def test_a_reference_in_a_cycle_leaves_nothing_open() -> None:
    """Whatever the collector finds first, the guests are closed."""
    key = live_key(course.load(EXAMPLE).assignment("bookshelf"), 3)
    assert "Shelf" in key.signatures
    key.reference.cycle = key.reference  # type: ignore[attr-defined]
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        del key
        forget()
        gc.collect()
    assert [str(one.message) for one in said] == []
