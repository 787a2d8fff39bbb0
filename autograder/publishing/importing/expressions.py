"""Expressions of a test, as those of a probe: known names only, so that nothing else can run.

An answer's name becomes `solution.name`, any other name of the notebook `given.name`. Allowed
beside them are values that are written out, what the test itself has computed, a few builtins,
and functions of NumPy and `math` that compute. Draws of NumPy become draws of `rng`.
"""

from __future__ import annotations

import ast
import math
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograder.publishing.importing.answers import Computed

BUILTINS = frozenset([
    "abs", "all", "any", "bool", "complex", "dict", "divmod", "enumerate", "chr",
    "filter", "hash", "iter", "next", "ord", "float",
    "frozenset", "int", "isinstance", "len", "list", "map", "max", "min", "pow", "range",
    "repr", "reversed", "round", "set", "slice", "sorted", "str", "sum", "tuple", "type",
    "zip", "ArithmeticError", "AssertionError", "AttributeError", "Exception", "IndexError",
    "KeyError", "LookupError", "NotImplementedError", "OverflowError", "RuntimeError",
    "StopIteration", "TypeError", "ValueError", "ZeroDivisionError",
])  # fmt: skip
_REACHING = frozenset([
    "DataSource", "fromfile", "fromregex", "genfromtxt", "get_include", "info", "load",
    "loadtxt", "memmap", "save", "savetxt", "savez", "savez_compressed", "set_printoptions",
    "setbufsize", "seterr", "seterrcall", "show_config", "show_runtime", "test",
])  # fmt: skip
LIBRARIES = frozenset({"numpy", "math", "numpy.random", "numpy.linalg"})
_METHODS = frozenset({"ctypes", "data", "dump", "setfield", "setflags", "tofile"})
_DRAWS = {  # a draw of numpy.random, and what rng has in its place
    "rand": "random", "random": "random", "random_sample": "random", "randn": "normal",
    "normal": "normal", "standard_normal": "normal", "uniform": "uniform",
    "randint": "integers", "integers": "integers", "choice": "choice",
    "permutation": "permutation", "binomial": "binomial",
    "poisson": "poisson", "exponential": "exponential",
}  # fmt: skip
_RESERVED = frozenset({"solution", "given", "rng", "seen", "np", "math", "expect", "raises"})


class CannotTranslateError(Exception):
    """A piece of a test that is left to a person; its text is the reason."""


@dataclass
class KnownNames:
    """The names that a test may use.

    functions   what answers define: functions and classes.
    values      variables that answers compute.
    given       all else that the notebook defines.
    modules     names of numpy, numpy.random, numpy.linalg and math.
    libraries   names of other libraries, which checks do not use.
    local       what the test has computed, and whether it comes from an answer.
    """

    functions: frozenset[str] = frozenset()
    values: Mapping[str, Computed] = field(default_factory=dict)
    given: frozenset[str] = frozenset()
    modules: dict[str, str] = field(default_factory=dict)
    libraries: frozenset[str] = frozenset()
    local: dict[str, bool] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)  # of `values`

    def bind(self, target: ast.expr, *, answers: bool) -> ast.expr:
        """The target of an assignment, whose names are known from now on."""
        match target:
            case ast.Name(name) if name in self.functions:
                raise CannotTranslateError(f"it puts something else in the place of {name}")
            case ast.Name(name):
                self.local[name] = answers
                return ast.Name(own(name), ast.Store())
            case ast.Tuple(parts) | ast.List(parts):
                bound = [self.bind(part, answers=answers) for part in parts]
                return ast.Tuple(bound, ast.Store())
            case ast.Starred(inner):
                return ast.Starred(self.bind(inner, answers=answers), ast.Store())
            case ast.Subscript() | ast.Attribute():
                return self.translated(target)
        raise CannotTranslateError("an assignment of this kind")

    def asks(self, node: ast.AST) -> bool:
        """True if an expression depends on an answer."""
        return any(
            isinstance(one, ast.Name)
            and self.local.get(one.id, one.id in self.functions or one.id in self.values)
            for one in ast.walk(node)
        )

    def translated(self, node: ast.expr) -> ast.expr:
        """The expression in the terms of a probe. CannotTranslateError where it has none."""
        match node:
            case ast.Name(name):
                return self._name(name)
            case ast.Attribute(base, name):
                return self._attribute(base, name)
            case ast.Call():
                return self._call(node)
            case ast.Constant(value) if isinstance(
                value, str | bytes | int | float | complex | bool | None | type(...)
            ):
                return node
            case ast.Lambda(arguments, body):
                inner = self._inner([one.arg for one in arguments.args])
                return ast.Lambda(arguments, inner.translated(body))
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                inner, loops = self._loops(node.generators)
                return type(node)(inner.translated(node.elt), loops)
            case ast.DictComp(key, value, generators):
                inner, loops = self._loops(generators)
                return ast.DictComp(inner.translated(key), inner.translated(value), loops)
            case (
                ast.BinOp() | ast.UnaryOp() | ast.BoolOp() | ast.Compare() | ast.IfExp()
                | ast.Subscript() | ast.Slice() | ast.List() | ast.Tuple() | ast.Set()
                | ast.Dict() | ast.Starred() | ast.JoinedStr() | ast.FormattedValue()
            ):  # fmt: skip
                fields = {name: self._field(one) for name, one in ast.iter_fields(node)}
                kind: Any = type(node)
                made: ast.expr = kind(**fields)
                return made
        raise CannotTranslateError(f"it has {type(node).__name__} in it")

    def _field(self, value: object) -> object:
        if isinstance(value, ast.expr):
            return self.translated(value)
        if isinstance(value, list):
            return [self._field(one) for one in value]
        return value

    def _name(self, name: str) -> ast.expr:
        if name in self.local:
            return ast.Name(own(name), ast.Load())
        if name in self.values:
            self.used.add(name)
            return ast.Name(own(name), ast.Load())
        if name in self.functions:
            return _of("solution", name)
        if name in self.modules:
            return _module(self.modules[name])
        if name in self.given:
            return _of("given", name)
        if name in BUILTINS:
            return ast.Name(name, ast.Load())
        if name in self.libraries:
            raise CannotTranslateError(f"checks do not import {name}")
        raise CannotTranslateError(f"no cell defines {name}")

    def _attribute(self, inner: ast.expr, name: str) -> ast.expr:
        if name.startswith("_") or name in _METHODS:
            raise CannotTranslateError(f"it asks for {name}")
        if isinstance(inner, ast.Name) and inner.id not in self.local:
            module = self.modules.get(inner.id, "")
            if module == "numpy" and name in ("random", "linalg"):
                return _of("np", name)
            if module == "rng":
                raise CannotTranslateError(f"it asks for {name} of a generator")
            if module and (name in _REACHING or not _computes(module, name)):
                raise CannotTranslateError(f"checks do not use {module}.{name}")
        elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name):
            module = f"{self.modules.get(inner.value.id, '')}.{inner.attr}"
            if module == "numpy.linalg" and not _computes(module, name):
                raise CannotTranslateError(f"checks do not use {module}.{name}")
        return ast.Attribute(self.translated(inner), name, ast.Load())

    def _call(self, node: ast.Call) -> ast.expr:
        arguments = [self.translated(one) for one in node.args]
        named = [ast.keyword(one.arg, self.translated(one.value)) for one in node.keywords]
        if drawn := self._draw(node.func):
            return _drawn(drawn, arguments, named)
        return ast.Call(self.translated(node.func), arguments, named)

    def _draw(self, function: ast.expr) -> str:
        """The name of a draw, where a function is one of numpy.random or of a generator."""
        match function:
            case ast.Attribute(ast.Attribute(ast.Name(base), "random"), name):
                if self.modules.get(base) == "numpy" and base not in self.local:
                    return name
            case ast.Attribute(ast.Name(base), name):
                if self.modules.get(base) in ("numpy.random", "rng") and base not in self.local:
                    return name
        return ""

    def _inner(self, names: Sequence[str]) -> KnownNames:
        local = {**self.local, **dict.fromkeys(names, False)}
        return replace(self, local=local)

    def _loops(
        self, generators: Sequence[ast.comprehension]
    ) -> tuple[KnownNames, list[ast.comprehension]]:
        inner, loops = self._inner([]), []
        for one in generators:
            over = inner.translated(one.iter)
            target = inner.bind(one.target, answers=inner.asks(one.iter))
            tests = [inner.translated(test) for test in one.ifs]
            loops.append(ast.comprehension(target, over, tests, one.is_async))
        return inner, loops


def own(name: str) -> str:
    """A test's variable in a probe, whose own names stay what they are."""
    return f"{name}_" if name in _RESERVED else name


def _computes(module: str, name: str) -> bool:
    """True for a number, a function or a class of a library, and False for a module in it."""
    libraries = {"numpy": np, "numpy.linalg": np.linalg, "math": math}
    found = getattr(libraries.get(module), name, None)
    return found is not None and not isinstance(found, types.ModuleType)


def _of(base: str, name: str) -> ast.expr:
    return ast.Attribute(ast.Name(base, ast.Load()), name, ast.Load())


def _module(name: str) -> ast.expr:
    if name in ("numpy.random", "numpy.linalg"):
        return _of("np", name.partition(".")[2])
    return ast.Name("np" if name == "numpy" else name, ast.Load())


def _drawn(name: str, arguments: list[ast.expr], named: list[ast.keyword]) -> ast.expr:
    if name not in _DRAWS:
        raise CannotTranslateError(f"it draws with numpy.random.{name}")
    if name in ("rand", "randn"):
        shape = ast.Tuple(arguments, ast.Load())
        arguments, named = [], [ast.keyword("size", shape)] if arguments else []
    elif name == "standard_normal" and arguments:
        arguments, named = [], [ast.keyword("size", arguments[0])]
    return ast.Call(_of("rng", _DRAWS[name]), arguments, named)
