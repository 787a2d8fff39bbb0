"""Well-known mistakes of assignment 3: one function of the reference each, written wrong.

Each is a mistake that somebody would make, with what a teacher would say about it: a change of
the reference's text, or a function or class in its place. Any two of one function give other
answers somewhere, so that a diagnosis is never a guess.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from autograder.authoring import misconception, slip
from solution import (
    Array,
    Parameters,
    backward_propagation,
    compute_cost,
    forward_propagation,
    initialize_parameters,
    layer_sizes,
    update_parameters,
)

# layer_sizes


layer_sizes__examples_for_features = slip(
    "You return the number of examples, X.shape[1], as the size of the input layer. Examples "
    "are columns here, so the features are the rows: X.shape[0].",
    ("X.shape[0]", "X.shape[1]"),
    of="layer_sizes",
)


layer_sizes__columns_for_rows = slip(
    "Both outer sizes are numbers of examples. Examples are columns here: n_x and n_y are the"
    " numbers of rows, X.shape[0] and Y.shape[0].",
    ("X.shape[0]", "X.shape[1]"),
    ("Y.shape[0]", "Y.shape[1]"),
    of="layer_sizes",
)


layer_sizes__examples_for_outputs = slip(
    "You return the number of examples, Y.shape[1], as the size of the output layer. There is"
    " one output unit for each row of Y: Y.shape[0].",
    ("Y.shape[0]", "Y.shape[1]"),
    of="layer_sizes",
)


layer_sizes__always_four = slip(
    "Your hidden layer always has 4 units. Take the number from the argument, hidden_neurons,"
    " so that every size can be tried.",
    ("n_h = hidden_neurons", "n_h = 4"),
    of="layer_sizes",
)


layer_sizes__hidden_last = slip(
    "The three sizes are right, but in another order. Return them as the data flows: n_x, "
    "n_h, n_y.",
    ("n_x, n_h, n_y", "n_x, n_y, n_h"),
    of="layer_sizes",
)


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
    "None of the weights in W1 is negative: np.random.rand draws evenly from 0 to 1. Use "
    "np.random.randn for W1 as well, with an n at the end for normal."
)
def initialize_parameters__rand_in_W1(n_x: int, n_h: int, n_y: int) -> Parameters:
    return {
        "W1": 0.01 * np.random.rand(n_h, n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": 0.01 * np.random.randn(n_y, n_h),
        "b2": np.zeros((n_y, 1)),
    }


@misconception(
    "None of the weights in W2 is negative: np.random.rand draws evenly from 0 to 1. Use "
    "np.random.randn for W2 as well, with an n at the end for normal."
)
def initialize_parameters__rand_in_W2(n_x: int, n_h: int, n_y: int) -> Parameters:
    return {
        "W1": 0.01 * np.random.randn(n_h, n_x),
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


sigmoid__no_minus = slip(
    "Your sigmoid falls where it should rise: the minus sign in the exponent is missing. It "
    "is 1 / (1 + np.exp(-x)).",
    ("np.exp(-x)", "np.exp(x)"),
    of="sigmoid",
)


sigmoid__parentheses = slip(
    "Without parentheses, 1 / 1 + np.exp(-x) means (1 / 1) + np.exp(-x), which is always "
    "above 1. Put the whole denominator in parentheses: 1 / (1 + np.exp(-x)).",
    ("(1 + np.exp(-x))", "1 + np.exp(-x)"),
    of="sigmoid",
)


@misconception(
    "math.exp takes a single number and cannot work on an array. np.exp does the same for "
    "all elements at once.",
    line=r"(?<!np\.)\bexp\(",
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


sigmoid__tanh = slip(
    "You return tanh, which goes from -1 to 1. The sigmoid goes from 0 to 1: 1 / (1 + "
    "np.exp(-x)).",
    ("1 / (1 + np.exp(-x))", "np.tanh(x)"),
    of="sigmoid",
)


# forward_propagation


forward_propagation__no_activation = slip(
    "Your hidden layer has no activation: Z1 is passed on as it is, and two linear layers are"
    " no more than one. Use A1 = np.tanh(Z1).",
    ("np.tanh(Z1)", "Z1"),
    of="forward_propagation",
)


forward_propagation__activation_skipped = slip(
    "A1 is right, but Z2 is computed from Z1. The output layer gets the hidden layer's "
    "activations: Z2 = W2 @ A1 + b2.",
    ("W2 @ A1", "W2 @ Z1"),
    of="forward_propagation",
)


forward_propagation__tanh_output = slip(
    "Your output layer uses tanh, which can be negative. The answer should be a probability, "
    "so use the sigmoid there: A2 = sigmoid(Z2).",
    ("sigmoid(Z2)", "np.tanh(Z2)"),
    of="forward_propagation",
)


forward_propagation__linear_output = slip(
    "Your output layer has no activation, so A2 is not a probability. Apply the sigmoid: A2 ="
    " sigmoid(Z2).",
    ("sigmoid(Z2)", "Z2"),
    of="forward_propagation",
)


forward_propagation__sigmoid_hidden = slip(
    "Your hidden layer uses the sigmoid. In this network its activation is tanh: A1 = "
    "np.tanh(Z1).",
    ("np.tanh(Z1)", "sigmoid(Z1)"),
    of="forward_propagation",
)


forward_propagation__relu_hidden = slip(
    "Your hidden layer uses the ReLU. In this network its activation is tanh: A1 = "
    "np.tanh(Z1).",
    ("np.tanh(Z1)", "np.maximum(0, Z1)"),
    of="forward_propagation",
)


forward_propagation__activations_swapped = slip(
    "The tanh and the sigmoid have changed places. The hidden layer takes tanh, the output "
    "layer the sigmoid.",
    ("np.tanh(Z1)", "sigmoid(Z1)"),
    ("sigmoid(Z2)", "np.tanh(Z2)"),
    of="forward_propagation",
)


forward_propagation__no_biases = slip(
    "The biases are missing. Add them to both products: W1 @ X + b1 and W2 @ A1 + b2.",
    (" + b1", ""),
    (" + b2", ""),
    of="forward_propagation",
)


forward_propagation__no_hidden_bias = slip(
    "The hidden layer's bias is missing. Its sum is Z1 = W1 @ X + b1.",
    (" + b1", ""),
    of="forward_propagation",
)


forward_propagation__no_output_bias = slip(
    "The output layer's bias is missing. Its sum is Z2 = W2 @ A1 + b2.",
    (" + b2", ""),
    of="forward_propagation",
)


forward_propagation__cache_without_sums = slip(
    "A cache entry has the wrong array: Z2 holds what A2 should hold. Keep the sum, before "
    "the sigmoid, in Z2.",
    ('"Z2": Z2', '"Z2": A2'),
    of="forward_propagation",
)


forward_propagation__star = slip(
    "The star multiplies element by element, which does not fit these shapes. A layer needs "
    "the matrix product: W1 @ X.",
    ("W1 @ X", "W1 * X"),
    of="forward_propagation",
    line=r"\*|multiply",
)


# compute_cost


compute_cost__sum = slip(
    "Your cost is a sum over the examples, so it grows with their number. Take the mean: "
    "divide by m, which is Y.shape[1] and not Y.shape[0].",
    (" / m", ""),
    of="compute_cost",
)


compute_cost__no_minus = slip(
    "Your cost is negative. The logarithm of a probability is below zero; the minus sign in "
    "front makes a cost of it.",
    ("-np.sum", "np.sum"),
    of="compute_cost",
)


compute_cost__sum_without_minus = slip(
    "Your cost is the negative of a sum: both the minus sign and the division by m are "
    "missing. It is -np.sum(...) / m.",
    ("-np.sum(log_likelihood) / m", "np.sum(log_likelihood)"),
    of="compute_cost",
)


compute_cost__only_class_one = slip(
    "Only the examples of class 1 count in your cost. Add the other half, (1 - Y) * np.log(1 "
    "- A2), for those of class 0.",
    (" + (1 - Y) * np.log(1 - A2)", ""),
    of="compute_cost",
)


compute_cost__halves_subtracted = slip(
    "The two halves of your cost have opposite signs, so mistakes on class 0 lower it. Both "
    "halves are added inside the sum, and one minus sign stands in front.",
    (" + (1 - Y)", " - (1 - Y)"),
    of="compute_cost",
)


compute_cost__log_of_labels = slip(
    "You take the logarithm of the labels, which are 0 or 1, and log(0) is not finite. It is "
    "the network's answer that goes into the logarithm: Y * np.log(A2).",
    ("Y * np.log(A2) + (1 - Y) * np.log(1 - A2)", "A2 * np.log(Y) + (1 - A2) * np.log(1 - Y)"),
    of="compute_cost",
)


compute_cost__log2 = slip(
    "Your cost is measured in bits, with np.log2. The gradients of this network belong to the"
    " natural logarithm: np.log.",
    ("np.log(A2)", "np.log2(A2)"),
    ("np.log(1 - A2)", "np.log2(1 - A2)"),
    of="compute_cost",
)


compute_cost__log10 = slip(
    "You use the logarithm to base 10. Here log means the natural logarithm, np.log.",
    ("np.log(A2)", "np.log10(A2)"),
    ("np.log(1 - A2)", "np.log10(1 - A2)"),
    of="compute_cost",
)


compute_cost__squared_error = slip(
    "You compute the mean squared error. For probabilities this network uses the "
    "cross-entropy, with the logarithms of A2 and 1 - A2.",
    ("Y * np.log(A2) + (1 - Y) * np.log(1 - A2)", "-((A2 - Y) ** 2)"),
    of="compute_cost",
)


compute_cost__half_squared_error = slip(
    "You compute half the mean squared error. For probabilities this network uses the "
    "cross-entropy, with the logarithms of A2 and 1 - A2.",
    ("Y * np.log(A2) + (1 - Y) * np.log(1 - A2)", "-((A2 - Y) ** 2) / 2"),
    of="compute_cost",
)


compute_cost__not_summed = slip(
    "You return the costs of the single examples. Sum them up and divide by m, so that one "
    "number remains.",
    ("float(-np.sum(log_likelihood) / m)", "-log_likelihood / m"),
    of="compute_cost",
)


compute_cost__every_pair = slip(
    "Flattening one of A2 and Y, or transposing it, makes NumPy pair every answer with every "
    "label. Keep both in the shape (1, m).",
    ("np.log(A2)", "np.log(A2.T)"),
    ("np.log(1 - A2)", "np.log(1 - A2.T)"),
    of="compute_cost",
)


# backward_propagation


backward_propagation__no_square = slip(
    "Your hidden layer's derivative is 1 - A1, without the square. The derivative of tanh is "
    "1 - A1**2.",
    ("1 - A1**2", "1 - A1"),
    of="backward_propagation",
)


backward_propagation__no_derivative = slip(
    "The derivative of the hidden layer's activation is missing. Multiply W2.T @ dZ2 by the "
    "slope of tanh, 1 - A1**2.",
    (" * (1 - A1**2)", ""),
    of="backward_propagation",
)


backward_propagation__sigmoid_derivative = slip(
    "Your hidden layer's derivative is the sigmoid's, A1 * (1 - A1). Its activation is tanh, "
    "so use 1 - A1**2.",
    ("(1 - A1**2)", "(A1 * (1 - A1))"),
    of="backward_propagation",
)


backward_propagation__square_of_z = slip(
    "You take the derivative as 1 - Z1**2. It is the activation that is squared, not the sum "
    "before it: 1 - A1**2.",
    ("A1**2", 'cache["Z1"] ** 2'),
    of="backward_propagation",
)


backward_propagation__tanh_twice = slip(
    "The tanh is applied twice: A1 is already tanh(Z1). The derivative is 1 - A1**2, or 1 - "
    "np.tanh(Z1)**2.",
    ("A1**2", "np.tanh(A1) ** 2"),
    of="backward_propagation",
)


backward_propagation__plus_square = slip(
    "You multiply by 1 + A1**2. The derivative of tanh has a minus: 1 - A1**2, so it is "
    "largest in the middle.",
    ("1 - A1**2", "1 + A1**2"),
    of="backward_propagation",
)


backward_propagation__parentheses = slip(
    "Parentheses are missing around 1 - A1**2: the product is taken with 1 first, and A1**2 "
    "subtracted afterwards. Write W2.T @ dZ2 * (1 - A1**2).",
    ("(1 - A1**2)", "1 - A1**2"),
    of="backward_propagation",
)


backward_propagation__opposite_sign = slip(
    "All your gradients have the opposite sign, because the error is taken as Y - A2. With "
    "dZ2 = A2 - Y the step goes downhill.",
    ("A2 - Y", "Y - A2"),
    of="backward_propagation",
)


backward_propagation__squared_error = slip(
    "You multiply the error by A2 * (1 - A2), which belongs to the squared error. With the "
    "cross-entropy it cancels, and dZ2 is just A2 - Y.",
    ("A2 - Y", "(A2 - Y) * A2 * (1 - A2)"),
    of="backward_propagation",
)


backward_propagation__thresholded = slip(
    "You compare classes with labels, so small errors vanish. The gradient needs the "
    "probability itself: dZ2 = A2 - Y, without a threshold.",
    ("A2 - Y", "(A2 > 0.5) - Y"),
    of="backward_propagation",
)


backward_propagation__error_of_z = slip(
    "Your error is Z2 - Y, from before the sigmoid. It is the answer that is compared with "
    "the label: dZ2 = A2 - Y.",
    ("A2 - Y", 'cache["Z2"] - Y'),
    of="backward_propagation",
)


backward_propagation__dw2_from_z1 = slip(
    "dW2 is made from Z1. The output layer's inputs are the activations, so it is dZ2 @ A1.T "
    "/ m.",
    ("dZ2 @ A1.T", 'dZ2 @ cache["Z1"].T'),
    of="backward_propagation",
)


backward_propagation__sums = slip(
    "None of your gradients is divided by m. The cost is a mean over the examples, so its "
    "gradients are means too: divide all four by m.",
    ("m = X.shape[1]", "m = 1"),
    of="backward_propagation",
)


backward_propagation__bias_sums = slip(
    "Your two weight gradients are means, but your two bias gradients are sums. Divide db1 "
    "and db2 by m as well.",
    (") / m\n    dZ1", ")\n    dZ1"),
    (") / m\n\n", ")\n\n"),
    of="backward_propagation",
)


backward_propagation__weight_sums = slip(
    "Your two bias gradients are means, but your two weight gradients are sums. The matrix "
    "product adds up the examples: divide dW1 and dW2 by m as well.",
    (" / m\n    db2", "\n    db2"),
    (" / m\n    db1", "\n    db1"),
    of="backward_propagation",
)


backward_propagation__hidden_sums = slip(
    "The output layer's gradients are right, the hidden layer's are not divided by m. Divide "
    "dW1 and db1 as well.",
    (" / m\n    db1", "\n    db1"),
    (") / m\n\n", ")\n\n"),
    of="backward_propagation",
)


backward_propagation__output_sums = slip(
    "The hidden layer's gradients are right, the output layer's are not divided by m. Divide "
    "dW2 and db2 as well.",
    (" / m\n    db2", "\n    db2"),
    (") / m\n    dZ1", ")\n    dZ1"),
    of="backward_propagation",
)


backward_propagation__dw1_sum = slip(
    "Only dW1 is not divided by m. All four gradients are means over the examples.",
    (" / m\n    db1", "\n    db1"),
    of="backward_propagation",
)


backward_propagation__dw2_sum = slip(
    "Only dW2 is not divided by m. All four gradients are means over the examples.",
    (" / m\n    db2", "\n    db2"),
    of="backward_propagation",
)


backward_propagation__features_for_examples = slip(
    "You divide by the number of features, X.shape[0]. Examples are columns, so m is "
    "X.shape[1].",
    ("X.shape[1]", "X.shape[0]"),
    of="backward_propagation",
)


backward_propagation__sum_of_everything = slip(
    "Your hidden layer's bias gradient is a single number, the sum of everything. Sum over "
    "the examples only: np.sum(dZ1, axis=1, keepdims=True).",
    ("dZ2, axis=1, keepdims=True", "dZ2"),
    ("dZ1, axis=1, keepdims=True", "dZ1"),
    of="backward_propagation",
)


backward_propagation__no_keepdims = slip(
    "Your bias gradients have lost their column: without keepdims=True, np.sum gives a flat "
    "array. Keep the shape (n_h, 1), or the update turns b1 into a square.",
    ("dZ2, axis=1, keepdims=True", "dZ2, axis=1"),
    ("dZ1, axis=1, keepdims=True", "dZ1, axis=1"),
    of="backward_propagation",
)


backward_propagation__wrong_axis = slip(
    "You sum the bias gradients along the wrong axis: axis=0 adds up the units. Add up the "
    "examples, with axis=1.",
    ("dZ2, axis=1", "dZ2, axis=0"),
    ("dZ1, axis=1", "dZ1, axis=0"),
    of="backward_propagation",
)


backward_propagation__updated_too_early = slip(
    "W2 is updated before the error has passed back through it. All gradients belong to the "
    "same parameters: compute all four first, and leave the step to update_parameters.",
    ("W2.T @", "(W2 - 1.2 * dW2).T @"),
    of="backward_propagation",
)


backward_propagation__whole_division = slip(
    "All your gradients are zero. Look for the factor that is: 1 // m is zero as soon as there "
    "are two examples, since the double slash rounds down. Divide with a single slash.",
    (" / m\n    db2", " * (1 // m)\n    db2"),
    (") / m\n    dZ1", ") * (1 // m)\n    dZ1"),
    (" / m\n    db1", " * (1 // m)\n    db1"),
    (") / m\n\n", ") * (1 // m)\n\n"),
    of="backward_propagation",
)


backward_propagation__half = slip(
    "Your gradients are half as large as they should be. The factor 1 / (2m) belongs to a "
    "squared error; the cross-entropy needs 1 / m.",
    ("m = X.shape[1]", "m = 2 * X.shape[1]"),
    of="backward_propagation",
)


backward_propagation__weight_decay = slip(
    "Your gradients hold the weights themselves: a term lambda / m * W belongs to a cost with"
    " a penalty for large weights, and this cost has none. Leave it out.",
    ("dW2 = ", "dW2 = 0.7 / m * W2 + "),
    ("dW1 = ", 'dW1 = 0.7 / m * parameters["W1"] + '),
    of="backward_propagation",
)


backward_propagation__last_left_out = slip(
    "Your gradients miss the last example. A loop over range(m) has it, one over range(m - 1)"
    " stops before it; and in A2[:, :-1] the -1 leaves the last column out.",
    ('cache["A1"], cache["A2"]', 'cache["A1"][:, :-1], cache["A2"][:, :-1]'),
    ("- Y\n", "- Y[:, :-1]\n"),
    ("X.T", "X[:, :-1].T"),
    of="backward_propagation",
)


backward_propagation__db2_from_all_of_dw2 = slip(
    "Your db2 is one sum over dW2, np.sum(dW2). A bias gradient is the sum of the errors, as "
    "a column: np.sum(dZ2, axis=1, keepdims=True) / m.",
    ("np.sum(dZ2, axis=1, keepdims=True)", "np.sum(dW2)"),
    of="backward_propagation",
)


backward_propagation__bias_gradients_from_weights = slip(
    "Your bias gradients are sums over dW1 and dW2. They are sums of the errors: dZ1 for db1,"
    " dZ2 for db2.",
    ("np.sum(dZ2, axis=1", "np.sum(dW2, axis=1"),
    ("np.sum(dZ1, axis=1", "np.sum(dW1, axis=1"),
    of="backward_propagation",
)


backward_propagation__db2_from_dw2 = slip(
    "Your db2 is a sum over dW2. A bias gradient is the sum of the errors: np.sum(dZ2, "
    "axis=1, keepdims=True) / m.",
    ("np.sum(dZ2, axis=1", "np.sum(dW2, axis=1"),
    of="backward_propagation",
)


backward_propagation__gradient_for_weights = slip(
    "Your dZ1 travels back through dW2, the gradient. The error passes through the weights "
    "themselves: W2.T @ dZ2 * (1 - A1**2).",
    ("W2.T @", "dW2.T @"),
    of="backward_propagation",
)


# update_parameters


update_parameters__uphill = slip(
    "You step uphill. The gradient points to where the cost grows, so subtract: W1 - "
    "learning_rate * dW1.",
    ('["W1"] - ', '["W1"] + '),
    ('["b1"] - ', '["b1"] + '),
    ('["W2"] - ', '["W2"] + '),
    ('["b2"] - ', '["b2"] + '),
    of="update_parameters",
)


update_parameters__fixed_rate = slip(
    "Your step always has the same learning rate, 1.2, whatever the argument says. Use "
    "learning_rate in the formula.",
    ('learning_rate * grads["dW1"]', '1.2 * grads["dW1"]'),
    ('learning_rate * grads["db1"]', '1.2 * grads["db1"]'),
    ('learning_rate * grads["dW2"]', '1.2 * grads["dW2"]'),
    ('learning_rate * grads["db2"]', '1.2 * grads["db2"]'),
    of="update_parameters",
)


update_parameters__no_rate = slip(
    "The learning rate is missing: you subtract the whole gradient. Multiply it by "
    "learning_rate first.",
    ('learning_rate * grads["dW1"]', 'grads["dW1"]'),
    ('learning_rate * grads["db1"]', 'grads["db1"]'),
    ('learning_rate * grads["dW2"]', 'grads["dW2"]'),
    ('learning_rate * grads["db2"]', 'grads["db2"]'),
    of="update_parameters",
)


update_parameters__old_returned = slip(
    "You return the old parameters; the new ones are computed and then lost. Build the "
    "dictionary from the new values.",
    (' - learning_rate * grads["dW1"]', ""),
    (' - learning_rate * grads["db1"]', ""),
    (' - learning_rate * grads["dW2"]', ""),
    (' - learning_rate * grads["db2"]', ""),
    of="update_parameters",
)


update_parameters__biases_forgotten = slip(
    "Only the weights move; the biases stay where they were. Update b1 and b2 with db1 and "
    "db2 as well.",
    (' - learning_rate * grads["db1"]', ""),
    (' - learning_rate * grads["db2"]', ""),
    of="update_parameters",
)


update_parameters__only_the_step = slip(
    "You return the step, learning_rate times the gradient. Subtract it from the parameters "
    "and return the result.",
    ('parameters["W1"] - ', ""),
    ('parameters["b1"] - ', ""),
    ('parameters["W2"] - ', ""),
    ('parameters["b2"] - ', ""),
    of="update_parameters",
)


update_parameters__output_layer_forgotten = slip(
    "Only the hidden layer moves; W2 and b2 come back as they were. Return the new values of "
    "all four.",
    (' - learning_rate * grads["dW2"]', ""),
    (' - learning_rate * grads["db2"]', ""),
    of="update_parameters",
)


update_parameters__hidden_layer_forgotten = slip(
    "Only the output layer moves; W1 and b1 come back as they were. Return the new values of "
    "all four.",
    (' - learning_rate * grads["dW1"]', ""),
    (' - learning_rate * grads["db1"]', ""),
    of="update_parameters",
)


update_parameters__weights_forgotten = slip(
    "Only the biases move; the weights stay where they were. Update W1 and W2 with dW1 and "
    "dW2 as well.",
    (' - learning_rate * grads["dW1"]', ""),
    (' - learning_rate * grads["dW2"]', ""),
    of="update_parameters",
)


# nn_model


nn_model__one_too_few = slip(
    "Your loop takes one step too few. range(n) already counts n times, from 0 to n - 1: use "
    "range(num_iterations).",
    ("range(num_iterations)", "range(num_iterations - 1)"),
    of="nn_model",
)


nn_model__one_too_many = slip(
    "Your loop takes one step too many. range(num_iterations) counts exactly num_iterations "
    "times.",
    ("range(num_iterations)", "range(num_iterations + 1)"),
    of="nn_model",
)


nn_model__return_inside_the_loop = slip(
    "Your training ends after the first step, because return stands inside the loop. Move it "
    "to the left, below the loop.",
    ('{cost:.6f}")\n\n', '{cost:.6f}")\n        return parameters\n\n'),
    of="nn_model",
)


nn_model__never_updated = slip(
    "The parameters come back untrained: what update_parameters returns is not kept. Write "
    "parameters = update_parameters(parameters, grads).",
    ("parameters = update_parameters", "update_parameters"),
    of="nn_model",
)


@misconception(
    "The forward pass stands before the loop, so every step uses the answers of the first "
    "network. Move it inside: after each update, the network has to answer again."
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


nn_model__learning_rate_half = slip(
    "Your learning rate here is 0.5. Call update_parameters(parameters, grads) without a "
    "third argument, so that its default, 1.2, holds.",
    ("(parameters, grads)", "(parameters, grads, 0.5)"),
    of="nn_model",
)


nn_model__learning_rate_hundredth = slip(
    "Your learning rate here is 0.01. Call update_parameters(parameters, grads) without a "
    "third argument, so that its default, 1.2, holds.",
    ("(parameters, grads)", "(parameters, grads, 0.01)"),
    of="nn_model",
)


nn_model__always_four = slip(
    "Your network always has 4 hidden units. Pass the argument n_h on to layer_sizes or to "
    "initialize_parameters.",
    ("(X, Y, n_h)", "(X, Y, 4)"),
    of="nn_model",
)


nn_model__cost_returned = slip(
    "You return the last cost. The trained network is its parameters, so return those.",
    ("return parameters", "return cost"),
    of="nn_model",
)


# predict


predict__probabilities = slip(
    "You return probabilities. A class is a decision: compare with one half, A2 > 0.5.",
    ("A2 > 0.5", "A2"),
    of="predict",
)


predict__exchanged = slip(
    "Your classes are exchanged: class 1 is where A2 is greater than 0.5, not smaller.",
    ("A2 > 0.5", "A2 < 0.5"),
    of="predict",
)


predict__one_half_too = slip(
    "A probability of exactly 0.5 becomes class 1. The task says that only what is above one "
    "half does: compare with >, and not with >=.",
    ("A2 > 0.5", "A2 >= 0.5"),
    of="predict",
)


predict__above_zero = slip(
    "Every example becomes class 1. Comparing with 0 does that, since a probability is always"
    " above it; compare with one half: A2 > 0.5.",
    ("A2 > 0.5", "A2 > 0"),
    of="predict",
)


predict__decimals_cut_off = slip(
    "Every example becomes class 0. Cutting off the decimals does that to a probability; "
    "compare with one half, A2 > 0.5, before you convert.",
    ("A2 > 0.5", "A2.astype(int)"),
    of="predict",
)


predict__mean = slip(
    "You return the share of class 1, one number for all examples. Return the class of each "
    "example, an array of the shape (1, m).",
    ("A2 > 0.5", "float(np.mean(A2 > 0.5))"),
    of="predict",
)


predict__hidden_units = slip(
    "Your classes are those of the hidden units, one row for each. The answer of the network "
    "is A2, the first of the two things that forward_propagation returns.",
    ("A2, _ =", "_, cache ="),
    ("A2 > 0.5", 'cache["A1"] > 0.5'),
    of="predict",
)
