"""A definition that is not written yet does not replace one that is."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.guest.loading.support import notebook

DONE = "def f(x):\n    return x + 1"


@pytest.mark.parametrize(
    "copy",
    [
        "def f(x):\n    '''Adds one.'''\n    # Your code here\n    raise NotImplementedError",
        "def f(x):\n    m = len(x)\n    raise NotImplementedError()\n    return m",
        "def f(x):\n    raise NotImplementedError('YOUR CODE HERE')",
        "def f(x):\n    pass",
        "def f(x): ...",
    ],
)
def test_an_unwritten_copy_below_is_passed_over(copy: str) -> None:
    """What was handed out once more costs nothing, and the place of it is noted."""
    loading = notebook(DONE, copy)
    assert loading.namespace["f"](1) == 2
    assert loading.the("copy")["where"] == "cell 2, line 1"
    assert loading.the("copy")["message"] == "not written yet; the one in cell 1, line 1 counts"


def test_an_unwritten_copy_above_is_no_copy() -> None:
    """The handed-out cell mostly stands first, and nothing is said of it."""
    loading = notebook("def f(x):\n    raise NotImplementedError", DONE)
    assert loading.namespace["f"](1) == 2
    assert loading.result.problems == []


@pytest.mark.parametrize(
    "later",
    [
        "def f(x):\n    return x + 2",
        "def f(x):\n    if x:\n        return x + 2\n    raise NotImplementedError",
        "def f(x):\n    for each in (x,):\n        return x + 2\n    raise NotImplementedError",
    ],
)
def test_of_two_written_ones_the_last_counts(later: str) -> None:
    """Also where a handed-out line was left below the code."""
    loading = notebook(DONE, later)
    assert loading.namespace["f"](1) == 3
    assert loading.problems("copy") == []


CLASS = """
class Net:
    '''A net.'''

    def __init__(self, n):
        self.n = n

    def fit(self):
        {fit}

    def predict(self):
        {predict}
"""
TO_DO = "raise NotImplementedError"


def test_a_class_is_passed_over_when_nothing_in_it_is_new() -> None:
    """Its handed-out methods are those of the answer, and the others are not written."""
    loading = notebook(
        CLASS.format(fit="return 1", predict=TO_DO), CLASS.format(fit=TO_DO, predict=TO_DO)
    )
    assert loading.namespace["Net"](3).fit() == 1
    assert loading.the("copy")["text"] == "Net"


def test_a_class_with_something_new_counts() -> None:
    """Two halves in two copies are not put together: of two written ones the last counts."""
    loading = notebook(
        CLASS.format(fit="return 1", predict=TO_DO), CLASS.format(fit=TO_DO, predict="return 2")
    )
    assert loading.namespace["Net"](3).predict() == 2
    assert loading.problems("copy") == []
