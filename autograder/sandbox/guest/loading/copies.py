"""Definitions that are not written yet, below written ones of the same name.

A handed-out cell is copied, or pasted once more below the answer. Python would then forget
the answer; here the copy is passed over, since it has nothing of the student's in it.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from autograder.sandbox.guest.loading.notes import Notes
from autograder.sandbox.guest.loading.parsing import Definition, Placed

Function = ast.FunctionDef | ast.AsyncFunctionDef


def without_copies(placed: Sequence[Placed], notes: Notes) -> list[Placed]:
    """The statements without definitions that add nothing to an earlier one of their name."""
    counts: dict[str, Placed] = {}
    kept: list[Placed] = []
    for cell, node in placed:
        if isinstance(node, Definition):
            before = counts.get(node.name)
            if before is not None and adds_nothing(node, before[1]):
                where = before[0].where(before[1].lineno)
                message = f"not written yet; the one in {where} counts"
                notes.add("copy", cell, node.lineno, message, text=node.name)
                continue
            counts[node.name] = cell, node
        kept.append((cell, node))
    return kept


def adds_nothing(later: ast.stmt, earlier: ast.stmt) -> bool:
    """True if `later` is still to be written where `earlier`, of the same name, is written."""
    if isinstance(later, Function) and isinstance(earlier, Function):
        return is_unwritten(later) and not is_unwritten(earlier)
    if not isinstance(later, ast.ClassDef) or not isinstance(earlier, ast.ClassDef):
        return False
    known = {_dumped(part) for part in earlier.body}
    written = {part.name for part in _methods(earlier) if not is_unwritten(part)}
    waiting = {part.name for part in _methods(later) if is_unwritten(part)}
    rest = (
        part
        for part in later.body
        if not is_empty(part) and not (isinstance(part, Function) and part.name in waiting)
    )
    gains = bool(waiting & written) if waiting else bool(written)
    return gains and is_unwritten(later) and all(_dumped(part) in known for part in rest)


def is_unwritten(node: ast.stmt) -> bool:
    """True if a function, or a method of a class, says nothing or raises NotImplementedError.

    What a function does before that does not matter, unless it can return something.
    """
    if isinstance(node, ast.ClassDef):
        return is_empty(node) or any(map(is_unwritten, _methods(node)))
    if not isinstance(node, Function):
        return False
    if not any(isinstance(part, ast.Raise) and is_empty(part) for part in node.body):
        return is_empty(node)
    for part in node.body:
        if isinstance(part, ast.Raise) and is_empty(part):
            return True
        if not isinstance(part, Definition) and any(map(_returns, ast.walk(part))):
            break
    return is_empty(node)


def is_empty(node: ast.AST | None) -> bool:
    """True if a definition, or a part of one, says nothing beyond its docstring."""
    match node:
        case ast.Lambda(body=ast.Constant(value=value)):
            return value is None or value is ...
        case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
            return all(map(is_empty, node.body))
        case ast.Pass() | ast.Return(value=None | ast.Constant(value=None)):
            return True
        case ast.Expr(value=ast.Constant(value=value)):
            return value is None or value is ... or isinstance(value, str)
        case ast.Raise(exc=ast.Name(id=name) | ast.Call(func=ast.Name(id=name))):
            return name == "NotImplementedError"
    return False


def _returns(node: ast.AST) -> bool:
    return isinstance(node, ast.Return) and not is_empty(node)


def _methods(node: ast.ClassDef) -> list[Function]:
    return [part for part in node.body if isinstance(part, Function)]


def _dumped(node: ast.AST) -> str:
    try:
        return ast.dump(node)
    except RecursionError:
        return repr(node)
