"""An answer of a notebook, as a cell of our source: what students write stands in functions."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from autograder.errors import CourseError
from autograder.publishing.importing.code import (
    as_code,
    commented,
    defined,
    identifier,
    parse,
    read_first,
)  # fmt: skip
from autograder.publishing.regions import BEGIN, END, without_solutions

_MARKER = re.compile(r"(?<!#)#+[ \t]*(BEGIN|END)[\s_-]*SOLUTION\b", re.IGNORECASE)
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_UNSAID = "it has no solution, only a place for one; write the reference's"


@dataclass(frozen=True)
class Computed:
    """A variable that an answer computes, outside of any function of the notebook.

    function   the function that we have made of this answer.
    returned   all that it returns, in order.
    needs      what it must be given: variables that it changes.
    """

    function: str
    returned: tuple[str, ...]
    needs: tuple[str, ...] = ()


@dataclass
class Converted:
    """An answer as a cell: its text, what it defines, and what a person must decide."""

    text: str
    definitions: set[str] = field(default_factory=set)
    values: dict[str, Computed] = field(default_factory=dict)
    todos: list[str] = field(default_factory=list)


def converted(
    text: str, *, name: str, before: Collection[str], later: Collection[str]
) -> Converted:
    """The cell that an answer becomes.

    text     the answer, with its solution: between marks, or as a whole.
    name     of the function around code that stands in none.
    before   names that are defined above it.
    later    names that the cells below it look up.

    Where it cannot be taken apart, it becomes a comment as a whole, and says so.
    """
    lines, inside = _marked(text)
    tree = parse("\n".join(lines))
    if tree is None:
        return _left(text, "it is no Python that can be read")
    made = Converted("")
    pieces: list[str] = []
    loose: list[ast.stmt] = []
    end = 0
    for node in tree.body:
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))])
        if first <= end:
            return _left(text, "two of its statements share a line")
        between = [lines[at] for at in range(end, first - 1) if not inside[at]]
        end = node.end_lineno or node.lineno
        part = [*between, *lines[first - 1 : end]]
        is_solution = any(inside[first - 1 : end])
        is_import = isinstance(node, ast.Import | ast.ImportFrom)
        if is_solution and not isinstance(node, _Definition) and not is_import:
            if not loose:
                pieces.append("\n".join(between))
            loose.append(node)
            continue
        if loose:
            pieces.append(_wrapped(loose, lines, name, before, later, made))
            loose = []
        if isinstance(node, _Definition):
            made.definitions.add(node.name)
            if is_solution:
                part = [*between, *_regions(node, lines, inside, first, end, made)]
        pieces.append("\n".join(part))
    if loose:
        pieces.append(_wrapped(loose, lines, name, before, later, made))
    pieces.append("\n".join(lines[at] for at in range(end, len(lines)) if not inside[at]))
    made.text = as_code("\n".join(pieces).strip("\n"))
    try:
        without_solutions(made.text + "\n", "")
    except CourseError as error:
        return _left(text, f"its solution cannot be taken out: {one_reason(error)}")
    if BEGIN not in made.text:
        made.todos.append("no part of it could be marked as the solution; mark it")
    return made


def one_reason(error: CourseError) -> str:
    """The reason of an error about a source, without the place."""
    return str(error).partition("this line ")[2].rstrip(".") or str(error)


def _left(text: str, why: str) -> Converted:
    return Converted(commented(text), todos=[f"{why}; it is a comment in solution.py"])


def _marked(text: str) -> tuple[list[str], list[bool]]:
    """The lines without marks, and for each whether it belongs to the solution."""
    lines: list[str] = []
    inside: list[bool] = []
    open_, marked = False, False
    for line in text.split("\n"):
        if found := _MARKER.search(line):
            open_, marked = found[1].upper() == "BEGIN", True
            line = line[: found.start()].rstrip()
            if not line:
                continue
        lines.append(line)
        inside.append(open_)
    return (lines, inside) if marked else (lines, [True] * len(lines))


def _regions(
    node: _Definition,
    lines: list[str],
    inside: list[bool],
    first: int,
    end: int,
    made: Converted,
) -> list[str]:
    """The lines of a definition, with marks around what students write in it."""
    if node.body[0].lineno == node.lineno or any(
        one.body[0].lineno == one.lineno for one in _functions(node)
    ):
        text = ast.unparse(node)
        tree = parse(text)
        assert tree is not None
        again = tree.body[0]
        assert isinstance(again, _Definition)
        short = text.split("\n")
        return _regions(again, short, [True] * len(short), 1, len(short), made)
    marks: dict[int, list[str]] = {}
    for function in _functions(node):
        body = function.body[1:] if ast.get_docstring(function) is not None else function.body
        if not inside[function.lineno - 1]:
            body = [one for one in body if any(inside[one.lineno - 1 : one.end_lineno])]
        if not body:
            continue
        if all(map(_is_nothing, body)):
            made.todos.append(f"{function.name}: {_UNSAID}")
        margin = " " * body[0].col_offset
        start = body[0].lineno
        for decorator in getattr(body[0], "decorator_list", []):
            start = min(start, decorator.lineno)
        while inside[start - 2] and lines[start - 2].lstrip()[:1] in ("", "#"):
            start -= 1  # a comment of the solution, too
        marks.setdefault(start, []).append(f"{margin}{BEGIN}")
        marks.setdefault((body[-1].end_lineno or 0) + 1, []).append(f"{margin}{END}")
    out: list[str] = []
    for number in range(first, end + 2):
        out += marks.get(number, [])
        if number <= end:
            out.append(lines[number - 1])
    return out


def _functions(node: _Definition) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The function itself, or the methods of a class."""
    if isinstance(node, ast.ClassDef):
        for child in node.body:
            if isinstance(child, _Definition):
                yield from _functions(child)
    else:
        yield node


def _wrapped(
    loose: list[ast.stmt],
    lines: list[str],
    name: str,
    before: Collection[str],
    later: Collection[str],
    made: Converted,
) -> str:
    """Statements outside of any function, as a function that is called at once."""
    tree = ast.Module(loose, [])
    if all(map(_is_nothing, loose)):
        made.todos.append(_UNSAID)
    taken = {*made.definitions, *before, *later, *defined(tree)}
    function = identifier(name, taken, "answer")
    made.definitions.add(function)
    assigned = sorted(defined(tree))
    returned = tuple([one for one in assigned if one in later] or assigned)
    needs = tuple(sorted(defined(tree) & read_first(tree) & set(before)))
    if needs:
        made.todos.append(
            f"{function} changes {', '.join(needs)}, which it is given now; "
            "say in checks.py what it gets"
        )
    start, end = loose[0].lineno, loose[-1].end_lineno or 0
    body = "\n".join(lines[start - 1 : end])
    if any(
        isinstance(one, ast.Constant | ast.JoinedStr) and one.end_lineno != one.lineno
        for one in ast.walk(tree)
    ):  # a text of several lines must not be moved to the right
        body = ast.unparse(tree)
    said = f"return {', '.join(returned)}\n" if returned else ""
    called = f"{function}({', '.join(needs)})"
    made.values |= {one: Computed(function, returned, needs) for one in returned}
    made.definitions |= set(returned)
    inner = textwrap.indent(f"{BEGIN}\n{body}\n{said}{END}", "    ")
    what = f"Return {', '.join(returned)}." if returned else "Do what the text asks."
    return f'def {function}({", ".join(needs)}):\n    """{what}"""\n{inner}\n\n\n' + (
        f"{', '.join(returned)} = {called}" if returned else called
    )


def _is_nothing(node: ast.stmt) -> bool:
    """True for what stands where nothing is written: `pass`, `x = ...`, NotImplementedError."""
    match node:
        case ast.Pass() | ast.Expr(ast.Constant()):
            return True
        case ast.Assign(value=ast.Constant(value)) | ast.Return(ast.Constant(value)):
            return value is ... or value is None
        case ast.Raise(ast.Call(ast.Name(name)) | ast.Name(name)):
            return name == "NotImplementedError"
    return False
