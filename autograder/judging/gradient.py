"""Gradients by finite differences, with an estimate of their own error.

Richardson's extrapolation of central differences, n = (4 D(h/2) − D(h)) / 3 with h = 2e-3,
is off by about 2e-12 on a small network; ê = |n − D(h/2)| / 15 bounds it from above.
(Richardson 1911; see Fornberg, "Generation of finite difference formulas", 1988.)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from autograder.errors import CourseError
from autograder.judging.closeness import TOLERANCE
from autograder.judging.compare import compare
from autograder.judging.outcome import Block

STEP = 2e-3
ALL_COORDINATES_UP_TO = 5_000  # parameters; beyond, random directions
DIRECTIONS = 3
SAME_DIRECTION = 1e-9  # how far the cosine of an angle may be from 1
STANDSTILL = 1e-6  # a cost that moves less than this by one unit does not move

Array = NDArray[np.float64]
Cost = Callable[[Mapping[str, Any]], Any]


class Numeric(msgspec.Struct, frozen=True):
    """A block's numeric gradient: by coordinate, or along `directions` (k, *shape)."""

    value: Any
    error: float  # 2-norm of the estimated error, with what rounding adds
    directions: Any = None


def numeric_gradient(
    cost: Cost, parameters: Mapping[str, Any], rng: np.random.Generator
) -> dict[str, Numeric]:
    """Differentiate `cost` at `parameters` (name -> array), block by block.

    Raises CourseError where the cost is not finite: the test point must be drawn better.
    """
    point = _point(parameters)
    scale = abs(_finite(cost(_copy(point))))
    whole = sum(array.size for array in point.values()) <= ALL_COORDINATES_UP_TO
    directions = {
        name: None if whole else _directions(rng, DIRECTIONS, array.shape)
        for name, array in point.items()
    }
    return {name: _block(cost, point, name, scale, directions[name]) for name in point}


def follows(
    cost: Cost, parameters: Mapping[str, Any], analytic: Any, rng: np.random.Generator
) -> bool:
    """True if `analytic` are the gradients of `cost`, as one random direction tells.

    For a yes or no, where the cost is dear: it is asked four times, for all blocks together.
    Where the cost does not move, nothing can be said for the gradients.

    Raises CourseError where the cost is not finite.
    """
    point = _point(parameters)
    direction = {name: _directions(rng, 1, array.shape) for name, array in point.items()}
    if not isinstance(analytic, Mapping) or not point.keys() <= analytic.keys():
        return False
    projected = []
    for name in point:
        block = _projected(analytic[name], direction[name])
        if block is None:
            return False
        projected.append(block)
    step = {name: each[0] for name, each in direction.items()}
    value, error = _richardson(
        *(np.array([_central(cost, point, step, size)]) for size in (STEP, STEP / 2))
    )
    error += _rounding(abs(value[0]), 1)
    allowed = TOLERANCE * float(np.linalg.norm(projected)) + 10 * error
    return bool(abs(value[0]) > STANDSTILL and abs(value[0] - np.sum(projected)) <= allowed)


def follows_but_for_a_factor(
    cost: Cost, parameters: Mapping[str, Any], analytic: Any, rng: np.random.Generator
) -> bool:
    """True if `analytic` are the gradients of `cost` times any constant, as directions tell.

    Raises CourseError where the cost is not finite.
    """
    point = _point(parameters)
    numeric, projected = [], []
    for _ in range(DIRECTIONS):
        direction = {name: _directions(rng, 1, array.shape) for name, array in point.items()}
        step = {name: each[0] for name, each in direction.items()}
        blocks = [_projected(analytic[name], direction[name]) for name in point]
        numeric.append(
            _richardson(
                *(np.array([_central(cost, point, step, size)]) for size in (STEP, STEP / 2))
            )[0][0]
        )
        projected.append(sum(float(block[0]) for block in blocks if block is not None))
    length = float(np.linalg.norm(numeric)) * float(np.linalg.norm(projected))
    return bool(length - abs(np.dot(numeric, projected)) <= SAME_DIRECTION * length)


def judge_gradient(
    numeric: Mapping[str, Numeric], analytic: Any, sizes: Mapping[str, int]
) -> tuple[Block, ...]:
    """Compare analytic gradients with numeric ones; one block for each parameter."""
    expected: dict[str, Any] = {}
    slack: dict[str, float] = {}
    if not isinstance(analytic, Mapping):
        return compare({name: block.value for name, block in numeric.items()}, analytic)
    found = {f"the gradient of {name}": value for name, value in analytic.items()}
    for name, block in numeric.items():
        name = f"the gradient of {name}"
        expected[name] = block.value
        slack[name] = 10 * block.error
        if block.directions is not None and name in found:
            projected = _projected(found[name], block.directions)
            if projected is None:  # let its shape be said, and nothing else
                expected[name] = np.full(block.directions.shape[1:], np.nan)
            else:
                found[name] = projected
    return compare(expected, found, sizes=sizes, slack=slack)


def _block(
    cost: Cost,
    point: dict[str, Array],
    name: str,
    scale: float,
    directions: Array | None,
) -> Numeric:
    shape = point[name].shape
    steps = np.eye(point[name].size).reshape(-1, *shape) if directions is None else directions
    coarse = np.array([_central(cost, point, {name: step}, STEP) for step in steps])
    fine = np.array([_central(cost, point, {name: step}, STEP / 2) for step in steps])
    value, error = _richardson(coarse, fine)
    error += _rounding(scale, len(steps))
    if directions is None:
        return Numeric(value.reshape(shape), error)
    return Numeric(value, error, directions)


def _richardson(coarse: Array, fine: Array) -> tuple[Array, float]:
    """The extrapolated derivatives, and the estimate of their error."""
    value = (4 * fine - coarse) / 3
    return value, float(np.linalg.norm(value - fine)) / 15


def _rounding(scale: float, count: int) -> float:
    """The error that rounding adds to `count` derivatives of a cost of this size."""
    return float(4 * np.finfo(float).eps * max(scale, 1.0) / STEP * math.sqrt(max(count, 1)))


def _directions(rng: np.random.Generator, count: int, shape: tuple[int, ...]) -> Array:
    """Random ones, of entries between 1/2 and 1 in size.

    Were all of one size, then errors in two entries would cancel in half of the draws.
    """
    signs = rng.choice([-1.0, 1.0], size=(count, *shape))
    return signs * rng.uniform(0.5, 1.0, size=signs.shape)


def _central(
    cost: Cost, point: dict[str, Array], direction: Mapping[str, Array], step: float
) -> float:
    costs = []
    for sign in (1, -1):
        moved = _copy(point)
        for name, along in direction.items():
            moved[name] += sign * step * along
        costs.append(_finite(cost(moved)))
    return (costs[0] - costs[1]) / (2 * step)


def _finite(cost: Any) -> float:
    value = np.asarray(cost, dtype=float)
    if value.size != 1 or not np.all(np.isfinite(value)):
        raise CourseError(f"Expected a finite cost, but got cost={cost!r}.")
    return float(value.reshape(()))


def _point(parameters: Mapping[str, Any]) -> dict[str, Array]:
    return {name: np.array(value, dtype=float) for name, value in parameters.items()}


def _copy(point: Mapping[str, Array]) -> dict[str, Array]:
    return {name: array.copy() for name, array in point.items()}


def _projected(gradient: Any, directions: Array) -> Array | None:
    """The derivative along each direction; None for what is no array of that shape."""
    try:
        array = np.asarray(gradient)
    except ValueError:
        return None
    if array.dtype.kind not in "biuf" or array.shape != directions.shape[1:]:
        return None
    return np.array([float(np.sum(array * direction)) for direction in directions])
