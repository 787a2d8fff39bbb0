"""The same program in other clothes: what copies look like, and what two people may write.

Each disguise takes a program's text and gives one that computes the same.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Callable

REMARKS = ("see the lecture", "as on the blackboard", "checked by hand", "TODO: nicer", "done")


def names(text: str, rng: random.Random) -> str:
    """Other names for all local variables."""
    tree = ast.parse(text)
    for function in _functions(tree):
        given = {arg.arg for arg in ast.walk(function) if isinstance(arg, ast.arg)}
        local = {
            node.id
            for node in ast.walk(function)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        shared = {
            name
            for node in ast.walk(function)
            if isinstance(node, (ast.Global, ast.Nonlocal))
            for name in node.names
        }
        called = {
            name: f"{rng.choice('abcdefgh')}{rng.choice('xyzuvw')}{place}"
            for place, name in enumerate(sorted(local - given - shared))
        }
        for node in ast.walk(function):
            if isinstance(node, ast.Name):
                node.id = called.get(node.id, node.id)
    return ast.unparse(tree) + "\n"


def order(text: str, rng: random.Random) -> str:
    """Functions in another order, and neighbours that do not need one another exchanged."""
    tree = ast.parse(text)
    for function in _functions(tree):
        for place in range(len(function.body) - 1):
            one, other = function.body[place : place + 2]
            if _apart(one, other) and rng.random() < 0.7:
                function.body[place : place + 2] = [other, one]
    defined = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    rng.shuffle(defined)
    shuffled = iter(defined)
    tree.body = [
        next(shuffled) if isinstance(node, ast.FunctionDef) else node for node in tree.body
    ]
    return ast.unparse(tree) + "\n"


def comments(text: str, rng: random.Random) -> str:
    """Remarks and empty lines between the lines, and other docstrings."""
    tree = ast.parse(text)
    for function in _functions(tree):
        if ast.get_docstring(function) is not None and len(function.body) > 1:
            function.body.pop(0)
    lines = []
    for line in ast.unparse(tree).split("\n"):
        if rng.random() < 0.4 and line.strip():
            lines += ["", f"{line[: len(line) - len(line.lstrip())]}# {rng.choice(REMARKS)}"]
        lines.append(line)
    return "\n".join(lines) + "\n"


def loops(text: str, rng: random.Random) -> str:
    """A loop for each comprehension that is given a name or returned, and `while` for `for`."""
    return ast.unparse(ast.fix_missing_locations(_Loops().visit(ast.parse(text)))) + "\n"


def dead_code(text: str, rng: random.Random) -> str:
    """Lines that change nothing, between the others."""
    tree = ast.parse(text)
    for function in _functions(tree):
        body: list[ast.stmt] = []
        for place, node in enumerate(function.body):
            if rng.random() < 0.6:
                idle = rng.choice(
                    [
                        f"unused_{place} = {rng.randint(2, 99)} * 3 + 1",
                        f"if False:\n    print('never {place}')",
                        f"spare_{place} = [0] * {rng.randint(1, 9)}",
                    ]
                )
                body += ast.parse(idle).body
            body.append(node)
        function.body = body
    return ast.unparse(tree) + "\n"


def cells_moved(text: str, rng: random.Random) -> list[str]:
    """A notebook's cells: the imports, then everything else in another order."""
    tree = ast.parse(text)
    first = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    rest = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    rng.shuffle(rest)
    return ["\n".join(map(ast.unparse, first)), *map(ast.unparse, rest)]


DISGUISES: dict[str, Callable[[str, random.Random], str | list[str]]] = {
    "names": names,
    "order": order,
    "comments": comments,
    "loops for comprehensions": loops,
    "dead code": dead_code,
    "cells moved": cells_moved,
}


def _functions(tree: ast.Module) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _apart(one: ast.stmt, other: ast.stmt) -> bool:
    """Whether two assignments of names can change places: no draw, and no use of each other."""
    if not all(isinstance(node, ast.Assign) for node in (one, other)):
        return False
    if any("random" in ast.unparse(node) for node in (one, other)):
        return False
    return not (_names(one, ast.Store) & _names(other, None)) and not (
        _names(other, ast.Store) & _names(one, None)
    )


def _names(node: ast.AST, context: type[ast.expr_context] | None) -> set[str]:
    return {
        one.id
        for one in ast.walk(node)
        if isinstance(one, ast.Name) and (context is None or isinstance(one.ctx, context))
    }


class _Loops(ast.NodeTransformer):
    """See `loops`."""

    def __init__(self) -> None:
        self._made = 0

    def visit_Assign(self, node: ast.Assign) -> ast.stmt | list[ast.stmt]:
        """`x = [f(i) for i in all]`."""
        return self._unrolled(node) if len(node.targets) == 1 else node

    def visit_Return(self, node: ast.Return) -> ast.stmt | list[ast.stmt]:
        """`return [f(i) for i in all]`."""
        return self._unrolled(node)

    def visit_For(self, node: ast.For) -> ast.stmt | list[ast.stmt]:
        """`for i in range(n)`, without `continue` or `else`."""
        self.generic_visit(node)
        plain = (
            isinstance(node.iter, ast.Call)
            and isinstance(node.iter.func, ast.Name)
            and node.iter.func.id == "range"
            and len(node.iter.args) == 1
            and isinstance(node.target, ast.Name)
            and not node.orelse
            and not any(isinstance(one, ast.Continue) for one in ast.walk(node))
        )
        if not plain:
            return node
        self._made += 1
        stop, turn = f"stop_{self._made}", f"turn_{self._made}"
        assert isinstance(node.iter, ast.Call)
        head = ast.parse(f"{stop} = {ast.unparse(node.iter.args[0])}\n{turn} = 0").body
        loop = ast.parse(
            f"while {turn} < {stop}:\n    {ast.unparse(node.target)} = {turn}\n"
            f"    {turn} = {turn} + 1"
        ).body[0]
        assert isinstance(loop, ast.While)
        loop.body += node.body
        return [*head, loop]

    def _unrolled(self, node: ast.Assign | ast.Return) -> ast.stmt | list[ast.stmt]:
        made = node.value
        if not isinstance(made, (ast.ListComp, ast.DictComp)) or len(made.generators) != 1:
            return node
        self._made += 1
        name, each = f"found_{self._made}", made.generators[0]
        if isinstance(made, ast.ListComp):
            empty, put = "[]", f"{name}.append({ast.unparse(made.elt)})"
        else:
            empty, put = "{}", f"{name}[{ast.unparse(made.key)}] = {ast.unparse(made.value)}"
        for condition in reversed(each.ifs):
            put = f"if {ast.unparse(condition)}: {put}"
        head = f"for {ast.unparse(each.target)} in {ast.unparse(each.iter)}:"
        lines = ast.parse(f"{name} = {empty}\n{head}\n    {put}").body
        node.value = ast.Name(name, ast.Load())
        return [*lines, node]
