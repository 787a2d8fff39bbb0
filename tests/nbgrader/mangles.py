"""Notebooks as students hand them in: each a way to mangle a right one, and its verdict.

A mangle takes a notebook's JSON, filled in with the reference, and returns what is handed in:
the JSON, or the file's bytes. `NAME: (mangle, points)` states what the checks must come to;
None where no verdict is fair, so that a person has to look.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

Notebook = dict[str, Any]
Mangle = Callable[[Notebook], "Notebook | bytes"]


def cell(notebook: Notebook, grade_id: str) -> dict[str, Any]:
    """The cell of that grade_id."""
    for one in notebook["cells"]:
        if one["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            return one
    raise KeyError(grade_id)


def place(notebook: Notebook, grade_id: str) -> int:
    """Where the cell of that grade_id is."""
    return notebook["cells"].index(cell(notebook, grade_id))


def text(one: dict[str, Any]) -> str:
    """A cell's source as one string."""
    return "".join(one["source"])


def answers(notebook: Notebook) -> list[dict[str, Any]]:
    """The cells of code that students write."""
    return [
        one
        for one in notebook["cells"]
        if one["cell_type"] == "code" and one["metadata"].get("nbgrader", {}).get("solution")
    ]


def own(*lines: str) -> Mangle:
    """A cell of the student's own, at the top."""

    def mangle(notebook: Notebook) -> Notebook:
        notebook["cells"].insert(0, code("\n".join(lines)))
        return notebook

    return mangle


def code(source: str) -> dict[str, Any]:
    """A plain cell of code."""
    return {
        "cell_type": "code",
        "metadata": {},
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def emptied(one: dict[str, Any]) -> None:
    """Make an answer what it was when it was handed out."""
    lines = text(one).split("\n")
    begin, end = (
        next(n for n, line in enumerate(lines) if marker in line)
        for marker in ("BEGIN SOLUTION", "END SOLUTION")
    )
    margin = " " * (len(lines[begin]) - len(lines[begin].lstrip()))
    stub = [f"{margin}# YOUR CODE HERE", f"{margin}raise NotImplementedError()"]
    one["source"] = "\n".join(lines[:begin] + stub + lines[end + 1 :])


def prefilled_outputs(notebook: Notebook) -> Notebook:
    """Every check shows another result already, and an error."""
    for one in notebook["cells"]:
        if one["cell_type"] == "code":
            one["execution_count"] = 7
            one["outputs"] = [
                {"output_type": "stream", "name": "stderr", "text": "no\n"},
                {
                    "output_type": "execute_result",
                    "data": {"text/plain": "0.0"},
                    "metadata": {},
                    "execution_count": 7,
                },
            ]
    return notebook


def more_points(notebook: Notebook) -> Notebook:
    """A check says that it is worth a thousand points."""
    cell(notebook, "check-sigmoid")["metadata"]["nbgrader"]["points"] = 1000
    return notebook


def points_in_words(notebook: Notebook) -> Notebook:
    """Metadata of the wrong types everywhere."""
    cell(notebook, "check-sigmoid")["metadata"]["nbgrader"]["points"] = "a lot"
    cell(notebook, "check-predict")["metadata"]["nbgrader"] = "check-predict"
    cell(notebook, "sigmoid")["metadata"]["nbgrader"]["schema_version"] = 99
    return notebook


def unlocked(notebook: Notebook) -> Notebook:
    """No cell is locked any more, and the checks are answers."""
    for one in notebook["cells"]:
        settings = one["metadata"].get("nbgrader")
        if settings:
            settings |= {"locked": False, "solution": True}
    return notebook


def renamed_ids(notebook: Notebook) -> Notebook:
    """Answers and checks have other ids."""
    for one in notebook["cells"]:
        settings = one["metadata"].get("nbgrader")
        if settings:
            settings["grade_id"] = "x" + settings["grade_id"]
    return notebook


def swapped_ids(notebook: Notebook) -> Notebook:
    """Two answers have each other's ids."""
    one, other = cell(notebook, "sigmoid"), cell(notebook, "predict")
    ours, theirs = one["metadata"]["nbgrader"], other["metadata"]["nbgrader"]
    ours["grade_id"], theirs["grade_id"] = "predict", "sigmoid"
    return notebook


def edited_check(notebook: Notebook) -> Notebook:
    """A wrong sigmoid, below which the check has become its points."""
    cell(notebook, "sigmoid")["source"] = "def sigmoid(x):\n    return 0 * x"
    cell(notebook, "check-sigmoid")["source"] = "5.0"
    return notebook


def deleted_checks(notebook: Notebook) -> Notebook:
    """All checks are gone."""
    notebook["cells"] = [one for one in notebook["cells"] if "check(" not in text(one)]
    return notebook


def deleted_answer(notebook: Notebook) -> Notebook:
    """The cell of one answer is gone."""
    del notebook["cells"][place(notebook, "sigmoid")]
    return notebook


def copied_answer(notebook: Notebook) -> Notebook:
    """An answer is there twice, as it is after copying and pasting a cell."""
    at = place(notebook, "sigmoid")
    twin = copy.deepcopy(notebook["cells"][at])
    twin["id"] = "another"
    notebook["cells"].insert(at, twin)
    return notebook


def stub_below_answer(notebook: Notebook) -> Notebook:
    """The written answer stands above an untouched copy of its cell."""
    copied_answer(notebook)
    emptied(notebook["cells"][place(notebook, "sigmoid") + 1])
    return notebook


def no_metadata(notebook: Notebook) -> Notebook:
    """A tool has removed all metadata, as some do before a commit."""
    for one in notebook["cells"]:
        one["metadata"] = {}
    return notebook


def no_metadata_and_no_ids(notebook: Notebook) -> Notebook:
    """Pasted cell by cell into a new notebook of an older format."""
    no_metadata(notebook)
    for one in notebook["cells"]:
        one.pop("id", None)
    return notebook | {"metadata": {}, "nbformat_minor": 2}


def format_three(notebook: Notebook) -> Notebook:
    """Saved by a program of long ago."""
    no_metadata_and_no_ids(notebook)
    for one in notebook["cells"]:
        if one["cell_type"] == "code":
            one["input"] = one.pop("source")
    return {
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
        "worksheets": [{"cells": notebook["cells"], "metadata": {}}],
    }


def stray_space(notebook: Notebook) -> Notebook:
    """A cell begins with one blank, which Jupyter strips and Python refuses."""
    one = cell(notebook, "sigmoid")
    one["source"] = " " + text(one)
    return notebook


def broken_function(notebook: Notebook) -> Notebook:
    """One function does not parse; the others do."""
    one = cell(notebook, "predict")
    one["source"] = text(one).replace("return A2 > 0.5", "return A2 > > 0.5")
    return notebook


def backwards(notebook: Notebook) -> Notebook:
    """Cells in the opposite order."""
    notebook["cells"].reverse()
    return notebook


def as_markdown(notebook: Notebook) -> Notebook:
    """A key was hit by accident: an answer has become text."""
    one = cell(notebook, "sigmoid")
    one["cell_type"] = "markdown"
    return notebook


def as_raw(notebook: Notebook) -> Notebook:
    """An answer has become a raw cell."""
    cell(notebook, "sigmoid")["cell_type"] = "raw"
    return notebook


def merged(notebook: Notebook) -> Notebook:
    """All answers in one cell, the first one's."""
    first, *others = answers(notebook)
    first["source"] = "\n\n".join(text(one) for one in (first, *others))
    notebook["cells"] = [one for one in notebook["cells"] if one not in others]
    return notebook


def in_a_cell_above(notebook: Notebook) -> Notebook:
    """Everything written in a cell of one's own, and the answers left as they were."""
    everything = "\n\n".join(text(one) for one in answers(notebook))
    for one in answers(notebook):
        emptied(one)
    notebook["cells"].insert(1, code("import numpy as np\n\n" + everything))
    return notebook


def in_a_locked_cell(notebook: Notebook) -> Notebook:
    """An answer written into the cell of the imports."""
    one, imports = cell(notebook, "sigmoid"), cell(notebook, "imports")
    imports["source"] = text(imports) + "\n\n" + text(one)
    emptied(one)
    return notebook


def twice_in_a_cell(notebook: Notebook) -> Notebook:
    """An early try above the final version, in one cell."""
    one = cell(notebook, "sigmoid")
    one["source"] = "def sigmoid(x):\n    return x\n\n\n" + text(one)
    return notebook


def large_output(notebook: Notebook) -> Notebook:
    """A picture of eight megabytes below a cell."""
    shown = {"output_type": "display_data", "metadata": {}}
    shown["data"] = {"image/png": "A" * 8_000_000}
    answers(notebook)[0]["outputs"] = [shown]
    return notebook


def half_a_character(notebook: Notebook) -> bytes:
    """JSON can hold half of a surrogate pair, which nothing can write again."""
    own("# \ud800 \x00")(notebook)
    return json.dumps(notebook).encode()


def another_kernel(notebook: Notebook) -> Notebook:
    """Run in an environment that only its author has."""
    spec = {"name": "conda-env-mine-py", "display_name": "mine", "language": "python"}
    notebook["metadata"]["kernelspec"] = spec
    return notebook


def byte_order_mark(notebook: Notebook) -> bytes:
    """Saved by an editor that marks UTF-8."""
    return b"\xef\xbb\xbf" + json.dumps(notebook).encode()


def broken_off(notebook: Notebook) -> bytes:
    """An upload that ended too early."""
    return json.dumps(notebook).encode()[:5000]


def latin1(notebook: Notebook) -> bytes:
    """Not UTF-8."""
    own("# naïve")(notebook)
    return json.dumps(notebook, ensure_ascii=False).encode("latin-1", "replace")


def claims_unreadable(notebook: Notebook) -> Notebook:
    """Empty, and it says itself that it cannot be read, in the words of its author."""
    claims = {"unreadable": "Full points, please.", "lost": ["sigmoid"], "changes": ["x"]}
    return notebook | {"cells": [], "metadata": {"autograder": claims}}


def nested(notebook: Notebook) -> bytes:
    """Nested so deeply that a parser may fall over."""
    return b'{"nbformat": 4, "cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"


MANGLES: dict[str, tuple[Mangle, float | None]] = {
    "prefilled_outputs": (prefilled_outputs, 100),
    "more_points": (more_points, 100),
    "points_in_words": (points_in_words, 100),
    "unlocked": (unlocked, 100),
    "renamed_ids": (renamed_ids, 100),
    "swapped_ids": (swapped_ids, 100),
    "edited_check": (edited_check, 90),  # the sigmoid, and the whole that judges it
    "deleted_checks": (deleted_checks, 100),
    "deleted_answer": (deleted_answer, 90),
    "copied_answer": (copied_answer, 100),
    "stub_below_answer": (stub_below_answer, 100),
    "no_metadata": (no_metadata, 100),
    "no_metadata_and_no_ids": (no_metadata_and_no_ids, 100),
    "format_three": (format_three, 100),
    "stray_space": (stray_space, 100),
    "broken_function": (broken_function, 89),
    "backwards": (backwards, 100),
    "as_markdown": (as_markdown, 100),
    "as_raw": (as_raw, 100),
    "merged": (merged, 100),
    "in_a_cell_above": (in_a_cell_above, 100),
    "in_a_locked_cell": (in_a_locked_cell, 100),
    "twice_in_a_cell": (twice_in_a_cell, 100),
    "large_output": (large_output, 100),
    "half_a_character": (half_a_character, 100),
    "another_kernel": (another_kernel, 100),
    "byte_order_mark": (byte_order_mark, 100),
    "magics": (own("%matplotlib inline", "!pip install numpy", "%%time", "x = 1"), 100),
    "missing_helpers": (own("from planar_utils import *", "import testCases"), 100),
    "python_two": (own('print "hello"', "x = np.arange(3)"), 100),
    "ends_itself": (own("import os, sys", "sys.exit()", "os._exit(0)"), 100),
    "latin1": (latin1, 100),
    "claims_unreadable": (claims_unreadable, 0),
    "broken_off": (broken_off, None),
    "nested": (nested, None),
    "empty_file": (lambda _: b"", None),
    "a_list": (lambda _: b"[1, 2, 3]", None),
    "no_cells": (lambda _: b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', None),
}
