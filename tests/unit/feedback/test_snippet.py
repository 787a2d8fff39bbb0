"""A case of a check as a program: it runs, and nothing that a student chose can get into it."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.errors import StackFrame
from autograder.feedback.snippet import snippet
from autograder.sandbox.host.messages import Handle
from autograder.solution.heard import Attribute, Call


def a_call(name: str = "f", *args: object, **more: object) -> Call:
    """A call whose arguments the task calls a, b and c."""
    return Call(name, None, args, {}, ["a", "b", "c"][: len(args)], **more)


VALUES = [
    np.array([[1.5, -2.25e-17], [np.inf, np.nan]]),
    np.array([3, 4], np.int32),
    np.zeros((0, 3)),
    {"W1": np.arange(600.0).reshape(20, 30) / 7, "n": 3, "deep": [(1,), None, "\n#"]},
    (True, 2j, float("-inf"), b"x"),
    np.float64(0.1),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_inputs_come_back_bit_by_bit(value):
    """What the program passes on is what the check passed on."""
    seen: list[object] = []
    text = snippet(["f"], [a_call("f", value, 1)])
    exec(compile(text, "snippet", "exec"), {"f": lambda *args: seen.append(args)})
    np.testing.assert_equal(seen, [(value, 1)])


def test_a_result_that_is_passed_on_is_not_written_out_again():
    """The second call takes it from the first one's answer, and equal inputs have one name."""
    X, cache = np.arange(6.0), {"Z": np.arange(8.0)}
    first, second = a_call("f", X, value=(1.0, cache)), a_call("g", X, cache)
    text = snippet(["f"], [first, second])
    assert "answer = f(a)\n" in text
    assert "answer2 = g(a, answer[1])\n" in text
    assert text.count("np.array(") == 1


def test_objects_have_names():
    """A method is called on the object that the class gave; what nobody knows is left out."""
    made, other = Handle(1, "MLP", False, None), Handle(2, "Model", False, None)
    events = [
        a_call("MLP", 2, value=made),
        Attribute(made, "wi", np.arange(5.0)),
        Call("activate", made, [[1]], {}, ["inputs"], value=[0.5]),
        Call("summary", other, [], {}, []),
    ]
    text = snippet(["f"], events, file="mine.py")
    assert 'MLP = mine["MLP"]' in text
    assert "mlp = MLP(2)\n" in text
    assert "mlp.wi = wi\n" in text
    assert "answer = mlp.activate([1])\n" in text
    assert "summary" not in text


def test_nothing_of_a_student_can_become_code():
    """Names that are none, and lines of output, of errors and of source that end a comment."""
    bad = "x\rimport os\x0c\u2028\nimport os"
    events = [
        a_call("os.system('x')\nf", 1),
        a_call("import", 1),
        a_call("f", bad, value=bad, printed=bad),
        a_call("g", value={bad: bad}, raised=bad, frames=[StackFrame(bad, bad, bad)]),
    ]
    text = snippet([bad], events, file=bad, answer={bad: bad}, expected={bad: 1})
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert not any(line.lstrip().startswith(("import os", "os.")) for line in lines)
    compile(text, "snippet", "exec")


def test_what_differs_stands_beside_what_is_right():
    """Only the parts that differ, as matrices, with the places."""
    mine = {"W": np.array([[1.0, 2.0], [3.0, 4.0]]), "b": np.ones(2)}
    right = {"W": np.array([[1.0, 2.0], [3.0, 5.0]]), "b": np.ones(2)}
    text = snippet(["f"], [a_call("f", value=mine)], answer=mine, expected=right)
    assert "# In W, the check got:\n#   shape (2, 2)\n#   [[1. 2.]\n#    [3. 4.]]" in text
    assert "# They differ in 1 of 4 places: [1, 1]" in text
    assert "In b" not in text


def test_the_line_that_raised_has_a_mark():
    """The lines of the submission that the error went through; the last one is marked."""
    frames = [StackFrame("line 9", "f", "g(x)"), StackFrame("line 4", "g", "return 1 / 0")]
    text = snippet(["f"], [a_call("f", raised="ZeroDivisionError: division", frames=frames)])
    assert "#   line 9, in f: g(x)\n# > line 4, in g: return 1 / 0\n" in text
