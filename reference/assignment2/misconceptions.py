"""Well-known mistakes of assignment 2: one function or class of the reference each.

Each is a mistake that somebody would make, with what a teacher would say about it: a change of
the reference's text, or a function or class in its place. Any two of one name give other
answers somewhere, so that a diagnosis is never a guess.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.authoring import misconception, slip
from solution import (
    Adaline,
    Array,
    Perceptron,
    squared_error_gradient,
)

# Perceptron


@misconception(
    "Your perceptron answers 0 and 1. In this assignment the classes are -1 and +1, in the "
    "labels and in the answers: np.where(z >= 0, 1, -1)."
)
class Perceptron__zero_and_one(Perceptron):
    def predict(self, X: Array) -> Array:
        return np.where(self.net_input(X) >= 0, 1, 0)


@misconception(
    "A sum of exactly zero is answered with -1. Here it counts as +1, so compare with >= "
    "instead of >. It matters at once: all weights start at zero."
)
class Perceptron__zero_is_minus(Perceptron):
    def predict(self, X: Array) -> Array:
        return np.where(self.net_input(X) > 0, 1, -1)


@misconception(
    "np.sign answers 0 to a sum of exactly zero, and 0 is no class. Here such a sum counts as "
    "+1: np.where(z >= 0, 1, -1)."
)
class Perceptron__sign(Perceptron):
    def predict(self, X: Array) -> Array:
        return np.sign(self.net_input(X))


@misconception(
    "Your predict returns the net input itself. Turn it into a class: +1 where it is at least "
    "0, and -1 elsewhere."
)
class Perceptron__no_step(Perceptron):
    def predict(self, X: Array) -> Array:
        return self.net_input(X)


@misconception(
    "The bias is missing from your net input. It is X @ self.weights + self.bias; without a "
    "bias the border always goes through the origin."
)
class Perceptron__bias_not_used(Perceptron):
    def net_input(self, X: Array) -> Array:
        return X @ self.weights


def _learn(
    neuron: Any,
    X: Array,
    y: Array,
    update: Callable[[float, Array, float], tuple[Array, float]],
) -> Any:
    """The loop of `fit`, with another rule: update(label, x, answer) gives both changes."""
    neuron.weights, neuron.bias, neuron.errors = np.zeros(X.shape[1]), 0.0, []
    for _ in range(neuron.epochs):
        mistakes = 0
        for x, label in zip(X, y, strict=True):
            answer = neuron.predict(x)
            change, shift = update(label, x, answer)
            neuron.weights = neuron.weights + neuron.learning_rate * change
            neuron.bias = neuron.bias + neuron.learning_rate * shift
            mistakes += int(answer != label)
        neuron.errors.append(mistakes)
    return neuron


@misconception(
    "Your perceptron never changes its bias. It learns like a weight whose input is always 1: "
    "add learning_rate * (y - prediction) to it after each example."
)
class Perceptron__bias_not_updated(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        return _learn(self, X, y, lambda label, x, answer: ((label - answer) * x, 0.0))


@misconception(
    "Your weights turn the wrong way: you take prediction minus label. Take y minus the "
    "prediction, so that the sum moves towards the label."
)
class Perceptron__turned_around(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        return _learn(
            self, X, y, lambda label, x, answer: ((answer - label) * x, answer - label)
        )


@misconception(
    "Your steps are half as long as they should be. Where the answer is wrong, y - prediction "
    "is +2 or -2, and the step is the learning rate times that."
)
class Perceptron__half_steps(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        def update(label: float, x: Array, answer: float) -> tuple[Array, float]:
            half = (label - answer) / 2
            return half * x, half

        return _learn(self, X, y, update)


@misconception(
    "Your perceptron adds label times example even where the answer was right. It learns from "
    "mistakes only: use y minus the prediction, which is zero for a right answer."
)
class Perceptron__learns_always(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        return _learn(self, X, y, lambda label, x, answer: (label * x, label))


@misconception(
    "You learn from y minus the net input, which is Adaline's rule. The perceptron learns from "
    "y minus its prediction, -1 or +1."
)
class Perceptron__learns_from_net_input(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        def update(label: float, x: Array, answer: float) -> tuple[Array, float]:
            error = label - self.net_input(x)
            return error * x, float(error)

        return _learn(self, X, y, update)


@misconception(
    "Your weights change only at the end of an epoch. The perceptron changes them after each "
    "example, and already meets the next one with the new weights."
)
class Perceptron__once_an_epoch(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        self.weights, self.bias, self.errors = np.zeros(X.shape[1]), 0.0, []
        for _ in range(self.epochs):
            steps = self.learning_rate * (y - self.predict(X))
            self.weights = self.weights + X.T @ steps
            self.bias = self.bias + float(np.sum(steps))
            self.errors.append(int(np.sum(steps != 0)))
        return self


@misconception(
    "Your learning rate is fixed at 0.1. Use self.learning_rate, so that whoever makes the "
    "perceptron can choose it."
)
class Perceptron__fixed_rate(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        self.learning_rate = 0.1
        return super().fit(X, y)


@misconception(
    "Your perceptron goes through the examples once. Repeat that self.epochs times, in an "
    "outer loop (and see that `return self` stands behind both loops)."
)
class Perceptron__one_epoch(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        self.epochs = 1
        return super().fit(X, y)


@misconception(
    "The counter of mistakes goes on from epoch to epoch. Set it to zero at the beginning of "
    "each epoch, so that errors tells how each of them went."
)
class Perceptron__errors_add_up(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        super().fit(X, y)
        self.errors = np.cumsum(self.errors).tolist()
        return self


@misconception(
    "You count the mistakes that are left after an epoch, with its final weights. Count them "
    "while it runs: every example that was answered wrongly when its turn came."
)
class Perceptron__errors_afterwards(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        epochs, found = self.epochs, []
        for count in range(1, epochs + 1):
            self.epochs = count
            super().fit(X, y)
            found.append(int(np.sum(self.predict(X) != y)))
        self.errors = found
        return self


@misconception(
    "Your perceptron stops after the first epoch without mistakes, so errors is shorter than "
    "it should be. Go on for all epochs; nothing changes any more, and a 0 is noted for each."
)
class Perceptron__stops_early(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        super().fit(X, y)
        if 0 in self.errors:
            self.errors = self.errors[: self.errors.index(0) + 1]
        return self


@misconception(
    "Your fit gives back something other than the neuron. Keep weights and errors in self, and "
    "end fit with `return self`, so that fit(X, y).errors works as in the text."
)
class Perceptron__gives_no_neuron(Perceptron):
    def fit(self, X: Array, y: Array) -> Any:
        return super().fit(X, y).weights


# squared_error


squared_error__no_half = slip(
    "The factor one half is missing: the squared error of this assignment is half the sum of "
    "the squares.",
    ("0.5 * ", ""),
    of="squared_error",
)


squared_error__mean = slip(
    "You take the mean over the examples. Here the squared error is half their *sum*: 0.5 * "
    "np.sum(...).",
    ("0.5 * np.sum", "np.mean"),
    of="squared_error",
)


squared_error__half_mean = slip(
    "You divide by the number of examples as well as by two. Here the squared error is half "
    "the *sum*: 0.5 * np.sum(...).",
    ("np.sum", "np.mean"),
    of="squared_error",
)


squared_error__no_bias = slip(
    "The bias is missing from the output: a = X @ w + b.",
    (" + b", ""),
    of="squared_error",
)


squared_error__squared_sum = slip(
    "You sum first and square afterwards, so that errors of opposite sign cancel. Square each"
    " difference, then sum: np.sum(errors ** 2).",
    ("(errors**2)", "(errors) ** 2"),
    of="squared_error",
)


squared_error__thresholded = slip(
    "You compare the labels with predictions of -1 and +1. The squared error uses the smooth "
    "output itself, a = X @ w + b.",
    ("(X @ w + b)", "np.where(X @ w + b >= 0, 1, -1)"),
    of="squared_error",
)


# squared_error_gradient


squared_error_gradient__sign = slip(
    "Your gradient has the opposite sign: subtracting it walks uphill, and the error grows. "
    "The inner derivative of y - a is -1, so the gradient is -sum((y - a) * x), or sum((a - "
    "y) * x).",
    ("-X.T", "X.T"),
    ("-np.sum", "np.sum"),
    of="squared_error_gradient",
)


squared_error_gradient__sign_of_bias = slip(
    "The gradient of the weights is right, but that of the bias has the opposite sign. Both "
    "have a minus: db is -sum(y - a).",
    ("-np.sum", "np.sum"),
    of="squared_error_gradient",
)


@misconception(
    "Your gradient is divided by the number of examples. The squared error of this assignment "
    "is a sum, so its gradient is one too."
)
def squared_error_gradient__mean(X: Array, y: Array, w: Array, b: float) -> tuple[Array, float]:
    dw, db = squared_error_gradient(X, y, w, b)
    return dw / len(y), db / len(y)


squared_error_gradient__twice = slip(
    "Your gradient is twice too large. The 2 from the square is cancelled by the factor one "
    "half in front of the sum.",
    ("errors = y", "errors = 2 * (y"),
    ("+ b)", "+ b))"),
    of="squared_error_gradient",
)


squared_error_gradient__no_bias = slip(
    "The bias is missing from the output: a = X @ w + b, and not X @ w alone.",
    (" + b", ""),
    of="squared_error_gradient",
)


squared_error_gradient__without_inputs = slip(
    "The factor x is missing: you return the same sum for every weight. Each weight's share "
    "is the error times its own input, X.T @ (a - y).",
    ("-X.T @ errors", "np.full(w.shape, -np.sum(errors))"),
    of="squared_error_gradient",
)


squared_error_gradient__bias_not_summed = slip(
    "db is still one number for each example. One bias serves them all, so sum over the "
    "examples: -np.sum(y - a).",
    ("float(-np.sum(errors))", "-errors"),
    of="squared_error_gradient",
)


squared_error_gradient__thresholded = slip(
    "You take the difference to predictions of -1 and +1, which is the perceptron's error. "
    "The gradient of the squared error uses the smooth output, a = X @ w + b.",
    ("(X @ w + b)", "np.where(X @ w + b >= 0, 1, -1)"),
    of="squared_error_gradient",
)


# Adaline


@misconception(
    "Your Adaline answers 0 and 1. In this assignment the classes are -1 and +1: "
    "np.where(a >= 0, 1, -1)."
)
class Adaline__zero_and_one(Adaline):
    def predict(self, X: Array) -> Array:
        return np.where(self.net_input(X) >= 0, 1, 0)


@misconception(
    "A sum of exactly zero is answered with -1. Here it counts as +1, so compare with >= "
    "instead of >."
)
class Adaline__zero_is_minus(Adaline):
    def predict(self, X: Array) -> Array:
        return np.where(self.net_input(X) > 0, 1, -1)


@misconception(
    "Your predict returns the output itself. It is linear while Adaline learns, but the answer "
    "is a class: +1 where the output is at least 0, and -1 elsewhere."
)
class Adaline__no_step(Adaline):
    def predict(self, X: Array) -> Array:
        return self.net_input(X)


@misconception(
    "Your border is at 0.5, which belongs to classes of 0 and 1. Between -1 and +1 the border "
    "is 0."
)
class Adaline__border_at_half(Adaline):
    def predict(self, X: Array) -> Array:
        return np.where(self.net_input(X) >= 0.5, 1, -1)


def _descend(neuron: Any, X: Array, y: Array, slopes: Callable[[], tuple[Array, float]]) -> Any:
    """The loop of `fit`, with other slopes: what is subtracted, for weights and bias."""
    neuron.weights, neuron.bias, neuron.costs = np.zeros(X.shape[1]), 0.0, []
    for _ in range(neuron.epochs):
        errors = y - neuron.net_input(X)
        neuron.costs.append(float(0.5 * np.sum(errors**2)))
        dw, db = slopes()
        neuron.weights = neuron.weights - neuron.learning_rate * dw
        neuron.bias = neuron.bias - neuron.learning_rate * db
    return neuron


@misconception(
    "Your Adaline walks uphill: its costs grow from epoch to epoch. Subtract the gradient, or, "
    "what is the same, add learning_rate * sum((y - a) * x)."
)
class Adaline__uphill(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        def slopes() -> tuple[Array, float]:
            errors = y - self.net_input(X)
            return X.T @ errors, float(np.sum(errors))

        return _descend(self, X, y, slopes)


@misconception(
    "Your Adaline learns from the error of its predictions, -1 and +1, as the perceptron does. "
    "It learns from y minus the smooth output, self.net_input(X)."
)
class Adaline__thresholded(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        def slopes() -> tuple[Array, float]:
            errors = y - self.predict(X)
            return -X.T @ errors, float(-np.sum(errors))

        return _descend(self, X, y, slopes)


@misconception(
    "Your Adaline never changes its bias. It learns too: add learning_rate * np.sum(y - a) to "
    "it in every epoch."
)
class Adaline__bias_not_updated(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        return _descend(self, X, y, lambda: (-X.T @ (y - self.net_input(X)), 0.0))


@misconception(
    "Your steps use the mean over the examples. Here the error is a sum, and so is its "
    "gradient: do not divide by the number of examples."
)
class Adaline__mean(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        def slopes() -> tuple[Array, float]:
            errors = y - self.net_input(X)
            return -X.T @ errors / len(y), float(-np.mean(errors))

        return _descend(self, X, y, slopes)


@misconception(
    "Your bias takes the mean of the errors where it needs their sum. Use np.sum for it, as "
    "X.T @ errors does for the weights."
)
class Adaline__mean_for_bias(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        def slopes() -> tuple[Array, float]:
            errors = y - self.net_input(X)
            return -X.T @ errors, float(-np.mean(errors))

        return _descend(self, X, y, slopes)


@misconception(
    "Your bias learns from outputs that were computed with the new weights. Compute y - a "
    "once, before the step, and use it for both."
)
class Adaline__bias_after_weights(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        self.weights, self.bias, self.costs = np.zeros(X.shape[1]), 0.0, []
        for _ in range(self.epochs):
            errors = y - self.net_input(X)
            self.costs.append(float(0.5 * np.sum(errors**2)))
            self.weights = self.weights + self.learning_rate * X.T @ errors
            later = y - self.net_input(X)
            self.bias = self.bias + self.learning_rate * float(np.sum(later))
        return self


@misconception(
    "Your Adaline takes a step after each example. Here one epoch is one step: sum over all "
    "examples first, and then move."
)
class Adaline__step_for_each_example(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        self.weights, self.bias, self.costs = np.zeros(X.shape[1]), 0.0, []
        for _ in range(self.epochs):
            errors = y - self.net_input(X)
            self.costs.append(float(0.5 * np.sum(errors**2)))
            for x, label in zip(X, y, strict=True):
                error = label - self.net_input(x)
                self.weights = self.weights + self.learning_rate * error * x
                self.bias = self.bias + self.learning_rate * float(error)
        return self


@misconception(
    "The costs are noted after the step. Note each epoch's cost before its step: the first one "
    "belongs to the zero weights, and is half the number of examples."
)
class Adaline__cost_after_step(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        self.epochs += 1
        before = super().fit(X, y).costs[1:]
        self.epochs -= 1
        super().fit(X, y)
        self.costs = before
        return self


@misconception("The weights are right, but the factor one half is missing from your costs.")
class Adaline__cost_no_half(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        super().fit(X, y)
        self.costs = [2 * cost for cost in self.costs]
        return self


@misconception(
    "The weights are right, but costs holds the mean over the examples. Note the squared error "
    "itself, half the sum."
)
class Adaline__cost_mean(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        super().fit(X, y)
        self.costs = [2 * cost / len(y) for cost in self.costs]
        return self


@misconception(
    "Your learning rate is fixed at 0.01. Use self.learning_rate, so that whoever makes the "
    "Adaline can choose it."
)
class Adaline__fixed_rate(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        self.learning_rate = 0.01
        return super().fit(X, y)


@misconception(
    "Your fit gives back something other than the neuron. Keep weights and costs in self, and "
    "end fit with `return self`, so that fit(X, y).costs works as in the text."
)
class Adaline__gives_no_neuron(Adaline):
    def fit(self, X: Array, y: Array) -> Any:
        return super().fit(X, y).weights


# gradient_descent


gradient_descent__uphill = slip(
    "Your walk goes uphill. The gradient points to where the ground rises, so subtract it.",
    ("w - ", "w + "),
    of="gradient_descent",
)


gradient_descent__slope_of_the_start = slip(
    "You take the slope at the start for all steps. The ground is different at every place: "
    "call gradient(w) again inside the loop.",
    ("gradient(w)", "gradient(start)"),
    of="gradient_descent",
)


gradient_descent__one_too_few = slip(
    "One step is missing. Loop over range(steps), which counts from 0 and makes exactly that "
    "many rounds.",
    ("range(steps)", "range(1, steps)"),
    of="gradient_descent",
)


gradient_descent__one_too_many = slip(
    "Your walk takes one step more than it was asked for. Loop over range(steps); from 0 "
    "steps one is still at the start.",
    ("range(steps)", "range(steps + 1)"),
    of="gradient_descent",
)


gradient_descent__return_inside = slip(
    "Your function returns after its first step, because `return` stands inside the loop. "
    "Move it out, one level to the left.",
    ("(w)\n", "(w)\n        return w\n"),
    of="gradient_descent",
)


gradient_descent__no_learning_rate = slip(
    "The learning rate is missing: you subtract the whole slope. Multiply it by learning_rate.",
    ("learning_rate * ", ""),
    of="gradient_descent",
)


# minibatches


def _cut(X: Array, y: Array, order: Array, batch_size: int) -> list[tuple[Array, Array]]:
    """The examples in the order of `order`, in batches."""
    starts = range(0, len(order), batch_size)
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]]) for i in starts]


@misconception(
    "Your batches are cut from the rows as they come. Shuffle first, with rng.permutation: the "
    "irises in their order would give batches of a single species."
)
def minibatches__not_shuffled(X: Array, y: Array, batch_size: int, rng: Any) -> Any:
    return _cut(X, y, np.arange(len(X)), batch_size)


@misconception(
    "Examples and labels are torn apart: they are not put into the same order. Draw one list "
    "of row numbers, and use it as an index for both X and y."
)
def minibatches__torn_apart(X: Array, y: Array, batch_size: int, rng: Any) -> Any:
    rng = np.random.default_rng(rng)
    return _cut(rng.permutation(X), rng.permutation(y), np.arange(len(X)), batch_size)


@misconception(
    "The examples that do not fill a batch are lost. Keep them as a last, smaller batch: a "
    "slice that reaches beyond the end simply stops there."
)
def minibatches__rest_dropped(X: Array, y: Array, batch_size: int, rng: Any) -> Any:
    order = np.random.default_rng(rng).permutation(len(X))
    return _cut(X, y, order[: len(X) // batch_size * batch_size], batch_size)


@misconception(
    "Where the batches come out even, you add an empty one. range(0, len(X), batch_size) "
    "stops in time."
)
def minibatches__empty_batch(X: Array, y: Array, batch_size: int, rng: Any) -> Any:
    order = np.random.default_rng(rng).permutation(len(X))
    count = len(X) // batch_size + 1
    rows = [order[i * batch_size : (i + 1) * batch_size] for i in range(count)]
    return [(X[chosen], y[chosen]) for chosen in rows]


@misconception(
    "Some examples come twice and others never, because each row is drawn by itself. Draw a "
    "permutation instead: every row once, in another order."
)
def minibatches__with_replacement(X: Array, y: Array, batch_size: int, rng: Any) -> Any:
    order = np.random.default_rng(rng).integers(0, len(X), len(X))
    return _cut(X, y, order, batch_size)


@misconception(
    "You shuffle with a seed of your own, so every epoch would get the same batches. Draw from "
    "the generator rng that comes in."
)
def minibatches__own_seed(X: Array, y: Array, batch_size: int, rng: Any) -> Any:
    return _cut(X, y, np.random.default_rng(0).permutation(len(X)), batch_size)


@misconception(
    "You shuffle with NumPy's global generator, so the seed has no influence and no run can be "
    "repeated. Draw from rng: rng.permutation(m)."
)
def minibatches__global_generator(X: Array, y: Array, batch_size: int, rng: Any) -> Any:
    return _cut(X, y, np.random.permutation(len(X)), batch_size)


# sgd_step


sgd_step__uphill = slip(
    "Your step goes uphill. The gradient points to where the error grows: subtract.",
    ("w - ", "w + "),
    of="sgd_step",
)


sgd_step__no_learning_rate = slip(
    "The learning rate is missing: you subtract the whole gradient. Multiply it by "
    "learning_rate.",
    ("learning_rate * ", ""),
    of="sgd_step",
)


@misconception(
    "You return the change alone. Return where the step leads: w - learning_rate * gradient."
)
def sgd_step__change_alone(w: Any, gradient: Any, learning_rate: float) -> Any:
    return -learning_rate * gradient


# momentum_step


momentum_step__uphill = slip(
    "Your step goes uphill: subtract learning_rate * m from w.",
    ("w - ", "w + "),
    of="momentum_step",
)


momentum_step__rate_in_memory = slip(
    "The learning rate has moved into your memory. Here m collects plain gradients, m = rho *"
    " m + gradient, and the learning rate comes with the step: w - learning_rate * m.",
    ("+ gradient", "+ learning_rate * gradient"),
    ("learning_rate * m", "m"),
    of="momentum_step",
)


momentum_step__moving_average = slip(
    "Your memory is a moving average: the gradient is multiplied by 1 - rho. In this "
    "convention it counts fully: m = rho * m + gradient.",
    ("+ gradient", "+ (1 - rho) * gradient"),
    of="momentum_step",
)


@misconception(
    "Your step uses the memory from before. Update m first, and then step with the new one, "
    "which already knows this gradient."
)
def momentum_step__old_memory(
    w: Any, m: Any, gradient: Any, learning_rate: float, rho: float = 0.9
) -> Any:
    return w - learning_rate * m, rho * m + gradient


momentum_step__fixed_rho = slip(
    "Your memory forgets at a fixed 0.9. Use the argument rho, whose default is 0.9 already.",
    ("rho * m", "0.9 * m"),
    of="momentum_step",
)


momentum_step__no_rho = slip(
    "Your memory forgets nothing: rho is missing. It is m = rho * m + gradient.",
    ("rho * ", ""),
    of="momentum_step",
)


momentum_step__plain_step = slip(
    "The memory is updated, but the step uses the plain gradient. Step along the memory: w - "
    "learning_rate * m.",
    ("learning_rate * m,", "learning_rate * gradient,"),
    of="momentum_step",
)


momentum_step__exchanged = slip(
    "The two results have changed places. Return w first, and then the memory m.",
    ("w - learning_rate * m, m", "m, w - learning_rate * m"),
    of="momentum_step",
)
