"""Well-known mistakes of assignment 3: one function of the reference each, written wrong.

Each is a mistake that somebody would make, complete and executable, with what a teacher
would say about it. Any two of one function give different answers somewhere, so that a
diagnosis is never a guess.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.authoring import misconception
from solution import (
    Array,
    Parameters,
    backward_propagation,
    compute_cost,
    forward_propagation,
    initialize_parameters,
    layer_sizes,
    sigmoid,
    update_parameters,
)

# layer_sizes


@misconception(
    "You return the number of examples, X.shape[1], as the size of the input layer. Examples "
    "are columns here, so the features are the rows: X.shape[0]."
)
def layer_sizes__examples_for_features(
    X: Array, Y: Array, hidden_neurons: int
) -> tuple[int, int, int]:
    return X.shape[1], hidden_neurons, Y.shape[0]


@misconception(
    "Both outer sizes are numbers of examples. Examples are columns here: n_x and n_y are the "
    "numbers of rows, X.shape[0] and Y.shape[0]."
)
def layer_sizes__columns_for_rows(
    X: Array, Y: Array, hidden_neurons: int
) -> tuple[int, int, int]:
    return X.shape[1], hidden_neurons, Y.shape[1]


@misconception(
    "You return the number of examples, Y.shape[1], as the size of the output layer. There is "
    "one output unit for each row of Y: Y.shape[0]."
)
def layer_sizes__examples_for_outputs(
    X: Array, Y: Array, hidden_neurons: int
) -> tuple[int, int, int]:
    return X.shape[0], hidden_neurons, Y.shape[1]


@misconception(
    "Your hidden layer always has 4 units. Take the number from the argument, "
    "hidden_neurons, so that every size can be tried."
)
def layer_sizes__always_four(X: Array, Y: Array, hidden_neurons: int) -> tuple[int, int, int]:
    return X.shape[0], 4, Y.shape[0]


@misconception(
    "The three sizes are right, but in another order. Return them as the data flows: n_x, "
    "n_h, n_y."
)
def layer_sizes__hidden_last(X: Array, Y: Array, hidden_neurons: int) -> tuple[int, int, int]:
    return X.shape[0], Y.shape[0], hidden_neurons


# initialize_parameters


@misconception(
    "Your weight matrices are transposed. A weight matrix has one row for each unit that it "
    "feeds into: W1 is (n_h, n_x) and W2 is (n_y, n_h)."
)
def initialize_parameters__transposed(n_x: int, n_h: int, n_y: int) -> Parameters:
    return {
        "W1": 0.01 * np.random.randn(n_x, n_h),
        "b1": np.zeros((n_h, 1)),
        "W2": 0.01 * np.random.randn(n_h, n_y),
        "b2": np.zeros((n_y, 1)),
    }


@misconception(
    "Your weights are standard normal draws without the factor 0.01, a hundred times too "
    "large. Multiply by 0.01, so that tanh starts where it is steep."
)
def initialize_parameters__not_scaled(n_x: int, n_h: int, n_y: int) -> Parameters:
    return {
        "W1": np.random.randn(n_h, n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": np.random.randn(n_y, n_h),
        "b2": np.zeros((n_y, 1)),
    }


@misconception(
    "All your weights are the same number, so all hidden units start as copies of each other "
    "and stay copies. Draw the weights at random: 0.01 * np.random.randn(...)."
)
def initialize_parameters__all_equal(n_x: int, n_h: int, n_y: int) -> Parameters:
    return {
        "W1": np.zeros((n_h, n_x)),
        "b1": np.zeros((n_h, 1)),
        "W2": np.zeros((n_y, n_h)),
        "b2": np.zeros((n_y, 1)),
    }


@misconception(
    "None of your weights is negative: np.random.rand draws evenly from 0 to 1. Use "
    "np.random.randn, with an n at the end for normal."
)
def initialize_parameters__rand(n_x: int, n_h: int, n_y: int) -> Parameters:
    return {
        "W1": 0.01 * np.random.rand(n_h, n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": 0.01 * np.random.rand(n_y, n_h),
        "b2": np.zeros((n_y, 1)),
    }


@misconception(
    "Your biases are not columns. Give both dimensions, np.zeros((n_h, 1)): added to a "
    "matrix, a flat array would be taken for a row."
)
def initialize_parameters__flat_biases(n_x: int, n_h: int, n_y: int) -> Parameters:
    return {
        "W1": 0.01 * np.random.randn(n_h, n_x),
        "b1": np.zeros(n_h),
        "W2": 0.01 * np.random.randn(n_y, n_h),
        "b2": np.zeros(n_y),
    }


@misconception(
    "Your biases do not start at zero. The random weights already make the units differ, so "
    "use np.zeros for the biases."
)
def initialize_parameters__random_biases(n_x: int, n_h: int, n_y: int) -> Parameters:
    return {
        "W1": 0.01 * np.random.randn(n_h, n_x),
        "b1": 0.01 * np.random.randn(n_h, 1),
        "W2": 0.01 * np.random.randn(n_y, n_h),
        "b2": 0.01 * np.random.randn(n_y, 1),
    }


@misconception(
    "W2 contains the same numbers as W1, because the random generator was seeded again in "
    "between. Seed once, at the beginning of the function."
)
def initialize_parameters__seeded_again(n_x: int, n_h: int, n_y: int) -> Parameters:
    np.random.seed(2)
    W1 = 0.01 * np.random.randn(n_h, n_x)
    np.random.seed(2)
    W2 = 0.01 * np.random.randn(n_y, n_h)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


# sigmoid


@misconception(
    "Your sigmoid falls where it should rise: the minus sign in the exponent is missing. It "
    "is 1 / (1 + np.exp(-x))."
)
def sigmoid__no_minus(x: Any) -> Any:
    return 1 / (1 + np.exp(x))


@misconception(
    "Without parentheses, 1 / 1 + np.exp(-x) means (1 / 1) + np.exp(-x), which is always "
    "above 1. Put the whole denominator in parentheses: 1 / (1 + np.exp(-x))."
)
def sigmoid__parentheses(x: Any) -> Any:
    return 1 / 1 + np.exp(-x)


@misconception(
    "math.exp takes a single number and cannot work on an array. np.exp does the same for "
    "all elements at once."
)
def sigmoid__math_exp(x: Any) -> Any:
    return 1 / (1 + math.exp(-x))


@misconception(
    "You return the slope of the sigmoid, s * (1 - s). Here the value itself is asked for: "
    "1 / (1 + np.exp(-x))."
)
def sigmoid__derivative(x: Any) -> Any:
    s = 1 / (1 + np.exp(-x))
    return s * (1 - s)


@misconception(
    "You return tanh, which goes from -1 to 1. The sigmoid goes from 0 to 1: "
    "1 / (1 + np.exp(-x))."
)
def sigmoid__tanh(x: Any) -> Any:
    return np.tanh(x)


# forward_propagation


def _forward(
    parameters: Parameters, Z1: Array, A1: Array, A2: Array | None = None
) -> tuple[Array, Parameters]:
    """The second half of the forward pass, which most mistakes leave right."""
    Z2 = parameters["W2"] @ A1 + parameters["b2"]
    A2 = sigmoid(Z2) if A2 is None else A2
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


@misconception(
    "Your hidden layer has no activation: Z1 is passed on as it is, and two linear layers are "
    "no more than one. Use A1 = np.tanh(Z1)."
)
def forward_propagation__no_activation(
    X: Array, parameters: Parameters
) -> tuple[Array, Parameters]:
    Z1 = parameters["W1"] @ X + parameters["b1"]
    return _forward(parameters, Z1, Z1)


@misconception(
    "A1 is right, but Z2 is computed from Z1. The output layer gets the hidden layer's "
    "activations: Z2 = W2 @ A1 + b2."
)
def forward_propagation__activation_skipped(
    X: Array, parameters: Parameters
) -> tuple[Array, Parameters]:
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A2, cache = _forward(parameters, Z1, Z1)
    return A2, {**cache, "A1": np.tanh(Z1)}


@misconception(
    "Your output layer uses tanh, which can be negative. The answer should be a probability, "
    "so use the sigmoid there: A2 = sigmoid(Z2)."
)
def forward_propagation__tanh_output(
    X: Array, parameters: Parameters
) -> tuple[Array, Parameters]:
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    return _forward(parameters, Z1, A1, np.tanh(parameters["W2"] @ A1 + parameters["b2"]))


@misconception(
    "Your output layer has no activation, so A2 is not a probability. Apply the sigmoid: "
    "A2 = sigmoid(Z2)."
)
def forward_propagation__linear_output(
    X: Array, parameters: Parameters
) -> tuple[Array, Parameters]:
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = np.tanh(Z1)
    return _forward(parameters, Z1, A1, parameters["W2"] @ A1 + parameters["b2"])


@misconception(
    "Your hidden layer uses the sigmoid. In this network its activation is tanh: "
    "A1 = np.tanh(Z1)."
)
def forward_propagation__sigmoid_hidden(
    X: Array, parameters: Parameters
) -> tuple[Array, Parameters]:
    Z1 = parameters["W1"] @ X + parameters["b1"]
    return _forward(parameters, Z1, sigmoid(Z1))


@misconception(
    "Your hidden layer uses the ReLU. In this network its activation is tanh: A1 = np.tanh(Z1)."
)
def forward_propagation__relu_hidden(
    X: Array, parameters: Parameters
) -> tuple[Array, Parameters]:
    Z1 = parameters["W1"] @ X + parameters["b1"]
    return _forward(parameters, Z1, np.maximum(0, Z1))


@misconception(
    "The tanh and the sigmoid have changed places. The hidden layer takes tanh, the output "
    "layer the sigmoid."
)
def forward_propagation__activations_swapped(
    X: Array, parameters: Parameters
) -> tuple[Array, Parameters]:
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A1 = sigmoid(Z1)
    return _forward(parameters, Z1, A1, np.tanh(parameters["W2"] @ A1 + parameters["b2"]))


@misconception(
    "The biases are missing. Add them to both products: W1 @ X + b1 and W2 @ A1 + b2."
)
def forward_propagation__no_biases(
    X: Array, parameters: Parameters
) -> tuple[Array, Parameters]:
    without = {**parameters, "b2": np.zeros_like(parameters["b2"])}
    Z1 = parameters["W1"] @ X
    return _forward(without, Z1, np.tanh(Z1))


@misconception("The hidden layer's bias is missing. Its sum is Z1 = W1 @ X + b1.")
def forward_propagation__no_hidden_bias(
    X: Array, parameters: Parameters
) -> tuple[Array, Parameters]:
    Z1 = parameters["W1"] @ X
    return _forward(parameters, Z1, np.tanh(Z1))


@misconception("The output layer's bias is missing. Its sum is Z2 = W2 @ A1 + b2.")
def forward_propagation__no_output_bias(
    X: Array, parameters: Parameters
) -> tuple[Array, Parameters]:
    without = {**parameters, "b2": np.zeros_like(parameters["b2"])}
    Z1 = parameters["W1"] @ X + parameters["b1"]
    return _forward(without, Z1, np.tanh(Z1))


@misconception(
    "A cache entry has the wrong array: Z2 holds what A2 should hold. Keep the sum, before "
    "the sigmoid, in Z2."
)
def forward_propagation__cache_without_sums(
    X: Array, parameters: Parameters
) -> tuple[Array, Parameters]:
    Z1 = parameters["W1"] @ X + parameters["b1"]
    A2, cache = _forward(parameters, Z1, np.tanh(Z1))
    return A2, {**cache, "Z2": A2}


@misconception(
    "The star multiplies element by element, which does not fit these shapes. A layer needs "
    "the matrix product: W1 @ X."
)
def forward_propagation__star(X: Array, parameters: Parameters) -> tuple[Array, Parameters]:
    Z1 = parameters["W1"] * X + parameters["b1"]
    return _forward(parameters, Z1, np.tanh(Z1))


# compute_cost


def _log_likelihood(A2: Array, Y: Array) -> Any:
    return Y * np.log(A2) + (1 - Y) * np.log(1 - A2)


@misconception(
    "Your cost is a sum over the examples, so it grows with their number. Take the mean: "
    "divide by m, which is Y.shape[1] and not Y.shape[0]."
)
def compute_cost__sum(A2: Array, Y: Array, parameters: Parameters) -> float:
    return float(-np.sum(_log_likelihood(A2, Y)))


@misconception(
    "Your cost is negative. The logarithm of a probability is below zero; the minus sign in "
    "front makes a cost of it."
)
def compute_cost__no_minus(A2: Array, Y: Array, parameters: Parameters) -> float:
    return float(np.mean(_log_likelihood(A2, Y)))


@misconception(
    "Your cost is the negative of a sum: both the minus sign and the division by m are "
    "missing. It is -np.sum(...) / m."
)
def compute_cost__sum_without_minus(A2: Array, Y: Array, parameters: Parameters) -> float:
    return float(np.sum(_log_likelihood(A2, Y)))


@misconception(
    "Only the examples of class 1 count in your cost. Add the other half, "
    "(1 - Y) * np.log(1 - A2), for those of class 0."
)
def compute_cost__only_class_one(A2: Array, Y: Array, parameters: Parameters) -> float:
    return float(-np.mean(Y * np.log(A2)))


@misconception(
    "The two halves of your cost have opposite signs, so mistakes on class 0 lower it. Both "
    "halves are added inside the sum, and one minus sign stands in front."
)
def compute_cost__halves_subtracted(A2: Array, Y: Array, parameters: Parameters) -> float:
    return float(-np.mean(Y * np.log(A2) - (1 - Y) * np.log(1 - A2)))


@misconception(
    "You take the logarithm of the labels, which are 0 or 1, and log(0) is not finite. It is "
    "the network's answer that goes into the logarithm: Y * np.log(A2)."
)
def compute_cost__log_of_labels(A2: Array, Y: Array, parameters: Parameters) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.mean(A2 * np.log(Y) + (1 - A2) * np.log(1 - Y)))


@misconception(
    "Your cost is measured in bits, with np.log2. The gradients of this network belong to the "
    "natural logarithm: np.log."
)
def compute_cost__log2(A2: Array, Y: Array, parameters: Parameters) -> float:
    return float(-np.mean(Y * np.log2(A2) + (1 - Y) * np.log2(1 - A2)))


@misconception(
    "You use the logarithm to base 10. Here log means the natural logarithm, np.log."
)
def compute_cost__log10(A2: Array, Y: Array, parameters: Parameters) -> float:
    return float(-np.mean(Y * np.log10(A2) + (1 - Y) * np.log10(1 - A2)))


@misconception(
    "You compute the mean squared error. For probabilities this network uses the "
    "cross-entropy, with the logarithms of A2 and 1 - A2."
)
def compute_cost__squared_error(A2: Array, Y: Array, parameters: Parameters) -> float:
    return float(np.mean((A2 - Y) ** 2))


@misconception(
    "You compute half the mean squared error. For probabilities this network uses the "
    "cross-entropy, with the logarithms of A2 and 1 - A2."
)
def compute_cost__half_squared_error(A2: Array, Y: Array, parameters: Parameters) -> float:
    return float(np.mean((A2 - Y) ** 2) / 2)


@misconception(
    "You return the costs of the single examples. Sum them up and divide by m, so that one "
    "number remains."
)
def compute_cost__not_summed(A2: Array, Y: Array, parameters: Parameters) -> Any:
    return -_log_likelihood(A2, Y) / Y.shape[1]


@misconception(
    "Flattening one of A2 and Y, or transposing it, makes NumPy pair every answer with every "
    "label. Keep both in the shape (1, m)."
)
def compute_cost__every_pair(A2: Array, Y: Array, parameters: Parameters) -> float:
    return float(-np.sum(_log_likelihood(A2.T, Y)) / Y.shape[1])


# backward_propagation


def _backward(
    parameters: Parameters,
    cache: Parameters,
    X: Array,
    Y: Array,
    *,
    dZ2: Array | None = None,
    slope: Array | None = None,
    m: float = 0,
) -> Parameters:
    """The reference's six lines, with another error, another slope or another divisor."""
    m = m or X.shape[1]
    A1 = cache["A1"]
    dZ2 = cache["A2"] - Y if dZ2 is None else dZ2
    dZ1 = parameters["W2"].T @ dZ2 * (1 - A1**2 if slope is None else slope)
    return {
        "dW1": dZ1 @ X.T / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
        "dW2": dZ2 @ A1.T / m,
        "db2": np.sum(dZ2, axis=1, keepdims=True) / m,
    }


@misconception(
    "Your hidden layer's derivative is 1 - A1, without the square. The derivative of tanh is "
    "1 - A1**2."
)
def backward_propagation__no_square(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, slope=1 - cache["A1"])


@misconception(
    "The derivative of the hidden layer's activation is missing. Multiply W2.T @ dZ2 by the "
    "slope of tanh, 1 - A1**2."
)
def backward_propagation__no_derivative(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, slope=np.ones_like(cache["A1"]))


@misconception(
    "Your hidden layer's derivative is the sigmoid's, A1 * (1 - A1). Its activation is tanh, "
    "so use 1 - A1**2."
)
def backward_propagation__sigmoid_derivative(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, slope=cache["A1"] * (1 - cache["A1"]))


@misconception(
    "You take the derivative as 1 - Z1**2. It is the activation that is squared, not the sum "
    "before it: 1 - A1**2."
)
def backward_propagation__square_of_z(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, slope=1 - cache["Z1"] ** 2)


@misconception(
    "The tanh is applied twice: A1 is already tanh(Z1). The derivative is 1 - A1**2, or "
    "1 - np.tanh(Z1)**2."
)
def backward_propagation__tanh_twice(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, slope=1 - np.tanh(cache["A1"]) ** 2)


@misconception(
    "You multiply by 1 + A1**2. The derivative of tanh has a minus: 1 - A1**2, so it is "
    "largest in the middle."
)
def backward_propagation__plus_square(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, slope=1 + cache["A1"] ** 2)


@misconception(
    "Parentheses are missing around 1 - A1**2: the product is taken with 1 first, and A1**2 "
    "subtracted afterwards. Write W2.T @ dZ2 * (1 - A1**2)."
)
def backward_propagation__parentheses(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * 1 - cache["A1"] ** 2
    grads = _backward(parameters, cache, X, Y)
    return {
        **grads,
        "dW1": dZ1 @ X.T / m,
        "db1": np.sum(dZ1, axis=1, keepdims=True) / m,
    }


@misconception(
    "All your gradients have the opposite sign, because the error is taken as Y - A2. With "
    "dZ2 = A2 - Y the step goes downhill."
)
def backward_propagation__opposite_sign(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, dZ2=Y - cache["A2"])


@misconception(
    "You multiply the error by A2 * (1 - A2), which belongs to the squared error. With the "
    "cross-entropy it cancels, and dZ2 is just A2 - Y."
)
def backward_propagation__squared_error(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    A2 = cache["A2"]
    return _backward(parameters, cache, X, Y, dZ2=(A2 - Y) * A2 * (1 - A2))


@misconception(
    "You compare classes with labels, so small errors vanish. The gradient needs the "
    "probability itself: dZ2 = A2 - Y, without a threshold."
)
def backward_propagation__thresholded(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, dZ2=(cache["A2"] > 0.5) - Y)


@misconception(
    "Your error is Z2 - Y, from before the sigmoid. It is the answer that is compared with "
    "the label: dZ2 = A2 - Y."
)
def backward_propagation__error_of_z(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, dZ2=cache["Z2"] - Y)


@misconception(
    "dW2 is made from Z1. The output layer's inputs are the activations, so it is "
    "dZ2 @ A1.T / m."
)
def backward_propagation__dw2_from_z1(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    grads = _backward(parameters, cache, X, Y)
    return {**grads, "dW2": (cache["A2"] - Y) @ cache["Z1"].T / X.shape[1]}


@misconception(
    "None of your gradients is divided by m. The cost is a mean over the examples, so its "
    "gradients are means too: divide all four by m."
)
def backward_propagation__sums(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, m=1)


@misconception(
    "Your two weight gradients are means, but your two bias gradients are sums. Divide db1 "
    "and db2 by m as well."
)
def backward_propagation__bias_sums(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    grads, sums = _backward(parameters, cache, X, Y), _backward(parameters, cache, X, Y, m=1)
    return {**grads, "db1": sums["db1"], "db2": sums["db2"]}


@misconception(
    "Your two bias gradients are means, but your two weight gradients are sums. The matrix "
    "product adds up the examples: divide dW1 and dW2 by m as well."
)
def backward_propagation__weight_sums(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    grads, sums = _backward(parameters, cache, X, Y), _backward(parameters, cache, X, Y, m=1)
    return {**grads, "dW1": sums["dW1"], "dW2": sums["dW2"]}


@misconception(
    "The output layer's gradients are right, the hidden layer's are not divided by m. Divide "
    "dW1 and db1 as well."
)
def backward_propagation__hidden_sums(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    grads, sums = _backward(parameters, cache, X, Y), _backward(parameters, cache, X, Y, m=1)
    return {**grads, "dW1": sums["dW1"], "db1": sums["db1"]}


@misconception("Only dW1 is not divided by m. All four gradients are means over the examples.")
def backward_propagation__dw1_sum(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    sums = _backward(parameters, cache, X, Y, m=1)
    return {**_backward(parameters, cache, X, Y), "dW1": sums["dW1"]}


@misconception("Only dW2 is not divided by m. All four gradients are means over the examples.")
def backward_propagation__dw2_sum(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    sums = _backward(parameters, cache, X, Y, m=1)
    return {**_backward(parameters, cache, X, Y), "dW2": sums["dW2"]}


@misconception(
    "You divide by the number of features, X.shape[0]. Examples are columns, so m is "
    "X.shape[1]."
)
def backward_propagation__features_for_examples(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, m=X.shape[0])


@misconception(
    "Your hidden layer's bias gradient is a single number, the sum of everything. Sum over "
    "the examples only: np.sum(dZ1, axis=1, keepdims=True)."
)
def backward_propagation__sum_of_everything(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    grads = _backward(parameters, cache, X, Y)
    return {**grads, "db1": np.sum(grads["db1"]), "db2": np.sum(grads["db2"])}


@misconception(
    "Your bias gradients have lost their column: without keepdims=True, np.sum gives a flat "
    "array. Keep the shape (n_h, 1), or the update turns b1 into a square."
)
def backward_propagation__no_keepdims(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    grads = _backward(parameters, cache, X, Y)
    return {**grads, "db1": grads["db1"].ravel(), "db2": grads["db2"].ravel()}


@misconception(
    "You sum the bias gradients along the wrong axis: axis=0 adds up the units. Add up the "
    "examples, with axis=1."
)
def backward_propagation__wrong_axis(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    m = X.shape[1]
    dZ2 = cache["A2"] - Y
    dZ1 = parameters["W2"].T @ dZ2 * (1 - cache["A1"] ** 2)
    return {
        **_backward(parameters, cache, X, Y),
        "db1": np.sum(dZ1, axis=0, keepdims=True) / m,
        "db2": np.sum(dZ2, axis=0, keepdims=True) / m,
    }


@misconception(
    "W2 is updated before the error has passed back through it. All gradients belong to the "
    "same parameters: compute all four first, and leave the step to update_parameters."
)
def backward_propagation__updated_too_early(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    grads = _backward(parameters, cache, X, Y)
    moved = {**parameters, "W2": parameters["W2"] - 1.2 * grads["dW2"]}
    return _backward(moved, cache, X, Y)


@misconception(
    "All your gradients are zero. So is the factor 1 // m as soon as there are two examples: "
    "the double slash rounds down. Divide with a single slash."
)
def backward_propagation__whole_division(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return {name: 0 * value for name, value in _backward(parameters, cache, X, Y).items()}


@misconception(
    "Your gradients are half as large as they should be. The factor 1 / (2m) belongs to a "
    "squared error; the cross-entropy needs 1 / m."
)
def backward_propagation__half(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    return _backward(parameters, cache, X, Y, m=2 * X.shape[1])


@misconception(
    "Your gradients hold the weights themselves: a term lambda / m * W belongs to a cost with "
    "a penalty for large weights, and this cost has none. Leave it out."
)
def backward_propagation__weight_decay(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    right = _backward(parameters, cache, X, Y)
    for name in ("W1", "W2"):
        right["d" + name] = right["d" + name] + 0.7 / X.shape[1] * parameters[name]
    return right


@misconception(
    "Your gradients miss the last example. A loop over range(m) has it, one over range(m - 1) "
    "stops before it; and in A2[:, :-1] the -1 leaves the last column out."
)
def backward_propagation__last_left_out(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    shorter = {name: value[:, :-1] for name, value in cache.items()}
    return _backward(parameters, shorter, X[:, :-1], Y[:, :-1], m=X.shape[1])


# update_parameters


def _step(parameters: Parameters, grads: Parameters, learning_rate: float) -> Parameters:
    return {name: parameters[name] - learning_rate * grads["d" + name] for name in parameters}


@misconception(
    "You step uphill. The gradient points to where the cost grows, so subtract: "
    "W1 - learning_rate * dW1."
)
def update_parameters__uphill(
    parameters: Parameters, grads: Parameters, learning_rate: float = 1.2
) -> Parameters:
    return _step(parameters, grads, -learning_rate)


@misconception(
    "Your step always has the same learning rate, 1.2, whatever the argument says. Use "
    "learning_rate in the formula."
)
def update_parameters__fixed_rate(
    parameters: Parameters, grads: Parameters, learning_rate: float = 1.2
) -> Parameters:
    return _step(parameters, grads, 1.2)


@misconception(
    "The learning rate is missing: you subtract the whole gradient. Multiply it by "
    "learning_rate first."
)
def update_parameters__no_rate(
    parameters: Parameters, grads: Parameters, learning_rate: float = 1.2
) -> Parameters:
    return _step(parameters, grads, 1.0)


@misconception(
    "You return the old parameters; the new ones are computed and then lost. Build the "
    "dictionary from the new values."
)
def update_parameters__old_returned(
    parameters: Parameters, grads: Parameters, learning_rate: float = 1.2
) -> Parameters:
    return dict(parameters)


@misconception(
    "Only the weights move; the biases stay where they were. Update b1 and b2 with db1 and "
    "db2 as well."
)
def update_parameters__biases_forgotten(
    parameters: Parameters, grads: Parameters, learning_rate: float = 1.2
) -> Parameters:
    moved = _step(parameters, grads, learning_rate)
    return {**moved, "b1": parameters["b1"], "b2": parameters["b2"]}


@misconception(
    "You return the step, learning_rate times the gradient. Subtract it from the parameters "
    "and return the result."
)
def update_parameters__only_the_step(
    parameters: Parameters, grads: Parameters, learning_rate: float = 1.2
) -> Parameters:
    return {name: learning_rate * grads["d" + name] for name in parameters}


# nn_model


def _train(X: Array, Y: Array, n_h: int, steps: int, learning_rate: float = 1.2) -> Parameters:
    """The reference's loop, with another number of steps or another learning rate."""
    parameters = initialize_parameters(*layer_sizes(X, Y, n_h))
    for _ in range(steps):
        A2, cache = forward_propagation(X, parameters)
        compute_cost(A2, Y, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads, learning_rate)
    return parameters


@misconception(
    "Your loop takes one step too few. range(n) already counts n times, from 0 to n - 1: use "
    "range(num_iterations)."
)
def nn_model__one_too_few(
    X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False
) -> Parameters:
    return _train(X, Y, n_h, num_iterations - 1)


@misconception(
    "Your loop takes one step too many. range(num_iterations) counts exactly num_iterations "
    "times."
)
def nn_model__one_too_many(
    X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False
) -> Parameters:
    return _train(X, Y, n_h, num_iterations + 1)


@misconception(
    "Your training ends after the first step, because return stands inside the loop. Move it "
    "to the left, below the loop."
)
def nn_model__return_inside_the_loop(
    X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False
) -> Parameters:
    return _train(X, Y, n_h, 1)


@misconception(
    "The parameters come back untrained: what update_parameters returns is not kept. Write "
    "parameters = update_parameters(parameters, grads)."
)
def nn_model__never_updated(
    X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False
) -> Parameters:
    return _train(X, Y, n_h, 0)


@misconception(
    "The forward pass stands before the loop, so every step uses the answers of the first "
    "network. Move it inside: after each update, the network has to answer anew."
)
def nn_model__forward_outside_the_loop(
    X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False
) -> Parameters:
    parameters = initialize_parameters(*layer_sizes(X, Y, n_h))
    A2, cache = forward_propagation(X, parameters)
    for _ in range(num_iterations):
        compute_cost(A2, Y, parameters)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
    return parameters


@misconception(
    "The gradients are computed once and used for every step. Move forward and backward "
    "propagation inside the loop: each step needs the gradients of where it stands."
)
def nn_model__gradients_outside_the_loop(
    X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False
) -> Parameters:
    parameters = initialize_parameters(*layer_sizes(X, Y, n_h))
    _, cache = forward_propagation(X, parameters)
    grads = backward_propagation(parameters, cache, X, Y)
    for _ in range(num_iterations):
        parameters = update_parameters(parameters, grads)
    return parameters


@misconception(
    "Your learning rate here is 0.5. Call update_parameters(parameters, grads) without a "
    "third argument, so that its default, 1.2, holds."
)
def nn_model__learning_rate_half(
    X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False
) -> Parameters:
    return _train(X, Y, n_h, num_iterations, learning_rate=0.5)


@misconception(
    "Your learning rate here is 0.01. Call update_parameters(parameters, grads) without a "
    "third argument, so that its default, 1.2, holds."
)
def nn_model__learning_rate_hundredth(
    X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False
) -> Parameters:
    return _train(X, Y, n_h, num_iterations, learning_rate=0.01)


@misconception(
    "Your network always has 4 hidden units. Pass the argument n_h on to layer_sizes or to "
    "initialize_parameters."
)
def nn_model__always_four(
    X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False
) -> Parameters:
    return _train(X, Y, 4, num_iterations)


@misconception(
    "You return the last cost. The trained network is its parameters, so return those."
)
def nn_model__cost_returned(
    X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False
) -> float:
    parameters = _train(X, Y, n_h, num_iterations - 1)
    A2, _ = forward_propagation(X, parameters)
    return compute_cost(A2, Y, parameters)


# predict


@misconception(
    "You return probabilities. A class is a decision: compare with one half, A2 > 0.5."
)
def predict__probabilities(parameters: Parameters, X: Array) -> Array:
    return forward_propagation(X, parameters)[0]


@misconception(
    "Your classes are exchanged: class 1 is where A2 is greater than 0.5, not smaller."
)
def predict__exchanged(parameters: Parameters, X: Array) -> Array:
    return forward_propagation(X, parameters)[0] < 0.5


@misconception(
    "A probability of exactly 0.5 becomes class 1. The task says that only what is above one "
    "half does: compare with >, and not with >=."
)
def predict__one_half_too(parameters: Parameters, X: Array) -> Array:
    return forward_propagation(X, parameters)[0] >= 0.5


@misconception(
    "Every example becomes class 1. Comparing with 0 does that, since a probability is always "
    "above it; compare with one half: A2 > 0.5."
)
def predict__above_zero(parameters: Parameters, X: Array) -> Array:
    return forward_propagation(X, parameters)[0] > 0


@misconception(
    "Every example becomes class 0. Cutting off the decimals does that to a probability; "
    "compare with one half, A2 > 0.5, before you convert."
)
def predict__decimals_cut_off(parameters: Parameters, X: Array) -> Array:
    return forward_propagation(X, parameters)[0].astype(int)


@misconception(
    "You return the share of class 1, one number for all examples. Return the class of each "
    "example, an array of the shape (1, m)."
)
def predict__mean(parameters: Parameters, X: Array) -> float:
    return float(np.mean(forward_propagation(X, parameters)[0] > 0.5))


@misconception(
    "Your classes are those of the hidden units, one row for each. The answer of the network "
    "is A2, the first of the two things that forward_propagation returns."
)
def predict__hidden_units(parameters: Parameters, X: Array) -> Array:
    return forward_propagation(X, parameters)[1]["A1"] > 0.5
