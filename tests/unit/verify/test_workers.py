"""Work on many items in processes of their own."""

from __future__ import annotations

import os

import pytest

from autograder.errors import GradeError
from autograder.verify.workers import workers


def test_results_come_in_the_order_of_the_items():
    """With one process and with two."""
    for jobs in (1, 2):
        with workers(jobs) as mapped:
            assert list(mapped(str.upper, ["c", "a", "b"])) == ["C", "A", "B"]


def test_a_process_that_ends_is_said():
    """It is no fault of the assignment's, and the message says what helps."""
    with pytest.raises(GradeError, match="has ended") as caught, workers(2) as mapped:
        list(mapped(os._exit, [9]))
    assert "--jobs 1" in caught.value.hint
