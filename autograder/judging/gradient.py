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
from autograder.judging.compare import compare
from autograder.judging.outcome import Block

STEP = 2e-3
ALL_COORDINATES_UP_TO = 5_000  # parameters; beyond, random directions
DIRECTIONS = 3

Array = NDArray[np.float64]
Cost = Callable[[Mapping[str, Any]], Any]


class Numeric(msgspec.Struct, frozen=True):
    """A block's numeric gradient: by coordinate, or along `directions` (k, *shape)."""

    value: Any
    error: float  # 2-norm of the estimated error, with what rounding adds
    directions: Any = None


def numeric_gradient(
    cost: Cost,
    parameters: Mapping[str, Any],
    rng: np.random.Generator,
    *,
    sparingly: bool = False,
) -> dict[str, Numeric]:
    """Differentiate `cost` at `parameters` (name -> array), block by block.

    sparingly   along one random direction for each block, where the cost is dear.

    Raises CourseError where the cost is not finite: the test point must be drawn better.
    """
    point = {name: np.array(value, dtype=float) for name, value in parameters.items()}
    scale = abs(_finite(cost(_copy(point))))
    whole = sum(array.size for array in point.values()) <= ALL_COORDINATES_UP_TO
    directions = {
        name: None
        if whole and not sparingly
        else _directions(rng, 1 if sparingly else DIRECTIONS, array.shape)
        for name, array in point.items()
    }
    return {name: _block(cost, point, name, scale, directions[name]) for name in point}


def judge_gradient(
    numeric: Mapping[str, Numeric], analytic: Any, sizes: Mapping[int, str]
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
    coarse = np.array([_central(cost, point, name, step, STEP) for step in steps])
    fine = np.array([_central(cost, point, name, step, STEP / 2) for step in steps])
    value = (4 * fine - coarse) / 3
    estimate = float(np.linalg.norm(value - fine)) / 15
    rounding = 4 * np.finfo(float).eps * max(scale, 1.0) / STEP * math.sqrt(max(len(steps), 1))
    if directions is None:
        return Numeric(value.reshape(shape), estimate + rounding)
    return Numeric(value, estimate + rounding, directions)


def _directions(rng: np.random.Generator, count: int, shape: tuple[int, ...]) -> Array:
    """Random ones, of entries between 1/2 and 1 in size.

    Were all of one size, then errors in two entries would cancel in half of the draws.
    """
    signs = rng.choice([-1.0, 1.0], size=(count, *shape))
    return signs * rng.uniform(0.5, 1.0, size=signs.shape)


def _central(
    cost: Cost, point: dict[str, Array], name: str, direction: Array, step: float
) -> float:
    costs = []
    for sign in (1, -1):
        moved = _copy(point)
        moved[name] += sign * step * direction
        costs.append(_finite(cost(moved)))
    return (costs[0] - costs[1]) / (2 * step)


def _finite(cost: Any) -> float:
    value = np.asarray(cost, dtype=float)
    if value.size != 1 or not np.all(np.isfinite(value)):
        raise CourseError(f"Expected a finite cost, but got cost={cost!r}.")
    return float(value.reshape(()))


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
