"""The names that a top-level statement binds and uses, and what the functions lean on.

A kernel's history and a file that was too slow ask the same: which statements decide what the
functions do now?
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from autograder.sandbox.guest.loading.parsing import Definition


class HasNames(Protocol):
    """Something that binds and uses names."""

    @property
    def binds(self) -> frozenset[str]:
        """The names that it binds, or whose objects it changes in place."""

    @property
    def uses(self) -> frozenset[str]:
        """The global names that it refers to, inside of functions as well."""


class Names(NamedTuple):
    """Those of one statement."""

    binds: frozenset[str]
    uses: frozenset[str]


def names_of(node: ast.stmt) -> Names:
    """The names of a top-level statement.

    Raises SyntaxError, ValueError, RecursionError or MemoryError where the compiler refuses it.
    """
    table = symtable.symtable(ast.unparse(node), "cell", "exec")
    binds = {one.get_name() for one in table.get_symbols() if _is_bound(one)}
    uses = {one.get_name() for one in table.get_symbols() if one.is_referenced()}
    binds |= _changed(node)
    inner = list(table.get_children())
    while inner:
        scope = inner.pop()
        inner += scope.get_children()
        uses |= {one.get_name() for one in scope.get_symbols() if one.is_global()}
    return Names(frozenset(binds), frozenset(uses))


def needed(chosen: Iterable[HasNames], rest: Sequence[HasNames]) -> list[int]:
    """The places in `rest` of what the chosen statements lead to by their names."""
    uses = _uses(chosen)
    left = set(range(len(rest)))
    found: list[int] = []
    while more := [number for number in sorted(left) if rest[number].binds & uses]:
        found += more
        left -= set(more)
        uses |= _uses(rest[number] for number in more)
    return found


def _uses(statements: Iterable[HasNames]) -> set[str]:
    return {name for statement in statements for name in statement.uses}


def _is_bound(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported()


def _changed(node: ast.stmt) -> set[str]:
    """Names whose objects are changed in place: ``x[0] = 1``, ``net.rate = 2``."""
    found: set[str] = set()
    for target in ast.walk(node) if not isinstance(node, Definition) else ():
        if isinstance(target, ast.Subscript | ast.Attribute) and isinstance(
            target.ctx, ast.Store
        ):
            base: ast.expr = target
            while isinstance(base, ast.Subscript | ast.Attribute):
                base = base.value
            found |= {base.id} if isinstance(base, ast.Name) else set()
    return found
