"""The source notebook of an assignment for nbgrader: answers, graded checks, questions.

It holds the solutions; `nbgrader generate_assignment` takes them out and makes the
students' notebook. From top to bottom it has these kinds of cells:

    text, code that defines      locked
    code with a solution         an answer
    one line for each check      a locked test, worth the check's points
    a question of the source     locked, and below it an answer that a person grades
    code that tries things       the student's to play with
"""

from __future__ import annotations

import ast
import types
from collections.abc import Iterator, Sequence

from autograder.authoring import Check
from autograder.publishing.forms import KERNEL
from autograder.publishing.regions import BEGIN
from autograder.publishing.source import SourceCell

IMPORT = "from autograder.notebook import check"
CHECK_PREFIX = "check-"  # a test cell's grade_id, before the check's id
ANSWER_PREFIX = "answer-"
NO_ANSWER = "YOUR ANSWER HERE"  # what nbgrader leaves in place of an answer
SCHEMA = 3  # of nbgrader's metadata


def graded_notebook(cells: Sequence[SourceCell], checks: Sequence[Check]) -> str:
    """The source notebook, as text.

    cells    the source with its solutions, as `instructor_cells` reads it.
    checks   the assignment's; each becomes a cell below all functions that it needs.

    A cell's grade_id is its id in every other form; a check's is ``check-ID``. What the
    source says to whoever grades a question becomes the model answer below it.
    """
    import nbformat
    from nbformat.v4 import new_notebook

    built = new_notebook(cells=list(_graded(cells, checks)), metadata=KERNEL)
    nbformat.validate(built)
    text: str = nbformat.writes(built)
    return text.rstrip("\n") + "\n"


def _graded(cells: Sequence[SourceCell], checks: Sequence[Check]) -> Iterator[object]:
    code = [cell for cell in cells if not cell.markdown]
    places: dict[str, list[Check]] = {cell.id: [] for cell in code}
    for check in checks:
        places[_place(check, code)].append(check)
    notes = "\n\n".join(cell.text for cell in cells if cell.instructor and cell.markdown)
    for cell in cells:
        if cell.instructor:
            continue
        if cell.markdown:
            yield _cell(cell.id, cell.text, markdown=True, locked=True)
            if cell.points:
                yield _cell(
                    f"{ANSWER_PREFIX}{cell.id}",
                    notes or NO_ANSWER,
                    markdown=True,
                    answer=True,
                    points=cell.points,
                )
            continue
        if cell is code[0]:
            yield _cell("checks", IMPORT, locked=True)
        if BEGIN in cell.text:
            yield _cell(cell.id, cell.text, answer=True)
        else:
            yield _cell(cell.id, cell.text, locked=bool(_defined(cell.text)))
        for check in places[cell.id]:
            text = f'check("{check.id}")'
            yield _cell(f"{CHECK_PREFIX}{check.id}", text, locked=True, points=check.points)


def _cell(
    grade_id: str,
    text: str,
    *,
    markdown: bool = False,
    answer: bool = False,
    locked: bool = False,
    points: float = 0.0,
) -> object:
    from nbformat.v4 import new_code_cell, new_markdown_cell

    metadata: dict[str, object] = {
        "schema_version": SCHEMA,
        "grade_id": grade_id,
        "grade": points > 0,
        "solution": answer,
        "locked": locked,
        "task": False,
    }
    if points > 0:
        metadata["points"] = points
    ours = {"nbgrader": metadata} if answer or locked else {}
    make = new_markdown_cell if markdown else new_code_cell
    cell: object = make(text, id=grade_id[:64], metadata=ours)
    return cell


def _place(check: Check, code: Sequence[SourceCell]) -> str:
    """The id of the cell below which all that the check needs has been defined."""
    needed = {check.of, *_asked_of_solution(check.probe)}
    places = [cell.id for cell in code if needed & _defined(cell.text)]
    return places[-1] if places else code[-1].id


def _asked_of_solution(probe: object) -> set[str]:
    """The attributes that a probe, and the functions of its file, may ask of anything."""
    names: set[str] = set()
    waiting = [probe]
    seen: set[int] = set()
    while waiting:
        function = waiting.pop()
        if not isinstance(function, types.FunctionType) or id(function) in seen:
            continue
        seen.add(id(function))
        for part in _codes(function.__code__):
            names |= set(part.co_names)
            waiting += [function.__globals__.get(name) for name in part.co_names]
    return names


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _defined(code: str) -> set[str]:
    """The names that a cell imports, defines or assigns at its top level."""
    names: set[str] = set()
    for node in ast.parse(code).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names
