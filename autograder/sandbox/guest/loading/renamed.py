"""Imports from where older versions of Keras had things, to where they are now.

Course notes and answers on the net are older than the Keras that is here. An import that
fails would cost every function that uses its names, so it is rewritten, and noted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from autograder.sandbox.guest.loading.cells import CellLines
from autograder.sandbox.guest.loading.notes import Notes
from autograder.sandbox.guest.loading.parsing import Placed

# By what Keras may be called; TensorFlow's private copy is another library by now, whose
# layers do not fit into a model of Keras.
_ROOTS = {
    "tensorflow.python.keras": "keras",
    "tensorflow.keras": "tensorflow.keras",
    "keras": "keras",
}
_MODULES = {
    **{
        f"layers.{name}": "layers"
        for name in (
            "advanced_activations", "convolutional", "convolutional_recurrent", "core",
            "embeddings", "merge", "noise", "normalization", "pooling", "recurrent", "wrappers",
        )
    },
    "engine": "",
    "engine.base_layer": "layers",
    "engine.input_layer": "layers",
    "engine.sequential": "models",
    "engine.topology": "",
    "engine.training": "models",
    "objectives": "losses",
    "utils.data_utils": "utils",
    "utils.generic_utils": "utils",
    "utils.np_utils": "utils",
    "utils.vis_utils": "utils",
}  # fmt: skip
_NAMES = {
    "optimizers.adadelta": "optimizers.Adadelta",
    "optimizers.adagrad": "optimizers.Adagrad",
    "optimizers.adam": "optimizers.Adam",
    "optimizers.adamax": "optimizers.Adamax",
    "optimizers.nadam": "optimizers.Nadam",
    "optimizers.rmsprop": "optimizers.RMSprop",
    "optimizers.sgd": "optimizers.SGD",
    "utils.np_utils": "utils",
}


def renamed(statements: Iterable[Placed], notes: Notes) -> list[Placed]:
    """The statements, with every import of Keras as it is written now."""
    found: list[Placed] = []
    asked: dict[int, bool] = {}  # of each cell once
    for cell, statement in statements:
        if id(cell) not in asked:
            asked[id(cell)] = "keras" in "\n".join(cell.lines)
        if not asked[id(cell)]:
            found.append((cell, statement))
            continue
        now = _Renamer(cell, notes).visit(statement)
        found += ((cell, one) for one in (now if isinstance(now, list) else [now]))
    return found


class _Renamer(ast.NodeTransformer):
    def __init__(self, cell: CellLines, notes: Notes) -> None:
        self._cell = cell
        self._notes = notes

    def visit_Import(self, node: ast.Import) -> ast.Import:
        """``import keras.layers.core as core``; without `as`, the old name stays in use."""
        for alias in node.names:
            now = _module_now(alias.name)
            if alias.asname and now != alias.name:
                self._note(node, alias.name, now)
                alias.name = now
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.ImportFrom]:
        """One import for each name, where they are in different places now."""
        old = node.module or ""
        if node.level or all(_place_now(old, a.name) == (old, a.name) for a in node.names):
            return [node]
        places: dict[str, list[ast.alias]] = {}
        for alias in node.names:
            module, name = _place_now(old, alias.name)
            own = alias.asname or (alias.name if name != alias.name else None)
            new = ast.copy_location(ast.alias(name, own), alias)
            places.setdefault(module, []).append(new)
            if name != alias.name:
                self._note(node, f"{old}.{alias.name}", f"{module}.{name}")
            elif module != old:
                self._note(node, old, module)
        return [
            ast.copy_location(ast.ImportFrom(module, aliases, 0), node)
            for module, aliases in places.items()
        ]

    def _note(self, node: ast.stmt, old: str, now: str) -> None:
        message = f"{old} is gone from Keras; write {now}"
        self._notes.add("shim", self._cell, node.lineno, message, text=old, once=old)


def _place_now(module: str, name: str) -> tuple[str, str]:
    """The module and the name under which `name` of `module` is found today."""
    root, inner = _split(module)
    now = _NAMES.get(f"{inner}.{name}") if root else None
    if now is None:
        return _module_now(module), name
    place, _, name = now.rpartition(".")
    return _joined(_ROOTS[root], place), name


def _module_now(module: str) -> str:
    root, inner = _split(module)
    return _joined(_ROOTS[root], _MODULES.get(inner, inner)) if root else module


def _split(module: str) -> tuple[str, str]:
    """By what a module calls Keras, and the rest of its name; "" where it is not of Keras."""
    for root in _ROOTS:
        if module == root or module.startswith(f"{root}."):
            return root, module[len(root) + 1 :]
    return "", module


def _joined(root: str, inner: str) -> str:
    return f"{root}.{inner}" if inner else root
