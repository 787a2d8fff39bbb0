"""A mistake as a change of the reference's text: one piece of a function, replaced.

Two such changes of one function make a third mistake where they do not overlap, which is how
two mistakes in one function are recognised (`paired`).
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from autograder.authoring import Misconception
from autograder.errors import CourseError

MOST_PAIRS = 500  # of one function; the rest is not looked at

Change = tuple[str, str]  # a piece of the function's text, and what stands there instead
_JOINT = " + "


def changed(source: str, of: str, changes: Sequence[Change]) -> str:
    """The definition of `of` in a source, with the changes made.

    Raises CourseError for a piece that does not stand in it exactly once, docstrings aside, and
    for two pieces that overlap.
    """
    text, documented = _definition(source, of)
    spans = []
    for piece, instead in changes:
        places = [at for at in _places(text, piece) if not _within(at, documented)]
        if len(places) != 1:
            raise CourseError(f"{of} holds {piece!r} {len(places)} times; once is needed.")
        spans.append((places[0], places[0] + len(piece), instead))
    spans.sort()
    for one, other in itertools.pairwise(spans):
        if one[1] > other[0]:
            raise CourseError(f"Two changes of {of} overlap.")
    for start, end, instead in reversed(spans):
        text = text[:start] + instead + text[end:]
    return text


def paired(
    source: str, misconceptions: Mapping[str, Misconception], of: str
) -> dict[str, tuple[Misconception, Misconception]]:
    """Every two changes of a function that can both be made, in the order of the source.

    Of a class, those of one method: each is checked by itself.
    """
    known = [wrong for wrong in misconceptions.values() if wrong.of == of and wrong.changes]
    found = {}
    begins = {wrong.id: _begin(source, wrong) for wrong in known}
    for one, other in itertools.combinations(known, 2):
        try:
            changed(source, of, (*one.changes, *other.changes))
        except CourseError:
            continue
        first, second = sorted((one, other), key=lambda wrong: begins[wrong.id])
        if _method(source, of, begins[first.id]) != _method(source, of, begins[second.id]):
            continue
        found[_JOINT.join((first.id, second.id))] = (first, second)
        if len(found) == MOST_PAIRS:
            break
    return found


def members(name: str) -> list[str]:
    """The misconceptions of a pair; of a single one itself."""
    return name.split(_JOINT)


def _begin(source: str, wrong: Misconception) -> int:
    text, documented = _definition(source, wrong.of)
    return min(
        next(at for at in _places(text, piece) if not _within(at, documented))
        for piece, _ in wrong.changes
    )


def _method(source: str, of: str, at: int) -> int:
    """Which `def` of a definition a place in its text belongs to, as a number."""
    return _definition(source, of)[0].count("def ", 0, at)


@lru_cache(maxsize=256)
def _definition(source: str, of: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of a definition, and the spans of its docstrings in it."""
    for node in _parsed(source).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == of:
            lines = source.splitlines(keepends=True)
            text = "".join(lines[node.lineno - 1 : node.end_lineno])
            return text, tuple(_docstrings(node, lines))
    raise CourseError(f"The reference defines nothing called {of!r}.")


@lru_cache(maxsize=16)
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


def _docstrings(
    node: ast.FunctionDef | ast.ClassDef, lines: Sequence[str]
) -> Iterator[tuple[int, int]]:
    first = node.lineno - 1
    for inner in ast.walk(node):
        if not isinstance(inner, (ast.FunctionDef, ast.ClassDef)) or not inner.body:
            continue
        top = inner.body[0]
        if isinstance(top, ast.Expr) and isinstance(top.value, ast.Constant):
            begin = sum(map(len, lines[first : top.lineno - 1]))
            yield begin, sum(map(len, lines[first : top.end_lineno]))


def _places(text: str, piece: str) -> list[int]:
    places = []
    at = text.find(piece)
    while at >= 0:
        places.append(at)
        at = text.find(piece, at + 1)
    return places


def _within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)
