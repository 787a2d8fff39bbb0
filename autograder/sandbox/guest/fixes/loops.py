"""A loop in which something starts again, or never goes on."""

from __future__ import annotations

import ast
import copy
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
from autograder.sandbox.guest.loading.parsing import Definition

MOST = 4


def fixes(broken: Broken) -> Iterator[Fix]:
    """Changes to what is set before the loop, and to what goes from round to round."""
    for function in broken.functions:
        for part in ast.walk(function):
            if isinstance(part, ast.For):
                yield from _all_for_one(broken, part)
        for place, loop in enumerate(function.body):
            if isinstance(loop, (ast.For, ast.While)):
                yield from _starts_again(broken, function, place, loop)
                yield from _never_starts_again(broken, function, place, loop)
                yield from _never_goes_on(broken, function, place, loop)
                if not broken.error:
                    yield from _never_adds_up(broken, function, place, loop)
                    yield from _never_collected(broken, function, place, loop)


def _all_for_one(broken: Broken, loop: ast.For) -> Iterator[Fix]:
    """The whole of what a loop goes through, where one of it is meant."""
    for one, whole in _gone_through(loop):
        instead = {
            id(part): ast.copy_location(ast.Name(one, ast.Load()), part)
            for statement in loop.body
            for part in ast.walk(statement)
            if isinstance(part, ast.Name) and part.id == whole
        }
        if instead:
            node = copy.deepcopy(broken.node, instead)
            yield Fix("one_of", loop.lineno, (whole, one), node)


def _gone_through(loop: ast.For) -> list[tuple[str, str]]:
    """The names of a loop, each with what it is one of."""
    match loop.target, loop.iter:
        case ast.Name(id=one), ast.Name(id=whole):
            return [(one, whole)]
        case (
            ast.Tuple(elts=[_, ast.Name(id=one)]),
            ast.Call(func=ast.Name(id="enumerate"), args=[ast.Name(id=whole)]),
        ):
            return [(one, whole)]
        case ast.Tuple(elts=names), ast.Call(func=ast.Name(id="zip"), args=wholes):
            return [
                (one.id, whole.id)
                for one, whole in zip(names, wholes, strict=False)
                if isinstance(one, ast.Name) and isinstance(whole, ast.Name)
            ]
    return []


def _starts_again(
    broken: Broken, function: Function, place: int, loop: ast.For | ast.While
) -> Iterator[Fix]:
    """Statements at the beginning of a loop that depend on nothing in it."""
    changing = assigned(loop)
    if isinstance(loop, ast.For):
        changing |= assigned(loop.target)
    first: list[ast.stmt] = []
    for statement in loop.body[:MOST]:
        if not isinstance(statement, ast.Assign) or _needed(statement) & changing:
            break
        first.append(statement)
    for count in range(len(first), 0, -1):
        for chosen in [first[:count], [first[count - 1]]][: min(count, 2)]:
            rest = [part for part in loop.body if part not in chosen]
            if rest:
                body = list(function.body)
                body[place : place + 1] = [*chosen, with_body(loop, rest)]
                node = replaced(broken.node, function, with_body(function, body))
                words = "; ".join(map(shortened, chosen))
                yield Fix("before_loop", chosen[0].lineno, (words,), node)


def _never_starts_again(
    broken: Broken, function: Function, place: int, loop: ast.For | ast.While
) -> Iterator[Fix]:
    """``row = []`` before the loop, where each round needs an empty one."""
    for before in function.body[:place]:
        match before:
            case ast.Assign(
                targets=[ast.Name(id=name)],
                value=ast.List(elts=[]) | ast.Dict(keys=[]) | ast.Constant(value=0),
            ) if name in read(loop):
                inner = with_body(loop, [before, *loop.body])
                body = [one for one in function.body[:place] if one is not before]
                body += [inner, *function.body[place + 1 :]]
                node = replaced(broken.node, function, with_body(function, body))
                yield Fix("each_round", before.lineno, (shortened(before),), node)


def _needed(statement: ast.Assign) -> set[str]:
    """The names whose values count: of ``np.zeros_like(W)``, only the shape of W does."""
    shapes = [
        part
        for part in ast.walk(statement.value)
        if isinstance(part, ast.Call) and ast.unparse(part.func) in ("np.zeros_like", "len")
    ]
    return read(statement) - {name for call in shapes for name in read(call)}


def _never_goes_on(
    broken: Broken, function: Function, place: int, loop: ast.For | ast.While
) -> Iterator[Fix]:
    """``H = inputs @ W`` in each round, where ``H = H @ W`` is meant."""
    arguments = {each.arg for each in function.args.args}
    for statement in loop.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if name in read(value):
                    continue
                for argument in sorted(read(value) & (arguments - assigned(loop))):
                    node = _handing_on(broken, function, place, loop, statement, argument)
                    yield Fix("hands_on", statement.lineno, (name, argument), node)


def _never_adds_up(
    broken: Broken, function: Function, place: int, loop: ast.For | ast.While
) -> Iterator[Fix]:
    """``total = x`` in each round, where ``total += x`` is meant."""
    before = {name for statement in function.body[:place] for name in assigned(statement)}
    for statement in ast.walk(loop):
        match statement:
            case ast.Assign(targets=[ast.Name(id=name) as target], value=value):
                if name in before - read(value):
                    new = ast.copy_location(
                        ast.AugAssign(copy.copy(target), ast.Add(), value), statement
                    )
                    yield broken.fix(
                        "adds_up", statement, new, shortened(statement), shortened(new)
                    )


def _never_collected(
    broken: Broken, function: Function, place: int, loop: ast.For | ast.While
) -> Iterator[Fix]:
    """``row = f(x)`` in each round and ``return row``, where all of them are meant."""
    match function.body[-1]:
        case ast.Return(value=ast.Name(id=name)) if place == len(function.body) - 2:
            pass
        case _:
            return
    for statement in loop.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=each)], value=value) if each == name:
                append = ast.Attribute(ast.Name(name, ast.Load()), "append", ast.Load())
                adding = ast.copy_location(ast.Expr(ast.Call(append, [value], [])), statement)
                rest = [adding if one is statement else one for one in loop.body]
                empty = ast.parse(f"{name} = []").body
                back = ast.parse(f"def f():\n    return np.array({name})").body[0]
                assert isinstance(back, ast.FunctionDef)
                body = [*function.body[:place], *empty, with_body(loop, rest), *back.body]
                node = replaced(broken.node, function, with_body(function, body))
                yield Fix("collects", statement.lineno, (shortened(statement),), node)


def _handing_on(
    broken: Broken,
    function: Function,
    place: int,
    loop: ast.For | ast.While,
    statement: ast.Assign,
    argument: str,
) -> Definition:
    target = statement.targets[0]
    assert isinstance(target, ast.Name)
    memo = {
        id(part): ast.Name(target.id, ast.Load())
        for part in ast.walk(statement.value)
        if isinstance(part, ast.Name) and part.id == argument
    }
    before = ast.Assign([copy.copy(target)], ast.Name(argument, ast.Load()))
    now = with_body(loop, copy.deepcopy(loop.body, memo))
    body = [*function.body[:place], ast.copy_location(before, loop), now]
    return replaced(
        broken.node, function, with_body(function, [*body, *function.body[place + 1 :]])
    )
