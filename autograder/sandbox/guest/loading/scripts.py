"""Python that stands in a text: a script that a cell writes, a magic's body, `exec`.

A notebook may write a file and then run or import it. There is no such file here: what is
written is read where it stands, as a part of the notebook. The same goes for a text that is
handed to `exec`, or to a magic, as notebooks do that were saved as scripts, and for a file that
was handed in beside the notebook and that `%run` names.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator

from autograder.sandbox.guest.loading.cells import CellLines
from autograder.sandbox.guest.loading.parsing import Placed

MAX_DEPTH = 3

Reader = Callable[[CellLines], list[ast.stmt]]

_WRITES = re.compile(
    r"""^\s*%%(?:writefile|file)\s+(?:-a\s+)?["']?(?:\./)?(\w+)\.py\b|"""
    r"""run_cell_magic\(\s*["'](?:writefile|file)["']\s*,\s*["'](?:-a\s+)?(?:\./)?(\w+)\.py\b""",
    re.MULTILINE,
)
_WRITING = ("%%writefile", "%%file", "run_cell_magic")  # one of which the pattern needs
_RUN = re.compile(r"""\s*%run\s+(?:-\w+\s+)*(?:"([^"]+)"|'([^']+)'|(\S+))""")
_RUNS = (
    r"""(?:^\s*%run\s+(?:-\w+\s+)*["']?(?:\./)?{name}(?:\.py)?\b|"""
    r"""run_line_magic\(\s*["']run["']\s*,\s*["'](?:\./)?{name}(?:\.py)?\b|"""
    r"""^\s*(?:from\s+\.?{name}\s+import\b|import\s+(?:[\w.]+(?:\s+as\s+\w+)?\s*,\s*)*{name}\b)|"""
    r"""^\s*!\s*python3?\s+(?:\./)?{name}\.py\b|"""
    r"""\bexec\(\s*open\(\s*["'](?:\./)?{name}\.py\b)"""
)


def written_and_run(sources: Iterable[str]) -> frozenset[str]:
    """The scripts, without `.py`, that one cell writes and another one runs or imports."""
    texts = list(sources)
    if not any(word in text for text in texts for word in _WRITING):
        return frozenset()  # as nearly always, and sooner told than by the pattern
    names = {found[1] or found[2] for text in texts for found in _WRITES.finditer(text)}
    return frozenset(
        name
        for name in names
        if any(re.search(_RUNS.format(name=name), text, re.MULTILINE) for text in texts)
    )


def unpacked(
    placed: Iterable[Placed], read: Reader, depth: int = MAX_DEPTH
) -> Iterator[Placed]:
    """The statements, with those of each text in the place of what hands it to Python.

    read   gives the statements of a cell.
    """
    for cell, node in placed:
        text = handed_over(node) if depth else None
        file = _file_of(node, cell) if depth and cell.beside else ""
        if text is not None:
            within = [
                CellLines(f"inside {cell.where(node.lineno)}", text, cell.scripts, cell.beside)
            ]
        elif file:
            within = _cells_of(file, cell)
        else:
            yield cell, node
            continue
        for inner in within:
            yield from unpacked(((inner, one) for one in read(inner)), read, depth - 1)


def file_run(line: str, beside: Collection[str]) -> str:
    """The file `beside` that a line runs, as `%run helper.py` does; or ""."""
    found = _RUN.match(line) if beside else None
    if found is None:
        return ""
    name = (found[1] or found[2] or found[3]).removeprefix("./")
    return next((each for each in (name, f"{name}.py") if each in beside), "")


def handed_over(node: ast.stmt) -> str | None:
    """The text that a statement has Python run, as a cell; None for any other statement."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return None
    call = node.value
    match call.func, [_text(each) for each in call.args]:
        case ast.Name(id="exec"), [str(text), *_]:
            return text
        case ast.Attribute(
            value=ast.Call(func=ast.Name(id="get_ipython")), attr="run_cell_magic"
        ), [str(name), str(line), str(text)]:
            return f"%%{name} {line}\n{text}"
        case ast.Attribute(
            value=ast.Call(func=ast.Name(id="get_ipython")), attr="run_cell" | "ex"
        ), [str(text), *_]:
            return text
    return None


def _file_of(node: ast.stmt, cell: CellLines) -> str:
    """The file beside the submission that a statement runs, as a magic does; or ""."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return ""
    match node.value.func, [_text(each) for each in node.value.args]:
        case ast.Attribute(
            value=ast.Call(func=ast.Name(id="get_ipython")), attr="run_line_magic"
        ), ["run", str(line)]:
            return line if line in cell.beside else file_run(f"%run {line}", cell.beside)
    return ""


def _cells_of(file: str, cell: CellLines) -> list[CellLines]:
    """The code of a file beside the submission. It does not run itself once more."""
    others = {name: data for name, data in cell.beside.items() if name != file}
    data = cell.beside[file]
    if not file.endswith(".ipynb"):
        return [CellLines(file, _decoded(data), cell.scripts, others)]
    return [
        CellLines(f"{file}, cell {number}", source, cell.scripts, others)
        for number, source in enumerate(_sources(data), 1)
    ]


def _decoded(data: bytes) -> str:
    try:
        return importlib.util.decode_source(data)
    except (SyntaxError, UnicodeDecodeError):
        return data.decode("latin-1")


def _sources(data: bytes) -> list[str]:
    """The code cells of a notebook; none where it is not one."""
    try:
        cells = json.loads(data)["cells"]
        return [
            "".join(one["source"])
            for one in cells
            if one["cell_type"] == "code" and isinstance(one["source"], str | list)
        ]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def _text(node: ast.expr) -> str | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None
