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


def written_script(notebook: Notebook) -> Notebook:
    """A function is written to a file, which is run."""
    at = place(notebook, "sigmoid")
    source = text(notebook["cells"][at])
    notebook["cells"][at]["source"] = f"%%writefile mine.py\n{source}"
    notebook["cells"].insert(at + 1, code("%run mine.py"))
    return notebook


def imported_script(notebook: Notebook) -> Notebook:
    """All functions are written to a file, and imported from there."""
    everything = "\n\n".join(text(one) for one in answers(notebook))
    for one in answers(notebook):
        emptied(one)
    notebook["cells"] += [
        code(f"%%writefile mine.py\nimport numpy as np\n{everything}"),
        code("from mine import *"),
    ]
    return notebook


def under(magic: str) -> Mangle:
    """Every answer stands under a cell magic."""

    def mangle(notebook: Notebook) -> Notebook:
        for one in answers(notebook):
            one["source"] = f"{magic}\n{text(one)}"
        return notebook

    return mangle


def exported(notebook: Notebook) -> Notebook:
    """Answers as a notebook has them that was saved as a script and pasted back."""
    for one in answers(notebook):
        one["source"] = f"get_ipython().run_cell_magic('time', '', {text(one)!r})"
    return notebook


def executed(notebook: Notebook) -> Notebook:
    """One answer is a text that is handed to `exec`."""
    one = cell(notebook, "sigmoid")
    one["source"] = f"exec({text(one)!r})"
    return notebook


def all_as_markdown(notebook: Notebook) -> Notebook:
    """Every answer has become text."""
    for one in answers(notebook):
        one["cell_type"] = "markdown"
    return notebook


def stub_below_every_answer(notebook: Notebook) -> Notebook:
    """The handed-out cells once more, at the end."""
    copies = copy.deepcopy(answers(notebook))
    for number, one in enumerate(copies):
        emptied(one)
        one["id"] = f"copy-{number}"
    notebook["cells"] += copies
    return notebook


def stubs_without_ids_below(notebook: Notebook) -> Notebook:
    """The same, pasted from another notebook."""
    stub_below_every_answer(notebook)
    for one in notebook["cells"]:
        if str(one.get("id")).startswith("copy-"):
            one["metadata"] = {}
            del one["id"]
    return notebook


def wrong_copy_below(notebook: Notebook) -> Notebook:
    """Of two changed copies the last one counts, and that is wrong."""
    copied_answer(notebook)
    notebook["cells"][place(notebook, "sigmoid") + 1]["source"] = (
        "def sigmoid(x):\n    return x"
    )
    return notebook


def wrong_copy_above(notebook: Notebook) -> Notebook:
    """Of two changed copies the last one counts, and that is right."""
    copied_answer(notebook)
    notebook["cells"][place(notebook, "sigmoid")]["source"] = "def sigmoid(x):\n    return x"
    return notebook


def set_aside(notebook: Notebook) -> Notebook:
    """An earlier try, kept in a raw cell below."""
    notebook["cells"].append(
        {"cell_type": "raw", "metadata": {}, "source": "def sigmoid(x):\n    return x"}
    )
    return notebook


def split_answer(notebook: Notebook) -> Notebook:
    """A helper has moved into a cell of its own, above the answer that uses it."""
    at = place(notebook, "sigmoid")
    notebook["cells"][at]["source"] = "def sigmoid(x):\n    return 1 / (1 + negative_exp(x))"
    helper = "import numpy as np\n\n\ndef negative_exp(x):\n    return np.exp(-x)"
    notebook["cells"].insert(at, code(helper))
    return notebook


def cut_in_two(notebook: Notebook) -> Notebook:
    """A function was split in its middle, so that its second half has no beginning."""
    at = place(notebook, "sigmoid")
    lines = text(notebook["cells"][at]).split("\n")
    notebook["cells"][at]["source"] = lines[0]
    notebook["cells"].insert(at + 1, code("\n".join(lines[1:])))
    return notebook


def in_a_check(notebook: Notebook) -> Notebook:
    """An answer was written into the cell of its check."""
    one, check = cell(notebook, "sigmoid"), cell(notebook, "check-sigmoid")
    check["source"] = text(one) + "\n\n" + text(check)
    emptied(one)
    return notebook


def changed_locked(notebook: Notebook) -> Notebook:
    """The imports, which are locked, have another line."""
    imports = cell(notebook, "imports")
    imports["source"] = "import math\n" + text(imports)
    return notebook


def without_imports(notebook: Notebook) -> Notebook:
    """The imports are gone, and each answer imports for itself."""
    del notebook["cells"][place(notebook, "imports")]
    for one in answers(notebook):
        one["source"] = "import numpy as np\n" + text(one)
    return notebook


def imports_last(notebook: Notebook) -> Notebook:
    """The imports have moved to the end."""
    notebook["cells"].append(notebook["cells"].pop(place(notebook, "imports")))
    return notebook


def sorted_by_length(notebook: Notebook) -> Notebook:
    """Cells in an order of no meaning."""
    notebook["cells"].sort(key=lambda one: len(text(one)))
    return notebook


def pasted_picture(notebook: Notebook) -> Notebook:
    """A picture in the answer to the question, and another beside the code."""
    picture = {"image/png": "iVBORw0KGgo="}
    one = cell(notebook, "answer-A-question-to-think-about")
    one |= {"source": "![](attachment:a.png)", "attachments": {"a.png": picture}}
    notebook["cells"].append(
        {"cell_type": "markdown", "metadata": {}, "source": "x", "attachments": {"b": picture}}
    )
    return notebook


def pasted_odd_things(notebook: Notebook) -> Notebook:
    """Attachments that are none."""
    for number, one in enumerate(notebook["cells"]):
        one["attachments"] = [3, {"a": 3}, {"a": {"image/svg+xml": "<svg>"}}][number % 3]
    return notebook


def picture_in_text(notebook: Notebook) -> Notebook:
    """Six megabytes of a picture, written into a text."""
    data = "A" * 6_000_000
    source = f"![a](data:image/png;base64,{data})"
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": source})
    return notebook


def many_outputs(notebook: Notebook) -> Notebook:
    """Twenty megabytes of lines that training has printed."""
    line = "cost after 1000 iterations: 0.123456789\n"
    answers(notebook)[0]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": [line] * 450_000}
    ]
    return notebook


def many_cells(notebook: Notebook) -> Notebook:
    """A thousand cells that try something."""
    notebook["cells"] += [code(f"x = {number}") for number in range(1000)]
    return notebook


def too_many_cells(notebook: Notebook) -> Notebook:
    """More than anybody writes."""
    notebook["cells"] += [code("x = 1")] * 2001
    return notebook


def odd_sources(notebook: Notebook) -> Notebook:
    """Texts as lists of lines, as Jupyter saves them, and one that is no text."""
    for one in notebook["cells"]:
        one["source"] = text(one).splitlines(keepends=True)
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": 3})
    return notebook


def code_that_is_no_text(notebook: Notebook) -> Notebook:
    """A damaged cell of code."""
    notebook["cells"].append(code("") | {"source": {"a": 1}})
    return notebook


def windows_lines(notebook: Notebook) -> Notebook:
    """Lines end as on Windows."""
    for one in notebook["cells"]:
        one["source"] = text(one).replace("\n", "\r\n")
    return notebook


def tabs(notebook: Notebook) -> Notebook:
    """Tabs in place of blanks."""
    for one in answers(notebook):
        one["source"] = text(one).replace("    ", "\t")
    return notebook


def indented(notebook: Notebook) -> Notebook:
    """A whole cell is one step to the right."""
    one = cell(notebook, "predict")
    one["source"] = "\n".join(f"    {line}" for line in text(one).split("\n"))
    return notebook


def another_language(notebook: Notebook) -> Notebook:
    """It says that it is in R, and has a cell of it under a magic."""
    notebook["metadata"]["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    return own("%%R", "x <- 1")(notebook)


def utf16(notebook: Notebook) -> bytes:
    """Saved by an editor that likes two bytes for a letter."""
    return json.dumps(notebook).encode("utf-16")


def a_script(notebook: Notebook) -> bytes:
    """A script that was given a notebook's name."""
    return "\n\n".join(text(one) for one in answers(notebook)).encode()


def half_written(notebook: Notebook) -> Notebook:
    """Three functions are written, the others are as they were."""
    for one in answers(notebook)[3:]:
        emptied(one)
    return notebook


def hidden_characters(notebook: Notebook) -> Notebook:
    """Pasted from a page: blanks that do not break, and quotation marks of a letter."""
    one = cell(notebook, "predict")
    one["source"] = text(one).replace("    ", "\u00a0\u00a0\u00a0\u00a0")
    return notebook


def renamed_function(notebook: Notebook) -> Notebook:
    """One function has got a name of its own, everywhere."""
    for one in answers(notebook):
        one["source"] = text(one).replace("update_parameters", "update_parameter")
    return notebook


MANGLES: dict[str, tuple[Mangle, float | None]] = {
    "prefilled_outputs": (prefilled_outputs, 100),
    "more_points": (more_points, 100),
    "points_in_words": (points_in_words, 100),
    "unlocked": (unlocked, 100),
    "renamed_ids": (renamed_ids, 100),
    "swapped_ids": (swapped_ids, 100),
    "edited_check": (edited_check, 95),  # the sigmoid, and nothing that calls it
    "deleted_checks": (deleted_checks, 100),
    "deleted_answer": (deleted_answer, 95),
    "copied_answer": (copied_answer, 100),
    "stub_below_answer": (stub_below_answer, 100),
    "no_metadata": (no_metadata, 100),
    "no_metadata_and_no_ids": (no_metadata_and_no_ids, 100),
    "format_three": (format_three, 100),
    "stray_space": (stray_space, 100),
    "broken_function": (broken_function, 94),
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
    "written_script": (written_script, 100),
    "imported_script": (imported_script, 100),
    "timed": (under("%%time"), 100),
    "captured": (under("%%capture out"), 100),
    "exported": (exported, 100),
    "executed": (executed, 100),
    "all_as_markdown": (all_as_markdown, 100),
    "stub_below_every_answer": (stub_below_every_answer, 100),
    "stubs_without_ids_below": (stubs_without_ids_below, 100),
    "wrong_copy_below": (wrong_copy_below, 95),
    "wrong_copy_above": (wrong_copy_above, 100),
    "set_aside": (set_aside, 100),
    "split_answer": (split_answer, 100),
    "cut_in_two": (cut_in_two, 95),
    "in_a_check": (in_a_check, 100),
    "changed_locked": (changed_locked, 100),
    "without_imports": (without_imports, 100),
    "imports_last": (imports_last, 100),
    "sorted_by_length": (sorted_by_length, 100),
    "pasted_picture": (pasted_picture, 100),
    "pasted_odd_things": (pasted_odd_things, 100),
    "picture_in_text": (picture_in_text, 100),
    "many_outputs": (many_outputs, 100),
    "many_cells": (many_cells, 100),
    "too_many_cells": (too_many_cells, None),
    "odd_sources": (odd_sources, 100),
    "code_that_is_no_text": (code_that_is_no_text, None),
    "windows_lines": (windows_lines, 100),
    "tabs": (tabs, 100),
    "indented": (indented, 100),
    "another_language": (another_language, 100),
    "utf16": (utf16, 100),
    "a_script": (a_script, None),
    "half_written": (half_written, 17),
    "hidden_characters": (hidden_characters, 100),
    "renamed_function": (renamed_function, 100),
    "broken_off": (broken_off, None),
    "nested": (nested, None),
    "empty_file": (lambda _: b"", None),
    "a_list": (lambda _: b"[1, 2, 3]", None),
    "no_cells": (lambda _: b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', None),
}
