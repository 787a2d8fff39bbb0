"""The code that a kernel has run, as the student's submission.

A notebook's cells are run in any order, again and again, and changed in between. What counts
is what the kernel would do now: the latest definition of each function, and whatever top-level
statement the functions lean on. All else (training runs, plots, checks) is left out, so that
it does not run once more for every check.

A cell's text is read as it is in a notebook that is handed in: its magics, what does not parse,
and what is not written yet. So a notebook that was run from top to bottom has the points of its
file.
"""

from __future__ import annotations

import ast
import functools
import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from autograder.model import Cell, Submission
from autograder.sandbox.guest.loading import cells as loading
from autograder.sandbox.guest.loading.copies import is_unwritten
from autograder.sandbox.guest.loading.magics import script_of, without_magics
from autograder.sandbox.guest.loading.names import names_of, needed
from autograder.sandbox.guest.loading.notes import Notes
from autograder.sandbox.guest.loading.parsing import Flaw, parse
from autograder.sandbox.guest.loading.scripts import file_run, handed_over, written_and_run
from autograder.submissions.code_in_text import defines
from autograder.submissions.notebook import without_checks

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IMPORTS = (ast.Import, ast.ImportFrom)
_NONE: frozenset[str] = frozenset()
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


def as_submission(
    history: Sequence[str],
    name: str,
    beside: Collection[str] = (),
    wanted: Collection[str] = (),
) -> Submission:
    """The cells of `history`, in the order in which they were run, as a submission.

    history   the source of each execution, from the first; empty where there was none.
    name      what to call it.
    beside    the names of the files that come along with it.
    wanted    the functions that the checks ask for, however they are bound.

    Cells are labelled as Jupyter numbers them: "In [3]". Two histories which define the
    same give the same digest.
    """
    sources = [without_checks(source) for source in history]
    scripts = written_and_run(sources)
    files = frozenset(beside)
    chosen = _chosen(
        [_statements(source, scripts, files) for source in sources], frozenset(wanted)
    )
    cells = tuple(
        Cell(_only(source, statements), f"In [{number}]")
        for number, (source, statements) in enumerate(zip(sources, chosen, strict=True))
        if statements
    )
    text = "\0".join(cell.source for cell in cells)
    return Submission(name=name, cells=cells, digest=hashlib.sha256(text.encode()).hexdigest())


def _chosen(
    cells: Sequence[Sequence[Statement]], wanted: frozenset[str]
) -> list[list[Statement]]:
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
    chosen = [each for each in alive if each[1].definition or each[1].binds & wanted]
    rest = [each for each in alive if not (each[1].definition or each[1].binds & wanted)]
    chosen += [rest[n] for n in needed([one for _, one in chosen], [one for _, one in rest])]
    return [[one for other, one in chosen if other == number] for number in range(len(cells))]


def _only(source: str, statements: Sequence[Statement]) -> str:
    """The source with all other statements blank, so that lines keep their numbers."""
    lines = source.split("\n")
    kept = {n for one in statements for n in range(one.first, one.last + 1)}
    return "\n".join(line if n in kept else "" for n, line in enumerate(lines, 1)).rstrip()


@functools.lru_cache(maxsize=2000)
def _statements(
    source: str, scripts: frozenset[str], beside: frozenset[str]
) -> tuple[Statement, ...]:
    """A cell's statements, and the lines that write or run a script or a file `beside` it."""
    cell = loading.CellLines("", source, scripts)
    body = parse(cell.lines)
    if isinstance(body, Flaw):
        body = parse(without_magics(cell, Notes([])))
    try:
        found = [] if isinstance(body, Flaw) else [_statement(node, scripts) for node in body]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        body = Flaw(0, 0, "")
    if isinstance(body, Flaw):  # what can be read of it, the guest reads
        found = [Statement(1, len(cell.lines), frozenset(defines(source)), _NONE, True, False)]
    for number, line in enumerate(cell.lines, 1):
        if script_of(line) in scripts or file_run(line, beside):
            found.append(Statement(number, number, frozenset({line}), _NONE, True, False))
    return tuple(found)


def _statement(node: ast.stmt, scripts: frozenset[str]) -> Statement:
    decorators = [one.lineno for one in getattr(node, "decorator_list", [])]
    names = names_of(node)
    text = handed_over(node)
    from_script = isinstance(node, ast.ImportFrom) and node.module in scripts
    binds = names.binds
    if isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
        binds |= {f"* of {node.module}"}
    return Statement(
        first=min([node.lineno, *decorators]),
        last=node.end_lineno or node.lineno,
        binds=binds if text is None else frozenset(defines(text)),
        uses=names.uses,
        definition=isinstance(node, (*_DEFINITIONS, *_IMPORTS)) or text is not None,
        replaces=isinstance(node, _REPLACING)
        and not from_script
        and (
            not is_unwritten(node)
            if isinstance(node, _DEFINITIONS)
            else not names.binds & names.uses
        ),
    )
