"""The reference's source with one misconception in place, as a submission.

Sources are read here and never run: what a reference needs may not be importable in this
process, and must not be.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeGuard

from autograder import authoring
from autograder.answers.changes import changed, members
from autograder.authoring import Misconception
from autograder.errors import CourseError
from autograder.model import Cell, Submission


def original(reference: Path) -> Submission:
    """The reference itself, as a submission."""
    text = (reference / "solution.py").read_text("utf-8")
    return Submission(name="solution.py", cells=(Cell(text),), digest="")


def declared(reference: Path) -> Mapping[str, Misconception]:
    """The misconceptions by id, as their declarations read; they hold no replacement."""
    return {name: wrong for name, (wrong, _) in _read(reference)[0].items()}


def misconceived(reference: Path) -> Iterator[tuple[str, str, Submission]]:
    """Every misconception as a submission: its id, the name it replaces, the source."""
    for name, wrong in declared(reference).items():
        yield name, wrong.of, misled(reference, name)


def misled(reference: Path, name: str) -> Submission:
    """The reference's source, and after it what a misconception defines again.

    The name of a pair gives both of its mistakes.
    """
    definitions, shared = _read(reference)
    base = original(reference).cells[0].source
    wrong, source = definitions[members(name)[0]]
    if wrong.changes:
        changes = [change for one in members(name) for change in definitions[one][0].changes]
        change = changed(base, wrong.of, changes)
    else:
        # A mistake may be written around the right function, which keeps another name.
        kept = f"_original_{wrong.of}"
        node = _Renamed(wrong.of, kept).visit(ast.parse(source).body[0])
        node.name = wrong.of
        change = "\n\n".join((shared, f"{kept} = {wrong.of}", ast.unparse(node)))
    return Submission(name=name, cells=(Cell(f"{base}\n\n{change}\n"),), digest="")


@lru_cache(maxsize=16)
def _read(reference: Path) -> tuple[dict[str, tuple[Misconception, str]], str]:
    """Each misconception with its definition, undecorated, and what they all need."""
    path = reference / "misconceptions.py"
    if not path.is_file():
        return {}, ""
    definitions: dict[str, tuple[Misconception, str]] = {}
    shared = []
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.decorator_list:
            wrong = _declaration(node, path)
            if wrong is not None:
                node.decorator_list = []
                definitions[wrong.id] = (wrong, ast.unparse(node))
                continue
        if isinstance(node, ast.Assign) and _calls(node.value, "slip"):
            wrong = _slip(node, path)
            definitions[wrong.id] = (wrong, "")
            continue
        if isinstance(node, ast.ImportFrom) and node.module == "solution":
            # The reference's names are there already; only new names for them are missing.
            shared += [f"{one.asname} = {one.name}" for one in node.names if one.asname]
        elif not _imports_the_framework(node):
            shared.append(ast.unparse(node))
    return definitions, "\n\n".join(shared)


def _declaration(node: ast.FunctionDef | ast.ClassDef, path: Path) -> Misconception | None:
    """What `@misconception("...", of="...")` above a definition says."""
    for decorator in node.decorator_list:
        if not _calls(decorator, "misconception"):
            continue
        (sentence,), keywords = _written(decorator, path)
        stand_in = type(node.name, (), {})
        return authoring.misconception(sentence, **keywords)(stand_in)
    return None


def _slip(node: ast.Assign, path: Path) -> Misconception:
    """What `name = slip("...", (piece, instead), of="...")` says."""
    assert isinstance(node.value, ast.Call)
    args, keywords = _written(node.value, path)
    return replace(authoring.slip(*args, **keywords), id=ast.unparse(node.targets[0]))


def _calls(node: ast.expr, name: str) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and _name(node.func) == name


def _written(call: ast.Call, path: Path) -> tuple[list[Any], dict[str, Any]]:
    """A call's arguments, which must be written out."""
    try:
        args = [ast.literal_eval(value) for value in call.args]
        keywords = {str(k.arg): ast.literal_eval(k.value) for k in call.keywords}
    except ValueError:
        raise CourseError(
            f"{path}, line {call.lineno}: expected a sentence in quotes."
        ) from None
    return args, keywords


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


class _Renamed(ast.NodeTransformer):
    """Lets a definition speak of what it replaces by another name."""

    def __init__(self, name: str, other: str) -> None:
        self._name, self._other = name, other

    def visit_Name(self, node: ast.Name) -> ast.Name:
        """Rename one use of the name."""
        return ast.Name(self._other, node.ctx) if node.id == self._name else node


def _imports_the_framework(node: ast.stmt) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] in ("autograder", "__future__")
    return False
