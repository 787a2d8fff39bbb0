"""A number, a sign, a size or a name in place of another one, where nothing was raised or near
what was.
"""

from __future__ import annotations

import ast
import copy
import difflib
import functools
import itertools
from collections.abc import Iterator

from autograder.sandbox.guest.fixes import ranges
from autograder.sandbox.guest.fixes.pieces import Broken, Fix, shortened
from autograder.sandbox.guest.fixes.values import unused

MOST_NAMES = 40
MOST_OF_A_KIND = 8

_MAKERS = {"zeros", "ones", "full", "empty", "randn", "rand"}
_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
}
# What takes one number or a whole array, and what takes each entry.
_EACH = {
    "max": "np.maximum",
    "min": "np.minimum",
    "np.max": "np.maximum",
    "np.min": "np.minimum",
    "np.maximum": "np.max",
    "np.minimum": "np.maximum",
    "sum": "np.sum",
    "np.mean": "np.sum",
    "np.sum": "np.mean",
    "np.tan": "np.tanh",
    "np.log10": "np.log",
    "np.log2": "np.log",
    "math.exp": "np.exp",
    "math.log": "np.log",
    "math.sqrt": "np.sqrt",
    "np.ones": "np.zeros",
    "np.zeros": "np.ones",
}
_REDUCE = {"np.sum", "np.max", "np.mean", "np.min"}


def fixes(broken: Broken) -> Iterator[Fix]:
    """Sizes, indices, ranges and functions; signs and names where nothing was raised."""
    kinds = [_sizes, _rows, _indices, ranges.fixes, _called, _each, _orders]
    if not broken.error:
        kinds += [_doubled, _comparisons, _reduced, _factors, _signs, _divided]
        kinds += [_turned, _complements, _names]
    for kind in kinds:
        yield from itertools.islice(
            kind(broken), MOST_NAMES if kind is _names else MOST_OF_A_KIND
        )


def _sizes(broken: Broken) -> Iterator[Fix]:
    """``np.zeros((m, n))`` and ``randn(m, n)``, with the sizes exchanged."""
    for call in (part for function in broken.functions for part in ast.walk(function)):
        match call:
            case ast.Call(func=ast.Attribute(attr=name), args=[ast.Tuple(elts=[a, b]), *rest]):
                if name in _MAKERS and shortened(a) != shortened(b):
                    new = copy.copy(call)
                    new.args = [ast.Tuple([b, a], ast.Load()), *rest]
                    yield broken.swap("sizes", call, new)
            case ast.Call(func=ast.Attribute(attr="randn" | "rand"), args=[a, b]):
                if shortened(a) != shortened(b):
                    new = copy.copy(call)
                    new.args = [b, a]
                    yield broken.swap("sizes", call, new)


def _rows(broken: Broken) -> Iterator[Fix]:
    """``B[j]`` or ``B[j, :]`` where ``B[:, j]`` is meant, and ``t[j, i]`` for ``t[i, j]``."""
    for part in broken.parts(ast.Subscript):
        match part:
            case ast.Subscript(
                value=ast.Name(), slice=ast.Name() | ast.Constant(value=int()), ctx=ast.Load()
            ):
                one: ast.expr = part.slice
            case ast.Subscript(
                slice=ast.Tuple(elts=[ast.expr() as one, ast.Slice(None, None, None)])
            ):
                pass
            case ast.Subscript(slice=ast.Tuple(elts=[ast.Name() as one, ast.Name() as other])):
                new = ast.Subscript(part.value, ast.Tuple([other, one], ast.Load()), part.ctx)
                yield broken.swap("index_order", part, new)
                continue
            case _:
                continue
        whole = ast.Slice()
        column = ast.Subscript(part.value, ast.Tuple([whole, one], ast.Load()), part.ctx)
        yield broken.swap("column", part, column)


def _indices(broken: Broken) -> Iterator[Fix]:
    """``X.shape[0]`` for ``X.shape[1]``, and ``len(X)``."""
    for part in broken.parts(ast.Subscript):
        match part:
            case ast.Subscript(
                value=ast.Attribute(attr="shape"), slice=ast.Constant(value=0 | 1 as axis)
            ):
                new = ast.Subscript(part.value, ast.Constant(1 - axis), part.ctx)
                yield broken.swap("shape", part, new)
    # A size that is too large is met where an array is indexed with it.
    within = broken.everywhere if broken.error == "IndexError" else broken.parts
    for call in within(ast.Call):
        match call:
            case ast.Call(func=ast.Name(id="len"), args=[one]):
                shape = ast.Attribute(one, "shape", ast.Load())
                new = ast.Subscript(shape, ast.Constant(1), ast.Load())
                yield broken.swap("shape", call, new)
    for attribute in broken.parts(ast.Attribute):
        if attribute.attr == "shape" and not broken.error:
            for axis in (0, 1):
                new = ast.Subscript(attribute, ast.Constant(axis), ast.Load())
                yield broken.swap("one_size", attribute, new)


def _called(broken: Broken) -> Iterator[Fix]:
    """``np.exp[x]`` and ``X.shape(0)``: the other brackets."""
    if broken.error != "TypeError":
        return
    for part in broken.parts(ast.Subscript):
        if isinstance(part.value, (ast.Name, ast.Attribute)):
            yield broken.swap("call", part, ast.Call(part.value, [part.slice], []))
    for call in broken.parts(ast.Call):
        if len(call.args) == 1 and not call.keywords:
            new = ast.Subscript(call.func, call.args[0], ast.Load())
            yield broken.swap("index", call, new)


def _each(broken: Broken) -> Iterator[Fix]:
    """``max(0, x)`` where ``np.maximum(0, x)`` is meant, and the like."""
    if "np" not in broken.namespace:
        return
    for call in broken.parts(ast.Call):
        meant = _EACH.get(shortened(call.func))
        if meant is not None:
            new = ast.parse(meant, mode="eval").body
            yield broken.swap("function", call.func, new)


def _orders(broken: Broken) -> Iterator[Fix]:
    """``np.where(c, b, a)`` and ``np.outer(b, a)``, with two values exchanged."""
    for call in broken.parts(ast.Call):
        match call:
            case ast.Call(func=ast.Attribute(attr="where"), args=[which, one, other]):
                args = [which, other, one]
            case ast.Call(
                func=ast.Attribute(attr="dot" | "matmul" | "outer" | "append" | "multiply"),
                args=[one, other],
            ):
                args = [other, one]
            case _:
                continue
        new = copy.copy(call)
        new.args = args
        yield broken.swap("order", call, new)
    for part in broken.parts(ast.BinOp):
        if isinstance(part.op, ast.MatMult):
            yield broken.swap("order", part, ast.BinOp(part.right, ast.MatMult(), part.left))


def _divided(broken: Broken) -> Iterator[Fix]:
    """``a / b`` for ``a * b``."""
    for part in broken.parts(ast.BinOp):
        if isinstance(part.op, ast.Div):
            new = ast.BinOp(part.left, ast.Mult(), part.right)
            yield broken.swap("division", part, new)


def _complements(broken: Broken) -> Iterator[Fix]:
    """``np.log(A)`` for ``np.log(1 - A)``, and ``1 - np.log(A)`` for the same."""
    for call in broken.parts(ast.Call):
        match call:
            case ast.Call(func=ast.Attribute(attr="log"), args=[ast.Name() as name]):
                new = ast.BinOp(ast.Constant(1), ast.Sub(), name)
                yield broken.swap("complement", name, new)
    for part in broken.parts(ast.BinOp):
        match part:
            case ast.BinOp(
                left=ast.Constant(value=1) as one,
                op=ast.Sub(),
                right=ast.Call(func=function, args=[inner], keywords=[]),
            ):
                whole = ast.Call(function, [ast.BinOp(one, ast.Sub(), inner)], [])
                yield broken.swap("complement", part, ast.fix_missing_locations(whole))


def _doubled(broken: Broken) -> Iterator[Fix]:
    """``y * 2`` where ``y ** 2`` is meant, and the other way round."""
    for part in broken.parts(ast.BinOp):
        match part:
            case ast.BinOp(op=ast.Mult(), right=ast.Constant(value=2)):
                new = ast.BinOp(part.left, ast.Pow(), part.right)
            case ast.BinOp(left=ast.Constant(value=2) as two, op=ast.Mult()):
                new = ast.BinOp(part.right, ast.Pow(), two)
            case _:
                continue
        yield broken.swap("square", part, new)


def _comparisons(broken: Broken) -> Iterator[Fix]:
    for part in broken.parts(ast.Compare):
        for other in _COMPARED.get(type(part.ops[0]), ()):
            new = ast.Compare(part.left, [other()], part.comparators)
            if len(part.ops) == 1:
                yield broken.swap("comparison", part, new)


def _reduced(broken: Broken) -> Iterator[Fix]:
    """``np.sum(E)`` of a whole table where each row has a sum of its own."""
    for call in broken.parts(ast.Call):
        if shortened(call.func) in _REDUCE and len(call.args) == 1 and not call.keywords:
            for axis in (1, 0):
                for kept in ([], [ast.keyword("keepdims", ast.Constant(True))]):
                    new = ast.Call(
                        call.func,
                        call.args,
                        [ast.keyword("axis", ast.Constant(axis)), *kept],
                    )
                    yield broken.swap("own_sum", call, new)


def _factors(broken: Broken) -> Iterator[Fix]:
    """An argument, or a number that the object keeps, that nothing looks at."""
    for function in broken.functions:
        for factor in unused(broken, function):
            for part in ast.walk(function):
                match part:
                    case ast.BinOp(op=ast.Add() | ast.Sub(), right=step):
                        pass
                    case ast.AugAssign(op=ast.Add() | ast.Sub(), value=step):
                        pass
                    case ast.Assign(value=step) if not isinstance(step, ast.Constant):
                        pass
                    case _:
                        continue
                new = ast.BinOp(copy.deepcopy(factor), ast.Mult(), step)
                yield broken.swap("factor", step, new)
            for back in ast.walk(function):
                if isinstance(back, ast.Return) and back.value is not None:
                    new = ast.BinOp(copy.deepcopy(factor), ast.Sub(), back.value)
                    yield broken.swap("factor", back.value, new)


def _signs(broken: Broken) -> Iterator[Fix]:
    """+ for -, and a minus that is missing or too many."""
    for part in broken.parts(ast.BinOp):
        match part.op:
            case ast.Add():
                yield broken.swap("sign", part, ast.BinOp(part.left, ast.Sub(), part.right))
            case ast.Sub():
                yield broken.swap("sign", part, ast.BinOp(part.left, ast.Add(), part.right))
                yield broken.swap("sign", part, ast.BinOp(part.right, ast.Sub(), part.left))
    for minus in broken.parts(ast.UnaryOp):
        if isinstance(minus.op, ast.USub):
            yield broken.swap("sign", minus, copy.copy(minus.operand))
    for call in broken.parts(ast.Call):
        for argument in call.args[:1]:
            if not isinstance(argument, (ast.UnaryOp, ast.Tuple, ast.Constant)):
                yield broken.swap("sign", argument, ast.UnaryOp(ast.USub(), argument))


def _turned(broken: Broken) -> Iterator[Fix]:
    """A transposition too many."""
    for part in broken.parts(ast.Attribute):
        if part.attr == "T":
            yield broken.swap("transposed", part, copy.copy(part.value))


def _names(broken: Broken) -> Iterator[Fix]:
    """Another local name that has a value by then; those that look alike first."""
    found: list[tuple[float, ast.Name, str]] = []
    for function in broken.functions:
        known = {one.arg: 0 for one in function.args.args if one.arg != "self"}
        for part in ast.walk(function):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                known[part.id] = min(part.lineno, known.get(part.id, part.lineno))
        for part in ast.walk(function):
            if not isinstance(part, ast.Name) or not isinstance(part.ctx, ast.Load):
                continue
            for other, line in sorted(known.items() if part.id in known else ()):
                if other != part.id and line < part.lineno:
                    found.append((_alike(part.id, other), part, other))
    for _, part, other in sorted(found, key=lambda one: -one[0]):
        yield broken.swap("name", part, ast.Name(other, ast.Load()))


@functools.lru_cache
def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()
