"""A range of a loop that is too short or too long, or that is left out."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from autograder.sandbox.guest.fixes.pieces import Broken, Fix, read, shortened


def fixes(broken: Broken) -> Iterator[Fix]:
    """A range that is one too short or too long, or that is left out."""
    loops: list[ast.For | ast.comprehension] = [*broken.parts(ast.For)]
    loops += broken.parts(ast.comprehension)
    for loop in loops:
        match loop.iter:
            case ast.Call(func=ast.Name(id="range") as name, args=args):
                for new in [*_other_ends(args), *_lengths(loop, args)]:
                    call = ast.Call(name, new, [])
                    yield broken.swap("range", loop.iter, call)
            case ast.Call(func=ast.Name(id="len")) | ast.Name():
                call = ast.Call(ast.Name("range", ast.Load()), [loop.iter], [])
                if broken.error == "TypeError":
                    yield broken.swap("needs_range", loop.iter, call)
            case ast.Subscript(value=whole, slice=ast.Slice()):
                yield broken.swap("all_of", loop.iter, copy.copy(whole))


def _other_ends(args: list[ast.expr]) -> Iterator[list[ast.expr]]:
    match args:
        case [ast.BinOp(left=count, op=ast.Add() | ast.Sub(), right=ast.Constant(value=1))]:
            yield [count]
        case [ast.Constant(value=1), ast.BinOp(left=count, right=ast.Constant(value=1))]:
            yield [count]
            yield [args[0], count]
        case [ast.Constant(value=1), count]:
            yield [count]
        case [ast.Name() as count]:
            yield [ast.Call(ast.Name("len", ast.Load()), [count], [])]
            yield [ast.BinOp(count, ast.Sub(), ast.Constant(1))]
        case [count]:
            yield [ast.BinOp(count, ast.Sub(), ast.Constant(1))]
            yield [ast.Constant(1), count]


def _lengths(
    loop: ast.For | ast.comprehension, args: list[ast.expr]
) -> Iterator[list[ast.expr]]:
    """The lengths of what a loop takes entries of: ``y[i]`` needs a range of len(y)."""
    if not isinstance(loop, ast.For) or not isinstance(loop.target, ast.Name):
        return
    indexed = {
        part.value.id
        for statement in loop.body
        for part in ast.walk(statement)
        if isinstance(part, ast.Subscript)
        and isinstance(part.value, ast.Name)
        and isinstance(part.ctx, ast.Load)
        and loop.target.id in read(part.slice)
    }
    for name in sorted(indexed):
        length = ast.Call(ast.Name("len", ast.Load()), [ast.Name(name, ast.Load())], [])
        if len(args) == 1 and shortened(args[0]) not in (shortened(length), name):
            yield [length]
