"""A mistake is named when it is the only one that gives these answers."""

from __future__ import annotations

import numpy as np

from autograder.judging.diagnosis import diagnose
from autograder.judging.outcome import Raised, Returned

A, B = Returned(np.array([1.0, np.nan])), Returned(np.array([2.0, 3.0]))


def test_the_one_that_fits_in_every_case_is_named() -> None:
    """All cases must agree, NaN included."""
    assert diagnose([A, B], {"right": [A, B], "half": [A, A]}) == "right"


def test_two_that_fit_are_not_named() -> None:
    """Silence is better than a guess."""
    assert diagnose([A], {"one": [A, B], "two": [A, A]}) is None


def test_none_that_fits() -> None:
    """An unknown mistake has no name."""
    assert diagnose([A], {"one": [B]}) is None
    assert diagnose([], {"one": []}) is None


def test_exceptions_are_recognised_by_type_and_text() -> None:
    """math.exp on an array raises the same words for everybody."""
    raised = Raised("TypeError", "only length-1 arrays can be converted to Python scalars")
    other = Raised("TypeError", "unsupported operand")
    assert diagnose([raised], {"math": [raised], "other": [other], "value": [A]}) == "math"
