"""What names and docstrings owe to a reader of the code."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "autograder"
TREES = {
    str(path.relative_to(PACKAGE)): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
Definition = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
QUESTION = re.compile(r"(What|Where|Whether|How|Which|Who|Whose|When|Why)\b")


def public(node: ast.AST) -> Iterator[Definition]:
    """The definitions in a module or a class that have no underscore, nor any around them."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Definition):
            yield from public(child)
        elif not child.name.startswith("_"):
            yield child
            yield from public(child)


def test_a_docstring_says_what_a_thing_is():
    """It is a noun or a command, and not a question: "The points of…", "True if…"."""
    questions = [
        f"{name}:{node.body[0].lineno}"
        for name, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, Definition))
        if QUESTION.match(ast.get_docstring(node) or "")
    ]
    assert questions == []


def test_one_name_means_one_class():
    """A reader who meets a public class by its name alone knows which one is meant."""
    modules = defaultdict(set)
    for name, tree in TREES.items():
        for node in public(tree):
            if isinstance(node, ast.ClassDef):
                modules[node.name].add(name)
    assert {name: found for name, found in modules.items() if len(found) > 1} == {}
