"""Well-known mistakes of assignment 4, each as a patch of the reference or as a whole method.

Any two of one name give other answers somewhere, so that a diagnosis is never a guess.
"""

import numpy as np

from autograder.authoring import misconception, mistake
from solution import sigmoid

# MLP: the first weights
mistake("MLP.__init__", "no_bias_node", {("ni + 1", 2): "ni"}).say(
    "The bias node has no weights: your wi has one row for each input. There is one more "
    "input node, so wi (and ci with it) needs ni + 1 rows."
)
mistake(
    "MLP.__init__",
    "transposed",
    {
        "range(nh)] for _ in range(ni + 1)": "range(ni + 1)] for _ in range(nh)",
        "range(no)] for _ in range(nh)": "range(nh)] for _ in range(no)",
        "(ni + 1, nh)": "(nh, ni + 1)",
        "(nh, no))": "(no, nh))",
    },
    "Your weight matrices are transposed. Here a row belongs to the node that a weight comes "
    "from: wi is (ni + 1, nh) and wo is (nh, no).",
)
mistake("MLP.__init__", "small_output_weights", {"-2.0, 2.0": "-0.2, 0.2"}).say(
    "Your wo is drawn from -0.2 to 0.2, like wi. The weights to the outputs are drawn from "
    "-2.0 to 2.0."
)
mistake("MLP.__init__", "large_input_weights", {"-0.2, 0.2": "-2.0, 2.0"}).say(
    "Your wi is drawn from -2.0 to 2.0, like wo. The weights from the inputs are drawn from "
    "-0.2 to 0.2, where the sigmoid is steep."
)
mistake(
    "MLP.__init__", "limits_exchanged", {"-0.2, 0.2": "-2.0, 2.0", "-2.0, 2.0": "-0.2, 0.2"}
).say(
    "The two intervals have changed places: wi is drawn from -0.2 to 0.2, and wo from -2.0 to "
    "2.0."
)
mistake(
    "MLP.__init__",
    "only_positive",
    {
        "random.uniform(-0.2, 0.2)": "0.2 * random.random()",
        "random.uniform(-2.0, 2.0)": "2 * random.random()",
    },
    "None of your weights is negative. random.random() and np.random.rand draw from 0 to 1; "
    "random.uniform(-0.2, 0.2) draws from both sides of zero.",
)
mistake(
    "MLP.__init__",
    "normal_draws",
    {"uniform(-0.2, 0.2)": "gauss(0, 0.2)", "uniform(-2.0, 2.0)": "gauss(0, 2)"},
    "Your weights follow the normal distribution, so that some lie far outside. Draw them "
    "evenly from their interval: random.uniform or np.random.uniform.",
)
mistake(
    "MLP.__init__",
    "all_zero",
    {"random.uniform(-0.2, 0.2)": "0.0", "random.uniform(-2.0, 2.0)": "0.0"},
    "All your weights are the same number, so all hidden nodes start as copies of each other "
    "and stay copies. Draw the weights at random.",
)
mistake(
    "MLP.__init__",
    "one_draw_for_all",
    {
        "[[random.uniform(-0.2, 0.2) for _ in range(nh)] for _ in range(ni + 1)]": (
            "np.full((ni + 1, nh), random.uniform(-0.2, 0.2))"
        ),
        "[[random.uniform(-2.0, 2.0) for _ in range(no)] for _ in range(nh)]": (
            "np.full((nh, no), random.uniform(-2.0, 2.0))"
        ),
    },
    "One number is drawn, and all weights of a matrix are that number: all hidden nodes start "
    "as copies of each other. Draw each weight by itself.",
)
mistake("MLP.__init__", "seeded_inside", {"wi = [[": "random.seed(123)\n        wi = [["}).say(
    "Every network starts with the same weights, because the generator is seeded inside of "
    "the class. Seed outside, once, if you want to repeat a run."
)

# MLP: activate
mistake("MLP.activate", "bias_in_front", {"inputs, 1.0": "1.0, inputs"}).say(
    "Your bias node stands in front of the inputs. It belongs behind them, where the last row "
    "of wi waits for it: np.append(inputs, 1.0)."
)
mistake("MLP.activate", "bias_of_zero", {"inputs, 1.0": "inputs, 0.0"}).say(
    "Your bias node is 0, so its weights have no effect. It is always 1: np.append(inputs, "
    "1.0)."
)
mistake("MLP.activate", "linear_hidden", {"sigmoid(self.ai": "(self.ai"}).say(
    "Your hidden nodes have no activation, and two linear layers are no more than one. Use ah "
    "= sigmoid(ai @ wi)."
)
mistake("MLP.activate", "linear_output", {"sigmoid(self.ah": "(self.ah"}).say(
    "Your output nodes have no activation. Both layers use the sigmoid here: ao = sigmoid(ah "
    "@ wo)."
)
mistake("MLP.activate", "tanh_hidden", {"sigmoid(self.ai": "np.tanh(self.ai"}).say(
    "Your hidden nodes use tanh. In this network both layers use the sigmoid, and "
    "back-propagation relies on its slope."
)
mistake(
    "MLP.activate",
    "slope_for_sigmoid",
    {
        "sigmoid(self.ai @ self.wi)": "sigmoid_slope(sigmoid(self.ai @ self.wi))",
        "sigmoid(self.ah @ self.wo)": "sigmoid_slope(sigmoid(self.ah @ self.wo))",
    },
    "You apply the slope of the sigmoid where the sigmoid itself belongs. The slope comes in "
    "on the way back only.",
)


@misconception(
    "Your activate goes on, and answers, where there are too many inputs. Compare len(inputs) "
    "with self.ni, and raise a ValueError where they differ: neither print nor return it.",
    of="MLP.activate",
)
def MLP__any_length(self, inputs):
    self.ai = np.append([inputs[j] for j in range(self.ni)], 1.0)
    self.ah = sigmoid(self.ai @ self.wi)
    self.ao = sigmoid(self.ah @ self.wo)
    return self.ao


@misconception(
    "Where the number of inputs is wrong, only NumPy stops, because its product does not fit. "
    "Compare len(inputs) with self.ni first, and raise a ValueError there: to print is not "
    "enough.",
    of="MLP.activate",
)
def MLP__length_left_to_numpy(self, inputs):
    self.ai = np.append(inputs, 1.0)
    self.ah = sigmoid(self.ai @ self.wi)
    self.ao = sigmoid(self.ah @ self.wo)
    return self.ao


mistake("MLP.activate", "only_too_many", {"!= self.ni": "> self.ni"}).say(
    "Too many inputs are refused, and too few are not. Compare with !=, which is true of both."
)


@misconception(
    "A wrong number of inputs is refused, but with another kind of error. An argument of the "
    "wrong size is a ValueError; an assert is for what can never happen.",
    of="MLP.activate",
)
def MLP__assertion(self, inputs):
    assert len(inputs) == self.ni
    self.ai = np.append(inputs, 1.0)
    self.ah = sigmoid(self.ai @ self.wi)
    self.ao = sigmoid(self.ah @ self.wo)
    return self.ao


# MLP: backPropagate
mistake("MLP.backPropagate", "momentum_without_ci", {" + M * self.ci": ""}).say(
    "Only wo repeats a part of its last change. The momentum belongs to both layers: add M * "
    "self.ci to the step of wi."
)
mistake("MLP.backPropagate", "momentum_without_co", {" + M * self.co": ""}).say(
    "Only wi repeats a part of its last change. The momentum belongs to both layers: add M * "
    "self.co to the step of wo."
)
mistake("MLP.backPropagate", "uphill", {"delta_o = errors": "delta_o = -errors"}).say(
    "Your weights walk uphill: the difference is turned around. With targets - ao the changes "
    "point downhill and are added."
)
mistake("MLP.backPropagate", "no_output_slope", {" * sigmoid_slope(self.ao)": ""}).say(
    "The slope of the output's sigmoid is missing: delta_o is the difference times "
    "sigmoid_slope(ao). (With cross-entropy it would cancel, but the error here is a square.)"
)
mistake("MLP.backPropagate", "no_hidden_slope", {" * sigmoid_slope(self.ah)": ""}).say(
    "The slope of the hidden sigmoid is missing: delta_h is wo @ delta_o times "
    "sigmoid_slope(ah)."
)
mistake(
    "MLP.backPropagate",
    "slope_of_slope",
    {"(self.ao)": "(sigmoid(self.ao))", "(self.ah)": "(sigmoid(self.ah))"},
    "You apply the sigmoid once more before you take its slope. ao and ah are values of the "
    "sigmoid already: the slope is y * (1 - y), sigmoid_slope(ao).",
)
mistake(
    "MLP.backPropagate",
    "output_weights_first",
    {
        "delta_h =": (
            "self.wo += N * np.outer(self.ah, delta_o) + M * self.co\n        delta_h ="
        ),
        "        self.wo = self.wo + N * change_o + M * self.co\n": "",
    },
    "The hidden deltas are made with the new wo. The error travels back through the weights "
    "that gave the answer, so compute both deltas before you change any weight.",
)
mistake("MLP.backPropagate", "weights_left_out", {"self.wo @ delta_o": "np.sum(delta_o)"}).say(
    "The hidden deltas leave the weights out. Each output's delta reaches a hidden node "
    "through the weight between them: delta_h is wo @ delta_o times the slope."
)
mistake(
    "MLP.backPropagate",
    "bias_not_updated",
    {
        "self.wi = self.wi": "self.wi[:-1] = self.wi[:-1]",
        "N * change_i": "N * change_i[:-1]",
        "M * self.ci": "M * self.ci[:-1]",
        "self.ci = change_o, change_i": "self.ci[:-1] = change_o, change_i[:-1]",
    },
    "The weights of the bias node never change. It is an input node like the others, with an "
    "activation of 1: use all of ai for the changes of wi.",
)
mistake(
    "MLP.backPropagate",
    "input_weights_fixed",
    {"        self.wi = self.wi + N * change_i + M * self.ci\n": ""},
    "Only wo changes. The hidden layer learns too: wi gets N times its change, made of "
    "delta_h and ai.",
)
mistake("MLP.backPropagate", "error_no_half", {"0.5 * ": ""}).say(
    "The weights are right, but the factor one half is missing from the error that you return."
)
mistake(
    "MLP.backPropagate",
    "velocity",
    {"= change_o, change_i": "= N * change_o + M * self.co, N * change_i + M * self.ci"},
    "You keep a velocity: ci and co hold the whole step, N * change + M * last. A good "
    "method, but another one. Here they hold the plain change of this example, without N and "
    "M.",
)
mistake(
    "MLP.backPropagate", "rate_kept", {"= change_o, change_i": "= N * change_o, N * change_i"}
).say(
    "You keep N times the change. Keep the plain change in ci and co, without the learning "
    "rate: the momentum M alone says how much of it is repeated."
)
mistake("MLP.backPropagate", "no_momentum", {" + M * self.co": "", " + M * self.ci": ""}).say(
    "There is no momentum: the last changes are kept, but not repeated. Add M * ci and M * co "
    "to the weights before you keep the new changes."
)
mistake(
    "MLP.backPropagate",
    "kept_too_early",
    {"self.wo = self.wo": "self.co, self.ci = change_o, change_i\n        self.wo = self.wo"},
    "The new changes are kept too early: what you add as momentum is the change of this "
    "example, not of the last one. Change the weights first, and then keep ci and co.",
)
mistake(
    "MLP.backPropagate",
    "changes_not_kept",
    {"        self.co, self.ci = change_o, change_i\n": ""},
    "The momentum is there, but ci and co never change. At the end keep the new changes in "
    "them, for the next example.",
)
mistake("MLP.backPropagate", "fixed_rate", {("N * ", 2): "0.5 * "}).say(
    "Your learning rate is fixed at 0.5. Use the argument N, so that it can be chosen in each "
    "training."
)

# MLP: train and test
mistake("MLP.train", "one_iteration_less", {"range(iterations)": "range(iterations - 1)"}).say(
    "Training takes one iteration less than it was asked for. range(iterations) counts from 0 "
    "and makes exactly that many rounds."
)
mistake(
    "MLP.train",
    "train_without_activate",
    {
        "sums = []\n": "sums = []\n        self.activate(patterns[0][0])\n",
        "                self.activate(inputs)\n": "",
    },
    "Your training never activates the network, so backPropagate works with what an earlier "
    "example has left. Call self.activate(inputs) first, for every pattern.",
)
mistake(
    "MLP.train",
    "train_shuffled",
    {"in patterns:": "in random.sample(list(patterns), len(patterns)):"},
    "Your training takes the patterns in another order. Shuffling is a good habit with large "
    "data; here they are taken as they come, so that two runs can be compared.",
)
mistake("MLP.train", "train_fixed_rates", {"(targets, N, M)": "(targets, 0.5, 0.1)"}).say(
    "Your training ignores its arguments N and M and always uses 0.5 and 0.1. Hand on what "
    "came in: self.backPropagate(targets, N, M)."
)
mistake(
    "MLP.train",
    "train_sum_goes_on",
    {"sums = []\n": "sums, total = [], 0.0\n", "            total = 0.0\n": ""},
    "The errors go on adding up from one iteration to the next. Set the sum to zero at the "
    "beginning of each iteration, or you will never see it fall.",
)
mistake("MLP.train", "train_mean", {"append(total)": "append(total / len(patterns))"}).say(
    "The weights are right, but train returns means. Return the sum of the errors of each "
    "iteration, not divided by the number of patterns."
)
mistake("MLP.train", "train_last_sum", {"return sums": "return total"}).say(
    "The weights are right, but train returns the last sum only. Collect one sum for each "
    "iteration in a list, and return the list."
)


@misconception(
    "The weights are right, but train returns nothing. Collect one sum for each iteration in "
    "a list, and return the list.",
    of="MLP.train",
)
def MLP__train_returns_nothing(self, patterns, iterations, N=0.5, M=0.1):
    for _ in range(iterations):
        for inputs, targets in patterns:
            self.activate(inputs)
            self.backPropagate(targets, N, M)


mistake("MLP.test", "test_rounded", {"np.array(": "np.round("}).say(
    "Your test rounds the answers to 0 and 1. Keep them as activate gives them; whoever needs "
    "classes can compare them with 0.5."
)


@misconception(
    "Your test keeps the answer to the last example only. Collect the answers of all "
    "examples, a row for each.",
    of="MLP.test",
)
def MLP__test_last_one(self, patterns):
    for inputs in patterns:
        self.predict = self.activate(inputs)
    return self.predict


mistake(
    "MLP.backPropagate",
    "rate_and_momentum_exchanged",
    {("N * change", 2): "M * change", ("M * self", 2): "N * self"},
    "The learning rate and the momentum have changed places. The text's order is "
    "backPropagate(targets, N, M): N for the new change, M for the last one.",
)
mistake(
    "MLP.backPropagate",
    "hidden_node_of_the_output",
    {"np.outer(self.ah, delta_o)": "np.tile(self.ah[: self.no] * delta_o, (self.nh, 1))"},
    "Each change of wo uses the activation ah[k] of the output's number. The weight from "
    "hidden node j to output k needs ah[j]: change_o is np.outer(ah, delta_o).",
)

# activate_batch
mistake("activate_batch", "no_bias", {"np.ones": "np.zeros"}).say(
    "The bias node is missing from your batch: the last row of wi has no effect. Put a column "
    "of ones behind X."
)
mistake(
    "activate_batch", "bias_in_front", {"[X, np.ones(len(X))]": "[np.ones(len(X)), X]"}
).say(
    "Your column of ones stands in front of X. It belongs behind, where the last row of wi "
    "waits for it."
)
mistake("activate_batch", "linear_output", {"sigmoid(A_h @ wo)": "A_h @ wo"}).say(
    "Your output has no activation: it is sigmoid(A_h @ wo)."
)
mistake("activate_batch", "linear_hidden", {"sigmoid(A_i @ wi)": "A_i @ wi"}).say(
    "Your hidden nodes have no activation: they are sigmoid(A_i @ wi)."
)
mistake("activate_batch", "exchanged", {"return A_h, A_o": "return A_o, A_h"}).say(
    "The two results have changed places. Return the hidden activations first."
)

# batch_changes
mistake("batch_changes", "uphill", {"D_o = errors": "D_o = -errors"}).say(
    "Your changes point uphill: they are the gradient itself. With T - A_o they point "
    "downhill, and train_batch adds them."
)
mistake(
    "batch_changes",
    "mean",
    {"A_i.T @ D_h": "A_i.T @ D_h / len(X)", "A_h.T @ D_o": "A_h.T @ D_o / len(X)"},
    "Your changes are divided by the number of examples. Here they are sums, as the loop over "
    "backPropagate gives them.",
)
mistake(
    "batch_changes",
    "all_means",
    {
        "np.sum(errors**2)": "np.sum(errors**2) / len(X)",
        "A_i.T @ D_h": "A_i.T @ D_h / len(X)",
        "A_h.T @ D_o": "A_h.T @ D_o / len(X)",
    },
    "Error and changes are divided by the number of examples. Here all three are sums, as the "
    "loop over backPropagate gives them.",
)
mistake("batch_changes", "error_no_half", {"0.5 * ": ""}).say(
    "The changes are right, but the factor one half is missing from the error."
)
mistake("batch_changes", "no_output_slope", {" * sigmoid_slope(A_o)": ""}).say(
    "The slope of the output's sigmoid is missing: D_o is T - A_o times sigmoid_slope(A_o), "
    "element by element."
)
mistake("batch_changes", "errors_handed_back", {"D_o @ wo.T": "errors @ wo.T"}).say(
    "D_h is made of the plain errors. The output's slope belongs to it as well: hand D_o back, "
    "D_o @ wo.T."
)
mistake("batch_changes", "no_hidden_slope", {" * sigmoid_slope(A_h)": ""}).say(
    "The slope of the hidden sigmoid is missing: D_h is D_o @ wo.T times sigmoid_slope(A_h), "
    "element by element."
)
mistake("batch_changes", "no_bias_row", {"A_i.T @ D_h": "X.T @ D_h"}).say(
    "The bias node's row is missing from the change of wi. Put the column of ones behind X on "
    "the way back, too: A_i.T @ D_h has ni + 1 rows."
)
mistake(
    "batch_changes", "exchanged", {"A_i.T @ D_h, A_h.T @ D_o": "A_h.T @ D_o, A_i.T @ D_h"}
).say("The two changes have changed places. Return that of wi before that of wo.")

# train_batch
mistake(
    "train_batch",
    "velocity",
    {"= change_i, change_o": "= N * change_i + M * last_i, N * change_o + M * last_o"},
    "You keep a velocity, the whole step. Here the plain change of this batch is kept, "
    "without N and M.",
)
mistake("train_batch", "no_momentum", {" + M * last_i": "", " + M * last_o": ""}).say(
    "There is no momentum in your training. Add M times the change of the step before, which "
    "is zero in the first step."
)
mistake(
    "train_batch", "rate_kept", {"= change_i, change_o": "= N * change_i, N * change_o"}
).say(
    "You keep N times the change. Keep the plain change; the momentum M alone says how much "
    "of it is repeated."
)
mistake("train_batch", "uphill", {("+ N *", 2): "- N *", ("+ M *", 2): "- M *"}).say(
    "Your training walks uphill. The changes point downhill already, so add them to the "
    "weights."
)
mistake("train_batch", "one_step_less", {"range(iterations)": "range(iterations - 1)"}).say(
    "Training takes one step less than it was asked for. range(iterations) counts from 0 and "
    "makes exactly that many rounds."
)
mistake(
    "train_batch",
    "errors_afterwards",
    {"errors.append(error)": "errors.append(batch_changes(X, T, wi, wo)[0])"},
    "The weights are right, but the errors are noted after each step. Note the error before "
    "it, so that the first one belongs to the weights that came in.",
)
mistake("train_batch", "fixed_rates", {("N * ", 2): "0.01 * ", ("M * ", 2): "0.001 * "}).say(
    "Your function always uses N = 0.01 and M = 0.001. These are the defaults; use the "
    "arguments."
)
