"""A notebook of nbgrader's own, in a course that has ours beside it."""

from __future__ import annotations

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

NAME, NOTEBOOK = "ps1", "sums"


def source() -> str:
    """Two tests of one answer, as an instructor writes them for nbgrader."""
    answer = "def add(a, b):\n    ### BEGIN SOLUTION\n    return a + b\n    ### END SOLUTION"
    cells = [_cell("add", answer, solution=True)]
    cells += [
        _cell(f"test-{n}", f"assert add({n}, 2) == {n + 2}", grade=True, locked=True, points=n)
        for n in (1, 3)
    ]
    return str(nbformat.writes(new_notebook(cells=cells)))


def handed_in(release: str, body: str) -> str:
    """What students were given, with this body of `add`."""
    notebook = nbformat.reads(release, as_version=4)
    notebook.cells[0].source = f"def add(a, b):\n    {body}"
    return str(nbformat.writes(notebook))


def _cell(name: str, text: str, **settings: object) -> nbformat.NotebookNode:
    own = {"grade_id": name, "schema_version": 3, "grade": False, "solution": False}
    cell = new_code_cell(text)
    cell.metadata["nbgrader"] = {**own, "locked": False, "task": False, **settings}
    return cell
