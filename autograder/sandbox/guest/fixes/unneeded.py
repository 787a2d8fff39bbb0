"""Too much: a line, a call around a value, a term, a factor."""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Iterator

from autograder.sandbox.guest.fixes.pieces import (
    Broken,
    Fix,
    Function,
    replaced,
    shortened,
    with_body,
)
from autograder.sandbox.guest.loading.one_number import as_written

MOST = 8
_NEEDED = {"range", "len", "zip", "enumerate", "print", "list", "tuple", "sum", "np.sum"}
_ROUNDING = {"np.round", "round", "np.around", "int"}


def lines(broken: Broken) -> Iterator[Fix]:
    """Lines without which it may be right, where nothing was raised."""
    for function in broken.functions if not broken.error else ():
        yield from _overwriting(broken, function)
        for loop in ast.walk(function):
            if isinstance(loop, (ast.For, ast.While)):
                yield from _ending_early(broken, loop)


def pieces(broken: Broken) -> Iterator[Fix]:
    """Parts of a formula without which it may be right, where nothing was raised."""
    for kind in (_calls, _operands) if not broken.error else ():
        yield from itertools.islice(kind(broken), MOST)


def _overwriting(broken: Broken, function: Function) -> Iterator[Fix]:
    """``A2 = sigmoid(A2)`` of an argument."""
    arguments = {argument.arg for argument in function.args.args}
    for statement in function.body[:-1]:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)]) if name in arguments:
                body = [other for other in function.body if other is not statement]
                node = replaced(broken.node, function, with_body(function, body))
                yield Fix("overwritten", statement.lineno, (shortened(statement),), node)


def _ending_early(broken: Broken, loop: ast.For | ast.While) -> Iterator[Fix]:
    """``if cost < 0.1: break``, or a return after which nothing else of the loop runs."""
    for block in ast.walk(loop):
        if not isinstance(block, ast.If):
            continue
        match block.body:
            case [*_, ast.Break() | ast.Return() as last]:
                nothing = ast.copy_location(ast.Pass(), last)
                node = replaced(broken.node, last, nothing)
                words = as_written(block).split("\n")[0], shortened(last)
                yield Fix("ends_early", last.lineno, words, node)
        match block.orelse:
            case [*_, ast.Break() | ast.Return() as last]:
                nothing = ast.copy_location(ast.Pass(), last)
                node = replaced(broken.node, last, nothing)
                yield Fix("ends_early", last.lineno, ("else:", shortened(last)), node)


def _calls(broken: Broken) -> Iterator[Fix]:
    """``sigmoid(A2)`` where A2 is meant, and ``round(x, 2)``."""
    for call in broken.parts(ast.Call):
        name = shortened(call.func)
        if name in _ROUNDING and call.args:
            yield _without(broken, "rounded", call, call.args[0])
            continue
        match call:
            case ast.Call(args=[ast.Constant() | ast.Starred()]):
                pass
            case ast.Call(args=[one], keywords=[]) if name not in _NEEDED:
                yield _without(broken, "wrapped", call, one)


def _operands(broken: Broken) -> Iterator[Fix]:
    """A factor or a term too many."""
    for part in broken.parts(ast.BinOp):
        match part.op:
            case ast.Mult() | ast.MatMult():
                yield _without(broken, "too_much", part, part.right)
                yield _without(broken, "too_much", part, part.left)
            case ast.Add() | ast.Sub():
                yield _without(broken, "term", part, part.left)


def _without(broken: Broken, kind: str, whole: ast.expr, kept: ast.expr) -> Fix:
    new = ast.copy_location(copy.copy(kept), whole)
    return broken.fix(kind, whole, new, shortened(whole), shortened(kept))
