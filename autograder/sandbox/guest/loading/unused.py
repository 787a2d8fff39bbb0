"""Imports that nothing in a submission uses.

A library takes seconds to import, and many files import one for a plot that is long gone. So
an import whose names occur nowhere else is put off until somebody asks for them.
"""

from __future__ import annotations

import ast
import builtins
import importlib.util
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from autograder.sandbox.guest.loading.parsing import Definition, Import, Placed
from autograder.sandbox.guest.standins import is_stood_in

# Where a file looks names up by their text, each may be meant.
_LOOKING_UP = frozenset({"exec", "eval", "globals", "vars", "locals", "compile", "__import__"})


def unused_imports(statements: Sequence[Placed]) -> set[int]:
    """The statements, by `id`, that only import what is used nowhere else.

    Among those count what is quick to import: an import of what is there already, of what is
    not installed, or of what was handed in beside the submission. What belongs to a library
    that another statement imports is left to run: it may change how that one works, and costs
    little more.
    """
    placed = [
        (cell, node)
        for cell, node in statements
        if _imports_only(node)
        and is_new(node)
        and any(map(is_installed, _libraries(node)))
        and not any(f"{library}.py" in cell.beside for library in _libraries(node))
    ]
    candidates = [node for _, node in placed]
    if not candidates:
        return set()
    if _stand_alone(placed, statements):
        return set(map(id, candidates))
    mentioned = {id(node): set(_mentioned(node)) for _, node in statements}
    counts = Counter(name for names in mentioned.values() for name in names)
    if not counts.keys().isdisjoint(_LOOKING_UP):
        return set()
    unused = {}
    for node in candidates:
        names = set(bound(node))
        if "*" in names:
            is_used = bool(_unknown(statements))
        else:
            is_used = any(counts[name] > (name in mentioned[id(node)]) for name in names)
        if not is_used:
            unused[id(node)] = node
    libraries = {
        library
        for _, node in statements
        if id(node) not in unused
        for inner in ast.walk(node)
        if isinstance(inner, Import)
        for library in _libraries(inner)
    }
    return {key for key, node in unused.items() if libraries.isdisjoint(_libraries(node))}


def leave_out(definition: Definition) -> set[str]:
    """Take from its functions the imports of what is not installed and what they never use.

    As at the top level, such a line costs nothing. Returns the libraries that are not installed
    and that its functions do use.
    """
    used: set[str] | None = None
    missing: set[str] = set()
    for function in ast.walk(definition):
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for place, one in enumerate(function.body):
            if not isinstance(one, Import) or not (libraries := _libraries(one)):
                continue
            used = set(_mentioned(definition)) if used is None else used
            if any(map(is_installed, libraries)):
                continue
            if used.isdisjoint({*bound(one), *_LOOKING_UP}):
                function.body[place] = ast.copy_location(ast.Pass(), one)
            else:
                missing |= libraries
    return missing


def _stand_alone(imports: Sequence[Placed], statements: Sequence[Placed]) -> bool:
    """True if no word of these imports' names is anywhere else: soon told, and mostly so."""
    cells = {id(cell): cell for cell, _ in statements}
    everywhere = Counter(_words("\n".join(line for c in cells.values() for line in c.lines)))
    own: Counter[str] = Counter()
    for cell, node in imports:
        own.update(_words("\n".join(cell.lines[node.lineno - 1 : node.end_lineno])))
    names = {name for _, node in imports for name in (*bound(node), *_libraries(node))}
    if "*" in names or not everywhere.keys().isdisjoint(_LOOKING_UP):
        return False
    return all(everywhere[name] == own[name] for name in names)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def bound(node: ast.stmt) -> Iterator[str]:
    """The names that a statement of imports binds; "*" for all that there are."""
    for inner in ast.walk(node):
        match inner:
            case ast.Import(names=names):
                yield from (one.asname or one.name.partition(".")[0] for one in names)
            case ast.ImportFrom(names=names):
                yield from (one.asname or one.name for one in names)
            case ast.Name(id=name, ctx=ast.Store()):
                yield name


def is_new(node: ast.stmt) -> bool:
    """True if it imports a module that is not there yet, and that no stand-in is for."""
    return any(
        module not in sys.modules and not is_stood_in(module) for module in _modules(node)
    )


def _imports_only(node: ast.stmt) -> bool:
    """An import, or one in a `try` that does little else."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Try(body=body, handlers=handlers, orelse=[], finalbody=[]):
            within = [part for handler in handlers for part in handler.body]
            return any(map(_imports_only, body)) and all(map(_is_little, [*body, *within]))
    return False


def _is_little(node: ast.stmt) -> bool:
    match node:
        case ast.Import() | ast.ImportFrom() | ast.Pass():
            return True
        case ast.Assign(targets=[ast.Name()], value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"), args=args)):
            return all(isinstance(each, ast.Constant) for each in args)
    return False


def _modules(node: ast.stmt) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Import):
            yield from (alias.name for alias in inner.names)
        elif isinstance(inner, ast.ImportFrom) and inner.module and not inner.level:
            yield inner.module


def _libraries(node: ast.stmt) -> set[str]:
    return {module.partition(".")[0] for module in _modules(node)}


def is_installed(library: str) -> bool:
    """True if there is a library of that name to import, or has been imported."""
    try:
        return library in sys.modules or importlib.util.find_spec(library) is not None
    except (ImportError, ValueError, AttributeError):
        return False


def _mentioned(node: ast.stmt) -> Iterator[str]:
    """All names in a statement, without those that its imports bind; words in its strings."""
    docstrings = {id(inner.value) for inner in ast.walk(node) if isinstance(inner, ast.Expr)}
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name):
                yield name
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                yield from names
            case ast.Constant(value=str(text)) if id(inner) not in docstrings:
                yield from re.findall(r"[^\W\d]\w*", text)


def _unknown(statements: Iterable[Placed]) -> set[str]:
    """Names that are used, and that nothing in the submission binds."""
    known = set(dir(builtins))
    used: set[str] = set()
    for _, statement in statements:
        for node in ast.walk(statement):
            match node:
                case ast.Name(id=name, ctx=ast.Load()):
                    used.add(name)
                case ast.Name(id=name) | ast.arg(arg=name):
                    known.add(name)
                case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                    known.add(name)
                case ast.ClassDef(name=name) | ast.ExceptHandler(name=str(name)):
                    known.add(name)
                case ast.Import() | ast.ImportFrom():
                    known |= set(bound(node))
    return used - known
