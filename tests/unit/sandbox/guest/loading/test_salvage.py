"""What does not parse costs only itself, and is told with its place."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.guest.loading.support import AFTER, BEFORE, FIRST, notebook, script


@pytest.mark.parametrize(
    ("text", "line", "lost"),
    [
        ("def f(x)\n    return x\n", 0, ["f"]),
        ("def f(x:\n    return x\n", 0, ["f"]),
        ("def f(x):\n    return (x + 1\n", 1, ["f"]),
        ("def f(x):\n    y = [x,\n    return y\n", 1, ["f"]),
        ("def f(x):\n    return x)\n", 1, ["f"]),
        ("def f(x):\n    return {'a': x]\n", 1, ["f"]),
        ("def f(x):\n    return 'abc\n", 1, ["f"]),
        ('def f(x):\n    """Never closed.\n    return x\n', 1, ["f"]),
        ('def f(x):\n    """Never closed.\nAt the margin.\n    """\n    return (x\n', 4, ["f"]),
        ("def f(x):\n    '''Wrong end.\"\"\"\n    return x\n", 1, ["f"]),
        ("def f(x):\nreturn x\n", 0, ["f"]),
        ("def f(x):\n    if x = 1:\n        return x\n", 1, ["f"]),
        ("def f(x):\n    return x +\n", 1, ["f"]),
        ("def f(x):\n    y == = x\n    return y\n", 1, ["f"]),
        ("def f(x):\n    y = x\nz = 3\n    return y\n", 3, ["f"]),
        ("def f(x):\n    y = x\nz z\n    return y\n", 2, ["f"]),
        ("def f(x):\n    y = x\n$   return y\n", 2, ["f"]),
        ("def f(x):\n    return x\nx = = 3\n", 2, []),
        ("def f(x):\n    print(x)\n\nx = = 3\n", 3, []),
        ("def f(x):\n    for i in x:\n    return x\n", 2, ["f"]),
        ("def f(x):\n    else:\n        return x\n", 1, ["f"]),
        ("@staticmethod\ndef f(x):\n    return $x\n", 2, ["f"]),
        ("@\ndef f(x):\n    return x\n", 0, ["f"]),
        ("class C:\n    def m(self):\n        return 1 +\n    def n(self): pass\n", 2, ["C"]),
        ("async def f(x):\n    return x y\n", 1, ["f"]),
        ("deff(x):\n    return x\n", 0, []),
        ("def f(x):\n    return 1 2\n\ndef g(x):\n    return 3 4\n", 1, ["f"]),
        ("x = = 3\n", 0, []),
        ("x = (1,\n", 0, []),
        ("x = [\n1,\n2\ny = 3\n", 0, []),
        ('text = """not closed\n', 0, []),
        ("print 'a' 'b\n", 0, []),
        ("<<<<<<< HEAD\n", 0, []),
        ("if True:\n    x = 1\n  else:\n    x = 2\n", 2, []),
        ("import\n", 0, []),
        ("x = 08\n", 0, []),
        ("try:\n    x = 1\n", None, []),
        ("x = 'a' 'b\\\n", 0, []),
        ("-" * 100_000 + "1\n", 0, []),
        ("(" * 100_000 + "\n", 0, []),
        ("x = 1" + "+1" * 100_000 + "\n", 0, []),
        ("def f(x):\n    return " + "[" * 300 + "]" * 300 + "\n", 1, ["f"]),
        ("x = " + "9" * 5000 + "\n", 0, []),
        ("x = '\ud800'\n", 0, []),
    ],
)
def test_a_broken_block_costs_only_itself(text: str, line: int | None, lost: list[str]) -> None:
    """The good functions around a broken block survive, and its line and names are told."""
    loading = script(BEFORE + text + AFTER)
    assert loading.namespace["before"](2) == 3
    assert loading.namespace["after"](2) == 6
    assert loading.namespace["last"] == 3
    problem = loading.problems("syntax")[0]
    assert problem["names"] == lost
    assert not set(lost) & loading.functions
    if line is not None:
        assert problem["where"] == f"line {FIRST + line}"
        assert problem["text"] == text.split("\n")[line].rstrip()[:120]


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n",
        "def f(x):\n    # nothing yet\n",
        "class C:\n    def f(self):\n        # nothing\n\n    def g(self):\n        return 1\n",
    ],
)
def test_a_function_without_a_line_is_not_written_yet(text: str) -> None:
    """Nothing of it is wrong: it is read as an empty one, and said to be so."""
    loading = script(BEFORE + text + AFTER)
    assert loading.problems("syntax") == []
    assert "not written yet" in loading.the("repaired")["message"]
    assert loading.functions > {"before", "after"}


def test_lines_keep_their_numbers_through_repairs() -> None:
    """A function after a fixed and a dropped block still has its own line."""
    loading = script("print 'a'\nx = = 1\n def g(): pass\n\ndef f():\n    return 1\n")
    assert loading.namespace["f"].__code__.co_firstlineno == 5
    assert loading.result.lines["submission"][2] == " def g(): pass"


def test_a_broken_cell_costs_no_other_cell() -> None:
    """Cells are taken apart one by one, and places name the cell."""
    loading = notebook("def f(:\n    pass", "def g(x): return x", "x = 'open")
    assert loading.functions == {"g"}
    assert [problem["where"] for problem in loading.problems("syntax")] == [
        "cell 1, line 1",
        "cell 3, line 1",
    ]


def test_the_caret_column_is_told() -> None:
    """The message of a syntax problem ends in the column, counted from 1."""
    assert script("x = = 3\n").the("syntax")["message"] == "invalid syntax (column 5)"


def test_code_in_a_string_is_not_revived() -> None:
    """A definition inside of a string before and after a broken line stays a string."""
    hidden = '"""\ndef hidden(): pass\n"""\n'
    loading = script(hidden + "x = = 3\n" + hidden + "def f(): pass\n")
    assert loading.functions == {"f"}
    assert len(loading.result.problems) == 1


def test_after_fifty_repairs_the_rest_is_left() -> None:
    """A text that is no Python at all ends in a bounded number of problems."""
    loading = script("x = 1\n" + "not python at all !\n" * 400 + "def f(): pass\n")
    assert len(loading.problems("syntax")) == 51
    assert loading.problems("syntax")[-1]["names"] == ["f"]
    assert loading.namespace["x"] == 1


def test_fifty_repairs_are_for_all_cells_together() -> None:
    """Many broken cells share one bound, and a sound cell after them still runs."""
    loading = notebook(*["x = = 1"] * 80, "y = 2")
    assert len(loading.problems("syntax")) == 80
    assert loading.namespace["y"] == 2
