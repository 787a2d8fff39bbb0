"""A file that took too long at its top level, reduced so that its functions count.

A training of a minute often stands beside another one. So after the first line that took too
long, all others are left out as well, except what the functions need.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from autograder.sandbox.guest.loading.names import Names, names_of, needed
from autograder.sandbox.guest.loading.parsing import Definition, Import, Placed

_SETTING = re.compile(r"set|seed|manual_seed")  # np.random.seed, keras.backend.set_floatx
_COMPUTING = (ast.Call, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Await)


def inessential(statements: Sequence[Placed]) -> set[int]:
    """The statements, by `id`, that the definitions, imports and settings do not lead to.

    What is quick stays in any case: an assignment that calls nothing, or wraps a function.
    """
    own = {name for _, node in statements for name in _defined(node)}
    chosen: list[Names] = []
    rest: list[tuple[int, Names]] = []
    for _, node in statements:
        try:
            names = names_of(node)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            names = Names(frozenset(), frozenset())
        if isinstance(node, Import) or any(_defined(node)) or _is_quick(node, own):
            chosen.append(names)
        elif not _says_nothing(node):
            rest.append((id(node), names))
    stay = {rest[number][0] for number in needed(chosen, [names for _, names in rest])}
    return {key for key, _ in rest} - stay


def _defined(node: ast.stmt) -> Iterator[str]:
    """The functions and classes that a statement defines, also those under an `if`."""
    if isinstance(node, Definition):
        yield node.name
    elif not isinstance(node, Import):
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.stmt):
                yield from _defined(inner)
            elif isinstance(inner, ast.ExceptHandler):
                yield from (name for part in inner.body for name in _defined(part))


def _is_quick(node: ast.stmt, own: set[str]) -> bool:
    match node:
        case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value):
            return not _computes(value) or _wraps_a_function(value, own)
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))):
            return _SETTING.match(name) is not None
    return False


def _computes(value: ast.expr) -> bool:
    if isinstance(value, ast.Lambda):
        return False
    return isinstance(value, _COMPUTING) or any(
        _computes(inner) for inner in ast.iter_child_nodes(value) if isinstance(inner, ast.expr)
    )


def _wraps_a_function(value: ast.expr, own: set[str]) -> bool:
    """``np.vectorize(f)``, ``partial(f, rate=1)``; but not ``train(f)`` of their own."""
    match value:
        case ast.Call(func=ast.Name(id=name)) if name in own:
            return False
        case ast.Call(args=[ast.Name(id=name), *_]):
            return name in own
        case ast.Call(args=[ast.Lambda(), *_]):
            return True
    return False


def _says_nothing(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )
