"""The forms of an assignment: a stub to edit, a notebook, and a handout to read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence

from autograder.publishing.source import SourceCell

KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def stub(cells: Sequence[SourceCell], *, name: str, title: str) -> str:
    """The Python file that a student fills in; its cells open as a notebook in editors."""
    import jupytext
    from nbformat.v4 import new_notebook

    quoted = title.rstrip(".").replace("\\", "\\\\").replace('"', '\\"')
    head = (
        f'"""{quoted}.\n\n'
        'Write your code where it says "Your code here", in place of the line below it.\n'
        "Check as often as you like, also while some functions are still missing:\n\n"
        f"    grade check {name}\n"
        '"""\n\n'
    )
    # No header: jupytext's own would carry its version and change with every release.
    plain = {"jupytext": {"notebook_metadata_filter": "-all", "cell_metadata_filter": "-all"}}
    body: str = jupytext.writes(
        new_notebook(cells=_notebook_cells(cells), metadata=plain),
        fmt={"extension": ".py", "format_name": "percent", "comment_magics": False},
    )
    return head + body


def notebook(cells: Sequence[SourceCell], *, name: str, module: str) -> str:
    """The student's notebook (nbformat 4.5), without outputs; its last cell checks it."""
    import nbformat
    from nbformat.v4 import new_notebook

    closing = [
        SourceCell(
            "check-your-work",
            True,
            "## Check your work\n\nSave the notebook first: what is checked is the file.",
        ),
        SourceCell("grade-check", False, f"!grade check {name} {module}.ipynb"),
    ]
    built = new_notebook(cells=_notebook_cells([*cells, *closing]), metadata=KERNEL)
    nbformat.validate(built)
    text: str = nbformat.writes(built)
    return text.rstrip("\n") + "\n"


def handout(cells: Sequence[SourceCell], *, name: str, title: str, module: str) -> str:
    """The assignment as a text: its markdown, and every signature with its docstring."""
    how = (
        f"Write your code in `{module}.py`, or in the notebook `{module}.ipynb` if you prefer "
        "one. Check as often as you like:\n\n"
        f"```sh\ngrade check {name}\ngrade check {name} {module}.ipynb\n```"
    )
    parts = [f"# {title}", how]
    for cell in cells:
        text = cell.text if cell.markdown else _outline(cell.text)
        if cell.markdown and cell is cells[0]:
            text = re.sub(r"\A# .*\n*", "", text)  # the title stands above already
        elif not cell.markdown and text:
            text = f"```python\n{text}\n```"
        if text:
            parts.append(text.strip("\n"))
    return "\n\n".join(parts) + "\n"


def _notebook_cells(cells: Iterable[SourceCell]) -> list[object]:
    from nbformat.v4 import new_code_cell, new_markdown_cell

    return [
        (new_markdown_cell if cell.markdown else new_code_cell)(cell.text, id=cell.id)
        for cell in cells
    ]


def _outline(code: str) -> str:
    """A cell's definitions without their bodies; other code as it is, imports left out."""
    lines = code.split("\n")
    outline = ""
    end = 0
    for node in ast.parse(code).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            continue
        gap = "\n\n" if node.lineno > end + 1 else "\n"
        outline += gap + "\n".join(_lines_of(node, lines))
        end = node.end_lineno or node.lineno
    return outline.strip("\n")


def _lines_of(node: ast.stmt, lines: Sequence[str]) -> list[str]:
    first, last = node.lineno, node.end_lineno or node.lineno
    if (
        not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        or node.body[0].lineno == first
    ):
        return list(lines[first - 1 : last])
    if node.decorator_list:
        first = node.decorator_list[0].lineno
    shown = list(lines[first - 1 : node.body[0].lineno - 1])
    body = node.body
    if ast.get_docstring(node) is not None:
        shown += lines[body[0].lineno - 1 : body[0].end_lineno]
        body = body[1:]
    if isinstance(node, ast.ClassDef):
        for method in body:
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef):
                shown += ["", *_lines_of(method, lines)]
    elif ast.get_docstring(node) is None:
        shown.append(" " * node.body[0].col_offset + "...")
    return shown
