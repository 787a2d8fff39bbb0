"""Slips in a `checks.py` that can be seen without running it."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from autograder import authoring
from autograder.errors import did_you_mean

DECORATORS: Mapping[str, frozenset[str]] = {
    kind: frozenset(inspect.signature(getattr(authoring, kind)).parameters)
    for kind in ("check", "gradient", "threshold", "held_out", "requirement")
}
_SEEDED = frozenset({"default_rng", "Generator", "PCG64", "SeedSequence", "RandomState"})
_PROBE = ("solution", "given", "rng")

Slip = tuple[int, str]  # a line, and what is wrong there with the way out


def slips_in(path: Path, defined: Collection[str]) -> Iterator[Slip]:
    """The slips of a checks.py, by line; none where it is no Python, which is said elsewhere.

    defined   the names of the reference's functions and classes.
    """
    try:
        tree = ast.parse(path.read_text("utf-8"))
    except (OSError, SyntaxError, UnicodeDecodeError):
        return
    known: dict[str, int] = {}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    for node in functions:
        decorator = _decorator(node)
        if decorator is None:
            yield from _undecorated(node, tree)
            continue
        if node.name in known:
            yield (
                node.lineno,
                f"there is another check {node.name!r} in line {known[node.name]}, which this "
                "one replaces. Give one of them another name, and say of=",
            )
        known[node.name] = node.lineno
        yield from _of_decorator(decorator, node, defined)
        yield from _of_probe(node)
    yield from _draws(tree)


def _decorator(node: ast.FunctionDef) -> ast.expr | None:
    for one in node.decorator_list:
        if _called(one) in DECORATORS:
            return one
    return None


def _called(node: ast.expr) -> str:
    function = node.func if isinstance(node, ast.Call) else node
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _of_decorator(
    decorator: ast.expr, node: ast.FunctionDef, defined: Collection[str]
) -> Iterator[Slip]:
    kind = _called(decorator)
    if not isinstance(decorator, ast.Call):
        yield decorator.lineno, f"@{kind} needs its arguments: @{kind}(points=10)"
        return
    if decorator.args:
        yield decorator.lineno, f"@{kind} takes its arguments by name: @{kind}(points=10)"
    of = node.name
    for keyword in decorator.keywords:
        if keyword.arg and keyword.arg not in DECORATORS[kind]:
            names = ", ".join(sorted(DECORATORS[kind]))
            near = did_you_mean(keyword.arg, DECORATORS[kind], f"There are: {names}.")
            yield keyword.value.lineno, f"@{kind} has no argument {keyword.arg!r}. {near}"
        if keyword.arg == "of" and isinstance(keyword.value, ast.Constant):
            of = str(keyword.value.value)
    if of not in defined:
        near = did_you_mean(of, defined, f"There are: {', '.join(sorted(defined))}.")
        yield (
            decorator.lineno,
            f"the check {node.name} is of {of!r}, which solution.py does not define. {near} "
            "Say of= where the check has another name than its function",
        )


def _of_probe(node: ast.FunctionDef) -> Iterator[Slip]:
    if not (ast.get_docstring(node) or "").strip():
        yield (
            node.lineno,
            f"the check {node.name} has no docstring; its first line is the title",
        )
    if len(node.args.args) != len(_PROBE):
        took = ", ".join(one.arg for one in node.args.args)
        yield node.lineno, f"the check {node.name} takes ({took}). Write (solution, given, rng)"
    gives = any(isinstance(one, ast.Yield | ast.YieldFrom) for one in ast.walk(node))
    returns = [one for one in ast.walk(node) if isinstance(one, ast.Return)]
    if not gives and not any(one.value is not None for one in returns):
        yield node.lineno, f"the check {node.name} returns nothing. Return what came back"


def _undecorated(node: ast.FunctionDef, tree: ast.Module) -> Iterator[Slip]:
    names = tuple(one.arg for one in node.args.args)
    used = any(isinstance(one, ast.Name) and one.id == node.name for one in ast.walk(tree))
    if names == _PROBE and not used:
        near = "".join(
            f" {did_you_mean(_called(one), DECORATORS)}" for one in node.decorator_list
        )
        yield (
            node.lineno,
            f"{node.name} looks like a check, and has no decorator of one.{near} Write "
            "@check(points=...) above it",
        )


def _draws(tree: ast.Module) -> Iterator[Slip]:
    """Draws from anything but `rng`: each side of the sandbox would draw others."""
    modules = _imported(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = ast.unparse(node.func)
        first, _, rest = name.partition(".")
        whole = f"{modules.get(first, '')}.{rest}" if first in modules else ""
        seeded = node.func.attr in _SEEDED and bool(node.args or node.keywords)
        if whole.startswith(("numpy.random.", "random.")) and not seeded:
            yield node.lineno, f"{name}(...) draws outside of rng. Draw from rng alone"
        if whole in ("time.time", "time.perf_counter", "time.monotonic", "datetime.now"):
            yield node.lineno, f"{name}() differs in each run. Let nothing depend on the time"


def _imported(tree: ast.Module) -> Mapping[str, str]:
    """The modules that a file imports, by the names that it gives them."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                found[one.asname or one.name.partition(".")[0]] = (
                    one.name if one.asname else one.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module == "numpy":
            found |= {one.asname or one.name: f"numpy.{one.name}" for one in node.names}
    return found
