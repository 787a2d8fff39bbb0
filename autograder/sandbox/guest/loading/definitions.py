"""The definitions in the namespace once a submission has run: its functions and classes."""

from __future__ import annotations

import ast
import inspect
import types
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from autograder.sandbox.guest import standins
from autograder.sandbox.guest.loading.cells import SCRIPT, CellLines
from autograder.sandbox.guest.loading.copies import is_empty
from autograder.sandbox.guest.loading.notes import Notes
from autograder.sandbox.guest.loading.parsing import Definition, Placed

_KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional",
    inspect.Parameter.VAR_POSITIONAL: "var_positional",
    inspect.Parameter.KEYWORD_ONLY: "keyword_only",
    inspect.Parameter.VAR_KEYWORD: "var_keyword",
}


class Definitions:
    """The submission's own definitions, by name and by the place in its source."""

    def __init__(self, statements: Sequence[Placed]) -> None:
        self.filenames = {cell.filename for cell, _ in statements}
        self.alone = len(self.filenames) == 1
        self.bound: dict[str, ast.AST] = {}
        self.written: dict[str, list[tuple[CellLines, Definition]]] = {}
        self._statements = statements
        for cell, statement in statements:
            self.bound.update(_bindings(statement))
            if isinstance(statement, Definition):
                self.written.setdefault(statement.name, []).append((cell, statement))

    @cached_property
    def placed(self) -> dict[tuple[str, int], ast.AST]:
        """Every definition, nested ones too, by its file and first line."""
        return {
            (cell.filename, _first_line(node)): node
            for cell, statement in self._statements
            for node in ast.walk(statement)
            if isinstance(node, Definition)
        }

    def described(self, namespace: dict[str, Any]) -> list[dict[str, Any]]:
        """The functions and classes that are there at the end, with their parameters."""
        found = []
        for name, value in list(namespace.items()):
            if isinstance(name, str) and self._is_own(name, value):
                parameters = _parameters(value)
                found.append(
                    {
                        "name": name,
                        "parameters": parameters or [],
                        "signature_known": parameters is not None,
                        "empty": is_empty(self._node(name, value)),
                    }
                )
        return found

    def note_the_doubled(self, namespace: dict[str, Any], notes: Notes) -> None:
        """Note what is written twice, differently, and say which one counts."""
        for name, places in self.written.items():
            full = [(cell, node) for cell, node in places if not is_empty(node)]
            if len(full) < 2 or not _differ([node for _, node in full]):
                continue
            counts = self._node(name, namespace.get(name))
            for cell, node in full:
                if node is counts:
                    where = cell.where(node.lineno)
                    message = f"written {len(full)} times; the one in {where} counts"
                    notes.add("redefined", cell, node.lineno, message, text=name)

    def _node(self, name: str, value: object) -> ast.AST | None:
        """The source of `value`: by its own account if it bears the name, else the last."""
        if type(value) is types.FunctionType and value.__code__.co_name == name:
            line = value.__code__.co_firstlineno
            bound = self.bound.get(name)
            if isinstance(bound, Definition) and self.alone and _first_line(bound) == line:
                return bound
            return self.placed.get((value.__code__.co_filename, line), bound)
        return self.bound.get(name)

    def _is_own(self, name: str, value: object) -> bool:
        kind = type(value)
        node = self.bound.get(name)
        if type(value) is types.FunctionType:
            return value.__code__.co_filename in self.filenames or node is not None
        if issubclass(kind, type):
            return vars(value).get("__module__") == SCRIPT
        if isinstance(node, Definition):  # wrapped by a decorator
            return callable(value)
        assigned = node is not None and kind is not standins.StandIn
        called = inspect.isroutine(value) or kind.__name__ in _CALLABLE_KINDS
        # An object of the file's own class with a __call__: relu = Relu().
        return assigned and (
            called or (vars(kind).get("__module__") == SCRIPT and callable(value))
        )


# Callables that stand for a function when assigned to a name: tanh = np.tanh.
_CALLABLE_KINDS = ("partial", "ufunc", "vectorize", "_ArrayFunctionDispatcher")


def _first_line(node: Definition) -> int:
    """The line that code objects count as the first: a decorator's, if there is one."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _bindings(statement: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    """The names that a statement of the top level defines or assigns, and by what."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Definition):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if node.value is not None:
                yield node.target.id, node.value
        else:
            inner = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.stmt)]
            for handler in getattr(node, "handlers", ()):
                inner += handler.body
            waiting += reversed(inner)


def _parameters(value: Any) -> list[dict[str, Any]] | None:
    try:
        if type(value) is types.FunctionType and not value.__dict__:
            return _plain_parameters(value)
        signature = inspect.signature(value)
    except BaseException:  # a class of theirs may do anything when asked
        return None
    return [
        _parameter(
            parameter.name,
            _KINDS[parameter.kind],
            parameter.default is not inspect.Parameter.empty,
            parameter.default,
        )
        for parameter in signature.parameters.values()
    ]


def _parameter(
    name: str, kind: str, has_default: bool = False, default: object = None
) -> dict[str, Any]:
    """A parameter as it is sent; of the defaults, numbers and texts alone are."""
    plain = default if type(default) in (bool, int, float, str) else None
    return {"name": name, "kind": kind, "has_default": has_default, "default": plain}


def _plain_parameters(function: types.FunctionType) -> list[dict[str, Any]]:
    """As `inspect.signature` tells them of a function that nothing has wrapped, but soon."""
    code = function.__code__
    positional, only = code.co_argcount, code.co_kwonlyargcount
    names = code.co_varnames
    given = function.__defaults__ or ()
    required = positional - len(given)
    found = [_parameter(name, "positional") for name in names[:required]]
    found += [
        _parameter(name, "positional", True, value)
        for name, value in zip(names[required:positional], given, strict=True)
    ]
    rest = positional + only
    if code.co_flags & inspect.CO_VARARGS:
        found.append(_parameter(names[rest], "var_positional"))
        rest += 1
    defaults = function.__kwdefaults__ or {}
    found += [
        _parameter(name, "keyword_only", name in defaults, defaults.get(name))
        for name in names[positional : positional + only]
    ]
    if code.co_flags & inspect.CO_VARKEYWORDS:
        found.append(_parameter(names[rest], "var_keyword"))
    return found


def _differ(nodes: Sequence[ast.stmt]) -> bool:
    return any(not _alike(nodes[0], node) for node in nodes[1:])


def _alike(one: ast.AST, other: ast.AST) -> bool:
    """True if two trees say the same, wherever they stand. Most that differ do so early."""
    waiting: list[tuple[Any, Any]] = [(one, other)]
    while waiting:
        left, right = waiting.pop()
        if type(left) is not type(right):
            return False
        if isinstance(left, ast.AST):
            waiting += [
                (getattr(left, name, None), getattr(right, name, None)) for name in left._fields
            ]
        elif isinstance(left, list):
            if len(left) != len(right):
                return False
            waiting += zip(left, right, strict=True)
        elif left is not right and repr(left) != repr(right):  # 0.0 and -0.0 are equal
            return False
    return True
