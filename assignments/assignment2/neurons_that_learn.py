"""Neurons that learn: perceptron, Adaline, gradient descent.

Write your code where it says "Your code here", in place of the line below it.
Check as often as you like, also while some functions are still missing:

    grade check assignment2
"""

# %% [markdown]
# # Assignment 2: neurons that learn
#
# One neuron, two ways to teach it, and then the idea behind all of deep learning: follow
# the slope of the error downhill. You write two small classes and six short functions in
# NumPy.
#
# | step | name | the question it answers |
# |---|---|---|
# | 1 | `Perceptron` | can a neuron learn from its mistakes alone? |
# | 2 | `squared_error` | how wrong is a linear neuron? |
# | 3 | `squared_error_gradient` | which way is the error steepest? |
# | 4 | `Adaline` | a neuron that walks down that slope |
# | 5 | `gradient_descent` | the same walk, for any function |
# | 6 | `minibatches` | a handful of examples at a time |
# | 7 | `sgd_step` | one step of the walk |
# | 8 | `momentum_step` | one step with a memory |
#
# **Three conventions** hold everywhere below.
#
# 1. *Examples are rows.* `X` has the shape $(m, n)$: one row for each of the $m$ examples,
#    one column for each of the $n$ features.
# 2. *The classes are $-1$ and $+1$*, in the labels `y` of shape $(m,)$ and in what `predict`
#    answers. (Other books use 0 and 1. Both work, but not mixed.)
# 3. *A sum of exactly zero means $+1$*: the answer is $+1$ where $z \ge 0$.
#
# Write each function between its docstring and its end, and check your work as often as you
# like. The parts are checked one by one: you may stop after any of them.

# %%
from collections.abc import Callable

import numpy as np

Array = np.ndarray


# %% [markdown]
# ## The data: a hundred irises
#
# R. A. Fisher published these measurements in 1936: fifty flowers of *Iris setosa* and then
# fifty of *Iris versicolor*. Two columns are enough here, the length of the sepal and the
# length of the petal, both in cm. Setosa gets the label $-1$, versicolor $+1$. This function
# is complete.

# %%
def load_iris() -> tuple[Array, Array]:
    """Return X, shape (100, 2), sepal and petal length in cm, and the labels y, shape (100,).

    The data is from R. A. Fisher, "The use of multiple measurements in taxonomic problems"
    (1936), as kept by the UCI Machine Learning Repository.
    """
    sepal = (
        "51 49 47 46 50 54 46 50 44 49 54 48 48 43 58 57 54 51 57 51 54 51 46 51 48 "
        "50 50 52 52 47 48 54 52 55 49 50 55 49 44 51 50 45 44 50 51 48 51 46 53 50 "
        "70 64 69 55 65 57 63 49 66 52 50 59 60 61 56 67 56 58 62 56 59 61 63 61 64 "
        "66 68 67 60 57 55 55 58 60 54 60 67 63 56 55 55 61 58 50 56 57 57 62 51 57"
    )
    petal = (
        "14 14 13 15 14 17 14 15 14 15 15 16 14 11 12 15 13 14 17 15 17 15 10 17 19 "
        "16 16 15 14 16 16 15 15 14 15 12 13 14 13 15 13 13 13 16 19 14 16 14 15 14 "
        "47 45 49 40 46 45 47 33 46 39 35 42 40 47 36 44 45 41 45 39 48 40 49 47 43 "
        "44 48 50 45 35 38 37 39 51 45 45 47 44 41 40 44 46 40 33 42 42 42 43 30 41"
    )
    millimetres = np.array([sepal.split(), petal.split()], dtype=float).T
    return millimetres / 10, np.repeat([-1.0, 1.0], 50)


# %% [markdown]
# ## 1. The perceptron: learn from mistakes
#
# A neuron takes a weighted sum of its inputs and adds a bias, the *net input*:
#
# $$z = \mathbf{w} \cdot \mathbf{x} + b$$
#
# The perceptron then says $+1$ where $z \ge 0$ and $-1$ elsewhere. That is its prediction
# $\hat y$. It learns in a simple way: look at one example after the other, and change
# something only where the answer was wrong:
#
# $$\Delta = \alpha\,(y - \hat y), \qquad
#   \mathbf{w} \leftarrow \mathbf{w} + \Delta\,\mathbf{x}, \qquad b \leftarrow b + \Delta$$
#
# $\alpha$ is the learning rate. Where the answer was right, $y - \hat y = 0$ and nothing
# changes. Where it was wrong, $y - \hat y$ is $+2$ or $-2$, and the weights turn towards the
# example or away from it. Going through all examples once is an *epoch*. The number of
# mistakes in each epoch tells how far the learning is.
#
# **A worked example.** Four examples, $\alpha = 0.5$, and $\mathbf{w} = (0, 0)$, $b = 0$ to
# begin with:
#
# | $\mathbf{x}$ | $y$ | $z$ | $\hat y$ | $\Delta$ | $\mathbf{w}$ afterwards | $b$ |
# |---|---|---|---|---|---|---|
# | (1, 2) | −1 | 0 | +1 | −1 | (−1, −2) | −1 |
# | (3, 1) | +1 | −6 | −1 | +1 | (2, −1) | 0 |
# | (2, 3) | −1 | 1 | +1 | −1 | (0, −4) | −1 |
# | (4, 1) | +1 | −5 | −1 | +1 | (4, −3) | 0 |
#
# Four mistakes in the first epoch, none in the second: `errors` is `[4, 0]`. The very first
# line shows why the third convention matters. All weights are zero, so $z = 0$, which
# counts as $+1$.

# %%
class Perceptron:
    """A neuron with a step activation. Its answers are -1 and +1.

    learning_rate   the length of a step.
    epochs          how often `fit` goes through all examples.

    After `fit` it has three attributes:
    weights         shape (n,).
    bias            a number.
    errors          a list: the number of mistakes in each epoch.
    """

    def __init__(self, learning_rate: float = 0.1, epochs: int = 10) -> None:
        self.learning_rate = learning_rate
        self.epochs = epochs

    def net_input(self, X: Array) -> Array:
        """Return the weighted sum plus the bias, one number for each example.

        X   examples, shape (m, n), or a single one, shape (n,).

        Hint: the matrix product X @ self.weights does both.
        """
        # Your code here
        raise NotImplementedError("Write Perceptron.net_input")

    def predict(self, X: Array) -> Array:
        """Return +1 where the net input is at least 0, else -1; one answer for each example.

        X   examples, shape (m, n), or a single one, shape (n,).

        Hint: `np.where(condition, this, that)` chooses element by element.
        """
        # Your code here
        raise NotImplementedError("Write Perceptron.predict")

    def fit(self, X: Array, y: Array) -> "Perceptron":
        """Learn from all examples, `epochs` times, in the order of the rows; return self.

        X   examples, shape (m, n).
        y   labels, shape (m,), -1 or +1.

        Hint: two loops, one inside the other. `zip(X, y)` gives an example and its label.
        """
        self.weights = np.zeros(X.shape[1])
        self.bias = 0.0
        self.errors = []
        # Your code here
        raise NotImplementedError("Write Perceptron.fit")


# %% [markdown]
# Try it on the irises. The mistakes in ten epochs are 2, 2, 3, 2, 1, and then none: a
# straight line separates the two species, and the perceptron has found one. (The learning
# rate does not matter here. From zero weights it stretches `weights` and `bias` alike, and
# no answer changes.)

# %%
if __name__ == "__main__":
    X, y = load_iris()
    print("Mistakes per epoch:", Perceptron(0.1, epochs=10).fit(X, y).errors)


# %% [markdown]
# ## 2. How wrong is a linear neuron?
#
# The perceptron learns nothing from an answer that was *barely* right. For that the error
# must be a number that changes smoothly. So leave out the step: let the neuron's output be
# the net input itself, $a = z = \mathbf{w} \cdot \mathbf{x} + b$, and take the sum of the
# squared differences to the labels over all $m$ examples:
#
# $$J(\mathbf{w}, b) = \frac{1}{2} \sum_{i=1}^{m} \big(y^{(i)} - a^{(i)}\big)^2$$
#
# The factor one half is there to make the derivative look nice. It is a sum, not a mean.
#
# **A worked example.** Three examples with two features, and a neuron:
#
# $$X = \begin{pmatrix} 1 & 0 \\ 0 & 1 \\ 1 & 1 \end{pmatrix},\quad
#   y = \begin{pmatrix} 1 \\ -1 \\ 1 \end{pmatrix},\quad
#   \mathbf{w} = \begin{pmatrix} 0.5 \\ -0.5 \end{pmatrix},\quad b = 0.5$$
#
# The outputs are $a = (1, 0, 0.5)$, the differences $y - a = (0, -1, 0.5)$, and so
# $J = \frac{1}{2}(0 + 1 + 0.25) = 0.625$.

# %%
def squared_error(X: Array, y: Array, w: Array, b: float) -> float:
    """Return half the sum of the squared errors of a linear neuron, as one number.

    X   examples, shape (m, n).
    y   labels, shape (m,).
    w   weights, shape (n,).
    b   the bias, a number.

    Hint: first the outputs, then the differences to y, then the sum of their squares.
    """
    # Your code here
    raise NotImplementedError("Write squared_error")


# %% [markdown]
# ## 3. Which way is the error steepest?
#
# The gradient of $J$ says how the error changes when a weight is nudged. By the chain rule,
# the derivative of $\frac{1}{2}(y - a)^2$ is $(y - a)$ times the *inner* derivative of
# $y - a$, and that is $-1$ times the derivative of $a$:
#
# $$\frac{\partial J}{\partial w_j} = -\sum_{i=1}^{m} \big(y^{(i)} - a^{(i)}\big)\, x_j^{(i)},
#   \qquad
#   \frac{\partial J}{\partial b} = -\sum_{i=1}^{m} \big(y^{(i)} - a^{(i)}\big)$$
#
# **Mind the minus sign.** It is easily lost, even in print: lecture notes in circulation
# give the gradient as $\sum (y - a)\,x$. Who subtracts *that* walks uphill. On the irises
# (features standardized, learning rate 0.01) the error then goes from 50 to 328 to 2,507 in
# two steps.
#
# *Example, continued.* With $y - a = (0, -1, 0.5)$ the gradient has the entries
# $-(0 \cdot 1 - 1 \cdot 0 + 0.5 \cdot 1) = -0.5$ and
# $-(0 \cdot 0 - 1 \cdot 1 + 0.5 \cdot 1) = 0.5$, and for the bias $-(0 - 1 + 0.5) = 0.5$.
#
# You need no solution to test a gradient. Nudge one weight up and down by a tiny $h$ and
# look at the error: $\big(J(w + h) - J(w - h)\big) / 2h$ must be close to your entry. One of
# the checks does exactly this.

# %%
def squared_error_gradient(X: Array, y: Array, w: Array, b: float) -> tuple[Array, float]:
    """Return the gradient of `squared_error`: a pair (dw, db).

    X, y, w, b   as for `squared_error`.

    dw has the shape of w, (n,); db is a number.

    Hint: X.T @ v multiplies each example with its entry of v, and adds the results up.
    """
    # Your code here
    raise NotImplementedError("Write squared_error_gradient")


# %% [markdown]
# ## 4. Adaline: walk down the slope
#
# Adaline, the adaptive linear neuron, learns by gradient descent. In each epoch it looks at
# *all* examples, and then takes *one* step against the gradient:
#
# $$\mathbf{w} \leftarrow \mathbf{w} - \alpha \frac{\partial J}{\partial \mathbf{w}}
#   = \mathbf{w} + \alpha \sum_i \big(y^{(i)} - a^{(i)}\big)\,\mathbf{x}^{(i)}, \qquad
#   b \leftarrow b - \alpha \frac{\partial J}{\partial b}
#   = b + \alpha \sum_i \big(y^{(i)} - a^{(i)}\big)$$
#
# The two minus signs cancel, which is why Adaline's rule has a plus. Weights and bias move
# together: both sums use the outputs from *before* the step. The error that is noted for an
# epoch, too, is the one before its step, so the first entry of `costs` belongs to the zero
# weights.
#
# The step function comes back only at the end: `predict` answers $+1$ where $a \ge 0$ and
# $-1$ elsewhere, but it plays no part in the learning.
#
# *Example, continued.* From $\mathbf{w} = (0.5, -0.5)$, $b = 0.5$, a step with
# $\alpha = 0.1$ leads to $\mathbf{w} = (0.55, -0.55)$, $b = 0.45$, where the error is 0.556
# instead of 0.625. A step in the wrong direction leads to 0.706.

# %%
class Adaline:
    """A linear neuron that learns by gradient descent on the squared error.

    learning_rate   the length of a step.
    epochs          how many steps `fit` takes.

    After `fit` it has three attributes:
    weights         shape (n,).
    bias            a number.
    costs           a list: the squared error at the beginning of each epoch.
    """

    def __init__(self, learning_rate: float = 0.01, epochs: int = 50) -> None:
        self.learning_rate = learning_rate
        self.epochs = epochs

    def net_input(self, X: Array) -> Array:
        """Return the neuron's outputs, shape (m,), for examples X of shape (m, n)."""
        # Your code here
        raise NotImplementedError("Write Adaline.net_input")

    def predict(self, X: Array) -> Array:
        """Return +1 where the output is at least 0, else -1; shape (m,)."""
        # Your code here
        raise NotImplementedError("Write Adaline.predict")

    def fit(self, X: Array, y: Array) -> "Adaline":
        """Take `epochs` steps of gradient descent on all examples; return self.

        X   examples, shape (m, n).
        y   labels, shape (m,), -1 or +1.

        Hint: one loop. Compute `y - self.net_input(X)` once, and use it three times. You may
        call your `squared_error` and `squared_error_gradient` instead.
        """
        self.weights = np.zeros(X.shape[1])
        self.bias = 0.0
        self.costs = []
        # Your code here
        raise NotImplementedError("Write Adaline.fit")


# %% [markdown]
# On the irises the steps must be tiny, unless the features are *standardized* first: shifted
# to mean 0 and stretched to standard deviation 1, column by column. Then a learning rate of
# 0.01 does well, and the error begins with 50.00, 33.83, 23.16, 16.11.

# %%
if __name__ == "__main__":
    X, y = load_iris()
    standardized = (X - X.mean(axis=0)) / X.std(axis=0)
    adaline = Adaline(0.01, epochs=20).fit(standardized, y)
    print("Squared errors:", np.round(adaline.costs, 2))
    print("Right answers:", np.sum(adaline.predict(standardized) == y), "of 100")


# %% [markdown]
# ## 5. Gradient descent, for any function
#
# The walk does not care what it walks down. All it needs is the slope at the present place:
#
# $$\mathbf{w} \leftarrow \mathbf{w} - \alpha \nabla f(\mathbf{w})$$
#
# In Python, a function can be an argument of another function. Here `gradient` is one: call
# it, `gradient(w)`, and it returns the slope at `w`. Call it again at every place.
#
# To try it, here is a landscape: a bowl. Its height and its slope are
#
# $$f(\mathbf{w}) = \frac{1}{2} \sum_j c_j\,(w_j - \mathit{centre}_j)^2, \qquad
#   \frac{\partial f}{\partial w_j} = c_j\,(w_j - \mathit{centre}_j)$$
#
# The class `Bowl` is complete. Leave it as it is: the checks make bowls of their own, and
# hand your function the method `bowl.gradient`.
#
# *Example.* In the bowl $f(w) = w^2$, which is `Bowl(2, 0)`, a walk that starts at 4 with a
# learning rate of 0.1 goes over 3.2 and 2.56 to 2.048. With a learning rate of 1 it jumps
# between 4 and −4 for ever.

# %%
class Bowl:
    """A landscape with one lowest point.

    curvature   how steep it is, shape (n,) or a number.
    centre      where the lowest point is, shape (n,) or a number.
    """

    def __init__(self, curvature: Array | float, centre: Array | float) -> None:
        self.curvature = np.asarray(curvature, dtype=float)
        self.centre = np.asarray(centre, dtype=float)

    def height(self, w: Array | float) -> float:
        """The height at the place w."""
        return float(0.5 * np.sum(self.curvature * (w - self.centre) ** 2))

    def gradient(self, w: Array | float) -> Array:
        """The slope at the place w, with the shape of w."""
        return self.curvature * (w - self.centre)


# %%
def gradient_descent(
    gradient: Callable[[Array], Array], start: Array, learning_rate: float, steps: int
) -> Array:
    """Return the place that is reached from `start` after so many steps downhill.

    gradient        a function: gradient(w) is the slope at w, with the shape of w.
    start           where the walk begins, a number or an array.
    learning_rate   how far to step.
    steps           how many steps to take; after 0 steps one is still at the start.

    Hint: a loop of one line. Do not change the array `start` itself.
    """
    # Your code here
    raise NotImplementedError("Write gradient_descent")


# %%
if __name__ == "__main__":
    bowl = Bowl(2, 0)
    for learning_rate in (0.1, 0.4, 1.0, 1.1):
        end = gradient_descent(bowl.gradient, 4.0, learning_rate, 10)
        print(f"learning rate {learning_rate}: at {end:.4g}, height {bowl.height(end):.4g}")


# %% [markdown]
# ## 6. Minibatches
#
# With a million examples, a step that looks at all of them is expensive. *Stochastic*
# gradient descent takes many cheap steps instead, each on a small batch of examples. In
# every epoch the examples are shuffled, and then cut into batches:
#
# - every example is in exactly one batch,
# - an example keeps its own label,
# - each batch has `batch_size` examples, but the last one holds what is left, and is kept
#   even when it is smaller. No batch is empty.
#
# *Example.* Ten examples in batches of four: batches of 4, 4 and 2.
#
# Chance comes in as an argument, `rng`: a seed such as 7, or a generator of NumPy's. The
# first line is given, and makes a generator of either. Draw from that generator only, and
# the same seed will give the same batches again.

# %%
def minibatches(
    X: Array, y: Array, batch_size: int, rng: int | np.random.Generator
) -> list[tuple[Array, Array]]:
    """Return the examples in shuffled batches: a list of pairs (X_batch, y_batch).

    X            examples, shape (m, n).
    y            labels, shape (m,).
    batch_size   how many examples a batch has; the last may have fewer.
    rng          a seed or a generator.

    Hint: `rng.permutation(m)` is a shuffled list of row numbers, and an array takes a list of
    row numbers as an index: X[rows], y[rows].
    """
    rng = np.random.default_rng(rng)
    # Your code here
    raise NotImplementedError("Write minibatches")


# %% [markdown]
# ## 7. One step
#
# The step itself is the same for all batches, large and small:
#
# $$\mathbf{w} \leftarrow \mathbf{w} - \eta\,\mathbf{g}$$
#
# $\mathbf{g}$ is the gradient that the batch gave, and $\eta$ is what books on optimizers
# call the learning rate. *Example.* From 1 with the gradient 2 and $\eta = 0.1$ to 0.8.

# %%
def sgd_step(w: Array, gradient: Array, learning_rate: float) -> Array:
    """Return the parameters after one step of stochastic gradient descent.

    w               parameters, a number or an array of any shape.
    gradient        the gradient at w, with the shape of w (an array, not a function).
    learning_rate   how far to step.
    """
    # Your code here
    raise NotImplementedError("Write sgd_step")


# %% [markdown]
# ## 8. One step with a memory
#
# In a long, narrow valley the slope points across and hardly along it, and plain steps jump
# from wall to wall. *Momentum* keeps a memory $\mathbf{m}$ of past gradients. What changes
# its sign from step to step cancels out in it; what stays the same adds up:
#
# $$\mathbf{m} \leftarrow \rho\,\mathbf{m} + \mathbf{g}, \qquad
#   \mathbf{w} \leftarrow \mathbf{w} - \eta\,\mathbf{m}$$
#
# The second formula uses the *new* memory. $\rho$ says how much is remembered, usually 0.9.
# Note where the learning rate is: it scales the step, not what goes into the memory. (Books
# differ in this, and the numbers in $\mathbf{m}$ differ with them.)
#
# *Example.* With $w = 1$, $m = 0.5$, $g = 2$, $\eta = 0.1$ and $\rho = 0.9$, the new memory
# is $0.9 \cdot 0.5 + 2 = 2.45$, and $w = 1 - 0.1 \cdot 2.45 = 0.755$.

# %%
def momentum_step(
    w: Array, m: Array, gradient: Array, learning_rate: float, rho: float = 0.9
) -> tuple[Array, Array]:
    """Return the parameters and the memory after one step with momentum: a pair (w, m).

    w               parameters, a number or an array of any shape.
    m               the memory so far, with the shape of w; zeros before the first step.
    gradient        the gradient at w, with the shape of w (an array, not a function).
    learning_rate   how far to step.
    rho             the share of the old memory that is kept.
    """
    # Your code here
    raise NotImplementedError("Write momentum_step")


# %% [markdown]
# ## All together
#
# Ten epochs in batches of ten, with momentum. Weights and bias are one array here, because
# a column of ones beside the features makes the bias a weight like the others.

# %%
if __name__ == "__main__":
    X, y = load_iris()
    X = np.column_stack([(X - X.mean(axis=0)) / X.std(axis=0), np.ones(len(X))])
    w, m = np.zeros(3), np.zeros(3)
    rng = np.random.default_rng(7)
    for epoch in range(10):
        for X_batch, y_batch in minibatches(X, y, 10, rng):
            slope, _ = squared_error_gradient(X_batch, y_batch, w, 0.0)
            w, m = momentum_step(w, m, slope, learning_rate=0.001)
        print(f"epoch {epoch}: squared error {squared_error(X, y, w, 0.0):.2f}")

# %% [markdown]
# ## Explore
#
# These are for you. They earn no points, and they get harder.
#
# 1. Shuffle the irises before you train the perceptron, with five different seeds. How does
#    the number of epochs until the last mistake change?
# 2. Train Adaline on the irises *without* standardizing, with learning rates of 0.01, 0.001
#    and 0.0001. Which of them diverge? What does standardizing change about the bowl?
# 3. Give the perceptron four examples that no straight line separates: the corners of a
#    square, opposite corners in one class. What do `errors` and `weights` do in a hundred
#    epochs? What does Adaline do with them?
# 4. In `Bowl([1, 30], [0, 0])`, start at (10, 1) and find the largest learning rate that does
#    not diverge. Which of the two curvatures decides it? Then do 50 steps with momentum.
# 5. Write the perceptron with the classes 0 and 1. Which lines change? From zero weights and
#    with the same learning rate, it makes exactly the same mistakes on the irises, and its
#    weights are half as long. Why?
# 6. Show that with zero weights to begin with, the learning rate of the perceptron changes no
#    answer, ever. Does the same hold for Adaline?
# 7. A constant gradient $g$ arrives for ever. To what does the memory $m$ tend? By which
#    factor does momentum with $\rho = 0.9$ lengthen the step in the end?

# %% [markdown]
# ## A question to think about
#
# *A person reads and grades this answer; the automatic checks do not.*
#
# Some lecture notes print the gradient of the squared error as $\sum (y - a)\,x$, without
# the minus sign. Put this into your `squared_error_gradient`, let an Adaline subtract it, and
# train on the standardized irises with a learning rate of 0.01. In about ten sentences: what
# do the first three errors do, and by roughly which factor do they grow? Why does the growth
# soon have the same factor in every step? Other notes add $\alpha \sum (y - a)\,x$ to the
# weights, and learn very well: who is right? And how could you have found the mistake before
# any training, in a program whose right answers nobody knows?
#
# *Your answer:*
