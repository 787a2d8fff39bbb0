"""What a kernel has run, as the student's submission.

A notebook's cells are run in any order, again and again, and changed in between. What counts
is what the kernel would do now: the latest definition of each function, and whatever top-level
statement the functions lean on. All else (training runs, plots, checks) is left out, so that
it does not run once more for every check.
"""

from __future__ import annotations

import ast
import functools
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.intake.notebook import without_checks
from autograder.model import Cell, Submission
from autograder.sandbox.loading.names import names_of, needed

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTS = (ast.Import, ast.ImportFrom)
_REPLACING = (*_DEFINITIONS, *_IMPORTS, ast.Assign, ast.AnnAssign)


@dataclass(frozen=True)
class Statement:
    """A top-level statement: its lines from 1, the names that it binds, and those it uses."""

    first: int
    last: int
    binds: frozenset[str]
    uses: frozenset[str]
    definition: bool  # a function, a class or an import
    replaces: bool  # what it binds does not depend on what was there


def as_submission(history: Sequence[str], name: str) -> Submission:
    """The cells of `history`, in the order in which they were run, as a submission.

    history   the source of each execution, from the first; empty where there was none.
    name      what to call it.

    Cells are labelled as Jupyter numbers them: "In [3]". Two histories which define the
    same give the same digest.
    """
    sources = [without_checks(source) for source in history]
    chosen = _chosen([_statements(source) for source in sources])
    cells = tuple(
        Cell(_only(source, statements), f"In [{number}]")
        for number, (source, statements) in enumerate(zip(sources, chosen, strict=True))
        if statements
    )
    text = "\0".join(cell.source for cell in cells)
    return Submission(name=name, cells=cells, digest=hashlib.sha256(text.encode()).hexdigest())


def _chosen(cells: Sequence[Sequence[Statement]]) -> list[list[Statement]]:
    """The statements of each cell that decide what its functions do now."""
    replaced: set[str] = set()
    alive: list[tuple[int, Statement]] = []
    for number in reversed(range(len(cells))):
        for statement in reversed(cells[number]):
            if not statement.binds or statement.binds <= replaced:
                continue
            alive.append((number, statement))
            if statement.replaces:
                replaced |= statement.binds
    chosen = [(number, one) for number, one in alive if one.definition]
    rest = [(number, one) for number, one in alive if not one.definition]
    chosen += [rest[n] for n in needed([one for _, one in chosen], [one for _, one in rest])]
    return [[one for other, one in chosen if other == number] for number in range(len(cells))]


def _only(source: str, statements: Sequence[Statement]) -> str:
    """The source with all other statements blank, so that lines keep their numbers."""
    lines = source.split("\n")
    kept = {n for one in statements for n in range(one.first, one.last + 1)}
    return "\n".join(line if n in kept else "" for n, line in enumerate(lines, 1)).rstrip()


@functools.lru_cache(maxsize=2000)
def _statements(source: str) -> tuple[Statement, ...]:
    """A cell's statements; none when it does not parse, since then the kernel ran nothing."""
    try:
        return tuple(_statement(node) for node in ast.parse(source).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()


def _statement(node: ast.stmt) -> Statement:
    decorators = [one.lineno for one in getattr(node, "decorator_list", [])]
    names = names_of(node)
    return Statement(
        first=min([node.lineno, *decorators]),
        last=node.end_lineno or node.lineno,
        binds=names.binds,
        uses=names.uses,
        definition=isinstance(node, (*_DEFINITIONS, *_IMPORTS)),
        replaces=isinstance(node, _REPLACING)
        and (isinstance(node, _DEFINITIONS) or not names.binds & names.uses),
    )
