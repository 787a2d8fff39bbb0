"""Statements run one after the other, and a failure costs its own statement alone."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.sandbox.guest.loading import MAX_PROBLEMS, load
from tests.unit.sandbox.guest.loading.support import cells, notebook, script


def test_a_good_script_loads_without_a_word() -> None:
    """Definitions and values are there, nothing is noted, and the lines are kept."""
    loading = script("import math\n\ndef f(x):\n    return math.sqrt(x)\n\ny = f(4)\n")
    assert loading.namespace["y"] == 2
    assert loading.result.problems == []
    assert loading.functions == {"f"}
    assert loading.result.names == ["math", "f", "y"]
    assert loading.result.lines["submission"][2] == "def f(x):"


def test_each_statement_that_is_no_definition_is_announced() -> None:
    """`at` hears of statements before they run; definitions and imports are not told."""
    loading = script(
        "import math\nclass A:\n    pass\ndef f():\n    pass\nx = 1\nfor i in 'ab':\n  x += 1\n"
    )
    assert loading.visited == [("submission", 6), ("submission", 7)]


def test_a_statement_is_announced_before_it_runs() -> None:
    """What `at` raises in place of a statement passes through, and the statement is not run."""

    def stop(filename: str, line: int) -> None:
        raise ConnectionError(f"{filename}:{line}")

    namespace: dict[str, Any] = {}
    with pytest.raises(ConnectionError, match="cell 1:2"):
        load([("cell 1", "def f(): pass\nx = 1")], namespace, skip=set(), at=stop)
    assert "x" not in namespace


def test_skipped_statements_are_left_out() -> None:
    """Statements are skipped by file name and first line, and the rest runs."""
    loading = cells(
        ("cell 1", "x = 1\nwhile True:\n    pass\ny = 2"),
        ("cell 2", "a = 1\nb = 2"),
        skip={("cell 1", 2), ("cell 2", 1)},
    )
    assert {"x", "y", "b"} <= loading.namespace.keys()
    assert "a" not in loading.namespace
    assert loading.visited == [("cell 1", 1), ("cell 1", 4), ("cell 2", 2)]


def test_the_main_block_does_not_run() -> None:
    """The module's name is not `__main__`."""
    loading = script("ran = []\nif __name__ == '__main__':\n    ran.append(1)\n")
    assert loading.namespace["ran"] == []


def test_cells_share_one_namespace_in_order() -> None:
    """A function that reads a global of another cell finds it."""
    loading = notebook("def f():\n    return scale", "scale = 3", "y = f()")
    assert loading.namespace["y"] == 3
    assert loading.result.problems == []


def test_frames_name_the_cell() -> None:
    """Code objects bear the cell's label, or "submission" for a script."""
    assert notebook("", "def f(): pass").namespace["f"].__code__.co_filename == "cell 2"
    assert script("def f(): pass").namespace["f"].__code__.co_filename == "submission"


@pytest.mark.parametrize(
    ("statement", "kind", "message"),
    [
        ("1 / 0", "raised", "ZeroDivisionError: division by zero"),
        ("raise KeyboardInterrupt", "raised", "KeyboardInterrupt"),
        ("raise SystemExit(3)", "exited", "SystemExit: 3"),
        ("exit()", "exited", "SystemExit: None"),
        ("eval('1 +')", "raised", "SyntaxError: invalid syntax (<string>, line 1)"),
        ("def f(): f()\nf()", "raised", "RecursionError: maximum recursion depth exceeded"),
        ("raise type('E', (Exception,), {'__str__': lambda s: 1 / 0})", "raised", "E"),
    ],
)
def test_a_failing_statement_is_noted_and_the_next_one_runs(
    statement: str, kind: str, message: str
) -> None:
    """Whatever a statement of the top level raises costs that statement alone."""
    loading = script(f"x = 1\n{statement}\ny = 2\n")
    assert loading.the(kind)["message"] == message
    assert loading.namespace["y"] == 2


def test_a_failure_is_placed_at_the_line_in_the_top_level() -> None:
    """Within a loop it is the loop's line that failed, wherever the exception came from."""
    problem = notebook(
        "", "def f(x):\n    return 1 / x\nfor i in (1, 0):\n    y = 3\n    f(i)"
    ).the("raised")
    assert (problem["where"], problem["text"]) == ("cell 2, line 5", "f(i)")


def test_future_imports_hold_for_what_follows() -> None:
    """Annotations that name what is not there are no error when they are postponed."""
    loading = script("from __future__ import annotations\ndef f(x: Missing) -> None: pass\n")
    assert "f" in loading.functions
    assert loading.result.problems == []


def test_dataclasses_find_their_module() -> None:
    """What looks its module up in `sys.modules` works."""
    loading = script(
        "from __future__ import annotations\nfrom dataclasses import dataclass\n"
        "@dataclass\nclass P:\n    x: int = 3\n"
    )
    assert loading.result.problems == []
    assert loading.namespace["P"]().x == 3


@pytest.mark.parametrize(
    ("source", "message", "names"),
    [
        ("return 3", "'return' outside function", []),
        ("def f():\n    break", "'break' outside loop", ["f"]),
        ("def f(x, x): pass", "duplicate argument 'x' in function definition", ["f"]),
    ],
)
def test_what_the_compiler_refuses_is_a_syntax_problem(
    source: str, message: str, names: list[str]
) -> None:
    """Errors that only the compiler sees cost their own statement."""
    loading = script(f"a = 1\n{source}\nb = 2\n")
    problem = loading.the("syntax")
    assert problem["message"].startswith(message)
    assert problem["names"] == names
    assert loading.namespace["b"] == 2


def test_at_most_a_hundred_problems_are_noted() -> None:
    """A flood of consequences is cut off, and what parses still loads."""
    loading = script("missing\n" * 300 + "def f(): return 1\n")
    assert len(loading.result.problems) == MAX_PROBLEMS
    assert "f" in loading.functions


def test_an_annotation_that_is_not_there_costs_no_function() -> None:
    """`x: torch.Tensor` without torch is only a remark of the author's."""
    loading = script("def f(x: torch.Tensor, y: int = 2) -> torch.Tensor:\n    return x + y\n")
    assert loading.namespace["f"](1) == 3
    assert loading.result.problems == []


def test_a_decorator_that_is_not_there_costs_no_function() -> None:
    """`@jit` without numba is left out, and that is noted."""
    loading = script(
        "from numba import jit\n\n@jit(nopython=True)\ndef f(x):\n    return 2 * x\n"
    )
    assert loading.namespace["f"](2) == 4
    (problem,) = loading.problems("repaired")
    assert problem["message"] == "@jit(nopython=True) is not known here; f was read without"


def test_a_decorator_of_one_s_own_that_fails_is_no_repair() -> None:
    """Only a name that is not there is forgiven; a decorator that raises is noted."""
    loading = script("def d(f):\n    raise ValueError('no')\n\n@d\ndef g(x):\n    return x\n")
    assert "g" not in loading.namespace
    (problem,) = loading.problems("raised")
    assert problem["names"] == ["g"]
