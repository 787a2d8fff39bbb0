"""Whole lines: what is kept nowhere, two values in one name, and lines in another order."""

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
    read,
    replaced,
    shortened,
    with_body,
)
from autograder.sandbox.guest.loading.one_number import as_written

MOST_ORDERS, MOST_UNPACKED = 12, 3
_Assigning = ast.Assign | ast.AugAssign


def fixes(broken: Broken) -> Iterator[Fix]:
    """Results that are kept, values that are unpacked; the order where nothing was raised."""
    yield from _unpacked(broken)
    for function in broken.functions:
        yield from _kept(broken, function)
        yield from _exchanged(broken, function)
    if not broken.error:
        for function in broken.functions:
            yield from _into_the_loop(broken, function)
            yield from _out_of_the_loop(broken, function)
            yield from itertools.islice(_orders(broken, function), MOST_ORDERS)


def _unpacked(broken: Broken) -> Iterator[Fix]:
    """``A2 = forward(X)`` of a function that gives two values back."""
    # What they do to a tuple may be raised further below.
    within = broken.everywhere if "'tuple'" in broken.text else broken.parts
    for part in within(ast.Assign):
        match part:
            case ast.Assign(
                targets=[ast.Name() as target], value=ast.Call(func=ast.Name(id=name))
            ):
                callee = broken.own.get(name)
                if isinstance(callee, ast.FunctionDef) and gives_two(callee):
                    for names in ((target.id, "_"), ("_", target.id)):
                        both: list[ast.expr] = [ast.Name(each, ast.Store()) for each in names]
                        new = ast.Assign([ast.Tuple(both, ast.Store())], part.value)
                        ast.copy_location(new, part)
                        bare = f"{', '.join(names)} = {shortened(part.value)}"[:80]
                        yield broken.fix("unpack", part, new, shortened(part), bare)


def gives_two(function: Function) -> bool:
    """True if each return of a function is of two values."""
    values = [part.value for part in ast.walk(function) if isinstance(part, ast.Return)]
    return bool(values) and all(
        isinstance(value, ast.Tuple) and len(value.elts) == 2 for value in values
    )


def _exchanged(broken: Broken, function: Function) -> Iterator[Fix]:
    """``b, a = f(x)`` where ``a, b = f(x)`` is meant."""
    for part in ast.walk(function):
        match part:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Call() as call):
                if len(names) > MOST_UNPACKED:
                    continue
                for one, other in itertools.combinations(range(len(names)), 2):
                    now = list(names)
                    now[one], now[other] = now[other], now[one]
                    new = ast.Assign([ast.Tuple(now, ast.Store())], call)
                    ast.copy_location(new, part)
                    words = [
                        f"{', '.join(map(shortened, order))} = {shortened(call)}"[:80]
                        for order in (names, now)
                    ]
                    yield broken.fix("unpack_order", part, new, *words)


def _kept(broken: Broken, function: Function) -> Iterator[Fix]:
    """``update(parameters)`` or ``np.append(a, 1)`` as a whole line."""
    for part in ast.walk(function):
        if not isinstance(part, ast.Expr) or not isinstance(part.value, ast.Call):
            continue
        call = part.value
        if shortened(call.func) != "print" and call.args:
            target = copy.copy(call.args[0])
            if isinstance(target, (ast.Name, ast.Attribute)):
                target.ctx = ast.Store()
                new = ast.copy_location(ast.Assign([target], call), part)
                yield broken.fix("kept", part, new, shortened(part), shortened(new))


def _into_the_loop(broken: Broken, function: Function) -> Iterator[Fix]:
    """The line below a loop, as its last one."""
    for place, loop in enumerate(function.body[:-1]):
        below = function.body[place + 1]
        if isinstance(loop, (ast.For, ast.While)) and not isinstance(below, ast.Return):
            inner = with_body(loop, [*loop.body, below])
            body = [*function.body[:place], inner, *function.body[place + 2 :]]
            node = replaced(broken.node, function, with_body(function, body))
            yield Fix("into_loop", below.lineno, (_first_line(below),), node)


def _out_of_the_loop(broken: Broken, function: Function) -> Iterator[Fix]:
    """The last line of an inner loop, below it."""
    for outer in ast.walk(function):
        if not isinstance(outer, (ast.For, ast.While, ast.FunctionDef)):
            continue
        for place, loop in enumerate(outer.body):
            if not isinstance(loop, (ast.For, ast.While)) or len(loop.body) < 2:
                continue
            last = loop.body[-1]
            if isinstance(last, (ast.Return, ast.For, ast.While)):
                continue
            inner = with_body(loop, loop.body[:-1])
            body = [*outer.body[:place], inner, last, *outer.body[place + 1 :]]
            node = replaced(broken.node, outer, with_body(outer, body))
            yield Fix("out_of_loop", last.lineno, (_first_line(last),), node)


def _orders(broken: Broken, function: Function) -> Iterator[Fix]:
    """A line that stands above one that needs what it changes, or the other way round."""
    for block in _blocks(function):
        names = [
            (_set(part), _looked_at(part)) if isinstance(part, _Assigning) else None
            for part in block.body
        ]
        for here, moved in enumerate(block.body):
            for there in range(here - 1, -1, -1):
                other = block.body[there]
                one, before = names[here], names[there]
                if one is None or before is None:
                    break
                if one[0] & before[1] or before[0] & one[1]:
                    rest = [part for part in block.body if part is not moved]
                    body = [*rest[:there], moved, *rest[there:]]
                    node = replaced(broken.node, block, with_body(block, body))
                    words = shortened(moved), shortened(other)
                    yield Fix("line_order", moved.lineno, words, node)


def _blocks(function: Function) -> Iterator[ast.For | ast.While | ast.FunctionDef]:
    for part in ast.walk(function):
        if isinstance(part, (ast.For, ast.While, ast.FunctionDef)):
            yield part


def _set(node: ast.stmt) -> set[str]:
    found = assigned(node)
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
            found.add(shortened(part))
    return found


def _looked_at(node: ast.stmt) -> set[str]:
    found = read(node)
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Load):
            found.add(shortened(part))
    return found


def _first_line(node: ast.stmt) -> str:
    return as_written(node).split("\n")[0][:80]
