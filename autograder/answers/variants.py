"""The variants of a reference: its known mistakes, pairs of them, and files put over it.

A reference's files are read here and never run: what they need may not be importable in this
process, and must not be.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from autograder import authoring
from autograder.answers.callgraph import Definition
from autograder.answers.changes import Edit, Source, Variant, joined, members
from autograder.authoring import Misconception
from autograder.errors import CourseError
from autograder.model import Submission

SOLUTION = "solution.py"
MISCONCEPTIONS = "misconceptions.py"
MOST_PAIRS = 500  # of one function; the rest is not looked at
OURS = ("__future__", "autograder", "solution")  # no variant needs an import of these
Made = TypeVar("Made")


@dataclass(frozen=True)
class _Declared:
    """The mistakes of a misconceptions.py by id, where they change what, and what they need."""

    misconceptions: dict[str, Misconception]
    edits: dict[str, tuple[Edit, ...]]
    below: str


class Variants:
    """A reference, and the mistakes that are known of it; these are read when asked for.

    Raises CourseError, with file and line, where a declaration does not fit the reference.
    """

    def __init__(self, source: Source, misconceptions: Source) -> None:
        self.source = source
        self._file = misconceptions

    @property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """The mistakes by id, in the order of their file."""
        return self._declared.misconceptions

    @cached_property
    def original(self) -> Variant:
        """The reference itself."""
        return Variant(SOLUTION, self.source, ())

    def variant(self, name: str) -> Variant:
        """The reference with a misconception in place, or with the two of a pair."""
        edits = tuple(edit for one in members(name) for edit in self._declared.edits[one])
        return Variant(name, self.source, tuple(sorted(edits)), self._declared.below)

    def pairs(self, of: str) -> dict[str, tuple[Misconception, Misconception]]:
        """Every two patches of a function that can both be made, in the order of the source.

        Of a class, those of one method: each is checked by itself.
        """
        known = [wrong for wrong in self.misconceptions.values() if wrong.of == of]
        known = [wrong for wrong in known if wrong.patch]
        begins = {wrong.id: self._declared.edits[wrong.id][0].start for wrong in known}
        methods = {name: self.source.method(begin) for name, begin in begins.items()}
        known.sort(key=lambda wrong: begins[wrong.id])
        found: dict[str, tuple[Misconception, Misconception]] = {}
        for one, other in itertools.combinations(known, 2):
            if methods[one.id] != methods[other.id] or len(found) == MOST_PAIRS:
                continue
            both = self.variant(joined(one.id, other.id))
            if both.is_possible():
                found[both.name] = (one, other)
        return found

    def over(self, change: Submission) -> Submission:
        """A submission whose cells stand below the reference: what they define again counts."""
        below = "\n\n".join(cell.source for cell in change.cells)
        variant = replace(self.original, below=below)
        return msgspec.structs.replace(change, cells=variant.submission.cells)

    @cached_property
    def _declared(self) -> _Declared:
        found = _Declared({}, {}, "")
        theirs = {self.source.of(node) for node in self.source.statements}
        below = []
        for node in self._file.statements:
            try:
                wrong = _declared(node, self._file)
                if wrong is not None:
                    self._take(wrong, found)
                elif not _is_ours(node) and self._file.of(node) not in theirs:
                    below.append(self._file.of(node))
            except CourseError as error:
                raise CourseError(f"{self._file.path}, line {node.lineno}: {error}") from None
        return replace(found, below="".join(below))

    def _take(self, wrong: Misconception, found: _Declared) -> None:
        if not wrong.sentence:
            raise CourseError(f"{wrong.id} says nothing: give it a sentence.")
        if wrong.id in found.misconceptions:
            raise CourseError(f"There is another mistake called {wrong.id}.")
        found.edits[wrong.id] = self._edits(wrong)
        found.misconceptions[wrong.id] = wrong

    def _edits(self, wrong: Misconception) -> tuple[Edit, ...]:
        if wrong.patch:
            return self.source.patched(wrong.function, wrong.patch)
        own = self.source.definition(wrong.function)
        if _reads(ast.parse(wrong.whole), wrong.of) and not _reads(own, wrong.of):
            raise CourseError(
                f"{wrong.id} is written around {wrong.of}, which it replaces. Write the whole "
                "definition, as a student would."
            )
        return (self.source.replaced(wrong.function, wrong.whole),)


def variants_of(reference: Path) -> Variants:
    """The variants of the reference in a folder; it may have no misconceptions.py."""
    solution, wrong = reference / SOLUTION, reference / MISCONCEPTIONS
    known = wrong.read_text("utf-8") if wrong.is_file() else ""
    return _variants(solution.read_text("utf-8"), str(solution), known, str(wrong))


@lru_cache(maxsize=16)
def _variants(source: str, path: str, misconceptions: str, wrong: str) -> Variants:
    return Variants(Source(source, path), Source(misconceptions, wrong))


def _declared(node: ast.stmt, file: Source) -> Misconception | None:
    """The mistake that a statement declares."""
    try:
        if isinstance(node, ast.Expr):
            return _patch(node.value)
        return _whole(node, file) if isinstance(node, Definition) else None
    except CourseError:
        raise
    except ValueError:
        raise CourseError("Write the arguments out, as texts and numbers.") from None
    except TypeError as error:
        raise CourseError(str(error)) from None


def _patch(call: ast.expr) -> Misconception | None:
    """Read `mistake(...)`, or `mistake(...).say("...")`."""
    match call:
        case ast.Call(func=ast.Name("mistake") | ast.Attribute(attr="mistake")):
            return _made(authoring.mistake, call)
        case ast.Call(func=ast.Attribute(value=inner, attr="say")):
            wrong = _patch(inner)
            return _made(wrong.say, call) if wrong else None
    return None


def _whole(node: Definition, file: Source) -> Misconception | None:
    """Read `@misconception("...", of="...")` and the definition below it."""
    for decorator in node.decorator_list:
        match decorator:
            case ast.Call(func=ast.Name("misconception") | ast.Attribute(attr="misconception")):
                wrong = _made(authoring.misconception, decorator)(type(node.name, (), {}))
                others = [one for one in node.decorator_list if one is not decorator]
                name = wrong.function.rpartition(".")[2]
                lines = file.text.split("\n")[node.lineno - 1 : node.end_lineno]
                lines[0] = lines[0].replace(node.name, name, 1)
                above = [f"@{ast.unparse(one)}" for one in others]
                return replace(wrong, whole="\n".join((*above, *lines)))
    return None


def _made(make: Callable[..., Made], call: ast.Call) -> Made:
    """Make what a call with literal arguments describes."""
    args = [_plain(value) for value in call.args]
    return make(*args, **{str(k.arg): _plain(k.value) for k in call.keywords})


def _plain(node: ast.expr) -> Any:
    """The value of a literal; most are texts."""
    return node.value if isinstance(node, ast.Constant) else ast.literal_eval(node)


def _reads(node: ast.AST, name: str) -> bool:
    return any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(node))


def _is_ours(node: ast.stmt) -> bool:
    """True if a statement is of no use below the reference: a docstring, an import of ours."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Expr) or _reads(node, "mistake") or _reads(node, "misconception"):
        raise CourseError(
            "Expected mistake(...) or mistake(...).say(...), in a statement of its own."
        )
    if not isinstance(node, ast.ImportFrom) or node.module is None:
        return False
    if node.module == "solution" and any(one.asname for one in node.names):
        raise CourseError("Import the names of the reference as they are, without `as`.")
    return node.module.partition(".")[0] in OURS
