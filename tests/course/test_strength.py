"""How many small changes of each reference its checks catch, and where the others are.

Every third is tried; `grade verify NAME --mutants` tries all, and shows those not caught.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import course
from autograder.verify import strength

# A mutant that hangs takes all of its check's time. `grade verify --mutants` tries all of them.


@pytest.mark.timeout(600)  # each grades up to seventy mutants
@pytest.mark.parametrize(
    ("name", "step", "missed"),
    [
        # zip(..., strict=True), where the lengths are the same
        ("assignment1", 3, {"dot"}),
        # the same, and defaults of learning rate and epochs, which the checks give themselves
        ("assignment2", 6, {"Perceptron", "Adaline"}),
        # the seed; products that are the same for one output; when the cost is printed
        ("assignment3", 3, {"initialize_parameters", "backward_propagation", "nn_model"}),
        ("assignment4", 6, set()),
    ],
)
def test_what_is_not_caught_is_no_mistake(
    root: Path, name: str, step: int, missed: set[str]
) -> None:
    """Nine in ten are caught; a check that becomes blind shows here by its function."""
    found = strength(course.load(root).assignment(name), step=step)
    assert {one.of for one in found.missed} <= missed, found.missed
    assert found.caught > 9 * len(found.missed)
    lines = {(one.of, one.line) for one in found.missed}
    assert len(lines) <= 7, "each is one of a few lines"
