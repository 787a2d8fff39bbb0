"""Jupyter's own lines are left out, and the Python around them is kept."""

from __future__ import annotations

import pytest

from tests.unit.sandbox.loading.support import notebook, script


def test_lines_of_jupyter_are_left_out() -> None:
    """Line magics, shell commands and help lines go; the code around them stays."""
    loading = notebook(
        "%load_ext autoreload\n!pip install thing\nx = 1\nx?\n?x\nfiles = !ls\n"
        "if x:\n    %timeit x\ny = 2\n"
    )
    assert (loading.namespace["x"], loading.namespace["y"]) == (1, 2)
    assert [problem["where"] for problem in loading.problems("magic")] == [
        f"cell 1, line {line}" for line in (1, 2, 4, 5, 6, 8)
    ]
    assert loading.problems("syntax") == []


def test_a_percent_in_python_is_no_magic() -> None:
    """A continued line that begins with a percent sign stays, next to a real magic."""
    loading = notebook("%cd ..\nx = (7\n     %4)\ny = '''\n!not a command\n'''\n")
    assert loading.namespace["x"] == 3
    assert loading.problems("syntax") == []


def test_a_timed_line_is_run() -> None:
    """`%time` before a statement times it in Jupyter, and runs it here."""
    assert notebook("%time x = 3").namespace["x"] == 3


@pytest.mark.parametrize("magic", ["%%time", "%%capture out", "%%unheard_of"])
def test_a_cell_magic_over_python_costs_its_line(magic: str) -> None:
    """The cell under it is Python, and runs."""
    assert notebook(f"\n{magic}\nx = 3").namespace["x"] == 3


@pytest.mark.parametrize(
    "cell", ["%%bash\nls -l", "%%html\n<b>x</b>", "%%writefile a.py\nx = 3", "%%odd\n$ + 1"]
)
def test_a_cell_of_another_language_is_left_out(cell: str) -> None:
    """The cell is noted once, and the others run."""
    loading = notebook(cell, "y = 1")
    assert loading.the("magic")["where"] == "cell 1, line 1"
    assert "x" not in loading.namespace
    assert loading.namespace["y"] == 1


def test_an_exported_notebook_calls_ipython_in_vain() -> None:
    """`get_ipython()` of an exported script accepts everything, and is no name of theirs."""
    loading = script(
        "get_ipython().run_line_magic('matplotlib', 'inline')\n"
        "get_ipython().system('pip install x')\nget_ipython().magic('time')\ndisplay(3)\n"
    )
    assert loading.result.problems == []
    assert loading.result.names == []
