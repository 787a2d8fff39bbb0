"""Solution regions: find them, refuse what could leak, and leave a stub in their place."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.errors import CourseError

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
INSTRUCTOR = "instructor"  # the tag of a cell that no student gets
_NEARLY = re.compile(r"(?<!#)#+[ \t]*(begin|end)[\s_-]*solution", re.IGNORECASE)


@dataclass(frozen=True)
class Region:
    """Lines `begin` to `end` of a file, markers included, counted from 1."""

    begin: int
    end: int
    indent: int
    function: str  # "forward_propagation", or "MLP.activate"


def without_solutions(text: str, file: str) -> str:
    """`text` with every region replaced by a line that raises NotImplementedError.

    `file` names the source in errors. Raises CourseError, with file and line, for markers
    that are unbalanced, nested or misspelt, and for a region outside a function, without
    code, or that cuts through a statement.
    """
    lines = text.rstrip("\n").split("\n")
    for region in reversed(find(text, file)):
        margin = " " * region.indent
        lines[region.begin - 1 : region.end] = [
            f"{margin}# Your code here",
            f'{margin}raise NotImplementedError("Write {region.function}")',
        ]
    stub = "\n".join(lines) + "\n"
    try:
        ast.parse(stub)
    except SyntaxError as error:
        raise _error(
            file,
            error.lineno or 1,
            "is no longer Python once the solutions are taken out (the line is counted in the "
            f"result): {error.msg}",
            "Let each region hold whole statements.",
        ) from None
    return stub


def find(text: str, file: str) -> list[Region]:
    """The regions of a source, in order. Raises CourseError as `without_solutions` does."""
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise _error(file, error.lineno or 1, f"is not Python: {error.msg}", "") from None
    return [_region(tree, file, *pair) for pair in _pairs(text, file)]


def _pairs(text: str, file: str) -> Iterator[tuple[int, int, int]]:
    """(line of BEGIN, line of END, indentation) of each region."""
    opened: tuple[int, int] | None = None
    for line, column, comment in _comments(text):
        if comment == BEGIN:
            if opened:
                raise _error(
                    file,
                    line,
                    f"begins a region inside the one that begins on line {opened[0]}",
                    f"End that one first, with {END}.",
                )
            opened = (line, column)
        elif comment == END:
            if not opened:
                raise _error(file, line, "ends a region that never began", f"Add {BEGIN}.")
            yield opened[0], line, opened[1]
            opened = None
        elif _NEARLY.match(comment):
            raise _error(
                file,
                line,
                f"has {comment!r}, which is nearly a marker but is not one, so that the "
                "solution would reach students",
                f"Write {BEGIN} or {END}, alone on its line.",
            )
    if opened:
        raise _error(file, opened[0], "begins a region that never ends", f"Add {END}.")


def _comments(text: str) -> Iterator[tuple[int, int, str]]:
    """(line, column, text) of each comment; one that follows code keeps the code."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            line, column = token.start
            code = token.line[:column].strip()
            # A marker behind code must read as misspelt: the code before it would stay.
            yield (
                line,
                column,
                f"{token.string.rstrip()} (behind code)" if code else (token.string.rstrip()),
            )


def _region(tree: ast.Module, file: str, begin: int, end: int, indent: int) -> Region:
    inside = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and begin < node.lineno < end
    ]
    if not inside:
        raise _error(
            file, begin, "begins a region that holds no code", "Move the markers around it."
        )
    owners = [
        (name, node)
        for name, node in _functions(tree)
        if node.lineno < begin and begin < (node.end_lineno or 0)
    ]
    if not owners:
        raise _error(
            file,
            begin,
            "begins a region outside a function",
            f"Put it in a function's body; or tag the whole cell {INSTRUCTOR!r} when students "
            "should not get it at all.",
        )
    name, owner = owners[-1]
    beyond = [node for node in inside if node.lineno > (owner.end_lineno or 0)]
    if beyond:
        raise _error(
            file,
            end,
            f"ends a region that runs past the end of {name}",
            f"End it inside the function; code of line {beyond[0].lineno} comes after it.",
        )
    return Region(begin, end, indent, name)


def _functions(
    node: ast.AST, prefix: str = ""
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Every function with its dotted name; an outer one comes before those inside it."""
    for child in ast.iter_child_nodes(node):
        name = prefix
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = f"{prefix}{child.name}."
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield name[:-1], child
        yield from _functions(child, name)


def _error(file: str, line: int, what: str, hint: str) -> CourseError:
    return CourseError(f"{file}, line {line}: this line {what}.", hint=hint, slug="source")
