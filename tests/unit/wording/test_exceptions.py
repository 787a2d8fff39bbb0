"""What is said about exceptions that student code raises, with exceptions that are real."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.errors import StackFrame, StudentRaised
from autograder.sandbox.host.messages import Problem
from autograder.wording import comes_from, explain

A, B = np.ones((4, 7)), np.ones((4, 3))


def raised(action: Callable[[], Any], line: str = "") -> tuple[str, str]:
    """What is explained when `action` raises in line 12 of a function `forward`."""
    try:
        action()
    except BaseException as error:
        frames = (StackFrame("line 12", "forward", line or "x = y"),)
        return explain(StudentRaised(type(error).__name__, str(error), frames), "forward")
    raise AssertionError("nothing was raised")


def run(source: str) -> Callable[[], None]:
    """An action that executes `source`."""
    return lambda: exec(source, {"np": np})


def test_a_number_that_is_nowhere_is_to_be_computed() -> None:
    """Of a name that is read as a value: where it is missing, and what to do there."""
    for line in ("return total / m", "cost = f(a, m)", "x = x[:m]"):
        hint = raised(run("m"), line)[1]
        assert hint.startswith("m is no argument of forward and gets no value in it."), line
    for line in ("m(x)", "m.f", "f(m=x)", "m[0]", "a.m"):
        assert "no argument" not in raised(run("m"), line)[1], line


def test_the_product_of_a_matrix_is_told_from_that_of_an_array() -> None:
    """Where * stands beside a name of an np.matrix, and only there."""
    for line, told in (("Y * np.log(A2)", True), ("Y @ A2", False), ("Y * A1", False)):
        frames = (StackFrame("line 3", "compute_cost", line),)
        error = StudentRaised(
            "ValueError", "shapes (1,2) and (1,2) not aligned", frames, ("A2",)
        )
        hint = explain(error, "compute_cost")[1]
        assert hint.startswith("A2 is an np.matrix, with which * is the matrix") is told, line


@pytest.mark.parametrize(
    ("action", "line", "advice"),
    [
        (lambda: math.exp(A), "return 1 / (1 + math.exp(-x))", "np.exp for math.exp"),
        (lambda: float(A), "", ".item()"),
        (lambda: max(0, A), "", "np.maximum(0, z)"),
        (lambda: np.dot(A, B), "", "the first one transposed (.T), (7, 4) times (4, 3)"),
        (lambda: np.dot(B, np.ones((7, 4))), "", "the other order, (7, 4) times (4, 3)"),
        (lambda: np.dot(A, np.ones((2, 7))), "", "(4, 7) times (7, 2)"),
        (lambda: np.dot(A, np.ones((5, 5))), "", "one of them is the wrong array"),
        (lambda: A @ B, "", "here they are 7 and 4"),
        (lambda: A + np.ones(4), "", "Make it a column, (4, 1)"),
        (lambda: A + A.T, "", "each other transposed"),
        (lambda: A * B, "", "(4, 7) and (4, 3) can only be combined"),
        (lambda: np.ones((3, 1)).__iadd__(np.ones((3, 4))), "", "the result is (3, 4)"),
        (lambda: A.__setitem__(0, np.ones(3)), "", "The right side is (3,)"),
        (lambda: A.reshape(3, 3), "", "all 28 elements"),
        (lambda: np.sum(np.ones(3), axis=1), "", "1 axis, counted from 0"),
        (lambda: np.zeros(4, 3), "", "np.zeros((n, m))"),
        (lambda: A[9, 0], "", "Axis 0 has 4 entries"),
        (lambda: A[0, 0, 0], "", "2 axes and is asked with 3"),
        (lambda: A["W1"], "", "right order"),
        (lambda: [1][3], "", "shorter than the index"),
        (lambda: {}["A1"], "", "Compare 'A1' with the keys"),
        (lambda: np.ones(0)[0], "", "Nothing is left"),
        (lambda: np.hstack([A, np.ones(4)]), "", "np.column_stack"),
        (run("a, b = [1, 2, 3]"), "a, b = values", "another number of values. Print its len()"),
        (run("for a, b in [[1]]: a"), "for a, b in rows:", "between `for` and `in`"),
        (lambda: int("year"), "", "The text 'year' is not a number"),
        (lambda: sorted([{}, {}]), "", "type dict"),
        (run("torch.sigmoid(1)"), "", "does not import"),
        (lambda: A.unsqueeze(0), "", "np.newaxis"),
        (lambda: A.size(0), "return A.size(0)", "a.shape[0]"),
        (run("def f(a): a\nf(dim=0)"), "", "PyTorch's words"),
        (run("undefined_helper()"), "", "defined in a later cell"),
        (run("numpy.ones(3)"), "", "'import numpy'"),
        (run("def f():\n  x += 1\nf()"), "", "Give it a value before"),
        (run("x = None; x['A1']"), "", "no return at its end"),
        (run("x = None; x.shape"), "", "no return at its end"),
        (run("x = None; a, b = x"), "", "no return at its end"),
        (lambda: np.asscalar(A), "", "NumPy has nothing called asscalar"),
        (lambda: np.float_, "", "write np.float64 instead"),
        (lambda: np.float, "", "write float instead"),
        (lambda: [1].shape, "", "not an array"),
        (lambda: {}.W1, "", "['W1'] instead of .W1"),
        (run("def cost(A2, Y): pass\ncost(1)"), "", "arguments that cost takes"),
        (run("def cost(A2, Y): pass\ncost(1, 2, 3)"), "", "arguments that cost takes"),
        (run("def cost(A2, Y): pass\ncost(1, y=2)"), "", "arguments that cost takes"),
        (lambda: A(0), "", "Use square brackets"),
        (lambda: np.zeros[3], "", "call it with round ones"),
        (run("x = [1]; x['W1']"), "", "only a dict understands"),
        (lambda: [1] - [2], "", "np.array(...)"),
        (lambda: [1] * 0.5, "", "np.array(...)"),
        (lambda: 1 + "2", "", "Text stands where a number"),
        (lambda: np.ones(3, int).__isub__(np.ones(3)), "", "here int64"),
        (run("a, b = 1, 2, 3"), "", "2 names stand on the left"),
        (lambda: 1 / 0, "", "fraction line"),
        (lambda: math.log(0), "", "np.log"),
        (lambda: math.exp(1000), "", "learning rate"),
        (lambda: np.linalg.inv(np.zeros((2, 2))), "", "no inverse"),
        (run("x = 1; assert x == 2"), "", "your own asserts"),
        (run("def f(): f()\nf()"), "", "call itself"),
        (run("import planar_utils_that_is_not_there"), "", "is not installed"),
        (run("from math import nothing_such"), "", "nothing of that name"),
        (run("raise SystemExit"), "", "sys.exit()"),
        (run("raise KeyboardInterrupt"), "", "Leave out the line"),
        (run("raise EOFError"), "", "Leave out input()"),
        (run("raise NotImplementedError"), "", "still there"),
        (run("b'\\xff'.decode()"), "", "another encoding"),
        (run("open('there/is/no/such.csv')"), "", "comes as arguments"),
        (run("class Odd(Exception): pass\nraise Odd('x')"), "", "small input of your own"),
    ],
)
def test_hint_fits_the_exception(action, line, advice):
    """Each common exception gets the advice that is about it, as a whole sentence."""
    message, hint = raised(action, line)
    assert advice in hint
    assert hint.endswith((".", "?"))
    assert message.startswith(("forward ", "An assert in forward"))
    assert "line 12" in message


def test_message_names_exception_and_line():
    """The message holds the exception's name and text and the student's own line."""
    message, _ = raised(lambda: A + A.T, "Z = W + X")
    assert message == (
        "forward stopped with ValueError: operands could not be broadcast together with "
        "shapes (4,7) (7,4) (line 12: `Z = W + X`)."
    )


def test_a_key_error_that_the_code_raises_itself_is_no_look_up():
    """No dict was asked, so none is spoken about."""
    message, hint = raised(run("raise KeyError('Z9')"), "raise KeyError('Z9')")
    assert message == "forward stopped with KeyError: 'Z9' (line 12: `raise KeyError('Z9')`)."
    assert "dict" not in hint


def test_matrix_product_is_said_in_words():
    """NumPy's gufunc signatures do not reach a student."""
    message, _ = raised(lambda: A @ B)
    assert "7 columns meet 4 rows" in message
    assert "gufunc" not in message


def test_paths_of_this_machine_are_left_out():
    """An exception's text does not carry the path of an installed module."""
    message, _ = raised(run("from math import nothing_such"))
    assert "/" not in message


def test_hostile_text_is_one_visible_line():
    """Escapes, line breaks and overlong text of an exception's message are tamed."""
    text = "\x1b[31mred\x07\n" + "\u202egnirts" + "x" * 5000
    message, _ = explain(StudentRaised("Odd\x1bError", text), "forward")
    assert message.isprintable()
    assert len(message) < 400


def test_without_frames_no_place_is_invented():
    """An exception that no line of the submission is known for names none."""
    message, _ = explain(StudentRaised("ValueError", "no"), "forward")
    assert message == "forward stopped with ValueError: no."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "Exception encountered when calling Sequential.call().\n\n\x1b[1mInvalid dtype: "
            "str\x1b[0m\n\nArguments received by Sequential.call():",
            "Invalid dtype: str",
        ),
        (
            "Invalid input shape for input [[0. 1.]\n [1. 0.]]. Expected shape (None, 8, 6), "
            "but input has incompatible shape (8, 12)",
            "Expected shape (None, 8, 6), but input has incompatible shape (8, 12)",
        ),
    ],
)
def test_the_line_that_tells_is_shown_of_what_keras_says(text: str, shown: str) -> None:
    """Keras begins with where it was, or with the whole array; what was wrong comes later."""
    message, _ = explain(StudentRaised("ValueError", text, ()), "train")
    assert shown in message


def test_a_name_whose_definition_could_not_be_read_sends_there() -> None:
    """It is no spelling and no helper: the line that does not parse comes first."""
    problem = Problem("syntax", "line 7", "def cost(", "'(' was never closed", ("cost",))
    error = StudentRaised("NameError", "name 'cost' is not defined", ())
    assert (
        comes_from(error, [problem]) == "cost could not be read (line 7): correct that first."
    )


def test_the_line_that_called_is_shown_where_nothing_else_is_known() -> None:
    """A helper that stops is often right, and what goes into it is not."""
    frames = tuple(
        StackFrame(f"line {line}", function, text)
        for line, text, function in ((9, "outer = inner(W)", "outer"), (3, "raise E", "inner"))
    )
    _, hint = explain(StudentRaised("ValueError", "what nobody knows", frames), "outer")
    assert "line 9: `outer = inner(W)`" in hint


def test_a_raise_of_ones_own_leads_to_its_condition() -> None:
    """Nothing is wrong with the line that raises."""
    frame = StackFrame("line 3", "f", 'raise ValueError("no")')
    _, hint = explain(StudentRaised("ValueError", "no", (frame,)), "f")
    assert "the condition above it" in hint


def test_no_line_is_spoken_about_where_none_is_known() -> None:
    """A model that stops when it is used was built without an error."""
    _, hint = explain(StudentRaised("RuntimeError", "what nobody knows", ()), "build")
    assert "that line" not in hint
