"""The figures that the texts of assignment 4 state, computed with its reference.

Some are about the points of the course notes, `intro_to_ann.csv`, which is not part of the
repository. Name a folder that holds it in the environment variable GRADE_DATA.
"""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.answers.reference import Reference

REFERENCE = Path(__file__).resolve().parents[2] / "reference" / "assignment4"


@pytest.fixture(scope="module")
def reference() -> Reference:
    return Reference(REFERENCE)


@pytest.fixture(scope="module")
def solution(reference: Reference) -> Any:
    return reference.original


@pytest.fixture(scope="module")
def points() -> tuple[Any, Any]:
    """The 500 points X (500, 2) and their targets T (500, 1)."""
    folder = os.environ.get("GRADE_DATA", "")
    path = Path(folder) / "intro_to_ann.csv"
    if not folder or not path.is_file():
        pytest.skip("GRADE_DATA names no folder that holds intro_to_ann.csv")
    with path.open(newline=None) as file:  # its lines end as on an old Macintosh
        rows = np.array([line.split(",") for line in file.read().splitlines()[1:]], dtype=float)
    return rows[:, :2], rows[:, 2:]


def trained(kind: Any, points: Any, hidden: int, iterations: int, seed: int = 123) -> Any:
    """A network that has learned the points, and its summed errors."""
    random.seed(seed)
    net = kind(2, hidden, 1)
    return net, net.train(list(zip(*points, strict=True)), iterations)


def share_right(net: Any, points: Any) -> float:
    """The share of points that are labelled correctly, in 0..1."""
    X, T = points
    return float(np.mean((net.test(X) > 0.5) == (T > 0.5)))


def test_the_points_of_the_notes(points: Any) -> None:
    """Assignment 4, data: 500 points with 2 features, half of them of class 1."""
    X, T = points
    assert X.shape == (500, 2)
    assert np.mean(T) == 0.5


def test_summed_errors_of_one_hidden_node(solution: Any, points: Any) -> None:
    """Assignment 4, figures: seed 123, MLP(2, 1, 1), errors 53.62995 and 47.35136."""
    _, errors = trained(solution.MLP, points, hidden=1, iterations=2)
    assert [round(error, 5) for error in errors] == [53.62995, 47.35136]


def test_first_answers_of_one_hidden_node(solution: Any, points: Any) -> None:
    """Assignment 4, figures: answers .491100 .495469 .097362 .400006 .489664, least .076553."""
    net, _ = trained(solution.MLP, points, hidden=1, iterations=2)
    answers = net.test(points[0])
    first = [0.491100, 0.495469, 0.097362, 0.400006, 0.489664]
    assert np.round(answers[:5, 0], 6).tolist() == first
    assert round(float(answers.min()), 6) == 0.076553


@pytest.mark.parametrize(
    ("mistake", "error"), [("MLP__velocity", 53.98116), ("MLP__no_momentum", 54.46306)]
)
def test_first_error_of_other_momentum(
    reference: Reference, points: Any, mistake: str, error: float
) -> None:
    """Assignment 4, figures: a velocity gives 53.98116, no momentum 54.46306."""
    kind = reference.misled(mistake).MLP
    _, errors = trained(kind, points, hidden=1, iterations=1)
    assert round(errors[0], 5) == error


def test_one_hidden_node_labels_half_of_the_points(solution: Any, points: Any) -> None:
    """Assignment 4, 1 against 10 hidden nodes: 50.0 % with one, 86 % with ten."""
    one, _ = trained(solution.MLP, points, hidden=1, iterations=2)
    ten, _ = trained(solution.MLP, points, hidden=10, iterations=2)
    assert share_right(one, points) == 0.5
    assert round(100 * share_right(ten, points)) == 86


@pytest.mark.parametrize(("seed", "share"), [(123, 0.968), (2, 0.866)])
def test_a_hundred_iterations(solution: Any, points: Any, seed: int, share: float) -> None:
    """Assignment 4, more epochs: 86.6 to 96.8 % after 100, depending on the seed."""
    net, _ = trained(solution.MLP, points, hidden=10, iterations=100, seed=seed)
    assert share_right(net, points) == pytest.approx(share)


@pytest.fixture
def example(solution: Any) -> Any:
    """The network of the worked example."""
    net = solution.MLP(2, 2, 1)
    net.wi = np.array([[0.5, -1.0], [1.0, 0.5], [-0.5, 0.0]])
    net.wo = np.array([[1.0], [-2.0]])
    return net


def test_the_worked_example_forward(solution: Any, example: Any) -> None:
    """Assignment 4, worked example: ah (0.5, 0.2689), answer 0.4905; (0, 2) gives 0.3442."""
    assert np.round(example.activate([1, 0]), 4).tolist() == [0.4905]
    assert np.round(example.ah, 4).tolist() == [0.5, 0.2689]
    X = np.array([[1.0, 0.0], [0.0, 2.0]])
    _, answers = solution.activate_batch(X, example.wi, example.wo)
    assert np.round(answers.ravel(), 4).tolist() == [0.4905, 0.3442]


def test_the_worked_example_backward(example: Any) -> None:
    """Assignment 4, worked example: error 0.1298, both changes, wo (1.0318, -1.9829)."""
    example.activate([1, 0])
    assert round(example.backPropagate([1], 0.5, 0.0), 4) == 0.1298
    assert np.round(example.co.ravel(), 4).tolist() == [0.0637, 0.0342]
    wanted = [[0.0318, -0.0501], [0, 0], [0.0318, -0.0501]]
    assert np.round(example.ci, 4).tolist() == wanted
    assert np.round(example.wo.ravel(), 4).tolist() == [1.0318, -1.9829]


def test_the_worked_example_with_momentum(example: Any) -> None:
    """Assignment 4, worked example: a second time with M = 0.1, wo (1.0698, -1.9633)."""
    for momentum in (0.0, 0.1):
        example.activate([1, 0])
        example.backPropagate([1], 0.5, momentum)
    assert np.round(example.wo.ravel(), 4).tolist() == [1.0698, -1.9633]


def test_a_wrong_number_of_inputs_is_refused(example: Any) -> None:
    """Assignment 4, activate: a ValueError says how many came and how many are needed."""
    with pytest.raises(ValueError, match=r"Expected 2 inputs, but got 3\."):
        example.activate([1, 0, 1])


def test_the_batch_agrees_with_the_loop(solution: Any) -> None:
    """Assignment 4, batch version: error, changes and answers are those of the loop."""
    random.seed(123)
    X, T = solution.draw_moons(60)
    net = solution.MLP(2, 10, 1)
    error, change_i, change_o = solution.batch_changes(X, T, net.wi, net.wo)
    sums = [0.0, np.zeros_like(net.wi), np.zeros_like(net.wo)]
    for inputs, targets in zip(X, T, strict=True):
        net.activate(inputs)
        sums[0] += net.backPropagate(targets, 0, 0)
        sums[1] += net.ci
        sums[2] += net.co
    np.testing.assert_allclose(error, sums[0], rtol=1e-12)
    np.testing.assert_allclose(change_i, sums[1], rtol=1e-10)
    np.testing.assert_allclose(change_o, sums[2], rtol=1e-10)
    _, answers = solution.activate_batch(X, net.wi, net.wo)
    np.testing.assert_allclose(answers, net.test(X), rtol=1e-12)


def test_batches_of_one_example_are_the_loop(solution: Any) -> None:
    """Assignment 4, batch version: with a single pattern, train_batch is train."""
    random.seed(123)
    X, T = solution.draw_moons(1)
    net = solution.MLP(2, 3, 1)
    wi, wo, errors = solution.train_batch(X, T, net.wi, net.wo, 7, 0.5, 0.1)
    assert net.train(list(zip(X, T, strict=True)), 7) == pytest.approx(errors, rel=1e-12)
    np.testing.assert_allclose(net.wi, wi, rtol=1e-12)
    np.testing.assert_allclose(net.wo, wo, rtol=1e-12)
