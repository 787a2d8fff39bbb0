"""Well-known mistakes of assignment 4: one function or class of the reference each.

Each is a mistake that somebody would make, with what a teacher would say about it: a change of
the reference's text, or a function or class in its place. Any two of one name give other
answers somewhere, so that a diagnosis is never a guess.
"""

from __future__ import annotations

import random
from typing import Any

import numpy as np

from autograder.authoring import misconception, slip
from solution import (
    MLP,
    Array,
    batch_changes,
    sigmoid,
    sigmoid_slope,
    train_batch,
)

# MLP: the first weights


@misconception(
    "The bias node has no weights: your wi has one row for each input. There is one more input "
    "node, so wi (and ci with it) needs ni + 1 rows."
)
class MLP__no_bias_node(MLP):
    def __init__(self, ni: int, nh: int, no: int) -> None:
        super().__init__(ni, nh, no)
        self.wi, self.ci = self.wi[:-1], self.ci[:-1]


@misconception(
    "Your weight matrices are transposed. Here a row belongs to the node that a weight comes "
    "from: wi is (ni + 1, nh) and wo is (nh, no)."
)
class MLP__transposed(MLP):
    def __init__(self, ni: int, nh: int, no: int) -> None:
        super().__init__(ni, nh, no)
        self.wi, self.wo, self.ci, self.co = self.wi.T, self.wo.T, self.ci.T, self.co.T


@misconception(
    "Your wo is drawn from -0.2 to 0.2, like wi. The weights to the outputs are drawn from "
    "-2.0 to 2.0."
)
class MLP__small_output_weights(MLP):
    def __init__(self, ni: int, nh: int, no: int) -> None:
        super().__init__(ni, nh, no)
        self.wo = 0.1 * self.wo


@misconception(
    "Your wi is drawn from -2.0 to 2.0, like wo. The weights from the inputs are drawn from "
    "-0.2 to 0.2, where the sigmoid is steep."
)
class MLP__large_input_weights(MLP):
    def __init__(self, ni: int, nh: int, no: int) -> None:
        super().__init__(ni, nh, no)
        self.wi = 10 * self.wi


@misconception(
    "The two intervals have changed places: wi is drawn from -0.2 to 0.2, and wo from -2.0 to "
    "2.0."
)
class MLP__limits_exchanged(MLP):
    def __init__(self, ni: int, nh: int, no: int) -> None:
        super().__init__(ni, nh, no)
        self.wi, self.wo = 10 * self.wi, 0.1 * self.wo


@misconception(
    "None of your weights is negative. random.random() and np.random.rand draw from 0 to 1; "
    "random.uniform(-0.2, 0.2) draws from both sides of zero."
)
class MLP__only_positive(MLP):
    def __init__(self, ni: int, nh: int, no: int) -> None:
        super().__init__(ni, nh, no)
        self.wi, self.wo = (self.wi + 0.2) / 2, (self.wo + 2) / 2


@misconception(
    "Your weights follow the normal distribution, so that some lie far outside. Draw them "
    "evenly from their interval: random.uniform or np.random.uniform."
)
class MLP__normal_draws(MLP):
    def __init__(self, ni: int, nh: int, no: int) -> None:
        super().__init__(ni, nh, no)
        self.wi = 0.2 * np.random.randn(ni + 1, nh)
        self.wo = 2 * np.random.randn(nh, no)


@misconception(
    "All your weights are the same number, so all hidden nodes start as copies of each other "
    "and stay copies. Draw the weights at random."
)
class MLP__all_zero(MLP):
    def __init__(self, ni: int, nh: int, no: int) -> None:
        super().__init__(ni, nh, no)
        self.wi, self.wo = np.zeros_like(self.wi), np.zeros_like(self.wo)


@misconception(
    "Every network starts with the same weights, because the generator is seeded inside of the "
    "class. Seed outside, once, if you want to repeat a run."
)
class MLP__seeded_inside(MLP):
    def __init__(self, ni: int, nh: int, no: int) -> None:
        random.seed(123)
        super().__init__(ni, nh, no)


# MLP: activate


def _activate(net: Any, ai: Array, hidden: Any = sigmoid, output: Any = sigmoid) -> Array:
    """The forward pass from the input nodes on, with other activations."""
    net.ai = ai
    net.ah = hidden(net.ai @ net.wi)
    net.ao = output(net.ah @ net.wo)
    return net.ao


MLP__bias_in_front = slip(
    "Your bias node stands in front of the inputs. It belongs behind them, where the last row"
    " of wi waits for it: np.append(inputs, 1.0).",
    ("np.append(inputs, 1.0)\n        self.ah", "np.append(1.0, inputs)\n        self.ah"),
    of="MLP",
)


MLP__bias_of_zero = slip(
    "Your bias node is 0, so its weights have no effect. It is always 1: np.append(inputs, "
    "1.0).",
    ("np.append(inputs, 1.0)\n        self.ah", "np.append(inputs, 0.0)\n        self.ah"),
    of="MLP",
)


MLP__linear_hidden = slip(
    "Your hidden nodes have no activation, and two linear layers are no more than one. Use ah"
    " = sigmoid(ai @ wi).",
    ("sigmoid(self.ai @ self.wi)", "self.ai @ self.wi"),
    of="MLP",
)


MLP__linear_output = slip(
    "Your output nodes have no activation. Both layers use the sigmoid here: ao = sigmoid(ah "
    "@ wo).",
    ("sigmoid(self.ah @ self.wo)", "self.ah @ self.wo"),
    of="MLP",
)


MLP__tanh_hidden = slip(
    "Your hidden nodes use tanh. In this network both layers use the sigmoid, and "
    "back-propagation relies on its slope.",
    ("sigmoid(self.ai @ self.wi)", "np.tanh(self.ai @ self.wi)"),
    of="MLP",
)


@misconception(
    "You apply the slope of the sigmoid where the sigmoid itself belongs. The slope comes in "
    "on the way back only."
)
class MLP__slope_for_sigmoid(MLP):
    def activate(self, inputs: Any) -> Array:
        def slope(z: Array) -> Array:
            return sigmoid_slope(sigmoid(z))

        return _activate(self, np.append(inputs, 1.0), slope, slope)


@misconception(
    "Your activate goes on, and answers, where there are too many inputs. Compare len(inputs) "
    "with self.ni, and raise a ValueError where they differ: neither print nor return it."
)
class MLP__any_length(MLP):
    def activate(self, inputs: Any) -> Array:
        known = [float(inputs[j]) for j in range(self.ni)]
        return _activate(self, np.append(known, 1.0))


@misconception(
    "A wrong number of inputs is refused, but with another kind of error. An argument of the "
    "wrong size is a ValueError; an assert is for what can never happen."
)
class MLP__assertion(MLP):
    def activate(self, inputs: Any) -> Array:
        assert len(inputs) == self.ni
        return super().activate(inputs)


# MLP: backPropagate


def _propagate(
    net: Any,
    targets: Any,
    N: float,
    M: float,
    *,
    delta_o: Array | None = None,
    delta_h: Array | None = None,
    share: float = 0.5,
) -> float:
    """The step of `backPropagate`, with other deltas where they are given."""
    errors = np.asarray(targets) - net.ao
    if delta_o is None:
        delta_o = errors * sigmoid_slope(net.ao)
    if delta_h is None:
        delta_h = net.wo @ delta_o * sigmoid_slope(net.ah)
    change_o, change_i = np.outer(net.ah, delta_o), np.outer(net.ai, delta_h)
    net.wo = net.wo + N * change_o + M * net.co
    net.wi = net.wi + N * change_i + M * net.ci
    net.co, net.ci = change_o, change_i
    return float(share * np.sum(errors**2))


MLP__uphill = slip(
    "Your weights walk uphill: the difference is turned around. With targets - ao the changes"
    " point downhill and are added.",
    ("delta_o = errors", "delta_o = -errors"),
    of="MLP",
)


MLP__no_output_slope = slip(
    "The slope of the output's sigmoid is missing: delta_o is the difference times "
    "sigmoid_slope(ao). (With cross-entropy it would cancel, but the error here is a square.)",
    (" * sigmoid_slope(self.ao)", ""),
    of="MLP",
)


MLP__no_hidden_slope = slip(
    "The slope of the hidden sigmoid is missing: delta_h is wo @ delta_o times "
    "sigmoid_slope(ah).",
    (" * sigmoid_slope(self.ah)", ""),
    of="MLP",
)


MLP__slope_of_slope = slip(
    "You apply the sigmoid once more before you take its slope. ao and ah are values of the "
    "sigmoid already: the slope is y * (1 - y), sigmoid_slope(ao).",
    ("sigmoid_slope(self.ao)", "sigmoid_slope(sigmoid(self.ao))"),
    ("sigmoid_slope(self.ah)", "sigmoid_slope(sigmoid(self.ah))"),
    of="MLP",
)


@misconception(
    "The hidden deltas are made with the new wo. The error travels back through the weights "
    "that gave the answer, so compute both deltas before you change any weight."
)
class MLP__output_weights_first(MLP):
    def backPropagate(self, targets: Any, N: float, M: float) -> float:
        delta_o = (np.asarray(targets) - self.ao) * sigmoid_slope(self.ao)
        new = self.wo + N * np.outer(self.ah, delta_o) + M * self.co
        delta_h = new @ delta_o * sigmoid_slope(self.ah)
        return _propagate(self, targets, N, M, delta_h=delta_h)


MLP__weights_left_out = slip(
    "The hidden deltas leave the weights out. Each output's delta reaches a hidden node "
    "through the weight between them: delta_h is wo @ delta_o times the slope.",
    ("self.wo @ delta_o", "np.sum(delta_o)"),
    of="MLP",
)


@misconception(
    "The weights of the bias node never change. It is an input node like the others, with an "
    "activation of 1: use all of ai for the changes of wi."
)
class MLP__bias_not_updated(MLP):
    def backPropagate(self, targets: Any, N: float, M: float) -> float:
        bias = self.wi[-1].copy()
        error = super().backPropagate(targets, N, M)
        self.wi[-1], self.ci[-1] = bias, 0
        return error


@misconception(
    "Only wo changes. The hidden layer learns too: wi gets N times its change, made of "
    "delta_h and ai."
)
class MLP__input_weights_fixed(MLP):
    def backPropagate(self, targets: Any, N: float, M: float) -> float:
        wi = self.wi
        error = super().backPropagate(targets, N, M)
        self.wi = wi
        return error


MLP__error_no_half = slip(
    "The weights are right, but the factor one half is missing from the error that you return.",
    ("float(0.5 * ", "float("),
    of="MLP",
)


@misconception(
    "You keep a velocity: ci and co hold the whole step, N * change + M * last. A good method, "
    "but another one. Here they hold the plain change of this example, without N and M."
)
class MLP__velocity(MLP):
    def backPropagate(self, targets: Any, N: float, M: float) -> float:
        wi, wo = self.wi, self.wo
        error = super().backPropagate(targets, N, M)
        self.ci, self.co = self.wi - wi, self.wo - wo
        return error


MLP__rate_kept = slip(
    "You keep N times the change. Keep the plain change in ci and co, without the learning "
    "rate: the momentum M alone says how much of it is repeated.",
    ("self.co, self.ci = change_o, change_i", "self.co, self.ci = N * change_o, N * change_i"),
    of="MLP",
)


MLP__no_momentum = slip(
    "There is no momentum: the last changes are kept, but not repeated. Add M * ci and M * co"
    " to the weights before you keep the new changes.",
    (" + M * self.co", ""),
    (" + M * self.ci", ""),
    of="MLP",
)


@misconception(
    "The new changes are kept too early: what you add as momentum is the change of this "
    "example, not of the last one. Change the weights first, and then keep ci and co."
)
class MLP__kept_too_early(MLP):
    def backPropagate(self, targets: Any, N: float, M: float) -> float:
        return super().backPropagate(targets, N + M, 0.0)


MLP__changes_not_kept = slip(
    "The momentum is there, but ci and co never change. At the end keep the new changes in "
    "them, for the next example.",
    ("\n        self.co, self.ci = change_o, change_i", ""),
    of="MLP",
)


MLP__fixed_rate = slip(
    "Your learning rate is fixed at 0.5. Use the argument N, so that it can be chosen in each"
    " training.",
    ("N * change_o", "0.5 * change_o"),
    ("N * change_i", "0.5 * change_i"),
    of="MLP",
)


# MLP: train and test


@misconception(
    "Training takes one iteration less than it was asked for. range(iterations) counts from 0 "
    "and makes exactly that many rounds."
)
class MLP__one_iteration_less(MLP):
    def train(self, patterns: Any, iterations: int, N: float = 0.5, M: float = 0.1) -> Any:
        return super().train(patterns, iterations - 1, N, M)


@misconception(
    "Your training never activates the network, so backPropagate works with what an earlier "
    "example has left. Call self.activate(inputs) first, for every pattern."
)
class MLP__train_without_activate(MLP):
    def train(self, patterns: Any, iterations: int, N: float = 0.5, M: float = 0.1) -> Any:
        self.activate(patterns[0][0])
        return [
            sum(self.backPropagate(targets, N, M) for _, targets in patterns)
            for _ in range(iterations)
        ]


@misconception(
    "Your training takes the patterns in another order. Shuffling is a good habit with large "
    "data; here they are taken as they come, so that two runs can be compared."
)
class MLP__train_shuffled(MLP):
    def train(self, patterns: Any, iterations: int, N: float = 0.5, M: float = 0.1) -> Any:
        sums = []
        for _ in range(iterations):
            shuffled = random.sample(list(patterns), len(patterns))
            sums += super().train(shuffled, 1, N, M)
        return sums


@misconception(
    "Your training ignores its arguments N and M and always uses 0.5 and 0.1. Hand on what "
    "came in: self.backPropagate(targets, N, M)."
)
class MLP__train_fixed_rates(MLP):
    def train(self, patterns: Any, iterations: int, N: float = 0.5, M: float = 0.1) -> Any:
        return super().train(patterns, iterations)


@misconception(
    "The errors go on adding up from one iteration to the next. Set the sum to zero at the "
    "beginning of each iteration, or you will never see it fall."
)
class MLP__train_sum_goes_on(MLP):
    def train(self, patterns: Any, iterations: int, N: float = 0.5, M: float = 0.1) -> Any:
        return np.cumsum(super().train(patterns, iterations, N, M)).tolist()


@misconception(
    "The weights are right, but train returns means. Return the sum of the errors of each "
    "iteration, not divided by the number of patterns."
)
class MLP__train_mean(MLP):
    def train(self, patterns: Any, iterations: int, N: float = 0.5, M: float = 0.1) -> Any:
        sums = super().train(patterns, iterations, N, M)
        return [total / len(patterns) for total in sums]


@misconception(
    "The weights are right, but train returns the last sum only. Collect one sum for each "
    "iteration in a list, and return the list."
)
class MLP__train_last_sum(MLP):
    def train(self, patterns: Any, iterations: int, N: float = 0.5, M: float = 0.1) -> Any:
        return super().train(patterns, iterations, N, M)[-1]


@misconception(
    "The weights are right, but train returns nothing. Collect one sum for each iteration in a "
    "list, and return the list."
)
class MLP__train_returns_nothing(MLP):
    def train(self, patterns: Any, iterations: int, N: float = 0.5, M: float = 0.1) -> Any:
        super().train(patterns, iterations, N, M)


@misconception(
    "Your test rounds the answers to 0 and 1. Keep them as activate gives them; whoever needs "
    "classes can compare them with 0.5."
)
class MLP__test_rounded(MLP):
    def test(self, patterns: Any) -> Array:
        self.predict = np.round(super().test(patterns))
        return self.predict


@misconception(
    "Your test keeps the answer to the last example only. Collect the answers of all examples, "
    "a row for each."
)
class MLP__test_last_one(MLP):
    def test(self, patterns: Any) -> Array:
        self.predict = super().test(patterns)[-1]
        return self.predict


MLP__rate_and_momentum_exchanged = slip(
    "The learning rate and the momentum have changed places. The text's order is "
    "backPropagate(targets, N, M): N for the new change, M for the last one.",
    ("N * change_o + M *", "M * change_o + N *"),
    ("N * change_i + M *", "M * change_i + N *"),
    of="MLP",
)


MLP__hidden_node_of_the_output = slip(
    "Each change of wo uses the activation ah[k] of the output's number. The weight from "
    "hidden node j to output k needs ah[j]: change_o is np.outer(ah, delta_o).",
    (
        "np.outer(self.ah, delta_o)",
        "np.array([[self.ah[k] * d for k, d in enumerate(delta_o)] for _ in self.ah])",
    ),
    of="MLP",
)


# activate_batch


activate_batch__no_bias = slip(
    "The bias node is missing from your batch: the last row of wi has no effect. Put a column"
    " of ones behind X.",
    ("np.ones(len(X))", "np.zeros(len(X))"),
    of="activate_batch",
)


activate_batch__bias_in_front = slip(
    "Your column of ones stands in front of X. It belongs behind, where the last row of wi "
    "waits for it.",
    ("[X, np.ones(len(X))]", "[np.ones(len(X)), X]"),
    of="activate_batch",
)


activate_batch__linear_output = slip(
    "Your output has no activation: it is sigmoid(A_h @ wo).",
    ("sigmoid(A_h @ wo)", "A_h @ wo"),
    of="activate_batch",
)


activate_batch__linear_hidden = slip(
    "Your hidden nodes have no activation: they are sigmoid(A_i @ wi).",
    ("sigmoid(A_i @ wi)", "A_i @ wi"),
    of="activate_batch",
)


activate_batch__exchanged = slip(
    "The two results have changed places. Return the hidden activations first.",
    ("A_h, A_o\n", "A_o, A_h\n"),
    of="activate_batch",
)


# batch_changes


batch_changes__uphill = slip(
    "Your changes point uphill: they are the gradient itself. With T - A_o they point "
    "downhill, and train_batch adds them.",
    ("D_o = errors", "D_o = -errors"),
    of="batch_changes",
)


batch_changes__mean = slip(
    "Your changes are divided by the number of examples. Here they are sums, as the loop over"
    " backPropagate gives them.",
    ("A_i.T @ D_h,", "A_i.T @ D_h / len(X),"),
    ("A_h.T @ D_o\n", "A_h.T @ D_o / len(X)\n"),
    of="batch_changes",
)


@misconception(
    "Error and changes are divided by the number of examples. Here all three are sums, as the "
    "loop over backPropagate gives them."
)
def batch_changes__all_means(X: Array, T: Array, wi: Array, wo: Array) -> Any:
    error, change_i, change_o = batch_changes(X, T, wi, wo)
    return error / len(X), change_i / len(X), change_o / len(X)


batch_changes__error_no_half = slip(
    "The changes are right, but the factor one half is missing from the error.",
    ("0.5 * ", ""),
    of="batch_changes",
)


batch_changes__no_output_slope = slip(
    "The slope of the output's sigmoid is missing: D_o is T - A_o times sigmoid_slope(A_o), "
    "element by element.",
    (" * sigmoid_slope(A_o)", ""),
    of="batch_changes",
)


batch_changes__no_hidden_slope = slip(
    "The slope of the hidden sigmoid is missing: D_h is D_o @ wo.T times sigmoid_slope(A_h), "
    "element by element.",
    (" * sigmoid_slope(A_h)", ""),
    of="batch_changes",
)


@misconception(
    "The bias node's row is missing from the change of wi. Put the column of ones behind X on "
    "the way back, too: A_i.T @ D_h has ni + 1 rows."
)
def batch_changes__no_bias_row(X: Array, T: Array, wi: Array, wo: Array) -> Any:
    error, change_i, change_o = batch_changes(X, T, wi, wo)
    return error, change_i[:-1], change_o


batch_changes__exchanged = slip(
    "The two changes have changed places. Return that of wi before that of wo.",
    ("A_i.T @ D_h, A_h.T @ D_o", "A_h.T @ D_o, A_i.T @ D_h"),
    of="batch_changes",
)


# train_batch


def _train(
    X: Array, T: Array, wi: Array, wo: Array, iterations: int, N: float, M: float, keep: Any
) -> Any:
    """`train_batch`, keeping something else of a change and of the step made with it."""
    last_i, last_o, errors = np.zeros_like(wi), np.zeros_like(wo), []
    for _ in range(iterations):
        error, change_i, change_o = batch_changes(X, T, wi, wo)
        step_i, step_o = N * change_i + M * last_i, N * change_o + M * last_o
        wi, wo = wi + step_i, wo + step_o
        last_i, last_o = keep(change_i, step_i), keep(change_o, step_o)
        errors.append(error)
    return wi, wo, errors


@misconception(
    "You keep a velocity, the whole step. Here the plain change of this batch is kept, without "
    "N and M."
)
def train_batch__velocity(
    X: Array, T: Array, wi: Array, wo: Array, iterations: int, N: float = 0.01, M: float = 0.001
) -> Any:
    return _train(X, T, wi, wo, iterations, N, M, lambda change, step: step)


train_batch__no_momentum = slip(
    "There is no momentum in your training. Add M times the change of the step before, which "
    "is zero in the first step.",
    (" + M * last_i", ""),
    (" + M * last_o", ""),
    of="train_batch",
)


train_batch__rate_kept = slip(
    "You keep N times the change. Keep the plain change; the momentum M alone says how much "
    "of it is repeated.",
    ("last_i, last_o = change_i, change_o", "last_i, last_o = N * change_i, N * change_o"),
    of="train_batch",
)


train_batch__uphill = slip(
    "Your training walks uphill. The changes point downhill already, so add them to the "
    "weights.",
    ("wi + N * change_i + M", "wi - N * change_i - M"),
    ("wo + N * change_o + M", "wo - N * change_o - M"),
    of="train_batch",
)


train_batch__one_step_less = slip(
    "Training takes one step less than it was asked for. range(iterations) counts from 0 and "
    "makes exactly that many rounds.",
    ("range(iterations)", "range(iterations - 1)"),
    of="train_batch",
)


@misconception(
    "The weights are right, but the errors are noted after each step. Note the error before "
    "it, so that the first one belongs to the weights that came in."
)
def train_batch__errors_afterwards(
    X: Array, T: Array, wi: Array, wo: Array, iterations: int, N: float = 0.01, M: float = 0.001
) -> Any:
    errors = train_batch(X, T, wi, wo, iterations + 1, N, M)[2][1:]
    return *train_batch(X, T, wi, wo, iterations, N, M)[:2], errors


train_batch__fixed_rates = slip(
    "Your function always uses N = 0.01 and M = 0.001. These are the defaults; use the "
    "arguments.",
    ("N * change_i", "0.01 * change_i"),
    ("M * last_i", "0.001 * last_i"),
    ("N * change_o", "0.01 * change_o"),
    ("M * last_o", "0.001 * last_o"),
    of="train_batch",
)
