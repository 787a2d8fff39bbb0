# %% [markdown]
# # Assignment 4: a multilayer perceptron with momentum
#
# This time the network is an *object*. It keeps its weights, it remembers its last
# activations and its last changes, and it learns from one example after the other. You write
# the class `MLP`, and then the same arithmetic once more for many examples at once.
#
# | step | name | the question it answers |
# |---|---|---|
# | 1 | `MLP.__init__` | where does the search start? |
# | 2 | `MLP.activate` | what does the network say to one example? |
# | 3 | `MLP.backPropagate` | how do the weights change after it? |
# | 4 | `MLP.train` | all examples, many times |
# | 5 | `MLP.test` | what does the network say to all of them? |
# | 6 | `activate_batch` | the same as step 2, for many examples at once |
# | 7 | `batch_changes` | the same as step 3, for many examples at once |
# | 8 | `train_batch` | training in whole batches |
#
# **Two conventions.** Examples are *rows*: a batch `X` has the shape $(m, n_i)$, and the
# weights stand on the right of the inputs, $\mathbf{a} W$. And there is *one more input
# node*, the bias node, **behind** the $n_i$ inputs. It is always 1, so that the last row of
# the weights `wi` does the work of the hidden nodes' biases. (The output nodes have none.)
#
# Write each function between its docstring and its end, and check your work as often as you
# like. You may stop after any of them.

# %%
import random
from collections.abc import Sequence

import numpy as np

Array = np.ndarray
Pattern = tuple[Sequence[float], Sequence[float]]  # the inputs of an example, and its targets

# %% [markdown]
# ## Notation
#
# | symbol | name in code | shape | meaning |
# |---|---|---|---|
# | $\mathbf{a}_i$ | `ai` | $(n_i + 1,)$ | activations of the input nodes; the last one is 1 |
# | $\mathbf{a}_h$ | `ah` | $(n_h,)$ | activations of the hidden nodes |
# | $\mathbf{a}_o$ | `ao` | $(n_o,)$ | activations of the output nodes: the answers |
# | $W_i$ | `wi` | $(n_i + 1, n_h)$ | weights from the input nodes to the hidden nodes |
# | $W_o$ | `wo` | $(n_h, n_o)$ | weights from the hidden nodes to the output nodes |
# | $C_i,\ C_o$ | `ci`, `co` | as $W_i$, $W_o$ | the changes of the last step |
# | $N$ | `N` | a number | the learning rate |
# | $M$ | `M` | a number | the momentum: how much of the last change is repeated |
#
# A weight matrix has one row for each node that it comes *from* and one column for each node
# that it feeds *into*.
#
# Both layers use the sigmoid. You know it already, and so it is complete here, with its
# slope. Mind the argument of `sigmoid_slope`: it is the sigmoid's *value*, because
# $\sigma' = \sigma\,(1 - \sigma)$.


# %%
def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + exp(-x)), element by element."""
    return 1 / (1 + np.exp(-x))


def sigmoid_slope(y: Array) -> Array:
    """Return the slope of the sigmoid where its value is y: y * (1 - y)."""
    return y * (1 - y)


# %% [markdown]
# ## 1. Where the search starts
#
# All weights are drawn at random, each by itself, evenly from an interval around zero:
#
# - `wi` between $-0.2$ and $+0.2$: the hidden nodes start near the middle of the sigmoid,
#   where it is steep,
# - `wo` between $-2.0$ and $+2.0$: the outputs differ from the beginning.
#
# Before the first step there is no last change, so `ci` and `co` start at zero.
#
# Use Python's own `random` or NumPy's generators, as you like, and do *not* seed inside of the
# class: who makes two networks wants two different ones. If you want to find the figures
# below again, draw with `random.uniform`, first `wi` and then `wo`, row by row, and call
# `random.seed(123)` before you make the network.
#
# ## 2. What the network says
#
# $$\mathbf{a}_i = (x_1, \ldots, x_{n_i}, 1), \qquad
#   \mathbf{a}_h = \sigma(\mathbf{a}_i W_i), \qquad
#   \mathbf{a}_o = \sigma(\mathbf{a}_h W_o)$$
#
# Keep all three in the object, since the way back will need them.
#
# **A worked example.** Two inputs, two hidden nodes, one output:
#
# $$W_i = \begin{pmatrix} 0.5 & -1 \\ 1 & 0.5 \\ -0.5 & 0 \end{pmatrix},\quad
#   W_o = \begin{pmatrix} 1 \\ -2 \end{pmatrix}$$
#
# For the inputs $(1, 0)$ the input nodes are $\mathbf{a}_i = (1, 0, 1)$. The hidden sums are
# $0.5 + 0 - 0.5 = 0$ and $-1 + 0 + 0 = -1$, so $\mathbf{a}_h = (0.5, 0.2689)$. The output's
# sum is $0.5 - 2 \cdot 0.2689 = -0.0379$, and the answer is $\mathbf{a}_o = (0.4905)$.
#
# A network for two inputs that is given three must not guess. Raise a `ValueError`, whose
# text says how many inputs came and how many are needed:
#
#     raise ValueError(f"Expected {self.ni} inputs, but got {len(inputs)}.")
#
# ## 3. How the weights change
#
# The error of one example is half the sum of the squared differences to its targets,
# $E = \frac{1}{2} \sum_k (t_k - a_{o,k})^2$. The chain rule gives each node a *delta*, from
# the output back to the hidden nodes:
#
# $$\boldsymbol\delta_o = (\mathbf{t} - \mathbf{a}_o) \ast \sigma'(\mathbf{a}_o), \qquad
#   \boldsymbol\delta_h = (W_o\, \boldsymbol\delta_o) \ast \sigma'(\mathbf{a}_h)$$
#
# where $\ast$ multiplies element by element and $\sigma'$ is `sigmoid_slope`. The change that
# this example asks for is, for each weight, the activation that it comes from times the
# delta of the node that it feeds into:
#
# $$\Delta_o = \mathbf{a}_h \otimes \boldsymbol\delta_o, \qquad
#   \Delta_i = \mathbf{a}_i \otimes \boldsymbol\delta_h$$
#
# $\otimes$ is the outer product, `np.outer`: a table of all products. Because of the
# difference $\mathbf{t} - \mathbf{a}_o$, these changes point *downhill* already, and are
# added. Part of the last change is repeated, which is the momentum:
#
# $$W \leftarrow W + N \Delta + M C, \qquad \text{and then} \qquad C \leftarrow \Delta$$
#
# for both layers. **Mind what is kept.** `ci` and `co` hold $\Delta$, the plain change of
# *this* example, without $N$ and without what was repeated. Other books keep the whole step
# instead, $V \leftarrow N \Delta + M V$, and call it velocity. Both learn, with different
# numbers; here it is the plain change.
#
# **Mind the order, too.** $\boldsymbol\delta_h$ needs the weights `wo` that gave the answer,
# so compute both deltas before you change any weight.
#
# *Example, continued.* With the target 1 the difference is 0.5095 and the error 0.1298.
#
# $$\boldsymbol\delta_o = (0.1273),\quad
#   \Delta_o = \begin{pmatrix} 0.0637 \\ 0.0342 \end{pmatrix},\quad
#   \boldsymbol\delta_h = (0.0318, -0.0501),\quad
#   \Delta_i = \begin{pmatrix} 0.0318 & -0.0501 \\ 0 & 0 \\ 0.0318 & -0.0501 \end{pmatrix}$$
#
# Without a change before ($C = 0$) and with $N = 0.5$, `wo` becomes $(1.0318, -1.9829)$. Show
# the network the same example a second time, with $M = 0.1$, and a tenth of $\Delta_o$ comes
# on top: the weights become $(1.0698, -1.9633)$.
#
# ## 4. Training
#
# One *iteration* goes through all patterns in their order. For each of them: activate, then
# back-propagate. The errors that `backPropagate` returns are added up; one sum for each
# iteration tells whether the network learns. A pattern is a pair of inputs and targets, such
# as `([0.3, -1.2], [1.0])`.
#
# ## 5. Testing
#
# `test` answers all examples of a list, without targets, and keeps the answers as `predict`.


# %%
class MLP:
    """A network with one hidden layer that learns from one example after the other.

    ni, nh, no   how many inputs (the bias node not counted), hidden nodes and outputs.

    It has these attributes:
    wi, wo       weights, shapes (ni + 1, nh) and (nh, no).
    ci, co       the changes that the last example asked for, shaped like wi and wo.
    ai, ah, ao   the activations of the last example, shapes (ni + 1,), (nh,) and (no,).
    predict      the answers of the last `test`, shape (m, no).
    """

    def __init__(self, ni: int, nh: int, no: int) -> None:
        """Draw wi evenly from -0.2 to 0.2 and wo from -2.0 to 2.0; set ci and co to zero.

        Hint: `random.uniform(low, high)` draws one number, `np.random.uniform(low, high,
        shape)` a whole array. Mind the bias node: wi has ni + 1 rows.
        """
        self.ni, self.nh, self.no = ni, nh, no
        ### BEGIN SOLUTION
        wi = [[random.uniform(-0.2, 0.2) for _ in range(nh)] for _ in range(ni + 1)]
        wo = [[random.uniform(-2.0, 2.0) for _ in range(no)] for _ in range(nh)]
        self.wi, self.wo = np.array(wi), np.array(wo)
        self.ci = np.zeros((ni + 1, nh))
        self.co = np.zeros((nh, no))
        ### END SOLUTION

    def activate(self, inputs: Sequence[float]) -> Array:
        """Return the network's answers, shape (no,), and keep ai, ah and ao.

        inputs   the ni inputs of one example.

        Raises ValueError when there are not ni of them.

        Hint: `np.append(inputs, 1.0)` puts the bias node behind the inputs.
        """
        ### BEGIN SOLUTION
        if len(inputs) != self.ni:
            raise ValueError(f"Expected {self.ni} inputs, but got {len(inputs)}.")
        self.ai = np.append(inputs, 1.0)
        self.ah = sigmoid(self.ai @ self.wi)
        self.ao = sigmoid(self.ah @ self.wo)
        return self.ao
        ### END SOLUTION

    def backPropagate(self, targets: Sequence[float], N: float, M: float) -> float:
        """Change wi and wo after one example; return its error, half the sum of squares.

        targets   the no targets of the example that was activated last.
        N         the learning rate.
        M         the momentum: which part of the last changes, ci and co, is repeated.

        Afterwards ci and co hold the plain changes of this example, without N and M.

        Hint: ai, ah and ao still are what `activate` has left. Both deltas come first.
        """
        ### BEGIN SOLUTION
        errors = np.asarray(targets) - self.ao
        delta_o = errors * sigmoid_slope(self.ao)
        delta_h = self.wo @ delta_o * sigmoid_slope(self.ah)

        change_o = np.outer(self.ah, delta_o)
        change_i = np.outer(self.ai, delta_h)
        self.wo = self.wo + N * change_o + M * self.co
        self.wi = self.wi + N * change_i + M * self.ci
        self.co, self.ci = change_o, change_i

        return float(0.5 * np.sum(errors**2))
        ### END SOLUTION

    def train(
        self, patterns: Sequence[Pattern], iterations: int, N: float = 0.5, M: float = 0.1
    ) -> list[float]:
        """Learn from all patterns, `iterations` times; return the summed error of each time.

        patterns     pairs (inputs, targets), of ni and no numbers.
        iterations   how often to go through them, in their order.
        N, M         the learning rate and the momentum.

        Hint: two loops, one inside the other, around `activate` and `backPropagate`.
        """
        ### BEGIN SOLUTION
        sums = []
        for _ in range(iterations):
            total = 0.0
            for inputs, targets in patterns:
                self.activate(inputs)
                total += self.backPropagate(targets, N, M)
            sums.append(total)
        return sums
        ### END SOLUTION

    def test(self, patterns: Sequence[Sequence[float]]) -> Array:
        """Return the answers to a list of inputs, shape (m, no), and keep them as `predict`.

        patterns   the inputs of m examples, without targets.
        """
        ### BEGIN SOLUTION
        self.predict = np.array([self.activate(inputs) for inputs in patterns])
        return self.predict
        ### END SOLUTION


# %% [markdown]
# ## Try it: one hidden node, and ten
#
# Two half circles, each reaching into the other. This function is complete.


# %%
def draw_moons(m: int, noise: float = 0.15, seed: int = 0) -> tuple[Array, Array]:
    """Draw m points of two moons, X (m, 2), and their targets T (m, 1), each 0 or 1."""
    rng = np.random.default_rng(seed)
    target = np.arange(m) % 2
    angle = rng.uniform(0, np.pi, m)
    x = np.where(target == 1, 1 - np.cos(angle), np.cos(angle))
    y = np.where(target == 1, 0.5 - np.sin(angle), np.sin(angle))
    X = np.column_stack([x, y]) + noise * rng.standard_normal((m, 2))
    return X, target.reshape(m, 1).astype(float)


# %%
if __name__ == "__main__":
    X, T = draw_moons(500)
    X_new, T_new = draw_moons(500, seed=1)
    for hidden in (1, 10):
        random.seed(123)
        net = MLP(2, hidden, 1)
        errors = net.train(list(zip(X, T, strict=True)), iterations=20)
        right = np.mean((net.test(X_new) > 0.5) == (T_new > 0.5))
        print(f"{hidden} hidden nodes: the summed error falls from {errors[0]:.1f} to", end=" ")
        print(f"{errors[-1]:.1f}; {100 * right:.1f} % of new points are labelled correctly.")

# %% [markdown]
# ## 6. Many examples at once
#
# A loop in Python is slow. The formulas of step 2 hold for a whole batch when the vectors
# become matrices with one row for each example:
#
# $$A_i = (X \;\; \mathbf{1}), \qquad A_h = \sigma(A_i W_i), \qquad A_o = \sigma(A_h W_o)$$
#
# $(X \;\; \mathbf{1})$ is $X$ with a column of ones behind it. These are functions and no
# methods: the weights come in, and nothing is kept.
#
# *Example, continued.* With the weights from above, the inputs $(1, 0)$ and $(0, 2)$ give the
# outputs 0.4905 and 0.3442.


# %%
def activate_batch(X: Array, wi: Array, wo: Array) -> tuple[Array, Array]:
    """Return the activations of the hidden and of the output nodes, (m, nh) and (m, no).

    X        inputs, shape (m, ni): one row for each example, without the bias node.
    wi, wo   weights, shapes (ni + 1, nh) and (nh, no).

    Hint: `np.column_stack([X, np.ones(len(X))])` puts the bias node behind the inputs.
    """
    ### BEGIN SOLUTION
    A_i = np.column_stack([X, np.ones(len(X))])
    A_h = sigmoid(A_i @ wi)
    A_o = sigmoid(A_h @ wo)
    return A_h, A_o
    ### END SOLUTION


# %% [markdown]
# ## 7. All changes at once
#
# Now step 3. The deltas get one row for each example. The changes of all examples are added
# up, and the matrix product does the sum:
#
# $$D_o = (T - A_o) \ast \sigma'(A_o), \qquad D_h = (D_o W_o^T) \ast \sigma'(A_h)$$
#
# $$\Delta_o = A_h^T D_o, \qquad \Delta_i = A_i^T D_h$$
#
# No weight changes here. This is what makes the batch differ from the loop: in `train`, the
# second example already meets the weights that the first one has changed.
#
# **Compare it with the loop.** With $N = M = 0$, `backPropagate` leaves the weights alone and
# only keeps its changes. So the loop
#
#     total = 0
#     for inputs, targets in patterns:
#         net.activate(inputs)
#         net.backPropagate(targets, 0, 0)
#         total = total + net.co
#
# must give your $\Delta_o$. There is a second test, which needs no loop: a change is the
# *negative* gradient of the summed error. One of the checks nudges every weight up and down,
# and compares.


# %%
def batch_changes(X: Array, T: Array, wi: Array, wo: Array) -> tuple[float, Array, Array]:
    """Return the summed error of all examples, and the changes of wi and wo they ask for.

    X        inputs, shape (m, ni).
    T        targets, shape (m, no).
    wi, wo   weights, shapes (ni + 1, nh) and (nh, no); they stay as they are.

    The error is half the sum of the squared differences, a number. The changes have the
    shapes of wi and wo, and are sums over the examples, without a learning rate.

    Hint: start with your own `activate_batch`.
    """
    ### BEGIN SOLUTION
    A_i = np.column_stack([X, np.ones(len(X))])
    A_h, A_o = activate_batch(X, wi, wo)
    errors = T - A_o

    D_o = errors * sigmoid_slope(A_o)
    D_h = D_o @ wo.T * sigmoid_slope(A_h)

    return float(0.5 * np.sum(errors**2)), A_i.T @ D_h, A_h.T @ D_o
    ### END SOLUTION


# %% [markdown]
# ## 8. Training in whole batches
#
# One iteration is one step now, with the changes of *all* examples. Everything else is as
# before: $W \leftarrow W + N \Delta + M C$, and then $C \leftarrow \Delta$, with $C = 0$ at the
# beginning. Since $\Delta$ is a sum over many examples, the learning rate must be smaller.


# %%
def train_batch(
    X: Array, T: Array, wi: Array, wo: Array, iterations: int, N: float = 0.01, M: float = 0.001
) -> tuple[Array, Array, list[float]]:
    """Return the weights wi and wo after so many steps, and the summed error of each.

    X, T, wi, wo   as for `batch_changes`; wi and wo are the weights to begin with.
    iterations     how many steps to take.
    N, M           the learning rate and the momentum.

    The errors are a list of numbers; each is the error before its step.

    Hint: a loop around `batch_changes`. Return new arrays rather than change the old.
    """
    ### BEGIN SOLUTION
    last_i, last_o = np.zeros_like(wi), np.zeros_like(wo)
    errors = []
    for _ in range(iterations):
        error, change_i, change_o = batch_changes(X, T, wi, wo)
        wi = wi + N * change_i + M * last_i
        wo = wo + N * change_o + M * last_o
        last_i, last_o = change_i, change_o
        errors.append(error)
    return wi, wo, errors
    ### END SOLUTION


# %%
if __name__ == "__main__":
    random.seed(123)
    net = MLP(2, 10, 1)
    wi, wo, errors = train_batch(X, T, net.wi, net.wo, iterations=2000)
    right = np.mean((activate_batch(X_new, wi, wo)[1] > 0.5) == (T_new > 0.5))
    print(f"In 2000 batches the summed error falls from {errors[0]:.1f} to", end=" ")
    print(f"{errors[-1]:.1f}; {100 * right:.1f} % of new points are labelled correctly.")

# %% [markdown]
# ## Explore
#
# These are for you. They earn no points, and they get harder.
#
# 1. Train on the moons with 1, 2, 3, 5, 10 and 30 hidden nodes, 20 iterations each. From how
#    many on does more hardly help?
# 2. Put the patterns in order, first all of class 0 and then all of class 1, and train again.
#    What do the errors do, and why does `train_batch` not care?
# 3. How long do 100 iterations take in `train`, and how long in `train_batch`? How far does
#    each of them get in that time?
# 4. Course notes in circulation use a file of 500 points, `data/intro_to_ann.csv` in the
#    public repository leriomaggio/deep-learning-keras-tensorflow. After `random.seed(123)`,
#    `MLP(2, 1, 1)` has a summed error of 53.62995 in the first iteration and of 47.35136 in
#    the second ($N = 0.5$, $M = 0.1$), and its first two answers are 0.4911 and 0.4955. It
#    labels 50.0 % of the points correctly, just as many as guessing does. With ten hidden
#    nodes, two iterations reach 86 %. (The lines of the file end as on an old Macintosh;
#    `open(file, newline=None)` reads them all the same.) Do you find these figures?
# 5. Go on there with ten hidden nodes, to 100 iterations, from five different seeds. Some
#    networks label about 97 % correctly, others remain at 86.6 %. What keeps them there?
# 6. Keep the velocity instead of the plain change: `co = N * change + M * co`, and add it to
#    `wo`. On the points of exercise 4 the first error is 53.98116 then, and without momentum
#    54.46306. Which momentum $M$ does a velocity need, to have about the same effect?
# 7. Give the output nodes a bias, by one more hidden node that is always 1. Which shapes
#    change, and which delta must then be left out?

# %% [markdown] points=10
# ## A question to think about
#
# *A person reads and grades this answer; the automatic checks do not.*
#
# Take $N = 0.5$ and $M = 0.1$, and suppose that for a long time all examples ask for the same
# change $\Delta$. By how much does a weight change in one step with the plain change kept, as
# in this assignment, and by how much with a velocity, $V \leftarrow N \Delta + M V$? Answer
# the same for $M = 0.9$. In about ten sentences: what is the "memory" in each of the two
# rules, and how far back does it reach? Which one deserves the name momentum, and why did
# the network learn well all the same?
#
# *Your answer:*

# %% [markdown] tags=["instructor"]
# ### For whoever grades the open question
#
# Look for three ideas. (1) The numbers: with the plain change kept, a step is
# $(N + M) \Delta$, which is $0.6\,\Delta$ for $M = 0.1$ and $1.4\,\Delta$ for $M = 0.9$. With
# a velocity it tends to $N \Delta / (1 - M)$, which is $0.556\,\Delta$ and $5\,\Delta$. (2) The
# plain change remembers exactly one example, and forgets it at once; a velocity remembers all
# of them, each by a factor $M$ fainter than the next. (3) Momentum in the sense of mechanics,
# something that gathers speed, is the velocity. The other rule still follows the negative
# gradient, of this example and of the last one, with learning rates $N$ and $M$, and in
# sum it goes downhill. Two ideas out of three are a good answer.
