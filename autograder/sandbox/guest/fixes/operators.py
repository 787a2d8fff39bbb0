"""An operator, an axis or a type in place of another one."""

from __future__ import annotations

import ast
import copy
import io
import tokenize
from collections.abc import Iterator

from autograder.sandbox.guest.fixes.pieces import Broken, Fix, shortened
from autograder.sandbox.guest.loading.parsing import Definition

MOST_AXES = 6
MOST_BRACKETS = 6
_WHOLE = {"int", "np.int64", "np.int32", "np.int_", "np.uint8", "'int'"}


def fixes(broken: Broken) -> Iterator[Fix]:
    """``^`` read as a power, ``*`` as ``@`` and the other way round, an axis that was lost.

    Another axis and floats where nothing was raised.
    """
    yield from _powers(broken)
    yield from _products(broken)
    yield from _kept_axes(broken)
    if not broken.error:
        yield from _floats(broken)
        yield from _fractions(broken)
        yield from _axes(broken)
        yield from _brackets(broken)
        yield from _compared(broken)
        yield from _same_rows(broken)


def _powers(broken: Broken) -> Iterator[Fix]:
    """Both readings: ``1 - a ^ 2`` means 1 - a**2 to whoever takes ^ for a power."""
    for part in broken.parts(ast.BinOp):
        if isinstance(part.op, ast.BitXor):
            tighter = _with_powers(broken.node)
            if tighter is not None:
                yield Fix("power", part.lineno, (), tighter)
            yield broken.fix("power", part, _with_operator(part, ast.Pow()), "")
            return


def _with_powers(node: Definition) -> Definition | None:
    """The definition with ** in place of each ^, read as Python then reads it."""
    text = ast.unparse(node)
    lines = text.split("\n")
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    for token in reversed(tokens):
        if token.type == tokenize.OP and token.string == "^":
            row, column = token.start
            line = lines[row - 1]
            lines[row - 1] = f"{line[:column]}**{line[column + 1 :]}"
    try:
        changed = ast.parse("\n".join(lines)).body[0]
    except SyntaxError:
        return None
    return changed if isinstance(changed, Definition) else None


def _products(broken: Broken) -> Iterator[Fix]:
    for part in broken.parts(ast.BinOp):
        if isinstance(part.op, ast.Mult) and broken.error in ("ValueError", ""):
            new = _with_operator(part, ast.MatMult())
            yield broken.fix("matrix_product", part, new, shortened(part), shortened(new))
        elif isinstance(part.op, ast.MatMult) and broken.error == "ValueError":
            new = _with_operator(part, ast.Mult())
            yield broken.fix("by_elements", part, new, shortened(part), shortened(new))


def _floats(broken: Broken) -> Iterator[Fix]:
    for part in broken.parts(ast.Call):
        for keyword in part.keywords:
            if keyword.arg == "dtype" and shortened(keyword.value) in _WHOLE:
                new = copy.copy(part)
                new.keywords = [other for other in part.keywords if other is not keyword]
                yield broken.fix("whole_numbers", part, new, shortened(part))


def _fractions(broken: Broken) -> Iterator[Fix]:
    """``1 // 2``, which is 0."""
    for part in broken.parts(ast.BinOp):
        if isinstance(part.op, ast.FloorDiv):
            new = _with_operator(part, ast.Div())
            yield broken.fix("fraction", part, new, shortened(part), shortened(new))


def _axes(broken: Broken) -> Iterator[Fix]:
    keywords = [
        keyword
        for call in broken.parts(ast.Call)
        for keyword in call.keywords
        if keyword.arg == "axis"
        and isinstance(keyword.value, ast.Constant)
        and keyword.value.value in (0, 1)
    ]
    for keyword in keywords[:MOST_AXES]:
        assert isinstance(keyword.value, ast.Constant)
        other = 0 if keyword.value.value else 1
        old, new = f"axis={1 - other}", f"axis={other}"
        yield broken.fix("axis", keyword.value, ast.Constant(other), old, new)


def _brackets(broken: Broken) -> Iterator[Fix]:
    """``a * b - c`` where ``a * (b - c)`` is meant, or the other way round."""
    found = 0
    for part in broken.parts(ast.BinOp):
        match part:
            case ast.BinOp(
                left=ast.BinOp(op=ast.Mult() | ast.Div()) as first, op=ast.Add() | ast.Sub()
            ):
                inner = ast.copy_location(ast.BinOp(first.right, part.op, part.right), part)
                new = ast.copy_location(ast.BinOp(first.left, first.op, inner), part)
                yield broken.fix("brackets", part, new, shortened(part), shortened(new))
                found += 1
            case ast.BinOp(
                left=first, op=ast.Add() | ast.Sub(), right=ast.BinOp(op=ast.Mult()) as second
            ):
                yield from _around_a_sum(broken, part, first, second)
                found += 1
            case ast.BinOp(
                left=ast.BinOp(op=ast.Add() | ast.Sub()) as sum_, op=ast.Mult() | ast.Div()
            ):
                product = ast.copy_location(ast.BinOp(sum_.right, part.op, part.right), part)
                new = ast.copy_location(ast.BinOp(sum_.left, sum_.op, product), part)
                yield broken.fix("brackets", part, new, shortened(part), shortened(new))
                found += 1
            case ast.BinOp(op=ast.Add() | ast.Sub(), right=ast.BinOp(op=ast.Pow()) as power):
                inner = ast.copy_location(ast.BinOp(part.left, part.op, power.left), part)
                new = ast.copy_location(ast.BinOp(inner, power.op, power.right), part)
                yield broken.fix("power_inside", part, new, shortened(part), shortened(new))
                found += 1
            case ast.BinOp(left=ast.BinOp(op=ast.Sub()) as first, op=ast.Pow()):
                power = ast.copy_location(ast.BinOp(first.right, part.op, part.right), part)
                new = ast.copy_location(ast.BinOp(first.left, first.op, power), part)
                yield broken.fix("power_inside", part, new, shortened(part), shortened(new))
        if found == MOST_BRACKETS:
            return


def _around_a_sum(
    broken: Broken, part: ast.BinOp, first: ast.expr, second: ast.BinOp
) -> Iterator[Fix]:
    """``1 - y * z`` where ``(1 - y) * z`` is meant, also behind another term."""
    before = None
    if isinstance(first, ast.BinOp) and isinstance(first.op, (ast.Add, ast.Sub)):
        before, first = first, first.right
    sum_ = ast.BinOp(first, part.op, second.left)
    new: ast.expr = ast.BinOp(sum_, second.op, second.right)
    if before is not None:
        new = ast.BinOp(before.left, before.op, new)
    new = ast.fix_missing_locations(ast.copy_location(new, part))
    yield broken.fix("brackets", part, new, shortened(part), shortened(new))


def _compared(broken: Broken) -> Iterator[Fix]:
    """``x[x < 0] == 0`` as a whole line, which changes nothing."""
    for part in broken.parts(ast.Expr):
        match part.value:
            case ast.Compare(
                left=ast.Name() | ast.Subscript() | ast.Attribute() as target,
                ops=[ast.Eq()],
                comparators=[value],
            ):
                place = copy.copy(target)
                place.ctx = ast.Store()
                new = ast.copy_location(ast.Assign([place], value), part)
                yield broken.fix("compared", part, new, shortened(part), shortened(new))


def _same_rows(broken: Broken) -> Iterator[Fix]:
    """``[[0] * m] * n``, which holds one row n times."""
    for part in broken.parts(ast.BinOp):
        match part:
            case ast.BinOp(left=ast.List(elts=[row]), op=ast.Mult(), right=count) if isinstance(
                row, (ast.List, ast.BinOp, ast.Call)
            ):
                times = ast.Call(ast.Name("range", ast.Load()), [count], [])
                each = ast.comprehension(ast.Name("_", ast.Store()), times, [], 0)
                new = ast.copy_location(ast.ListComp(row, [each]), part)
                yield broken.fix("same_rows", part, new, shortened(part), shortened(new))


def _kept_axes(broken: Broken) -> Iterator[Fix]:
    """``np.sum(Z, axis=1)`` where the axis should stay, with length 1."""
    if broken.error not in ("", "ValueError"):
        return
    for call in broken.parts(ast.Call):
        named = {keyword.arg for keyword in call.keywords}
        if "axis" in named and "keepdims" not in named:
            new = copy.copy(call)
            new.keywords = [*call.keywords, ast.keyword("keepdims", ast.Constant(True))]
            yield broken.fix("keepdims", call, new, shortened(call), shortened(new))


def _with_operator(part: ast.BinOp, operator: ast.operator) -> ast.BinOp:
    return ast.copy_location(ast.BinOp(part.left, operator, part.right), part)
