"""The courses in examples/ are proved as any other course is."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.answers.choice import forget
from autograder.course import course
from autograder.verify import verify

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.iterdir()))
def test_an_example_course_is_proved(name: str) -> None:
    """Each of its assignments judges as it should, and its forms are those of its source."""
    try:
        for assignment in course.load(EXAMPLES / name).assignments.values():
            found = verify(assignment)
            assert found.ok, [line for line in found.lines if not line.ok]
    finally:
        forget()
