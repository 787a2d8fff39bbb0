"""The names and values of a function or a class, as its text tells."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Sequence

from autograder.sandbox.guest.loading.parsing import Definition

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def functions_in(
    node: ast.AST, outer: frozenset[str]
) -> Iterator[tuple[Function, frozenset[str]]]:
    """Every function in a definition, with the names of those around it."""
    for child in (node,) if isinstance(node, Function) else ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child, outer
            inner = outer | local_names(child, list(own_nodes(child)))
            for part in ast.iter_child_nodes(child):
                yield from functions_in(part, inner)
        else:
            yield from functions_in(child, outer)


def own_nodes(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function's body, without those of functions in it."""
    body = [function.body] if isinstance(function, ast.Lambda) else function.body
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function):
            waiting += ast.iter_child_nodes(node)


def local_names(function: Function, nodes: Sequence[ast.AST]) -> set[str]:
    """The names that a function binds, where `nodes` are those of its body."""
    arguments = function.args
    names = {one.arg for one in ast.walk(arguments) if isinstance(one, ast.arg)}
    for node in nodes:
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, Definition):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            names.add((node.asname or node.name).partition(".")[0])
    return names


def alternatives(value: ast.AST | None) -> Sequence[ast.AST | None]:
    """The values that an expression holds, or one of which it is; none of another kind."""
    match value:
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return parts
        case ast.Dict(values=parts) | ast.BoolOp(values=parts):
            return parts
        case ast.IfExp(body=one, orelse=other):
            return [one, other]
        case ast.NamedExpr(value=one) | ast.Starred(value=one):
            return [one]
    return []


def are_functions(value: ast.AST | None) -> bool:
    """True if a value is another function's name, or a table of such names and lambdas."""
    match value:
        case ast.Name() | ast.Lambda() | ast.Attribute(value=ast.Name("np")):
            return True
        case ast.Dict(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            return bool(parts) and all(map(are_functions, parts))
    return False


def captured(node: ast.Match) -> set[str]:
    """The names that the patterns of a match bind."""
    patterns = (part for case in node.cases for part in ast.walk(case.pattern))
    names = (getattr(p, "name", None) or getattr(p, "rest", None) for p in patterns)
    return {name for name in names if name}


def is_set(node: ast.Name) -> bool:
    """True if a name is bound or deleted here."""
    return not isinstance(node.ctx, ast.Load)


def changeable_defaults(function: Function) -> set[str]:
    """The parameters whose default is a value that can be changed."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    pairs = [
        *zip(reversed(positional), reversed(arguments.defaults), strict=False),
        *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True),
    ]
    return {one.arg for one, value in pairs if value is not None and not is_fixed(value)}


def class_attributes(node: ast.AST) -> frozenset[str]:
    """The attributes that the body of a class sets to what can be changed."""
    if not isinstance(node, ast.ClassDef):
        return frozenset()
    return frozenset(
        target.id
        for statement in node.body
        if isinstance(statement, (ast.Assign, ast.AnnAssign)) and not is_fixed(statement.value)
        for target in ast.walk(statement)
        if isinstance(target, ast.Name) and not isinstance(target.ctx, ast.Load)
    )


def has_changeable_parts(node: ast.AST) -> bool:
    """True if a definition has decorators, defaults or class attributes to look at."""
    if getattr(node, "decorator_list", None) or class_attributes(node):
        return True
    parts = node.body if isinstance(node, ast.ClassDef) else [node]
    return any(
        bool(getattr(part, "decorator_list", None)) or bool(changeable_defaults(part))
        for part in parts
        if isinstance(part, Function)
    )


def is_fixed(value: ast.AST | None) -> bool:
    """True if a value can never change: a number, a text, a tuple of them, a type."""
    match value:
        case None | ast.Constant() | ast.JoinedStr() | ast.Attribute(value=ast.Name("np")):
            return True
        case ast.Name(id=name):
            return hasattr(builtins, name)
        case ast.UnaryOp(operand=operand):
            return is_fixed(operand)
        case ast.BinOp(left=left, right=right):
            return is_fixed(left) and is_fixed(right)
        case ast.Tuple(elts=elements):
            return all(map(is_fixed, elements))
    return False


def called_name(node: ast.AST | None) -> str:
    """The last name of what is called, as `seterr` of `np.seterr(...)`."""
    return last_name(node.func) if isinstance(node, ast.Call) else ""


def last_name(node: ast.AST) -> str:
    """`b` of `a.b`, and of `b`."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
