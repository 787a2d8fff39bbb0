"""Somebody listens to a grading: it decides nothing, and hears what there is to draw."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from autograder import submissions
from autograder.course import course
from autograder.grading.report import grade
from autograder.judging.outcome import Returned
from autograder.solution.observed import Observer

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("name", ["wrong_typical_mistakes", "broken_raises"])
def test_the_report_is_the_same_with_a_listener(name):
    """Verdicts, words and evidence are the same, and the answers were heard."""
    assignment = course.load(ROOT).assignments["assignment3"]
    path = ROOT / "reference" / "assignment3" / "submissions" / f"{name}.py"
    submission, observer = submissions.read(path), Observer()
    plain = grade(submission, assignment)
    heard = grade(submission, assignment, observer=observer)
    timeless = [
        replace(one, checks=tuple(replace(check, seconds=0.0) for check in one.checks))
        for one in (plain, heard)
    ]
    assert timeless[0] == timeless[1]
    assert observer.of("nothing of the kind") is None
    if name == "broken_raises":
        return
    sigmoid, corner = observer.of("sigmoid"), observer.of("learns_the_corner")
    assert sigmoid is not None
    assert corner is not None
    assert [event.name for event in sigmoid.cases[0]] == ["sigmoid"] * 3
    assert all(isinstance(one, Returned) for one in sigmoid.answers[0])
    assert corner.compared[0][0].shape == corner.compared[0][1].shape == (1000,)
