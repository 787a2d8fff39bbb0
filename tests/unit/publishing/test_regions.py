"""Solution regions are taken out whole, or refused with the line to look at."""

from __future__ import annotations

import ast

import pytest

from autograder.errors import CourseError
from autograder.publishing.regions import find, without_solutions

GOOD = '''\
def square(x):
    """x times x."""
    ### BEGIN SOLUTION
    # the textbook's way
    return x * x
    ### END SOLUTION


class Net:
    def activate(self, x):
        for value in x:
            ### BEGIN SOLUTION
            if value:
                yield value
            ### END SOLUTION
'''


def test_a_region_becomes_a_line_that_raises():
    """The body is gone with its comments; signature, docstring and indentation stay."""
    assert without_solutions(GOOD, "solution.py") == (
        "def square(x):\n"
        '    """x times x."""\n'
        "    # Your code here\n"
        '    raise NotImplementedError("Write square")\n'
        "\n\n"
        "class Net:\n"
        "    def activate(self, x):\n"
        "        for value in x:\n"
        "            # Your code here\n"
        '            raise NotImplementedError("Write Net.activate")\n'
    )


def test_regions_know_their_lines_and_their_function():
    """Lines count from 1 and include the markers; a method has its class's name before it."""
    assert [(region.begin, region.end, region.function) for region in find(GOOD, "s.py")] == [
        (3, 6, "square"),
        (12, 15, "Net.activate"),
    ]


def test_a_marker_inside_a_string_is_text():
    """Only comments are markers, so a docstring may speak about them."""
    text = 'def f():\n    """\n    ### BEGIN SOLUTION\n    """\n    return 1\n'
    assert without_solutions(text, "s.py") == text


def test_a_source_without_regions_is_unchanged():
    """Nothing to take out: the same text comes back, with one newline at its end."""
    assert without_solutions("x = 1", "s.py") == "x = 1\n"


B, E = "    ### BEGIN SOLUTION\n", "    ### END SOLUTION\n"
BAD = {
    "missing end": ("def f():\n" + B + "    return 1\n", 2, "never ends"),
    "missing begin": ("def f():\n    return 1\n" + E, 3, "never began"),
    "nested": (
        "def f():\n" + B + "    x = 1\n" + B + "    return x\n" + E + E,
        4,
        "inside the one that begins on line 2",
    ),
    "outside a function": (
        "### BEGIN SOLUTION\nx = 1\n### END SOLUTION\n",
        1,
        "outside a function",
    ),
    "in a class body": ("class A:\n" + B + "    x = 1\n" + E, 2, "outside a function"),
    "around a function": (
        "### BEGIN SOLUTION\ndef f():\n    return 1\n### END SOLUTION\n",
        1,
        "outside a function",
    ),
    "past the function": (
        "def f():\n" + B + "    return 1\n\n\nx = 2\n### END SOLUTION\n",
        7,
        "past the end of f",
    ),
    "empty": ("def f():\n" + B + "    # only words\n" + E + "    return 1\n", 2, "no code"),
    "inside an expression": (
        "def f():\n    x = (\n" + B + "    1\n" + E + "    )\n    return x\n",
        3,
        "no code",
    ),
    "cuts a statement": (
        "def f(x):\n" + B + "    y = 1\n    if x:\n" + E + "        return 1\n",
        4,
        "no longer Python",
    ),
    "misspelt": ("def f():\n    ### BEGIN SOLUTIONS\n    return 1\n" + E, 2, "nearly"),
    "lower case": ("def f():\n    # begin solution\n    return 1\n", 2, "nearly"),
    "behind code": ("def f():\n    x = 1  ### BEGIN SOLUTION\n    return x\n" + E, 2, "nearly"),
    "not python": ("def f(:\n", 1, "not Python"),
}


@pytest.mark.parametrize("case", BAD)
def test_doubtful_markers_are_refused(case):
    """Every way to leak a solution or to break the stub names the file and the line."""
    text, line, words = BAD[case]
    with pytest.raises(CourseError) as caught:
        without_solutions(text, "reference/x/solution.py")
    assert words in caught.value.message
    assert caught.value.message.startswith(f"reference/x/solution.py, line {line}:")
    assert caught.value.slug == "source"


def test_two_regions_in_one_function_are_both_taken_out():
    """What stands between two regions stays, and the result is Python."""
    text = "def f(x):\n" + B + "    y = x\n" + E + "    print(y)\n" + B + "    return y\n" + E
    stub = without_solutions(text, "s.py")
    assert stub.count('raise NotImplementedError("Write f")') == 2
    assert "print(y)" in stub
    ast.parse(stub)
