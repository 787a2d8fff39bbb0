"""Checks for assignment 2: perceptron, Adaline, gradient descent.

Examples are rows throughout, and the classes are -1 and +1. Weights and biases are drawn far
from zero wherever a check sets them, so that nothing that is left out goes unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.authoring import (
    Expectation,
    GradientProbe,
    Solution,
    StudentRaised,
    WrongAnswer,
    check,
    expect,
    gradient,
    requirement,
    trait,
)

Array = np.ndarray
Rng = np.random.Generator


def away_from_zero(rng: Rng, *shape: int) -> Array:
    """Draw numbers between 0.3 and 1.5 in size, of either sign."""
    return rng.uniform(0.3, 1.5, shape) * rng.choice([-1.0, 1.0], shape)


def some_sizes(rng: Rng) -> tuple[int, int]:
    """Draw m examples and n features, always different."""
    return int(rng.integers(9, 14)), int(rng.integers(2, 6))


def some_examples(rng: Rng) -> tuple[Array, Array]:
    """Draw X (m, n) and labels y (m,) of both classes, which no straight line separates.

    Each feature has a mean that is not zero, so that the bias has something to learn.
    """
    m, n = some_sizes(rng)
    X = rng.standard_normal((m, n)) + away_from_zero(rng, n)
    y = rng.permutation(np.where(np.arange(m) % 2, 1.0, -1.0))
    # The last example repeats the first with the other label.
    return np.vstack([X, X[:1]]), np.append(y, -y[0])


def a_neuron(rng: Rng) -> tuple[Array, Array, Array, float]:
    """Draw X, y, and the weights w (n,) and bias b of a neuron that fits them."""
    X, y = some_examples(rng)
    return X, y, away_from_zero(rng, X.shape[1]), float(away_from_zero(rng, 1)[0])


def as_pair(found: Any, names: str) -> tuple[Any, Any]:
    """The two values that came back; TypeError when there are not two."""
    if not isinstance(found, tuple | list) or len(found) != 2:
        raise TypeError(f"a pair {names} is needed")
    return found[0], found[1]


def answers_of(neuron: Any, rng: Rng) -> dict[str, Any]:
    """What a neuron with weights that are set here says to some examples."""
    X, _, weights, bias = a_neuron(rng)
    # A second example on the other side of the border for each, and none close to it.
    sums = X @ weights + bias
    X = np.vstack([X, X - 2 * np.outer(sums, weights) / (weights @ weights)])
    X = X[np.abs(X @ weights + bias) > 0.05]
    neuron.weights, neuron.bias = weights, bias
    answers = {"net_input": neuron.net_input(X), "predict": neuron.predict(X)}
    # One feature counts, and it is 0 in three examples of seven: both answers occur.
    neuron.weights, neuron.bias = np.eye(X.shape[1])[0], 0.0
    X = away_from_zero(rng, 7, X.shape[1])
    X[:, 0] = rng.permutation([-1.5, -0.5, 0.0, 0.0, 0.0, 0.5, 1.5])
    return {**answers, "predict where the sum may be exactly 0": neuron.predict(X)}


def learned(neuron: Any, *names: str) -> dict[str, Any]:
    """What `fit` has left in the attributes of those names; lists of numbers as arrays."""
    found = {}
    for name in names:
        try:
            found[name] = getattr(neuron, name)
        except AttributeError:
            raise WrongAnswer(
                f"After fit, there is no attribute {name!r}. Keep what is learned in "
                + ", ".join(f"self.{wanted}" for wanted in names)
                + "."
            ) from None
        if isinstance(found[name], list):
            found[name] = as_numbers(found[name])
    return found


def learned_and_asked(neuron: Any, found: Any, *names: str) -> dict[str, Any]:
    """The same, with the last of them as the text asks for it: `fit(X, y).errors`.

    found   what `fit` gave back. Something else than a neuron has no such attribute; a
            forgotten `return self` is remarked, and costs nothing.
    """
    values = learned(neuron, *names)
    asked = names[-1]
    value = values.pop(asked)
    is_there = found is None or hasattr(found, asked)
    return {**values, f"fit(X, y).{asked}": value if is_there else None}


def as_numbers(values: list[Any]) -> Any:
    """A list of numbers as an array, which is compared as a whole; anything else as it is."""
    try:
        return np.array(values, dtype=float)
    except (TypeError, ValueError):
        return values


@check(
    points=8,
    of="Perceptron",
    hint="Set the weights and the bias of a perceptron by hand, and work out the net input of "
    "one example with pencil and paper. The answer is +1 where it is at least 0, else -1.",
)
def perceptron_predict(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The perceptron answers +1 where the net input is at least 0, else -1"""
    return answers_of(solution.Perceptron(), rng)


@check(
    points=16,
    of="Perceptron",
    hint="Follow the worked example of the text with your class, and print the weights after "
    "each example: the first line that differs from the table shows the mistake.",
)
def perceptron_fit(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The perceptron learns from each mistake, and counts them by epoch"""
    X, y = some_examples(rng)
    neuron = solution.Perceptron(float(rng.uniform(0.2, 0.8)), int(rng.integers(4, 8)))
    neuron.fit(X, y)
    return learned(neuron, "weights", "bias", "errors")


def some_irises(given: Solution, rng: Rng) -> tuple[Array, Array, Array, Array]:
    """Draw irises X (100, 2), labels y, and the rows to learn from and to predict.

    A length is known to a millimetre. Other flowers, other units and the other species first
    lead to other mistakes; and with the labels exchanged no number tells the species. A line is
    found before the last epoch, or whoever stops there would go unseen.
    """
    flowers, species = given.load_iris()
    while True:
        X = (flowers + rng.uniform(-0.05, 0.05, flowers.shape)) * rng.uniform(0.3, 3, 2)
        first, second = rng.permutation([rng.permutation(50), 50 + rng.permutation(50)])
        y = species * rng.choice([-1, 1])
        known = np.append(first[:35], second[:35])
        others = rng.permutation(np.append(first[35:], second[35:]))
        # From zero, the learning rate changes the scale of the weights and no answer.
        trial = given.Perceptron(0.1, 10)
        trial.fit(X[known], y[known])
        if 0 in list(trial.errors)[:-1]:
            return X, y, known, others


@check(
    points=6,
    of="Perceptron",
    cases=1,
    hint="Train on load_iris() as it is: the mistakes in ten epochs are 2, 2, 3, 2, 1, and "
    "then none. If the first number differs, look at what you answer to a sum of exactly zero.",
)
def perceptron_on_the_irises(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The perceptron finds a line between two species of iris"""
    X, y, known, others = some_irises(given, rng)
    learning_rate = float(rng.uniform(0.05, 0.5))
    neuron = solution.Perceptron(learning_rate, 10)
    found = neuron.fit(X[known], y[known])
    answers = learned_and_asked(neuron, found, "errors")
    return {**answers, "predict after learning": neuron.predict(X[others])}


@check(
    points=6,
    hint="Work through the example of the text: the differences are (0, -1, 0.5), and half the "
    "sum of their squares is 0.625.",
)
def squared_error(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The squared error is half the sum over all examples"""
    X, y, w, b = a_neuron(rng)
    return solution.squared_error(X, y, w, b)


@check(
    points=10,
    hint="Work through the example of the text: dw is (-0.5, 0.5) and db is 0.5. Mind the "
    "minus sign, and sum over the examples.",
)
def squared_error_gradient(solution: Solution, given: Solution, rng: Rng) -> Any:
    """The gradient of the squared error is dw, db"""
    X, y, w, b = a_neuron(rng)
    dw, db = as_pair(solution.squared_error_gradient(X, y, w, b), "(dw, db)")
    return {"dw": dw, "db": db}


@gradient(
    points=6,
    of="squared_error_gradient",
    hint="Nudge one weight by 0.001 up and down, divide the change of the squared error by "
    "0.002, and compare with your gradient: it must agree in size and in sign.",
)
def gradient_follows_the_error(solution: Solution, given: Solution, rng: Rng) -> GradientProbe:
    """Nudging a weight changes the error as your gradient says"""
    X, y, w, b = a_neuron(rng)

    def cost(nudged: Any) -> float:
        value: float = given.squared_error(X, y, nudged["w"], nudged["b"])
        return value

    dw, db = as_pair(solution.squared_error_gradient(X, y, w, b), "(dw, db)")
    return cost, {"w": w, "b": np.array(b)}, {"w": dw, "b": db}


@check(
    points=4,
    of="Adaline",
    hint="Set the weights and the bias of an Adaline by hand, and work out the output of one "
    "example with pencil and paper. The answer is +1 where it is at least 0, else -1.",
)
def adaline_predict(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Adaline answers +1 where its output is at least 0, else -1"""
    return answers_of(solution.Adaline(), rng)


@check(
    points=14,
    of="Adaline",
    hint="Train for one epoch, from zero weights: the only cost is half the number of "
    "examples, and the bias is the learning rate times the sum of the labels.",
)
def adaline_fit(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Adaline takes one step for each epoch, and notes the error"""
    X, y = some_examples(rng)
    # Below 2 / (largest eigenvalue), where gradient descent converges.
    learning_rate = float(rng.uniform(0.3, 0.6) / np.sum(X**2))
    neuron = solution.Adaline(learning_rate, int(rng.integers(5, 9)))
    return learned_and_asked(neuron, neuron.fit(X, y), "weights", "bias", "costs")


@check(
    points=10,
    hint="Print w in every step of the example, Bowl(2, 0) from 4 with a learning rate of 0.1: "
    "3.2, 2.56, 2.048. The slope must be computed again in each step.",
)
def gradient_descent(solution: Solution, given: Solution, rng: Rng) -> Any:
    """Gradient descent walks down any slope, as many steps as asked"""
    n = int(rng.integers(2, 5))
    wide = solution.Bowl(rng.uniform(0.5, 3, n), away_from_zero(rng, n))
    start = 3 * away_from_zero(rng, n)
    narrow = solution.Bowl(float(rng.uniform(1, 3)), float(rng.uniform(0.5, 1)))
    learning_rate, steps = float(rng.uniform(0.1, 0.3)), int(rng.integers(3, 7))
    none, one = (
        solution.gradient_descent(wide.gradient, start.copy(), learning_rate, few)
        for few in (0, 1)
    )
    return {
        "one step": one,
        f"{steps} steps": solution.gradient_descent(
            wide.gradient, start.copy(), learning_rate, steps
        ),
        "from a single number": solution.gradient_descent(
            narrow.gradient, float(rng.uniform(3, 5)), learning_rate, steps
        ),
        # The start itself would be right where no step is asked for.
        "no step, and one": as_numbers([none, one]),
    }


def as_pairs(found: Any) -> list[tuple[Array, Array]]:
    """The batches as pairs of X (k, n) and y (k,); `yield` gives them one by one."""
    if not isinstance(found, tuple | list):
        found = list(drained(found))
    try:
        pairs = [(np.asarray(X, dtype=float), np.asarray(y, dtype=float)) for X, y in found]
    except (TypeError, ValueError):
        raise WrongAnswer("Each batch must be a pair of numbers, X and y.") from None
    if any(X.ndim != 2 or X.shape[0] != y.size for X, y in pairs):
        raise WrongAnswer("Each batch must be a pair of X, shape (k, n), and y, shape (k,).")
    return [(X, y.ravel()) for X, y in pairs]


def drained(generator: Any) -> Iterator[Any]:
    """What a generator yields, at most a hundred values."""
    for _ in range(100):
        try:
            yield generator.send(None)
        except StopIteration:
            return
        except StudentRaised as error:
            if error.type_name != "StopIteration":
                raise
            return


@requirement(
    points=10,
    cases=2,
    hint="Take ten examples whose only feature is their number, 0 to 9, with the same number "
    "as label, and print the batches of four.",
)
def minibatches(solution: Solution, given: Solution, rng: Rng) -> Iterator[Expectation]:
    """Minibatches hold every example once, shuffled, with its label"""
    batch_size = int(rng.integers(4, 7))
    rest = batch_size - 2
    m = 5 * batch_size + rest
    numbers = rng.permutation(m).astype(float)
    X, y = np.column_stack([numbers, rng.standard_normal(m)]), 100 + numbers
    seed = int(rng.integers(1000))

    def batches(with_seed: int, count: int = m) -> list[tuple[Array, Array]]:
        return as_pairs(
            solution.minibatches(X[:count].copy(), y[:count].copy(), batch_size, with_seed)
        )

    pairs = batches(seed)
    sizes = [len(labels) for _, labels in pairs]
    known = {tuple(row) for row in X}
    foreign = sum(tuple(row) not in known for X_batch, _ in pairs for row in X_batch)
    rows = np.concatenate([X_batch[:, 0] for X_batch, _ in pairs]) if pairs else np.empty(0)
    labels = np.concatenate([y_batch for _, y_batch in pairs]) if pairs else np.empty(0)
    wanted = [batch_size] * 5 + [rest]

    yield expect(
        sizes == wanted,
        "all batches have batch_size examples, and the last one what is left",
        f"batches of {', '.join(map(str, sizes)) or 'nothing'}, where {m} examples in batches "
        f"of {batch_size} are {', '.join(map(str, wanted))}",
    )
    even = [len(labels) for _, labels in batches(seed, 3 * batch_size)]
    yield expect(
        len(even) > 0 and 0 not in even,
        "no batch is empty, even where no examples are left for a last one",
        f"batches of {', '.join(map(str, even)) or 'nothing'}, from {3 * batch_size} examples",
        form=True,
    )
    yield expect(
        np.array_equal(np.sort(rows), np.arange(m)),
        "every example is in exactly one batch",
        f"{len(np.unique(rows))} different examples of {m}, {rows.size} in all",
        form=True,
    )
    yield expect(
        rows.size > 0 and np.array_equal(labels, 100 + rows),
        "every example keeps its own label",
        f"{int(np.sum(labels != 100 + rows))} of {rows.size} have another one's label",
        form=True,
    )
    yield expect(
        rows.size > 0 and not foreign and not np.array_equal(rows, numbers[: rows.size]),
        "the examples are shuffled",
        f"{foreign} rows are not of X"
        if foreign
        else "they come in the order of the rows of X",
    )

    yield trait(len(np.unique(rows)) == rows.size, "no example comes twice")

    def order(with_seed: int) -> Array:
        return np.concatenate([X_batch[:, 0] for X_batch, _ in batches(with_seed)] or [rows])

    yield expect(
        np.array_equal(rows, order(seed)),
        "the same seed gives the same batches again",
        f"two calls with the seed {seed} gave different batches",
        form=True,
    )
    yield expect(
        not foreign and not np.array_equal(rows, order(seed + 1)),
        "another seed gives other batches",
        f"{foreign} rows are not of X"
        if foreign
        else f"the seeds {seed} and {seed + 1} gave the same batches",
    )


@check(
    points=4,
    hint="Do one step by hand: from 1 with the gradient 2 and a learning rate of 0.1 to 0.8.",
)
def sgd_step(solution: Solution, given: Solution, rng: Rng) -> Any:
    """One step goes against the gradient, as far as the learning rate says"""
    w, slope = away_from_zero(rng, 3, 2), away_from_zero(rng, 3, 2)
    learning_rate = float(rng.uniform(0.05, 0.8))
    return solution.sgd_step(w, slope, learning_rate)


@check(
    points=6,
    hint="Work through the example of the text: the memory becomes 2.45, and w becomes 0.755. "
    "Return both, w first.",
)
def momentum_step(solution: Solution, given: Solution, rng: Rng) -> Any:
    """A step with momentum returns the new w and the new memory"""
    w, m, slope = (away_from_zero(rng, 2, 3) for _ in range(3))
    learning_rate, rho = float(rng.uniform(0.05, 0.4)), float(rng.uniform(0.3, 0.8))

    answers = {}
    for said, chosen in ((f"with rho = {rho:.2f}", [rho]), ("with the usual rho", [])):
        found = solution.momentum_step(w.copy(), m.copy(), slope, learning_rate, *chosen)
        answers[f"w {said}"], answers[f"m {said}"] = as_pair(found, "(w, m)")
    return answers
