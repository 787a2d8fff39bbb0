"""Well-known mistakes of assignment 2, each as a patch of the reference or as a whole method.

Any two of one name give other answers somewhere, so that a diagnosis is never a guess.
"""

import numpy as np

from autograder.authoring import misconception, mistake

# Perceptron
mistake("Perceptron.predict", "zero_and_one", {"1, -1": "1, 0"}).say(
    "Your perceptron answers 0 and 1. In this assignment the classes are -1 and +1, in the "
    "labels and in the answers: np.where(z >= 0, 1, -1)."
)
mistake("Perceptron.predict", "zero_is_minus", {">= 0": "> 0"}).say(
    "A sum of exactly zero is answered with -1. Here it counts as +1, so compare with >= "
    "instead of >. It matters at once: all weights start at zero."
)
mistake("Perceptron.predict", "sign", {"np.where": "np.sign", " >= 0, 1, -1": ""}).say(
    "np.sign answers 0 to a sum of exactly zero, and 0 is no class. Here such a sum counts as "
    "+1: np.where(z >= 0, 1, -1)."
)
mistake("Perceptron.predict", "no_step", {"np.where": "", " >= 0, 1, -1": ""}).say(
    "The net input itself is taken where an answer is needed. Turn it into a class: +1 where "
    "it is at least 0, and -1 elsewhere."
)
mistake("Perceptron.predict", "of_the_inputs", {"self.net_input(X) >= 0": "X >= 0"}).say(
    "You compare the inputs themselves with 0. What is compared is their weighted sum: "
    "self.net_input(X) >= 0."
)
mistake("Perceptron.net_input", "bias_not_used", {" + self.bias": ""}).say(
    "The bias is missing from your net input. It is X @ self.weights + self.bias; without a "
    "bias the border always goes through the origin."
)
mistake(
    "Perceptron.fit", "bias_not_updated", {"                self.bias = self.bias + step\n": ""}
).say(
    "Your perceptron never changes its bias. It learns like a weight whose input is always 1: "
    "add learning_rate * (y - prediction) to it after each example."
)
mistake(
    "Perceptron.fit", "turned_around", {"label - self.predict(x)": "self.predict(x) - label"}
).say(
    "Your weights turn the wrong way: you take prediction minus label. Take y minus the "
    "prediction, so that the sum moves towards the label."
)
mistake("Perceptron.fit", "half_steps", {"self.predict(x))": "self.predict(x)) / 2"}).say(
    "Your steps are half as long as they should be. Where the answer is wrong, y - prediction "
    "is +2 or -2, and the step is the learning rate times that."
)
mistake(
    "Perceptron.fit",
    "learns_always",
    {
        "step = self.learning_rate * (label - self.predict(x))": (
            "answer = self.predict(x)\n                step = self.learning_rate * label"
        ),
        "step != 0": "answer != label",
    },
    "Your perceptron adds label times example even where the answer was right. It learns from "
    "mistakes only: use y minus the prediction, which is zero for a right answer.",
)
mistake(
    "Perceptron.fit",
    "learns_from_net_input",
    {
        "step = ": "answer = self.predict(x)\n                step = ",
        "self.predict(x))": "self.net_input(x))",
        "step != 0": "answer != label",
    },
    "You learn from y minus the net input, which is Adaline's rule. The perceptron learns "
    "from y minus its prediction, -1 or +1.",
)


@misconception(
    "Your weights change only at the end of an epoch. The perceptron changes them after each "
    "example, and already meets the next one with the new weights.",
    of="Perceptron.fit",
)
def Perceptron__once_an_epoch(self, X, y):
    self.weights, self.bias, self.errors = np.zeros(X.shape[1]), 0.0, []
    for _ in range(self.epochs):
        steps = self.learning_rate * (y - self.predict(X))
        self.weights = self.weights + X.T @ steps
        self.bias = self.bias + float(np.sum(steps))
        self.errors.append(int(np.sum(steps != 0)))
    return self


mistake("Perceptron.fit", "no_rate", {"self.learning_rate * (label": "(label"}).say(
    "The learning rate is missing from your steps: each is self.learning_rate times y minus "
    "the prediction."
)
mistake("Perceptron.fit", "fixed_rate", {"self.learning_rate": "0.1"}).say(
    "Your learning rate is fixed at 0.1. Use self.learning_rate, so that whoever makes the "
    "perceptron can choose it."
)
mistake("Perceptron.fit", "one_epoch", {"        return self": "            return self"}).say(
    "Your perceptron goes through the examples once. Repeat that self.epochs times, in an "
    "outer loop (and see that `return self` stands behind both loops)."
)
mistake(
    "Perceptron.fit",
    "errors_add_up",
    {"for _ in": "mistakes = 0\n        for _ in", "            mistakes = 0\n": ""},
    "The counter of mistakes goes on from epoch to epoch. Set it to zero at the beginning of "
    "each epoch, so that errors tells how each of them went.",
)
mistake("Perceptron.fit", "errors_of_steps", {"int(step != 0)": "step"}).say(
    "You add up the steps, and those of opposite sign cancel. Count the mistakes: add 1 for "
    "each example whose step is not 0."
)
mistake(
    "Perceptron.fit",
    "errors_afterwards",
    {"append(mistakes)": "append(int(np.sum(self.predict(X) != y)))"},
    "You count the mistakes that are left after an epoch, with its final weights. Count them "
    "while it runs: every example that was answered wrongly when its turn came.",
)
mistake(
    "Perceptron.fit",
    "stops_early",
    {
        "        return self": (
            "            if mistakes == 0:\n                break\n        return self"
        )
    },
    "Your perceptron stops after the first epoch without mistakes, so errors is shorter than "
    "it should be. Go on for all epochs; nothing changes any more, and a 0 is noted for each.",
)
mistake("Perceptron.fit", "gives_no_neuron", {"return self": "return self.weights"}).say(
    "Your fit gives back something other than the neuron. Keep weights and errors in self, and "
    "end fit with `return self`, so that fit(X, y).errors works as in the text."
)

# squared_error
mistake("squared_error", "no_half", {"0.5 * ": ""}).say(
    "The factor one half is missing: the squared error of this assignment is half the sum of "
    "the squares."
)
mistake("squared_error", "mean", {"0.5 * np.sum": "np.mean"}).say(
    "You take the mean over the examples. Here the squared error is half their *sum*: 0.5 * "
    "np.sum(...)."
)
mistake("squared_error", "half_mean", {"np.sum": "np.mean"}).say(
    "You divide by the number of examples as well as by two. Here the squared error is half "
    "the *sum*: 0.5 * np.sum(...)."
)
mistake("squared_error", "no_bias", {" + b": ""}).say(
    "The bias is missing from the output: a = X @ w + b."
)
mistake("squared_error", "squared_sum", {"(errors**2)": "(errors) ** 2"}).say(
    "You sum first and square afterwards, so that errors of opposite sign cancel. Square each "
    "difference, then sum: np.sum(errors ** 2)."
)
mistake("squared_error", "thresholded", {"(X @ w + b)": "np.where(X @ w + b >= 0, 1, -1)"}).say(
    "You compare the labels with predictions of -1 and +1. The squared error uses the smooth "
    "output itself, a = X @ w + b."
)

# squared_error_gradient
mistake("squared_error_gradient", "sign", {"-X.T": "X.T", "-np.sum": "np.sum"}).say(
    "Your gradient has the opposite sign: subtracting it walks uphill, and the error grows. "
    "The inner derivative of y - a is -1, so the gradient is -sum((y - a) * x), or sum((a - "
    "y) * x)."
)
mistake("squared_error_gradient", "sign_of_bias", {"-np.sum": "np.sum"}).say(
    "The gradient of the weights is right, but that of the bias has the opposite sign. Both "
    "have a minus: db is -sum(y - a)."
)
mistake(
    "squared_error_gradient", "mean", {"@ errors": "@ errors / len(y)", "np.sum": "np.mean"}
).say(
    "Your gradient is divided by the number of examples. The squared error of this assignment "
    "is a sum, so its gradient is one too."
)
mistake("squared_error_gradient", "twice", {"-X.T": "-2 * X.T", "-np.sum": "-2 * np.sum"}).say(
    "Your gradient is twice too large. The 2 from the square is cancelled by the factor one "
    "half in front of the sum."
)
mistake("squared_error_gradient", "no_bias", {" + b": ""}).say(
    "The bias is missing from the output: a = X @ w + b, and not X @ w alone."
)
mistake(
    "squared_error_gradient",
    "without_inputs",
    {"-X.T @ errors": "np.full(w.shape, -np.sum(errors))"},
    "The factor x is missing: you return the same sum for every weight. Each weight's share "
    "is the error times its own input, X.T @ (a - y).",
)
mistake("squared_error_gradient", "bias_not_summed", {"float(-np.sum(errors))": "-errors"}).say(
    "db is still one number for each example. One bias serves them all, so sum over the "
    "examples: -np.sum(y - a)."
)
mistake(
    "squared_error_gradient", "thresholded", {"(X @ w + b)": "np.where(X @ w + b >= 0, 1, -1)"}
).say(
    "You take the difference to predictions of -1 and +1, which is the perceptron's error. "
    "The gradient of the squared error uses the smooth output, a = X @ w + b."
)

# Adaline
mistake("Adaline.predict", "zero_and_one", {"1, -1": "1, 0"}).say(
    "Your Adaline answers 0 and 1. In this assignment the classes are -1 and +1: np.where(a "
    ">= 0, 1, -1)."
)
mistake("Adaline.predict", "zero_is_minus", {">= 0": "> 0"}).say(
    "A sum of exactly zero is answered with -1. Here it counts as +1, so compare with >= "
    "instead of >."
)
mistake("Adaline.predict", "no_step", {"np.where": "", " >= 0, 1, -1": ""}).say(
    "Your predict returns the output itself. It is linear while Adaline learns, but the "
    "answer is a class: +1 where the output is at least 0, and -1 elsewhere."
)
mistake("Adaline.predict", "border_at_half", {">= 0": ">= 0.5"}).say(
    "Your border is at 0.5, which belongs to classes of 0 and 1. Between -1 and +1 the border "
    "is 0."
)
mistake("Adaline.fit", "uphill", {("+ self.learning_rate", 2): "- self.learning_rate"}).say(
    "Your Adaline walks uphill: its costs grow from epoch to epoch. Subtract the gradient, "
    "or, what is the same, add learning_rate * sum((y - a) * x)."
)
mistake(
    "Adaline.fit",
    "thresholded",
    {
        "self.weights = self.weights": (
            "errors = y - self.predict(X)\n            self.weights = self.weights"
        )
    },
    "Your Adaline learns from the error of its predictions, -1 and +1, as the perceptron "
    "does. It learns from y minus the smooth output, self.net_input(X).",
)
mistake(
    "Adaline.fit", "bias_not_updated", {" + self.learning_rate * float(np.sum(errors))": ""}
).say(
    "Your Adaline never changes its bias. It learns too: add learning_rate * np.sum(y - a) to "
    "it in every epoch."
)
mistake(
    "Adaline.fit",
    "mean",
    {"X.T @ errors": "X.T @ errors / len(y)", "np.sum(errors)": "np.mean(errors)"},
    "Your steps use the mean over the examples. Here the error is a sum, and so is its "
    "gradient: do not divide by the number of examples.",
)
mistake("Adaline.fit", "mean_for_bias", {"np.sum(errors)": "np.mean(errors)"}).say(
    "Your bias takes the mean of the errors where it needs their sum. Use np.sum for it, as "
    "X.T @ errors does for the weights."
)
mistake(
    "Adaline.fit", "bias_after_weights", {"np.sum(errors)": "np.sum(y - self.net_input(X))"}
).say(
    "Your bias learns from outputs that were computed with the new weights. Compute y - a "
    "once, before the step, and use it for both."
)


@misconception(
    "Your Adaline takes a step after each example. Here one epoch is one step: sum over all "
    "examples first, and then move.",
    of="Adaline.fit",
)
def Adaline__step_for_each_example(self, X, y):
    self.weights, self.bias, self.costs = np.zeros(X.shape[1]), 0.0, []
    for _ in range(self.epochs):
        self.costs.append(float(0.5 * np.sum((y - self.net_input(X)) ** 2)))
        for x, label in zip(X, y, strict=True):
            error = label - self.net_input(x)
            self.weights = self.weights + self.learning_rate * error * x
            self.bias = self.bias + self.learning_rate * float(error)
    return self


@misconception(
    "Your Adaline takes a step after each example, and adds up the costs on the way. Here one "
    "epoch is one step: take the outputs of all examples, note the cost, and then move.",
    of="Adaline.fit",
)
def Adaline__step_and_cost_for_each_example(self, X, y):
    self.weights, self.bias, self.costs = np.zeros(X.shape[1]), 0.0, []
    for _ in range(self.epochs):
        self.costs.append(0.0)
        for x, label in zip(X, y, strict=True):
            error = label - self.net_input(x)
            self.weights = self.weights + self.learning_rate * error * x
            self.bias = self.bias + self.learning_rate * float(error)
            self.costs[-1] += float(0.5 * error**2)
    return self


mistake(
    "Adaline.fit",
    "cost_after_step",
    {
        "            self.costs.append(float(0.5 * np.sum(errors**2)))\n": "",
        "        return self": (
            "            errors = y - self.net_input(X)\n"
            "            self.costs.append(float(0.5 * np.sum(errors**2)))\n"
            "        return self"
        ),
    },
    "The costs are noted after the step. Note each epoch's cost before its step: the first "
    "one belongs to the zero weights, and is half the number of examples.",
)
mistake("Adaline.fit", "cost_no_half", {"0.5 * ": ""}).say(
    "The weights are right, but the factor one half is missing from your costs."
)
mistake("Adaline.fit", "cost_mean", {"0.5 * np.sum": "np.mean"}).say(
    "The weights are right, but costs holds the mean over the examples. Note the squared "
    "error itself, half the sum."
)
mistake("Adaline.fit", "fixed_rate", {("self.learning_rate", 2): "0.01"}).say(
    "Your learning rate is fixed at 0.01. Use self.learning_rate, so that whoever makes the "
    "Adaline can choose it."
)
mistake("Adaline.fit", "gives_no_neuron", {"return self": "return self.weights"}).say(
    "Your fit gives back something other than the neuron. Keep weights and costs in self, and "
    "end fit with `return self`, so that fit(X, y).costs works as in the text."
)

# gradient_descent
mistake("gradient_descent", "uphill", {"w - ": "w + "}).say(
    "Your walk goes uphill. The gradient points to where the ground rises, so subtract it."
)
mistake("gradient_descent", "from_the_start", {"w = w - ": "w = start - "}).say(
    "Each of your steps goes from the start again, so that all but the last are lost. Go on "
    "from where you are: w = w - learning_rate * gradient(w)."
)
mistake("gradient_descent", "slope_of_the_start", {"gradient(w)": "gradient(start)"}).say(
    "You take the slope at the start for all steps. The ground is different at every place: "
    "call gradient(w) again inside the loop."
)
mistake("gradient_descent", "one_too_few", {"range(steps)": "range(1, steps)"}).say(
    "One step is missing. Loop over range(steps), which counts from 0 and makes exactly that "
    "many rounds."
)
mistake("gradient_descent", "one_too_many", {"range(steps)": "range(steps + 1)"}).say(
    "Your walk takes one step more than it was asked for. Loop over range(steps); from 0 "
    "steps one is still at the start."
)
mistake("gradient_descent", "return_inside", {"    return w": "        return w"}).say(
    "Your function returns after its first step, because `return` stands inside the loop. "
    "Move it out, one level to the left."
)
mistake("gradient_descent", "no_learning_rate", {"learning_rate * ": ""}).say(
    "The learning rate is missing: you subtract the whole slope. Multiply it by learning_rate."
)

# minibatches
mistake("minibatches", "not_shuffled", {"rng.permutation(len(X))": "np.arange(len(X))"}).say(
    "Your batches are cut from the rows as they come. Shuffle first, with rng.permutation: "
    "the irises in their order would give batches of a single species."
)
mistake(
    "minibatches",
    "torn_apart",
    {
        "order = rng.permutation(len(X))": (
            "X, y = rng.permutation(X), rng.permutation(y)\n    order = np.arange(len(X))"
        )
    },
    "Examples and labels are torn apart: they are not put into the same order. Draw one list "
    "of row numbers, and use it as an index for both X and y.",
)
mistake(
    "minibatches",
    "rest_dropped",
    {"range(0, len(X), batch_size)": "range(0, len(X) - batch_size + 1, batch_size)"},
    "The examples that do not fill a batch are lost. Keep them as a last, smaller batch: a "
    "slice that reaches beyond the end simply stops there.",
)
mistake(
    "minibatches",
    "empty_batch",
    {"range(0, len(X), batch_size)": "range(0, len(X) + 1, batch_size)"},
    "Where the batches come out even, you add an empty one. range(0, len(X), batch_size) "
    "stops in time.",
)
mistake(
    "minibatches",
    "with_replacement",
    {"rng.permutation(len(X))": "rng.integers(0, len(X), len(X))"},
    "Some examples come twice and others never, because each row is drawn by itself. Draw a "
    "permutation instead: every row once, in another order.",
)
mistake("minibatches", "own_seed", {"order = rng": "order = np.random.default_rng(0)"}).say(
    "You shuffle with a seed of your own, so every epoch would get the same batches. Draw "
    "from the generator rng that comes in."
)
mistake("minibatches", "global_generator", {"order = rng": "order = np.random"}).say(
    "You shuffle with NumPy's global generator, so the seed has no influence and no run can "
    "be repeated. Draw from rng: rng.permutation(m)."
)

# sgd_step
mistake("sgd_step", "uphill", {"w - ": "w + "}).say(
    "Your step goes uphill. The gradient points to where the error grows: subtract."
)
mistake("sgd_step", "no_learning_rate", {"learning_rate * ": ""}).say(
    "The learning rate is missing: you subtract the whole gradient. Multiply it by "
    "learning_rate."
)
mistake("sgd_step", "change_alone", {"return w - ": "return -"}).say(
    "You return the change alone. Return where the step leads: w - learning_rate * gradient."
)

# momentum_step
mistake("momentum_step", "uphill", {"w - ": "w + "}).say(
    "Your step goes uphill: subtract learning_rate * m from w."
)
mistake(
    "momentum_step",
    "rate_in_memory",
    {"+ gradient": "+ learning_rate * gradient", "learning_rate * m": "m"},
    "The learning rate has moved into your memory. Here m collects plain gradients, m = rho * "
    "m + gradient, and the learning rate comes with the step: w - learning_rate * m.",
)
mistake(
    "momentum_step",
    "velocity",
    {"+ gradient": "- learning_rate * gradient", "w - learning_rate * m": "w + m"},
    "Your memory is a velocity: it holds whole steps, with the minus and the learning rate in "
    "them. Here m collects plain gradients, m = rho * m + gradient, and w - learning_rate * m "
    "is the step.",
)
mistake("momentum_step", "moving_average", {"+ gradient": "+ (1 - rho) * gradient"}).say(
    "Your memory is a moving average: the gradient is multiplied by 1 - rho. In this "
    "convention it counts fully: m = rho * m + gradient."
)
mistake(
    "momentum_step",
    "old_memory",
    {"    m = rho * m + gradient\n": "", "* m, m": "* m, rho * m + gradient"},
    "Your step uses the memory from before. Update m first, and then step with the new one, "
    "which already knows this gradient.",
)
mistake("momentum_step", "fixed_rho", {"rho * m": "0.9 * m"}).say(
    "Your memory forgets at a fixed 0.9. Use the argument rho, whose default is 0.9 already."
)
mistake("momentum_step", "no_rho", {"rho * ": ""}).say(
    "Your memory forgets nothing: rho is missing. It is m = rho * m + gradient."
)
mistake("momentum_step", "plain_step", {"learning_rate * m,": "learning_rate * gradient,"}).say(
    "The memory is updated, but the step uses the plain gradient. Step along the memory: w - "
    "learning_rate * m."
)
mistake(
    "momentum_step", "exchanged", {"w - learning_rate * m, m": "m, w - learning_rate * m"}
).say("The two results have changed places. Return w first, and then the memory m.")
