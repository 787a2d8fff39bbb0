"""A name that nothing has: another spelling, or `self.` left out."""

from __future__ import annotations

import ast
import builtins
import copy
import difflib
import re
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from autograder.sandbox.guest.fixes.pieces import Broken, Fix, assigned, shortened
from autograder.sandbox.guest.loading.parsing import Definition

NEAR = 0.75
_KEYWORDS: tuple[str, ...] = (
    "axis",
    "keepdims",
    "dtype",
    "size",
    "optimizer",
    "loss",
    "metrics",
    "epochs",
)
_KEYWORDS += ("batch_size", "activation", "padding", "strides", "input_shape", "verbose")
MOST = 3


def fixes(broken: Broken) -> Iterator[Fix]:
    """Other names that may be meant by the one that an exception complains of."""
    match broken.error:
        case "TypeError":
            yield from _of_a_keyword(broken)
        case "NameError" | "UnboundLocalError":
            yield from _of_a_name(broken)
        case "AttributeError":
            yield from _of_an_attribute(broken)
        case "KeyError":
            yield from _of_a_key(broken)


def _of_a_name(broken: Broken) -> Iterator[Fix]:
    found = re.match(r"name '(\w+)' is not defined|.*variable '(\w+)'", broken.text)
    name = (found[1] or found[2]) if found else ""
    parts = [part for part in broken.parts(ast.Name) if part.id == name]
    for part in parts[:1]:
        if isinstance(broken.node, ast.ClassDef) and name in _members(broken.node):
            yield _of_the_object(broken, name, part)
        if name == "math" and "np" in broken.namespace:
            yield _everywhere(broken, name, "np")
        local = {
            each.id
            for function in broken.functions
            for each in ast.walk(function)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
        }
        arguments = {
            each.arg
            for function in broken.functions
            for each in ast.walk(function)
            if isinstance(each, ast.arg)
        }
        known = {*local, *arguments, *broken.own, *broken.namespace, *dir(builtins)} - {name}
        for near in _near(name, known):
            yield _everywhere(broken, name, near)


def _everywhere(broken: Broken, name: str, meant: str) -> Fix:
    """The change of a name wherever it is read."""
    found = [
        part
        for part in ast.walk(broken.node)
        if isinstance(part, ast.Name) and part.id == name and isinstance(part.ctx, ast.Load)
    ]
    memo = {
        id(part): ast.copy_location(ast.parse(meant, mode="eval").body, part) for part in found
    }
    return _spelt(broken, found, (name, meant), memo)


def _spelt(
    broken: Broken,
    found: Sequence[ast.expr],
    words: tuple[str, str],
    instead: Mapping[int, ast.expr],
) -> Fix:
    """Another name in the places that were found, told by the first of their lines."""
    lines = sorted({part.lineno for part in found})
    kind = "spelling" if len(lines) == 1 else "spelling_everywhere"
    return Fix(kind, lines[0], words, _copied(broken, instead))


def _of_the_object(broken: Broken, name: str, first: ast.Name) -> Fix:
    """``self.`` before each name that only the class has."""
    bare = _members(broken.node) - broken.namespace.keys() - set(dir(builtins))
    memo: dict[int, ast.expr] = {}
    for function in broken.node.body if isinstance(broken.node, ast.ClassDef) else ():
        own = {part.arg for part in ast.walk(function) if isinstance(part, ast.arg)}
        own |= assigned(function)
        for part in ast.walk(function):
            if isinstance(part, ast.Name) and part.id in bare - own:
                owner = ast.Name("self", ast.Load())
                memo[id(part)] = ast.copy_location(
                    ast.Attribute(owner, part.id, part.ctx), part
                )
    names = sorted({part.attr for part in memo.values() if isinstance(part, ast.Attribute)})
    if len(names) > 1:
        return Fix("selves", first.lineno, (" and ".join(names),), _copied(broken, memo))
    return Fix("self", first.lineno, (name, f"self.{name}"), _copied(broken, memo))


def _of_a_keyword(broken: Broken) -> Iterator[Fix]:
    found = re.search(r"unexpected keyword argument '(\w+)'", broken.text)
    name = found[1] if found else ""
    for call in broken.parts(ast.Call):
        for place, keyword in enumerate(call.keywords):
            if keyword.arg != name:
                continue
            for near in _near(name, {*_KEYWORDS, *_parameters(broken)}):
                new = copy.copy(call)
                meant = ast.copy_location(ast.keyword(near, keyword.value), keyword)
                new.keywords = [*call.keywords[:place], meant, *call.keywords[place + 1 :]]
                yield broken.fix("spelling", call, new, name, near)


def _parameters(broken: Broken) -> set[str]:
    """The names of all arguments of the file's own functions."""
    return {
        part.arg
        for node in broken.own.values()
        for part in ast.walk(node)
        if isinstance(part, ast.arg)
    }


def _of_an_attribute(broken: Broken) -> Iterator[Fix]:
    found = re.search(r"has no attribute '(\w+)'", broken.text)
    name = found[1] if found else ""
    parts = [part for part in broken.parts(ast.Attribute) if part.attr == name]
    if not parts:
        return
    value = parts[0].value
    if name in broken.own:
        here = ast.Name(name, ast.Load())
        yield broken.fix("spelling", parts[0], here, shortened(parts[0]), name)
    yield from _of_a_module(broken, parts[0])
    known: set[str] = set()
    if isinstance(value, ast.Name) and value.id == "self":
        known = _members(broken.node)
    else:
        known = set(dir(_module(value, broken.namespace)))
        known |= {"T", "shape", "dot", "sum", "reshape", "mean", "copy", "size", "astype"}
    for near in _near(name, known - {name}):
        places = [
            part
            for part in ast.walk(broken.node)
            if isinstance(part, ast.Attribute) and part.attr == name
        ]
        memo: dict[int, ast.expr] = {
            id(part): ast.copy_location(ast.Attribute(part.value, near, part.ctx), part)
            for part in places
        }
        yield _spelt(broken, places, (name, near), memo)


def _of_a_module(broken: Broken, first: ast.Attribute) -> Iterator[Fix]:
    """``keras.to_categorical`` of a module below, and ``layers.dense`` in another case."""
    module = _module(first.value, broken.namespace)
    if module is None:
        return
    # NumPy loads some of its modules when somebody asks for them.
    for name in sorted({*vars(module), "random", "linalg"}):
        below = getattr(module, name, None)
        if isinstance(below, types.ModuleType) and hasattr(below, first.attr):
            owner = ast.Attribute(first.value, name, ast.Load())
            meant = ast.Attribute(owner, first.attr, ast.Load())
            ast.fix_missing_locations(ast.copy_location(meant, first))
            yield broken.fix("spelling", first, meant, shortened(first), shortened(meant))
    cases = {name.lower(): name for name in dir(module)}
    places = [
        part
        for part in ast.walk(broken.node)
        if isinstance(part, ast.Attribute)
        and _module(part.value, broken.namespace) is module
        and not hasattr(module, part.attr)
        and part.attr.lower() in cases
    ]
    if len({part.attr for part in places}) > 1:
        memo: dict[int, ast.expr] = {
            id(part): ast.copy_location(
                ast.Attribute(part.value, cases[part.attr.lower()], part.ctx), part
            )
            for part in places
        }
        meant_names = ", ".join(sorted({cases[part.attr.lower()] for part in places}))
        yield Fix("capitals", places[0].lineno, (meant_names,), _copied(broken, memo))


def _module(value: ast.expr, namespace: Mapping[str, Any]) -> Any:
    """The module behind ``np`` or ``keras.utils``; None where a name stands for no module."""
    if isinstance(value, ast.Name):
        found = namespace.get(value.id)
    elif isinstance(value, ast.Attribute):
        found = getattr(_module(value.value, namespace), value.attr, None)
    else:
        found = None
    return found if isinstance(found, types.ModuleType) else None


def _of_a_key(broken: Broken) -> Iterator[Fix]:
    key = broken.text.strip("'\"")
    parts = [part for part in broken.parts(ast.Constant) if part.value == key]
    known = {
        part.value
        for node in broken.own.values()
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }
    for near in _near(key, known - {key}, 0.5):
        for part in parts[:MOST]:
            yield broken.fix("key", part, ast.Constant(near), repr(key), repr(near))


def _members(node: ast.AST) -> set[str]:
    """The methods of a class, and the attributes that they set."""
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.FunctionDef):
            found.add(part.name)
        elif isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
            found.add(part.attr)
    return found


def _near(name: str, known: Iterable[str], at_least: float = NEAR) -> list[str]:
    case = [each for each in sorted(known) if each.lower() == name.lower()]
    near = difflib.get_close_matches(name, sorted(known), MOST, at_least)
    return list(dict.fromkeys([*case, *near]))[:MOST]


def _copied(broken: Broken, instead: Mapping[int, ast.expr]) -> Definition:
    """The definition with other parts in place of those with these `id`s."""
    return copy.deepcopy(broken.node, dict(instead))
