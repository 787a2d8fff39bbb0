"""Compile and run a submission inside the guest, and keep what can be kept.

A file as a student hands it in rarely runs from top to bottom on another machine. So it is
taken apart: what does not parse is fixed where the fix is obvious, or left out block
by block; what parses runs statement by statement; every loss is noted and nothing else is
lost with it.

    load    all of it; parse every cell, run every statement, describe the functions
    ├── scripts             Python that stands in a text: a script that a cell writes
    ├── salvage             the statements of a cell, whatever state its text is in
    │   ├── magics          Jupyter's own lines out of a cell
    │   └── repairs         what may have been meant by a line that does not parse
    ├── python2             what Python 3 no longer has, in readings and in statements
    ├── renamed             imports from where an older Keras had things
    ├── one_number          arrays of one number where a number is wanted
    ├── copies              what is not written yet, below where it is written
    ├── running             one statement after the other in one namespace
    │   ├── outdated        what the submission uses that is gone or replaced
    │   ├── unused          imports that nothing uses
    │   ├── elsewhere       imports from modules that are not here
    │   └── essential       what is left of a file that took too long
    ├── memory              what may remember something from one call to the next
    │   └── glance          what compiled functions tell of that
    └── definitions         what the namespace offers afterwards

Under all of them: cells (text in lines), parsing (text to statements), names (what these bind
and use), notes (problems).
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.sandbox.guest.loading.cells import SCRIPT, CellLines
from autograder.sandbox.guest.loading.copies import without_copies
from autograder.sandbox.guest.loading.definitions import Definitions
from autograder.sandbox.guest.loading.elsewhere import Elsewhere
from autograder.sandbox.guest.loading.memory import remembering
from autograder.sandbox.guest.loading.notes import MAX_PROBLEMS, Notes
from autograder.sandbox.guest.loading.one_number import with_numbers
from autograder.sandbox.guest.loading.parsing import Placed
from autograder.sandbox.guest.loading.python2 import modern
from autograder.sandbox.guest.loading.renamed import renamed
from autograder.sandbox.guest.loading.running import Run
from autograder.sandbox.guest.loading.salvage import RepairBudget, statements
from autograder.sandbox.guest.loading.scripts import unpacked, written_and_run

__all__ = ["MAX_PROBLEMS", "SCRIPT", "LoadResult", "load"]


@dataclass
class LoadResult:
    """The findings of loading, as plain data ready to be sent.

    problems    each with the fields kind, where, text, message, names.
    functions   each with the fields name, parameters, signature_known, empty.
    names       the public names of the namespace.
    remembers   the functions and classes that may keep something between two calls.
    lines       the source as it was handed in, by file name, for frames.
    import_now  binds a name of an import that nothing used, and that was put off.
    elsewhere   what it imports from modules that are not here.
    placed      its statements, each with its cell.
    flags       what the compiler was told of them.
    """

    problems: list[dict[str, Any]] = field(default_factory=list)
    functions: list[dict[str, Any]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    remembers: list[str] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)
    import_now: Callable[[str], None] = lambda name: None
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    placed: list[Placed] = field(default_factory=list)
    flags: int = 0


def load(
    cells: list[tuple[str, str]],
    namespace: dict[str, Any],
    *,
    skip: set[tuple[str, int]],
    essential: bool = False,
    at: Callable[[str, int], None],
    beside: Mapping[str, bytes] | None = None,
) -> LoadResult:
    """Run the `cells`, given as (label, source), in order in one `namespace`.

    A script is one cell with an empty label. `at(filename, line)` is called before each
    top-level statement that may take long, which no definition does; statements in `skip`, by
    the same pair, are left out, and if only what is `essential` is wanted, all those that no
    function needs. What the source raises, SystemExit included, becomes a problem; exceptions
    of `at` alone pass through. `beside` are the files that were handed in with it.
    """
    result = LoadResult()
    notes = Notes(result.problems)
    run = Run(namespace, notes, skip, at)
    budget = RepairBudget()
    placed: list[Placed] = []
    scripts = written_and_run(source for _, source in cells)

    def read(cell: CellLines) -> list[ast.stmt]:
        result.lines[cell.filename] = cell.lines
        return statements(cell, notes, budget)

    for label, source in cells:
        cell = CellLines(label, source, scripts, beside or {})
        placed += unpacked(((cell, node) for node in read(cell)), read)
    placed = without_copies(modern(renamed(placed, notes), notes), notes)
    placed = with_numbers(placed)
    run.all(placed, essential=essential, scripts=scripts)
    result.remembers = remembering(placed, run.codes)
    definitions = Definitions(placed)
    definitions.note_the_doubled(namespace, notes)
    result.functions = definitions.described(namespace)
    result.names = [
        name
        for name, value in list(namespace.items())
        if isinstance(name, str)
        and not name.startswith("_")
        and not (name in run.given and value is run.given[name])
    ]
    result.names += [name for name in run.put_off if name not in namespace and name != "*"]
    result.import_now = run.import_now
    result.elsewhere = run.elsewhere
    result.placed, result.flags = placed, run.flags
    return result
