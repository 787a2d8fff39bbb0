"""Python text of a stranger's notebook: cleaned, parsed within bounds, and never run."""

from __future__ import annotations

import ast
import keyword
import re
from collections.abc import Collection

from autograder.submissions.notebook import UNWRITABLE

MOST = 50_000  # characters of one cell
DEEPEST = 60  # levels of its syntax tree
# Some readers of lines end one at each of these, and Python at \r as well.
_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_CELL_MARK = re.compile(r"^(\s*)#(\s*(?:%%|<codecell>|In\[))", re.MULTILINE)
_TEXT_MARK = re.compile(r"^(\s*)(%%|<codecell>|In\[)", re.MULTILINE)
_MAGIC = re.compile(r"^(\s*)((?:\w[\w, ]*=\s*)?(?:[%!]|\?\w).*|[\w.]+\?{1,2}\s*)$")
_TIMED = re.compile(r"^%%(time|timeit|capture|prun)\b")


def clean(text: str) -> str:
    """A text in which only a line feed ends a line, and which any encoder takes."""
    return _LINE_ENDS.sub("\n", text.translate(UNWRITABLE))


def parse(text: str) -> ast.Module | None:
    """The syntax tree of a text, or None where it is no Python, or too large to trust."""
    if len(text) > MOST:
        return None
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    level: list[ast.AST] = [tree]
    for _ in range(DEEPEST):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return tree
    return None


def without_magics(text: str) -> tuple[str, list[str]]:
    """A cell without lines for IPython or a shell, and these lines.

    A cell that another program runs (``%%bash``) becomes a comment as a whole.
    """
    if parse(text) is not None:
        return text, []
    lines, left_out = text.split("\n"), []
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        left_out.append(lines[first])
        if not _TIMED.match(lines[first]):
            return commented(text), left_out
        lines[first] = ""
    for number, line in enumerate(lines):
        if found := _MAGIC.match(line):
            left_out.append(found[2].strip())
            lines[number] = f"{found[1]}pass"
    return "\n".join(lines), left_out


def commented(text: str) -> str:
    """Any text as comments of Python, none of which marks a cell or a solution."""
    return "\n".join(f"# | {line}".rstrip() for line in text.split("\n"))


def as_code(text: str) -> str:
    """Code in which no comment begins a cell of ours."""
    return _CELL_MARK.sub(r"\1##\2", text)


def as_text(text: str) -> str:
    """Markdown as the comment that our source writes, none of whose lines begins a cell."""
    safe = _TEXT_MARK.sub(r"\1\\\2", text)
    return "\n".join(f"# {line}".rstrip() for line in safe.split("\n"))


def identifier(text: str, taken: Collection[str], otherwise: str) -> str:
    """A name of Python made of any text, which is none of `taken`."""
    name = re.sub(r"[^A-Za-z0-9_]+", "_", text).strip("_")[:40]
    if not name or name[0].isdigit() or keyword.iskeyword(name):
        name = f"{otherwise}_{name}".rstrip("_")
    unique, number = name, 2
    while unique in taken:
        unique, number = f"{name}_{number}", number + 1
    return unique


def one_line(text: str, most: int = 70) -> str:
    """The beginning of a text, on one line and printable."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * most]).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def defined(tree: ast.AST) -> set[str]:
    """The names that statements bind where they stand, those of inner functions left out."""
    names: set[str] = set()
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                names.add(node.name)
                continue
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp():
                continue
            case ast.GeneratorExp():
                continue
            case ast.Name(ctx=ast.Store() | ast.Del()):
                names.add(node.id)
            case ast.alias():
                names.add((node.asname or node.name).partition(".")[0])
        waiting += ast.iter_child_nodes(node)
    return names - {"*"}


def read(tree: ast.AST) -> set[str]:
    """The names that a piece of code looks up anywhere."""
    return {
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
    }


def read_first(tree: ast.AST) -> set[str]:
    """The names that are looked up before they are bound, in the order of the text."""
    bound: set[str] = set()
    first: set[str] = set()
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.Name(name, ast.Load()) if name not in bound:
                first.add(name)
            case ast.Name(name):
                bound.add(name)
        parts = list(ast.iter_child_nodes(node))
        match node:  # a value is computed before it has a name
            case ast.Assign(targets, value):
                parts = [value, *targets]
            case ast.AugAssign(ast.Name(name), _, value):
                parts = [ast.Name(name, ast.Load()), value]
            case ast.AnnAssign(target, _, value) if value is not None:
                parts = [value, target]
            case ast.For(target, over):
                parts = [over, target, *node.body, *node.orelse]
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                parts = [*node.generators, node.elt]
            case ast.comprehension(target, over):
                parts = [over, target, *node.ifs]
        waiting += reversed(parts)
    return first


def imported(tree: ast.AST) -> dict[str, str]:
    """The imports of a piece of code: the name that each is known by, and its full name."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                first = one.name.partition(".")[0]
                found[one.asname or first] = one.name if one.asname else first
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return found
