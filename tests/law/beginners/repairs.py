"""The repair that a sentence of a report names, made in the student's text.

The words are read as a student reads them, and the text is changed as they say. What the grader
tried is not asked: if it did something else than it says, the check will not pass.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Callable, Iterator, Sequence

_WHERE = r"\((?:cell \d+, )?line (?P<line>\d+)\)"
_CLAIM = re.compile(r"your (?P<name>[\w.]+) (?:passes this check|is right)")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class NoRepair(Exception):
    """A sentence claims a repair, and its words do not tell which."""


def claims(said: str) -> bool:
    """True if the words say that something would be right with a change."""
    return _CLAIM.search(said) is not None


def passing(said: str) -> str:
    """The name of what is said to pass."""
    match = _CLAIM.search(said)
    return match["name"] if match else ""


def repaired(source: str, said: str) -> list[str]:
    """The texts that the sentence may mean: one, or a few where its words leave a choice.

    Raises NoRepair where no rule reads the sentence, or the text has no such place.
    """
    for pattern, change in _RULES:
        match = re.search(pattern, said)
        if match:
            return list(change(source, match))
    raise NoRepair(f"nobody can tell which change is meant: {said}")


def _tree(source: str) -> ast.Module:
    quiet = "\n".join("" if line.startswith("%") else line for line in source.split("\n"))
    return ast.parse(quiet)


def _piece(text: str) -> ast.AST:
    """The part of a program that some words quote: an expression or a statement."""
    try:
        return ast.parse(text, mode="eval").body
    except SyntaxError:
        try:
            return ast.parse(text).body[0]
        except SyntaxError:
            raise NoRepair(f"`{text}` is no Python") from None


def _covers(node: ast.AST, line: int) -> bool:
    first = getattr(node, "lineno", None)
    return first is not None and first <= line <= (node.end_lineno or first)  # type: ignore[attr-defined]


def _same(node: ast.AST, other: ast.AST) -> bool:
    return type(node) is type(other) and _dump(node) == _dump(other)


def _dump(node: ast.AST) -> str:
    return re.sub(r"ctx=\w+\(\)", "", ast.dump(node))


def _changed(tree: ast.Module, instead: dict[int, ast.AST]) -> str:
    return ast.unparse(ast.fix_missing_locations(copy.deepcopy(tree, instead)))  # type: ignore[arg-type]


def _in_place_of(source: str, match: re.Match[str]) -> Iterator[str]:
    """One piece for another: in that line, or of a name wherever the function has it."""
    yield from _swapped(source, int(match["line"]), match["old"], match["new"])


def _swapped(source: str, line: int, old: str, new: str) -> Iterator[str]:
    tree = _tree(source)
    keyword = re.fullmatch(r"(\w+)=(.+)", old)
    if keyword and "==" not in old:
        yield from _other_keyword(tree, line, keyword, new)
        return
    was, now = _piece(old), _piece(new)
    found = [node for node in ast.walk(tree) if _covers(node, line) and _same(node, was)]
    attributes = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == old and _covers(node, line)
    ]
    keywords = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == old and _covers(node, line)
    ]
    if isinstance(was, ast.Name) and keywords and not found:
        yield _changed(tree, {id(node): ast.keyword(new, node.value) for node in keywords})
        return
    if isinstance(was, ast.Name) and attributes and not found:
        yield _changed(
            tree, {id(node): ast.Attribute(node.value, new, node.ctx) for node in attributes}
        )
        return
    if not found:
        raise NoRepair(f"line {line} has no `{old}`")
    whole = _changed(tree, {id(node): now for node in found})
    yield whole
    if isinstance(was, ast.Name | ast.Constant):
        function = _function_at(tree, line)
        yield _changed(tree, {id(node): now for node in ast.walk(function) if _same(node, was)})
    for node in found[:3] if len(found) > 1 else ():
        yield _changed(tree, {id(node): now})


def _everywhere(source: str, match: re.Match[str]) -> Iterator[str]:
    """One name for another in the whole definition of that line."""
    tree = _tree(source)
    outer = next(node for node in tree.body if _covers(node, int(match["line"])))
    yield _changed(
        tree,
        {
            id(node): ast.Name(match["new"], node.ctx)
            if isinstance(node, ast.Name)
            else ast.Attribute(node.value, match["new"], node.ctx)
            for node in ast.walk(outer)
            if (isinstance(node, ast.Name) and node.id == match["old"])
            or (isinstance(node, ast.Attribute) and node.attr == match["old"])
        },
    )


def _other_keyword(tree: ast.Module, line: int, old: re.Match[str], new: str) -> Iterator[str]:
    now = re.fullmatch(r"(\w+)=(.+)", new)
    if now is None:
        raise NoRepair(f"`{new}` does not stand in place of a keyword")
    changed = ast.keyword(now[1], ast.parse(now[2], mode="eval").body)
    places = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword)
        and _covers(node, line)
        and node.arg == old[1]
        and ast.unparse(node.value) == old[2]
    ]
    if not places:
        raise NoRepair(f"line {line} has no {old[0]}")
    for place in places:
        yield _changed(tree, {id(place): changed})


def _function_at(tree: ast.AST, line: int) -> ast.AST:
    inner = [n for n in ast.walk(tree) if isinstance(n, _FUNCTIONS) and _covers(n, line)]
    if not inner:
        raise NoRepair(f"line {line} is in no function")
    return max(inner, key=lambda node: node.lineno)  # type: ignore[attr-defined, no-any-return]


def _lines(source: str) -> list[str]:
    return source.split("\n")


def _powers(source: str, match: re.Match[str]) -> Iterator[str]:
    lines = _lines(source)
    at = int(match["line"]) - 1
    yield "\n".join([*lines[:at], lines[at].replace("^", "**"), *lines[at + 1 :]])


def _without_dtype(source: str, match: re.Match[str]) -> Iterator[str]:
    tree = _tree(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _same(node, _piece(match["old"])):
            now = copy.copy(node)
            now.keywords = [one for one in node.keywords if one.arg != "dtype"]
            yield _changed(tree, {id(node): now})


def _last_line(source: str, match: re.Match[str]) -> Iterator[str]:
    tree = _tree(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == match["function"]:
            now = copy.copy(node)
            now.body = [*node.body, *ast.parse(f"def f():\n    {match['new']}").body[0].body]  # type: ignore[attr-defined]
            yield _changed(tree, {id(node): now})


def _in_capitals(source: str, match: re.Match[str]) -> Iterator[str]:
    for name in match["names"].split(", "):
        source = re.sub(rf"\.{name}\b", f".{name}", source, flags=re.IGNORECASE)
    yield source


def _below_a_call(source: str, match: re.Match[str]) -> Iterator[str]:
    lines = _lines(source)
    at = int(match["line"]) - 1
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    both = [lines[at].replace("return ", "", 1), indent + match["new"]]
    yield "\n".join([*lines[:at], *both, *lines[at + 1 :]])


def _raised(source: str, match: re.Match[str]) -> Iterator[str]:
    lines = _lines(source)
    at = int(match["line"]) - 1
    yield "\n".join([*lines[:at], lines[at].replace("return", "raise"), *lines[at + 1 :]])


def _loop_at(tree: ast.Module, line: int) -> tuple[ast.AST, ast.For | ast.While]:
    function = _function_at(tree, line)
    loops = [
        node
        for node in function.body  # type: ignore[attr-defined]
        if isinstance(node, ast.For | ast.While) and _covers(node, line)
    ]
    if not loops:
        raise NoRepair(f"line {line} is in no loop")
    return function, loops[0]


def _moved(source: str, line: int, pieces: Sequence[str], *, before: bool) -> str:
    """Statements of a loop that now stand before or below it."""
    tree = _tree(source)
    function, loop = _loop_at(tree, line)
    texts = {ast.unparse(ast.parse(piece)) for piece in pieces}
    out = [statement for statement in loop.body if ast.unparse(statement) in texts]
    if not out:
        raise NoRepair(f"the loop of line {line} has no {pieces}")
    inner = copy.copy(loop)
    inner.body = [one for one in loop.body if one not in out]
    at = function.body.index(loop)  # type: ignore[attr-defined]
    whole = copy.copy(function)
    around = [*out, inner] if before else [inner, *out]
    whole.body = [*function.body[:at], *around, *function.body[at + 1 :]]  # type: ignore[attr-defined]
    return _changed(tree, {id(function): whole})


def _before_the_loop(source: str, match: re.Match[str]) -> Iterator[str]:
    yield _moved(source, int(match["line"]), match["old"].split("; "), before=True)


def _below_the_loop(source: str, match: re.Match[str]) -> Iterator[str]:
    yield _moved(source, int(match["line"]), [match["old"]], before=False)


def _handed_on(source: str, match: re.Match[str]) -> Iterator[str]:
    """The argument's name in the loop is the other one, which begins with the argument."""
    tree = _tree(source)
    function, loop = _loop_at(tree, int(match["line"]))
    now = ast.Name(match["new"], ast.Load())
    instead: dict[int, ast.AST] = {
        id(node): now
        for node in ast.walk(loop)
        if isinstance(node, ast.Name) and node.id == match["old"]
    }
    inner = copy.deepcopy(loop, instead)  # type: ignore[arg-type]
    begin = ast.parse(f"{match['new']} = {match['old']}").body[0]
    whole = copy.copy(function)
    at = function.body.index(loop)  # type: ignore[attr-defined]
    whole.body = [*function.body[:at], begin, inner, *function.body[at + 1 :]]  # type: ignore[attr-defined]
    yield _changed(tree, {id(function): whole})


def _one_of(source: str, match: re.Match[str]) -> Iterator[str]:
    tree = _tree(source)
    line = int(match["line"])
    loops = [
        node for node in ast.walk(tree) if isinstance(node, ast.For) and node.lineno == line
    ]
    now = ast.Name(match["new"], ast.Load())
    for loop in loops:
        yield _changed(
            tree,
            {
                id(node): now
                for statement in loop.body
                for node in ast.walk(statement)
                if isinstance(node, ast.Name) and node.id == match["old"]
            },
        )


def _exchanged(source: str, match: re.Match[str]) -> Iterator[str]:
    """Two parameters of a definition in each other's place."""
    tree = _tree(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == match["name"].split(".")[-1]:
            names = [argument.arg for argument in node.args.args]
            order = [name.strip() for name in match["order"].split(",")]
            if sorted(names) == sorted(order):
                now = copy.deepcopy(node)
                now.args.args = [now.args.args[names.index(name)] for name in order]
                yield _changed(tree, {id(node): now})


def _within(source: str, match: re.Match[str]) -> Iterator[str]:
    """Two names in each other's place wherever the function has them."""
    tree = _tree(source)
    other = {match["one"]: match["other"], match["other"]: match["one"]}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == match["name"].split(".")[-1]:
            yield _changed(
                tree,
                {
                    id(part): ast.Name(other[part.id], part.ctx)
                    for part in ast.walk(node)
                    if isinstance(part, ast.Name) and part.id in other
                },
            )


def _first_line(source: str, match: re.Match[str]) -> Iterator[str]:
    tree = _tree(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == match["name"]:
            now = copy.copy(node)
            now.body = [*ast.parse(match["new"]).body, *node.body]
            yield _changed(tree, {id(node): now})


def _collected(source: str, match: re.Match[str]) -> Iterator[str]:
    lines = _lines(source)
    at = int(match["line"]) - 1
    lines[at] = re.sub(r"yield (.*)", r"collected.append(\1)", lines[at])
    tree = _tree("\n".join(lines))
    function = _function_at(tree, at + 1)
    whole = copy.copy(function)
    begin, end = ast.parse("collected = []").body, ast.parse("def f():\n return collected").body
    whole.body = [*begin, *function.body, *end[0].body]  # type: ignore[attr-defined]
    yield _changed(tree, {id(function): whole})


def _with_self(source: str, match: re.Match[str]) -> Iterator[str]:
    """Names of a class's own, each with self. before it."""
    tree, names = _tree(source), match["names"].split(" and ")
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and _covers(node, int(match["line"])):
            yield _changed(
                tree,
                {
                    id(part): ast.Attribute(ast.Name("self", ast.Load()), part.id, part.ctx)
                    for part in ast.walk(node)
                    if isinstance(part, ast.Name) and part.id in names
                },
            )


def _in_a_block(tree: ast.Module, line: int, text: str) -> Iterator[tuple[ast.AST, ast.stmt]]:
    """The statement of that line that begins so, with what it stands in."""
    for block in ast.walk(tree):
        body = getattr(block, "body", ())
        for statement in body if isinstance(body, list) else ():  # a lambda's is no list
            if getattr(statement, "lineno", 0) == line and ast.unparse(statement).startswith(
                text
            ):
                yield block, statement


def _line_moved(source: str, match: re.Match[str]) -> Iterator[str]:
    """A line that stands below the loop above it, at the end of one, or before another line."""
    groups = match.groupdict()
    tree = _tree(source)
    for block, statement in _in_a_block(tree, int(match["line"]), match["old"]):
        body: list[ast.stmt] = block.body  # type: ignore[attr-defined]
        at = body.index(statement)
        rest = [one for one in body if one is not statement]
        if groups.get("before"):
            place = next(n for n, one in enumerate(rest) if ast.unparse(one) == match["before"])
            yield _changed(tree, {id(block): _of(block, rest, place, statement)})
        elif groups.get("below"):
            for outer in ast.walk(tree):
                if block in getattr(outer, "body", ()):
                    inner = copy.copy(block)
                    inner.body = rest  # type: ignore[attr-defined]
                    around = [inner if one is block else one for one in outer.body]  # type: ignore[attr-defined]
                    place = around.index(inner) + 1
                    yield _changed(tree, {id(outer): _of(outer, around, place, statement)})
        else:
            loop = copy.copy(body[at - 1])
            loop.body = [*loop.body, statement]  # type: ignore[attr-defined]
            rest[at - 1] = loop
            yield _changed(tree, {id(block): _of(block, rest)})


def _of(
    block: ast.AST, body: list[ast.stmt], at: int = 0, more: ast.stmt | None = None
) -> ast.AST:
    whole = copy.copy(block)
    whole.body = body if more is None else [*body[:at], more, *body[at:]]  # type: ignore[attr-defined]
    return whole


def _line_left_out(source: str, match: re.Match[str]) -> Iterator[str]:
    """A text without the line, or with nothing in its place where it is all of a block."""
    lines = _lines(source)
    at = int(match["line"]) - 1
    indent = lines[at][: len(lines[at]) - len(lines[at].lstrip())]
    yield "\n".join([*lines[:at], f"{indent}pass", *lines[at + 1 :]])


def _first_of_the_loop(source: str, match: re.Match[str]) -> Iterator[str]:
    """A line that stands before a loop, as the first of a loop below it."""
    tree = _tree(source)
    for block, statement in _in_a_block(tree, int(match["line"]), match["old"]):
        rest = [one for one in block.body if one is not statement]  # type: ignore[attr-defined]
        for place, loop in enumerate(rest):
            if isinstance(loop, ast.For | ast.While):
                inner = _of(loop, [statement, *loop.body])
                body = [*rest[:place], inner, *rest[place + 1 :]]
                yield _changed(tree, {id(block): _of(block, body)})  # type: ignore[list-item]


def _in_a_list(source: str, match: re.Match[str]) -> Iterator[str]:
    """What the rounds of a loop give, in a list that is returned as an array."""
    lines = _lines(source)
    at = int(match["line"]) - 1
    name = match["old"].partition(" ")[0]
    lines[at] = re.sub(rf"{name} = (.*)", r"collected.append(\1)", lines[at])
    tree = _tree("\n".join(lines))
    function = _function_at(tree, at + 1)
    begin = ast.parse("collected = []").body
    end = ast.parse("def f():\n return np.array(collected)").body[0].body  # type: ignore[attr-defined]
    body = [*begin, *function.body[:-1], *end]  # type: ignore[attr-defined]
    yield _changed(tree, {id(function): _of(function, body)})


def _own_keys(source: str, match: re.Match[str]) -> Iterator[str]:
    """A dictionary in which each key has the value of its name, where there is one."""
    tree = _tree(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict) and node.lineno == int(match["line"]):
            names = {part.id for part in ast.walk(tree) if isinstance(part, ast.Name)}
            yield _changed(
                tree,
                {
                    id(value): ast.Name(key.value, ast.Load())
                    for key, value in zip(node.keys, node.values, strict=True)
                    if isinstance(key, ast.Constant) and key.value in names
                },
            )


def _with_an_f(source: str, match: re.Match[str]) -> Iterator[str]:
    """The texts with braces in the function of that line, with an f before them."""
    tree = _tree(source)
    function = _function_at(tree, int(match["line"]))
    yield _changed(
        tree,
        {
            id(part): ast.parse(f"f{part.value!r}", mode="eval").body
            for part in ast.walk(function)
            if isinstance(part, ast.Constant) and "{" in str(part.value)
        },
    )


Change = Callable[[str, re.Match[str]], Iterator[str]]
_RIGHT = r"your [\w.]+ (?:passes this check|is right)"
_QUOTED_OLD, _QUOTED_NEW = r"`(?P<old>[^`]+)`", r"`(?P<new>[^`]+)`"

# The first that fits is taken.
_RULES: Sequence[tuple[str, Change]] = (
    (r"^Capital letters count: with (?P<names>[\w, ]+), first in line", _in_capitals),
    (rf"`return (?P<old>[^`]+)` {_WHERE} gives back what.*With {_QUOTED_NEW}", _below_a_call),
    (rf"{_QUOTED_OLD} {_WHERE} overwrites what the function was given", _line_left_out),
    (rf"{_QUOTED_OLD} below `[^`]+` ends the loop early {_WHERE}", _line_left_out),
    (
        rf"{_QUOTED_OLD} {_WHERE} happens once, before the loop\. As the loop's first",
        _first_of_the_loop,
    ),
    (rf"{_QUOTED_OLD} {_WHERE} keeps what the last round gives", _in_a_list),
    (rf"In {_QUOTED_OLD} {_WHERE} a key holds what belongs to another", _own_keys),
    (rf"With an f there {_WHERE}", _with_an_f),
    (
        rf"(?P<old>\S+) stays the same {_WHERE}\. With (?P<new>\S+) in place of",
        _in_place_of,
    ),
    (rf"\^ is no power.*{_WHERE}", _powers),
    (rf"{_QUOTED_OLD} {_WHERE}.*Without its dtype, {_RIGHT}", _without_dtype),
    (rf"(?P<function>\w+) gives nothing back\. With {_QUOTED_NEW} as its last", _last_line),
    (rf"is returned {_WHERE}.*With raise in place of return", _raised),
    (rf"{_QUOTED_OLD} {_WHERE} begins again in each round\. Before the loop", _before_the_loop),
    (rf"{_QUOTED_OLD} {_WHERE} stands inside.*Below the loop", _below_the_loop),
    (
        rf"begins with (?P<old>\w+) again {_WHERE}\. With (?P<new>\w+) in its place",
        _handed_on,
    ),
    (
        rf"The loop {_WHERE} goes through (?P<old>\w+), and (?P<new>\w+) is one of it",
        _one_of,
    ),
    (rf"A `yield` {_WHERE}", _collected),
    (
        rf"^(?P<names>[\w ]+) belong to the object: with self\. before each of them {_WHERE}",
        _with_self,
    ),
    (rf"{_QUOTED_OLD} {_WHERE} stands below the loop\. As the loop's last line", _line_moved),
    (
        rf"{_QUOTED_OLD} {_WHERE} is the last line of a loop\. (?P<below>Below) that",
        _line_moved,
    ),
    (
        rf"order of the lines: with {_QUOTED_OLD} {_WHERE} before `(?P<before>[^`]+)`",
        _line_moved,
    ),
    (
        r"in each other's place, your (?P<name>[\w.]+) is right: the text's order is "
        r"[\w.]+\((?P<order>[^)]*)\)",
        _exchanged,
    ),
    (
        r"(?P<one>\w+) and (?P<other>\w+) have changed places within (?P<name>[\w.]+):",
        _within,
    ),
    (
        r"With the line (?P<new>\w+ = [\w.\[\]]+) at its beginning, your (?P<name>\w+)",
        _first_line,
    ),
    (
        rf"[Ww]ith {_QUOTED_NEW} in place of {_QUOTED_OLD} {_WHERE}",
        _in_place_of,
    ),
    (
        r"Did you mean (?P<new>\S+)\? With it in place of every (?P<old>\S+), first in "
        r"line (?P<line>\d+)",
        _everywhere,
    ),
    (
        rf"Did you mean (?:the key )?(?P<new>\S+)\? With it in place of (?P<old>\S+) {_WHERE}",
        _in_place_of,
    ),
    (
        rf"^(?P<old>\w+) belongs to the object: with (?P<new>\S+) in its place {_WHERE}",
        _in_place_of,
    ),
    (
        rf"[Ww]ith (?P<new>\S+) in place of (?P<old>\S+) {_WHERE}",
        _in_place_of,
    ),
    (
        rf"{_QUOTED_OLD}[^`]*? {_WHERE}.*[Ww]ith {_QUOTED_NEW} in its place",
        _in_place_of,
    ),
)
