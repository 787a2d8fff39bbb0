"""One statement after the other in one namespace, each failure costing itself alone."""

from __future__ import annotations
import __future__

import ast
import difflib
import re
import sys
import types
import warnings
from collections.abc import Callable, Collection, Sequence
from typing import Any

from autograder.sandbox.guest import standins
from autograder.sandbox.guest.loading import one_number
from autograder.sandbox.guest.loading.cells import SCRIPT, CellLines
from autograder.sandbox.guest.loading.elsewhere import Elsewhere
from autograder.sandbox.guest.loading.essential import inessential
from autograder.sandbox.guest.loading.notes import MAX_MESSAGE, Notes
from autograder.sandbox.guest.loading.outdated import Outdated
from autograder.sandbox.guest.loading.parsing import Definition, Flaw, Import, Placed
from autograder.sandbox.guest.loading.unused import (
    bound,
    is_installed,
    is_new,
    leave_out,
    unused_imports,
)


class Run:
    """Runs one statement after the other in one namespace, and notes what fails."""

    def __init__(
        self,
        namespace: dict[str, Any],
        notes: Notes,
        skip: set[tuple[str, int]],
        at: Callable[[str, int], None],
    ) -> None:
        self.namespace = namespace
        self.notes = notes
        self.skip = skip
        self.at = at
        self.put_off: dict[str, Placed] = {}  # by the names that they would bind
        self.codes: list[types.CodeType] = []  # what was compiled
        self.elsewhere = Elsewhere()
        self._cells: dict[int, CellLines] = {}
        # An annotation whose name is not there (a missing torch.Tensor) costs no function.
        self.flags = __future__.annotations.compiler_flag
        self.given: dict[str, object] = {
            "get_ipython": standins.NOTHING,
            "display": standins.NOTHING,
            one_number.NUMBER: one_number.number,
            one_number.ENTRY: one_number.entry,
        }

    def prepare(self, statements: Sequence[Placed], scripts: Collection[str] = ()) -> None:
        """Make the namespace what Jupyter's or Python's would be, and place the stand-ins."""
        self._cells = {id(cell): cell for cell, _ in statements}
        standins.install_screenless()
        numpy = sys.modules.get("numpy")
        shims = standins.install_numpy_shims(numpy) if numpy else {}
        Outdated(shims, self.given, self.notes).note(statements)
        self.namespace |= self.given
        self.namespace["__name__"] = SCRIPT
        self.namespace["__package__"] = ""  # a relative import warns when this is missing
        sys.modules[SCRIPT] = _Itself(self.namespace)
        for name in scripts:
            if not is_installed(name):
                sys.modules[name] = sys.modules[SCRIPT]

    def all(
        self,
        statements: Sequence[Placed],
        *,
        essential: bool,
        scripts: Collection[str] = (),
    ) -> None:
        """Run the statements, except what has to be skipped and imports that nothing uses.

        essential   leave out what the functions do not need, and note it.
        scripts     modules that are the submission itself, which writes them as files.
        """
        self.prepare(statements, scripts)
        left_out = inessential(statements) if essential else set()
        unused = unused_imports(statements)
        for cell, node in statements:
            if (cell.filename, node.lineno) in self.skip:
                continue
            if id(node) in left_out:
                self.notes.add("inessential", cell, node.lineno, "left out with a slow line")
            elif id(node) in unused:
                self.put_off |= dict.fromkeys(bound(node), (cell, node))
            else:
                self.statement(cell, node)

    def import_now(self, name: str) -> None:
        """Run the import that would bind `name`, if there is one that was put off."""
        placed = self.put_off.pop(name, None)
        if placed is not None:
            self.statement(*placed)

    def statement(self, cell: CellLines, node: ast.stmt) -> None:
        """Run one statement of the top level."""
        if isinstance(node, Import):
            self._imports(cell, node)
            return
        names = (node.name,) if isinstance(node, Definition) else ()
        if isinstance(node, Definition) and any(
            "import " in line for line in cell.lines[node.lineno - 1 : node.end_lineno]
        ):
            self.elsewhere.modules |= leave_out(node)
        code = self._compiled(cell, node)
        if not isinstance(code, types.CodeType):
            line = getattr(code, "lineno", None) or node.lineno
            message = (
                code.msg if isinstance(code, SyntaxError) else "nested too deeply to be run"
            )
            flaw = Flaw(line, getattr(code, "offset", None) or 0, message)
            self.notes.add("syntax", cell, line, flaw.words(), names=names)
            return
        if not isinstance(node, Definition):
            self.at(cell.filename, node.lineno)
        error = self._raised_by(code)
        if isinstance(error, NameError) and isinstance(node, Definition):
            error = self._without_decorators(cell, node, error)
        if error is not None:
            kind = "exited" if isinstance(error, SystemExit) else "raised"
            line = _line_of(error, node.lineno)
            self.notes.add(kind, cell, line, _words(error), names=names)

    def _without_decorators(
        self, cell: CellLines, node: Definition, error: BaseException
    ) -> BaseException | None:
        """Define it without decorators that are not here (`@jit`); None when that worked."""
        if not node.decorator_list:
            return error
        decorators = ", ".join(f"@{ast.unparse(one)}" for one in node.decorator_list)
        node.decorator_list = []
        code = self._compiled(cell, node)
        if not isinstance(code, types.CodeType) or self._raised_by(code) is not None:
            return error
        message = f"{decorators[:80]} is not known here; {node.name} was read without"
        self.notes.add("repaired", cell, node.lineno, message)
        return None

    def _imports(self, cell: CellLines, node: Import) -> None:
        """Import name by name, so that one that is not there costs no other."""
        failures: dict[tuple[str, str], list[str]] = {}
        if is_new(node):
            self.at(cell.filename, node.lineno)
        for alias in node.names:
            if isinstance(node, ast.Import):
                one: Import = ast.Import([alias])
            else:
                names = self._starred(node) if alias.name == "*" else []
                one = ast.ImportFrom(node.module, names or [alias], node.level)
                if node.module == "__future__":
                    feature = getattr(__future__, alias.name, None)
                    self.flags |= getattr(feature, "compiler_flag", 0)
            code = self._compiled(cell, ast.copy_location(one, node))
            error = self._raised_by(code) if isinstance(code, types.CodeType) else code
            if error is None:
                continue
            lost = [] if alias.name == "*" else [alias.asname or alias.name.partition(".")[0]]
            missing = ""
            if (
                isinstance(error, ImportError)
                and isinstance(node, ast.ImportFrom)
                and (words := _not_in_module(error, node, alias))
            ):
                failures.setdefault(("", words), []).extend(lost)
                continue
            if isinstance(error, ImportError):
                module = node.module if isinstance(node, ast.ImportFrom) else alias.name
                missing = str(error.name or module or alias.name)
                if alias.name != "*":
                    self.elsewhere.note(node, alias)
            failures.setdefault((missing, _words(error)), []).extend(lost)
        for (missing, words), lost in failures.items():
            kind = "missing_module" if missing else "raised"
            self.notes.add(kind, cell, node.lineno, words, text=missing, names=lost)

    def _starred(self, node: ast.ImportFrom) -> list[ast.alias]:
        """The names of `from numpy import *`; none where the star itself will do.

        NumPy imports some of its parts when they are asked for, as a star does for all of
        them: 180 modules and a tenth of a second, for what nearly nobody mentions.
        """
        if node.module != "numpy" or node.level or "numpy" not in sys.modules:
            return []
        numpy = vars(sys.modules["numpy"])
        text = "\n".join(line for cell in self._cells.values() for line in cell.lines)
        words = set(re.findall(r"\w+", text))
        return [
            ast.copy_location(ast.alias(name), node)
            for name in numpy["__all__"]
            if name in numpy or name in words
        ]

    def _compiled(self, cell: CellLines, node: ast.stmt) -> types.CodeType | Exception:
        """The code of `node`, or why the compiler refuses what the parser took."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                code = compile(
                    ast.Module([node], []),
                    cell.filename,
                    "exec",
                    flags=self.flags,
                    dont_inherit=True,
                )
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return error
        assert isinstance(code, types.CodeType)
        self.codes.append(code)
        return code

    def _raised_by(self, code: types.CodeType) -> BaseException | None:
        try:
            exec(code, self.namespace)
        except BaseException as error:
            return error
        return None


class _Itself(types.ModuleType):
    """The submission as a module, for what looks its classes up in `sys.modules`."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        super().__init__(SCRIPT)
        self.__dict__["_namespace"] = namespace

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_namespace"][name]
        except KeyError:
            raise AttributeError(name) from None


def _not_in_module(error: ImportError, node: ast.ImportFrom, alias: ast.alias) -> str:
    """Say that a module is there and has nothing of that name; "" elsewhere."""
    module = sys.modules.get(node.module or "")
    if module is None or not str(error).startswith("cannot import name"):
        return ""
    public = [name for name in dir(module) if not name.startswith("_")]
    near = difflib.get_close_matches(alias.name, public, 1)
    question = f" Did you mean {near[0]}?" if near else ""
    return f"There is no {alias.name} in {node.module}.{question}"


def _line_of(error: BaseException, line: int) -> int:
    """The line of the top-level statement in which `error` came up."""
    traceback = error.__traceback__
    if traceback is not None and traceback.tb_next is not None:
        return traceback.tb_next.tb_lineno
    return line


def _words(error: BaseException) -> str:
    """The exception as Python would show it; a `__str__` that fails counts as empty."""
    name = type(error).__name__
    try:
        text = str(error)
    except BaseException:
        text = ""
    if isinstance(error, ImportError):  # it ends with the file's place on this machine
        text = text.removesuffix(f" ({error.path})")
    return f"{name}: {text}"[:MAX_MESSAGE] if text else name
