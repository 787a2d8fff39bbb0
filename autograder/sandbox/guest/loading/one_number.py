"""Arrays of one number where a number is wanted, as NumPy took them until 2.4.

`float(A2 / m)` of an array of shape (1, 1), `math.exp` and `"%.2f" %` of one, and an entry of
an array that is set to one worked for twenty years. Course notes and right answers do all of
it, so such an array is handed over as its number.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Sequence
from typing import Any

from autograder.sandbox.guest.loading.cells import CellLines
from autograder.sandbox.guest.loading.parsing import Placed

NUMBER, ENTRY = "__number__", "__entry__"  # what the changed places call

_TYPES = frozenset({"float", "int", "complex", "round"})
_MAY_CONCERN = re.compile(
    r"\b(float|int|complex|round)\s*\(|\bmath\.|[\"']\s*%|\[[^\]\"']+\]\s*[-+*/]?=[^=]"
)
_TEXT = re.compile(r"%[-+ #0-9.*]*[srac]")  # a format that shows the array itself


def with_numbers(statements: Sequence[Placed]) -> list[Placed]:
    """The statements, where what must be a number is asked for as one."""
    changer = _Changer()
    return [
        (cell, changer.visit(one) if _may_concern(cell, one) else one)
        for cell, one in statements
    ]


def _may_concern(cell: CellLines, statement: ast.stmt) -> bool:
    lines = cell.lines[statement.lineno - 1 : statement.end_lineno]
    return any(map(_MAY_CONCERN.search, filter(_is_worth_a_look, lines)))


def _is_worth_a_look(line: str) -> bool:
    """True if a line has what the pattern needs, which is told in a tenth of its time."""
    return (
        "%" in line
        or "math." in line
        or ("=" in line and "[" in line)
        or ("(" in line and any(name in line for name in _TYPES))
    )


def number(value: Any) -> Any:
    """An array's only number; anything else as it is."""
    return value.reshape(())[()] if _is_one(value) else value


def entry(array: Any, value: Any) -> Any:
    """The value for an entry of an array of numbers: an array of one number as that number."""
    numeric = _is_array(array) and array.dtype.kind in "biufc"
    return value.reshape(()) if numeric and _is_one(value) else value


def as_written(node: ast.AST) -> str:
    """The code of a part, without the calls that were put around its numbers."""
    text = ast.unparse(node)
    if NUMBER not in text and ENTRY not in text:
        return text
    return ast.unparse(_Unchanger().visit(copy.deepcopy(node)))


def _is_array(value: Any) -> bool:
    # By name: a submission may have put something else in the place of `numpy.ndarray`.
    names = ((kind.__module__, kind.__name__) for kind in type(value).__mro__)
    return ("numpy", "ndarray") in names


def _is_one(value: Any) -> bool:
    return (
        _is_array(value) and value.ndim > 0 and value.size == 1 and value.dtype.kind in "biufc"
    )


class _Unchanger(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.expr:
        """The last argument of each call that was put there."""
        self.generic_visit(node)
        ours = isinstance(node.func, ast.Name) and node.func.id in (NUMBER, ENTRY)
        return node.args[-1] if ours and node.args else node


class _Changer(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.Call:
        """`float(x)` and `math.exp(x)`."""
        self.generic_visit(node)
        function = node.func
        if node.keywords or any(isinstance(one, ast.Starred) for one in node.args):
            return node
        if isinstance(function, ast.Name) and function.id in _TYPES and node.args:
            node.args[0] = _called(NUMBER, node.args[0])
        elif (
            isinstance(function, ast.Attribute)
            and isinstance(function.value, ast.Name)
            and function.value.id == "math"
        ):
            node.args = [_called(NUMBER, one) for one in node.args]
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.BinOp:
        """`"%.2f" % x`."""
        self.generic_visit(node)
        left = node.left
        if (
            isinstance(node.op, ast.Mod)
            and isinstance(left, ast.Constant)
            and isinstance(left.value, str)
            and not _TEXT.search(left.value)
        ):
            if isinstance(node.right, ast.Tuple):
                node.right.elts = [_called(NUMBER, one) for one in node.right.elts]
            else:
                node.right = _called(NUMBER, node.right)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        """`a[i] = x`."""
        self.generic_visit(node)
        self._set(node, node.targets)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AugAssign:
        """`a[i] += x`."""
        self.generic_visit(node)
        self._set(node, [node.target])
        return node

    def _set(self, node: ast.Assign | ast.AugAssign, targets: Sequence[ast.expr]) -> None:
        match targets:
            case [ast.Subscript(value=ast.Name(id=name) as array)]:
                read = ast.copy_location(ast.Name(name, ast.Load()), array)
                node.value = _called(ENTRY, read, node.value)


def _called(name: str, *arguments: ast.expr) -> ast.expr:
    around = arguments[-1]
    function = ast.copy_location(ast.Name(name, ast.Load()), around)
    return ast.copy_location(ast.Call(function, list(arguments), []), around)
