"""A Python source, and what stands in it when some of its definitions are changed.

Every wrong version of a reference is one of these: a known mistake, two of them together, a
small change that the checks should catch, a known submission over the reference.
"""

from __future__ import annotations
import __future__

import ast
import bisect
import builtins
import difflib
import itertools
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType
from typing import Any

from autograder.answers.callgraph import Definition
from autograder.course.data import weights_beside
from autograder.errors import CourseError, did_you_mean
from autograder.model import Cell, Submission
from autograder.solution.signatures import parsed

Patch = Mapping[str | tuple[str, int], str]
SIMILAR = 0.5  # how alike a line must be that is shown as the nearest; difflib's ratio
JOINT = " + "  # between the two names of a pair
_DEFERRED = __future__.annotations.compiler_flag


@dataclass(frozen=True, order=True)
class Edit:
    """The characters from `start` to `end` of a source, and what stands there instead."""

    start: int
    end: int
    new: str


class Source:
    """A Python text, compiled and parsed once, when that is asked for.

    Where it is no Python, all of it raises CourseError, with `path` and the line.
    """

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.path = path
        lines = text.split("\n")
        self._starts = [0, *itertools.accumulate(len(line) + 1 for line in lines)]

    @cached_property
    def _tree(self) -> ast.Module:
        try:
            return parsed(self.text)
        except SyntaxError as error:
            raise CourseError(f"{self.path}, line {error.lineno}: {error.msg}.") from None

    @cached_property
    def definitions(self) -> Mapping[str, Definition]:
        """Its functions and classes, and their methods as "MLP.train"; the last of a name."""
        found: dict[str, Definition] = {}
        for node in self._tree.body:
            if isinstance(node, Definition):
                found[node.name] = node
                methods = node.body if isinstance(node, ast.ClassDef) else ()
                found |= {
                    f"{node.name}.{part.name}": part
                    for part in methods
                    if isinstance(part, Definition)
                }
        return found

    @property
    def statements(self) -> list[ast.stmt]:
        """Its content, one statement after the other."""
        return self._tree.body

    def span(self, node: ast.stmt) -> tuple[int, int]:
        """The first and the last line of a statement, decorators included."""
        return self._starts[_first_line(node) - 1], self._starts[node.end_lineno or node.lineno]

    def holds(self, node: ast.stmt, edit: Edit) -> bool:
        """True if an edit is made in the lines of a statement."""
        start, end = self.span(node)
        return start <= edit.start < end

    def of(self, node: ast.stmt) -> str:
        """The lines of a statement."""
        start, end = self.span(node)
        return self.text[start:end]

    def line(self, at: int) -> int:
        """The number of the line in which a character stands, from 1."""
        return self.text.count("\n", 0, at) + 1

    def method(self, at: int) -> str:
        """The function or method in which a character stands; empty where there is none."""
        inside = (
            name
            for name, node in self.definitions.items()
            if not isinstance(node, ast.ClassDef)
            and self.span(node)[0] <= at < self.span(node)[1]
        )
        return next(inside, "")

    def definition(self, name: str) -> Definition:
        """A function, a class or a method; CourseError where there is none of that name."""
        if name in self.definitions:
            return self.definitions[name]
        meant = did_you_mean(name, self.definitions)
        raise CourseError(f"{self.path} defines nothing called {name!r}. {meant}".rstrip())

    def patched(self, name: str, patch: Patch) -> tuple[Edit, ...]:
        """The edits that replace each piece of a definition, docstrings aside.

        A piece stands in the definition exactly once, or as often as its key says:
        ``{("axis=0", 2): "axis=1"}``. Otherwise CourseError says where it stands, or which
        line is most like it. The same where two pieces overlap.
        """
        node = self.definition(name)
        edits: list[Edit] = []
        for key, new in patch.items():
            piece, times = key if isinstance(key, tuple) else (key, 1)
            places = self._places(node, piece)
            if len(places) != times:
                raise CourseError(self._wrong_count(name, node, piece, times, places))
            edits += (Edit(at, at + len(piece), new) for at in places)
        if overlap(edits):
            raise CourseError(f"Two pieces of {name} overlap.")
        return tuple(sorted(edits))

    def replaced(self, name: str, text: str) -> Edit:
        """The edit that puts another definition in the place of this one."""
        node = self.definition(name)
        indented = textwrap.indent(textwrap.dedent(text), " " * node.col_offset)
        return Edit(*self.span(node), indented.rstrip("\n") + "\n")

    @cached_property
    def code(self) -> CodeType:
        """The whole text, compiled."""
        return self._compiled(self.text, 0)

    @cached_property
    def codes(self) -> tuple[CodeType, ...]:
        """Each statement by itself, compiled."""
        return tuple(
            self._compiled(ast.Module([node], type_ignores=[]), self._flags)
            for node in self.statements
        )

    def compiled(self, text: str, line: int = 1) -> CodeType:
        """A text compiled as part of this source, as if it began in that line of it."""
        return self._compiled("\n" * (line - 1) + text, self._flags)

    def _compiled(self, what: ast.Module | str, flags: int) -> CodeType:
        try:
            code: CodeType = compile(what, self.path, "exec", flags, dont_inherit=True)
        except SyntaxError as error:
            raise CourseError(f"{self.path}, line {error.lineno}: {error.msg}.") from None
        return code

    @cached_property
    def _flags(self) -> int:
        """The flags of its imports from the future, which hold for its pieces, too."""
        return self.code.co_flags & _DEFERRED

    @cached_property
    def _docstrings(self) -> list[tuple[int, int]]:
        """The first and last line of each docstring of its definitions, in order."""
        tops = (node.body[0] for node in self.definitions.values())
        return sorted(self.span(top) for top in tops if _is_text(top))

    def _is_said(self, at: int) -> bool:
        """True if a character stands in a docstring."""
        place = bisect.bisect_right(self._docstrings, (at, len(self.text)))
        return place > 0 and at < self._docstrings[place - 1][1]

    def _places(self, node: Definition, piece: str) -> list[int]:
        start, end = self.span(node)
        places = []
        at = self.text.find(piece, start, end) if piece else -1
        while at >= 0:
            if not self._is_said(at):
                places.append(at)
            at = self.text.find(piece, at + len(piece), end)
        return places

    def _wrong_count(
        self, name: str, node: Definition, piece: str, times: int, places: list[int]
    ) -> str:
        if not places:
            return f"{piece!r} is not in {name}.{self._nearest(node, piece)}"
        lines = ", ".join(dict.fromkeys(str(self.line(at)) for at in places))
        number = len(places)
        return (
            f"{piece!r} stands {number} times in {name} of {self.path} (line {lines}), not "
            f"{times}. Make it longer until it stands there once, or write ({piece!r}, "
            f"{number}) to replace them all."
        )

    def _nearest(self, node: Definition, piece: str) -> str:
        """The lines of a definition which are most like a piece of text, in a sentence."""
        height = piece.strip("\n").count("\n") + 1
        lines = self.of(node).split("\n")
        windows = ["\n".join(lines[at : at + height]) for at in range(len(lines))]

        def likeness(at: int) -> float:
            matcher = difflib.SequenceMatcher(None, piece, windows[at], autojunk=False)
            return sum(block.size for block in matcher.get_matching_blocks()) / len(piece)

        if not piece:
            return ""
        best = max(range(len(windows)), key=likeness)
        if likeness(best) < SIMILAR:
            return ""
        line = _first_line(node) + best
        return f" Most like it is line {line} of {self.path}: {windows[best].strip()!r}."


@dataclass(frozen=True)
class Variant:
    """A source with edits made.

    name    what is wrong with it.
    below   what stands below the source, such as an import that an edit needs.
    """

    name: str
    source: Source = field(repr=False)
    edits: tuple[Edit, ...]
    below: str = ""

    @property
    def text(self) -> str:
        """The whole text."""
        text = self._edited(0, len(self.source.text))
        return f"{text}\n\n{self.below}\n" if self.below else text

    @property
    def submission(self) -> Submission:
        """The whole text, as a file that somebody handed in, with the weights beside it."""
        files = weights_beside(self.source.path)
        return Submission(name=self.name, cells=(Cell(self.text),), digest="", files=files)

    def run(self, namespace: dict[str, Any]) -> None:
        """Execute it, statement by statement; only what is changed is compiled for it."""
        if not (self.edits or self.below):
            exec(self.source.code, namespace)
            return
        changed = self._changed()
        for node, code in zip(self.source.statements, self.source.codes, strict=True):
            if node in changed:
                text = self._edited(*self.source.span(node))
                code = self.source.compiled(text, _first_line(node))
            exec(code, namespace)
        if self.below:
            exec(self.source.compiled(self.below), namespace)

    def unknown(self) -> frozenset[str]:
        """The names that it reads and that neither it nor Python defines."""
        tree = ast.parse(self.text)
        read = {
            node.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        }
        return frozenset(read - set(_bound(ast.walk(tree))) - set(dir(builtins)))

    def is_possible(self) -> bool:
        """True if its edits can be made together, and give Python.

        What changes no layout is taken for Python.
        """
        if overlap(self.edits):
            return False
        text = self.source.text
        if not any(
            "\n" in text[max(edit.start - 1, 0) : edit.end] or "\n" in edit.new
            for edit in self.edits
        ):
            return True
        inside = {self.source.method(edit.start) for edit in self.edits}
        known = self.source.definitions
        nodes = self._changed() if "" in inside else [known[name] for name in inside]
        try:
            for node in nodes:
                ast.parse(textwrap.dedent(self._edited(*self.source.span(node))))
        except SyntaxError:
            return False
        return True

    def _changed(self) -> list[ast.stmt]:
        """The statements with edits in them."""
        return [
            node
            for node in self.source.statements
            if any(self.source.holds(node, edit) for edit in self.edits)
        ]

    def _edited(self, start: int, end: int) -> str:
        pieces: list[str] = []
        at = start
        for edit in self.edits:
            if start <= edit.start < end:
                pieces += (self.source.text[at : edit.start], edit.new)
                at = edit.end
        return "".join((*pieces, self.source.text[at:end]))


def joined(one: str, other: str) -> str:
    """The name of a pair."""
    return f"{one}{JOINT}{other}"


def members(name: str) -> list[str]:
    """The two names of a pair; of a single one itself."""
    return name.split(JOINT)


def overlap(edits: Iterable[Edit]) -> bool:
    """True if two edits replace the same character."""
    return any(one.end > other.start for one, other in itertools.pairwise(sorted(edits)))


def _first_line(node: ast.stmt) -> int:
    """The line in which a statement begins, its decorators included."""
    decorators = node.decorator_list if isinstance(node, Definition) else ()
    return min((node.lineno, *(one.lineno for one in decorators)))


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _bound(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The names that nodes bind."""
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.alias(name=name, asname=other):
                yield other or name.partition(".")[0]
            case ast.ExceptHandler(name=str(name)):
                yield name
