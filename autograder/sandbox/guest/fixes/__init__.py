"""Small changes of a submission's own code that may be all that is missing.

A guess of a cause is tried before it is said: the grader asks for the changes that fit what
happened, has them put in place one after the other, and runs its check. Nothing is earned by
it; the words for a change that works are the grader's (`wording.fixes`).

    found          the changes, the likeliest first
    ├── operators  ^ for a power, * for @, an axis, a type that holds whole numbers only
    ├── names      what is spelt as nothing is, `self.` left out
    ├── calls      arguments in another order, another method of the class
    ├── kinds      a function for its value, a value that is called, two values for one
    ├── returns    a return that is missing, stands too deep, or should be a raise
    ├── loops      what starts again in every round, or never goes on
    ├── lines      what is kept nowhere, and lines in another order
    ├── unneeded   a line, a call, a term or a factor too many
    ├── values     keys, braces in a text, numbers in place of arguments
    └── swaps      sizes, signs and names; with `ranges`, where a loop begins and ends

All of them: pieces (what is broken, and how a part of it is replaced).
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from autograder.sandbox.guest.fixes import (
    calls,
    kinds,
    lines,
    loops,
    names,
    operators,
    returns,
    swaps,
    unneeded,
    values,
)
from autograder.sandbox.guest.fixes.pieces import Broken, Fix, Function
from autograder.sandbox.guest.loading.cells import CellLines
from autograder.sandbox.guest.loading.parsing import Definition, Placed

MOST, MOST_OF_A_TRAINING = 80, 20

_KINDS: Sequence[Callable[[Broken], Iterator[Fix]]] = (
    operators.fixes,
    names.fixes,
    calls.fixes,
    kinds.fixes,
    returns.fixes,
    unneeded.lines,
    loops.fixes,
    lines.fixes,
    values.fixes,
    unneeded.pieces,
    swaps.fixes,
)


class Fixes:
    """The changes of one submission, and the one that is in place."""

    def __init__(self, statements: Sequence[Placed] = ()) -> None:
        self._written: dict[str, tuple[CellLines, Definition]] = {}
        for cell, node in statements:
            if isinstance(node, Definition):
                self._written[node.name] = cell, node
        self._found: list[tuple[CellLines, Fix]] = []
        self._originals: dict[str, Any] = {}

    def found(
        self,
        asked: Iterable[str],
        frames: Sequence[tuple[str, int]],
        error: tuple[str, str],
        namespace: Mapping[str, Any],
    ) -> list[list[str]]:
        """The possible changes of the functions that were `asked` for, each in a few words.

        asked    "nn_model", or "MLP.train" of a method.
        frames   where in the submission something was raised: file and line.
        error    its type and text; empty where nothing was.
        """
        own = {name: node for name, (_, node) in self._written.items()}
        self._found = []
        most = MOST
        for name, functions in _by_definition(asked, own).items():
            cell, node = self._written[name]
            near = frozenset(at for file, at in frames if file == cell.filename)
            broken = Broken(node, functions, near, *error, own, namespace)
            most = MOST_OF_A_TRAINING if any(map(broken.trains, functions)) else most
            changes = ((cell, fix) for kind in _KINDS for fix in kind(broken))
            self._found += itertools.islice(changes, max(most - len(self._found), 0))
        del self._found[most:]
        return [[fix.kind, cell.where(fix.line), *fix.words] for cell, fix in self._found]

    def put_in_place(self, number: int, namespace: dict[str, Any], flags: int) -> None:
        """Define what one of them changes; -1 brings back what the student wrote."""
        namespace.update(self._originals)
        self._originals = {}
        if number < 0:
            return
        cell, fix = self._found[number]
        node = fix.definition
        module = ast.fix_missing_locations(ast.Module([node], []))
        code = compile(module, cell.filename, "exec", flags=flags, dont_inherit=True)
        self._originals = {node.name: namespace.get(node.name)}
        exec(code, namespace)


def _by_definition(
    asked: Iterable[str], own: Mapping[str, Definition]
) -> dict[str, list[Function]]:
    found: dict[str, list[Function]] = {}
    for qualified in asked:
        name, _, method = qualified.partition(".")
        node = own.get(name)
        if isinstance(node, ast.ClassDef):
            found.setdefault(name, []).extend(
                part
                for part in node.body
                if isinstance(part, ast.FunctionDef) and part.name == method
            )
        elif isinstance(node, ast.FunctionDef):
            found.setdefault(name, []).append(node)
    return found
