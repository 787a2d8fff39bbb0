"""Well-known mistakes of assignment 1: one function of the reference each, written wrong.

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
    matmul,
    mse,
    one_hot,
    relu,
    sigmoid,
)

# dot


@misconception(
    "You multiply the entries and stop there. Add the products up, so that one number comes "
    "out: np.sum(a * b), or a total in a loop."
)
def dot__not_summed(a: Array, b: Array) -> Any:
    return a * b


@misconception(
    "Your total holds only the last product: each round of the loop replaces it. Add to it "
    "with total += a[i] * b[i]."
)
def dot__last_product_only(a: Array, b: Array) -> float:
    return float(a[-1] * b[-1])


@misconception(
    "Only the first product is in your result: the return stands inside the loop, so that the "
    "first round ends the function. Move it to the left, behind the loop."
)
def dot__return_inside_the_loop(a: Array, b: Array) -> float:
    return float(a[0] * b[0])


@misconception(
    "The last entry is left out. range(n) ends at n - 1 by itself, so range(len(a)) is all "
    "that you need."
)
def dot__last_left_out(a: Array, b: Array) -> float:
    return float(np.sum(a[:-1] * b[:-1]))


@misconception(
    "The first entry is left out. Python counts from 0, so the loop begins at a[0] * b[0]."
)
def dot__first_left_out(a: Array, b: Array) -> float:
    return float(np.sum(a[1:] * b[1:]))


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
    "with each column of B, or use A @ B."
)
def matmul__star(A: Array, B: Array) -> Array:
    return A * B


@misconception(
    "You take the rows of B where its columns are needed. Entry (i, j) is row i of A with "
    "column j of B, so B is not transposed: A @ B."
)
def matmul__second_transposed(A: Array, B: Array) -> Array:
    return A @ B.T


@misconception(
    "You compute B times A. The order matters for matrices, and often even the shapes do not "
    "fit then: A comes first."
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
    "does it for every element: np.maximum(0, x)."
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


@misconception(
    "np.exp overflows for scores around 1000, and inf / inf is nan. Subtract each row's "
    "largest score first: the result is the same, and the largest exponential is 1."
)
def softmax__no_maximum(scores: Array) -> Array:
    exponentials = np.exp(scores)
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)


@misconception(
    "You subtract the largest score of the whole table. A row that lies far below it has only "
    "zeros as exponentials, and 0 / 0 is nan. Subtract each row's own maximum."
)
def softmax__one_maximum(scores: Array) -> Array:
    exponentials = np.exp(scores - np.max(scores))
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)


@misconception(
    "Your columns add up to 1, not your rows. Each row is an example, so the sum runs along "
    "the row: axis=1."
)
def softmax__columns(scores: Array) -> Array:
    exponentials = np.exp(scores - np.max(scores, axis=0, keepdims=True))
    return exponentials / np.sum(exponentials, axis=0, keepdims=True)


@misconception(
    "You divide by the sum of the whole table, so that all rows together add up to 1. Each "
    "row is a distribution of its own: sum with axis=1 and keepdims=True."
)
def softmax__whole_table(scores: Array) -> Array:
    exponentials = np.exp(scores - np.max(scores))
    return exponentials / np.sum(exponentials)


@misconception(
    "The sums of the rows have lost an axis, so NumPy lines them up with the columns. Keep "
    "them as a column with keepdims=True."
)
def softmax__no_keepdims(scores: Array) -> Array:
    exponentials = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return exponentials / np.sum(exponentials, axis=1)


@misconception(
    "You divide the scores themselves by their sum, and negative scores give negative "
    "probabilities. Take the exponential of each score first."
)
def softmax__no_exponential(scores: Array) -> Array:
    return scores / np.sum(scores, axis=1, keepdims=True)


@misconception(
    "You apply the softmax twice, which makes the probabilities nearly equal. Once is enough."
)
def softmax__twice(scores: Array) -> Array:
    once = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    once = once / np.sum(once, axis=1, keepdims=True)
    twice = np.exp(once)
    return twice / np.sum(twice, axis=1, keepdims=True)


@misconception(
    "You return the logarithms of the probabilities. Return the probabilities themselves: "
    "the exponentials, divided by their sum."
)
def softmax__logarithm(scores: Array) -> Array:
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


@misconception(
    "You apply the sigmoid to each score, so that the rows do not add up to 1. The softmax "
    "divides each exponential by the sum of its row."
)
def softmax__sigmoid(scores: Array) -> Array:
    return sigmoid(scores)


@misconception(
    "The exponentials are right, but they are not divided by anything. Divide each row by its "
    "own sum, so that it adds up to 1."
)
def softmax__not_divided(scores: Array) -> Array:
    return np.exp(scores - np.max(scores, axis=1, keepdims=True))


# one_hot


@misconception(
    "Each 1 stands one column too far to the left. Classes are counted from 0 here, so the "
    "column is the label itself, not label - 1."
)
def one_hot__counted_from_one(labels: Array, num_classes: int) -> Array:
    table = np.zeros((len(labels), num_classes))
    table[np.arange(len(labels)), labels - 1] = 1
    return table


@misconception(
    "Your table is transposed: it has a row for each class. There must be one row for each "
    "label, so its shape is (m, num_classes)."
)
def one_hot__transposed(labels: Array, num_classes: int) -> Array:
    return one_hot(labels, num_classes).T


@misconception(
    "You count the classes by the largest label. The last class need not occur among the "
    "labels, so take the number of columns from num_classes."
)
def one_hot__classes_from_labels(labels: Array, num_classes: int) -> Array:
    return np.eye(int(np.max(labels)) + 1)[labels]


@misconception(
    "You write the label itself into the table. A label is a name, not a quantity: mark its "
    "column with a 1, and leave 0 elsewhere."
)
def one_hot__label_as_value(labels: Array, num_classes: int) -> Array:
    return one_hot(labels, num_classes) * np.reshape(labels, (-1, 1))


@misconception(
    "The zeros and ones are exchanged: the right class is marked with a 0. Start with "
    "np.zeros and set a 1."
)
def one_hot__inverted(labels: Array, num_classes: int) -> Array:
    return 1 - one_hot(labels, num_classes)


@misconception(
    "table[labels] = 1 fills whole rows. Name a row and a column for each 1: "
    "table[row, label] = 1."
)
def one_hot__whole_rows(labels: Array, num_classes: int) -> Array:
    table = np.zeros((len(labels), num_classes))
    table[labels] = 1
    return table


@misconception(
    "table[:, labels] = 1 fills whole columns. Name a row and a column for each 1: "
    "table[np.arange(m), labels] = 1."
)
def one_hot__whole_columns(labels: Array, num_classes: int) -> Array:
    table = np.zeros((len(labels), num_classes))
    table[:, labels] = 1
    return table


# categorical_cross_entropy


def _of_examples(targets: Array, predictions: Array) -> Any:
    return -np.sum(targets * np.log(predictions), axis=1)


@misconception(
    "You average over the classes too: np.mean of the table divides by m times C. Only the "
    "examples are averaged, so divide the sum by m, the number of rows."
)
def categorical_cross_entropy__over_classes_too(targets: Array, predictions: Array) -> float:
    return float(-np.mean(targets * np.log(predictions)))


@misconception(
    "You divide by the number of classes, the columns. The mean is taken over the examples: "
    "targets.shape[0]."
)
def categorical_cross_entropy__over_classes(targets: Array, predictions: Array) -> float:
    return float(np.sum(_of_examples(targets, predictions)) / targets.shape[1])


@misconception(
    "Your loss is a sum over the examples, so it grows with their number. Take the mean: "
    "divide by m, the number of rows."
)
def categorical_cross_entropy__sum(targets: Array, predictions: Array) -> float:
    return float(np.sum(_of_examples(targets, predictions)))


@misconception(
    "Your loss is negative. The logarithm of a probability is below zero; the minus sign in "
    "front makes a loss of it."
)
def categorical_cross_entropy__no_minus(targets: Array, predictions: Array) -> float:
    return float(-np.mean(_of_examples(targets, predictions)))


@misconception(
    "You take the logarithm of the targets, which are 0 or 1, and log(0) is not finite. It is "
    "the predictions that go into the logarithm: targets * np.log(predictions)."
)
def categorical_cross_entropy__log_of_targets(targets: Array, predictions: Array) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(-np.sum(predictions * np.log(targets)) / len(targets))


@misconception(
    "Your loss is measured in bits, with np.log2. Here log means the natural logarithm, np.log."
)
def categorical_cross_entropy__log2(targets: Array, predictions: Array) -> float:
    return float(np.mean(_of_examples(targets, predictions)) / np.log(2))


@misconception(
    "You use the logarithm to base 10. Here log means the natural logarithm, np.log."
)
def categorical_cross_entropy__log10(targets: Array, predictions: Array) -> float:
    return float(np.mean(_of_examples(targets, predictions)) / np.log(10))


@misconception(
    "The targets are missing from your sum, so every class counts as if it were right. "
    "Multiply with the targets: they keep one logarithm in each row."
)
def categorical_cross_entropy__targets_left_out(targets: Array, predictions: Array) -> float:
    return float(-np.sum(np.log(predictions)) / len(targets))


@misconception(
    "The term (1 - t) * log(1 - p) belongs to the cross-entropy of two classes with one "
    "output. With one column for each class, the sum of t * log(p) says it all."
)
def categorical_cross_entropy__binary(targets: Array, predictions: Array) -> float:
    t, p = targets, predictions
    return float(-np.sum(t * np.log(p) + (1 - t) * np.log(1 - p)) / len(t))


@misconception(
    "You return the losses of the single examples. Take their mean, so that one number remains."
)
def categorical_cross_entropy__not_averaged(targets: Array, predictions: Array) -> Any:
    return _of_examples(targets, predictions)


@misconception(
    "The logarithm is missing: you average the probabilities of the right classes. It is "
    "-np.log of them that costs much when a network was certain and wrong."
)
def categorical_cross_entropy__no_logarithm(targets: Array, predictions: Array) -> float:
    return float(-np.sum(targets * predictions) / len(targets))


@misconception(
    "You take the logarithm of a mean probability. Take the logarithm of each example's "
    "probability first, and then the mean."
)
def categorical_cross_entropy__log_of_mean(targets: Array, predictions: Array) -> float:
    return float(-np.log(np.sum(targets * predictions) / len(targets)))


@misconception(
    "You compute the mean squared error. For probabilities of classes the task asks for the "
    "cross-entropy, with the logarithm of the predictions."
)
def categorical_cross_entropy__squared_error(targets: Array, predictions: Array) -> float:
    return float(np.sum((targets - predictions) ** 2) / len(targets))


# sse


@misconception("You return the mean. The sum of squared errors is not divided by anything.")
def sse__mean(targets: Array, predictions: Array) -> float:
    return float(np.mean((predictions - targets) ** 2))


@misconception(
    "You return half of the sum. Some texts put ½ in front to shorten the derivative; in this "
    "task there is no such factor."
)
def sse__half(targets: Array, predictions: Array) -> float:
    return float(np.sum((predictions - targets) ** 2) / 2)


@misconception(
    "You sum first and square the sum, so that errors of opposite sign cancel. Square each "
    "error, and then sum."
)
def sse__square_of_the_sum(targets: Array, predictions: Array) -> float:
    return float(np.sum(predictions - targets) ** 2)


@misconception(
    "The square is missing, so errors of opposite sign cancel. Square each difference before "
    "you sum."
)
def sse__not_squared(targets: Array, predictions: Array) -> float:
    return float(np.sum(predictions - targets))


@misconception("You sum the absolute errors. Here each error is squared: (p - t)**2.")
def sse__absolute(targets: Array, predictions: Array) -> float:
    return float(np.sum(np.abs(predictions - targets)))


@misconception(
    "You subtract the squares of the targets from those of the predictions. Take the "
    "difference first and square that: (p - t)**2."
)
def sse__difference_of_squares(targets: Array, predictions: Array) -> float:
    return float(np.sum(predictions**2 - targets**2))


@misconception(
    "You return the squared errors of the single examples. Sum them up, so that one number "
    "remains."
)
def sse__not_summed(targets: Array, predictions: Array) -> Any:
    return (predictions - targets) ** 2


# mse


@misconception(
    "You return the sum of the squared errors. For the mean, divide it by the number of "
    "examples."
)
def mse__sum(targets: Array, predictions: Array) -> float:
    return float(np.sum((predictions - targets) ** 2))


@misconception(
    "You return half of the mean. Some texts put ½ in front to shorten the derivative; in this "
    "task there is no such factor."
)
def mse__half(targets: Array, predictions: Array) -> float:
    return mse(targets, predictions) / 2


@misconception(
    "You take the square root at the end, which is another measure, the root mean squared "
    "error. Leave the root out."
)
def mse__root(targets: Array, predictions: Array) -> float:
    return math.sqrt(mse(targets, predictions))


@misconception(
    "You average first and square the average, so that errors of opposite sign cancel. Square "
    "each error, and then take the mean."
)
def mse__square_of_the_mean(targets: Array, predictions: Array) -> float:
    return float(np.mean(predictions - targets) ** 2)


@misconception(
    "You divide by m - 1, as for a variance that is estimated. The mean divides by m, the "
    "number of examples."
)
def mse__one_less(targets: Array, predictions: Array) -> float:
    return float(np.sum((predictions - targets) ** 2) / (len(targets) - 1))


@misconception("You average the absolute errors. Here each error is squared: (p - t)**2.")
def mse__absolute(targets: Array, predictions: Array) -> float:
    return float(np.mean(np.abs(predictions - targets)))


# mae


@misconception(
    "Errors of opposite sign cancel in your mean. Take the absolute value of each error, with "
    "np.abs, before you average."
)
def mae__no_absolute(targets: Array, predictions: Array) -> float:
    return float(np.mean(predictions - targets))


@misconception(
    "You take the absolute value of the mean, when errors of opposite sign have cancelled "
    "already. Take it of each error first."
)
def mae__absolute_of_the_mean(targets: Array, predictions: Array) -> float:
    return float(abs(np.mean(predictions - targets)))


@misconception(
    "You return the sum of the absolute errors. For the mean, divide it by the number of "
    "examples."
)
def mae__sum(targets: Array, predictions: Array) -> float:
    return float(np.sum(np.abs(predictions - targets)))


@misconception("You square the errors. Here their absolute values are averaged: np.abs(p - t).")
def mae__squared(targets: Array, predictions: Array) -> float:
    return float(np.mean((predictions - targets) ** 2))


@misconception(
    "You return the median of the absolute errors. The task asks for their mean: sum them up "
    "and divide by m."
)
def mae__median(targets: Array, predictions: Array) -> float:
    return float(np.median(np.abs(predictions - targets)))


# mbe


@misconception(
    "Your sign is turned around: you compute target minus prediction. Here an error is "
    "prediction minus target, positive when the prediction is too high."
)
def mbe__target_minus_prediction(targets: Array, predictions: Array) -> float:
    return float(np.mean(targets - predictions))


@misconception(
    "You take the absolute value of each error, which is the mae. The bias keeps the signs, "
    "so that errors can cancel."
)
def mbe__absolute_errors(targets: Array, predictions: Array) -> float:
    return float(np.mean(np.abs(predictions - targets)))


@misconception(
    "You drop the sign of the mean. It tells whether the predictions are too high or too low, "
    "so keep it."
)
def mbe__absolute_of_the_mean(targets: Array, predictions: Array) -> float:
    return float(abs(np.mean(predictions - targets)))


@misconception(
    "You return the sum of the errors. For the mean, divide it by the number of examples."
)
def mbe__sum(targets: Array, predictions: Array) -> float:
    return float(np.sum(predictions - targets))


@misconception("You square the errors, and their signs are lost. The bias is their plain mean.")
def mbe__squared(targets: Array, predictions: Array) -> float:
    return float(np.mean((predictions - targets) ** 2))


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


@misconception(
    "Your network uses the ReLU whatever the argument says. Look at the name in activation: "
    "'linear', 'relu' or 'sigmoid'."
)
def forward__always_relu(inputs: Array, weights: list[Array], activation: str) -> Array:
    outputs = inputs
    for W in weights:
        outputs = relu(matmul(outputs, W))
    return outputs


@misconception(
    "Your network uses the sigmoid whatever the argument says. Look at the name in "
    "activation: 'linear', 'relu' or 'sigmoid'."
)
def forward__always_sigmoid(inputs: Array, weights: list[Array], activation: str) -> Array:
    outputs = inputs
    for W in weights:
        outputs = sigmoid(matmul(outputs, W))
    return outputs


@misconception(
    "With 'linear' your network still uses the sigmoid: it stands in an else that catches "
    "every name but 'relu'. 'linear' leaves the sums as they are."
)
def forward__sigmoid_for_linear(inputs: Array, weights: list[Array], activation: str) -> Array:
    outputs = inputs
    for W in weights:
        sums = matmul(outputs, W)
        outputs = relu(sums) if activation == "relu" else sigmoid(sums)
    return outputs


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


@misconception(
    "Your result is what the first layer gives: the return stands inside the loop. Move it to "
    "the left, behind the loop."
)
def forward__first_layer_only(inputs: Array, weights: list[Array], activation: str) -> Array:
    return _activate(matmul(inputs, weights[0]), activation)


@misconception(
    "The last layer is left out. Loop over all matrices of the list: for W in weights."
)
def forward__last_layer_left_out(inputs: Array, weights: list[Array], activation: str) -> Array:
    outputs = inputs
    for W in weights[:-1]:
        outputs = _activate(matmul(outputs, W), activation)
    return outputs


@misconception(
    "You transpose the weights. Each matrix has one row for each input and one column for "
    "each neuron, so it fits as it is: outputs @ W."
)
def forward__transposed(inputs: Array, weights: list[Array], activation: str) -> Array:
    outputs = inputs
    for W in weights:
        outputs = _activate(outputs @ W.T, activation)
    return outputs


# training_updates


@misconception(
    "The smaller last batch of an epoch is missing from your count. It makes an update like "
    "any other, so round up: math.ceil(samples / batch_size)."
)
def training_updates__rounded_down(samples: int, batch_size: int, epochs: int) -> int:
    return samples // batch_size * epochs


@misconception(
    "You count fractions of an update. A batch that is not full still makes a whole one, so "
    "round up within each epoch: math.ceil(samples / batch_size)."
)
def training_updates__fractions(samples: int, batch_size: int, epochs: int) -> float:
    return samples / batch_size * epochs


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


@misconception(
    "You count the updates of a single epoch. Every epoch repeats them: multiply by epochs."
)
def training_updates__one_epoch(samples: int, batch_size: int, epochs: int) -> int:
    return math.ceil(samples / batch_size)


@misconception(
    "You count one update for each example. There is one for each batch: divide by the batch "
    "size first."
)
def training_updates__each_example(samples: int, batch_size: int, epochs: int) -> int:
    return samples * epochs


@misconception(
    "You always add one batch, also where the batch size divides the number of examples. Add "
    "it only when something is left over."
)
def training_updates__always_one_more(samples: int, batch_size: int, epochs: int) -> int:
    return (samples // batch_size + 1) * epochs


@misconception(
    "You count one update for each epoch. All weights are changed after each batch, and an "
    "epoch has many batches."
)
def training_updates__one_per_epoch(samples: int, batch_size: int, epochs: int) -> int:
    return epochs
