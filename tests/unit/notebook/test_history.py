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


@pytest.mark.parametrize("source", ["x = = 1", "%%time\nx = = 1", "\0", "(" * 500])
def test_what_does_not_parse_and_defines_nothing_is_left_out(source):
    """The kernel has refused it, and what was there before still counts."""
    assert code("def f(): return 1", source) == {"In [0]": "def f(): return 1"}


def test_a_broken_definition_is_read_as_in_a_file():
    """What can be read of it, the loader reads; until the function is defined again."""
    sound, broken = "def f(): return 1", "def f(:\n    return 2"
    assert code(sound, broken) == {"In [0]": sound, "In [1]": broken}
    assert code(sound, broken, sound) == {"In [2]": sound}


def test_an_unwritten_copy_does_not_replace_what_was_written():
    """The loader passes it over, and says so."""
    sound, copy = "def f(): return 1", "def f():\n    raise NotImplementedError"
    assert code(sound, copy) == {"In [0]": sound, "In [1]": copy}
    assert code(copy, sound) == {"In [1]": sound}


@pytest.mark.parametrize("magic", ["%%time", "%%capture out", "%matplotlib inline", "!ls"])
def test_a_magic_is_no_reason_to_leave_a_cell_out(magic):
    """Its Python ran in the kernel."""
    found = code(f"{magic}\ndef f(): return 1")["In [0]"]
    assert found.strip().split("\n")[-1] == "def f(): return 1"


@pytest.mark.parametrize("use", ["%run s.py", "from s import f", "import s"])
def test_a_script_that_was_written_and_run_is_kept(use):
    """With the line that runs it, by which the loader knows that it is code."""
    found = code("%%writefile s.py\ndef f(): return 1", use)
    assert found == {"In [0]": "%%writefile s.py\ndef f(): return 1", "In [1]": use}


def test_a_text_that_was_handed_to_python_is_kept():
    """It defines what it defines."""
    source = "get_ipython().run_cell_magic('time', '', 'def f(): return 1')"
    assert code(source) == {"In [0]": source}


def test_a_function_that_is_no_definition_is_kept():
    """A star import may bind it, and an assignment, where a check asks for its name."""
    history = ["from numpy import *", "f = lambda x: exp(x)", "g = f(3)"]
    found = as_submission(history, "mine", wanted={"f"})
    assert [cell.source for cell in found.cells] == history[:2]


def test_the_same_code_has_the_same_digest():
    """Running a check, or a plot, changes nothing that would have to be loaded again."""
    before = as_submission(["def f(): return 1"], "mine").digest
    assert as_submission(["def f(): return 1", "f()", 'check("f")'], "mine").digest == before
    assert as_submission(["def f(): return 2"], "mine").digest != before
