"""A network with one hidden layer.

Write your code where it says "Your code here", in place of the line below it.
Check as often as you like, also while some functions are still missing:

    grade check assignment3
"""

# %% [markdown]
# # Assignment 3: a network with one hidden layer
#
# A single neuron draws one straight line. In this assignment you build the smallest
# network that can do more: inputs, one hidden layer, one output. You write nine short
# functions in NumPy, and the last of them trains the network.
#
# | step | function | the question it answers |
# |---|---|---|
# | 1 | `layer_sizes` | how big is each layer? |
# | 2 | `initialize_parameters` | where does the search start? |
# | 3 | `sigmoid` | how does a number become a probability? |
# | 4 | `forward_propagation` | what does the network say? |
# | 5 | `compute_cost` | how wrong is it? |
# | 6 | `backward_propagation` | which way should each parameter move? |
# | 7 | `update_parameters` | one step that way |
# | 8 | `nn_model` | all of it, many times |
# | 9 | `predict` | a class for each example |
#
# **Examples are columns.** `X` has the shape $(n_x, m)$: one *row* for each of the $n_x$
# features, one *column* for each of the $m$ examples. The labels `Y` have the shape
# $(1, m)$ and are 0 or 1. This holds everywhere below. If your data has one example per
# row, use its transpose.
#
# Write each function between its docstring and its end, and check your work as often as
# you like. The functions are checked one by one: you may stop after any of them, and a
# mistake in one does not cost you the points of the next.

# %%
import numpy as np

Array = np.ndarray
Parameters = dict[str, np.ndarray]


# %% [markdown]
# ## Notation
#
# | symbol | name in code | shape | meaning |
# |---|---|---|---|
# | $X$ | `X` | $(n_x, m)$ | inputs |
# | $Y$ | `Y` | $(n_y, m)$ | labels, 0 or 1; here $n_y = 1$ |
# | $W_1,\ b_1$ | `W1`, `b1` | $(n_h, n_x)$, $(n_h, 1)$ | weights, biases of the hidden layer |
# | $Z_1,\ A_1$ | `Z1`, `A1` | $(n_h, m)$ | its sums, and its activations |
# | $W_2,\ b_2$ | `W2`, `b2` | $(n_y, n_h)$, $(n_y, 1)$ | weights, biases of the output layer |
# | $Z_2,\ A_2$ | `Z2`, `A2` | $(n_y, m)$ | its sums, and the network's answers |
#
# A weight matrix has one row for each unit that it feeds *into* and one column for each
# unit that it comes *from*. With that one rule you never have to guess a transpose.

# %% [markdown]
# ## 1. The sizes of the layers
#
# The data decides two of the three sizes: $n_x$ is the number of features, $n_y$ the
# number of outputs. The third, $n_h$, is yours to choose, so it comes in as an argument.
#
# *Example.* 400 points in the plane with one label each: `X` has the shape (2, 400), `Y`
# has the shape (1, 400). With five hidden units the sizes are (2, 5, 1).

# %%
def layer_sizes(X: Array, Y: Array, hidden_neurons: int) -> tuple[int, int, int]:
    """Return the number of units in each layer: (n_x, n_h, n_y).

    X                inputs, shape (n_x, m): one column per example.
    Y                labels, shape (n_y, m).
    hidden_neurons   how many units the hidden layer gets.

    Hint: `X.shape` is a pair, first the rows and then the columns.
    """
    # Your code here
    raise NotImplementedError("Write layer_sizes")


# %% [markdown]
# ## 2. Where the search starts
#
# The biases start at zero. The weights must not: if all weights were equal, every hidden
# unit would compute the same thing, receive the same gradient, and stay a copy of its
# neighbour for ever. Small *random* numbers break that symmetry. They are small because
# $\tanh$ is steep only near zero; far out it is flat, and a flat function teaches slowly.
#
# Draw each weight from the normal distribution with mean 0 and standard deviation 0.01:
#
# $$W_1, W_2 \sim 0.01 \cdot \mathcal{N}(0, 1), \qquad b_1 = b_2 = 0.$$
#
# So that two runs can be compared, begin with `np.random.seed(2)`, and draw `W1` before
# `W2`. Seed once only: a second seed would draw the same numbers again. (Your grade does
# not depend on the seed. What is checked is the shapes and the distribution.)

# %%
def initialize_parameters(n_x: int, n_h: int, n_y: int) -> Parameters:
    """Return the first parameters: small random weights, and biases of zero.

    The result has four keys:
    W1   shape (n_h, n_x), 0.01 times standard normal draws.
    b1   shape (n_h, 1), zeros.
    W2   shape (n_y, n_h), 0.01 times standard normal draws.
    b2   shape (n_y, 1), zeros.

    Hint: `np.random.randn(rows, columns)` and `np.zeros((rows, columns))`.
    """
    # Your code here
    raise NotImplementedError("Write initialize_parameters")


# %% [markdown]
# ## 3. The sigmoid
#
# The output unit should answer with a probability. The sigmoid squeezes the whole number
# line into the interval from 0 to 1:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# *Example.* $\sigma(-1) = 0.2689$, $\sigma(0) = 0.5$, $\sigma(2.2) = 0.9002$. Two more
# facts help you to test your own code: $\sigma(-x) = 1 - \sigma(x)$, and a larger $x$
# always gives a larger $\sigma(x)$.

# %%
def sigmoid(x: Array | float) -> Array:
    """Return 1 / (1 + exp(-x)), element by element.

    x   a number, or an array of any shape; the result has the same shape.

    Hint: `np.exp` takes a whole array at once. Mind the parentheses.
    """
    # Your code here
    raise NotImplementedError("Write sigmoid")


# %% [markdown]
# ## 4. Forward: what the network says
#
# Each layer takes a weighted sum, adds its bias, and applies its activation. The hidden
# layer uses $\tanh$, the output layer uses the sigmoid:
#
# $$Z_1 = W_1 X + b_1, \qquad A_1 = \tanh(Z_1)$$
#
# $$Z_2 = W_2 A_1 + b_2, \qquad A_2 = \sigma(Z_2)$$
#
# $W_1 X$ is a matrix product, `W1 @ X` in NumPy. The star, `W1 * X`, multiplies element by
# element and is something else. The bias is a column; NumPy adds it to every column of the
# product by itself.
#
# **A worked example.** Two inputs, two hidden units, three examples:
#
# $$X = \begin{pmatrix} 1 & 2 & 0 \\ 0 & 1 & -1 \end{pmatrix},\quad
#   W_1 = \begin{pmatrix} 0.5 & -1 \\ 1 & 0.5 \end{pmatrix},\quad
#   b_1 = \begin{pmatrix} 0 \\ 0.1 \end{pmatrix},\quad
#   W_2 = \begin{pmatrix} 1 & -2 \end{pmatrix},\quad b_2 = \begin{pmatrix} 0.2 \end{pmatrix}$$
#
# The first example is the column $(1, 0)$. The first hidden unit sees
# $0.5 \cdot 1 - 1 \cdot 0 + 0 = 0.5$, the second $1 \cdot 1 + 0.5 \cdot 0 + 0.1 = 1.1$. All
# three columns together:
#
# $$Z_1 = \begin{pmatrix} 0.5 & 0 & 1 \\ 1.1 & 2.6 & -0.4 \end{pmatrix},\quad
#   A_1 = \begin{pmatrix} 0.4621 & 0 & 0.7616 \\ 0.8005 & 0.9890 & -0.3799 \end{pmatrix}$$
#
# $$Z_2 = \begin{pmatrix} -0.9389 & -1.7781 & 1.7215 \end{pmatrix},\quad
#   A_2 = \begin{pmatrix} 0.2811 & 0.1445 & 0.8483 \end{pmatrix}$$
#
# The way back will need the numbers in between, so keep them: that is the *cache*.

# %%
def forward_propagation(X: Array, parameters: Parameters) -> tuple[Array, Parameters]:
    """Return the network's answers A2, and the cache of everything in between.

    X            inputs, shape (n_x, m).
    parameters   W1 (n_h, n_x), b1 (n_h, 1), W2 (n_y, n_h), b2 (n_y, 1).

    A2 has the shape (n_y, m), each entry between 0 and 1. The cache is a dictionary with
    the keys Z1 and A1, shape (n_h, m), and Z2 and A2, shape (n_y, m).

    Hint: four lines for the four formulas; call your own `sigmoid` in the last.
    """
    # Your code here
    raise NotImplementedError("Write forward_propagation")


# %% [markdown]
# ## 5. How wrong is it?
#
# For one example, the cross-entropy is $-\log$ of the probability that the network gave to
# the *right* class: $-\log a$ where the label is 1, and $-\log(1 - a)$ where it is 0. One
# formula says both, because one of its two halves is always multiplied by zero. The cost
# is the mean over all $m$ examples:
#
# $$J = -\frac{1}{m} \sum_{i=1}^{m}
#   \Big( y^{(i)} \log a_2^{(i)} + (1 - y^{(i)}) \log(1 - a_2^{(i)}) \Big)$$
#
# $\log$ is the natural logarithm. A coin toss, $a = 0.5$ everywhere, costs
# $\log 2 = 0.6931$: that is where an untrained network begins.
#
# *Example, continued.* With $Y = (1, 0, 1)$ the three examples cost $-\log 0.2811 =
# 1.2690$, $-\log(1 - 0.1445) = 0.1561$ and $-\log 0.8483 = 0.1645$. The cost is their
# mean, $0.5299$. Most of it comes from the first example, where the network was wrong.

# %%
def compute_cost(A2: Array, Y: Array, parameters: Parameters) -> float:
    """Return the cross-entropy, averaged over the examples, as one number.

    A2           the network's answers, shape (1, m), between 0 and 1.
    Y            labels, shape (1, m), 0 or 1.
    parameters   not needed here; a cost that punishes large weights would need them.

    Hint: `np.log` and `np.sum`; `float(...)` makes a plain number of the result.
    """
    # Your code here
    raise NotImplementedError("Write compute_cost")


# %% [markdown]
# ## 6. Backward: which way to move
#
# The gradient of the cost says how $J$ changes when one parameter is nudged. The chain rule
# computes it from the output to the input, layer by layer.
#
# At the output, the derivatives of the cross-entropy and of the sigmoid cancel to something
# very simple, the error of each example:
#
# $$dZ_2 = A_2 - Y$$
#
# A weight's gradient is this error times what the weight was multiplied with, averaged over
# the examples. The matrix product does the sum:
#
# $$dW_2 = \frac{1}{m}\, dZ_2 A_1^T, \qquad
#   db_2 = \frac{1}{m} \sum_{i=1}^{m} dZ_2^{(i)}$$
#
# The error then travels back through $W_2$, and through the slope of the hidden activation.
# Since $\tanh'(z) = 1 - \tanh^2(z)$, the slope can be read off from $A_1$:
#
# $$dZ_1 = W_2^T\, dZ_2 \ast (1 - A_1^2)$$
#
# where $\ast$ multiplies element by element, and the square is taken element by element
# too. The last two are like the first two, one layer further down:
#
# $$dW_1 = \frac{1}{m}\, dZ_1 X^T, \qquad
#   db_1 = \frac{1}{m} \sum_{i=1}^{m} dZ_1^{(i)}$$
#
# **Let the shapes lead you.** A gradient always has the shape of what it is the gradient
# of: `dW1` that of `W1`, `db1` that of `b1`. For the biases, sum over the examples only
# (`axis=1`), and keep the column (`keepdims=True`).
#
# *Example, continued.*
#
# $$dZ_2 = \begin{pmatrix} -0.7189 & 0.1445 & -0.1517 \end{pmatrix},\quad
#   dW_2 = \begin{pmatrix} -0.1492 & -0.1250 \end{pmatrix},\quad
#   db_2 = \begin{pmatrix} -0.2420 \end{pmatrix}$$
#
# $$dZ_1 = \begin{pmatrix} -0.5654 & 0.1445 & -0.0637 \\ 0.5164 & -0.0063 & 0.2596
#   \end{pmatrix},\quad
#   dW_1 = \begin{pmatrix} -0.0921 & 0.0694 \\ 0.1679 & -0.0886 \end{pmatrix},\quad
#   db_1 = \begin{pmatrix} -0.1615 \\ 0.2566 \end{pmatrix}$$
#
# You need no solution to test a gradient. Nudge one parameter up and down by a tiny $h$ and
# look at the cost: $\big(J(w + h) - J(w - h)\big) / 2h$ must be close to your $dw$. One of
# the checks does exactly this with every parameter.

# %%
def backward_propagation(
    parameters: Parameters, cache: Parameters, X: Array, Y: Array
) -> Parameters:
    """Return the gradients of the cost with respect to every parameter.

    parameters   W1 (n_h, n_x), b1 (n_h, 1), W2 (1, n_h), b2 (1, 1).
    cache        Z1 and A1 (n_h, m), Z2 and A2 (1, m), from `forward_propagation`.
    X            inputs, shape (n_x, m).
    Y            labels, shape (1, m).

    The result has the keys dW1, db1, dW2 and db2, each with the shape of its parameter.

    Hint: six lines for the six formulas, from the output back to the input.
    """
    # Your code here
    raise NotImplementedError("Write backward_propagation")


# %% [markdown]
# ## 7. One step of gradient descent
#
# The gradient points uphill, so step the other way. The learning rate $\alpha$ says how far:
#
# $$\theta \leftarrow \theta - \alpha \, d\theta
#   \qquad \text{for each } \theta \text{ in } W_1, b_1, W_2, b_2$$
#
# *Example, continued.* With $\alpha = 1.2$, `W2` moves from $(1, -2)$ to
# $(1 + 1.2 \cdot 0.1492,\ -2 + 1.2 \cdot 0.1250) = (1.1791, -1.8501)$.

# %%
def update_parameters(
    parameters: Parameters, grads: Parameters, learning_rate: float = 1.2
) -> Parameters:
    """Return the parameters after one step of gradient descent.

    parameters      W1, b1, W2 and b2.
    grads           dW1, db1, dW2 and db2, each with the shape of its parameter.
    learning_rate   how far to step.

    The result has the keys W1, b1, W2 and b2. Return new arrays rather than change the old.

    Hint: the same line four times. The gradient points uphill.
    """
    # Your code here
    raise NotImplementedError("Write update_parameters")


# %% [markdown]
# ## 8. Training
#
# Now put the parts together. Choose the sizes, initialize once, and then repeat
# `num_iterations` times:
#
# 1. forward: what does the network say now?
# 2. cost: how wrong is it? (The training itself does not need this number. You do, to see
#    whether it falls.)
# 3. backward: the gradients at the *present* parameters
# 4. update: one step, with the default learning rate of 1.2
#
# Every iteration uses all examples, and needs a forward pass of its own: after an update,
# the old cache describes a network that no longer exists.

# %%
def nn_model(
    X: Array, Y: Array, n_h: int, num_iterations: int = 10000, print_cost: bool = False
) -> Parameters:
    """Train a network with n_h hidden units and return its parameters.

    X                inputs, shape (n_x, m).
    Y                labels, shape (1, m).
    n_h              the number of hidden units.
    num_iterations   how many steps of gradient descent to take.
    print_cost       whether to print the cost at every 1000th iteration.

    The result has the keys W1, b1, W2 and b2.

    Hint: call the functions that you have written; what one returns, the next one needs.
    """
    # Your code here
    raise NotImplementedError("Write nn_model")


# %% [markdown]
# ## 9. A class for each example
#
# The network answers with probabilities. A class is a decision: 1 where the probability is
# greater than one half, 0 elsewhere. At exactly one half the answer is 0.
#
# *Example, continued.* $A_2 = (0.2811, 0.1445, 0.8483)$ becomes $(0, 0, 1)$.

# %%
def predict(parameters: Parameters, X: Array) -> Array:
    """Return the class of each example: 1 (or True) where A2 > 0.5, else 0 (or False).

    parameters   W1, b1, W2 and b2 of a trained network.
    X            inputs, shape (n_x, m).

    The result has the shape (1, m).

    Hint: one forward pass and one comparison. Comparing an array gives an array.
    """
    # Your code here
    raise NotImplementedError("Write predict")


# %% [markdown]
# ## Try it: two moons
#
# Two half circles, each reaching into the other: no straight line separates them. A line
# gets about 88 % of the points right. Five hidden units should do clearly better.

# %%
def draw_moons(m: int, noise: float = 0.15, seed: int = 0) -> tuple[Array, Array]:
    """Draw m points of two moons, centred and stretched: X (2, m) and labels Y (1, m)."""
    rng = np.random.default_rng(seed)
    Y = np.arange(m) % 2
    angle = rng.uniform(0, np.pi, m)
    x = np.where(Y == 1, 1 - np.cos(angle), np.cos(angle))
    y = np.where(Y == 1, 0.5 - np.sin(angle), np.sin(angle))
    points = np.stack([x, y]) + noise * rng.standard_normal((2, m))
    return 5 * (points - [[0.5], [0.25]]), Y.reshape(1, m).astype(float)


# %%
if __name__ == "__main__":
    X, Y = draw_moons(400)
    X_new, Y_new = draw_moons(1000, seed=1)
    trained = nn_model(X, Y, n_h=5, num_iterations=2000, print_cost=True)
    accuracy = np.mean(predict(trained, X_new) == Y_new)
    print(f"Of 1000 new points, {100 * accuracy:.1f} % are labelled correctly.")

# %% [markdown]
# ## Explore
#
# These are for you. They earn no points, and they get harder.
#
# 1. Train with 1, 2, 3, 5 and 20 hidden units. From how many on are the moons learned? Does
#    the result still improve after that?
# 2. Train with learning rates of 0.01, 0.1, 1.2 and 12, and print the cost more often. How
#    does it tell you that a learning rate is too small, or nearly too big?
# 3. Leave out the factor 5 in `draw_moons`. The cost soon falls to about 0.25, and then
#    hardly moves for some hundred iterations. How many points are labelled correctly there?
#    What kind of border has the network found, and what must it do to leave that plateau?
# 4. Start with all weights at zero. Look at the rows of `W1` after training.
# 5. If you have scikit-learn, train on
#    `make_circles(n_samples=1000, noise=0.05, random_state=3)` with 5 hidden units and
#    10,000 iterations (transpose the points!). Started from seed 2, about 89.5 % of the
#    points are labelled correctly. The cost at iteration 9,000 was 0.335473 on one machine;
#    change the points by 1e-15, and see how far it moves. Why? Course notes in circulation
#    print a cost of 0.218607 at this place. That figure belongs to another data set, shaped
#    like a flower, so do not look for it here; nobody grades it.
# 6. Show with pencil and paper that $dZ_2 = A_2 - Y$. You need
#    $\sigma'(z) = \sigma(z)(1 - \sigma(z))$.
# 7. Replace $\tanh$ by the ReLU, $\max(0, z)$. Which lines change, forward and backward?

# %% [markdown]
# ## A question to think about
#
# *A person reads and grades this answer; the automatic checks do not.*
#
# Accuracy alone is a poor judge of backpropagation: a network with a wrong gradient often
# learns something. Take your own `backward_propagation`, leave out the factor
# $(1 - A_1^2)$, and train on the moons. In about ten sentences: what happens to the
# accuracy, and what to the cost, early and late? Why does the network learn at all with a
# gradient that is wrong? How would you notice such a mistake in a program whose right
# answers nobody knows?
#
# *Your answer:*
