"""The checks that a change of the reference can reach: the others run the reference's own code.

A known submission over the reference changes a function or two. A check that asks for nothing
which leads to them gets the verdict of the reference, as everything runs on the same draws. To
train a network once more for each would take most of a proof's time.
"""

from __future__ import annotations

import ast
import types
from collections.abc import Iterator, Sequence
from typing import Any

from autograder.answers.callgraph import Definition
from autograder.answers.changes import Source
from autograder.authoring import Check
from autograder.model import Submission
from autograder.solution.signatures import parsed

# What looks names up by their text may lead anywhere.
_LOOKING_UP = frozenset({"exec", "eval", "globals", "vars", "locals", "getattr", "__import__"})


def reached(
    checks: Sequence[Check], reference: Source, submission: Submission
) -> tuple[str, ...]:
    """The ids of the checks whose verdict may be another than the reference's.

    All of them, unless the submission is the reference with plain definitions below it, each
    of a function or class that is there above or that another definition mentions, and with
    imports and other names for what is there.
    """
    every = tuple(check.id for check in checks)
    below = _below(reference, submission)
    if below is None:
        return every
    above = [node for node in reference.statements if isinstance(node, Definition)]
    mentions = {node.name: set(_words(node)) for node in above}
    known = set(mentions)
    changed = set()
    for node in below:
        bound = set(_bound(node))
        changed |= bound
        mentions |= {name: set(_words(node)) for name in bound}
        if not isinstance(node, Definition):
            known |= bound
    known = known.union(*mentions.values())
    if not changed <= known or any(_LOOKING_UP & words for words in mentions.values()):
        return every
    return tuple(
        check.id
        for check in checks
        if changed & _led_to({check.of.partition(".")[0], *_asked_for(check.probe)}, mentions)
    )


def _below(reference: Source, submission: Submission) -> list[ast.stmt] | None:
    """The statements below the reference's text; None where one of them may act."""
    try:
        body = [node for cell in submission.cells for node in parsed(cell.source).body]
    except (SyntaxError, ValueError):
        return None
    above, below = body[: len(reference.statements)], body[len(reference.statements) :]
    if [ast.dump(node) for node in above] != [ast.dump(node) for node in reference.statements]:
        return None
    rest = [node for node in below if not _is_text(node)]
    return rest if all(map(_is_plain, rest)) else None


def _bound(node: ast.stmt) -> Iterator[str]:
    """The names that a plain statement gives to something."""
    if isinstance(node, Definition):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        for one in node.names:
            yield one.asname or one.name.partition(".")[0]
    elif isinstance(node, ast.Assign):
        yield from (one.id for one in node.targets if isinstance(one, ast.Name))


def _is_plain(node: ast.stmt) -> bool:
    """True if nothing happens where it stands but that its names have a meaning."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return all(one.name != "*" for one in node.names)
    if isinstance(node, ast.Assign):
        return all(isinstance(one, ast.Name) for one in (*node.targets, node.value))
    if not isinstance(node, Definition):
        return False
    if node.decorator_list:
        return False
    if isinstance(node, ast.ClassDef):
        return not node.keywords and all(
            _is_text(one) or (isinstance(one, ast.FunctionDef) and _is_plain(one))
            for one in node.body
        )
    defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
    return all(isinstance(one, ast.Constant) for one in defaults)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _words(node: ast.AST) -> Iterator[str]:
    """The names and the texts in a definition."""
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            yield one.id
        elif isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def _asked_for(probe: Any) -> set[str]:
    """The names and texts in a probe, and in the functions of its file that it calls."""
    found: set[str] = set()
    waiting: list[Any] = [getattr(probe, "__code__", None)]
    home = getattr(probe, "__globals__", {})
    seen: set[types.CodeType] = set()
    while waiting:
        code = waiting.pop()
        if isinstance(code, str):
            found.add(code)
        elif isinstance(code, (tuple, frozenset)):
            waiting += code
        if not isinstance(code, types.CodeType) or code in seen:
            continue
        seen.add(code)
        waiting += code.co_consts
        found.update(code.co_names)
        for name in code.co_names:
            own = home.get(name)
            if isinstance(own, types.FunctionType) and own.__globals__ is home:
                waiting.append(own.__code__)
    return found


def _led_to(names: set[str], mentions: dict[str, set[str]]) -> set[str]:
    """These names, and all that their definitions mention, at whatever depth."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += mentions.get(name, ())
    return found
