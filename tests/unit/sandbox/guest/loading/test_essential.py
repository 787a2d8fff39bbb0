"""What stays of a file that took too long: what the functions need, and what is quick."""

from __future__ import annotations

import pytest

from autograder.sandbox.guest.loading import load

FUNCTIONS = "def f(): return scale\ndef train(x=1): return [x]\n"


def left_out(line: str) -> bool:
    """Whether the line, beside the functions, is left out; each left-out line is noted."""
    result = load([("", FUNCTIONS + line)], {}, skip=set(), essential=True, at=lambda *_: None)
    kinds = [problem["kind"] for problem in result.problems]
    assert set(kinds) <= {"inessential"}
    return bool(kinds)


@pytest.mark.parametrize(
    "line",
    [
        "train()",
        "costs = train()",
        "for i in range(3): train()",
        "while False: pass",
        "costs = [train() for i in range(3)]",
        "if True: print(1)",
        "print(train())",
        "costs = train(train)",
    ],
)
def test_what_no_function_needs_is_left_out(line: str) -> None:
    """Trainings and what is printed of them."""
    assert left_out(line)


@pytest.mark.parametrize(
    "line",
    [
        "scale = int('3')",
        "other = int('3')\nscale = other + int('1')",
        "scale = {}\nscale['x'] = int('1')",
        "rate = 0.1",
        "names = ['a', 'b'] + [1]",
        "import numpy as np\nnp.random.seed(1)",
        "import numpy as np\nnp.seterr(all='ignore')",
        "import numpy as np\nsigmoid = np.vectorize(f)",
        "import numpy as np\nsigmoid = np.vectorize(lambda z: z)",
        "sigmoid = lambda z: train(z)",
        "sigmoid = f",
        "import os\nos.environ['KERAS_BACKEND'] = 'torch'",
        "if True:\n    def g(): pass",
        "try:\n    h()\nexcept NameError:\n    def h(): pass",
        "'a text'",
        "pass",
    ],
)
def test_what_decides_what_functions_do_stays(line: str) -> None:
    """Their globals, settings, functions made of functions, and what is quick."""
    assert not left_out(line)
