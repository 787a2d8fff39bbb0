"""By the size of its numbers alone, no call is lost that has the same values as another."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.judging.closeness import same
from autograder.judging.sizes import Sizes

arrays = hnp.arrays(float, hnp.array_shapes(max_dims=2, max_side=9), elements=st.floats())
values = arrays | st.floats() | st.integers() | st.text(max_size=3) | st.lists(st.integers())


@given(st.lists(values, min_size=1, max_size=5), st.integers(0, 2**32 - 1))
def test_what_is_the_same_is_found(known: list[Any], seed: int) -> None:
    """Whatever a value is, and however far rounding has carried it, its own call is found."""
    noise = np.random.default_rng(seed)
    for value in known:
        near = value
        if isinstance(value, np.ndarray):
            with np.errstate(over="ignore"):
                near = value * (1 + 1e-9 * noise.uniform(-1, 1))
        found = Sizes([{"x": one} for one in known]).may_be({"x": near})
        assert {n for n, one in enumerate(known) if same(near, one, 1e-9)} <= set(found)


def test_most_others_are_passed_over() -> None:
    """Of a thousand drawn calls, one is left to look at."""
    rng = np.random.default_rng(0)
    calls = [{"x": rng.normal(size=3), "self.bias": float(rng.normal())} for _ in range(1000)]
    sizes = Sizes(calls)
    assert [sizes.may_be(call) for call in calls[:50]] == [[n] for n in range(50)]


@pytest.mark.parametrize("odd", [None, "text", {"W": 1.0}, math.nan, math.inf, 10**400])
def test_what_has_no_size_rules_nothing_out(odd: object) -> None:
    """A value that is not compared by its size leaves all calls to be looked at."""
    assert Sizes([{"x": 1.0, "y": odd}, {"x": 1.0}]).may_be({"y": odd}) == [0, 1]
