"""What is said of a small change that makes a function right."""

from __future__ import annotations

import pytest

from autograder.wording.fixes import fixed


def test_a_change_is_told_with_its_line_and_what_passes() -> None:
    """The pieces of code, the line, and the function."""
    said = fixed(("axis", "line 7", "axis=0", "axis=1"), "softmax")
    assert said.startswith("With axis=1 in place of axis=0 (line 7), your softmax passes")


@pytest.mark.parametrize(
    "change", [(), ("axis",), ("axis", "line 7"), ("unknown", "line 7", "{0}"), ("{where}",)]
)
def test_what_a_submission_made_up_is_no_failure(change: tuple[str, ...]) -> None:
    """The change comes from the student's process, and may be anything."""
    assert isinstance(fixed(change, "softmax"), str)


def test_braces_in_code_stay_as_they_are() -> None:
    """A piece of code is no pattern."""
    assert "{0.x}" in fixed(("spelling", "line 7", "{0.x}", "{where}"), "f")
