"""What a kernel has run becomes the code that counts now."""

from __future__ import annotations

import pytest

from autograder.notebook.history import as_submission


def code(*history: str) -> dict[str, str]:
    """The code that counts, by label."""
    return {cell.label: cell.source for cell in as_submission(history, "mine").cells}


def test_the_latest_definition_counts():
    """An earlier one of the same name is gone, whatever stood between."""
    assert code("def f(): return 1", "x = 2", "def f(): return 2") == {
        "In [2]": "def f(): return 2"
    }


def test_what_functions_lean_on_comes_along():
    """Imports, globals and helpers, and what these lean on in turn."""
    found = code(
        "import numpy as np\nRATE = 3\nunused = 4",
        "scale = RATE + 1",
        "def f(x):\n    return np.sum(x) * scale",
    )
    assert found == {
        "In [0]": "import numpy as np\nRATE = 3",
        "In [1]": "scale = RATE + 1",
        "In [2]": "def f(x):\n    return np.sum(x) * scale",
    }


def test_what_only_tries_things_is_left_out():
    """Training, plots, checks and prints would run again for every check."""
    assert code("def f(): pass", "trained = f()", "print(f())", 'check("f")') == {
        "In [0]": "def f(): pass"
    }


def test_lines_keep_their_numbers():
    """A message about a line names the line of the notebook's cell."""
    source = code("print(1)\nx = 5\n\n@staticmethod\ndef f():\n    return 1")["In [0]"]
    assert source.split("\n")[3:] == ["@staticmethod", "def f():", "    return 1"]


def test_changes_in_place_count():
    """A table that a function reads is what the last change made of it."""
    found = code("table = {}", "table['a'] = 1", "table.size = 2", "def f(): return table")
    assert list(found) == ["In [0]", "In [1]", "In [2]", "In [3]"]


def test_a_name_made_from_itself_keeps_what_it_was():
    """`x = x + 1` does not stand alone, and neither does a function that is wrapped."""
    found = code("x = 1", "x = x + 1", "def f(): return x", "f = cache(f)")
    assert list(found) == ["In [0]", "In [1]", "In [2]"]


@pytest.mark.parametrize("source", ["def f(:", "%%time\nx = = 1", "\0", "(" * 500])
def test_what_did_not_parse_was_not_run(source):
    """The kernel has refused it, and what was there before still counts."""
    assert code("def f(): return 1", source) == {"In [0]": "def f(): return 1"}


def test_the_same_code_has_the_same_digest():
    """Running a check, or a plot, changes nothing that would have to be loaded again."""
    before = as_submission(["def f(): return 1"], "mine").digest
    assert as_submission(["def f(): return 1", "f()", 'check("f")'], "mine").digest == before
    assert as_submission(["def f(): return 2"], "mine").digest != before
