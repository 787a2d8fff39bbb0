"""Checks for assignment 3: a network with one hidden layer.

Examples are columns throughout. The weights are drawn far from the 0.01 of the first
parameters: around zero tanh is almost the identity, and a wrong derivative goes unseen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.authoring import (
    Expectation,
    GradientProbe,
    Solution,
    accuracy,
    check,
    expect,
    gradient,
    requirement,
    threshold,
)

Array = np.ndarray
Rng = np.random.Generator


def normal(rng: Rng, scale: float, rows: int, columns: int) -> Array:
    """Draw (rows, columns) numbers of spread `scale`, none beyond two standard deviations.

    Five hidden units then keep |Z2| below 8, where A2 is still clearly less than 1.
    """
    return scale * np.clip(rng.standard_normal((rows, columns)), -2, 2)


def some_sizes(rng: Rng) -> tuple[int, int, int]:
    """Draw n_x, n_h and m, all different, so that no mix-up of shapes goes unseen."""
    n_x, n_h = rng.permutation([2, 3, 4, 5])[:2]
    return int(n_x), int(n_h), int(rng.integers(4, 7))


def some_labels(rng: Rng, m: int) -> Array:
    """Draw labels of shape (1, m), as floats, with both classes among them."""
    labels = np.concatenate([[0, 1, 1], rng.integers(0, 2, m - 3)])
    return rng.permutation(labels).reshape(1, m).astype(float)


def some_parameters(rng: Rng, n_x: int, n_h: int) -> dict[str, Array]:
    """Draw parameters of a network with one output; the biases are not zero."""
    return {
        "W1": normal(rng, 0.7, n_h, n_x),
        "b1": normal(rng, 0.3, n_h, 1),
        "W2": normal(rng, 0.7, 1, n_h),
        "b2": normal(rng, 0.3, 1, 1),
    }


def a_network(rng: Rng) -> tuple[Array, Array, dict[str, Array]]:
    """Draw X (n_x, m), Y (1, m) and the parameters of a network that fits them."""
    n_x, n_h, m = some_sizes(rng)
    return normal(rng, 1, n_x, m), some_labels(rng, m), some_parameters(rng, n_x, n_h)


def make_corner(rng: Rng, m: int) -> tuple[Array, Array]:
    """Draw m points, half of them in a square and half in an L around two of its sides.

    X has the shape (2, m), Y the shape (1, m). No straight line is right about more than nine
    in ten. From the 0.01 weights a network bends the line within 100 or 200 steps, where two
    moons take five times as many: most of what grading takes is this training.
    """
    Y = rng.permutation(np.arange(m) % 2)
    square, around = rng.uniform(0.1, 1, (2, m)), rng.uniform(-0.3, 1, (2, m))
    around[rng.integers(0, 2, m), np.arange(m)] = rng.uniform(-0.3, 0, m)
    X = 4 * (np.where(Y == 1, square, around) - 0.35)
    return X, Y.reshape(1, m).astype(float)


def by_name(found: Any) -> dict[str, Any]:
    """A dictionary that was returned, with its keys in lower case: `dw1` will do for `dW1`."""
    if not isinstance(found, Mapping):
        raise TypeError("a dictionary is needed")
    return {str(key).lower(): value for key, value in found.items()}


@check(
    points=4,
    hint="Print X.shape and Y.shape for a small example, and read off which entry counts "
    "the features and which the examples.",
)
def layer_sizes(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The sizes are features, hidden units and outputs"""
    n_x, n_h, n_y, m = (int(size) for size in rng.permutation([2, 3, 5, 6, 8])[:4])
    X = normal(rng, 1, n_x, m)
    Y = rng.integers(0, 2, (n_y, m)).astype(float)
    return solution.layer_sizes(X, Y, n_h)


def entry(parameters: Any, name: str) -> Array:
    """The array of that name; empty where there is none, so that no property holds."""
    try:
        return np.asarray(by_name(parameters)[name.lower()], dtype=float)
    except (KeyError, TypeError, ValueError):
        return np.empty(0)


def seen_shape(values: Array) -> str:
    """What to say of an array's shape, or of its absence."""
    return (
        f"shape {values.shape}" if values.size else "it is not among the keys, or not numbers"
    )


def spread(values: Array) -> float:
    """The standard deviation; 0 for an empty array or one that is not finite."""
    return float(np.std(values)) if values.size and np.isfinite(values).all() else 0.0


def is_bell_shaped(values: Array) -> bool:
    """Whether the kurtosis is about the normal distribution's 3: a uniform one has 1.8."""
    if not spread(values) > 0:
        return False
    standard = (values - np.mean(values)) / np.std(values)
    return bool(2.5 < np.mean(standard**4) < 4)


def is_centred(values: Array) -> bool:
    """Whether the mean is zero, as far as chance allows for some thousand draws."""
    return spread(values) > 0 and bool(abs(np.mean(values)) < 0.15 * np.std(values))


def are_of_one_style(keys: set[str]) -> bool:
    """Whether keys are the task's, or all of them in small letters, or all in capitals."""
    wanted = {"W1", "b1", "W2", "b2"}
    styles = (wanted, {key.lower() for key in wanted}, {key.upper() for key in wanted})
    return any(style <= keys for style in styles)


@requirement(
    points=8,
    hint="Call it with three different sizes, such as initialize_parameters(2, 4, 1), and "
    "print each array and its shape.",
)
def initialize_parameters(
    solution: Solution, given: Solution, rng: Rng
) -> Iterator[Expectation]:
    """The weights start small, random and different; the biases at zero"""
    # Large layers, so that the spread of fair draws stays within 7 % of 0.01.
    n_x, n_h, n_y = (int(size) for size in rng.permutation([40, 50, 60]))
    parameters = solution.initialize_parameters(n_x, n_h, n_y)
    W1, b1, W2, b2 = (entry(parameters, name) for name in ("W1", "b1", "W2", "b2"))

    for name, values, shape, said in (
        ("W1", W1, (n_h, n_x), "W1 has the shape (n_h, n_x)"),
        ("W2", W2, (n_y, n_h), "W2 has the shape (n_y, n_h)"),
        ("b1", b1, (n_h, 1), "b1 is a column of the shape (n_h, 1)"),
        ("b2", b2, (n_y, 1), "b2 is a column of the shape (n_y, 1)"),
    ):
        saw = f"{seen_shape(values)}, where {name} of this network needs {shape}"
        yield expect(values.shape == shape, said, saw, form=True)
    yield expect(
        isinstance(parameters, Mapping) and are_of_one_style(set(map(str, parameters))),
        "the keys are W1, b1, W2 and b2, as the other functions ask for them",
        f"the keys {', '.join(map(str, parameters))}" if parameters else "no keys",
        form=True,
    )
    yield expect(
        b1.size > 0 and b2.size > 0 and not b1.any() and not b2.any(),
        "the biases start at zero",
        f"up to {max(abs(b1).max(initial=0), abs(b2).max(initial=0)):.3g}",
        form=True,
    )

    for name, W in (("W1", W1), ("W2", W2)):
        yield expect(
            0.0085 <= spread(W) <= 0.0115,
            f"{name} has a standard deviation of about 0.01",
            f"a standard deviation of {spread(W):.3g}",
        )
    yield expect(
        0 < spread(W1) < 0.1 and 0 < spread(W2) < 0.1,
        "the weights differ from one another, and are small",
        f"standard deviations of {spread(W1):.3g} and {spread(W2):.3g}",
    )
    yield expect(
        is_centred(W1) and is_centred(W2),
        "the weights are as often negative as positive",
        f"between {W1.min(initial=0):.3g} and {W1.max(initial=0):.3g} in W1, "
        f"between {W2.min(initial=0):.3g} and {W2.max(initial=0):.3g} in W2",
        form=True,
    )
    yield expect(
        is_bell_shaped(W1) and is_bell_shaped(W2),
        "the weights are drawn from a normal distribution",
        "another distribution",
    )
    repeated = float(np.mean(np.isin(W2, W1))) if W2.size else 1.0
    yield expect(
        repeated < 0.5,
        "W2 is drawn separately and does not repeat W1",
        f"{100 * repeated:.0f} % of W2's numbers are in W1 too",
        form=True,
    )


@check(
    points=5,
    cases=1,
    hint="Try sigmoid(0), which is 0.5, and sigmoid(2.2), which is about 0.9. Then try an "
    "array.",
)
def sigmoid(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The sigmoid squeezes numbers and whole arrays into 0 to 1"""
    table = normal(rng, 1.5, 3, 4)
    wide = rng.permutation(np.linspace(-30, 30, 7) + rng.uniform(-0.5, 0.5)).clip(-30, 30)
    number = float(rng.uniform(0.5, 3) * rng.choice([-1, 1]))
    return solution.sigmoid(table), solution.sigmoid(wide), solution.sigmoid(number)


@check(
    points=15,
    hint="Work through the example of the text with your function, and compare Z1, A1, Z2 "
    "and A2 one after the other: the first that differs shows the line.",
)
def forward_propagation(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Forward propagation returns A2 and the cache of Z1, A1, Z2, A2"""
    X, _, parameters = a_network(rng)
    return solution.forward_propagation(X, parameters)


@check(
    points=12,
    hint="Take one example with A2 = 0.5: it costs 0.6931, whatever its label. Then take "
    "two, and remember that the cost is their mean.",
)
def compute_cost(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The cost is the mean cross-entropy of all examples"""
    n_x, n_h, m = some_sizes(rng)
    A2 = rng.uniform(0.05, 0.95, (1, m))
    return solution.compute_cost(A2, some_labels(rng, m), some_parameters(rng, n_x, n_h))


@check(
    points=18,
    hint="Compare line by line with the six formulas, from dZ2 on: what comes later is "
    "made of what comes before.",
)
def backward_propagation(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Backward propagation returns dW1, db1, dW2 and db2"""
    X, Y, parameters = a_network(rng)
    # One feature in another unit: there a difference quotient with a fixed step is far off.
    X[0] *= 1e4
    parameters["W1"][:, 0] /= 1e4
    # The cache must belong to these parameters: 1 - tanh(Z1)**2 is right as well.
    _, cache = given.forward_propagation(X, parameters)
    return solution.backward_propagation(parameters, cache, X, Y)


@gradient(
    points=8,
    of="backward_propagation",
    hint="Nudge one weight by 0.001 up and down, divide the change of the cost by 0.002, "
    "and compare with your gradient: the first block that differs is where to look.",
)
def gradients_follow_the_cost(solution: Solution, given: Solution, rng: Rng) -> GradientProbe:
    """Nudging a parameter changes the cost as your gradient says"""
    X, Y, parameters = a_network(rng)
    _, cache = given.forward_propagation(X, parameters)

    def cost(nudged: Any) -> float:
        A2, _ = given.forward_propagation(X, nudged)
        value: float = given.compute_cost(A2, Y, nudged)
        return value

    grads = solution.backward_propagation(parameters, cache, X, Y)
    found = by_name(grads)
    # A gradient that is missing costs its own share only.
    present = [name for name in parameters if "d" + name.lower() in found]
    return cost, parameters, {name: found["d" + name.lower()] for name in present}


@check(
    points=8,
    cases=2,
    hint="Do one step by hand: a weight of 2, a gradient of 0.5 and a learning rate of 0.1 "
    "give 1.95.",
)
def update_parameters(solution: Solution, given: Solution, rng: Rng) -> Any:
    """One step goes downhill, as far as the learning rate says"""
    n_x, n_h, _ = some_sizes(rng)
    parameters = some_parameters(rng, n_x, n_h)
    grads = {"d" + name: normal(rng, 1, *value.shape) for name, value in parameters.items()}
    learning_rate = float(rng.uniform(0.05, 0.8))
    return (
        solution.update_parameters(parameters, grads, learning_rate),
        solution.update_parameters(parameters, grads),
    )


@check(
    points=11,
    cases=2,
    repeats="num_iterations",
    hint="Print i and the cost in every iteration of a short training: there must be "
    "num_iterations lines, and the cost should fall from 0.69.",
)
def nn_model(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Training repeats forward, cost, backward and update"""
    n_x, n_h = (int(size) for size in rng.permutation([2, 3, 5])[:2])
    m = int(rng.integers(8, 11))
    # Wide inputs with labels that follow them: from 0.01 the weights grow within a few steps.
    X = normal(rng, 2, n_x, m)
    Y = np.zeros((1, m))
    Y[0, np.argsort(rng.standard_normal(n_x) @ X)[m // 2 :]] = 1
    return solution.nn_model(X, Y, n_h, int(rng.integers(4, 7)))


def the_dictionary(found: Any) -> Any:
    """The parameters alone, where they came with the costs, say."""
    around: Iterable[Any] = found if isinstance(found, tuple) else ()
    if isinstance(found, dict) and "w1" not in by_name(found):
        around = found.values()
    return next((one for one in around if isinstance(one, dict)), found)


@threshold(
    points=5,
    at_least=0.97,
    of="nn_model",
    hint="Print the cost while it trains. If it stays at 0.69, look at the initialisation "
    "and the gradients; if it jumps, look at the sign of the step.",
)
def learns_the_corner(solution: Solution, given: Solution, rng: Rng) -> float:
    """Trained where no straight line divides, it labels new points"""
    turned = rng.choice([-1, 1], (2, 1))  # the corner may be any of the four
    X, Y = make_corner(rng, 200)
    unseen, labels = make_corner(rng, 1000)
    parameters = the_dictionary(solution.nn_model(turned * X, Y, 5, 400))
    return accuracy(solution.predict(parameters, turned * unseen), labels)


@check(
    points=5,
    hint="One forward pass, and one comparison with 0.5 that gives an array of the same "
    "shape as A2.",
)
def predict(solution: Solution, given: Solution, rng: Rng) -> Any:
    """An example is of class 1 where A2 is above one half"""
    n_x, n_h, _ = some_sizes(rng)
    parameters = some_parameters(rng, n_x, n_h)
    X = normal(rng, 1.5, n_x, 40)
    _, cache = given.forward_propagation(X, parameters)
    # Shift and stretch the output so that both classes occur, and leave out what lies next to
    # the border, where rounding would decide. Many points: a rule of thumb must meet its match.
    Z2 = cache["Z2"][0]
    stretch = 2 / np.std(Z2)
    parameters["W2"] = stretch * parameters["W2"]
    parameters["b2"] = stretch * (parameters["b2"] - np.median(Z2))
    order = np.argsort(Z2)
    chosen = rng.permutation(np.concatenate([order[:18], order[-17:]]))
    return solution.predict(parameters, X[:, chosen])


@check(
    points=1,
    of="predict",
    cases=1,
    hint="Not more likely than not is not class 1: compare with >, and not with >=.",
)
def predict_at_one_half(solution: Solution, given: Solution, rng: Rng) -> Any:
    """A probability of exactly 0.5 is class 0"""
    n_x, n_h, _ = some_sizes(rng)
    parameters = some_parameters(rng, n_x, n_h)
    # The first feature goes through the first hidden unit, alone: where it is 0, so is Z2.
    parameters["W1"][0], parameters["b1"][0] = np.eye(n_x)[0], 0
    parameters["W2"], parameters["b2"] = 3 * np.eye(n_h)[:1], np.zeros((1, 1))
    X = normal(rng, 1.5, n_x, 7)
    X[0] = rng.permutation([-2, -1, 0, 0, 0, 1, 2])
    return solution.predict(parameters, X)
