"""A return that is missing, that stands inside of a loop, or that should be a raise."""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Iterator

from autograder.sandbox.guest.fixes.pieces import (
    Broken,
    Fix,
    Function,
    assigned,
    replaced,
    shortened,
    with_body,
)

MOST_VALUES = 3


def fixes(broken: Broken) -> Iterator[Fix]:
    """Changes to what is returned, and when."""
    for function in broken.functions:
        yield from _collected(broken, function)
        returned = [part for part in ast.walk(function) if isinstance(part, ast.Return)]
        if not any(part.value is not None for part in returned):
            yield from _missing(broken, function)
        if not broken.error:
            yield from _of_a_method(broken, returned)
            yield from _too_deep(broken, function)
            yield from _raised(broken, returned)
            yield from _reordered(broken, returned)


def _collected(broken: Broken, function: Function) -> Iterator[Fix]:
    """Collect the values of `yield` in a list that is returned."""
    yields = [
        part
        for part in ast.walk(function)
        if isinstance(part, ast.Expr) and isinstance(part.value, ast.Yield) and part.value.value
    ]
    if not yields:
        return
    instead: dict[int, ast.AST] = {}
    for part in yields:
        assert isinstance(part.value, ast.Yield)
        adding = ast.Call(
            ast.Attribute(ast.Name("collected", ast.Load()), "append", ast.Load()),
            [part.value.value] if part.value.value else [],
            [],
        )
        instead[id(part)] = ast.copy_location(ast.Expr(adding), part)
    body = copy.deepcopy(function.body, instead)
    empty = ast.Assign([ast.Name("collected", ast.Store())], ast.List([], ast.Load()), lineno=1)
    back = ast.Return(ast.Name("collected", ast.Load()), lineno=1, col_offset=0)
    changed = with_body(function, [ast.copy_location(empty, function), *body, back])
    node = replaced(broken.node, function, changed)
    yield Fix("yield", yields[0].lineno, (function.name,), node)


def _missing(broken: Broken, function: Function) -> Iterator[Fix]:
    """The value of the last line, or the object itself."""
    last = function.body[-1]
    value: ast.expr | None = None
    match last:
        case ast.Assign(targets=[ast.Name() | ast.Attribute() as target]):
            value = _loaded(target)
        case ast.AugAssign(target=ast.Name() | ast.Attribute() as target):
            value = _loaded(target)
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=[*_, one])):
            value = one
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Expr(value=one):
            value = one
        case ast.For() | ast.While():
            names = [
                part.id
                for part in ast.walk(function)
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            ]
            value = ast.Name(names[0], ast.Load()) if names else None
    if value is not None:
        yield _returning(broken, function, value)
    if isinstance(broken.node, ast.ClassDef):
        yield _returning(broken, function, ast.Name("self", ast.Load()))


def _returning(broken: Broken, function: Function, value: ast.expr) -> Fix:
    last = function.body[-1]
    line = last.end_lineno or last.lineno
    back = ast.Return(value, lineno=line, col_offset=0)
    changed = with_body(function, [*function.body, back])
    node = replaced(broken.node, function, changed)
    return Fix("return", line, (shortened(back), function.name), node)


def _of_a_method(broken: Broken, returned: list[ast.Return]) -> Iterator[Fix]:
    """``return model.summary()``, which is None, where ``return model`` is meant."""
    for part in returned:
        match part.value:
            case ast.Call(func=ast.Attribute(value=ast.Name() as whole)) as call:
                if whole.id in assigned(broken.node) | _arguments(broken):
                    before = ast.copy_location(ast.Expr(call), part)
                    back = ast.copy_location(ast.Return(copy.copy(whole)), part)
                    for function in broken.functions:
                        if function.body[-1] is part:
                            body = [*function.body[:-1], before, back]
                            node = replaced(broken.node, function, with_body(function, body))
                            words = shortened(part), shortened(back)
                            yield Fix("returned_call", part.lineno, words, node)


def _arguments(broken: Broken) -> set[str]:
    return {one.arg for function in broken.functions for one in function.args.args}


def _too_deep(broken: Broken, function: Function) -> Iterator[Fix]:
    for loop in function.body:
        if not isinstance(loop, (ast.For, ast.While)) or len(loop.body) < 2:
            continue
        last = loop.body[-1]
        if isinstance(last, ast.Return):
            at = function.body.index(loop)
            rest = [with_body(loop, loop.body[:-1]), last, *function.body[at + 1 :]]
            changed = with_body(function, [*function.body[:at], *rest])
            node = replaced(broken.node, function, changed)
            yield Fix("return_in_loop", last.lineno, (shortened(last),), node)


def _raised(broken: Broken, returned: list[ast.Return]) -> Iterator[Fix]:
    for part in returned:
        match part.value:
            case ast.Call(func=ast.Name(id=name)) if name.endswith("Error"):
                new = ast.copy_location(ast.Raise(part.value), part)
                yield broken.fix("raise", part, new, name)


def _reordered(broken: Broken, returned: list[ast.Return]) -> Iterator[Fix]:
    """Several values, in another order."""
    for part in returned:
        match part.value:
            case (ast.Tuple() | ast.List()) as several if 2 <= len(several.elts) <= MOST_VALUES:
                for order in list(itertools.permutations(several.elts))[1:]:
                    new = copy.copy(several)
                    new.elts = list(order)
                    shown = shortened(several), shortened(new)
                    yield broken.fix("return_order", several, new, *shown)


def _loaded(target: ast.Name | ast.Attribute) -> ast.expr:
    if isinstance(target, ast.Name):
        return ast.Name(target.id, ast.Load())
    return ast.Attribute(target.value, target.attr, ast.Load())
