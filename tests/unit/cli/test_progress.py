"""What is said while a batch runs."""

from __future__ import annotations

import time

import pytest

from autograder.batch.workplace import Graded
from autograder.cli.progress import Progress
from autograder.model import Status
from tests.unit.gradebook.support import report


def progress(seconds: float, total: int, *reports: object) -> Progress:
    """So many seconds after the beginning."""
    found = Progress(total, started=time.monotonic() - seconds)
    for number, one in enumerate(reports):
        found.add(Graded(number, one, 0.0))
    return found


@pytest.mark.parametrize(
    ("seconds", "total", "points", "words"),
    [
        (3, 10, [], "starting"),
        (2, 8, [10, 5, 10, 5], "2.0/s, 0:02 left, mean 75 %"),
        (2, 4, [10, 10, 10, 10], "2.0/s, mean 100 %"),
        (600, 22, [10, 0], "300 s each, 1:40:00 left, mean 50 %"),
    ],
)
def test_rate_time_left_and_points_so_far(seconds, total, points, words):
    """Slow ones, such as trainings, by the seconds that each takes."""
    assert progress(seconds, total, *map(report, points)).words == words


def test_trouble_so_far():
    """How many a person will have to look at; they are in no mean."""
    fault = report(0, Status.GRADER_FAULT)
    assert progress(4, 4, fault, fault).words == "0.5/s, 0:04 left, 2 to look at"
