"""The broken code, and how a part of it is replaced."""

from __future__ import annotations

import ast
import copy
import operator
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

from autograder.sandbox.guest.loading.one_number import as_written
from autograder.sandbox.guest.loading.parsing import Definition

Function = ast.FunctionDef
Node = TypeVar("Node", bound=ast.AST)


@dataclass(frozen=True)
class Replacement:
    """A definition in which `new` stands in the place of its part `old`."""

    whole: Definition
    old: ast.AST
    new: ast.AST


@dataclass(frozen=True)
class Fix:
    """One change.

    kind    what it is, by which the grader finds its words.
    line    where, in the file.
    words   what is said of it: pieces of the student's code.
    node    the definition with the change, or how it is made: few of the changes are tried.
    """

    kind: str
    line: int
    words: tuple[str, ...]
    node: Definition | Replacement

    @property
    def definition(self) -> Definition:
        """The definition with the change."""
        if isinstance(self.node, Replacement):
            return replaced(self.node.whole, self.node.old, self.node.new)
        return self.node


@dataclass(frozen=True)
class Broken:
    """A definition of the submission that does not do what it should.

    node        the definition: a function or a class.
    functions   those of its functions that were called.
    lines       where something was raised in it; none where nothing was.
    error       the type of what was raised, and its text; both empty where nothing was.
    own         all functions and classes of the file.
    namespace   what its names stand for.
    """

    node: Definition
    functions: list[Function]
    lines: frozenset[int]
    error: str
    text: str
    own: Mapping[str, Definition]
    namespace: Mapping[str, Any]

    def parts(self, kind: type[Node]) -> Iterator[Node]:
        """The parts of that kind which may be wrong.

        Where something was raised, these are the ones in the lines that led there.
        """
        for part in self._suspect:
            if isinstance(part, kind):
                yield part

    def everywhere(self, kind: type[Node]) -> Iterator[Node]:
        """The parts of that kind, also above the line in which something was raised."""
        for function in self.functions:
            for part in ast.walk(function):
                if isinstance(part, kind):
                    yield part

    @cached_property
    def _suspect(self) -> list[ast.AST]:
        within = [self.node] if self.lines else self.functions
        found = [part for function in within for part in ast.walk(function)]
        return [part for part in found if self._is_near(part)] if self.lines else found

    def _is_near(self, part: ast.AST) -> bool:
        first = getattr(part, "lineno", 0)
        last = getattr(part, "end_lineno", None) or first
        return any(first <= line <= last for line in self.lines)

    def trains(self, function: Function) -> bool:
        """True if a loop of it calls other functions of the file: each try may take long."""
        own = {*self.own, *(f"self.{name}" for name in _methods(self.node))}
        return any(
            isinstance(part, ast.Call) and ast.unparse(part.func) in own
            for loop in ast.walk(function)
            if isinstance(loop, (ast.For, ast.While))
            for part in ast.walk(loop)
        )

    def fix(self, kind: str, old: ast.AST, new: ast.AST, *words: str) -> Fix:
        """The change of one part into another; without words, it is shown as it is now."""
        line = getattr(old, "lineno", self.node.lineno)
        shown = words or (shortened(new),)
        return Fix(kind, line, shown, Replacement(self.node, old, new))

    def swap(self, kind: str, old: ast.expr, new: ast.expr) -> Fix:
        """The change of an expression into another, both of which are shown."""
        ast.copy_location(new, old)
        return self.fix(kind, old, new, shortened(old), shortened(new))


def _methods(node: ast.AST) -> set[str]:
    body = node.body if isinstance(node, ast.ClassDef) else ()
    return {part.name for part in body if isinstance(part, ast.FunctionDef)}


def replaced(whole: Node, old: ast.AST, new: ast.AST) -> Node:
    """A copy of `whole` in which `new` stands in the place of its part `old`.

    What is not around that part is shared with `whole`.
    """
    return cast(Node, _replaced(whole, old, new))


def _replaced(part: Any, old: ast.AST, new: ast.AST) -> Any:
    if part is old:
        return new
    if isinstance(part, list):
        items = [_replaced(item, old, new) for item in part]
        return items if any(map(operator.is_not, items, part)) else part
    if not isinstance(part, ast.AST):
        return part
    changed = part
    for name, value in ast.iter_fields(part):
        other = _replaced(value, old, new)
        if other is not value:
            if changed is part:
                changed = copy.copy(part)
            setattr(changed, name, other)
    return changed


def with_body(node: Node, body: list[ast.stmt]) -> Node:
    """The same function or loop with another body."""
    changed = copy.copy(node)
    changed.body = body  # type: ignore[attr-defined]
    return changed


def shortened(node: ast.AST) -> str:
    """Some code on one line."""
    return " ".join(as_written(node).split())[:80]


def assigned(node: ast.AST) -> set[str]:
    """The local names that a statement sets."""
    return {
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
    }


def read(node: ast.AST) -> set[str]:
    """The names that a statement looks at."""
    return {
        part.id
        for part in ast.walk(node)
        if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)
    }
