"""A function where its value is meant, a value that is called, two values in place of one."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator

from autograder.sandbox.guest.fixes.lines import gives_two
from autograder.sandbox.guest.fixes.pieces import Broken, Fix, assigned, shortened

MOST_ARGUMENTS, MOST_CALLS = 6, 3


def fixes(broken: Broken) -> Iterator[Fix]:
    """Changes that give a value the kind which an exception misses."""
    if broken.error == "TypeError":
        if re.search(r"'(function|method|builtin_function_or_method)'", broken.text):
            yield from _not_called(broken)
        if broken.text.endswith("object is not callable"):
            yield from _no_function(broken)
    if "setting an array element with a sequence" in broken.text:
        yield from _not_summed(broken)
    if broken.error == "TypeError" or not broken.error:
        yield from _first_of_two(broken)


def _not_called(broken: Broken) -> Iterator[Fix]:
    """``rate * gradient`` where ``rate * gradient(w)`` is meant."""
    called = {id(call.func) for call in broken.parts(ast.Call)}
    for function in broken.functions:
        arguments = [one.arg for one in function.args.args if one.arg != "self"]
        known = [*sorted(assigned(function) - set(arguments)), *arguments]
        for name in broken.parts(ast.Name):
            if name.id not in arguments or id(name) in called:
                continue
            for argument in [each for each in known if each != name.id][:MOST_ARGUMENTS]:
                new = ast.Call(name, [ast.Name(argument, ast.Load())], [])
                yield broken.swap("function_value", name, new)


def _no_function(broken: Broken) -> Iterator[Fix]:
    """``rate * gradient(w)`` where the gradient is an array."""
    for call in broken.parts(ast.Call):
        if isinstance(call.func, (ast.Name, ast.Attribute)):
            yield broken.swap("no_function", call, copy.copy(call.func))


def _not_summed(broken: Broken) -> Iterator[Fix]:
    """``C[i, j] = a * b`` of two arrays, where their products are to be added up."""
    if "np" not in broken.namespace:
        return
    for part in broken.parts(ast.Assign):
        if isinstance(part.targets[0], ast.Subscript):
            new = ast.Call(ast.parse("np.sum", mode="eval").body, [part.value], [])
            yield broken.swap("summed", part.value, new)


def _first_of_two(broken: Broken) -> Iterator[Fix]:
    """``forward(X) > 0.5`` of a function that gives two values back."""
    found = 0
    two: dict[str, bool] = {}  # a file may call one long function thousands of times
    assigning = {
        id(part.value)
        for function in broken.functions
        for part in ast.walk(function)
        if isinstance(part, ast.Assign)
    }
    for call in broken.parts(ast.Call):
        name = shortened(call.func)
        callee = broken.own.get(name)
        if not isinstance(callee, ast.FunctionDef) or id(call) in assigning:
            continue
        if name not in two:
            two[name] = gives_two(callee)
        if two[name]:
            found += 1
            for place in (0, 1):
                new = ast.Subscript(call, ast.Constant(place), ast.Load())
                yield broken.swap("one_of_two", call, new)
        if found == MOST_CALLS:
            return
