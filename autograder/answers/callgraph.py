"""The functions of a source that call one another, as its text tells.

The text is the reference's, never a student's. A function that is called by a computed name is
not seen; nothing depends on it but what is said of a part.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from autograder.solution.signatures import parsed

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def parts_in(source: str) -> Mapping[str, tuple[str, ...]]:
    """The parts of each function and class: what it mentions, and what that mentions in turn.

    They stand in the order in which they are defined. Of a class, those methods are parts which
    another one calls, such as "MLP.activate".
    """
    tree = parsed(source).body
    defined = {node.name: node for node in tree if isinstance(node, Definition)}
    mentions = {
        name: {one for one in _names(node) if one in defined and one != name}
        for name, node in defined.items()
    }
    found = {}
    for name, node in defined.items():
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            new = mentions[waiting.pop()] - reached
            reached |= new
            waiting += new
        found[name] = (*(n for n in defined if n in reached and n != name), *_methods(node))
    return found


def unread_in(source: str) -> Mapping[str, frozenset[str]]:
    """The parameters of each function that its body never looks at."""
    return {
        node.name: frozenset(_parameters(node)) - set(_names(node))
        for node in parsed(source).body
        if isinstance(node, ast.FunctionDef)
    }


def _methods(node: Definition) -> tuple[str, ...]:
    """The methods of a class that are called by way of `self`."""
    if not isinstance(node, ast.ClassDef):
        return ()
    called = {
        one.attr
        for one in ast.walk(node)
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name)
    }
    methods = [part.name for part in node.body if isinstance(part, ast.FunctionDef)]
    return tuple(f"{node.name}.{name}" for name in methods if name in called)


def _names(node: ast.AST) -> Iterator[str]:
    return (one.id for one in ast.walk(node) if isinstance(one, ast.Name))


def _parameters(node: ast.FunctionDef) -> list[str]:
    arguments = node.args
    return [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
