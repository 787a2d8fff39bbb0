# %% [markdown]
# # Assignment 1: the building blocks of a neural network
#
# A neural network is made of very few parts: weighted sums, a bend in between, and a number
# that says how wrong the answer is. In this assignment you write these parts as small
# functions, most of them one to five lines long. At the end you put them together to a
# network that answers.
#
# | step | functions | the question they answer |
# |---|---|---|
# | 1 | `dot` | what does one neuron sum up? |
# | 2 | `matmul` | how does a whole layer do it, for many examples at once? |
# | 3 | `sigmoid`, `sigmoid_derivative`, `relu` | where does the bend come from? |
# | 4 | `softmax` | how do scores become probabilities? |
# | 5 | `one_hot` | how does a class become numbers? |
# | 6 | `categorical_cross_entropy` | how wrong is a guess among classes? |
# | 7 | `sse`, `mse`, `mae`, `mbe` | how wrong is a predicted number? |
# | 8 | `forward` | what does a network of many layers say? |
# | 9 | `training_updates` | how often is a network changed while it is trained? |
#
# **Examples are rows.** A table of inputs has the shape $(m, n)$: one *row* for each of
# the $m$ examples, one *column* for each of the $n$ features. This holds everywhere below.
# (Other texts stack examples as columns. Neither is wrong, but mixing the two is, so look
# at this sentence first in whatever you read.)
#
# **Loops or NumPy, as you like.** Where a function can be written with a loop or with one
# call of NumPy, both are right. If you are new to this, write the loop first: it shows what
# is going on.
#
# The functions are checked one by one. You may stop after any of them, and a mistake in one
# does not cost you the points of the next.

# %%
import numpy as np

Array = np.ndarray

# %% [markdown]
# ## 1. The dot product: what one neuron sums up
#
# A neuron multiplies each of its inputs with a weight of its own, and adds everything up:
#
# $$a \cdot b = \sum_{i} a_i\, b_i$$
#
# *Example.* $(1, 2, 3) \cdot (2, 4, 6) = 1 \cdot 2 + 2 \cdot 4 + 3 \cdot 6 = 28$. Two
# vectors go in, *one number* comes out.


# %%
def dot(a: Array, b: Array) -> float:
    """Return the dot product of two vectors: the sum of the products of their entries.

    a, b   vectors of the same length, shape (n,).

    Hint: begin with a total of 0, and add one product at a time.
    """
    ### BEGIN SOLUTION
    total = 0.0
    for x, y in zip(a, b, strict=True):
        total += x * y
    return total
    ### END SOLUTION


# %% [markdown]
# ## 2. The matrix product: a whole layer at once
#
# A layer is many neurons that look at the same inputs. Write the weights of each neuron as
# a *column* of a matrix, and the examples as the *rows* of another. Then entry $(i, j)$ of
# the matrix product is what neuron $j$ sums up for example $i$: the dot product of row $i$
# of the first matrix and column $j$ of the second.
#
# $$C_{ij} = \sum_{k} A_{ik}\, B_{kj}$$
#
# The shapes tell you whether it can work: $(n, k)$ times $(k, m)$ gives $(n, m)$. The two
# inner sizes must agree, and disappear.
#
# *Example.*
#
# $$\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}
#   \begin{pmatrix} 2 & 4 \\ 6 & 8 \end{pmatrix}
#   = \begin{pmatrix} 14 & 20 \\ 30 & 44 \end{pmatrix}, \qquad
#   \begin{pmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{pmatrix}
#   \begin{pmatrix} 7 & 8 \\ 9 & 10 \\ 11 & 12 \end{pmatrix}
#   = \begin{pmatrix} 58 & 64 \\ 139 & 154 \end{pmatrix}$$
#
# The 20 is row 1 of the first matrix with column 2 of the second: $1 \cdot 4 + 2 \cdot 8$.
# And one example with two features, seen by three neurons:
#
# $$\begin{pmatrix} 1 & 2 \end{pmatrix}
#   \begin{pmatrix} 1 & 0.5 & 2 \\ 1 & 0.5 & 2 \end{pmatrix}
#   = \begin{pmatrix} 3 & 1.5 & 6 \end{pmatrix}$$
#
# Beware of the star: `A * B` multiplies element by element, and is something else.


# %%
def matmul(A: Array, B: Array) -> Array:
    """Return the matrix product of A and B, shape (n, m).

    A   a matrix, shape (n, k).
    B   a matrix, shape (k, m).

    Hint: `A[i]` is row i and `B[:, j]` is column j. `np.zeros((n, m))` is a table to fill.
    """
    ### BEGIN SOLUTION
    n, m = A.shape[0], B.shape[1]
    C = np.zeros((n, m))
    for i in range(n):
        for j in range(m):
            C[i, j] = dot(A[i], B[:, j])  # C_ij = row i of A with column j of B
    return C
    ### END SOLUTION


# %% [markdown]
# ## 3. Activations: where the bend comes from
#
# However many weighted sums you take of weighted sums, the result is one weighted sum. A
# network becomes more than that through its *activation*, a simple function that bends each
# sum before the next layer sees it.
#
# ### The sigmoid
#
# The sigmoid squeezes the whole number line into the interval from 0 to 1:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# *Example.* $\sigma(-1.6) = 0.17$, $\sigma(0) = 0.5$, $\sigma(2.2) = 0.90$. A larger $x$
# always gives a larger $\sigma(x)$.


# %%
def sigmoid(x: Array | float) -> Array:
    """Return 1 / (1 + exp(-x)), element by element.

    x   a number, or an array of any shape; the result has the same shape.

    Hint: `np.exp` takes a whole array at once. Mind the parentheses.
    """
    ### BEGIN SOLUTION
    return 1 / (1 + np.exp(-x))
    ### END SOLUTION


# %% [markdown]
# ### Its slope
#
# To learn, a network needs the slope of its activation. The sigmoid's can be written with
# its *output* alone. If $y = \sigma(x)$, then
#
# $$\sigma'(x) = y\,(1 - y) = y - y^2$$
#
# That is convenient: $y$ has been computed already on the way forward, and no second
# exponential is needed. So the argument of the next function is $y$, the output, and
# **not** $x$.
#
# *Example.* At $x = 0$ the output is $y = 0.5$, and the slope is $0.25$, which is as steep
# as it gets. Where $y = 0.9$ the slope is only $0.09$.


# %%
def sigmoid_derivative(y: Array | float) -> Array:
    """Return the slope of the sigmoid where its output is y: y - y**2, element by element.

    y   what the sigmoid returned, between 0 and 1: a number, or an array of any shape.

    Hint: y is an output already. No exponential is needed here.
    """
    ### BEGIN SOLUTION
    return y - y**2
    ### END SOLUTION


# %% [markdown]
# ### The ReLU
#
# The *rectified linear unit* is the simplest bend of all. What is positive passes
# unchanged, what is negative becomes 0:
#
# $$\mathrm{relu}(x) = \max(0, x)$$
#
# *Example.* $(22, -8, 0.5)$ becomes $(22, 0, 0.5)$.


# %%
def relu(x: Array) -> Array:
    """Return max(0, x), element by element.

    x   an array of any shape; the result has the same shape.

    Hint: `max` of Python compares two numbers; `np.maximum` does it for every element.
    """
    ### BEGIN SOLUTION
    return np.maximum(0, x)
    ### END SOLUTION


# %% [markdown]
# ## 4. Softmax: from scores to probabilities
#
# A network that chooses among $C$ classes ends with $C$ scores, which may be any numbers.
# The softmax makes probabilities of them: all positive, and with the sum 1.
#
# $$p_j = \frac{e^{z_j}}{\sum_{k=1}^{C} e^{z_k}}$$
#
# **One distribution for each row.** The scores come as a table of the shape $(m, C)$, and
# each row belongs to another example. So the sum runs along the row (that is `axis=1`),
# and every *row* of the result adds up to 1.
#
# *Example.* The scores $(3, 1.5, 6)$ have the exponentials $20.0855$, $4.4817$ and
# $403.4288$, together $427.9960$. Divided by this sum they are $(0.0469, 0.0105, 0.9426)$.
# To more digits: $0.04692926$, $0.01047133$, $0.94259941$.
#
# **Keep it stable.** $e^{1000}$ is more than a computer can hold: `np.exp(1000)` is `inf`,
# and `inf / inf` is `nan`, not a number. If all scores are very negative, every
# exponential is 0, and `0 / 0` is `nan` as well. There is a remedy that costs one line.
# Adding a constant to all scores of a row changes nothing, because $e^{z + c} = e^z e^c$
# and the factor $e^c$ cancels. So subtract the largest score of each row first. Then the
# largest exponential is $e^0 = 1$, and nothing can overflow.


# %%
def softmax(scores: Array) -> Array:
    """Return a probability for each class: one distribution per row.

    scores   shape (m, C), one row for each example, of any size: -1000 or 1000 as well.

    The result has the shape (m, C), and each of its rows adds up to 1.

    Hint: subtract each row's own maximum first. `keepdims=True` keeps the result of `np.max`
    or `np.sum` as a column, so that it fits the table.
    """
    ### BEGIN SOLUTION
    shifted = scores - np.max(scores, axis=1, keepdims=True)  # the largest of a row is now 0
    exponentials = np.exp(shifted)
    return exponentials / np.sum(exponentials, axis=1, keepdims=True)
    ### END SOLUTION


# %% [markdown]
# ## 5. One-hot: a class as numbers
#
# A label such as "class 2" is a name and not a quantity: class 2 is not twice class 1. So
# give each class a column of its own, and mark the right one with a 1.
#
# *Example.* With 4 classes, the labels $(0, 2, 1)$ become
#
# $$\begin{pmatrix} 1 & 0 & 0 & 0 \\ 0 & 0 & 1 & 0 \\ 0 & 1 & 0 & 0 \end{pmatrix}$$
#
# Classes are counted from 0. The last column is empty here, because no example is of class
# 3; it must be there all the same.


# %%
def one_hot(labels: Array, num_classes: int) -> Array:
    """Return a row for each label, with a 1 in the column of its class and 0 elsewhere.

    labels        whole numbers from 0 to num_classes - 1, shape (m,).
    num_classes   how many classes there are; not each of them must occur.

    The result has the shape (m, num_classes).

    Hint: start with zeros, and set one entry in each row.
    """
    ### BEGIN SOLUTION
    table = np.zeros((len(labels), num_classes))
    for row, label in enumerate(labels):
        table[row, label] = 1
    return table
    ### END SOLUTION


# %% [markdown]
# ## 6. Cross-entropy: how wrong is a guess among classes?
#
# Let $t$ be a row of targets, one-hot, and $p$ the row of probabilities that the network
# predicted. The loss of this example is
#
# $$-\sum_{j=1}^{C} t_j \log p_j$$
#
# Only one $t_j$ is 1, so it is $-\log$ of the probability that was given to the *right*
# class. It is 0 when the network was certain and right, and grows without bound when it
# was certain and wrong. $\log$ is the natural logarithm.
#
# The loss of a table is the *mean over its $m$ examples*:
#
# $$L = -\frac{1}{m} \sum_{i=1}^{m} \sum_{j=1}^{C} t_{ij} \log p_{ij}$$
#
# *Example.* For the targets $(1, 0)$ and the predictions $(0.5, 0.5)$ the loss is
# $-\log 0.5 = 0.6931$: the network tosses a coin. Add a second example with the targets
# $(0, 1)$ and the predictions $(0.2, 0.8)$. It costs $-\log 0.8 = 0.2231$, and the loss of
# both is the mean, $0.4581$.


# %%
def categorical_cross_entropy(targets: Array, predictions: Array) -> float:
    """Return the cross-entropy, averaged over the examples, as one number.

    targets       one-hot rows, shape (m, C).
    predictions   probabilities, shape (m, C), each of them above 0.

    Hint: multiply with the targets first, then sum. What is the number of examples?
    """
    ### BEGIN SOLUTION
    m = targets.shape[0]
    return float(-np.sum(targets * np.log(predictions)) / m)
    ### END SOLUTION


# %% [markdown]
# ## 7. Four ways to be wrong by a number
#
# When a network predicts a number (a price, a temperature), its error is a difference.
# Here the error of an example is always *prediction minus target*, $e_i = p_i - t_i$:
# positive when the network said too much. Four summaries of the errors are in use:
#
# | function | name | formula |
# |---|---|---|
# | `sse` | sum of squared errors | $\sum_i e_i^2$ |
# | `mse` | mean squared error | $\frac{1}{m} \sum_i e_i^2$ |
# | `mae` | mean absolute error | $\frac{1}{m} \sum_i \lvert e_i \rvert$ |
# | `mbe` | mean bias error | $\frac{1}{m} \sum_i e_i$ |
#
# The squares punish one large error more than many small ones, the absolute values do not.
# In the mean bias error, errors of opposite sign cancel. It does not tell how far off the
# predictions are, but whether they lie too high or too low as a whole. (Some texts put a
# factor ½ in front of the squares, to make the derivative shorter. Here there is none.)
#
# *Example.* The targets $(1, 2, 3)$ and the predictions $(1.5, 2, 1)$ give the errors
# $(0.5, 0, -2)$. So `sse` is $0.25 + 0 + 4 = 4.25$, `mse` is $4.25 / 3 = 1.4167$, `mae` is
# $2.5 / 3 = 0.8333$, and `mbe` is $-1.5 / 3 = -0.5$: the predictions are too low on
# average.


# %%
def sse(targets: Array, predictions: Array) -> float:
    """Return the sum of squared errors.

    targets, predictions   shape (m,).

    Hint: square each difference first, then sum.
    """
    ### BEGIN SOLUTION
    return float(np.sum((predictions - targets) ** 2))
    ### END SOLUTION


# %%
def mse(targets: Array, predictions: Array) -> float:
    """Return the mean squared error: the sum of squared errors, divided by m.

    targets, predictions   shape (m,).
    """
    ### BEGIN SOLUTION
    return sse(targets, predictions) / len(targets)
    ### END SOLUTION


# %%
def mae(targets: Array, predictions: Array) -> float:
    """Return the mean absolute error: the mean distance between prediction and target.

    targets, predictions   shape (m,).

    Hint: `np.abs` takes off the sign of every element.
    """
    ### BEGIN SOLUTION
    return float(np.mean(np.abs(predictions - targets)))
    ### END SOLUTION


# %%
def mbe(targets: Array, predictions: Array) -> float:
    """Return the mean bias error: the mean of prediction minus target, with its sign.

    targets, predictions   shape (m,).
    """
    ### BEGIN SOLUTION
    return float(np.mean(predictions - targets))
    ### END SOLUTION


# %% [markdown]
# ## 8. A forward pass: what the network says
#
# Now put the parts together. A network is a list of weight matrices, one for each layer.
# The inputs go through the first layer, what comes out goes through the second, and so on.
# Each layer does the same two things: a matrix product, and then the activation.
#
# $$H_0 = X, \qquad H_l = f(H_{l-1} W_l) \quad \text{for } l = 1, 2, \dots, L$$
#
# The answer is $H_L$. **The activation $f$ is applied after every layer, the last one
# included.** The weights of a layer with $n$ inputs and $k$ neurons have the shape
# $(n, k)$: one *column* for each neuron.
#
# **A worked example.** Two inputs, two hidden neurons, one output. The first hidden neuron
# has the weights $(1, 1)$, the second $(-1, 1)$, and the output neuron $(2, -1)$:
#
# $$W_1 = \begin{pmatrix} 1 & -1 \\ 1 & 1 \end{pmatrix}, \qquad
#   W_2 = \begin{pmatrix} 2 \\ -1 \end{pmatrix}$$
#
# Without any bend (`"linear"`) the inputs $(2, 3)$ give $2 + 3 = 5$ and $-2 + 3 = 1$ in
# the hidden layer, and $2 \cdot 5 - 1 \cdot 1 = 9$ at the end. The inputs $(3, 4)$ give
# $7$ and $1$, and then $13$. Both at once, as two rows:
#
# $$\begin{pmatrix} 2 & 3 \\ 3 & 4 \end{pmatrix} W_1
#   = \begin{pmatrix} 5 & 1 \\ 7 & 1 \end{pmatrix}, \qquad
#   \begin{pmatrix} 5 & 1 \\ 7 & 1 \end{pmatrix} W_2
#   = \begin{pmatrix} 9 \\ 13 \end{pmatrix}$$
#
# **And with the ReLU.** Take the hidden weights $(2, 4)$ and $(4, -5)$ and the output
# weights $(2, 7)$. The inputs $(3, 4)$ give the sums $2 \cdot 3 + 4 \cdot 4 = 22$ and
# $4 \cdot 3 - 5 \cdot 4 = -8$. The ReLU makes $22$ and $0$ of them, and the output is
# $2 \cdot 22 + 7 \cdot 0 = 44$. (Without the ReLU it would be $-12$.)
#
# **Which activation?** The caller says it by its name: `"linear"` changes nothing,
# `"relu"` and `"sigmoid"` stand for the functions that you have written. A name rather
# than a function, so that it can be stored in a file or typed on a command line.


# %%
def forward(inputs: Array, weights: list[Array], activation: str) -> Array:
    """Return the answers of a network: the outputs of its last layer, shape (m, n_L).

    inputs       one row for each example, shape (m, n_0).
    weights      a list with one matrix for each layer; layer l has the shape (n_(l-1), n_l).
    activation   "linear", "relu" or "sigmoid", applied after every layer, the last included.

    Hint: loop over the matrices, and let one variable hold what goes from layer to layer.
    """
    ### BEGIN SOLUTION
    outputs = inputs
    for W in weights:
        outputs = matmul(outputs, W)
        if activation == "relu":
            outputs = relu(outputs)
        elif activation == "sigmoid":
            outputs = sigmoid(outputs)
        elif activation != "linear":
            raise ValueError(f"there is no activation {activation!r}")
    return outputs
    ### END SOLUTION


# %% [markdown]
# **What about biases?** Most networks add a constant to each sum, the *bias*. You need no
# new code for it: a bias is the weight of one more input, which is always 1. A small
# network by hand, for the inputs $(1, 0)$. The first hidden neuron has the weights
# $(3.7, 3.7)$ and the bias $-1.5$, the second $(2.9, 2.9)$ and $-4.5$:
#
# $$\sigma(1 \cdot 3.7 + 0 \cdot 3.7 + 1 \cdot (-1.5)) = \sigma(2.2) = 0.90, \qquad
#   \sigma(1 \cdot 2.9 + 0 \cdot 2.9 + 1 \cdot (-4.5)) = \sigma(-1.6) = 0.17$$
#
# The output neuron has the weights $(4.5, -5.2)$ and the bias $-2.0$. With the rounded
# values,
#
# $$\sigma(0.90 \cdot 4.5 + 0.17 \cdot (-5.2) - 2.0) = \sigma(1.17) = 0.76$$
#
# Each of the three is a `sigmoid` of a `dot` with three entries, such as
# `sigmoid(dot(np.array([1, 0, 1]), np.array([3.7, 3.7, -1.5])))`. (Without rounding in
# between, the last sum is 1.18. Its sigmoid is still 0.76.)

# %% [markdown]
# ## 9. How often is a network changed?
#
# A network is trained in small portions, called *batches*. After each batch, all weights
# are changed once: that is one *update*. When every example has been used once, an *epoch*
# is over, and the next one begins.
#
# *Example.* 200 examples in batches of 5 are 40 updates in each epoch, and 40,000 in 1,000
# epochs. 50,000 examples in batches of 50 are 1,000 updates in one epoch.
#
# When the batch size does not divide the number of examples, the last batch of each epoch
# is smaller, and counts like any other: 10 examples in batches of 4 are three batches (4,
# 4 and 2), so 3 updates in each epoch.


# %%
def training_updates(samples: int, batch_size: int, epochs: int) -> int:
    """Return how many updates a training makes.

    samples      the number of examples, at least 1.
    batch_size   how many examples are used for one update; the last batch may be smaller.
    epochs       how often every example is used.

    Hint: count the batches of one epoch first. Round up, and do that before you multiply.
    """
    ### BEGIN SOLUTION
    full_batches, left_over = divmod(samples, batch_size)
    updates_per_epoch = full_batches + (1 if left_over else 0)
    return updates_per_epoch * epochs
    ### END SOLUTION


# %% [markdown]
# ## Try it: a network on three flowers
#
# A network with random weights, three examples and three classes. It has learned nothing
# yet, so expect a loss near $\log 3 = 1.0986$: that is the price of guessing among three.

# %%
if __name__ == "__main__":
    rng = np.random.default_rng(1)
    flowers = np.array([[5.1, 3.5, 1.4, 0.2], [7.0, 3.2, 4.7, 1.4], [6.3, 3.3, 6.0, 2.5]])
    network = [0.3 * rng.standard_normal((4, 5)), 0.3 * rng.standard_normal((5, 3))]
    probabilities = softmax(forward(flowers, network, "sigmoid"))
    species = one_hot(np.array([0, 1, 2]), 3)
    print(probabilities.round(3))
    print(f"The loss is {categorical_cross_entropy(species, probabilities):.4f}.")

# %% [markdown]
# ## Explore
#
# These are for you. They earn no points, and they get harder.
#
# 1. Compute the softmax of $(3, 1.5, 6)$, of $(1003, 1001.5, 1006)$ and of $(30, 15, 60)$.
#    (Each is a table with one row.) Which two agree, and why? What has happened to the
#    third?
# 2. Time your `matmul` on two matrices of the shape (100, 100), and `A @ B` beside it. How
#    many times faster is NumPy? Then double the size: by which factor does each of them
#    get slower?
# 3. Find targets and predictions with an `mbe` of 0 and an `mae` of 10. Can it be the
#    other way round, an `mae` of 0 and an `mbe` of 10?
# 4. Among five targets, one is wrong by a typing error: 1,000 in place of 10. Which
#    *constant* prediction makes the `mse` smallest, and which the `mae`? Try it out first,
#    then explain it.
# 5. Check your `sigmoid_derivative` without any formula: compare it with
#    $\big(\sigma(x + h) - \sigma(x - h)\big) / 2h$ for $h = 0.001$.
# 6. The network with biases in section 8 is nearly an "exclusive or". Compute its answer
#    for the inputs $(0, 0)$, $(0, 1)$, $(1, 0)$ and $(1, 1)$. What do its two hidden
#    neurons stand for?
# 7. Extend `forward` so that it adds a column of ones to the input of each layer, and
#    takes the biases from the last row of each matrix. Compute exercise 6 with it, all
#    four inputs at once.
# 8. For one row of scores $z$ and a one-hot target $t$, show with pencil and paper that
#    the derivative of the cross-entropy of the softmax is $p - t$. Then check it by
#    nudging a score.

# %% [markdown] points=10
# ## A question to think about
#
# *A person reads and grades this answer; the automatic checks do not.*
#
# Draw three weight matrices at random that fit together, and call `forward` with the
# activation `"linear"`. Find *one* matrix that gives the same answers for all inputs, and
# show with a few inputs that it does. In about ten sentences: why does such a matrix
# always exist? What does that say about a deep network without activations? Now take
# `"relu"`. Find inputs that prove that no single matrix can do it any more, and say which
# step of your argument breaks down.
#
# *Your answer:*

# %% [markdown] tags=["instructor"]
# ### For whoever grades the open question
#
# Look for three ideas. (1) The matrix is the product $W_1 W_2 W_3$, shown to agree on
# inputs of their own; it exists because the matrix product is associative,
# $((X W_1) W_2) W_3 = X (W_1 W_2 W_3)$. (2) So depth alone adds nothing: a deep linear
# network can represent no more than a single layer, and a narrow layer in between even
# less (the rank of the product is at most its width). (3) A counterexample for the ReLU.
# The shortest: for a single matrix, the answer to $-x$ is minus the answer to $x$, but the
# ReLU's answers are never negative, so any $x$ with an answer that is not zero will do. Or
# inputs $x$ and $y$ whose answers do not add up to that of $x + y$. The step that breaks
# is pulling the matrices together: the ReLU stands in between, and $\mathrm{relu}(XW)$ is
# not a matrix product. Two ideas out of three are a good answer.
