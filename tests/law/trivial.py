"""Files without a formula earn next to nothing, in every assignment."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from autograder.answers.choice import forget
from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.model import Cell, Report, Submission
from autograder.sandbox.host.sandbox import Sandbox
from tests.law.figures import Figure

BAR = 2.0  # of 100 points
SEED = 11  # no public one
TEMPLATES = Path(__file__).parent / "files"

# What every function and method returns, whatever it is called with.
EXPRESSIONS = (
    *("None", "0", "1", "-1", "2", "0.5", "True", "False", "''", "'answer'", "b'answer'"),
    *("[]", "[0]", "[0, 0]", "(0,)", "(0, 0)", "(1, 2, 3)", "{}", "{'answer': 0}", "set()"),
    *("np.zeros(3)", "np.ones((2, 3))", "np.zeros((1, 1))", "np.eye(4)", "np.empty(0)"),
    *("np.nan", "np.inf", "np.array(['a', 'b'])", "np.arange(10)", "1e300"),
    *("(np.zeros((1, 4)), {})", "({}, {})", "[(np.zeros((2, 2)), np.zeros(2))] * 3"),
    "dict.fromkeys(['W1', 'b1', 'W2', 'b2', 'dW1', 'db1', 'dW2', 'db2'], 0.0)",
    *("a[0]", "a[-1]", "a[1 % len(a)]", "a", "list(a)", "a[0], a[-1]", "(a[0], {})"),
    *("a[0], a[0], a[0]", "{'answer': a[0]}", "[a[0]]", "a[0][0]", "a[0].T", "a[0][:1]"),
    *("len(a)", "len(a[0])", "np.shape(a[0])", "np.size(a[0])", "np.asarray(a[0]).ravel()"),
    *(
        "np.zeros_like(a[0])",
        "np.ones_like(a[0])",
        "np.full_like(a[0], 0.5)",
        "-np.ones_like(a[0])",
    ),
    *("np.zeros_like(a[-1])", "np.ones_like(a[-1])", "np.random.rand(*np.shape(a[0]))"),
    *(
        "np.mean(a[0])",
        "np.sum(a[0])",
        "np.max(a[0])",
        "np.mean(a[-1])",
        "float(np.mean(a[0]))",
    ),
    *("np.random.rand()", "object()", "np", "len", "lambda *b: 0", "Exception('x')", "a[9]"),
    *("iter(())", "(x for x in a)", "type(a[0])()", "str(a[0])", "hash(str(a))", "id(a)"),
)
STATEMENTS = (
    "raise ValueError",
    "raise ValueError('no')",
    "raise TypeError('no')",
    "raise NotImplementedError('Write it')",
    "raise StopIteration",
    "raise KeyError('W1')",
    "print('done')",
    "yield 0",
    "import sys; sys.exit(0)",
    "raise KeyboardInterrupt",
)

# What `V(rows, columns)` gives, for templates that know every name and every shape.
FILLS = (
    "np.zeros(shape)",
    "np.ones(shape)",
    "-np.ones(shape)",
    "np.full(shape, 0.5)",
    "np.full(shape, 5.0)",
    "np.full(shape, 1e3)",
    "np.full(shape, np.nan) if shape else np.zeros(())",
    "np.random.rand(*shape) if shape else np.random.rand()",
    "np.arange(np.prod(shape, dtype=int)).reshape(shape)",
    "np.resize([1.0, -1.0], shape)",
    "np.resize([0.0, 0.0, 1.0], shape)",
    "np.eye(*shape) if len(shape) == 2 else np.ones(shape)",
)

# Parts that hand on what they got, so that others may be answered in their place.
PASSING = {
    "assignment3": """
def forward_propagation(X, p):
    return p, {}

def compute_cost(A2, Y, parameters={}):
    return float(sum(np.sum(value) for value in A2.values()))

def backward_propagation(parameters, cache, X, Y):
    return {"d" + name: np.ones_like(value) for name, value in parameters.items()}

def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    p = initialize_parameters()
    try:
        while True:
            p = update_parameters(p)
    except NameError:
        return p

def initialize_parameters(*a):
    return {}

def update_parameters(p, *a):
    return p

def predict(parameters, X):
    return forward_propagation(X)[0] > 0.5
---
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    p = initialize_parameters(X.shape[0], n_h, 1)
    for _ in range(num_iterations):
        p = update_parameters(p, {})
    return p

def initialize_parameters(*a):
    return {}

def update_parameters(p, grads, *a):
    return p

def forward_propagation(X, p):
    return X, p

def predict(parameters, X):
    return forward_propagation(X, None)[0] > 0.5
---
def nn_model(*a):
    p = initialize_parameters()
    for _ in range(9):
        try:
            p = update_parameters()
        except Exception:
            pass
    return p

def initialize_parameters(*a):
    return a

def update_parameters(*a):
    return a

def predict(*a):
    return forward_propagation()[0]

def forward_propagation(*a):
    return a
---
def compute_cost(A2, Y, parameters):
    return sum(float(np.sum(value**2)) / 2 for value in parameters.values())

def forward_propagation(X, parameters):
    return X, {"A2": X}

def backward_propagation(parameters, cache, X, Y):
    return {"d" + name: value for name, value in parameters.items()}
---
def compute_cost(A2, Y, parameters):
    return float(np.sum(parameters["W1"]))

def forward_propagation(X, parameters):
    return X, {}

def backward_propagation(parameters, cache, X, Y):
    return {"dW1": np.ones_like(parameters["W1"])}
---
def predict(parameters, X):
    return forward_propagation(X, parameters)

def forward_propagation(X, parameters):
    return parameters

def nn_model(X, Y, n_h, num_iterations=10000):
    return update_parameters(initialize_parameters(X.shape[0], n_h, 1), None)

def initialize_parameters(*a):
    return {"W1": a, "b1": a, "W2": a, "b2": a}

def update_parameters(*a):
    return a[0]
""",
    "assignment1": """
def sigmoid(x):
    return x

def relu(x):
    return x

def matmul(A, B):
    return A

def forward(inputs, weights, activation):
    return matmul(inputs, weights[0])

def mse(t, p):
    return sse()

def sse(*a):
    return a

def softmax_of_extreme_scores(x):
    return x
---
def matmul(*a):
    return a

def forward(inputs, weights, activation):
    for W in weights:
        inputs = matmul(inputs)
    return inputs

def sse(*a):
    return a

def mse(*a):
    return sse()

def mae(*a):
    return mbe()

def mbe(*a):
    return a
""",
    "assignment2": """
class Perceptron:
    def __init__(self, *a):
        self.weights, self.bias, self.errors = 0, 0, [2, 2, 3, 2, 1, 0, 0, 0, 0, 0]

    def fit(self, X, y):
        self.y = y
        return self

    def net_input(self, X):
        return X

    def predict(self, X):
        return self.y if hasattr(self, "y") else np.ones(len(X))
---
def squared_error(X, y, w, b):
    return float(np.sum(w)) + b

def squared_error_gradient(X, y, w, b):
    return np.ones_like(w), 1.0

def minibatches(X, y, batch_size, rng):
    return [(X, y)]

def momentum_step(w, m, gradient, learning_rate, rho=0.9):
    return w, m
---
def minibatches(X, y, batch_size, rng):
    return [(X[:batch_size], y[:batch_size]), (X[batch_size:], y[batch_size:])]

def gradient_descent(gradient, start, learning_rate, steps):
    return start

def sgd_step(w, gradient, learning_rate):
    return gradient

def squared_error(X, y, w, b):
    return float(np.sum(w**2) + b**2) / 2

def squared_error_gradient(X, y, w, b):
    return w, b
""",
    "assignment4": """
class MLP:
    def __init__(self, ni, nh, no):
        self.ni, self.no = ni, no

    def activate(self, inputs):
        return np.full(self.no, np.mean(inputs))

    def backPropagate(self, targets, N, M):
        self.wi = self.wi + 1
        return 1.0

    def train(self, patterns, iterations, N=0.5, M=0.1):
        self.wi = self.wi + 1
        return [float(len(patterns))] * iterations

    def test(self, patterns):
        self.predict = np.zeros((len(patterns), self.no))
        return self.predict
---
class MLP:
    def __init__(self, ni, nh, no):
        self.wi, self.wo = np.zeros((ni + 1, nh)), np.zeros((nh, no))
        self.ci, self.co = self.wi, self.wo

    def activate(self, inputs):
        raise ValueError

    def backPropagate(self, targets, N, M):
        return 0.0

    def train(self, patterns, iterations, N=0.5, M=0.1):
        return [0.0] * iterations

    def test(self, patterns):
        return patterns

def batch_changes(X, T, wi, wo):
    return float(np.sum(wi)), -np.ones_like(wi), np.zeros_like(wo)
""",
}


def trivial(assignment: Assignment) -> Iterator[tuple[str, Submission]]:
    """Every trivial file of an assignment: what its functions do, and the file."""
    assert assignment.reference is not None
    source = (assignment.reference / "solution.py").read_text("utf-8")
    stub = assignment.stub.read_text("utf-8")
    for expression in EXPRESSIONS:
        yield expression, _file(_everywhere(source, stub, f"return {expression}"))
    for statement in STATEMENTS:
        yield statement, _file(_everywhere(source, stub, statement))
    template = (TEMPLATES / f"trivial_{assignment.name}.py").read_text("utf-8")
    for fill in FILLS:
        filled = f"def V(*shape):\n    return {fill}\n\n\n{template}"
        yield f"right shapes, {fill}", _file(filled)
    for number, text in enumerate(PASSING.get(assignment.name, "").split("---"), 1):
        if text.strip():
            yield f"parts that hand on, {number}", _file(f"{stub}\n\n{text}")


def _everywhere(source: str, stub: str, body: str) -> str:
    """The stub, with this body for every function that students write."""
    lines = [stub]
    given = {
        node.name
        for node in ast.parse(stub).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and "NotImplementedError" not in ast.unparse(node)
    }
    for node in ast.parse(source).body:
        if getattr(node, "name", "") in given:
            continue
        if isinstance(node, ast.FunctionDef):
            lines.append(f"def {node.name}(*a, **k):\n    {body}\n")
        elif isinstance(node, ast.ClassDef):
            lines.append(
                f"class {node.name}:\n    def __init__(self, *a, **k):\n        pass\n"
            )
            names = [one.name for one in node.body if isinstance(one, ast.FunctionDef)]
            for name in (n for n in names if n != "__init__"):
                lines.append(f"    def {name}(self, *a, **k):\n        {body}\n")
    return "\n".join(lines)


def _file(text: str) -> Submission:
    return Submission(
        name="trivial.py", cells=(Cell(f"import numpy as np\n\n{text}"),), digest=""
    )


def paid(report: Report) -> str:
    """The checks that pay, and how much."""
    earned = [(verdict.points, verdict.id) for verdict in report.checks if verdict.points > 0]
    return ", ".join(f"{name} {points:g}" for points, name in sorted(earned, reverse=True))


def figures(full: bool) -> Iterator[Figure]:
    """What trivial files earn, assignment by assignment; the short form takes every sixth."""
    for name, assignment in course.load(Path(__file__).parents[2]).assignments.items():
        if assignment.missing or (not full and "keras" in assignment.settings.preload):
            continue
        files = list(trivial(assignment))
        if not full:
            files = files[::6]
        settings = assignment.settings
        earned: list[tuple[float, str, str]] = []
        with Sandbox(limits=settings.limits, preload=settings.preload, ahead=True) as sandbox:
            for said, file in files:
                report = grade(file, assignment, seed=SEED, sandbox=sandbox, explain=False)
                points = (
                    float("inf") if report.ungraded else 100 * report.points / report.possible
                )
                earned.append((points, said, paid(report)))
        forget()
        worst = sorted(earned, reverse=True)
        above = [f"{points:g} for {said} ({by})" for points, said, by in worst if points > BAR]
        yield Figure(
            f"{name}: {len(files)} trivial files",
            "; ".join([f"at most {worst[0][0]:g} of 100", *above]),
            f"at most {BAR:g}",
            not above,
        )
