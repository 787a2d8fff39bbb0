"""Well-known mistakes of assignment 1, each as a patch of the reference or as a whole function.

Any two of one function give other answers somewhere, so that a diagnosis is never a guess.
"""

import math

import numpy as np

from autograder.authoring import misconception, mistake
from solution import matmul, relu, sigmoid

# dot


@misconception(
    "You multiply the entries and stop there. Add the products up, so that one number comes "
    "out: np.sum(a * b), or a total in a loop."
)
def dot__not_summed(a, b):
    return a * b


mistake("dot", "last_product_only", {"total +=": "total ="}).say(
    "Your total holds only the last product: each round of the loop replaces it. Add to it "
    "with total += a[i] * b[i]."
)
mistake("dot", "return_inside_the_loop", {"x * y\n": "x * y\n        return total\n"}).say(
    "Only the first product is in your result: the return stands inside the loop, so that the "
    "first round ends the function. Move it to the left, behind the loop."
)
mistake("dot", "begins_at_one", {"total = 0.0": "total = 1.0"}).say(
    "Your total begins at 1, so it is 1 too large. A sum begins at 0."
)
mistake("dot", "last_left_out", {"zip(a, b": "zip(a[:-1], b[:-1]"}).say(
    "The last entry is left out. range(n) ends at n - 1 by itself, so range(len(a)) is all "
    "that you need."
)
mistake("dot", "first_left_out", {"zip(a, b": "zip(a[1:], b[1:]"}).say(
    "The first entry is left out. Python counts from 0, so the loop begins at a[0] * b[0]."
)


@misconception(
    "This is the product of the two sums: every entry of a meets every entry of b. Multiply "
    "entry by entry, a[i] * b[i], and then sum."
)
def dot__product_of_sums(a, b):
    return np.sum(a) * np.sum(b)


@misconception(
    "You add the entries of both vectors together. Each entry of a is to be multiplied with "
    "its partner in b before the sum."
)
def dot__sum_of_sums(a, b):
    return np.sum(a + b)


# matmul


@misconception(
    "The star multiplies element by element, which is another product. Take each row of A "
    "with each column of B, or use A @ B.",
    line=r"\*|multiply",
)
def matmul__star(A, B):
    return A * B


@misconception(
    "You take the rows of B where its columns are needed. Entry (i, j) is row i of A with "
    "column j of B, so B is not transposed: A @ B.",
    line=r"\.T\b|transpose",
)
def matmul__second_transposed(A, B):
    return A @ B.T


@misconception(
    "You compute B times A. The order matters for matrices, and often even the shapes do not "
    "fit then: A comes first.",
    line=r"\bB\b.*\bA\b",
)
def matmul__order_swapped(A, B):
    return B @ A


mistake("matmul", "result_transposed", {"return C": "return C.T"}).say(
    "The numbers are right, but rows and columns are exchanged. Entry (i, j) belongs to row i "
    "of A and column j of B, so the result has the shape (n, m)."
)
mistake(
    "matmul",
    "last_product_only",
    {
        "C[i, j] = dot(A[i], B[:, j])": (
            "for k in range(len(B)):\n                C[i, j] = A[i, k] * B[k, j]"
        )
    },
    "Each entry holds only the last of its products. Add them up: C[i, j] += A[i, k] * B[k, "
    "j].",
)
mistake("matmul", "first_row_only", {"    return C": "        return C"}).say(
    "Only the first row of your result is filled: the return stands inside the outer loop. "
    "Move it to the left, behind both loops."
)

# sigmoid
mistake("sigmoid", "no_minus", {"np.exp(-x)": "np.exp(x)"}).say(
    "Your sigmoid falls where it should rise, as 1 / (1 + np.exp(x)) does. It is 1 / (1 + "
    "np.exp(-x)): look for the minus sign in the exponent."
)
mistake("sigmoid", "minus_below", {"1 + np.exp": "1 - np.exp"}).say(
    "You subtract the exponential below the line. Add it: 1 + np.exp(-x), so that the result "
    "stays between 0 and 1."
)
mistake("sigmoid", "parentheses", {"(1 + np.exp(-x))": "1 + np.exp(-x)"}).say(
    "Without parentheses, 1 / 1 + np.exp(-x) means (1 / 1) + np.exp(-x), which is always "
    "above 1. Put the whole denominator in parentheses: 1 / (1 + np.exp(-x))."
)


@misconception(
    "math.exp takes a single number and cannot work on an array. np.exp does the same for all "
    "elements at once.",
    line=r"(?<!np\.)\bexp\(",
)
def sigmoid__math_exp(x):
    return 1 / (1 + math.exp(-x))


mistake(
    "sigmoid",
    "derivative",
    {"return 1 / (1 + np.exp(-x))": "s = 1 / (1 + np.exp(-x))\n    return s * (1 - s)"},
    "You return the slope of the sigmoid, s * (1 - s). Here the value itself is asked for: 1 "
    "/ (1 + np.exp(-x)).",
)
mistake("sigmoid", "tanh", {"1 / (1 + np.exp(-x))": "np.tanh(x)"}).say(
    "You return tanh, which goes from -1 to 1. The sigmoid goes from 0 to 1: 1 / (1 + "
    "np.exp(-x))."
)

# sigmoid_derivative
mistake(
    "sigmoid_derivative",
    "of_the_input",
    {"return y - y**2": "s = sigmoid(y)\n    return s * (1 - s)"},
    "You apply the sigmoid once more. The argument y is what the sigmoid returned already, so "
    "the slope is simply y * (1 - y).",
)
mistake("sigmoid_derivative", "tanh", {"y - y**2": "1 - y**2"}).say(
    "1 - y**2 is the slope of tanh. The sigmoid's is y * (1 - y), which is y - y**2."
)
mistake("sigmoid_derivative", "sign", {"y - y**2": "y**2 - y"}).say(
    "Your slope is negative, though the sigmoid rises everywhere. It is y - y**2, not y**2 - y."
)
mistake("sigmoid_derivative", "one_factor", {"y - y**2": "1 - y"}).say(
    "You return 1 - y and leave out the other factor. The slope is y * (1 - y): small where y "
    "is near 0, and small where y is near 1."
)
mistake("sigmoid_derivative", "sigmoid", {"y - y**2": "sigmoid(y)"}).say(
    "You return the sigmoid of y. What is asked for is the slope, y * (1 - y)."
)
mistake("sigmoid_derivative", "parentheses", {"y - y**2": "y * 1 - y"}).say(
    "Python reads y * 1 - y as (y * 1) - y, which is always 0. The difference needs "
    "parentheses: y * (1 - y)."
)

# relu
mistake("relu", "builtin_max", {"np.maximum": "max"}, line=r"(?<!\.)\bmax\(").say(
    "Python's max compares two single numbers and cannot choose within an array. np.maximum "
    "does it for every element: np.maximum(0, x)."
)
mistake("relu", "np_max", {"np.maximum(0, x)": "np.max(x, 0)"}).say(
    "np.max(x, 0) returns the largest entry along an axis. For the larger of two values, "
    "element by element, there is np.maximum(0, x)."
)
mistake("relu", "absolute", {"np.maximum(0, x)": "np.abs(x)"}).say(
    "You take the absolute value, which turns negative entries around. The ReLU replaces them "
    "by 0."
)
mistake("relu", "minimum", {"maximum": "minimum"}).say(
    "You keep the negative entries and cut the positive ones off. The ReLU takes the larger "
    "of 0 and x: np.maximum, not np.minimum."
)
mistake("relu", "slope", {"np.maximum(0, x)": "np.where(x > 0, 1.0, 0.0)"}).say(
    "You return 1 where x is positive. That is the slope of the ReLU; the ReLU itself returns "
    "x there."
)
mistake("relu", "leaky", {"np.maximum(0, x)": "np.where(x > 0, x, 0.01 * x)"}).say(
    "This is the leaky ReLU, which lets a hundredth of a negative entry pass. The plain ReLU "
    "returns 0 there."
)
mistake("relu", "left_out", {"np.maximum(0, x)": "x[x > 0]"}).say(
    "You leave the negative entries out, so that the result is shorter. Each of them becomes "
    "a 0 in its place, and the shape stays the same."
)

# softmax
mistake("softmax", "no_maximum", {" - np.max(scores, axis=1, keepdims=True)": ""}).say(
    "np.exp overflows for scores around 1000, and inf / inf is nan. Subtract each row's "
    "largest score first: the result is the same, and the largest exponential is 1."
)
mistake("softmax", "one_maximum", {"scores, axis=1, keepdims=True": "scores"}).say(
    "You subtract the largest score of the whole table. A row that lies far below it has only "
    "zeros as exponentials, and 0 / 0 is nan. Subtract each row's own maximum."
)
mistake("softmax", "columns", {("axis=1", 2): "axis=0"}).say(
    "Your columns add up to 1, not your rows. Each row is an example, so the sum runs along "
    "the row: axis=1."
)
mistake("softmax", "whole_table", {(", axis=1, keepdims=True", 2): ""}).say(
    "You divide by the sum of the whole table, so that all rows together add up to 1. Each "
    "row is a distribution of its own: sum with axis=1 and keepdims=True."
)
mistake(
    "softmax",
    "no_keepdims",
    {"exponentials, axis=1, keepdims=True": "exponentials, axis=1"},
    "The sums of the rows have lost an axis, so NumPy lines them up with the columns. Keep "
    "them as a column with keepdims=True.",
    line=r"/|divide",
)
mistake(
    "softmax",
    "no_exponential",
    {" - np.max(scores, axis=1, keepdims=True)": "", "np.exp(shifted)": "shifted"},
    "You divide the scores themselves by their sum, and negative scores give negative "
    "probabilities. Take the exponential of each score first.",
)
mistake(
    "softmax",
    "twice",
    {
        "return exponentials /": (
            "exponentials = np.exp(exponentials / np.sum(exponentials, axis=1, "
            "keepdims=True))\n"
            "    return exponentials /"
        )
    },
    "You apply the softmax twice, which makes the probabilities nearly equal. Once is enough.",
)
mistake(
    "softmax",
    "logarithm",
    {
        "exponentials / np.sum": "shifted - np.log(np.sum",
        "exponentials, axis=1, keepdims=True)": "exponentials, axis=1, keepdims=True))",
    },
    "You return the logarithms of the probabilities. Return the probabilities themselves: the "
    "exponentials, divided by their sum.",
)
mistake(
    "softmax",
    "sigmoid",
    {"exponentials / np.sum(exponentials, axis=1, keepdims=True)": "sigmoid(scores)"},
    "You apply the sigmoid to each score, so that the rows do not add up to 1. The softmax "
    "divides each exponential by the sum of its row.",
)
mistake("softmax", "not_divided", {" / np.sum(exponentials, axis=1, keepdims=True)": ""}).say(
    "The exponentials are right, but they are not divided by anything. Divide each row by its "
    "own sum, so that it adds up to 1."
)
mistake("softmax", "sum_of_shifted_scores", {"np.sum(exponentials": "np.sum(shifted"}).say(
    "You divide by the sum of the shifted scores. The exponentials are divided by the sum of "
    "the exponentials: np.sum(np.exp(...))."
)
mistake(
    "softmax",
    "sum_of_scores",
    {" - np.max(scores, axis=1, keepdims=True)": "", "np.sum(exponentials": "np.sum(scores"},
    "You divide by the sum of the scores. The exponentials are divided by the sum of the "
    "exponentials: np.sum(np.exp(...)).",
)

# one_hot
mistake("one_hot", "counted_from_one", {"table[row, label]": "table[row, label - 1]"}).say(
    "Each 1 stands one column too far to the left. Classes are counted from 0 here, so the "
    "column is the label itself, not label - 1."
)
mistake("one_hot", "transposed", {"return table": "return table.T"}).say(
    "Your table is transposed: it has a row for each class. There must be one row for each "
    "label, so its shape is (m, num_classes)."
)
mistake("one_hot", "classes_from_labels", {"num_classes))": "int(np.max(labels)) + 1))"}).say(
    "You count the classes by the largest label. The last class need not occur among the "
    "labels, so take the number of columns from num_classes."
)
mistake("one_hot", "label_as_value", {"= 1\n": "= label\n"}).say(
    "You write the label itself into the table. A label is a name, not a quantity: mark its "
    "column with a 1, and leave 0 elsewhere."
)
mistake("one_hot", "inverted", {"return table": "return 1 - table"}).say(
    "The zeros and ones are exchanged: the right class is marked with a 0. Start with "
    "np.zeros and set a 1."
)
mistake("one_hot", "whole_rows", {"table[row, label]": "table[label]"}).say(
    "table[labels] = 1 fills whole rows. Name a row and a column for each 1: table[row, "
    "label] = 1."
)
mistake("one_hot", "whole_columns", {"table[row, label]": "table[:, label]"}).say(
    "table[:, labels] = 1 fills whole columns. Name a row and a column for each 1: "
    "table[np.arange(m), labels] = 1."
)

# categorical_cross_entropy
mistake("categorical_cross_entropy", "over_classes_too", {"np.sum": "np.mean", " / m": ""}).say(
    "You average over the classes too: np.mean of the table divides by m times C. Only the "
    "examples are averaged, so divide the sum by m, the number of rows."
)
mistake("categorical_cross_entropy", "over_classes", {"shape[0]": "shape[1]"}).say(
    "You divide by the number of classes, the columns. The mean is taken over the examples: "
    "targets.shape[0]."
)
mistake("categorical_cross_entropy", "sum", {" / m": ""}).say(
    "Your loss is a sum over the examples, so it grows with their number. Take the mean: "
    "divide by m, the number of rows."
)
mistake(
    "categorical_cross_entropy",
    "log_of_sum",
    {"np.sum(targets * np.log(predictions))": "np.log(np.sum(targets * predictions))"},
    "You add up the probabilities before you take the logarithm. Take the logarithm of each "
    "example's probability first, and then add up.",
)
mistake("categorical_cross_entropy", "no_minus", {"float(-": "float("}).say(
    "Your loss is negative. The logarithm of a probability is below zero; the minus sign in "
    "front makes a loss of it."
)
mistake(
    "categorical_cross_entropy",
    "log_of_targets",
    {"targets * np.log(predictions)": "predictions * np.log(targets)"},
    "You take the logarithm of the targets, which are 0 or 1, and log(0) is not finite. It is "
    "the predictions that go into the logarithm: targets * np.log(predictions).",
)
mistake("categorical_cross_entropy", "log2", {"np.log(": "np.log2("}).say(
    "Your loss is measured in bits, with np.log2. Here log means the natural logarithm, np.log."
)
mistake("categorical_cross_entropy", "log10", {"np.log(": "np.log10("}).say(
    "You use the logarithm to base 10. Here log means the natural logarithm, np.log."
)
mistake("categorical_cross_entropy", "targets_left_out", {"targets * ": ""}).say(
    "The targets are missing from your sum, so every class counts as if it were right. "
    "Multiply with the targets: they keep one logarithm in each row."
)
mistake(
    "categorical_cross_entropy",
    "binary",
    {"np.log(predictions)": "np.log(predictions) + (1 - targets) * np.log(1 - predictions)"},
    "The term (1 - t) * log(1 - p) belongs to the cross-entropy of two classes with one "
    "output. With one column for each class, the sum of t * log(p) says it all.",
)
mistake(
    "categorical_cross_entropy",
    "not_averaged",
    {"float(-np.sum": "-np.sum", "predictions)) / m)": "predictions), axis=1)"},
    "You return the losses of the single examples. Take their mean, so that one number "
    "remains.",
)
mistake("categorical_cross_entropy", "no_logarithm", {"np.log": ""}).say(
    "The logarithm is missing: you average the probabilities of the right classes. It is "
    "-np.log of them that costs much when a network was certain and wrong."
)
mistake(
    "categorical_cross_entropy",
    "log_of_mean",
    {"np.sum(targets * np.log(predictions)) / m": "np.log(np.sum(targets * predictions) / m)"},
    "You take the logarithm of a mean probability. Take the logarithm of each example's "
    "probability first, and then the mean.",
)
mistake(
    "categorical_cross_entropy",
    "squared_error",
    {"-np.sum(targets * np.log(predictions))": "np.sum((targets - predictions) ** 2)"},
    "You compute the mean squared error. For probabilities of classes the task asks for the "
    "cross-entropy, with the logarithm of the predictions.",
)

# sse
mistake("sse", "mean", {"np.sum": "np.mean"}).say(
    "You return the mean. The sum of squared errors is not divided by anything."
)
mistake("sse", "half", {"float(": "float(0.5 * "}).say(
    "You return half of the sum. Some texts put ½ in front to shorten the derivative; in this "
    "task there is no such factor."
)
mistake(
    "sse",
    "square_of_the_sum",
    {"((predictions - targets) ** 2)": "(predictions - targets) ** 2"},
    "You sum first and square the sum, so that errors of opposite sign cancel. Square each "
    "error, and then sum.",
)
mistake("sse", "doubled", {" ** 2": " * 2"}).say(
    "You double the errors: * 2. To square them, write ** 2."
)
mistake("sse", "not_squared", {" ** 2": ""}).say(
    "The square is missing, so errors of opposite sign cancel. Square each difference before "
    "you sum."
)
mistake(
    "sse", "absolute", {"(predictions - targets) ** 2": "np.abs(predictions - targets)"}
).say("You sum the absolute errors. Here each error is squared: (p - t)**2.")
mistake(
    "sse",
    "difference_of_squares",
    {"(predictions - targets) ** 2": "predictions**2 - targets**2"},
    "You subtract the squares of the targets from those of the predictions. Take the "
    "difference first and square that: (p - t)**2.",
)
mistake(
    "sse",
    "not_summed",
    {"float(np.sum((predictions - targets) ** 2))": "(predictions - targets) ** 2"},
    "You return the squared errors of the single examples. Sum them up, so that one number "
    "remains.",
)

# mse
mistake("mse", "sum", {" / len(targets)": ""}).say(
    "You return the sum of the squared errors. For the mean, divide it by the number of "
    "examples."
)
mistake("mse", "half", {"return ": "return 0.5 * "}).say(
    "You return half of the mean. Some texts put ½ in front to shorten the derivative; in "
    "this task there is no such factor."
)
mistake(
    "mse", "root", {"sse(targets": "np.sqrt(sse(targets", "len(targets)": "len(targets))"}
).say(
    "You take the square root at the end, which is another measure, the root mean squared "
    "error. Leave the root out."
)
mistake(
    "mse",
    "square_of_the_mean",
    {"sse(targets, predictions) / len(targets)": "np.mean(predictions - targets) ** 2"},
    "You average first and square the average, so that errors of opposite sign cancel. Square "
    "each error, and then take the mean.",
)
mistake(
    "mse",
    "square_of_the_sum",
    {"sse(targets, predictions)": "np.sum(predictions - targets) ** 2"},
    "You sum first and square the sum, so that errors of opposite sign cancel. Square each "
    "error, and then take the mean.",
)
mistake("mse", "one_less", {"len(targets)": "(len(targets) - 1)"}).say(
    "You divide by m - 1, as for a variance that is estimated. The mean divides by m, the "
    "number of examples."
)
mistake(
    "mse",
    "absolute",
    {"sse(targets, predictions) / len(targets)": "np.mean(np.abs(predictions - targets))"},
    "You average the absolute errors. Here each error is squared: (p - t)**2.",
)

# mae
mistake(
    "mae",
    "not_averaged",
    {"float(np.mean(np.abs(predictions - targets)))": "np.abs(predictions - targets)"},
    "You return the absolute errors of the single examples. Take their mean, so that one "
    "number remains.",
)
mistake("mae", "no_absolute", {"np.abs(predictions - targets)": "predictions - targets"}).say(
    "Errors of opposite sign cancel in your mean. Take the absolute value of each error, with "
    "np.abs, before you average."
)
mistake(
    "mae",
    "absolute_of_the_mean",
    {"np.mean(np.abs(predictions - targets))": "abs(np.mean(predictions - targets))"},
    "You take the absolute value of the mean, when errors of opposite sign have cancelled "
    "already. Take it of each error first.",
)
mistake("mae", "sum", {"np.mean": "np.sum"}).say(
    "You return the sum of the absolute errors. For the mean, divide it by the number of "
    "examples."
)
mistake(
    "mae", "squared", {"np.abs(predictions - targets)": "(predictions - targets) ** 2"}
).say("You square the errors. Here their absolute values are averaged: np.abs(p - t).")
mistake("mae", "median", {"np.mean": "np.median"}).say(
    "You return the median of the absolute errors. The task asks for their mean: sum them up "
    "and divide by m."
)

# mbe
mistake(
    "mbe", "target_minus_prediction", {"predictions - targets": "targets - predictions"}
).say(
    "Your sign is turned around: you compute target minus prediction. Here an error is "
    "prediction minus target, positive when the prediction is too high."
)
mistake(
    "mbe", "absolute_errors", {"predictions - targets": "np.abs(predictions - targets)"}
).say(
    "You take the absolute value of each error, which is the mae. The bias keeps the signs, "
    "so that errors can cancel."
)
mistake(
    "mbe",
    "absolute_of_the_mean",
    {"np.mean(predictions - targets)": "abs(np.mean(predictions - targets))"},
    "You drop the sign of the mean. It tells whether the predictions are too high or too low, "
    "so keep it.",
)
mistake("mbe", "sum", {"np.mean": "np.sum"}).say(
    "You return the sum of the errors. For the mean, divide it by the number of examples."
)
mistake("mbe", "squared", {"predictions - targets": "(predictions - targets) ** 2"}).say(
    "You square the errors, and their signs are lost. The bias is their plain mean."
)

# forward


@misconception(
    "Your layers have no activation, whatever its name says, and the network is one single "
    "matrix. Apply the activation to each product."
)
def forward__no_activation(inputs, weights, activation):
    outputs = inputs
    for W in weights:
        outputs = matmul(outputs, W)
    return outputs


mistake(
    "forward",
    "last_layer_linear",
    {
        "in weights:": "in weights[:-1]:",
        "return outputs": "return matmul(outputs, weights[-1])",
    },
    "The last layer has no activation. In this task it is applied after every layer, the last "
    "one included.",
)
mistake(
    "forward",
    "only_at_the_end",
    {
        "        if activation": "    if activation",
        ("        elif activation", 2): "    elif activation",
    },
    "The activation is applied once, behind the last layer. It belongs inside the loop, after "
    "every product: without it, the layers before are no more than one.",
)
mistake(
    "forward",
    "activation_first",
    {
        "        outputs = matmul(outputs, W)\n": "",
        "    return outputs": "        outputs = matmul(outputs, W)\n    return outputs",
    },
    "You apply the activation before the product, so that the inputs are bent and the answers "
    "are not. Multiply first, and then apply it to the sums.",
)


@misconception(
    "Your network uses the ReLU whatever the argument says. Look at the name in activation: "
    "'linear', 'relu' or 'sigmoid'."
)
def forward__always_relu(inputs, weights, activation):
    outputs = inputs
    for W in weights:
        outputs = relu(matmul(outputs, W))
    return outputs


@misconception(
    "Your network uses the sigmoid whatever the argument says. Look at the name in "
    "activation: 'linear', 'relu' or 'sigmoid'."
)
def forward__always_sigmoid(inputs, weights, activation):
    outputs = inputs
    for W in weights:
        outputs = sigmoid(matmul(outputs, W))
    return outputs


mistake("forward", "sigmoid_for_linear", {'== "sigmoid"': '!= "relu"'}).say(
    "With 'linear' your network still uses the sigmoid: it stands in an else that catches "
    "every name but 'relu'. 'linear' leaves the sums as they are."
)
mistake("forward", "relu_for_linear", {'== "relu"': '!= "sigmoid"'}).say(
    "With 'linear' your network still uses the ReLU: it stands in an else that catches every "
    "name but 'sigmoid'. 'linear' leaves the sums as they are."
)
mistake("forward", "first_layer_only", {"    return outputs": "        return outputs"}).say(
    "Your result is what the first layer gives: the return stands inside the loop. Move it to "
    "the left, behind the loop."
)
mistake("forward", "last_layer_left_out", {"in weights:": "in weights[:-1]:"}).say(
    "The last layer is left out. Loop over all matrices of the list: for W in weights."
)
mistake(
    "forward", "transposed", {"matmul(outputs, W)": "outputs @ W.T"}, line=r"\.T\b|transpose"
).say(
    "You transpose the weights. Each matrix has one row for each input and one column for "
    "each neuron, so it fits as it is: outputs @ W."
)

# training_updates
mistake("training_updates", "rounded_down", {"(1 if left_over else 0)": "0"}).say(
    "The smaller last batch of an epoch is missing from your count. It makes an update like "
    "any other, so round up: math.ceil(samples / batch_size)."
)
mistake(
    "training_updates",
    "rounded_to_the_nearest",
    {"full_batches + (1 if left_over else 0)": "round(samples / batch_size)"},
    "You round to the nearest number, and a last batch of less than a half gets lost. Round "
    "up: math.ceil(samples / batch_size).",
)
mistake(
    "training_updates",
    "left_over_added",
    {"updates_per_epoch * epochs": "full_batches * epochs + left_over"},
    "You add the number of examples that are left over. Together they are one more batch, in "
    "every epoch: add 1 to the full batches before you multiply.",
)
mistake(
    "training_updates",
    "fractions",
    {"full_batches + (1 if left_over else 0)": "samples / batch_size"},
    "You count fractions of an update. A batch that is not full still makes a whole one, so "
    "round up within each epoch: math.ceil(samples / batch_size).",
)
mistake(
    "training_updates",
    "rounded_at_the_end",
    {
        "divmod(samples,": "divmod(samples * epochs,",
        "updates_per_epoch * epochs": "updates_per_epoch",
    },
    "You round up once for the whole training. Batches do not reach into the next epoch: "
    "round up for one epoch, and then multiply.",
)
mistake(
    "training_updates",
    "rounded_down_at_the_end",
    {
        "divmod(samples,": "divmod(samples * epochs,",
        "updates_per_epoch * epochs": "full_batches",
    },
    "You round down for the whole training. Every epoch has a smaller last batch of its own "
    "that counts: round up for one epoch, and then multiply.",
)
mistake("training_updates", "one_epoch", {" * epochs": ""}).say(
    "You count the updates of a single epoch. Every epoch repeats them: multiply by epochs."
)
mistake("training_updates", "each_example", {"return updates_per_epoch": "return samples"}).say(
    "You count one update for each example. There is one for each batch: divide by the batch "
    "size first."
)
mistake("training_updates", "always_one_more", {"(1 if left_over else 0)": "1"}).say(
    "You always add one batch, also where the batch size divides the number of examples. Add "
    "it only when something is left over."
)
mistake("training_updates", "one_per_epoch", {"updates_per_epoch * epochs": "epochs"}).say(
    "You count one update for each epoch. All weights are changed after each batch, and an "
    "epoch has many batches."
)
