"""A small change of a student's own code is named where it makes all answers right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course import course
from autograder.grading.report import grade
from autograder.model import Verdict
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import submission

ROOT = Path(__file__).parents[3]
COURSE = course.load(ROOT)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One sandbox for all tests of this module."""
    with Sandbox(preload=("numpy",)) as box:
        yield box


def with_a_mistake(sandbox: Sandbox, number: int, old: str, new: str, check: str) -> Verdict:
    """The verdict of one check on the reference with one change."""
    assignment = COURSE.assignment(f"assignment{number}")
    text = (ROOT / f"reference/assignment{number}/solution.py").read_text("utf-8")
    assert old in text
    wrong = submission(text.replace(old, new, 1))
    return grade(wrong, assignment, only=[check], sandbox=sandbox).checks[0]


MISTAKES = [
    (
        2,
        "    return float(0.5 * np.sum(errors**2))",
        "    total = 0\n    for e in errors:\n        total = e**2\n    return 0.5 * total",
        "squared_error",
        "forgets what the rounds before",
    ),
    (3, "1 - A1**2)", "1 - A1 ^ 2)", "backward_propagation", "In Python ^ is no power."),
    (3, "Z2 = W2 @ A1", "Z2 = W2 * A1", "forward_propagation", "the matrix product is @"),
    (
        3,
        "backward_propagation(parameters, cache, X, Y)\n        parameters",
        "backward_propagation(X, Y, parameters, cache)\n        parameters",
        "nn_model",
        "the order of the arguments: with `backward_propagation(parameters, cache, X, Y)`",
    ),
    (
        3,
        "    for i in range(num_iterations):\n",
        "    for i in range(num_iterations):\n"
        "        parameters = initialize_parameters(n_x, n_h, n_y)\n",
        "nn_model",
        "begins again in each round. Before the loop, your nn_model passes",
    ),
    (3, "(dZ1, axis=1", "(dZ1, axis=0", "backward_propagation", "With axis=1 in place of"),
    (3, "return A2 > 0.5", "print(A2 > 0.5)", "predict", "`return A2 > 0.5` as its last line"),
    (3, "np.tanh(Z1)", "np.tahn(Z1)", "forward_propagation", "Did you mean tanh?"),
    (3, 'grads["dW1"]', 'grads["W1_d"]', "update_parameters", "the key 'dW1'?"),
    (3, "grads = backw", "grad = backw", "nn_model", "Did you mean grad?"),
    (
        1,
        "outputs = matmul(outputs, W)",
        "outputs = inputs @ W",
        "forward",
        "Each round begins with inputs again",
    ),
    (1, "C = np.zeros((n, m))", "C = np.zeros((n, m), int)", "matmul", ""),
    (
        1,
        "C = np.zeros((n, m))",
        "C = np.zeros((n, m), dtype=int)",
        "matmul",
        "holds whole numbers only",
    ),
    (
        2,
        "return X @ self.weights",
        "return X @ self.weight",
        "perceptron_predict",
        "Did you mean weights?",
    ),
    (
        2,
        "errors = y - self.net_input(X)",
        "errors = y - self.predict(X)",
        "adaline_fit",
        "self.net_input in place of self.predict",
    ),
    (
        2,
        "return X @ self.weights + self.bias",
        "return X @ weights + bias",
        "perceptron_predict",
        "bias and weights belong to the object",
    ),
    (2, "label - self.predict(x)", "label - self.predict(X)", "perceptron_fit", "one of it"),
    (
        2,
        "return float(0.5 * np.sum(errors**2))",
        "return float(1 // 2 * np.sum(errors**2))",
        "squared_error",
        "// rounds down",
    ),
    (
        2,
        "return -X.T @ errors, float(-np.sum(errors))",
        "return float(-np.sum(errors)), -X.T @ errors",
        "squared_error_gradient",
        "the order of what comes back",
    ),
    (3, "A2 = sigmoid(Z2)", "A2 = np.sigmoid(Z2)", "forward_propagation", "mean sigmoid?"),
    (
        1,
        "C = np.zeros((n, m))\n    for i in range(n):\n        for j in range(m):\n"
        "            C[i, j]",
        "C = [[0] * m] * n\n    for i in range(n):\n        for j in range(m):\n"
        "            C[i][j]",
        "matmul",
        "one and the same row",
    ),
    (
        1,
        "return np.maximum(0, x)",
        "x = x.copy()\n    x[x < 0] == 0\n    return x",
        "relu",
        "compares, and changes nothing",
    ),
    (
        2,
        "* (label - self.predict(x))",
        "* label - self.predict(x)",
        "perceptron_fit",
        "go before",
    ),
    (4, "self.activate(inputs)\n", "activate(inputs)\n", "mlp_train", "with self.activate in"),
    (4, "(targets, N, M)\n", "(targets, M, N)\n", "mlp_train", "the order of the arguments"),
    (
        4,
        "            sums.append(total)\n        return sums",
        "            sums.append(total)\n            return sums",
        "mlp_train",
        "stands inside of the loop",
    ),
    (
        4,
        'raise ValueError(f"Expected {self.ni} inputs, but got {len(inputs)}.")\n        self',
        'return ValueError(f"Expected {self.ni} inputs, but got {len(inputs)}.")\n        self',
        "mlp_wrong_length",
        "The ValueError is returned",
    ),
]


@pytest.mark.parametrize(("number", "old", "new", "check", "said"), MISTAKES)
def test_what_was_tried_and_works_is_said(
    sandbox: Sandbox, number: int, old: str, new: str, check: str, said: str
) -> None:
    """The change is named, and no other cause; without one that works, none is named."""
    found = with_a_mistake(sandbox, number, old, new, check)
    assert found.points < found.possible
    if said:
        assert said in (found.diagnosis.sentence if found.diagnosis else found.hint)
    else:
        assert "passes this check" not in found.hint


def test_a_change_is_gone_with_its_trial(sandbox: Sandbox) -> None:
    """What a change made right for one check is wrong again in the next."""
    assignment = COURSE.assignment("assignment3")
    text = (ROOT / "reference/assignment3/solution.py").read_text("utf-8")
    wrong = submission(text.replace("1 - A1**2)", "1 - A1 ^ 2)", 1))
    only = ["backward_propagation", "gradients_follow_the_cost"]
    report = grade(wrong, assignment, only=only, sandbox=sandbox)
    assert [found.points for found in report.checks] == [0, 0]


def test_a_known_mistake_keeps_its_name(sandbox: Sandbox) -> None:
    """A class counts it by that name; its sentence is the change that was tried."""
    found = with_a_mistake(sandbox, 1, "    return total", "        return total", "dot")
    assert found.diagnosis is not None
    assert found.diagnosis.id == "dot__return_inside_the_loop"
    assert "Below the loop, your dot passes" in found.diagnosis.sentence


def test_another_mistake_with_the_same_answers_is_not_named(sandbox: Sandbox) -> None:
    """What begins again in each round ends as if the loop had stopped after the first."""
    loop = "    for i in range(num_iterations):\n"
    again = f"{loop}        parameters = initialize_parameters(n_x, n_h, n_y)\n"
    found = with_a_mistake(sandbox, 3, loop, again, "nn_model")
    assert found.diagnosis is None
    assert "begins again in each round" in found.hint
