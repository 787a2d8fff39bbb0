# The stub, with its first method written.
# %%
import random
from collections.abc import Sequence

import numpy as np

Array = np.ndarray
Pattern = tuple[Sequence[float], Sequence[float]]  # the inputs of an example, and its targets


# %%
def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + exp(-x)), element by element."""
    return 1 / (1 + np.exp(-x))


def sigmoid_slope(y: Array) -> Array:
    """Return the slope of the sigmoid where its value is y: y * (1 - y)."""
    return y * (1 - y)


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
        self.wi = np.random.uniform(-0.2, 0.2, (ni + 1, nh))
        self.wo = np.random.uniform(-2, 2, (nh, no))
        self.ci, self.co = np.zeros((ni + 1, nh)), np.zeros((nh, no))

    def activate(self, inputs: Sequence[float]) -> Array:
        """Return the network's answers, shape (no,), and keep ai, ah and ao.

        inputs   the ni inputs of one example.

        Raises ValueError when there are not ni of them.

        Hint: `np.append(inputs, 1.0)` puts the bias node behind the inputs.
        """
        # Your code here
        raise NotImplementedError("Write MLP.activate")

    def backPropagate(self, targets: Sequence[float], N: float, M: float) -> float:
        """Change wi and wo after one example; return its error, half the sum of squares.

        targets   the no targets of the example that was activated last.
        N         the learning rate.
        M         the momentum: which part of the last changes, ci and co, is repeated.

        Afterwards ci and co hold the plain changes of this example, without N and M.

        Hint: ai, ah and ao still are what `activate` has left. Both deltas come first.
        """
        # Your code here
        raise NotImplementedError("Write MLP.backPropagate")

    def train(
        self, patterns: Sequence[Pattern], iterations: int, N: float = 0.5, M: float = 0.1
    ) -> list[float]:
        """Learn from all patterns, `iterations` times; return the summed error of each time.

        patterns     pairs (inputs, targets), of ni and no numbers.
        iterations   how often to go through them, in their order.
        N, M         the learning rate and the momentum.

        Hint: two loops, one inside the other, around `activate` and `backPropagate`.
        """
        # Your code here
        raise NotImplementedError("Write MLP.train")

    def test(self, patterns: Sequence[Sequence[float]]) -> Array:
        """Return the answers to a list of inputs, shape (m, no), and keep them as `predict`.

        patterns   the inputs of m examples, without targets.
        """
        # Your code here
        raise NotImplementedError("Write MLP.test")


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


# %%
def activate_batch(X: Array, wi: Array, wo: Array) -> tuple[Array, Array]:
    """Return the activations of the hidden and of the output nodes, (m, nh) and (m, no).

    X        inputs, shape (m, ni): one row for each example, without the bias node.
    wi, wo   weights, shapes (ni + 1, nh) and (nh, no).

    Hint: `np.column_stack([X, np.ones(len(X))])` puts the bias node behind the inputs.
    """
    # Your code here
    raise NotImplementedError("Write activate_batch")


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
    # Your code here
    raise NotImplementedError("Write batch_changes")


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
    # Your code here
    raise NotImplementedError("Write train_batch")


# %%
if __name__ == "__main__":
    random.seed(123)
    net = MLP(2, 10, 1)
    wi, wo, errors = train_batch(X, T, net.wi, net.wo, iterations=2000)
    right = np.mean((activate_batch(X_new, wi, wo)[1] > 0.5) == (T_new > 0.5))
    print(f"In 2000 batches the summed error falls from {errors[0]:.1f} to", end=" ")
    print(f"{errors[-1]:.1f}; {100 * right:.1f} % of new points are labelled correctly.")

