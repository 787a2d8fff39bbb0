"""Names that a submission uses and its libraries no longer have, or that grading replaces."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from autograder.sandbox.guest import standins
from autograder.sandbox.guest.loading.cells import CellLines
from autograder.sandbox.guest.loading.notes import Notes
from autograder.sandbox.guest.loading.parsing import Placed

_ATTRIBUTE = re.compile(r"\.(\w+)")


class Outdated:
    """Looks for what is gone or replaced, and notes it at its first use."""

    def __init__(self, shims: dict[str, str], given: dict[str, object], notes: Notes) -> None:
        self.shims = shims
        self.given = given
        self.notes = notes

    def note(self, statements: Sequence[Placed]) -> None:
        """Note plotting packages and old names, and give Python 2's to the namespace."""
        texts = {id(cell): "\n".join(cell.lines) for cell, _ in statements}.values()
        if not any(map(self._may_concern, texts)):
            return  # as in most submissions, and much sooner known than by the walk
        nodes = [(cell, node) for cell, statement in statements for node in ast.walk(statement)]
        own = {
            node.id
            for _, node in nodes
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)
        }
        own |= {node.arg for _, node in nodes if isinstance(node, ast.arg)}
        numpy = {"numpy", "np"}  # np may come from a starred import
        for cell, node in nodes:
            if isinstance(node, ast.Import):
                numpy |= {alias.asname or "" for alias in node.names if alias.name == "numpy"}
                self._note_plotting(cell, node, *(alias.name for alias in node.names))
            elif isinstance(node, ast.ImportFrom) and not node.level:
                self._note_plotting(cell, node, node.module or "")
                if node.module == "numpy":
                    for alias in node.names:
                        self._note_numpy(cell, node, alias.name)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                if node.value.id in numpy:
                    self._note_numpy(cell, node, node.attr)
            elif isinstance(node, ast.Name) and node.id not in own:
                self._note_python(cell, node)

    def _may_concern(self, text: str) -> bool:
        words = (*standins.SCREENLESS, *standins.GONE_FROM_PYTHON, "from numpy")
        return any(_has_word(text, word) for word in words) or not (
            self.shims.keys().isdisjoint(_ATTRIBUTE.findall(text))
        )

    def _note_plotting(self, cell: CellLines, node: ast.stmt, *modules: str) -> None:
        for module in modules:
            package = module.partition(".")[0]
            if package in standins.SCREENLESS and standins.is_stood_in(package):
                self.notes.plotting(cell, node.lineno, package)

    def _note_numpy(self, cell: CellLines, node: ast.stmt | ast.expr, name: str) -> None:
        if name in self.shims:
            old = f"np.{name}"
            message = f"{old} is gone from NumPy; write {self.shims[name]}"
            self.notes.add("shim", cell, node.lineno, message, text=old, once=old)

    def _note_python(self, cell: CellLines, node: ast.Name) -> None:
        if node.id in standins.GONE_FROM_PYTHON:
            now, value = standins.GONE_FROM_PYTHON[node.id]
            self.given[node.id] = value
            message = f"{node.id} is gone since Python 3; write {now}"
            self.notes.add("shim", cell, node.lineno, message, text=node.id, once=node.id)


def _has_word(text: str, word: str) -> bool:
    """True if a text holds a word that is not a part of a longer name."""
    at = text.find(word)
    while at >= 0:
        around = text[max(at - 1, 0) : at] + text[at + len(word) : at + len(word) + 1]
        if not any(one.isalnum() or one == "_" for one in around):
            return True
        at = text.find(word, at + 1)
    return False
