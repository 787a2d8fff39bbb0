"""Whatever the text, what can be read of it is read."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from tests.unit.sandbox.guest.loading.support import notebook, script

NAMES = ["sigmoid", "layer_sizes", "initialise", "forward", "cost", "predict"]
BODIES = '''import numpy as np

def sigmoid(z):
    """The logistic function."""
    return 1 / (1 + np.exp(-z))


def layer_sizes(X, Y):
    n_x = X.shape[0]  # inputs
    n_y = Y.shape[0]
    return (n_x, 4, n_y)


def initialise(n_x, n_h, n_y):
    """Draw small weights.

    Returns a dict.
    """
    W1 = np.random.randn(n_h, n_x) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1))}


def forward(X, parameters):
    A1 = np.tanh(
        np.dot(parameters["W1"], X)
        + parameters["b1"]
    )
    return sigmoid(A1), {'A1': A1}


def cost(A2, Y):
    m = Y.shape[1]
    if m == 0:
        raise ValueError("no examples")
    return -np.sum(Y * np.log(A2)) / m

learning_rate = 1.2

def predict(parameters, X):
    """Predict labels."""
    A2, cache = forward(X, parameters)
    return A2 > 0.5
'''
HOLDER = [
    max(
        (name for name in NAMES if f"def {name}(" in BODIES[: at + 1]),
        key=NAMES.index,
        default="",
    )
    for at in range(len(BODIES))
]


@given(
    position=st.integers(0, len(BODIES) - 1),
    character=st.sampled_from(list("()[]{}:;,.=+'\"#\\ \t@%!?x1\u00a0\u201c$\n\0\x0c")),
)
@example(position=BODIES.index("def layer_sizes"), character="@")
def test_one_bad_character_costs_at_most_the_block_it_is_in(
    position: int, character: str
) -> None:
    """All functions survive but the one at the character, and the one next to it.

    A hash or a backslash may rightly take in the line that begins the next definition, and
    a line pushed to the margin ends the function before it.
    """
    loading = script(BODIES[:position] + character + BODIES[position:])
    touched = HOLDER[position]
    index = NAMES.index(touched) if touched else 0
    spared = [name for name in NAMES if abs(NAMES.index(name) - index) > 1]
    assert set(spared) <= loading.functions
    assert len(loading.functions & set(NAMES)) >= len(NAMES) - 2


@given(st.text(alphabet="def x:=()'\"\n\t %!?@#\\[]{},.1\u00a0\u201c\0", max_size=200))
def test_no_text_brings_the_loader_down(source: str) -> None:
    """Whatever the text, loading returns."""
    notebook(source, "def sound(): return 1")
