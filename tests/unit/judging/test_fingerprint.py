"""A few numbers that tell one answer from another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.judging.fingerprint import Fingerprint
from autograder.judging.outcome import Raised, Returned

W = np.array([[0.3, -0.7, 1.5], [1.1, 0.4, -2.0]])


def fits(one: Any, other: Any) -> bool:
    """Whether one answer fits the other's fingerprint."""
    return Fingerprint(Returned(one)).fits(Fingerprint(Returned(other)).packed)


@pytest.mark.parametrize(
    "answer",
    [W, 0.25, (W, {"W1": W, "b1": 3}), [np.nan, np.inf, 1.0], "text", None, 1e300 * W, 2 + 3j],
)
def test_an_answer_fits_its_own(answer: Any) -> None:
    """Whatever it is made of."""
    assert fits(answer, answer)


def test_rounding_fits() -> None:
    """Differences of 1e-8 are the order of operations."""
    assert fits(W * (1 + 1e-8), W)


@given(st.integers(0, W.size - 1), st.sampled_from([1e-3, -1e-2, 0.5, -3.0]))
def test_a_thousandth_does_not_fit(place: int, size: float) -> None:
    """A single entry that differs by a thousandth of the whole is another answer."""
    other = W.copy()
    other.flat[place] += size * np.linalg.norm(W)
    assert not fits(other, W)


@pytest.mark.parametrize(
    "other", [W.T, W.ravel(), (W,), {"W": W}, -W, None, np.full_like(W, np.nan)]
)
def test_another_form_does_not_fit(other: Any) -> None:
    """The same numbers in another shape, in something, or with a sign, are another answer."""
    assert not fits(other, W)


def test_exceptions_fit_by_type_and_text() -> None:
    """What raised the same words is the same."""
    one, other = Raised("ValueError", "shapes"), Raised("ValueError", "axes")
    assert Fingerprint(one).fits(Fingerprint(one).packed)
    assert not Fingerprint(one).fits(Fingerprint(other).packed)


@pytest.mark.parametrize("seed", range(5))
def test_rounding_fits_in_large_arrays(seed: int) -> None:
    """What is allowed grows with the array."""
    large = np.random.default_rng(seed).normal(size=10_000)
    assert fits(large * (1 + 5e-7), large)


def test_each_item_counts() -> None:
    """Texts and numbers in tuples, at any depth."""
    assert not fits((("a", 1.0), 2.0), (("b", 1.0), 2.0))
    assert not fits((("a", 1.0), 2.0), (("a", 1.5), 2.0))


def test_equal_answers_share_what_is_rounded() -> None:
    """Other sizes and other directions do not, and zeros have neither."""
    rounded = [Fingerprint(Returned(each)).rounded for each in (W, W.copy(), 2 * W, -W, 0 * W)]
    assert rounded[0] == rounded[1]
    assert len(set(rounded)) == 4
