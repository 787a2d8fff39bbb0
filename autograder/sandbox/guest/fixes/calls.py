"""A call of the submission's own functions: its arguments in another order, another method."""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Iterator

from autograder.sandbox.guest.fixes.pieces import Broken, Fix, Function, shortened

MOST_ARGUMENTS = 4


def fixes(broken: Broken) -> Iterator[Fix]:
    """Arguments as their names say; two that have changed places; another method."""
    for call in broken.parts(ast.Call):
        callee = _callee(broken, call)
        if callee is None and broken.error and len(call.args) == 2:
            yield from _exchanged(broken, call)
        if (
            callee is None
            or call.keywords
            or any(isinstance(a, ast.Starred) for a in call.args)
        ):
            continue
        names = _parameters(callee)[: len(call.args)]
        order = _as_named(call, names)
        if order is not None:
            new = _with_arguments(call, order)
            yield broken.fix("order", call, new, shortened(call), shortened(new))
        elif broken.error and 2 <= len(call.args) <= MOST_ARGUMENTS:
            for one, other in itertools.combinations(range(len(call.args)), 2):
                args = list(call.args)
                args[one], args[other] = args[other], args[one]
                new = _with_arguments(call, args)
                yield broken.fix("order", call, new, shortened(call), shortened(new))
    if not broken.error:
        yield from _other_methods(broken)


def _exchanged(broken: Broken, call: ast.Call) -> Iterator[Fix]:
    """``to_categorical(classes, labels)`` of a library, with two plain names exchanged."""
    if all(isinstance(argument, ast.Name) for argument in call.args):
        yield broken.swap("order", call, _with_arguments(call, call.args[::-1]))


def _callee(broken: Broken, call: ast.Call) -> Function | None:
    match call.func:
        case ast.Name(id=name):
            found = broken.own.get(name)
            if isinstance(found, ast.ClassDef):
                return _methods(found).get("__init__")
            return found if isinstance(found, ast.FunctionDef) else None
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            return _methods(broken.node).get(name)
    return None


def _as_named(call: ast.Call, names: list[str]) -> list[ast.expr] | None:
    """The arguments where each is called as a parameter, and they stand otherwise."""
    given = {arg.id: arg for arg in call.args if isinstance(arg, ast.Name)}
    if len(given) != len(call.args) or set(given) != set(names) or list(given) == names:
        return None
    return [given[name] for name in names]


def _with_arguments(call: ast.Call, args: list[ast.expr]) -> ast.Call:
    new = copy.copy(call)
    new.args = args
    return new


def _other_methods(broken: Broken) -> Iterator[Fix]:
    """``self.predict(X)`` where ``self.net_input(X)`` is meant."""
    methods = _methods(broken.node)
    for call in broken.parts(ast.Call):
        match call.func:
            case ast.Attribute(value=ast.Name(id="self"), attr=name) if name in methods:
                for other, method in methods.items():
                    alike = len(_parameters(method)) == len(_parameters(methods[name]))
                    if (
                        other != name
                        and alike
                        and other not in {f.name for f in broken.functions}
                    ):
                        attribute = ast.copy_location(
                            ast.Attribute(call.func.value, other, ast.Load()), call.func
                        )
                        yield broken.fix("method", call.func, attribute, name, other)


def _methods(node: ast.AST) -> dict[str, Function]:
    """The methods of a class that may be called, and the one that makes an object."""
    return {
        part.name: part
        for part in (node.body if isinstance(node, ast.ClassDef) else ())
        if isinstance(part, ast.FunctionDef)
        and (part.name == "__init__" or not part.name.startswith("__"))
    }


def _parameters(function: Function) -> list[str]:
    names = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] == ["self"] else names
