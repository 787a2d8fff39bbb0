"""The small changes that are offered for a function, each in its words."""

from __future__ import annotations

import ast
import time
from types import ModuleType

import numpy as np
import pytest

from autograder.sandbox.guest.fixes import MOST, MOST_OF_A_TRAINING, Fixes, kinds
from autograder.sandbox.guest.fixes.pieces import Broken
from autograder.sandbox.guest.loading.cells import SCRIPT, CellLines
from autograder.sandbox.guest.loading.one_number import as_written, with_numbers

TWO = "def two(x):\n    return x, x\n\n\n"

CHANGES = [
    ("def f(x):\n    return x - 2", "sign", "x + 2"),
    ("def f(x):\n    return x - 2", "sign", "2 - x"),
    ("def f(x):\n    return np.exp(x)", "sign", "-x"),
    ("def f(x):\n    return -x", "sign", "x"),
    ("def f(x):\n    return x * 2", "square", "x ** 2"),
    ("def f(x):\n    return x > 2", "comparison", "x >= 2"),
    ("def f(x):\n    return np.zeros((len(x), 2))", "sizes", "np.zeros((2, len(x)))"),
    ("def f(n, m):\n    return np.random.randn(n, m)", "sizes", "np.random.randn(m, n)"),
    ("def f(x):\n    return x.shape[0]", "shape", "x.shape[1]"),
    ("def f(x):\n    return len(x)", "shape", "x.shape[1]"),
    ("def f(x):\n    return x.shape", "one_size", "x.shape[0]"),
    ("def f(B, j):\n    return B[j]", "column", "B[:, j]"),
    ("def f(B, j):\n    return B[j, :]", "column", "B[:, j]"),
    ("def f(B, i, j):\n    return B[j, i]", "index_order", "B[i, j]"),
    ("def f(n):\n    return [i for i in range(n - 1)]", "range", "range(n)"),
    ("def f(n):\n    return [i for i in range(1, n)]", "range", "range(n)"),
    ("def f(x):\n    for y in x[:-1]:\n        print(y)", "all_of", "x"),
    ("def f(x):\n    return np.sum(x)", "own_sum", "np.sum(x, axis=1, keepdims=True)"),
    ("def f(x):\n    return np.sum(x)", "function", "np.mean"),
    ("def f(x):\n    return max(0, x)", "function", "np.maximum"),
    ("def f(x):\n    return np.round(x, 2)", "rounded", "x"),
    ("def f(x):\n    return x.T", "transposed", "x"),
    ("def f(x, rate):\n    return 1 - x", "factor", "rate * x"),
    ("def f(A1, Z1):\n    return A1", "name", "Z1"),
    (TWO + "def f(x):\n    y = two(x)\n    return y", "unpack", "y, _ = two(x)"),
    ("def f(x):\n    return x.sort()", "returned_call", "return x"),
    ("def f(x):\n    x /= 255", "return", "return x"),
    ("def f(x):\n    return [x[i - 1] for i in range(len(x))]", "range", "range(1, len(x))"),
    (TWO + "def f(x):\n    return two(x)", "one_of_two", "two(x)[0]"),
    ("def f(x, n):\n    for i in range(n):\n        x[i]", "range", "range(len(x))"),
    (TWO + "def f(x):\n    two(x)\n    return x", "kept", "x = two(x)"),
    ("def f(x):\n    for y in x:\n        y\n    x = y\n    return x", "into_loop", "x = y"),
    (
        "def f(x):\n    for y in x:\n        y\n        x = y\n    return x",
        "out_of_loop",
        "x = y",
    ),
    ("def f(x):\n    y = x\n    x = 2\n    return y + x", "line_order", "x = 2"),
    ("def f(x):\n    x = np.exp(x)\n    return x", "overwritten", "x = np.exp(x)"),
    ("def f(x):\n    return np.exp(x)", "wrapped", "x"),
    ("def f(x):\n    return int(x)", "rounded", "x"),
    ("def f(x, y):\n    return x + y", "term", "x"),
    ("def f(x, y):\n    return x @ y", "too_much", "y"),
    ("def f(x, y):\n    return (x - 2) * y", "brackets", "x - 2 * y"),
    ("def f(x):\n    return 1 - np.log(x)", "complement", "np.log(1 - x)"),
    ("def f(x):\n    for y in x:\n        if y:\n            break", "ends_early", "break"),
    (
        "def f(x):\n    for y in x:\n        if y:\n            y\n        else:\n"
        "            return x",
        "ends_early",
        "else:",
    ),
    ("def f(x):\n    r = []\n    for y in x:\n        r.append(y)", "each_round", "r = []"),
    ("def f(x):\n    for y in x:\n        r = y\n    return r", "collects", "r = y"),
    ('def f(a, b):\n    return {"a": a, "b": a}', "own_keys", "{'a': a, 'b': a}"),
    ('def f(a):\n    print("{a} is old")', "filled_in", ""),
    ("def f(x, n):\n    return x * 10", "fixed", "n"),
    ("def f(x):\n    return [x, 2]", "return_order", "[2, x]"),
    (TWO + "def f(x):\n    a, b = two(x)\n    return a", "unpack_order", "b, a = two(x)"),
]


def offered(text: str, error: tuple[str, str] = ("", ""), line: int = 0) -> list[list[str]]:
    """The changes of f in a text."""
    cell = CellLines("", text)
    fixes = Fixes([(cell, node) for node in ast.parse(text).body])
    return fixes.found(["f"], [(SCRIPT, line)] if line else [], error, {"np": np})


@pytest.mark.parametrize(("text", "kind", "piece"), CHANGES)
def test_a_change_is_offered(text: str, kind: str, piece: str) -> None:
    """Each kind is offered where nothing was raised, with the code that it puts in place."""
    found = [each for each in offered(text) if each[0] == kind]
    assert any(piece in each[2:] or not piece for each in found)


ERRORS = [
    ("return np.exp[x]", "TypeError", "'numpy.ufunc' object is not subscriptable", "call"),
    ("return x.shape(0)", "TypeError", "'tuple' object is not callable", "index"),
    ("return [y for y in len(x)]", "TypeError", "'int' object is not iterable", ""),
    (
        "return np.sum(x, keepdim=True)",
        "TypeError",
        "got an unexpected keyword argument 'keepdim'",
        "spelling",
    ),
    (
        "return [y * x for y in (1, 2)]",
        "TypeError",
        "unsupported operand type(s) for *: 'int' and 'method'",
        "function_value",
    ),
    ("return x(2)", "TypeError", "'numpy.ndarray' object is not callable", "no_function"),
    (
        "x[0] = x * x",
        "ValueError",
        "setting an array element with a sequence.",
        "summed",
    ),
    ("return np.hypot(x, np)", "ValueError", "not aligned", "order"),
    (
        "return np.randn(x)",
        "AttributeError",
        "module 'numpy' has no attribute 'randn'",
        "spelling",
    ),
    (
        "return np.Exp(x) + np.Log(x)",
        "AttributeError",
        "module 'numpy' has no attribute 'Exp'",
        "capitals",
    ),
    ("return X", "NameError", "name 'X' is not defined", "spelling"),
]


@pytest.mark.parametrize(("line", "error", "said", "kind"), ERRORS)
def test_what_was_raised_tells_which_change(
    line: str, error: str, said: str, kind: str
) -> None:
    """An exception leads to the changes that may take it away, in its own line."""
    found = offered(f"def f(x):\n    {line}", (error, said), 2)
    assert not kind or kind in [each[0] for each in found]
    assert {each[1] for each in found} <= {"line 2"}


def test_a_change_is_put_in_place_and_taken_back() -> None:
    """The function computes with the change until it is what the student wrote again."""
    text = "def f(x):\n    return x * 2"
    module = ModuleType("mine")
    exec(text, module.__dict__)
    fixes = Fixes([(CellLines("", text), ast.parse(text).body[0])])
    kinds = [each[0] for each in fixes.found(["f"], [], ("", ""), module.__dict__)]
    fixes.put_in_place(kinds.index("square"), module.__dict__, 0)
    assert module.f(5) == 25
    fixes.put_in_place(-1, module.__dict__, 0)
    assert module.f(5) == 10


def test_a_training_is_not_tried_often() -> None:
    """A loop that calls the file's own functions takes long, so that few changes are tried."""
    long = "\n".join(f"    a{n} = x - {n}" for n in range(40))
    text = f"{TWO}def f(x):\n{long}\n    for y in x:\n        two(y)\n    return x"
    assert len(offered(text)) == MOST_OF_A_TRAINING
    assert MOST_OF_A_TRAINING < len(offered(text.replace("two(y)", "y"))) <= MOST


def test_code_is_quoted_as_it_is_written() -> None:
    """What loading puts around a number is no code of the student's."""
    source = "float(np.sum(x)), -x"
    placed = [(CellLines("", source), ast.parse(source).body[0])]
    ((_, changed),) = with_numbers(placed)
    assert "__number__" in ast.unparse(changed)
    assert as_written(changed) == "(float(np.sum(x)), -x)"


def test_a_long_function_that_is_called_often_is_read_once() -> None:
    """A file of 800 calls takes about as long whether what they call is long or short."""

    def seconds(lines: int) -> float:
        body = "".join(f"    y = x + {number}\n" for number in range(lines))
        callers = "def f(x):\n" + "    print(g(x))\n" * 800
        tree = ast.parse(f"def g(x):\n{body}    return x\n\n{callers}")
        own = {part.name: part for part in tree.body if isinstance(part, ast.FunctionDef)}
        broken = Broken(own["f"], [own["f"]], frozenset(), "", "", own, {})
        started = time.process_time()
        assert list(kinds.fixes(broken)) == []
        return time.process_time() - started

    assert seconds(2000) < 20 * seconds(1) + 0.2
