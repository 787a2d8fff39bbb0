"""Compile and run a submission inside the guest, and keep what can be kept.

A file as a student hands it in rarely runs from top to bottom on another machine. So it is
taken apart: what does not parse is mended where the mending is obvious, or left out block
by block; what parses runs statement by statement; every loss is noted and nothing else is
lost with it.

    load    all of it; parse every cell, run every statement, describe the functions
    ├── _without_magics     Jupyter's own lines out of a cell
    ├── _Salvage            the statements of a cell, whatever state its text is in
    ├── _Run                one statement after the other in one namespace
    └── _Definitions        what the namespace offers afterwards
"""

from __future__ import annotations
import __future__

import ast
import inspect
import itertools
import re
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.sandbox import standins

_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_Import = ast.Import | ast.ImportFrom
_Placed = tuple["_Cell", ast.stmt]

SCRIPT = "submission"  # the file name in code objects and frames of a script
MAX_PROBLEMS = 100
MAX_REPAIRS = 50
MAX_TEXT = 120
MAX_MESSAGE = 500


@dataclass
class LoadResult:
    """What loading found, as plain data ready to be sent.

    problems    each with the fields kind, where, text, message, names.
    functions   each with the fields name, parameters, signature_known, empty.
    names       the public names of the namespace.
    lines       the source as it was handed in, by file name, for frames.
    """

    problems: list[dict[str, Any]] = field(default_factory=list)
    functions: list[dict[str, Any]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lines: dict[str, list[str]] = field(default_factory=dict)


def load(
    cells: list[tuple[str, str]],
    namespace: dict[str, Any],
    *,
    skip: set[tuple[str, int]],
    at: Callable[[str, int], None],
) -> LoadResult:
    """Run the `cells`, given as (label, source), in order in one `namespace`.

    A script is one cell with an empty label. `at(filename, line)` is called before each
    top-level statement that is no definition and no import; statements in `skip`, by the
    same pair, are left out. What the source raises, SystemExit included, becomes a problem;
    exceptions of `at` alone pass through.
    """
    result = LoadResult()
    notes = _Notes(result.problems)
    run = _Run(namespace, notes, skip, at)
    budget = _Budget(MAX_REPAIRS)
    statements: list[_Placed] = []
    for label, source in cells:
        cell = _Cell(label, source)
        result.lines[cell.filename] = cell.lines
        statements += ((cell, node) for node in _statements(cell, notes, budget))
    run.prepare(statements)
    for cell, node in statements:
        run.statement(cell, node)
    definitions = _Definitions(statements)
    definitions.note_the_doubled(namespace, notes)
    result.functions = definitions.described(namespace)
    result.names = [
        name
        for name, value in list(namespace.items())
        if isinstance(name, str)
        and not name.startswith("_")
        and value is not run.given.get(name, standins)
    ]
    return result


class _Cell:
    """One cell's text in lines, as Python counts them."""

    def __init__(self, label: str, source: str) -> None:
        self.label = label
        self.filename = label or SCRIPT
        self.lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def where(self, line: int) -> str:
        return f"{self.label}, line {line}" if self.label else f"line {line}"

    def text(self, line: int) -> str:
        found = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return found.strip()[:MAX_TEXT]


class _Notes:
    """The problems so far: at most `MAX_PROBLEMS`, and some of them only once."""

    def __init__(self, problems: list[dict[str, Any]]) -> None:
        self.problems = problems
        self.once: set[tuple[str, str]] = set()

    def add(
        self,
        kind: str,
        where: str,
        text: str,
        message: str,
        names: tuple[str, ...] = (),
        *,
        once: str = "",
    ) -> None:
        if once:
            if (kind, once) in self.once:
                return
            self.once.add((kind, once))
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(
                {
                    "kind": kind,
                    "where": where,
                    "text": text[:MAX_TEXT],
                    "message": message[:MAX_MESSAGE],
                    "names": list(names),
                }
            )


@dataclass
class _Budget:
    """How many more repairs and losses a submission may have before the rest is left."""

    left: int

    def spend(self) -> None:
        self.left -= 1


@dataclass(frozen=True)
class _Flaw:
    """Why a text does not parse; `line` counts from 1 and is 0 when nobody knows."""

    line: int
    column: int
    message: str

    @property
    def unclosed(self) -> bool:
        return "never closed" in self.message or "unterminated" in self.message

    def words(self) -> str:
        return f"{self.message} (column {self.column})" if self.column else self.message


def _parse(lines: list[str], first: int = 0) -> list[ast.stmt] | _Flaw:
    """The statements of `lines`, numbered as if `first` lines stood before them."""
    text = "\n" * first + "\n".join(lines) + "\n"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text).body
    except SyntaxError as error:
        line = min(error.lineno or 0, first + len(lines))
        return _Flaw(line if line > first else 0, error.offset or 0, error.msg)
    except (RecursionError, MemoryError):
        return _Flaw(0, 0, "nested too deeply to be read")
    except ValueError as error:
        return _Flaw(0, 0, f"cannot be read as text ({error})")


# --- Jupyter's own lines -----------------------------------------------------------------

_CELL_MAGIC = re.compile(r"%%(\w+)")
_PYTHON_CELLS = frozenset({"time", "timeit", "capture", "prun", "python", "python3", "px"})
_FOREIGN = frozenset({
    "bash", "cmd", "cython", "file", "html", "HTML", "javascript", "js", "latex", "markdown",
    "perl", "pypy", "python2", "R", "ruby", "script", "sh", "svg", "SVG", "sx", "system",
    "writefile",
})  # fmt: skip
_TIMED = re.compile(r"(\s*)%time\s+(?=\S)")
_PLOTTING_MAGIC = re.compile(r"\s*%(matplotlib|pylab)\b")
_LINE_MAGIC = re.compile(r"\s*(%[A-Za-z]|!\s*\S)|\s*\w+\s*=\s*(%[A-Za-z]\w*|!\s*\w)")
_HELP = re.compile(r"\s*(\?{1,2}\s*[\w.*]+|[\w.*\[\]]+\?{1,2})\s*;?\s*$")
_CONTINUES = re.compile(r"(?:[-+*/%(\[{,=\\&|^<>]|\b(?:and|or|not|in|is))\s*$")
_PYLAB = (
    "import numpy, numpy as np, matplotlib; from matplotlib import pyplot as plt; "
    "from pylab import *"
)


def _without_magics(cell: _Cell, notes: _Notes) -> list[str]:
    """The cell's lines with every magic replaced by an empty line, `pass` or its Python."""
    lines = list(cell.lines)
    first = next((row for row, line in enumerate(lines) if line.strip()), 0)
    heading = _CELL_MAGIC.match(lines[first].strip())
    if heading:
        rest = _with_row(lines, first, "")
        unknown = heading[1] not in _PYTHON_CELLS
        if heading[1] in _FOREIGN or (unknown and isinstance(_parse(rest), _Flaw)):
            notes.add(
                "magic",
                cell.where(first + 1),
                lines[first].strip(),
                "the cell is not Python and was left out",
            )
            return []
        lines = rest
    before = ""
    for row, line in enumerate(lines):
        if not _CONTINUES.search(before):
            lines[row] = _without_magic(line, cell, row, notes)
        if not line.lstrip().startswith("#"):
            before = line
    return lines


def _without_magic(line: str, cell: _Cell, row: int, notes: _Notes) -> str:
    plotting = _PLOTTING_MAGIC.match(line)
    if plotting:
        notes.add("plotting", cell.where(row + 1), plotting[1], _PLOTTING, once="plotting")
        return _PYLAB if plotting[1] == "pylab" else _nothing_like(line)
    timed = _TIMED.match(line)
    if timed:
        return timed[1] + line[timed.end() :]
    if _LINE_MAGIC.match(line) or _HELP.match(line):
        notes.add("magic", cell.where(row + 1), line.strip(), "Jupyter's own line was left out")
        return _nothing_like(line)
    return line


def _nothing_like(line: str) -> str:
    indentation = line[: len(line) - len(line.lstrip())]
    return f"{indentation}pass" if indentation else ""


_PLOTTING = "nothing is drawn while grading"


# --- what parses, what can be mended, what is left out ------------------------------------

_TOP = re.compile(r"[^\s#)\]}]| (?:(?:def|class|import|from|async)\b|@)")
_CONTINUED = re.compile(r"(?:else|elif|except|finally)\b")
_DEFINITION = re.compile(r"\s?(?:@|(?:def|class|import|from|async)\b)")
_DEFINED = re.compile(r"\s{0,3}(?:async\s+)?(?:def|class)\s+(\w+)")


def _statements(cell: _Cell, notes: _Notes, budget: _Budget) -> list[ast.stmt]:
    """Every statement of `cell` that can be had, in order, with its own line number."""
    whole = _parse(cell.lines)
    if not isinstance(whole, _Flaw):
        return whole
    lines = _without_magics(cell, notes)
    return _Salvage(cell, lines, notes, budget).statements()


class _Salvage:
    """Takes a text that does not parse into blocks at its top level, and keeps the good.

    A block begins at a line in the first column. The longest beginning that parses is
    taken whole, so that strings and brackets over many lines are read rightly; the block
    after it is mended or left out; then the same again with the rest.
    """

    def __init__(self, cell: _Cell, lines: list[str], notes: _Notes, budget: _Budget) -> None:
        self.cell = cell
        self.lines = lines
        self.notes = notes
        self.budget = budget
        self.starts = list(_starts(lines))
        self.left_out_to = -1

    def statements(self) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        start, end = 0, len(self.lines)
        block_by_block = False
        while start < end:
            if not block_by_block:
                rest = _parse(self.lines[start:], start)
                if not isinstance(rest, _Flaw):
                    return found + rest
                # Without a line to go to, parsing the rest again would tell no more.
                block_by_block = rest.line == 0
                good, start = self._sound_beginning(start, rest)
                found += good
            if self.budget.left <= 0:
                self._give_up(start)
                break
            start = self._block(start, found)
        return found

    def _sound_beginning(self, start: int, flaw: _Flaw) -> tuple[list[ast.stmt], int]:
        """The statements before the block that holds `flaw`, and where it begins."""
        candidates = [row for row in self.starts if start < row < flaw.line]
        for row in reversed(candidates[-MAX_REPAIRS:]):
            parsed = _parse(self.lines[start:row], start)
            if not isinstance(parsed, _Flaw):
                return parsed, row
        return [], start

    def _block(self, start: int, found: list[ast.stmt]) -> int:
        """Add the statements of the block at `start` to `found`; where the next begins."""
        ends = [row for row in self.starts if row > start] + [len(self.lines)]
        end = ends[0]
        block = self._mended(start, end)
        if isinstance(block, _Flaw) and block.unclosed:
            # A string or bracket may rightly reach over lines in the first column, but one
            # that would swallow the next definition is missing its end.
            reach = len(list(itertools.takewhile(self._no_definition, ends[:MAX_REPAIRS])))
            block, end = self._longer(start, ends[: reach + 1], block)
        if not isinstance(block, _Flaw):
            found += block
            return end
        lost = self._cut_in_two(start, end, found)
        self._leave_out(start, end, block, lost)
        self.left_out_to = end
        return end

    def _longer(
        self, start: int, ends: list[int], flaw: _Flaw
    ) -> tuple[list[ast.stmt] | _Flaw, int]:
        """The first of the longer blocks that can be had, or how much goes with the flaw."""
        for end in ends[1:]:
            block = self._mended(start, end)
            if not isinstance(block, _Flaw):
                return block, end
            if "triple-quoted" in flaw.message and block.line != flaw.line:
                return block, end  # the string does end, and it is a later line that fails
        lost = ends[0]
        for here, there in itertools.pairwise(ends):
            if not isinstance(_parse(self.lines[here:there], here), _Flaw):
                break
            lost = there
        return flaw, lost

    def _no_definition(self, row: int) -> bool:
        return row < len(self.lines) and not _DEFINITION.match(self.lines[row])

    def _cut_in_two(self, start: int, end: int, found: list[ast.stmt]) -> tuple[str, ...]:
        """Take back the definition above a bad block that is really the rest of its body.

        One line that lost its indentation cuts a function in two. The first half parses,
        but it is not what was written.
        """
        if not found or not isinstance(found[-1], _Definition) or start == self.left_out_to:
            return ()
        code = [line for line in self.lines[start:end] if line.strip()]
        if _DEFINITION.match(code[0]):
            return ()
        opens = code[0].rstrip().endswith((":", "(", "[", "{", ","))
        goes_on = len(code) > 1 and not opens and _indentation(code[1])
        returns = isinstance(found[-1].body[-1], ast.Return | ast.Raise)
        if not goes_on and (returns or not self.lines[start - 1].strip()):
            return ()
        definition = found.pop()
        assert isinstance(definition, _Definition)
        return (definition.name,)

    def _mended(self, start: int, end: int) -> list[ast.stmt] | _Flaw:
        """The statements of a block, mended if need be; what is wrong if that fails."""
        lines = self.lines[start:end]
        parsed = _parse(lines, start)
        repairs: list[tuple[int, str]] = []
        while isinstance(parsed, _Flaw):
            if not parsed.line or len(repairs) >= self.budget.left:
                return parsed
            readings = [
                (words, candidate, _parse(candidate, start))
                for words, candidate in _repairs(lines, parsed.line - start - 1, parsed)
            ]
            whole = [each for each in readings if not isinstance(each[2], _Flaw)]
            better = [each for each in readings if _is_elsewhere(each[2], parsed)]
            if not whole + better:
                return parsed
            words, lines, after = (whole + better)[0]
            repairs.append((parsed.line, words))
            parsed = after
        for line, words in repairs:
            self.budget.spend()
            self.notes.add("repaired", self.cell.where(line), self.cell.text(line), words)
        return parsed

    def _leave_out(self, start: int, end: int, flaw: _Flaw, lost: tuple[str, ...]) -> None:
        self.budget.spend()
        line = flaw.line or start + 1
        self.notes.add(
            "syntax",
            self.cell.where(line),
            self.cell.text(line),
            flaw.words(),
            lost + _defined_in(self.lines[start:end]),
        )

    def _give_up(self, start: int) -> None:
        self.notes.add(
            "syntax",
            self.cell.where(start + 1),
            self.cell.text(start + 1),
            "too much before this line could not be read; the rest was left out",
            _defined_in(self.lines[start:]),
        )


def _is_elsewhere(parsed: list[ast.stmt] | _Flaw, flaw: _Flaw) -> bool:
    return not isinstance(parsed, _Flaw) or parsed.line != flaw.line


def _starts(lines: list[str]) -> Iterator[int]:
    """The rows in which a statement at the top level seems to begin."""
    decorated = False
    before = ""
    for row, line in enumerate(lines):
        if _TOP.match(line) and not _CONTINUED.match(line) and not before.endswith("\\"):
            if not decorated:
                yield row
            decorated = line.lstrip().startswith("@")
        before = line


def _defined_in(lines: list[str]) -> tuple[str, ...]:
    found = (_DEFINED.match(line) for line in lines)
    return tuple(dict.fromkeys(match[1] for match in found if match))


def _repairs(lines: list[str], row: int, flaw: _Flaw) -> Iterator[tuple[str, list[str]]]:
    """Readings of `lines` in which the flaw in `row` is gone, the likeliest first."""
    for repair in (_plain_characters, _spaces_for_tabs, _even_indentation, _print_called):
        for words, candidate in repair(lines, row, flaw):
            if candidate != lines:
                yield words, candidate


_LOOKALIKES = {
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff", ""),
    **dict.fromkeys("\u2018\u2019\u201a\u2032\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033\uff02", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **{chr(0xFEE0 + ord(plain)): plain for plain in "()[]{}:;,.=+*/<>"},
}
_PLAIN = str.maketrans(_LOOKALIKES)


def _plain_characters(
    lines: list[str], row: int, flaw: _Flaw
) -> Iterator[tuple[str, list[str]]]:
    found = [character for character in lines[row] if character in _LOOKALIKES]
    if found:
        kinds = ", ".join(f"U+{ord(character):04X}" for character in dict.fromkeys(found))
        words = f"characters that only look right ({kinds}) were read as plain ones"
        yield words, _with_row(lines, row, lines[row].translate(_PLAIN))


def _even_indentation(
    lines: list[str], row: int, flaw: _Flaw
) -> Iterator[tuple[str, list[str]]]:
    if "indent" not in flaw.message or not lines[row].strip():
        return
    lines = _without_tabs(lines, 4)
    stray, text = len(_indentation(lines[row])), lines[row].lstrip()
    above = [_indentation(line) for line in lines[:row] if line.lstrip()[:1] not in ("", "#")]
    words = "stray spaces before the line were taken away"
    if not above:
        yield words, [line.removeprefix(" " * stray) for line in lines]  # as Jupyter does
        yield words, _with_row(lines, row, text)
    elif flaw.message.startswith("unexpected indent"):
        if 0 < stray - len(above[-1]) < 4:
            yield words, _with_row(lines, row, above[-1] + text)
    else:
        for level in sorted({"", *above}, key=len, reverse=True):
            if abs(len(level) - stray) == 1 or (not level and _DEFINITION.match(text)):
                yield (
                    "the line's indentation was made even",
                    _with_row(lines, row, level + text),
                )


def _spaces_for_tabs(
    lines: list[str], row: int, flaw: _Flaw
) -> Iterator[tuple[str, list[str]]]:
    if "indent" not in flaw.message and "tabs" not in flaw.message:
        return
    if not any("\t" in _indentation(line) for line in lines):
        return
    for size in (4, 8):
        yield f"tabs were read as {size} spaces", _without_tabs(lines, size)


def _without_tabs(lines: list[str], size: int) -> list[str]:
    return [_indentation(line).expandtabs(size) + line.lstrip() for line in lines]


_PRINT = re.compile(r"(.*?[:;]\s*|\s*)print\b[ \t]*(?![ \t(=.,\[]|$)")


def _print_called(lines: list[str], row: int, flaw: _Flaw) -> Iterator[tuple[str, list[str]]]:
    if not _PRINT.match(lines[row]):
        return
    changed = list(lines)
    for at, line in enumerate(lines):
        found = re.match(r"(\s*)print\b[ \t]*(?![ \t(=.,\[]|$)", line) if at != row else None
        found = found or (_PRINT.match(line) if at == row else None)
        if found and changed[at] == line:
            _call_print(changed, at, found)
    yield "Python 2's print was given its parentheses", changed


def _call_print(lines: list[str], row: int, found: re.Match[str]) -> None:
    """Put parentheses around what is printed, up to the statement's end."""
    last, column = _statement_end(lines, row, found.end())
    body = lines[last][:column].rstrip()
    ending = ")"
    if body.endswith(","):
        body, ending = body[:-1], ", end=' ')"
    lines[last] = body + ending + lines[last][column:]
    lines[row] = found[1] + "print(" + lines[row][found.end() :]


def _statement_end(lines: list[str], row: int, column: int) -> tuple[int, int]:
    """Where the statement at (row, column) ends: before a comment, a semicolon or a line."""
    depth = 0
    quote = ""
    while True:
        line = lines[row]
        while column < len(line):
            character = line[column]
            if quote:
                if character == "\\":
                    column += 1
                elif line.startswith(quote, column):
                    column += len(quote) - 1
                    quote = ""
            elif character in "'\"":
                quote = character * 3 if line.startswith(character * 3, column) else character
                column += len(quote) - 1
            elif character == "#" or (character == ";" and not depth):
                break
            elif character in "([{":
                depth += 1
            elif character in ")]}":
                depth -= 1
            column += 1
        goes_on = depth > 0 or len(quote) == 3 or line.endswith("\\")
        if not goes_on or row + 1 == len(lines):
            return row, min(column, len(line))
        row, column = row + 1, 0


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _with_row(lines: list[str], row: int, line: str) -> list[str]:
    return [*lines[:row], line, *lines[row + 1 :]]


# --- running ------------------------------------------------------------------------------


class _Run:
    """Runs one statement after the other in one namespace, and notes what fails."""

    def __init__(
        self,
        namespace: dict[str, Any],
        notes: _Notes,
        skip: set[tuple[str, int]],
        at: Callable[[str, int], None],
    ) -> None:
        self.namespace = namespace
        self.notes = notes
        self.skip = skip
        self.at = at
        self.flags = 0
        self.given: dict[str, object] = {
            "get_ipython": standins.NOTHING,
            "display": standins.NOTHING,
        }

    def prepare(self, statements: Sequence[_Placed]) -> None:
        """Make the namespace what Jupyter's or Python's would be, and place the stand-ins."""
        standins.install_screenless()
        numpy = sys.modules.get("numpy")
        _Age(standins.install_numpy_shims(numpy) if numpy else {}, self.given, self.notes).look(
            statements
        )
        self.namespace |= self.given
        self.namespace["__name__"] = SCRIPT
        self.namespace["__package__"] = ""  # a relative import warns when this is missing
        sys.modules[SCRIPT] = _Itself(self.namespace)

    def statement(self, cell: _Cell, node: ast.stmt) -> None:
        """Run one statement of the top level."""
        if (cell.filename, node.lineno) in self.skip:
            return
        if isinstance(node, _Import):
            self._imports(cell, node)
            return
        names = (node.name,) if isinstance(node, _Definition) else ()
        code = self._compiled(cell, node)
        if not isinstance(code, types.CodeType):
            line = getattr(code, "lineno", None) or node.lineno
            message = (
                code.msg if isinstance(code, SyntaxError) else "nested too deeply to be run"
            )
            flaw = _Flaw(line, getattr(code, "offset", None) or 0, message)
            self.notes.add("syntax", cell.where(line), cell.text(line), flaw.words(), names)
            return
        if not isinstance(node, _Definition):
            self.at(cell.filename, node.lineno)
        error = self._raised_by(code)
        if error is not None:
            kind = "exited" if isinstance(error, SystemExit) else "raised"
            line = _line_of(error, node.lineno)
            self.notes.add(kind, cell.where(line), cell.text(line), _words(error), names)

    def _imports(self, cell: _Cell, node: _Import) -> None:
        """Import name by name, so that one that is not there costs no other."""
        failures: dict[tuple[str, str], list[str]] = {}
        for alias in node.names:
            if isinstance(node, ast.Import):
                one: _Import = ast.Import([alias])
            else:
                one = ast.ImportFrom(node.module, [alias], node.level)
                if node.module == "__future__":
                    feature = getattr(__future__, alias.name, None)
                    self.flags |= getattr(feature, "compiler_flag", 0)
            code = self._compiled(cell, ast.copy_location(one, node))
            error = self._raised_by(code) if isinstance(code, types.CodeType) else code
            if error is None:
                continue
            lost = [] if alias.name == "*" else [alias.asname or alias.name.partition(".")[0]]
            missing = error.name if isinstance(error, ImportError) else None
            text = missing or (node.module if isinstance(node, ast.ImportFrom) else alias.name)
            key = (str(text) if isinstance(error, ImportError) else "", _words(error))
            failures.setdefault(key, []).extend(lost)
        for (text, words), lost in failures.items():
            self.notes.add(
                "missing_module" if text else "raised",
                cell.where(node.lineno),
                text or cell.text(node.lineno),
                words,
                tuple(lost),
            )

    def _compiled(self, cell: _Cell, node: ast.stmt) -> types.CodeType | Exception:
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
        return code

    def _raised_by(self, code: types.CodeType) -> BaseException | None:
        try:
            exec(code, self.namespace)
        except BaseException as error:
            return error
        return None


class _Age:
    """Looks for what is gone or replaced here, and notes it at its first use."""

    def __init__(self, shims: dict[str, str], given: dict[str, object], notes: _Notes) -> None:
        self.shims = shims
        self.given = given
        self.notes = notes

    def look(self, statements: Sequence[_Placed]) -> None:
        """Note plotting packages and old names, and give Python 2's to the namespace."""
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

    def _note_plotting(self, cell: _Cell, node: ast.stmt, *modules: str) -> None:
        for module in modules:
            package = module.partition(".")[0]
            if package in standins.SCREENLESS:
                where = cell.where(node.lineno)
                self.notes.add("plotting", where, package, _PLOTTING, once="plotting")

    def _note_numpy(self, cell: _Cell, node: ast.stmt | ast.expr, name: str) -> None:
        if name in self.shims:
            old = f"np.{name}"
            message = f"{old} is gone from NumPy; write {self.shims[name]}"
            self.notes.add("shim", cell.where(node.lineno), old, message, once=old)

    def _note_python(self, cell: _Cell, node: ast.Name) -> None:
        now = standins.GONE_FROM_PYTHON.get(node.id)
        if now is not None:
            self.given[node.id] = now
            message = f"{node.id} is gone since Python 3; write {now.__name__}"
            self.notes.add("shim", cell.where(node.lineno), node.id, message, once=node.id)


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
    return f"{name}: {text}"[:MAX_MESSAGE] if text else name


# --- what is there afterwards -------------------------------------------------------------

_KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional",
    inspect.Parameter.VAR_POSITIONAL: "var_positional",
    inspect.Parameter.KEYWORD_ONLY: "keyword_only",
    inspect.Parameter.VAR_KEYWORD: "var_keyword",
}


class _Definitions:
    """What the submission itself defines, by name and by the place in its source."""

    def __init__(self, statements: Sequence[_Placed]) -> None:
        self.filenames = {cell.filename for cell, _ in statements}
        self.bound: dict[str, ast.AST] = {}
        self.written: dict[str, list[tuple[_Cell, _Definition]]] = {}
        self.placed: dict[tuple[str, int], ast.AST] = {}
        for cell, statement in statements:
            self.bound.update(_bindings(statement))
            if isinstance(statement, _Definition):
                self.written.setdefault(statement.name, []).append((cell, statement))
            for node in ast.walk(statement):
                if isinstance(node, _Definition):
                    self.placed[cell.filename, _first_line(node)] = node

    def described(self, namespace: dict[str, Any]) -> list[dict[str, Any]]:
        """The functions and classes that are there at the end, with their parameters."""
        found = []
        for name, value in list(namespace.items()):
            if isinstance(name, str) and self._is_own(name, value):
                parameters = _parameters(value)
                found.append(
                    {
                        "name": name,
                        "parameters": parameters or [],
                        "signature_known": parameters is not None,
                        "empty": _is_empty(self._node(name, value)),
                    }
                )
        return found

    def note_the_doubled(self, namespace: dict[str, Any], notes: _Notes) -> None:
        """Note what is written twice, differently, and say which one counts."""
        for name, places in self.written.items():
            full = [(cell, node) for cell, node in places if not _is_empty(node)]
            if len(full) < 2 or not _differ([node for _, node in full]):
                continue
            counts = self._node(name, namespace.get(name))
            for cell, node in full:
                if node is counts:
                    where = cell.where(node.lineno)
                    message = f"written {len(full)} times; the one in {where} counts"
                    notes.add("redefined", where, name, message)

    def _node(self, name: str, value: object) -> ast.AST | None:
        """The source of `value`: by its own account if it bears the name, else the last."""
        if isinstance(value, types.FunctionType) and value.__code__.co_name == name:
            place = value.__code__.co_filename, value.__code__.co_firstlineno
            return self.placed.get(place, self.bound.get(name))
        return self.bound.get(name)

    def _is_own(self, name: str, value: object) -> bool:
        kind = type(value)
        node = self.bound.get(name)
        if kind is types.FunctionType:
            assert isinstance(value, types.FunctionType)
            return value.__code__.co_filename in self.filenames or node is not None
        if issubclass(kind, type):
            return vars(value).get("__module__") == SCRIPT
        if isinstance(node, _Definition):  # wrapped by a decorator
            return callable(value)
        assigned = node is not None and kind is not standins.StandIn
        return assigned and (inspect.isroutine(value) or kind.__name__ in _CALLABLE_KINDS)


# Callables that stand for a function when assigned to a name: tanh = np.tanh.
_CALLABLE_KINDS = ("partial", "ufunc", "vectorize", "_ArrayFunctionDispatcher")


def _first_line(node: _Definition) -> int:
    """The line that code objects count as the first: a decorator's, if there is one."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])


def _bindings(statement: ast.stmt) -> Iterator[tuple[str, ast.AST]]:
    """The names that a statement of the top level defines or assigns, and by what."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _Definition):
            yield node.name, node
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield target.id, node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if node.value is not None:
                yield node.target.id, node.value
        else:
            inner = [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.stmt)]
            for handler in getattr(node, "handlers", ()):
                inner += handler.body
            waiting += reversed(inner)


def _parameters(value: Any) -> list[dict[str, Any]] | None:
    try:
        signature = inspect.signature(value)
    except BaseException:  # a class of theirs may do anything when asked
        return None
    return [
        {
            "name": parameter.name,
            "kind": _KINDS[parameter.kind],
            "has_default": parameter.default is not inspect.Parameter.empty,
        }
        for parameter in signature.parameters.values()
    ]


def _is_empty(node: ast.AST | None) -> bool:
    """Whether a definition is still the stub's: it says nothing beyond its docstring."""
    if isinstance(node, ast.Lambda):
        return isinstance(node.body, ast.Constant) and node.body.value in (None, ...)
    if isinstance(node, ast.ClassDef):
        return all(_says_nothing(part) or _is_empty(part) for part in node.body)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return all(_says_nothing(part) for part in node.body)
    return False


def _says_nothing(part: ast.stmt) -> bool:
    if isinstance(part, ast.Pass):
        return True
    if isinstance(part, ast.Expr):
        value = part.value
        return isinstance(value, ast.Constant) and (
            value.value is ... or value.value is None or isinstance(value.value, str)
        )
    if isinstance(part, ast.Return):
        return part.value is None or (
            isinstance(part.value, ast.Constant) and part.value.value is None
        )
    if isinstance(part, ast.Raise):
        raised = part.exc.func if isinstance(part.exc, ast.Call) else part.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    return False


def _differ(nodes: Sequence[ast.stmt]) -> bool:
    try:
        return len({ast.dump(node) for node in nodes}) > 1
    except RecursionError:
        return True
