"""Values in wrong places: under a key, in a text without its f, a number for an argument."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator, Mapping

from autograder.sandbox.guest.fixes.pieces import (
    Broken,
    Fix,
    Function,
    assigned,
    read,
    shortened,
)
from autograder.sandbox.guest.loading.parsing import Definition


def fixes(broken: Broken) -> Iterator[Fix]:
    """Values in other places, where nothing was raised."""
    if broken.error:
        return
    for function in broken.functions:
        yield from _own_keys(broken, function)
        yield from _filled_in(broken, function)
        yield from _given(broken, function)


def _own_keys(broken: Broken, function: Function) -> Iterator[Fix]:
    """``{"W1": W1, "W2": W1}``, where there is a W2."""
    known = assigned(function) | {argument.arg for argument in function.args.args}
    for part in ast.walk(function):
        if not isinstance(part, ast.Dict):
            continue
        instead: dict[int, ast.AST] = {}
        for key, value in zip(part.keys, part.values, strict=True):
            match key, value:
                case ast.Constant(value=str(name)), ast.Name(id=other):
                    if name in known and other != name:
                        meant = ast.Name(name, ast.Load())
                        instead[id(value)] = ast.copy_location(meant, value)
        if instead:
            node = _with(broken, instead)
            yield Fix("own_keys", part.lineno, (shortened(part),), node)


def _filled_in(broken: Broken, function: Function) -> Iterator[Fix]:
    """``"{name} is old"`` without an f before it: all such texts at once."""
    filled = {id(each) for part in ast.walk(function) if isinstance(part, ast.JoinedStr)
              for each in ast.walk(part)}  # fmt: skip
    instead: dict[int, ast.AST] = {}
    line = 0
    for part in ast.walk(function):
        match part:
            case ast.Constant(value=str(text)) if id(part) not in filled:
                if re.search(r"\{[A-Za-z_]", text):
                    try:
                        new = ast.parse(f"f{text!r}", mode="eval").body
                    except SyntaxError:
                        continue
                    instead[id(part)] = ast.copy_location(new, part)
                    line = line or part.lineno
    if instead:
        yield Fix("filled_in", line, (), _with(broken, instead))


def _given(broken: Broken, function: Function) -> Iterator[Fix]:
    """A fixed number, where nothing looks at an argument or at a number of the object."""
    numbers = [
        part
        for part in ast.walk(function)
        if isinstance(part, ast.Constant) and type(part.value) in (int, float)
    ]
    defaults = {id(each) for default in function.args.defaults for each in ast.walk(default)}
    numbers = [part for part in numbers if id(part) not in defaults]
    for unread in unused(broken, function):
        for value in dict.fromkeys(part.value for part in numbers):
            same = [part for part in numbers if part.value == value]
            instead: dict[int, ast.AST] = {
                id(part): ast.copy_location(copy.copy(unread), part) for part in same
            }
            words = repr(value), shortened(unread)
            yield Fix("fixed", same[0].lineno, words, _with(broken, instead))


def unused(broken: Broken, function: Function) -> Iterator[ast.expr]:
    """The arguments, and the numbers that the object keeps, that nothing looks at."""
    names = [argument.arg for argument in function.args.args if argument.arg != "self"]
    looked_at = read(function)
    for name in names:
        if name not in looked_at:
            yield ast.Name(name, ast.Load())
    if isinstance(broken.node, ast.ClassDef):
        within = list(ast.walk(broken.node))
        attributes = [part for part in within if isinstance(part, ast.Attribute)]
        loaded = {part.attr for part in attributes if isinstance(part.ctx, ast.Load)}
        kept = [part.attr for part in attributes if isinstance(part.ctx, ast.Store)]
        for name in dict.fromkeys(kept):
            if name not in loaded:
                yield ast.Attribute(ast.Name("self", ast.Load()), name, ast.Load())


def _with(broken: Broken, instead: Mapping[int, ast.AST]) -> Definition:
    return copy.deepcopy(broken.node, dict(instead))
