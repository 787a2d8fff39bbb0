"""Well-known mistakes of assignment 1: one function of the reference each, written wrong.

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
    matmul,
    relu,
    sigmoid,
)

# dot


dot__not_summed = slip(
    "You multiply the entries and stop there. Add the products up, so that one number comes "
    "out: np.sum(a * b), or a total in a loop.",
    ("total = 0.0", "total = a * b"),
    ("total += x * y", "break"),
    of="dot",
)


dot__last_product_only = slip(
    "Your total holds only the last product: each round of the loop replaces it. Add to it "
    "with total += a[i] * b[i].",
    ("total += x * y", "total = x * y"),
    of="dot",
)


dot__return_inside_the_loop = slip(
    "Only the first product is in your result: the return stands inside the loop, so that the"
    " first round ends the function. Move it to the left, behind the loop.",
    ("x * y\n", "x * y\n        return total\n"),
    of="dot",
)


dot__last_left_out = slip(
    "The last entry is left out. range(n) ends at n - 1 by itself, so range(len(a)) is all "
    "that you need.",
    ("zip(a, b,", "zip(a[:-1], b[:-1],"),
    of="dot",
)


dot__first_left_out = slip(
    "The first entry is left out. Python counts from 0, so the loop begins at a[0] * b[0].",
    ("zip(a, b,", "zip(a[1:], b[1:],"),
    of="dot",
)


@misconception(
    "You sum up both vectors and multiply the two sums. Multiply first, entry by entry, and "
    "then sum."
)
def dot__product_of_sums(a: Array, b: Array) -> float:
    return float(np.sum(a) * np.sum(b))


@misconception(
    "You add the entries of both vectors together. Each entry of a is to be multiplied with "
    "its partner in b before the sum."
)
def dot__sum_of_sums(a: Array, b: Array) -> float:
    return float(np.sum(a + b))


# matmul


@misconception(
    "The star multiplies element by element, which is another product. Take each row of A "
    "with each column of B, or use A @ B.",
    line=r"\*|multiply",
)
def matmul__star(A: Array, B: Array) -> Array:
    return A * B


@misconception(
    "You take the rows of B where its columns are needed. Entry (i, j) is row i of A with "
    "column j of B, so B is not transposed: A @ B.",
    line=r"\.T\b|transpose",
)
def matmul__second_transposed(A: Array, B: Array) -> Array:
    return A @ B.T


@misconception(
    "You compute B times A. The order matters for matrices, and often even the shapes do not "
    "fit then: A comes first.",
    line=r"\bB\b.*\bA\b",
)
def matmul__order_swapped(A: Array, B: Array) -> Array:
    return B @ A


@misconception(
    "The numbers are right, but rows and columns are exchanged. Entry (i, j) belongs to row i "
    "of A and column j of B, so the result has the shape (n, m)."
)
def matmul__result_transposed(A: Array, B: Array) -> Array:
    return (A @ B).T


@misconception(
    "Each entry holds only the last of its products. Add them up: C[i, j] += A[i, k] * B[k, j]."
)
def matmul__last_product_only(A: Array, B: Array) -> Array:
    return np.outer(A[:, -1], B[-1])


@misconception(
    "Only the first row of your result is filled: the return stands inside the outer loop. "
    "Move it to the left, behind both loops."
)
def matmul__first_row_only(A: Array, B: Array) -> Array:
    C = np.zeros((A.shape[0], B.shape[1]))
    C[0] = A[0] @ B
    return C


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


@misconception(
    "You return tanh, which goes from -1 to 1. The sigmoid goes from 0 to 1: "
    "1 / (1 + np.exp(-x))."
)
def sigmoid__tanh(x: Any) -> Any:
    return np.tanh(x)


# sigmoid_derivative


@misconception(
    "You apply the sigmoid once more. The argument y is what the sigmoid returned already, so "
    "the slope is simply y * (1 - y)."
)
def sigmoid_derivative__of_the_input(y: Any) -> Any:
    s = sigmoid(y)
    return s * (1 - s)


@misconception(
    "1 - y**2 is the slope of tanh. The sigmoid's is y * (1 - y), which is y - y**2."
)
def sigmoid_derivative__tanh(y: Any) -> Any:
    return 1 - y**2


@misconception(
    "Your slope is negative, though the sigmoid rises everywhere. It is y - y**2, not y**2 - y."
)
def sigmoid_derivative__sign(y: Any) -> Any:
    return y**2 - y


@misconception(
    "You return 1 - y and leave out the other factor. The slope is y * (1 - y): small where y "
    "is near 0, and small where y is near 1."
)
def sigmoid_derivative__one_factor(y: Any) -> Any:
    return 1 - y


@misconception("You return the sigmoid of y. What is asked for is the slope, y * (1 - y).")
def sigmoid_derivative__sigmoid(y: Any) -> Any:
    return sigmoid(y)


@misconception(
    "Python reads y * 1 - y as (y * 1) - y, which is always 0. The difference needs "
    "parentheses: y * (1 - y)."
)
def sigmoid_derivative__parentheses(y: Any) -> Any:
    return y * 1 - y


# relu


@misconception(
    "Python's max compares two single numbers and cannot choose within an array. np.maximum "
    "does it for every element: np.maximum(0, x).",
    line=r"(?<!\.)\bmax\(",
)
def relu__builtin_max(x: Any) -> Any:
    return max(0, x)


@misconception(
    "np.max(x, 0) returns the largest entry along an axis. For the larger of two values, "
    "element by element, there is np.maximum(0, x)."
)
def relu__np_max(x: Array) -> Any:
    return np.max(x, 0)


@misconception(
    "You take the absolute value, which turns negative entries around. The ReLU replaces them "
    "by 0."
)
def relu__absolute(x: Array) -> Array:
    return np.abs(x)


@misconception(
    "You keep the negative entries and cut the positive ones off. The ReLU takes the larger of "
    "0 and x: np.maximum, not np.minimum."
)
def relu__minimum(x: Array) -> Array:
    return np.minimum(0, x)


@misconception(
    "You return 1 where x is positive. That is the slope of the ReLU; the ReLU itself returns "
    "x there."
)
def relu__slope(x: Array) -> Array:
    return np.where(x > 0, 1.0, 0.0)


@misconception(
    "This is the leaky ReLU, which lets a hundredth of a negative entry pass. The plain ReLU "
    "returns 0 there."
)
def relu__leaky(x: Array) -> Array:
    return np.where(x > 0, x, 0.01 * x)


@misconception(
    "You leave the negative entries out, so that the result is shorter. Each of them becomes a "
    "0 in its place, and the shape stays the same."
)
def relu__left_out(x: Array) -> Array:
    return x[x > 0]


# softmax


softmax__no_maximum = slip(
    "np.exp overflows for scores around 1000, and inf / inf is nan. Subtract each row's "
    "largest score first: the result is the same, and the largest exponential is 1.",
    (" - np.max(scores, axis=1, keepdims=True)", ""),
    of="softmax",
)


softmax__one_maximum = slip(
    "You subtract the largest score of the whole table. A row that lies far below it has only"
    " zeros as exponentials, and 0 / 0 is nan. Subtract each row's own maximum.",
    ("np.max(scores, axis=1, keepdims=True)", "np.max(scores)"),
    of="softmax",
)


softmax__columns = slip(
    "Your columns add up to 1, not your rows. Each row is an example, so the sum runs along "
    "the row: axis=1.",
    ("scores, axis=1", "scores, axis=0"),
    ("exponentials, axis=1", "exponentials, axis=0"),
    of="softmax",
)


softmax__whole_table = slip(
    "You divide by the sum of the whole table, so that all rows together add up to 1. Each "
    "row is a distribution of its own: sum with axis=1 and keepdims=True.",
    ("np.max(scores, axis=1, keepdims=True)", "np.max(scores)"),
    ("np.sum(exponentials, axis=1, keepdims=True)", "np.sum(exponentials)"),
    of="softmax",
)


softmax__no_keepdims = slip(
    "The sums of the rows have lost an axis, so NumPy lines them up with the columns. Keep "
    "them as a column with keepdims=True.",
    ("exponentials, axis=1, keepdims=True", "exponentials, axis=1"),
    of="softmax",
    line=r"/|divide",
)


softmax__no_exponential = slip(
    "You divide the scores themselves by their sum, and negative scores give negative "
    "probabilities. Take the exponential of each score first.",
    (" - np.max(scores, axis=1, keepdims=True)", ""),
    ("np.exp(shifted)", "shifted"),
    of="softmax",
)


@misconception(
    "You apply the softmax twice, which makes the probabilities nearly equal. Once is enough."
)
def softmax__twice(scores: Array) -> Array:
    once = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    once = once / np.sum(once, axis=1, keepdims=True)
    twice = np.exp(once)
    return twice / np.sum(twice, axis=1, keepdims=True)


softmax__logarithm = slip(
    "You return the logarithms of the probabilities. Return the probabilities themselves: the"
    " exponentials, divided by their sum.",
    (
        "exponentials / np.sum(exponentials, axis=1, keepdims=True)",
        "shifted - np.log(np.sum(exponentials, axis=1, keepdims=True))",
    ),
    of="softmax",
)


@misconception(
    "You apply the sigmoid to each score, so that the rows do not add up to 1. The softmax "
    "divides each exponential by the sum of its row."
)
def softmax__sigmoid(scores: Array) -> Array:
    return sigmoid(scores)


softmax__not_divided = slip(
    "The exponentials are right, but they are not divided by anything. Divide each row by its"
    " own sum, so that it adds up to 1.",
    (" / np.sum(exponentials, axis=1, keepdims=True)", ""),
    of="softmax",
)


softmax__sum_of_shifted_scores = slip(
    "You divide by the sum of the shifted scores. The exponentials are divided by the sum of "
    "the exponentials: np.sum(np.exp(...)).",
    ("np.sum(exponentials", "np.sum(shifted"),
    of="softmax",
)


softmax__sum_of_scores = slip(
    "You divide by the sum of the scores. The exponentials are divided by the sum of the "
    "exponentials: np.sum(np.exp(...)).",
    (" - np.max(scores, axis=1, keepdims=True)", ""),
    ("np.sum(exponentials", "np.sum(scores"),
    of="softmax",
)


# one_hot


one_hot__counted_from_one = slip(
    "Each 1 stands one column too far to the left. Classes are counted from 0 here, so the "
    "column is the label itself, not label - 1.",
    ("table[row, label]", "table[row, label - 1]"),
    of="one_hot",
)


one_hot__transposed = slip(
    "Your table is transposed: it has a row for each class. There must be one row for each "
    "label, so its shape is (m, num_classes).",
    ("return table", "return table.T"),
    of="one_hot",
)


one_hot__classes_from_labels = slip(
    "You count the classes by the largest label. The last class need not occur among the "
    "labels, so take the number of columns from num_classes.",
    ("num_classes))", "int(np.max(labels)) + 1))"),
    of="one_hot",
)


one_hot__label_as_value = slip(
    "You write the label itself into the table. A label is a name, not a quantity: mark its "
    "column with a 1, and leave 0 elsewhere.",
    ("= 1\n", "= label\n"),
    of="one_hot",
)


one_hot__inverted = slip(
    "The zeros and ones are exchanged: the right class is marked with a 0. Start with "
    "np.zeros and set a 1.",
    ("return table", "return 1 - table"),
    of="one_hot",
)


one_hot__whole_rows = slip(
    "table[labels] = 1 fills whole rows. Name a row and a column for each 1: table[row, "
    "label] = 1.",
    ("table[row, label]", "table[label]"),
    of="one_hot",
)


one_hot__whole_columns = slip(
    "table[:, labels] = 1 fills whole columns. Name a row and a column for each 1: "
    "table[np.arange(m), labels] = 1.",
    ("table[row, label]", "table[:, label]"),
    of="one_hot",
)


# categorical_cross_entropy


categorical_cross_entropy__over_classes_too = slip(
    "You average over the classes too: np.mean of the table divides by m times C. Only the "
    "examples are averaged, so divide the sum by m, the number of rows.",
    ("np.sum", "np.mean"),
    (" / m", ""),
    of="categorical_cross_entropy",
)


categorical_cross_entropy__over_classes = slip(
    "You divide by the number of classes, the columns. The mean is taken over the examples: "
    "targets.shape[0].",
    ("targets.shape[0]", "targets.shape[1]"),
    of="categorical_cross_entropy",
)


categorical_cross_entropy__sum = slip(
    "Your loss is a sum over the examples, so it grows with their number. Take the mean: "
    "divide by m, the number of rows.",
    (" / m", ""),
    of="categorical_cross_entropy",
)


categorical_cross_entropy__no_minus = slip(
    "Your loss is negative. The logarithm of a probability is below zero; the minus sign in "
    "front makes a loss of it.",
    ("float(-", "float("),
    of="categorical_cross_entropy",
)


categorical_cross_entropy__log_of_targets = slip(
    "You take the logarithm of the targets, which are 0 or 1, and log(0) is not finite. It is"
    " the predictions that go into the logarithm: targets * np.log(predictions).",
    ("targets * np.log(predictions)", "predictions * np.log(targets)"),
    of="categorical_cross_entropy",
)


categorical_cross_entropy__log2 = slip(
    "Your loss is measured in bits, with np.log2. Here log means the natural logarithm, "
    "np.log.",
    ("np.log(", "np.log2("),
    of="categorical_cross_entropy",
)


categorical_cross_entropy__log10 = slip(
    "You use the logarithm to base 10. Here log means the natural logarithm, np.log.",
    ("np.log(", "np.log10("),
    of="categorical_cross_entropy",
)


categorical_cross_entropy__targets_left_out = slip(
    "The targets are missing from your sum, so every class counts as if it were right. "
    "Multiply with the targets: they keep one logarithm in each row.",
    ("targets * ", ""),
    of="categorical_cross_entropy",
)


categorical_cross_entropy__binary = slip(
    "The term (1 - t) * log(1 - p) belongs to the cross-entropy of two classes with one "
    "output. With one column for each class, the sum of t * log(p) says it all.",
    (
        "targets * np.log(predictions)",
        "targets * np.log(predictions) + (1 - targets) * np.log(1 - predictions)",
    ),
    of="categorical_cross_entropy",
)


categorical_cross_entropy__not_averaged = slip(
    "You return the losses of the single examples. Take their mean, so that one number "
    "remains.",
    (
        "float(-np.sum(targets * np.log(predictions)) / m)",
        "-np.sum(targets * np.log(predictions), axis=1)",
    ),
    of="categorical_cross_entropy",
)


categorical_cross_entropy__no_logarithm = slip(
    "The logarithm is missing: you average the probabilities of the right classes. It is "
    "-np.log of them that costs much when a network was certain and wrong.",
    ("np.log(predictions)", "predictions"),
    of="categorical_cross_entropy",
)


@misconception(
    "You take the logarithm of a mean probability. Take the logarithm of each example's "
    "probability first, and then the mean."
)
def categorical_cross_entropy__log_of_mean(targets: Array, predictions: Array) -> float:
    return float(-np.log(np.sum(targets * predictions) / len(targets)))


categorical_cross_entropy__squared_error = slip(
    "You compute the mean squared error. For probabilities of classes the task asks for the "
    "cross-entropy, with the logarithm of the predictions.",
    ("-np.sum(targets * np.log(predictions))", "np.sum((targets - predictions) ** 2)"),
    of="categorical_cross_entropy",
)


# sse


sse__mean = slip(
    "You return the mean. The sum of squared errors is not divided by anything.",
    ("np.sum", "np.mean"),
    of="sse",
)


sse__half = slip(
    "You return half of the sum. Some texts put ½ in front to shorten the derivative; in this"
    " task there is no such factor.",
    ("float(", "float(0.5 * "),
    of="sse",
)


sse__square_of_the_sum = slip(
    "You sum first and square the sum, so that errors of opposite sign cancel. Square each "
    "error, and then sum.",
    ("((predictions - targets) ** 2)", "(predictions - targets) ** 2"),
    of="sse",
)


sse__not_squared = slip(
    "The square is missing, so errors of opposite sign cancel. Square each difference before "
    "you sum.",
    (" ** 2", ""),
    of="sse",
)


sse__absolute = slip(
    "You sum the absolute errors. Here each error is squared: (p - t)**2.",
    ("(predictions - targets) ** 2", "np.abs(predictions - targets)"),
    of="sse",
)


sse__difference_of_squares = slip(
    "You subtract the squares of the targets from those of the predictions. Take the "
    "difference first and square that: (p - t)**2.",
    ("(predictions - targets) ** 2", "predictions**2 - targets**2"),
    of="sse",
)


sse__not_summed = slip(
    "You return the squared errors of the single examples. Sum them up, so that one number "
    "remains.",
    ("float(np.sum((predictions - targets) ** 2))", "(predictions - targets) ** 2"),
    of="sse",
)


# mse


mse__sum = slip(
    "You return the sum of the squared errors. For the mean, divide it by the number of "
    "examples.",
    (" / len(targets)", ""),
    of="mse",
)


mse__half = slip(
    "You return half of the mean. Some texts put ½ in front to shorten the derivative; in "
    "this task there is no such factor.",
    ("return ", "return 0.5 * "),
    of="mse",
)


mse__root = slip(
    "You take the square root at the end, which is another measure, the root mean squared "
    "error. Leave the root out.",
    (
        "sse(targets, predictions) / len(targets)",
        "float(np.sqrt(sse(targets, predictions) / len(targets)))",
    ),
    of="mse",
)


@misconception(
    "You average first and square the average, so that errors of opposite sign cancel. Square "
    "each error, and then take the mean."
)
def mse__square_of_the_mean(targets: Array, predictions: Array) -> float:
    return float(np.mean(predictions - targets) ** 2)


mse__one_less = slip(
    "You divide by m - 1, as for a variance that is estimated. The mean divides by m, the "
    "number of examples.",
    ("len(targets)", "(len(targets) - 1)"),
    of="mse",
)


@misconception("You average the absolute errors. Here each error is squared: (p - t)**2.")
def mse__absolute(targets: Array, predictions: Array) -> float:
    return float(np.mean(np.abs(predictions - targets)))


# mae


mae__no_absolute = slip(
    "Errors of opposite sign cancel in your mean. Take the absolute value of each error, with"
    " np.abs, before you average.",
    ("np.abs(predictions - targets)", "predictions - targets"),
    of="mae",
)


mae__absolute_of_the_mean = slip(
    "You take the absolute value of the mean, when errors of opposite sign have cancelled "
    "already. Take it of each error first.",
    ("np.mean(np.abs(predictions - targets))", "abs(np.mean(predictions - targets))"),
    of="mae",
)


mae__sum = slip(
    "You return the sum of the absolute errors. For the mean, divide it by the number of "
    "examples.",
    ("np.mean", "np.sum"),
    of="mae",
)


mae__squared = slip(
    "You square the errors. Here their absolute values are averaged: np.abs(p - t).",
    ("np.abs(predictions - targets)", "(predictions - targets) ** 2"),
    of="mae",
)


mae__median = slip(
    "You return the median of the absolute errors. The task asks for their mean: sum them up "
    "and divide by m.",
    ("np.mean", "np.median"),
    of="mae",
)


# mbe


mbe__target_minus_prediction = slip(
    "Your sign is turned around: you compute target minus prediction. Here an error is "
    "prediction minus target, positive when the prediction is too high.",
    ("predictions - targets", "targets - predictions"),
    of="mbe",
)


mbe__absolute_errors = slip(
    "You take the absolute value of each error, which is the mae. The bias keeps the signs, "
    "so that errors can cancel.",
    ("predictions - targets", "np.abs(predictions - targets)"),
    of="mbe",
)


@misconception(
    "You drop the sign of the mean. It tells whether the predictions are too high or too low, "
    "so keep it."
)
def mbe__absolute_of_the_mean(targets: Array, predictions: Array) -> float:
    return float(abs(np.mean(predictions - targets)))


mbe__sum = slip(
    "You return the sum of the errors. For the mean, divide it by the number of examples.",
    ("np.mean", "np.sum"),
    of="mbe",
)


mbe__squared = slip(
    "You square the errors, and their signs are lost. The bias is their plain mean.",
    ("predictions - targets", "(predictions - targets) ** 2"),
    of="mbe",
)


# forward


def _activate(sums: Array, activation: str) -> Array:
    if activation == "relu":
        return relu(sums)
    return sigmoid(sums) if activation == "sigmoid" else sums


@misconception(
    "Your layers have no activation, whatever its name says, and the network is one single "
    "matrix. Apply the activation to each product."
)
def forward__no_activation(inputs: Array, weights: list[Array], activation: str) -> Array:
    outputs = inputs
    for W in weights:
        outputs = matmul(outputs, W)
    return outputs


@misconception(
    "The last layer has no activation. In this task it is applied after every layer, the last "
    "one included."
)
def forward__last_layer_linear(inputs: Array, weights: list[Array], activation: str) -> Array:
    outputs = inputs
    for W in weights[:-1]:
        outputs = _activate(matmul(outputs, W), activation)
    return matmul(outputs, weights[-1])


@misconception(
    "The activation is applied once, behind the last layer. It belongs inside the loop, after "
    "every product: without it, the layers before are no more than one."
)
def forward__only_at_the_end(inputs: Array, weights: list[Array], activation: str) -> Array:
    outputs = inputs
    for W in weights:
        outputs = matmul(outputs, W)
    return _activate(outputs, activation)


@misconception(
    "You apply the activation before the product, so that the inputs are bent and the answers "
    "are not. Multiply first, and then apply it to the sums."
)
def forward__activation_first(inputs: Array, weights: list[Array], activation: str) -> Array:
    outputs = inputs
    for W in weights:
        outputs = matmul(_activate(outputs, activation), W)
    return outputs


forward__always_relu = slip(
    "Your network uses the ReLU whatever the argument says. Look at the name in activation: "
    "'linear', 'relu' or 'sigmoid'.",
    ('if activation == "relu":', "if True:"),
    of="forward",
)


forward__always_sigmoid = slip(
    "Your network uses the sigmoid whatever the argument says. Look at the name in "
    "activation: 'linear', 'relu' or 'sigmoid'.",
    (
        'if activation == "relu":\n            outputs = relu(outputs)\n'
        '        elif activation == "sigmoid":',
        "if True:",
    ),
    of="forward",
)


forward__sigmoid_for_linear = slip(
    "With 'linear' your network still uses the sigmoid: it stands in an else that catches "
    "every name but 'relu'. 'linear' leaves the sums as they are.",
    (
        'elif activation == "sigmoid":\n            outputs = sigmoid(outputs)\n'
        '        elif activation != "linear":\n'
        '            raise ValueError(f"there is no activation {activation!r}")',
        "else:\n            outputs = sigmoid(outputs)",
    ),
    of="forward",
)


@misconception(
    "With 'linear' your network still uses the ReLU: it stands in an else that catches every "
    "name but 'sigmoid'. 'linear' leaves the sums as they are."
)
def forward__relu_for_linear(inputs: Array, weights: list[Array], activation: str) -> Array:
    outputs = inputs
    for W in weights:
        sums = matmul(outputs, W)
        outputs = sigmoid(sums) if activation == "sigmoid" else relu(sums)
    return outputs


forward__first_layer_only = slip(
    "Your result is what the first layer gives: the return stands inside the loop. Move it to"
    " the left, behind the loop.",
    ("for W in weights:", "for W in weights[:1]:"),
    of="forward",
)


forward__last_layer_left_out = slip(
    "The last layer is left out. Loop over all matrices of the list: for W in weights.",
    ("for W in weights:", "for W in weights[:-1]:"),
    of="forward",
)


forward__transposed = slip(
    "You transpose the weights. Each matrix has one row for each input and one column for "
    "each neuron, so it fits as it is: outputs @ W.",
    ("matmul(outputs, W)", "outputs @ W.T"),
    of="forward",
    line=r"\.T\b|transpose",
)


# training_updates


training_updates__rounded_down = slip(
    "The smaller last batch of an epoch is missing from your count. It makes an update like "
    "any other, so round up: math.ceil(samples / batch_size).",
    ("(1 if left_over else 0)", "0"),
    of="training_updates",
)


training_updates__fractions = slip(
    "You count fractions of an update. A batch that is not full still makes a whole one, so "
    "round up within each epoch: math.ceil(samples / batch_size).",
    ("full_batches + (1 if left_over else 0)", "samples / batch_size"),
    of="training_updates",
)


@misconception(
    "You round up once for the whole training. Batches do not reach into the next epoch: "
    "round up for one epoch, and then multiply."
)
def training_updates__rounded_at_the_end(samples: int, batch_size: int, epochs: int) -> int:
    return math.ceil(samples * epochs / batch_size)


@misconception(
    "You round down for the whole training. Every epoch has a smaller last batch of its own "
    "that counts: round up for one epoch, and then multiply."
)
def training_updates__rounded_down_at_the_end(
    samples: int, batch_size: int, epochs: int
) -> int:
    return samples * epochs // batch_size


training_updates__one_epoch = slip(
    "You count the updates of a single epoch. Every epoch repeats them: multiply by epochs.",
    (" * epochs", ""),
    of="training_updates",
)


@misconception(
    "You count one update for each example. There is one for each batch: divide by the batch "
    "size first."
)
def training_updates__each_example(samples: int, batch_size: int, epochs: int) -> int:
    return samples * epochs


training_updates__always_one_more = slip(
    "You always add one batch, also where the batch size divides the number of examples. Add "
    "it only when something is left over.",
    ("(1 if left_over else 0)", "1"),
    of="training_updates",
)


@misconception(
    "You count one update for each epoch. All weights are changed after each batch, and an "
    "epoch has many batches."
)
def training_updates__one_per_epoch(samples: int, batch_size: int, epochs: int) -> int:
    return epochs
