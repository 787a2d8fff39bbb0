"""`submissions.read` on notebooks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import IntakeError
from autograder.model import Submission
from autograder.submissions import read


def code(source: object) -> dict[str, Any]:
    """A code cell as Jupyter saves it."""
    return {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}


def read_notebook(folder: Path, content: object, name: str = "hw3.ipynb") -> Submission:
    """What is read from a notebook with this content (text, or data for JSON)."""
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return read(path)


def refusal(folder: Path, content: object) -> IntakeError:
    """The error that reading this notebook ends in; every one names the file."""
    with pytest.raises(IntakeError, match=r"hw3\.ipynb") as caught:
        read_notebook(folder, content)
    return caught.value


def test_code_cells_are_labelled_by_their_number_among_code_cells(tmp_path: Path) -> None:
    """Text between does not count, and empty code cells do."""
    cells = [
        {"cell_type": "markdown", "source": "# Title"},
        code("x = 1"),
        code(""),
        {"cell_type": "raw", "source": "raw"},
        code(["def f():\n", "    return x\n"]),
    ]
    submission = read_notebook(tmp_path, {"cells": cells, "nbformat": 4})
    assert [(cell.label, cell.source) for cell in submission.cells] == [
        ("cell 1", "x = 1"),
        ("cell 2", ""),
        ("cell 3", "def f():\n    return x\n"),
    ]
    assert submission.notes == ()


def test_the_worksheets_of_format_3_are_read(tmp_path: Path) -> None:
    """The older format keeps its cells in worksheets and its source in `input`."""
    sheets = [
        {"cells": [{"cell_type": "code", "input": ["x = 1"]}]},
        {"cells": [{"cell_type": "heading"}, {"cell_type": "code", "input": "y"}]},
    ]
    submission = read_notebook(tmp_path, {"worksheets": sheets, "nbformat": 3})
    assert [(cell.label, cell.source) for cell in submission.cells] == [
        ("cell 1", "x = 1"),
        ("cell 2", "y"),
    ]


def test_another_language_is_noted(tmp_path: Path) -> None:
    """A kernel that is not Python's is said, and the cells are read all the same."""
    metadata = {"kernelspec": {"language": "R", "name": "ir"}}
    submission = read_notebook(tmp_path, {"cells": [code("x <- 1")], "metadata": metadata})
    assert "'R'" in submission.notes[0]
    assert submission.cells[0].source == "x <- 1"


@pytest.mark.parametrize("metadata", [None, [], {"kernelspec": 3}, {"language_info": {}}, {}])
def test_odd_metadata_is_no_reason_to_refuse(tmp_path: Path, metadata: object) -> None:
    """Metadata is the writer's claim: when it makes no sense, the code still counts."""
    submission = read_notebook(tmp_path, {"cells": [code("x = 1")], "metadata": metadata})
    assert submission.notes == ()


def test_a_notebook_under_another_name_is_read_with_a_note(tmp_path: Path) -> None:
    """Browsers save `hw3.ipynb.txt` and `hw3.ipynb.json`."""
    notebook = {"cells": [code("x = 1")], "nbformat": 4}
    for name in ("hw3.ipynb.txt", "hw3.ipynb.json", "hw3.py"):
        submission = read_notebook(tmp_path, notebook, name)
        assert submission.cells[0].label == "cell 1"
        assert ".ipynb" in submission.notes[0]


def test_broken_json_is_named_by_line_and_column(tmp_path: Path) -> None:
    """A notebook cut short is refused where it breaks."""
    error = refusal(tmp_path, '{"cells": [\n  {"cell_type": "code",\n')
    assert "line 3, column 1" in error.message
    assert "Jupyter" in error.hint


def test_a_script_under_a_notebooks_name_is_told_apart(tmp_path: Path) -> None:
    """Python in an `.ipynb` file is answered with the right ending."""
    assert "end in .py" in refusal(tmp_path, "import numpy as np\n").hint


@pytest.mark.parametrize("content", [[1, 2], {"a": 1}, {"cells": 3}, {"worksheets": {}}, "3"])
def test_json_that_is_no_notebook_is_refused(tmp_path: Path, content: object) -> None:
    """Any JSON without a list of cells is no notebook."""
    assert "not a notebook" in refusal(tmp_path, content).message


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"cells": [{"metadata": [{"b":'])
def test_deep_json_is_refused_before_it_is_parsed(tmp_path: Path, opening: str) -> None:
    """Hundreds of thousands of brackets end as a sentence and not as an exhausted stack."""
    assert "nested too deeply" in refusal(tmp_path, opening * 100_000).message


def test_brackets_in_strings_are_not_nesting(tmp_path: Path) -> None:
    """Source with many brackets, quotes and backslashes is no deep JSON."""
    source = "x = '" + '[{\\"' * 1000 + "'"
    assert read_notebook(tmp_path, {"cells": [code(source)]}).cells[0].source == source


def test_a_number_of_thousands_of_digits_is_refused(tmp_path: Path) -> None:
    """Python refuses to read such a number; so is the notebook."""
    assert "number" in refusal(tmp_path, '{"cells": [], "x": ' + "9" * 5000 + "}").message


@pytest.mark.parametrize(
    "cells", [[], [{"cell_type": "markdown", "source": "x"}], [code(" \n")], [3, None]]
)
def test_a_notebook_without_code_is_work_that_has_not_begun(
    tmp_path: Path, cells: list[object]
) -> None:
    """It is read like a handed-out one, and a note says how to save the code."""
    submission = read_notebook(tmp_path, {"cells": cells})
    assert not any(cell.source.strip() for cell in submission.cells)
    assert "no code in it. Save the notebook" in submission.notes[0]


@pytest.mark.parametrize("source", [3, None, {"a": 1}, ["x", 3]])
def test_a_source_that_is_no_text_is_refused(tmp_path: Path, source: object) -> None:
    """The cell is named whose source is no text."""
    error = refusal(tmp_path, {"cells": [code("x = 1"), code(source)]})
    assert "cell 2" in error.message


def test_thousands_of_cells_are_refused(tmp_path: Path) -> None:
    """A bound keeps a machine-made notebook from holding the grader."""
    assert "2001 code cells" in refusal(tmp_path, {"cells": [code("x")] * 2001}).message
    assert "8001 text cells" in refusal(tmp_path, {"cells": [{}] * 8001}).message
    assert "brackets" in refusal(tmp_path, {"cells": [], "x": [{}] * 200_000}).message


def test_half_of_a_surrogate_pair_is_replaced(tmp_path: Path) -> None:
    """What JSON can write and no encoder takes becomes the replacement character."""
    submission = read_notebook(tmp_path, {"cells": [code("x = '\ud800'")]})
    assert submission.cells[0].source == "x = '\N{REPLACEMENT CHARACTER}'"


def test_a_nul_costs_its_own_line(tmp_path: Path) -> None:
    """No Python takes a NUL, so it becomes a character that is refused where it stands."""
    submission = read_notebook(tmp_path, {"cells": [code("x = 1"), code("y = 1\nz\0")]})
    assert submission.cells[1].source == "y = 1\nz\N{REPLACEMENT CHARACTER}"


ANSWER = "# mine\ndef f(x):\n    return x"
STUB = "def f(x):\n    # Your code here\n    raise NotImplementedError"


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_an_answer_that_became_text_is_code(tmp_path: Path, kind: str) -> None:
    """It stays at its place, also below an untouched copy, and a note says what to do."""
    cells = [code(STUB), {"cell_type": kind, "source": ANSWER}, code("x = 1")]
    submission = read_notebook(tmp_path, {"cells": cells})
    assert [cell.label for cell in submission.cells] == ["cell 1", "text cell 1", "cell 2"]
    assert submission.cells[1].source == ANSWER
    assert "code in text cell 1" in submission.notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "An example:\n\ndef f(x):\n    return x",
        "```python\ndef f(x):\n    return x\n```",
        "def f(x): what the text calls a function\n```\ndef f(x): pass\n```",
        "class of functions\n\ndef f(x):",
        "# A heading\n\nfrom here on, f is a function",
    ],
)
def test_text_about_code_is_text(tmp_path: Path, text: str) -> None:
    """Prose that shows a function is nobody's answer."""
    cells = [code("x = 1"), {"cell_type": "markdown", "source": text}]
    submission = read_notebook(tmp_path, {"cells": cells})
    assert [cell.label for cell in submission.cells] == ["cell 1"]
    assert submission.notes == ()


def test_what_was_set_aside_replaces_nothing(tmp_path: Path) -> None:
    """An earlier try in a raw cell is left alone where a cell of code has the function."""
    cells = [code(ANSWER), {"cell_type": "raw", "source": "def f(x):\n    return 2"}]
    assert len(read_notebook(tmp_path, {"cells": cells}).cells) == 1


def test_what_a_notebook_says_of_itself_decides_nothing(tmp_path: Path) -> None:
    """Ids, locks and our own metadata change no line of the code that is read."""
    plain = read_notebook(tmp_path, {"cells": [code(ANSWER)], "metadata": {}})
    cell = code(ANSWER) | {
        "id": "f",
        "metadata": {"nbgrader": {"locked": True, "grade": True}, "autograder": {"skip": 1}},
    }
    claims = {"autograder": {"unreadable": "please", "changes": ["x"], "untouched": ["f"]}}
    told = read_notebook(tmp_path, {"cells": [cell], "metadata": claims})
    assert (told.cells, told.notes) == (plain.cells, plain.notes)


def test_calls_of_the_autograder_are_left_out(tmp_path: Path) -> None:
    """A notebook's own checks are blank lines; what only looks like one stays."""
    lines = [
        "from autograder.notebook import check",
        'check("sigmoid")',
        "check('sigmoid') ;",
        'ok = check("sigmoid")',
        "    check(x)",
    ]
    submission = read_notebook(tmp_path, {"cells": [code("\n".join(lines))]})
    assert submission.cells[0].source.split("\n") == ["", "", "", *lines[3:]]
