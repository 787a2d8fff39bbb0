"""A course with PyTorch: tensors are data, modules are networks, and training has a seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec
import pytest

from autograder.course.course import Assignment
from autograder.grading.grader import Grader
from autograder.model import Limits, Status
from tests.support import make_course, submission

pytest.importorskip("torch", reason="PyTorch is not installed (pip install '.[pytorch]')")

SOLUTION = '''
import torch
from torch import nn


def softmax(x):
    """Softmax over the last axis."""
    powers = torch.exp(x - x.max(dim=-1, keepdim=True).values)
    return powers / powers.sum(dim=-1, keepdim=True)


def slope(a):
    """The slope of a**3 at a."""
    w = torch.tensor(a, requires_grad=True)
    (w**3).backward()
    return w.grad


def build():
    """A small classifier."""
    return nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 3))


def train(model, x, y, epochs):
    """Full batches of gradient descent; the losses come back."""
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
'''
MISCONCEPTIONS = """
from autograder.authoring import mistake

mistake("softmax", "over_the_batch", {".sum(dim=-1": ".sum(dim=0"}, "Add up each row: dim=-1.")
mistake(
    "train",
    "gradients_add_up",
    {"        optimizer.zero_grad()\\n": ""},
    "Gradients add up from step to step. Set them to zero before each: optimizer.zero_grad().",
)
"""
CHECKS = '''
import numpy as np
from autograder.authoring import check, library, network

@check(points=10)
def softmax(solution, given, rng):
    """Scores become probabilities"""
    torch = library(solution, "torch")
    return solution.softmax(torch.from_numpy(rng.normal(size=(4, 3))))

@check(points=10)
def slope(solution, given, rng):
    """The slope comes by autograd"""
    return solution.slope(float(rng.normal()))

@check(points=20, cases=1)
def build(solution, given, rng):
    """Two layers with a relu between"""
    return network(solution.build(), (6,), rng)

@check(points=20, of="train", cases=2)
def train(solution, given, rng):
    """The weights move as the loss says"""
    torch = library(solution, "torch")
    model = torch.nn.Linear(6, 3)
    x = torch.from_numpy(rng.normal(size=(12, 6)).astype("float32"))
    y = torch.from_numpy(rng.integers(0, 3, 12))
    losses = solution.train(model, x, y, 4)
    return {"losses": losses, "weights": np.asarray(model.weight)}
'''
LIMITS = Limits(seconds=10, load_seconds=40, total_seconds=90, megabytes=1024)


@pytest.fixture(scope="module")
def assignment(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    """The course of this module."""
    made = make_course(
        tmp_path_factory.mktemp("course"),
        solution=SOLUTION,
        misconceptions=MISCONCEPTIONS,
        checks=CHECKS,
    )
    settings = msgspec.structs.replace(made.settings, preload=("numpy", "torch"), limits=LIMITS)
    return replace(made, settings=settings)


@pytest.fixture(scope="module")
def grader(assignment: Assignment) -> Iterator[Grader]:
    """One grader for all tests of this module."""
    with Grader(assignment) as one:
        yield one


def test_the_reference_earns_everything(grader: Grader) -> None:
    """Its tensors, its module and its draws are those of the key, twice."""
    for _ in range(2):
        report = grader.grade(submission(SOLUTION))
        assert [
            (v.id, v.status, v.message) for v in report.checks if v.points < v.possible
        ] == []


def test_other_right_ways_earn_everything(grader: Grader) -> None:
    """PyTorch's own softmax, a result that needs its gradient, an array, a class of its own."""
    text = SOLUTION.replace(
        "    powers = torch.exp(x - x.max(dim=-1, keepdim=True).values)\n"
        "    return powers / powers.sum(dim=-1, keepdim=True)\n",
        "    return torch.softmax(x.clone().requires_grad_(True), 1)\n",
    )
    text = text.replace("return w.grad\n", "return w.grad.numpy()\n").replace(
        "    return nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 3))\n",
        "    class Net(nn.Module):\n"
        "        def __init__(self):\n"
        "            super().__init__()\n"
        "            self.first, self.second = nn.Linear(6, 8), nn.Linear(8, 3)\n"
        "        def forward(self, x):\n"
        "            return self.second(torch.relu(self.first(x)))\n"
        "    return Net()\n",
    )
    report = grader.grade(submission(text))
    assert [(v.id, v.status, v.message) for v in report.checks if v.points < v.possible] == []


def test_a_module_that_cannot_be_traced_is_proved_by_its_answers(grader: Grader) -> None:
    """An `if` on numbers stops the tracing, and not the proof."""
    text = SOLUTION.replace(
        "    return nn.Sequential(nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 3))\n",
        "    class Net(nn.Module):\n"
        "        def __init__(self):\n"
        "            super().__init__()\n"
        "            self.first, self.second = nn.Linear(6, 8), nn.Linear(8, 3)\n"
        "        def forward(self, x):\n"
        "            h = self.first(x)\n"
        "            return self.second(h.clamp(min=0) if h.sum() < 1e9 else h)\n"
        "    return Net()\n",
    )
    found = {v.id: v for v in grader.grade(submission(text), only=["build"]).checks}
    assert found["build"].status is Status.PASSED, found["build"].message


def test_typical_mistakes_are_named(grader: Grader) -> None:
    """Each costs its own points, and is called by its name."""
    text = SOLUTION.replace("dim=-1, keepdim=True)\n", "dim=0, keepdim=True)\n")
    text = text.replace("        optimizer.zero_grad()\n", "")
    text = text.replace("nn.Linear(6, 8), nn.ReLU(), ", "nn.Linear(6, 8), ")
    found = {v.id: v for v in grader.grade(submission(text)).checks}
    assert found["softmax"].diagnosis is not None
    assert found["softmax"].diagnosis.id == "softmax__over_the_batch"
    assert found["train"].diagnosis is not None
    assert found["train"].diagnosis.id == "train__gradients_add_up"
    assert "has no activation; relu is needed" in found["build"].message
    assert found["slope"].status is Status.PASSED


def test_a_tensor_that_lies_is_the_students_failure(grader: Grader) -> None:
    """A class that calls itself a tensor gives what it gives, and is never our fault."""
    text = SOLUTION + (
        "\n\nclass Tensor:\n    __module__ = 'torch'\n"
        "    def detach(self):\n        return self\n"
        "    cpu = detach\n"
        "    def numpy(self):\n        return [self, 'a' * 100]\n"
        "\n\ndef softmax(x):\n    return Tensor()\n"
        "\n\ndef slope(a):\n    return torch.zeros(2, 2, 2).to_sparse()\n"
    )
    found = {v.id: v for v in grader.grade(submission(text)).checks}
    assert found["softmax"].points == found["slope"].points == 0
    assert not {found["softmax"].status, found["slope"].status} & {
        Status.GRADER_FAULT,
        Status.SKIPPED,
    }
