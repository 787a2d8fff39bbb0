"""Checks for digits: gradients by hand and by autograd, a network, its training, attention."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.authoring import Solution, check, library, network, set_state, state, training


def tensor(solution: Solution, numbers: np.ndarray) -> Any:
    """The numbers as a tensor where the solution runs: whole ones, or floats."""
    is_whole = numbers.dtype.kind == "i"
    return library(solution, "torch").from_numpy(
        numbers if is_whole else numbers.astype(np.float32)
    )


def linear(solution: Solution, rng: np.random.Generator) -> tuple[Any, Any, Any, Any]:
    """Draw inputs (7, 4), labels, and weights (4, 3) and biases of a linear model."""
    x, W, b = (rng.normal(size=shape) for shape in ((7, 4), (4, 3), (3,)))
    labels = rng.integers(0, 3, 7)
    return tuple(tensor(solution, each) for each in (x, labels, W, b))  # type: ignore[return-value]


@check(points=15, cases=2, hint="Try the row (0, ln 3), and then the row (1000, 1001).")
def softmax(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """Scores become probabilities, row by row"""
    z = rng.normal(size=(4, 3))
    return {
        "ordinary scores": solution.softmax(tensor(solution, z)),
        "large scores": solution.softmax(tensor(solution, 500 * z)),
    }


@check(points=10, cases=2, hint="Print p, Y and their difference for one example.")
def gradient_by_hand(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The gradient follows the formula"""
    dW, db = solution.gradient_by_hand(*linear(solution, rng))
    return {"dW": dW, "db": db}


@check(points=10, cases=2, hint="Compare it with your gradient by hand.")
def gradient_by_autograd(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """PyTorch computes the same gradient"""
    dW, db = solution.gradient_by_autograd(*linear(solution, rng))
    return {"dW": dW, "db": db}


@check(points=15, cases=1, hint="Print the model, and compare it with the table.")
def build(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The network has the layers of the table"""
    return network(solution.build(), (1, 8, 8), rng)


def a_model(solution: Solution, rng: np.random.Generator, dropped: float) -> Any:
    """A linear model after a dropout, in the state that it should not be left in."""
    nn = library(solution, "torch").nn
    model = nn.Sequential(nn.Dropout(dropped), nn.Linear(4, 3))
    set_state(model, {"1.weight": rng.normal(size=(3, 4)), "1.bias": rng.normal(size=3)})
    return model


@check(points=10, cases=1, hint="Print the optimizer: it shows its settings.")
def loss_and_optimizer(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The loss is the cross-entropy, and the optimizer moves all weights"""
    nn = library(solution, "torch").nn
    model = nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 3))
    loss, optimizer = solution.loss_and_optimizer(model)
    return training(model, rng, loss=loss, optimizer=optimizer)


@check(points=15, cases=2, hint="Are the gradients set to zero before each step?")
def train(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The loop moves the weights, and tells the loss of each epoch"""
    torch = library(solution, "torch")
    model = a_model(solution, rng, 0.0)
    model.eval()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.5)
    batches = [
        (tensor(solution, rng.normal(size=(6, 4))), tensor(solution, rng.integers(0, 3, 6)))
        for _ in range(3)
    ]
    losses = solution.train(model, optimizer, batches, 3)
    return {
        "losses": losses,
        "weights": state(model)["1.weight"],
        "in its state for training": model.training,
    }


@check(points=10, cases=2, hint="Call it twice with one model: is it the same number?")
def evaluate(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """The share of right answers is measured without dropout"""
    model = a_model(solution, rng, 0.5)
    model.train()
    x, labels = rng.normal(size=(40, 4)), rng.integers(0, 3, 40)
    share = solution.evaluate(model, tensor(solution, x), tensor(solution, labels))
    return {"the share": share, "in its state for training": model.training}


@check(points=15, cases=2, hint="Print the weights: each row must add up to 1.")
def attention(solution: Solution, given: Solution, rng: np.random.Generator) -> Any:
    """Each word gets the mean of the values, by how well the keys fit"""
    Q, K, V = (tensor(solution, rng.normal(size=(5, 3))) for _ in range(3))
    return {
        "all words": solution.attention(Q, K, V),
        "no word ahead": solution.attention(Q, K, V, True),
    }
