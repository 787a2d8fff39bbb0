"""Leaks: whatever would hand a solution to students, found before a bundle is written.

In a source with cells every function that a check judges needs a marked solution; its forms are
built again and compared with what lies in the folder. In no form may a judged function have the
reference's own body.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from autograder import submissions
from autograder.course.course import Assignment
from autograder.errors import IntakeError
from autograder.publishing import build, has_cells
from autograder.publishing.regions import BEGIN, END, find

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Leak:
    """A place in a student's file, and what the author can do about it."""

    place: str
    what: str
    hint: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}."


def leaks(assignment: Assignment, *, forms: bool = True) -> Iterator[Leak]:
    """The places where a source hides no solution, and where the forms hold one or are stale.

    forms   whether the forms in the assignment's folder are looked at, or only its source.

    Raises CourseError where the source cannot be taken apart, and where a source with cells
    cannot be built because the extra `author` is not installed.
    """
    assert assignment.reference is not None
    source = assignment.reference / "solution.py"
    text = source.read_text("utf-8")
    right = _definitions(text)
    judged = {check.of for check in assignment.checks} & set(right)
    if has_cells(text):
        marked = [region.function for region in find(text, str(source))]
        for name in sorted(judged):
            if not any(f"{one}.".startswith(f"{name}.") for one in marked):
                yield Leak(
                    f"{source}, line {right[name].lineno}",
                    f"a check judges {name}, and no part of it is marked as the solution",
                    f"Put {BEGIN} and {END} around what students are to write.",
                )
    if not forms:
        return
    for form in (assignment.stub, assignment.stub.with_suffix(".ipynb")):
        yield from _solved(form, right, judged)
    if has_cells(text):
        yield from _changed(assignment, source)


def _solved(
    form: Path, right: dict[str, _Definition], judged: Collection[str]
) -> Iterator[Leak]:
    """The judged functions that a form gives away."""
    try:
        cells = submissions.read(form).cells
    except IntakeError:  # empty, and gives nothing away
        return
    for cell in cells:
        label = f", {cell.label}" if cell.label else ""
        for name, given in _definitions(cell.source).items():
            if name in judged and _code(given) == _code(right[name]):
                yield Leak(
                    f"{form}{label}, line {given.lineno}",
                    f"the reference's {name} stands there as it is, and a check judges it",
                    "Put the stub back in its place.",
                )


def _changed(assignment: Assignment, source: Path) -> Iterator[Leak]:
    """The first line of each form that the source does not give."""
    names = {"title": assignment.title, "module": assignment.module}
    for file, text in build(source, name=assignment.name, **names).items():
        path = assignment.folder / file
        pairs = zip_longest(path.read_text("utf-8").split("\n"), text.split("\n"))
        for number, (has, due) in enumerate(pairs, 1):
            if has != due:
                yield Leak(
                    f"{path}, line {number}",
                    f"this is not what {source} gives",
                    f"Run: grade build {assignment.name}",
                )
                break


def _definitions(text: str) -> dict[str, _Definition]:
    """Functions and classes by name, and methods as CLASS.NAME; none where it is no Python."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return {}
    found: dict[str, _Definition] = {}
    for node in tree.body:
        if isinstance(node, _Definition):
            found[node.name] = node
        if isinstance(node, ast.ClassDef):
            found |= {
                f"{node.name}.{m.name}": m for m in node.body if isinstance(m, _Definition)
            }
    return found


def _code(node: _Definition) -> str:
    """The code of a definition, without its docstrings."""
    copy = ast.parse(ast.unparse(node)).body[0]
    for inner in ast.walk(copy):
        if isinstance(inner, _Definition) and ast.get_docstring(inner) is not None:
            inner.body = inner.body[1:]
    assert isinstance(copy, _Definition)
    return ast.dump(ast.Module(copy.body, type_ignores=[]))
