"""The quick rule for ordinary numbers decides as the careful one does."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.judging.closeness import TOLERANCE, is_close, norm, same

numbers = st.floats(allow_nan=False, width=64)
arrays = hnp.arrays(float, hnp.array_shapes(max_dims=2, max_side=4), elements=numbers)
SPECIAL = [math.nan, math.inf, -math.inf, 1e200, -1e300, 5e-324, 0.0]


@given(arrays, st.integers(0, 2**32 - 1), st.floats(-9, -3))
def test_close_is_what_the_norms_say(array: np.ndarray, seed: int, exponent: float) -> None:
    """For numbers of every size, as far as no difference of them is beyond all numbers."""
    assume(norm(array) < 1e300)
    noise = np.random.default_rng(seed).uniform(-1, 1, array.shape)
    other = array * (1 + 10**exponent * noise)
    gap, allowed = norm(array - other), TOLERANCE * norm(array) + 1e-12
    assume(abs(gap - allowed) > 1e-6 * allowed)  # where rounding would decide
    assert is_close(array, other) == (gap <= allowed)
    assert same(array, other) == (gap <= TOLERANCE * max(norm(array), norm(other)) + 1e-12)


@pytest.mark.parametrize("one", SPECIAL)
@pytest.mark.parametrize("other", SPECIAL)
def test_numbers_at_the_edge(one: float, other: float) -> None:
    """NaN is NaN, an infinity is itself, and what is too large to square is compared still."""
    a, b = np.array([1.0, one]), np.array([1.0, other])
    both_small = abs(one) < 1 and abs(other) < 1
    alike = one == other or both_small or (one != one and other != other)
    assert same(a, b) == is_close(a, b) == alike


@pytest.mark.parametrize("right", [np.array(20240101), np.array([10**9 + 7, 3])])
def test_integers_have_no_rounding(right: np.ndarray) -> None:
    """One more is another number, however large; floats that mean the same are the same."""
    more = right + np.eye(1, max(right.size, 1), dtype=int).reshape(right.shape)
    assert not is_close(right, more)
    assert not is_close(right, more.astype(float))
    assert not same(right, more)
    assert is_close(right, more, slack=2.0)
    assert is_close(right, right * (1 + 1e-15))
    assert is_close(right, right.astype(np.float32))
    assert is_close(np.array([True, False]), np.array([1, 0], np.uint8))
