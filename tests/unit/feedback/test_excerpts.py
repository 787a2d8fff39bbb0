"""Which lines of a submission define a name."""

from __future__ import annotations

import pytest

from autograder.feedback.excerpts import excerpt
from autograder.model import Cell

SOURCE = """\
import numpy as np

@np.vectorize
def f(x,
      y
):
    # first

    return x
# of f

class Net:
    def f(self):
        return 1

g = lambda x: (
    x
)
print(f == g)
"""


@pytest.mark.parametrize(
    ("name", "first", "count"), [("Net.f", 12, 3), ("Net", 12, 3), ("g", 16, 3), ("f", 13, 2)]
)
def test_the_last_definition_is_whole(name, first, count):
    """From its decorators to its last line; the last one of several is taken."""
    found = excerpt([Cell(SOURCE, "cell 2")], name)
    assert (found.label, found.first, len(found.lines)) == ("cell 2", first, count)


def test_a_decorator_and_a_long_head_belong_to_it():
    """And what follows in the outermost column does not."""
    found = excerpt([Cell(SOURCE.partition("class")[0])], "f")
    assert (found.first, found.lines[-1]) == (3, "    return x")


def test_what_is_not_there():
    """A comparison defines nothing, and neither does a longer name."""
    assert excerpt([Cell("f == 1\nff = 2\n# def f(x)\n")], "f") is None
