"""Finite differences: precise, aware of their own error, and hard to deceive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from autograder.errors import CourseError
from autograder.judging.gradient import (
    follows,
    follows_but_for_a_factor,
    judge_gradient,
    numeric_gradient,
)

Point = dict[str, np.ndarray]


def network(seed: int, n_x: int = 3, n_h: int = 4, m: int = 7) -> tuple[Any, Point, Point]:
    """A network with one hidden layer: its cost, a point, and the exact gradient there."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_x, m))
    Y = (np.arange(m) % 2 == 0).astype(float)[None]
    point = {
        "W1": 0.7 * rng.normal(size=(n_h, n_x)),
        "b1": 0.3 * rng.normal(size=(n_h, 1)),
        "W2": 0.7 * rng.normal(size=(1, n_h)),
        "b2": 0.3 * rng.normal(size=(1, 1)),
    }

    def forward(p: Mapping[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        hidden = np.tanh(p["W1"] @ X + p["b1"])
        return hidden, 1 / (1 + np.exp(-(p["W2"] @ hidden + p["b2"])))

    def cost(p: Mapping[str, np.ndarray]) -> float:
        output = forward(p)[1]
        return float(-np.mean(Y * np.log(output) + (1 - Y) * np.log(1 - output)))

    hidden, output = forward(point)
    error = (output - Y) / m
    back = (point["W2"].T @ error) * (1 - hidden**2)
    exact = {
        "W1": back @ X.T,
        "b1": back.sum(axis=1, keepdims=True),
        "W2": error @ hidden.T,
        "b2": error.sum(axis=1, keepdims=True),
    }
    return cost, point, exact


@pytest.mark.parametrize("seed", range(20))
def test_right_gradients_pass(seed: int) -> None:
    """The exact gradient agrees with the numeric one to 1e-9, and earns everything."""
    cost, point, exact = network(seed)
    numeric = numeric_gradient(cost, point, np.random.default_rng(0))
    for name, block in numeric.items():
        assert np.linalg.norm(block.value - exact[name]) <= 1e-9 * np.linalg.norm(exact[name])
    assert all(block.credit == 1 for block in judge_gradient(numeric, exact, {}))


@pytest.mark.parametrize("seed", range(20))
def test_the_estimate_covers_the_error(seed: int) -> None:
    """Ten times the estimated error is above the true one: it is safe to allow."""
    cost, point, exact = network(seed)
    for name, block in numeric_gradient(cost, point, np.random.default_rng(0)).items():
        assert np.linalg.norm(block.value - exact[name]) <= 10 * block.error
        assert block.error < 1e-7


@pytest.mark.parametrize("name", ["W1", "b1", "W2", "b2"])
def test_a_small_error_in_one_block_is_seen(name: str) -> None:
    """One part in ten thousand, in one entry of one block, costs that block alone."""
    cost, point, exact = network(1)
    numeric = numeric_gradient(cost, point, np.random.default_rng(0))
    exact[name].flat[0] += 1e-4 * np.linalg.norm(exact[name])
    credits = {block.where: block.credit for block in judge_gradient(numeric, exact, {})}
    assert credits.pop(f"the gradient of {name}") < 1
    assert set(credits.values()) == {1}


def test_single_precision_gradients_pass() -> None:
    """Precision lost in float32 is not a wrong derivation."""
    cost, point, exact = network(2)
    numeric = numeric_gradient(cost, point, np.random.default_rng(0))
    single = {name: block.astype(np.float32) for name, block in exact.items()}
    assert all(block.credit == 1 for block in judge_gradient(numeric, single, {}))


def test_many_parameters_are_judged_along_directions() -> None:
    """Beyond 5,000 parameters three random directions replace the coordinates."""
    cost, point, exact = network(3, n_x=600, n_h=10, m=9)
    numeric = numeric_gradient(cost, point, np.random.default_rng(0))
    assert np.shape(numeric["W1"].value) == (3,)
    assert all(block.credit == 1 for block in judge_gradient(numeric, exact, {}))
    exact["W1"] = exact["W1"] * 1.01
    credits = {block.where: block.credit for block in judge_gradient(numeric, exact, {})}
    assert credits.pop("the gradient of W1") == 0
    assert set(credits.values()) == {1}
    exact["W1"] = exact["W1"].T
    block = judge_gradient(numeric, exact, {})[0]
    assert block.credit == 0
    assert "(600, 10); (10, 600) is needed" in block.message


@pytest.mark.parametrize("seed", range(50))
def test_one_direction_tells_whether_gradients_follow_a_cost(seed: int) -> None:
    """Errors in two entries or in two blocks do not cancel, whatever is drawn."""
    cost, point, exact = network(4)
    assert follows(cost, point, exact, np.random.default_rng(seed))
    for one, other in (("W1", "W1"), ("W1", "b2")):
        wrong = {name: block.copy() for name, block in exact.items()}
        wrong[one].flat[0] += 1e-3
        wrong[other].flat[-1] += 1e-3
        assert not follows(cost, point, wrong, np.random.default_rng(seed))


def test_nothing_follows_a_cost_that_stands_still() -> None:
    """Nor does what is no mapping, lacks a block or has another shape."""
    cost, point, exact = network(4)
    rng = np.random.default_rng(0)
    zeros = {name: np.zeros_like(block) for name, block in exact.items()}
    assert not follows(lambda _: 0.7, point, zeros, rng)
    assert not follows(cost, point, list(exact.values()), rng)
    assert not follows(cost, point, {"W1": exact["W1"]}, rng)
    assert not follows(cost, point, exact | {"W1": exact["W1"].T}, rng)


def test_a_cost_that_is_not_finite_is_the_course_s_mistake() -> None:
    """A test point where the cost is nan can judge nobody."""
    with pytest.raises(CourseError, match="Expected a finite cost, but got cost=nan"):
        numeric_gradient(lambda p: float("nan"), {"W": np.ones(2)}, np.random.default_rng(0))


def test_the_point_is_left_alone() -> None:
    """A cost that changes its argument in place spoils nothing."""
    point = {"W": np.array([1.0, 2.0])}

    def cost(p: Mapping[str, np.ndarray]) -> float:
        value = float(np.sum(p["W"] ** 2))
        p["W"][:] = 0
        return value

    numeric = numeric_gradient(cost, point, np.random.default_rng(0))
    assert np.allclose(numeric["W"].value, [2.0, 4.0], rtol=1e-9)
    assert point["W"].tolist() == [1.0, 2.0]


def test_any_factor_is_forgiven_where_that_is_asked() -> None:
    """Three times the gradients point the same way; other gradients do not."""
    cost, point, exact = network(5)

    def follow(gradients: Mapping[str, np.ndarray]) -> bool:
        return follows_but_for_a_factor(cost, point, gradients, np.random.default_rng(1))

    assert follow(exact)
    assert follow({name: -3 * block for name, block in exact.items()})
    assert not follow({**exact, "W1": 0 * exact["W1"]})
    assert not follow({name: np.ones_like(block) for name, block in exact.items()})
