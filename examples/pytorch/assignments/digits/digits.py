"""From a tensor to a network.

Write your code where it says "Your code here", in place of the line below it.
Check as often as you like, also while some functions are still missing:

    grade check digits
"""

# %% [markdown]
# # From a tensor to a network
#
# PyTorch computes with *tensors*, and it computes gradients for you. To trust it, first compute
# a gradient by hand and compare. Then you write what every training consists of: a loss, a
# network, a loop that trains it, an evaluation, and the attention that large models are made
# of.
#
# Examples are rows: `x` has the shape $(m, n)$, and the labels the shape $(m,)$.

# %%
import torch
from torch import nn


# %% [markdown]
# ## 1. Probabilities
#
# *Softmax* turns scores into probabilities, each row by itself:
#
# $$p_j = \frac{e^{z_j}}{\sum_k e^{z_k}} .$$
#
# Large scores overflow: $e^{1000}$ is infinite. Subtract each row's largest score first. That
# changes nothing, since it divides out.
#
# *Example.* The row (0, ln 3) becomes (0.25, 0.75).

# %%
def softmax(z: torch.Tensor) -> torch.Tensor:
    """Return the probabilities of each row of z, shape (m, k). Large scores must not overflow.

    Write it with `torch.exp`, and not with PyTorch's own softmax.
    """
    # Your code here
    raise NotImplementedError("Write softmax")


# %% [markdown]
# ## 2. A gradient by hand, and by autograd
#
# A linear model has the scores $z = x W + b$. The cross-entropy is the mean of $-\ln p$ of the
# right class. Its gradient is short: with the matrix $Y$ that has a 1 at each right class,
#
# $$\frac{\partial L}{\partial W} = \frac{1}{m} x^T (p - Y), \qquad
#   \frac{\partial L}{\partial b} = \frac{1}{m} \sum_i (p_i - Y_i) .$$
#
# PyTorch does it without the formula: mark the weights with `requires_grad_()`, compute the
# loss, call `loss.backward()`, and read `W.grad`. Both ways give the same numbers.

# %%
def gradient_by_hand(
    x: torch.Tensor, labels: torch.Tensor, W: torch.Tensor, b: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the gradients of the cross-entropy for W, shape (n, k), and b, shape (k,).

    Use the formulas; `nn.functional.one_hot(labels, k)` makes the matrix Y.
    """
    # Your code here
    raise NotImplementedError("Write gradient_by_hand")


# %%
def gradient_by_autograd(
    x: torch.Tensor, labels: torch.Tensor, W: torch.Tensor, b: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the same two gradients, computed by PyTorch.

    `nn.functional.cross_entropy(scores, labels)` takes scores: it has the softmax in itself.
    """
    # Your code here
    raise NotImplementedError("Write gradient_by_autograd")


# %% [markdown]
# ## 3. A convolutional network
#
# | layer | settings |
# |---|---|
# | convolution | 8 filters of 3 × 3, padding 1, relu |
# | pooling | maximum over 2 × 2 |
# | flatten | |
# | dropout | rate 0.25 |
# | linear | 10 scores, one for each digit |
#
# Images are tensors of the shape (m, 1, 8, 8): the channel comes first. After the pooling an
# image is 8 × 4 × 4 numbers. The last layer has no softmax, since the loss has it.

# %%
def build() -> nn.Module:
    """Return the network of the table."""
    # Your code here
    raise NotImplementedError("Write build")


# %% [markdown]
# ## 4. What is made small, and how
#
# A training needs a *loss*, which says how wrong the scores are, and an *optimizer*, which
# moves the weights. Take the cross-entropy, as the mean over the examples, and stochastic
# gradient descent with the learning rate 0.05 and the momentum 0.9, for all weights of the
# model. PyTorch has both as classes: one in `torch.nn`, the other in `torch.optim`.

# %%
def loss_and_optimizer(model: nn.Module) -> tuple[nn.Module, torch.optim.Optimizer]:
    """Return the loss, to be called with scores and labels, and the optimizer of the model."""
    # Your code here
    raise NotImplementedError("Write loss_and_optimizer")


# %% [markdown]
# ## 5. The loop
#
# Each epoch takes the batches in their order, and for each of them
#
# 1. sets the gradients to zero, since PyTorch adds new ones to old ones,
# 2. computes the scores and the loss,
# 3. calls `backward`, and lets the optimizer make its step.
#
# A network has two states. In training (`model.train()`) dropout drops; outside
# (`model.eval()`) it does not. Set the right one, and forget gradients where nobody needs them.

# %%
def train(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    batches: list[tuple[torch.Tensor, torch.Tensor]],
    epochs: int,
) -> list[float]:
    """Train with the cross-entropy; return the mean loss of each epoch, as numbers.

    batches   pairs of inputs and labels. The mean is over the batches.
    """
    # Your code here
    raise NotImplementedError("Write train")


# %%
def evaluate(model: nn.Module, x: torch.Tensor, labels: torch.Tensor) -> float:
    """Return the share of examples whose largest score is that of the right class.

    The model is in its state for evaluation then, and its gradients are as they were.
    """
    # Your code here
    raise NotImplementedError("Write evaluate")


# %% [markdown]
# ## 6. Attention
#
# Each of $t$ words asks a question $q$, and each has a key $k$ and a value $v$. How well a
# question fits a key is their product, divided by $\sqrt{d}$ so that it does not grow with the
# dimension $d$. A softmax over the *keys* makes weights of it, and the answer is the weighted
# mean of the values:
#
# $$A = \operatorname{softmax}\left(\frac{Q K^T}{\sqrt{d}}\right) V .$$
#
# Who writes a text word by word must not look ahead: word $i$ sees the words 0 to $i$. Set the
# other products to $-\infty$ before the softmax.

# %%
def attention(
    Q: torch.Tensor, K: torch.Tensor, V: torch.Tensor, causal: bool = False
) -> torch.Tensor:
    """Return the answer of each word, shape (t, d); Q, K and V have that shape, too.

    causal   whether a word sees itself and the words before it alone.
    """
    # Your code here
    raise NotImplementedError("Write attention")
