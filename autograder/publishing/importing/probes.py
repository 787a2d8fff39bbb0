"""The tests of a notebook, as probes: what an assert compares becomes what a probe returns.

The right value of an assert is left out, since the reference says it. What an assert compares
in another way (`<`, `in`, `isinstance`) is a property, and goes to a requirement.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.publishing.importing.asserts import (
    EQUAL,
    FALSE,
    KINDS,
    PAIRS,
    RAISES,
    TRUE,
    as_property,
    compared,
    is_form,
    last,
)
from autograder.publishing.importing.code import defined, imported, one_line, parse, read
from autograder.publishing.importing.expressions import (
    LIBRARIES,
    CannotTranslateError,
    KnownNames,
    own,
)

_GENERATORS = frozenset({"default_rng", "RandomState"})


@dataclass
class Translation:
    """A test, translated.

    values       the lines of a probe that returns what the test compares, if anything.
    properties   those of a requirement.
    counts       how many of the test's questions went to each.
    asked        the answers that it asks, those that it asks first at the beginning.
    left         what is left to a person: the test's own line, and the reason.
    """

    values: list[str] = field(default_factory=list)
    properties: list[str] = field(default_factory=list)
    counts: tuple[int, int] = (0, 0)
    asked: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    uses_raises: bool = False


def probe_of(text: str, names: KnownNames) -> Translation:
    """The probes of a test cell, which may hold anything."""
    tree = parse(text)
    if tree is None:
        return Translation(left=[(one_line(text), "it is no Python that can be read")])
    builder = _Builder(names)
    try:
        builder.statements(tree.body, 1, in_loop=False)
    except RecursionError:
        return Translation(left=[(one_line(text), "its functions call each other")])
    return builder.probe()


class _StaleError(CannotTranslateError):
    """A piece that needs another one, which is left to a person already."""


class _Builder:
    """Translates the statements of one test, in order."""

    def __init__(self, names: KnownNames) -> None:
        self.names = names
        self.helpers: dict[str, ast.FunctionDef] = {}
        self.broken: set[str] = set()  # names whose statement could not be translated
        self.lines: list[
            tuple[str, str]
        ] = []  # (which probe, line): "both", "value", "property"
        self.left: list[tuple[str, str]] = []
        self.asked: list[str] = []
        self.keys: dict[str, int] = {}
        self.single: list[str] = []
        self.uses_raises = False

    def statements(self, body: list[ast.stmt], depth: int, *, in_loop: bool) -> None:
        """Translate statements; what cannot be translated is noted, and left out."""
        for node in body:
            try:
                self.statement(node, depth, in_loop)
            except _StaleError as error:
                self.leave(node, "", depth, str(error))
            except CannotTranslateError as error:
                self.leave(node, str(error), depth)

    def leave(self, node: ast.AST, why: str, depth: int, because: str = "") -> None:
        """Note a piece that a person must translate; no reason where another piece says it."""
        text = one_line(ast.unparse(node))
        self.left.append((text, why))
        self.broken |= defined(node)
        self.emit("both", depth, f"# TODO: {text}")
        self.emit("both", depth, f"#       ({one_line(why or because)})")

    def emit(self, where: str, depth: int, line: str) -> None:
        """One line of one probe, or of both."""
        self.lines.append((where, "    " * depth + line))

    def statement(self, node: ast.stmt, depth: int, in_loop: bool) -> None:
        """Translate one statement. CannotTranslateError where it cannot be."""
        if stale := self.broken & read(node):
            raise _StaleError(f"{min(stale)} could not be translated")
        match node:
            case ast.Import() | ast.ImportFrom():
                self.library(node)
            case ast.Pass() | ast.Expr(ast.Constant()) | ast.Return(None | ast.Constant()):
                pass
            case ast.Delete(targets):
                if any(map(self.names.asks, targets)):
                    raise CannotTranslateError("it takes an answer away")
            case ast.Assert(ast.Call() as call) if last(call.func) in self.helpers:
                self.call(call, depth, in_loop)
            case ast.Assert(test):
                self.ask(test, depth, in_loop)
            case ast.Expr(ast.Call() as call):
                self.call(call, depth, in_loop)
            case ast.Expr(value):
                if isinstance(value, ast.Compare):
                    self.ask(value, depth, in_loop)
            case ast.Assign(targets, value) if len(targets) == 1:
                self.assign(targets[0], value, depth)
            case ast.AnnAssign(target, _, value) if value is not None:
                self.assign(target, value, depth)
            case ast.AugAssign(ast.Name(name) as target, operator, value):
                asks = self.names.asks(value) or self.names.asks(ast.Name(name, ast.Load()))
                right = self.names.translated(value)
                left = self.names.bind(target, answers=asks)
                self.emit("both", depth, _text(ast.AugAssign(left, operator, right)))  # type: ignore[arg-type]
            case ast.FunctionDef(name=name):
                self.helpers[name] = node
            case ast.For(target, over, body, []):
                self.loop(target, over, body, depth)
            case ast.With(items=[item], body=[ast.Expr(ast.Call() as call)]):
                self.exception_in(item.context_expr, call, depth, in_loop)
            case (
                ast.Try(body=[*_, ast.Expr(ast.Call() as call), ast.Raise()])
                | ast.Try(body=[ast.Expr(ast.Call() as call)], orelse=[ast.Raise()])
                | ast.Try(
                    body=[*_, ast.Expr(ast.Call() as call), ast.Assert(ast.Constant(False))]
                )
            ):
                kind = (
                    node.handlers[0].type
                    if isinstance(node, ast.Try) and node.handlers
                    else None
                )
                self.raising(kind, call.func, call.args, depth, in_loop, call.keywords)
            case ast.If(test, [ast.Raise()], []):
                self.ask(ast.UnaryOp(ast.Not(), test), depth, in_loop)
            case _:
                raise CannotTranslateError(f"{_kind(node)} cannot be translated")

    def library(self, node: ast.Import | ast.ImportFrom) -> None:
        """Know a library by the name that the test gives it; checks need no other."""
        for short, full in imported(node).items():
            if full in LIBRARIES:
                self.names.modules[short] = full

    def assign(self, target: ast.expr, value: ast.expr, depth: int) -> None:
        """Translate an assignment."""
        match target, value:
            case ast.Name(name), ast.Call(function) if last(function) in _GENERATORS:
                base = ast.unparse(function).partition(".")[0]
                if self.names.modules.get(base, "").startswith("numpy"):
                    self.names.modules[name] = "rng"
                    return
        asks = self.names.asks(value)
        right = self.names.translated(value)
        self.note(value)
        left = self.names.bind(target, answers=asks)
        self.emit("both", depth, _text(ast.Assign([left], right)))

    def loop(self, target: ast.expr, over: ast.expr, body: list[ast.stmt], depth: int) -> None:
        """Translate a loop; what its turns compare makes a list."""
        if any(
            isinstance(one, ast.Break | ast.Continue) for part in body for one in ast.walk(part)
        ):
            raise CannotTranslateError("a loop with break or continue cannot be translated")
        asks = self.names.asks(over)
        items = self.names.translated(over)
        bound = self.names.bind(target, answers=asks)
        self.emit("both", depth, f"for {ast.unparse(bound)} in {_text(items)}:")
        before = len(self.lines)
        self.statements(body, depth + 1, in_loop=True)
        for where in ("value", "property"):
            done = any(
                place in ("both", where) and not line.lstrip().startswith("#")
                for place, line in self.lines[before:]
            )
            if not done:
                self.emit(where, depth + 1, "pass")

    def call(self, call: ast.Call, depth: int, in_loop: bool) -> None:
        """Translate a call that stands alone: of an assertion, or of a function of the test."""
        name = last(call.func)
        if name in self.helpers and not call.keywords:
            helper = self.helpers.pop(name)  # each runs once, so that none can call itself
            parameters = [one.arg for one in helper.args.args]
            if len(parameters) != len(call.args):
                raise CannotTranslateError("a function with other arguments")
            for parameter, argument in zip(parameters, call.args, strict=True):
                if not (isinstance(argument, ast.Name) and argument.id == parameter):
                    self.assign(ast.Name(parameter, ast.Store()), argument, depth)
            self.statements(helper.body, depth, in_loop=in_loop)
        elif name in RAISES and len(call.args) >= 2:
            kind, function, *rest = call.args
            self.raising(kind, function, rest, depth, in_loop, call.keywords)
        elif name in (EQUAL | TRUE | FALSE | KINDS) or name in PAIRS:
            self.ask(call, depth, in_loop)
        elif name in ("print", "display", "seed", "close", "show", "figure") or hasattr(
            builtins, name
        ):
            return
        elif self.names.asks(call):
            self.emit("both", depth, _text(self.names.translated(call)))
            self.note(call)
        else:
            raise CannotTranslateError("it calls something that is no answer")

    def ask(self, test: ast.expr, depth: int, in_loop: bool) -> None:
        """Translate what an assert asks."""
        if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
            for one in test.values:
                self.ask(one, depth, in_loop)
            return
        if isinstance(test, ast.Call) and last(test.func) in FALSE and test.args:
            test = test.args[0]
        found = [side for side in compared(test) if self.names.asks(side)]
        if found:
            for side in found:
                self.value(side, self.names.translated(side), depth, in_loop)
            return
        if not self.names.asks(test):
            self.names.translated(test)  # says which name is known nowhere
            raise CannotTranslateError("it asks nothing of an answer")
        holds = _text(self.names.translated(as_property(test)))
        mark = ", form=True" if is_form(test) else ""
        what = one_line(ast.unparse(as_property(test)))
        self.emit("property", depth, f"yield expect(bool({holds}), {_quoted(what)}{mark})")
        self.note(test)

    def value(self, side: ast.expr, translated: ast.expr, depth: int, in_loop: bool) -> None:
        """One value that the probe returns."""
        self.answer(one_line(ast.unparse(side), 60), _text(translated), depth, in_loop)
        self.note(side)

    def answer(self, key: str, text: str, depth: int, in_loop: bool) -> None:
        """One entry of what the probe returns; of a loop, a list."""
        self.keys[key] = self.keys.get(key, 0) + 1
        if self.keys[key] > 1:
            key = f"{key}, time {self.keys[key]}"
        if in_loop:
            self.emit("value", depth, f"seen.setdefault({_quoted(key)}, []).append({text})")
        else:
            self.emit("value", depth, f"seen[{_quoted(key)}] = {text}")

    def exception_in(
        self, context: ast.expr, call: ast.Call, depth: int, in_loop: bool
    ) -> None:
        """Translate ``with raises(ValueError): f(x)``."""
        if not (
            isinstance(context, ast.Call) and last(context.func) in RAISES and context.args
        ):
            raise CannotTranslateError("a with statement cannot be translated")
        self.raising(context.args[0], call.func, call.args, depth, in_loop, call.keywords)

    def raising(
        self, kind: ast.expr | None, function: ast.expr, arguments: list[ast.expr],
        depth: int, in_loop: bool, named: list[ast.keyword] | None = None,
    ) -> None:  # fmt: skip
        """Translate that a call must raise an exception."""
        call = ast.Call(function, arguments, named or [])
        if not self.names.asks(call):
            raise CannotTranslateError("it asks nothing of an answer")
        inner = self.names.translated(call)
        assert isinstance(inner, ast.Call)
        what = "Exception" if kind is None else _text(self.names.translated(kind))
        given = [_text(inner.func), *map(_text, inner.args)]
        given += [f"{one.arg}={_text(one.value)}" for one in inner.keywords if one.arg]
        text = f"raises({', '.join([what, *given])})"
        self.uses_raises = True
        key = f"what {one_line(ast.unparse(call), 50)} raises"
        self.answer(key, text, depth, in_loop)
        self.note(call)

    def note(self, node: ast.AST) -> None:
        """Remember which answers a piece asks."""
        for one in ast.walk(node):
            if isinstance(one, ast.Name) and one.id not in self.names.local:
                value = self.names.values.get(one.id)
                name = value.function if value else one.id
                if (value or name in self.names.functions) and name not in self.asked:
                    self.asked.append(name)

    def probe(self) -> Translation:
        """All that was translated."""
        values = [line for where, line in self.lines if where in ("both", "value")]
        properties = [line for where, line in self.lines if where in ("both", "property")]
        counts = (
            sum(line.lstrip().startswith("seen") for line in values),
            sum(line.lstrip().startswith("yield") for line in properties),
        )
        if all("form=True" in line for line in properties if line.lstrip().startswith("yield")):
            properties = [line.replace(", form=True)", ")") for line in properties]
        computed = list(self.computed())
        return Translation(
            [*computed, "    seen: dict[str, Any] = {}", *values, "    return seen"]
            if counts[0] else [],
            [*computed, *properties] if counts[1] else [],
            counts, self.asked, self.left, self.uses_raises,
        )  # fmt: skip

    def computed(self) -> Iterator[str]:
        """The lines that ask for variables which an answer computes."""
        wanted = {
            self.names.values[name].function: self.names.values[name]
            for name in sorted(self.names.used)
        }
        for value in wanted.values():
            given = ", ".join(f"given.{name}" for name in value.needs)
            names = ", ".join(map(own, value.returned))
            yield f"    {names} = solution.{value.function}({given})"


def _text(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node))


def _kind(node: ast.AST) -> str:
    return f"a statement of the kind {type(node).__name__}"


def _quoted(text: str) -> str:
    """A text as Python writes it, between double quotes where that needs nothing more."""
    plain = text.isprintable() and '"' not in text and "\\" not in text
    return f'"{text}"' if plain else repr(text)
