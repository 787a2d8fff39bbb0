"""Well-known mistakes of assignment 3, each as a patch of the reference.

Any two of one function give other answers somewhere, so that a diagnosis is never a guess.
"""

import math

from autograder.authoring import misconception, mistake

# layer_sizes
mistake("layer_sizes", "examples_for_features", {"X.shape[0]": "X.shape[1]"}).say(
    "You return the number of examples, X.shape[1], as the size of the input layer. Examples "
    "are columns here, so the features are the rows: X.shape[0]."
)
mistake("layer_sizes", "columns_for_rows", {(".shape[0]", 2): ".shape[1]"}).say(
    "Both outer sizes are numbers of examples. Examples are columns here: n_x and n_y are the "
    "numbers of rows, X.shape[0] and Y.shape[0]."
)
mistake("layer_sizes", "examples_for_outputs", {"Y.shape[0]": "Y.shape[1]"}).say(
    "You return the number of examples, Y.shape[1], as the size of the output layer. There is "
    "one output unit for each row of Y: Y.shape[0]."
)
mistake("layer_sizes", "always_four", {"n_h = hidden_neurons": "n_h = 4"}).say(
    "Your hidden layer always has 4 units. Take the number from the argument, hidden_neurons, "
    "so that every size can be tried."
)
mistake("layer_sizes", "hidden_last", {"n_h, n_y\n": "n_y, n_h\n"}).say(
    "The three sizes are right, but in another order. Return them as the data flows: n_x, "
    "n_h, n_y."
)

# initialize_parameters
mistake(
    "initialize_parameters",
    "transposed",
    {"(n_h, n_x)": "(n_x, n_h)", "(n_y, n_h)": "(n_h, n_y)"},
    "Your weight matrices are transposed. A weight matrix has one row for each unit that it "
    "feeds into: W1 is (n_h, n_x) and W2 is (n_y, n_h).",
)
mistake("initialize_parameters", "not_scaled", {("0.01 * ", 2): ""}).say(
    "Your weights are far too large, as standard normal draws are without the factor 0.01. "
    "Multiply them by 0.01, so that tanh starts where it is steep."
)
mistake(
    "initialize_parameters",
    "all_equal",
    {
        "0.01 * np.random.randn(n_h, n_x)": "np.zeros((n_h, n_x))",
        "0.01 * np.random.randn(n_y, n_h)": "np.zeros((n_y, n_h))",
    },
    "All your weights are the same number, so all hidden units start as copies of each other "
    "and stay copies. Draw the weights at random: 0.01 * np.random.randn(...).",
)
mistake("initialize_parameters", "rand", {("randn", 2): "rand"}).say(
    "None of your weights is negative: np.random.rand draws evenly from 0 to 1. Use "
    "np.random.randn, with an n at the end for normal."
)
mistake("initialize_parameters", "rand_in_W1", {"randn(n_h": "rand(n_h"}).say(
    "None of the weights in W1 is negative: np.random.rand draws evenly from 0 to 1. Use "
    "np.random.randn for W1 as well, with an n at the end for normal."
)
mistake("initialize_parameters", "rand_in_W2", {"randn(n_y": "rand(n_y"}).say(
    "None of the weights in W2 is negative: np.random.rand draws evenly from 0 to 1. Use "
    "np.random.randn for W2 as well, with an n at the end for normal."
)
mistake("initialize_parameters", "flat_biases", {"(n_h, 1)": "n_h", "(n_y, 1)": "n_y"}).say(
    "Your biases are not columns. Give both dimensions, np.zeros((n_h, 1)): added to a "
    "matrix, a flat array would be taken for a row."
)
mistake(
    "initialize_parameters",
    "random_biases",
    {
        "np.zeros((n_h, 1))": "0.01 * np.random.randn(n_h, 1)",
        "np.zeros((n_y, 1))": "0.01 * np.random.randn(n_y, 1)",
    },
    "Your biases do not start at zero. The random weights already make the units differ, so "
    "use np.zeros for the biases.",
)
mistake("initialize_parameters", "seeded_again", {"W2 =": "np.random.seed(2)\n    W2 ="}).say(
    "W2 contains the same numbers as W1, because the random generator was seeded again in "
    "between. Seed once, at the beginning of the function."
)

# sigmoid
mistake("sigmoid", "no_minus", {"np.exp(-x)": "np.exp(x)"}).say(
    "Your sigmoid falls where it should rise, as 1 / (1 + np.exp(x)) does. It is 1 / (1 + "
    "np.exp(-x)): look for the minus sign in the exponent."
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

# forward_propagation
mistake("forward_propagation", "no_activation", {"np.tanh(Z1)": "Z1"}).say(
    "Your hidden layer has no activation: Z1 is passed on as it is, and two linear layers are "
    "no more than one. Use A1 = np.tanh(Z1)."
)
mistake("forward_propagation", "activation_skipped", {"W2 @ A1": "W2 @ Z1"}).say(
    "A1 is right, but Z2 is computed from Z1. The output layer gets the hidden layer's "
    "activations: Z2 = W2 @ A1 + b2."
)
mistake("forward_propagation", "tanh_output", {"sigmoid(Z2)": "np.tanh(Z2)"}).say(
    "Your output layer uses tanh, which can be negative. The answer should be a probability, "
    "so use the sigmoid there: A2 = sigmoid(Z2)."
)
mistake("forward_propagation", "linear_output", {"sigmoid(Z2)": "Z2"}).say(
    "Your output layer has no activation, so A2 is not a probability. Apply the sigmoid: A2 = "
    "sigmoid(Z2)."
)
mistake("forward_propagation", "sigmoid_hidden", {"np.tanh(Z1)": "sigmoid(Z1)"}).say(
    "Your hidden layer uses the sigmoid. In this network its activation is tanh: A1 = "
    "np.tanh(Z1)."
)
mistake("forward_propagation", "relu_hidden", {"np.tanh(Z1)": "np.maximum(0, Z1)"}).say(
    "Your hidden layer uses the ReLU. In this network its activation is tanh: A1 = np.tanh(Z1)."
)
mistake(
    "forward_propagation",
    "activations_swapped",
    {"np.tanh(Z1)": "sigmoid(Z1)", "sigmoid(Z2)": "np.tanh(Z2)"},
    "The tanh and the sigmoid have changed places. The hidden layer takes tanh, the output "
    "layer the sigmoid.",
)
mistake("forward_propagation", "no_biases", {" + b1": "", " + b2": ""}).say(
    "The biases are missing. Add them to both products: W1 @ X + b1 and W2 @ A1 + b2."
)
mistake("forward_propagation", "no_hidden_bias", {" + b1": ""}).say(
    "The hidden layer's bias is missing. Its sum is Z1 = W1 @ X + b1."
)
mistake("forward_propagation", "no_output_bias", {" + b2": ""}).say(
    "The output layer's bias is missing. Its sum is Z2 = W2 @ A1 + b2."
)
mistake("forward_propagation", "cache_without_sums", {'"Z2": Z2': '"Z2": A2'}).say(
    "A cache entry has the wrong array: Z2 holds what A2 should hold. Keep the sum, before "
    "the sigmoid, in Z2."
)
mistake("forward_propagation", "star", {"W1 @ X": "W1 * X"}, line=r"\*|multiply").say(
    "The star multiplies element by element, which does not fit these shapes. A layer needs "
    "the matrix product: W1 @ X."
)

mistake("forward_propagation", "first_bias_twice", {"@ A1 + b2": "@ A1 + b1"}).say(
    "The output layer gets the hidden layer's bias. Each layer has its own: Z2 = W2 @ A1 + b2."
)

# compute_cost
mistake("compute_cost", "sum", {" / m": ""}).say(
    "Your cost is a sum over the examples, so it grows with their number. Take the mean: "
    "divide by m, which is Y.shape[1] and not Y.shape[0]."
)
mistake("compute_cost", "no_minus", {"-np.sum": "np.sum"}).say(
    "Your cost is negative. The logarithm of a probability is below zero; the minus sign in "
    "front makes a cost of it."
)
mistake("compute_cost", "sum_without_minus", {"-np.sum": "np.sum", " / m": ""}).say(
    "Your cost is the negative of a sum: both the minus sign and the division by m are "
    "missing. It is -np.sum(...) / m."
)
mistake("compute_cost", "only_class_one", {" + (1 - Y) * np.log(1 - A2)": ""}).say(
    "Only the examples of class 1 count in your cost. Add the other half, (1 - Y) * np.log(1 "
    "- A2), for those of class 0."
)
mistake("compute_cost", "halves_subtracted", {" + (1 - Y)": " - (1 - Y)"}).say(
    "The two halves of your cost have opposite signs, so mistakes on class 0 lower it. Both "
    "halves are added inside the sum, and one minus sign stands in front."
)
mistake(
    "compute_cost",
    "log_of_labels",
    {"Y * np.log(A2) + (1 - Y) * np.log(1 - A2)": "A2 * np.log(Y) + (1 - A2) * np.log(1 - Y)"},
    "You take the logarithm of the labels, which are 0 or 1, and log(0) is not finite. It is "
    "the network's answer that goes into the logarithm: Y * np.log(A2).",
)
mistake("compute_cost", "log2", {("np.log(", 2): "np.log2("}).say(
    "Your cost is measured in bits, with np.log2. The gradients of this network belong to the "
    "natural logarithm: np.log."
)
mistake("compute_cost", "log10", {("np.log(", 2): "np.log10("}).say(
    "You use the logarithm to base 10. Here log means the natural logarithm, np.log."
)
mistake(
    "compute_cost",
    "squared_error",
    {"Y * np.log(A2) + (1 - Y) * np.log(1 - A2)": "-((A2 - Y) ** 2)"},
    "You compute the mean squared error. For probabilities this network uses the "
    "cross-entropy, with the logarithms of A2 and 1 - A2.",
)
mistake(
    "compute_cost",
    "half_squared_error",
    {"Y * np.log(A2) + (1 - Y) * np.log(1 - A2)": "-((A2 - Y) ** 2) / 2"},
    "You compute half the mean squared error. For probabilities this network uses the "
    "cross-entropy, with the logarithms of A2 and 1 - A2.",
)
mistake(
    "compute_cost", "not_summed", {"float(-np.sum(log_likelihood) / m)": "-log_likelihood / m"}
).say(
    "You return the costs of the single examples. Sum them up and divide by m, so that one "
    "number remains."
)
mistake("compute_cost", "every_pair", {"(A2)": "(A2.T)", "1 - A2": "1 - A2.T"}).say(
    "Flattening one of A2 and Y, or transposing it, makes NumPy pair every answer with every "
    "label. Keep both in the shape (1, m)."
)

# backward_propagation
mistake("backward_propagation", "no_square", {"1 - A1**2": "1 - A1"}).say(
    "Your hidden layer's derivative is 1 - A1, without the square. The derivative of tanh is "
    "1 - A1**2."
)
mistake("backward_propagation", "no_derivative", {" * (1 - A1**2)": ""}).say(
    "The derivative of the hidden layer's activation is missing. Multiply W2.T @ dZ2 by the "
    "slope of tanh, 1 - A1**2."
)
mistake("backward_propagation", "sigmoid_derivative", {"(1 - A1**2)": "(A1 * (1 - A1))"}).say(
    "Your hidden layer's derivative is the sigmoid's, A1 * (1 - A1). Its activation is tanh, "
    "so use 1 - A1**2."
)
mistake("backward_propagation", "square_of_z", {"A1**2": 'cache["Z1"] ** 2'}).say(
    "You take the derivative as 1 - Z1**2. It is the activation that is squared, not the sum "
    "before it: 1 - A1**2."
)
mistake("backward_propagation", "tanh_twice", {"A1**2": "np.tanh(A1) ** 2"}).say(
    "The tanh is applied twice: A1 is already tanh(Z1). The derivative is 1 - A1**2, or 1 - "
    "np.tanh(Z1)**2."
)
mistake("backward_propagation", "plus_square", {"1 - A1**2": "1 + A1**2"}).say(
    "You multiply by 1 + A1**2. The derivative of tanh has a minus: 1 - A1**2, so it is "
    "largest in the middle."
)
mistake("backward_propagation", "parentheses", {"(1 - A1**2)": "1 - A1**2"}).say(
    "Parentheses are missing around 1 - A1**2: the product is taken with 1 first, and A1**2 "
    "subtracted afterwards. Write W2.T @ dZ2 * (1 - A1**2)."
)
mistake("backward_propagation", "opposite_sign", {"A2 - Y": "Y - A2"}).say(
    "All your gradients have the opposite sign, because the error is taken as Y - A2. With "
    "dZ2 = A2 - Y the step goes downhill."
)
mistake("backward_propagation", "squared_error", {"A2 - Y": "(A2 - Y) * A2 * (1 - A2)"}).say(
    "You multiply the error by A2 * (1 - A2), which belongs to the squared error. With the "
    "cross-entropy it cancels, and dZ2 is just A2 - Y."
)
mistake("backward_propagation", "thresholded", {"A2 - Y": "(A2 > 0.5) - Y"}).say(
    "You compare classes with labels, so small errors vanish. The gradient needs the "
    "probability itself: dZ2 = A2 - Y, without a threshold."
)
mistake("backward_propagation", "error_of_z", {"A2 - Y": 'cache["Z2"] - Y'}).say(
    "Your error is Z2 - Y, from before the sigmoid. It is the answer that is compared with "
    "the label: dZ2 = A2 - Y."
)
mistake("backward_propagation", "dw2_from_z1", {"dZ2 @ A1.T": 'dZ2 @ cache["Z1"].T'}).say(
    "dW2 is made from Z1. The output layer's inputs are the activations, so it is dZ2 @ A1.T "
    "/ m."
)
mistake("backward_propagation", "sums", {(" / m", 4): ""}).say(
    "None of your gradients is divided by m. The cost is a mean over the examples, so its "
    "gradients are means too: divide all four by m."
)
mistake("backward_propagation", "bias_sums", {("True) / m", 2): "True)"}).say(
    "Your two weight gradients are means, but your two bias gradients are sums. Divide db1 "
    "and db2 by m as well."
)
mistake("backward_propagation", "weight_sums", {(".T / m", 2): ".T"}).say(
    "Your two bias gradients are means, but your two weight gradients are sums. The matrix "
    "product adds up the examples: divide dW1 and dW2 by m as well."
)
mistake(
    "backward_propagation",
    "hidden_sums",
    {"X.T / m": "X.T", "dZ1, axis=1, keepdims=True) / m": "dZ1, axis=1, keepdims=True)"},
    "The output layer's gradients are right, the hidden layer's are not divided by m. Divide "
    "dW1 and db1 as well.",
)
mistake(
    "backward_propagation",
    "output_sums",
    {"A1.T / m": "A1.T", "dZ2, axis=1, keepdims=True) / m": "dZ2, axis=1, keepdims=True)"},
    "The hidden layer's gradients are right, the output layer's are not divided by m. Divide "
    "dW2 and db2 as well.",
)
mistake("backward_propagation", "dw1_sum", {"X.T / m": "X.T"}).say(
    "Only dW1 is not divided by m. All four gradients are means over the examples."
)
mistake("backward_propagation", "dw2_sum", {"A1.T / m": "A1.T"}).say(
    "Only dW2 is not divided by m. All four gradients are means over the examples."
)
mistake("backward_propagation", "features_for_examples", {"X.shape[1]": "X.shape[0]"}).say(
    "You divide by the number of features, X.shape[0]. Examples are columns, so m is "
    "X.shape[1]."
)
mistake("backward_propagation", "sum_of_everything", {(", axis=1, keepdims=True", 2): ""}).say(
    "Your hidden layer's bias gradient is a single number, the sum of everything. Sum over "
    "the examples only: np.sum(dZ1, axis=1, keepdims=True)."
)
mistake("backward_propagation", "no_keepdims", {(", keepdims=True", 2): ""}).say(
    "Your bias gradients have lost their column: without keepdims=True, np.sum gives a flat "
    "array. Keep the shape (n_h, 1), or the update turns b1 into a square."
)
mistake("backward_propagation", "wrong_axis", {("axis=1", 2): "axis=0"}).say(
    "You sum the bias gradients along the wrong axis: axis=0 adds up the units. Add up the "
    "examples, with axis=1."
)
mistake("backward_propagation", "updated_too_early", {"W2.T @": "(W2 - 1.2 * dW2).T @"}).say(
    "W2 is updated before the error has passed back through it. All gradients belong to the "
    "same parameters: compute all four first, and leave the step to update_parameters."
)
mistake("backward_propagation", "whole_division", {(" / m", 4): " * (1 // m)"}).say(
    "All your gradients are zero. Look for the factor that is: 1 // m is zero as soon as there "
    "are two examples, since the double slash rounds down. Divide with a single slash."
)
mistake("backward_propagation", "half", {(" / m", 4): " / (2 * m)"}).say(
    "Your gradients are half as large as they should be. The factor 1 / (2m) belongs to a "
    "squared error; the cross-entropy needs 1 / m."
)
mistake(
    "backward_propagation",
    "weight_decay",
    {"dW2 = ": "dW2 = 0.7 / m * W2 + ", "dW1 = ": 'dW1 = 0.7 / m * parameters["W1"] + '},
    "Your gradients hold the weights themselves: a term lambda / m * W belongs to a cost with "
    "a penalty for large weights, and this cost has none. Leave it out.",
)
mistake(
    "backward_propagation",
    "last_left_out",
    {
        'cache["A1"], cache["A2"]': 'cache["A1"][:, :-1], cache["A2"][:, :-1]',
        "- Y\n": "- Y[:, :-1]\n",
        "X.T": "X[:, :-1].T",
    },
    "Your gradients miss the last example. A loop over range(m) has it, one over range(m - 1) "
    "stops before it; and in A2[:, :-1] the -1 leaves the last column out.",
)
mistake(
    "backward_propagation", "db2_from_all_of_dw2", {"dZ2, axis=1, keepdims=True": "dW2"}
).say(
    "Your db2 is one sum over dW2, np.sum(dW2). A bias gradient is the sum of the errors, as "
    "a column: np.sum(dZ2, axis=1, keepdims=True) / m."
)
mistake(
    "backward_propagation",
    "bias_gradients_from_weights",
    {"(dZ2, axis": "(dW2, axis", "(dZ1, axis": "(dW1, axis"},
    "Your bias gradients are sums over dW1 and dW2. They are sums of the errors: dZ1 for db1, "
    "dZ2 for db2.",
)
mistake("backward_propagation", "db2_from_dw2", {"(dZ2, axis": "(dW2, axis"}).say(
    "Your db2 is a sum over dW2. A bias gradient is the sum of the errors: np.sum(dZ2, "
    "axis=1, keepdims=True) / m."
)
mistake("backward_propagation", "gradient_for_weights", {"W2.T @": "dW2.T @"}).say(
    "Your dZ1 travels back through dW2, the gradient. The error passes through the weights "
    "themselves: W2.T @ dZ2 * (1 - A1**2)."
)

# update_parameters
mistake("update_parameters", "uphill", {(" - learning_rate", 4): " + learning_rate"}).say(
    "You step uphill. The gradient points to where the cost grows, so subtract: W1 - "
    "learning_rate * dW1."
)
mistake("update_parameters", "fixed_rate", {("learning_rate * ", 4): "1.2 * "}).say(
    "Your step always has the same learning rate, 1.2, whatever the argument says. Use "
    "learning_rate in the formula."
)
mistake("update_parameters", "no_rate", {("learning_rate * ", 4): ""}).say(
    "The learning rate is missing: you subtract the whole gradient. Multiply it by "
    "learning_rate first."
)
mistake(
    "update_parameters",
    "old_returned",
    {
        ' - learning_rate * grads["dW1"]': "",
        ' - learning_rate * grads["db1"]': "",
        ' - learning_rate * grads["dW2"]': "",
        ' - learning_rate * grads["db2"]': "",
    },
    "You return the old parameters; the new ones are computed and then lost. Build the "
    "dictionary from the new values.",
)
mistake(
    "update_parameters",
    "biases_forgotten",
    {' - learning_rate * grads["db1"]': "", ' - learning_rate * grads["db2"]': ""},
    "Only the weights move; the biases stay where they were. Update b1 and b2 with db1 and "
    "db2 as well.",
)
mistake(
    "update_parameters",
    "only_the_step",
    {
        'parameters["W1"] - ': "",
        'parameters["b1"] - ': "",
        'parameters["W2"] - ': "",
        'parameters["b2"] - ': "",
    },
    "You return the step, learning_rate times the gradient. Subtract it from the parameters "
    "and return the result.",
)
mistake(
    "update_parameters",
    "output_layer_forgotten",
    {' - learning_rate * grads["dW2"]': "", ' - learning_rate * grads["db2"]': ""},
    "Only the hidden layer moves; W2 and b2 come back as they were. Return the new values of "
    "all four.",
)
mistake(
    "update_parameters",
    "hidden_layer_forgotten",
    {' - learning_rate * grads["dW1"]': "", ' - learning_rate * grads["db1"]': ""},
    "Only the output layer moves; W1 and b1 come back as they were. Return the new values of "
    "all four.",
)
mistake(
    "update_parameters",
    "weights_forgotten",
    {' - learning_rate * grads["dW1"]': "", ' - learning_rate * grads["dW2"]': ""},
    "Only the biases move; the weights stay where they were. Update W1 and W2 with dW1 and "
    "dW2 as well.",
)

# nn_model
mistake("nn_model", "one_too_few", {"range(num_iterations)": "range(num_iterations - 1)"}).say(
    "Your loop takes one step too few. range(n) already counts n times, from 0 to n - 1: use "
    "range(num_iterations)."
)
mistake("nn_model", "one_too_many", {"range(num_iterations)": "range(num_iterations + 1)"}).say(
    "Your loop takes one step too many. range(num_iterations) counts exactly num_iterations "
    "times."
)
mistake(
    "nn_model",
    "return_inside_the_loop",
    {'{cost:.6f}")\n\n': '{cost:.6f}")\n        return parameters\n\n'},
    "Your training gives the parameters after one single step. Either return stands inside "
    "the loop, or each round begins with the first parameters again, and what the update gives "
    "is not handed on.",
)
mistake("nn_model", "never_updated", {"parameters = update": "update"}).say(
    "The parameters come back untrained: what update_parameters returns is not kept. Write "
    "parameters = update_parameters(parameters, grads)."
)
mistake(
    "nn_model",
    "forward_outside_the_loop",
    {
        "for i in": "A2, cache = forward_propagation(X, parameters)\n    for i in",
        "        A2, cache = forward_propagation(X, parameters)\n": "",
    },
    "The forward pass stands before the loop, so every step uses the answers of the first "
    "network. Move it inside: after each update, the network has to answer again.",
)
mistake(
    "nn_model",
    "gradients_outside_the_loop",
    {
        "for i in": (
            "A2, cache = forward_propagation(X, parameters)\n"
            "    grads = backward_propagation(parameters, cache, X, Y)\n"
            "    for i in"
        ),
        "        A2, cache = forward_propagation(X, parameters)\n": "",
        "        grads = backward_propagation(parameters, cache, X, Y)\n": "",
    },
    "The gradients are computed once and used for every step. Move forward and backward "
    "propagation inside the loop: each step needs the gradients of where it stands.",
)
mistake("nn_model", "learning_rate_half", {"grads)\n": "grads, 0.5)\n"}).say(
    "Each step here has the learning rate 0.5. In this training it is 1.2, which is the "
    "default of update_parameters: call update_parameters(parameters, grads)."
)
mistake("nn_model", "learning_rate_hundredth", {"grads)\n": "grads, 0.01)\n"}).say(
    "Each step here has the learning rate 0.01. In this training it is 1.2, which is the "
    "default of update_parameters: call update_parameters(parameters, grads)."
)
mistake("nn_model", "always_four", {"(X, Y, n_h)": "(X, Y, 4)"}).say(
    "Your network always has 4 hidden units. Pass the argument n_h on to layer_sizes or to "
    "initialize_parameters."
)
mistake("nn_model", "cost_returned", {"return parameters": "return cost"}).say(
    "You return the last cost. The trained network is its parameters, so return those."
)

# predict
mistake("predict", "probabilities", {"A2 > 0.5": "A2"}).say(
    "You return probabilities. A class is a decision: compare with one half, A2 > 0.5."
)
mistake("predict", "exchanged", {"A2 > 0.5": "A2 < 0.5"}).say(
    "Your classes are exchanged: class 1 is where A2 is greater than 0.5, not smaller."
)
mistake("predict", "one_half_too", {"A2 > 0.5": "A2 >= 0.5"}).say(
    "A probability of exactly 0.5 becomes class 1. The task says that only what is above one "
    "half does: compare with >, and not with >=."
)
mistake("predict", "above_zero", {"A2 > 0.5": "A2 > 0"}).say(
    "Every example becomes class 1, as when a probability is compared with 0, and is always "
    "above it. Compare A2 itself with one half: A2 > 0.5."
)
mistake("predict", "decimals_cut_off", {"A2 > 0.5": "A2.astype(int)"}).say(
    "Every example becomes class 0, as when the decimals of a probability are cut off. Compare "
    "with one half, A2 > 0.5, before you convert."
)
mistake("predict", "mean", {"A2 > 0.5": "float(np.mean(A2 > 0.5))"}).say(
    "You return the share of class 1, one number for all examples. Return the class of each "
    "example, an array of the shape (1, m)."
)
mistake(
    "predict", "hidden_units", {"A2, _ =": "_, cache =", "A2 > 0.5": 'cache["A1"] > 0.5'}
).say(
    "Your classes are those of the hidden units, one row for each. The answer of the network "
    "is A2, the first of the two things that forward_propagation returns."
)
