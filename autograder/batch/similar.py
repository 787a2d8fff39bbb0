"""Pairs of submissions worth a look: much rare code in common, or rare wrong answers.

Code is compared by its tokens: remarks, layout and the names of variables do not count, and the
order of functions and cells hardly does. Every run of `RUN` tokens is a fragment. What was
handed out counts nothing, what many have written counts little. Nothing is parsed or run.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Name, String

from autograder.export.model import Row
from autograder.gradebook.groups import group_of
from autograder.model import Cell

RUN = 14  # tokens of a fragment
OPEN, CLOSED = frozenset("([{"), frozenset(")]}")
PLAIN = frozenset("()[],:;")  # what ways of writing the same differ in most
LONGEST_LINE = 1_000
SHARED_BY = 0.4  # of the class: what more of it have in common tells nothing of two
FEW = 4  # students: in a small class, what so many share still tells something
LONGEST = 100_000  # characters of a submission that are looked at
FIGURES = (
    "These are figures, and no accusation: people who learn together, or from one book, write "
    "alike. Read both before you think of anybody."
)
SAID = 3  # functions that are named of a pair

Floats = NDArray[np.float64]
Key = TypeVar("Key")


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """A wrong answer that both gave, and few others.

    name       of the misconception, or of the group of equal answers.
    students   how many of the class gave it, these two included.
    """

    check: str
    name: str
    students: int

    @property
    def said(self) -> str:
        """ "double as double__squared, like 3 others"."""
        others = self.students - 2
        like = {0: "like nobody else", 1: "like 1 other"}.get(others, f"like {others} others")
        return f"{self.check} as {self.name}, {like}"


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Two students, and what they have in common.

    code      0 to 1: how much of the rarer code of the one is the other's, too.
    where     the functions that most of it stands in.
    answers   rare wrong answers that both gave.
    score     what pairs are sorted by: `code`, and what the answers add.
    """

    students: tuple[str, str]
    code: float
    where: tuple[str, ...]
    answers: tuple[Shared, ...]
    score: float


def similar(
    code: Mapping[str, Sequence[Cell]],
    handed_out: Sequence[Sequence[Cell]],
    rows: Sequence[Row],
    most: int,
) -> list[Pair]:
    """The pairs of a class that have most in common, at most so many; the first has most.

    code         what counts of each student.
    handed_out   the stub in its forms.
    rows         the gradings that count, for the answers.
    """
    stub = {one for cells in handed_out for one in fragments(cells)}
    found = {
        who: {one: where for one, where in fragments(cells).items() if one not in stub}
        for who, cells in code.items()
    }
    gave = _answers(rows)
    names = sorted({*found, *(row.student for row in rows)})
    place = {who: number for number, who in enumerate(names)}
    worth = _worth(found)
    share = _shares(found, worth, place)
    most_told = 4 * math.log(max(len(rows), 2))
    told = {one: math.log(len(rows) / len(who)) / most_told for one, who in gave.items()}
    score = np.round(share + _summed(gave, told, place), 4)
    # The first of two is the row: each pair once, by its score and then by its names.
    firsts, seconds = np.nonzero(np.triu(score, 1))
    order = np.lexsort((seconds, firsts, -score[firsts, seconds]))[:most]
    return [
        Pair(
            students=(names[one], names[other]),
            code=round(float(share[one, other]), 4),
            where=_where(found, worth, (names[one], names[other])),
            answers=tuple(
                Shared(check=check, name=name, students=len(who))
                for (check, name), who in gave.items()
                if {names[one], names[other]} <= {*who}
            ),
            score=float(score[one, other]),
        )
        for one, other in zip(firsts[order].tolist(), seconds[order].tolist(), strict=True)
    ]


def fragments(cells: Sequence[Cell]) -> dict[int, str]:
    """Each fragment of a submission, as a number, and the function that it stands in."""
    found: dict[int, str] = {}
    text = "\n\n".join(cell.source for cell in cells)[:LONGEST]
    # Spaces around lines tell nothing here. Many of them, or a long line, take the lexer long.
    lines = (line.strip()[:LONGEST_LINE] for line in text.split("\n"))
    text = "\n".join(filter(None, lines))
    tokens = [(word, line.function) for line in _lines(text) for word in line.words]
    for place in range(len(tokens) - RUN + 1):
        run = tokens[place : place + RUN]
        said = "\0".join(word for word, _ in run).encode("utf-8", "replace")
        found.setdefault(zlib.crc32(said), run[0][1])
    return found


@dataclass
class _Line:
    """The words of a line that tell something, and the function that it stands in.

    raw   all words of it as they are written.
    """

    function: str = ""
    words: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)


def _lines(text: str) -> Iterator[_Line]:
    """The lines that do something: none that names what nothing uses."""
    lines = list(_read(text))
    used = Counter((line.function, word) for line in lines for word in line.raw)
    for line in lines:
        idle = line.raw[:2] in (["if", "False"], ["if", "0"]) or (
            line.raw[1:2] == ["="] and used[line.function, line.raw[0]] == 1
        )
        if not idle:
            yield line


def _read(text: str) -> Iterator[_Line]:
    """The lines, a call over several of them as one.

    The name of a variable is no more than that it is one; one behind a dot is a library's.
    """
    line, before, depth = _Line(), "", 0
    for kind, word in PythonLexer().get_tokens(text):
        said = word.strip()
        if not said and "\n" in word and depth <= 0:
            yield line
            line, depth = _Line(line.function), 0
        if not said or kind in Comment or kind in String.Doc:
            continue
        if kind in Name.Function:
            line.function = said
        line.raw.append(said)
        depth += (said in OPEN) - (said in CLOSED)
        if kind in String:
            said = "'"
        elif kind in Name and before != "." and kind not in Name.Builtin:
            said = "x"
        before = line.raw[-1]
        if said not in PLAIN:
            line.words.append(said)
    yield line


def _had_by(found: Mapping[str, Mapping[int, str]]) -> dict[int, list[str]]:
    """The students who have each fragment."""
    had_by: dict[int, list[str]] = defaultdict(list)
    for who, fragments_ in found.items():
        for one in fragments_:
            had_by[one].append(who)
    return had_by


def _worth(found: Mapping[str, Mapping[int, str]]) -> dict[int, float]:
    """The weight of each fragment: the fewer have it, the more; no weight where many do."""
    ceiling = max(FEW, SHARED_BY * len(found))
    return {
        one: math.log((len(found) + 1) / len(who))
        for one, who in _had_by(found).items()
        if len(who) <= ceiling
    }


def _shares(
    found: Mapping[str, Mapping[int, str]],
    worth: Mapping[int, float],
    place: Mapping[str, int],
) -> Floats:
    """The share of the rarer code of the one that the other has, (students, students)."""
    total = np.zeros(len(place))
    for who, fragments_ in found.items():
        total[place[who]] = sum(worth.get(one, 0.0) for one in fragments_)
    # One fragment of two is chance: of little code a share says little.
    usual = np.sort(total[[place[who] for who in found]])[len(found) // 2] if found else 0.0
    least = np.maximum(np.minimum.outer(total, total), max(usual / 4, 1e-9))
    had_by = {one: who for one, who in _had_by(found).items() if one in worth}
    return _summed(had_by, worth, place) / least


def _summed(
    had_by: Mapping[Key, Sequence[str]], worth: Mapping[Key, float], place: Mapping[str, int]
) -> Floats:
    """For each two, the worth of what both have, (students, students)."""
    found = np.zeros((len(place), len(place)))
    for one, who in had_by.items():
        if len(who) > 1:
            numbers = np.array([place[each] for each in who])
            found[numbers[:, None], numbers] += worth[one]
    return found


def _where(
    found: Mapping[str, Mapping[int, str]], worth: Mapping[int, float], two: tuple[str, str]
) -> tuple[str, ...]:
    """The functions of the first in which most of the common code stands."""
    mine, theirs = (found.get(who, {}) for who in two)
    places = Counter(where for one, where in mine.items() if one in theirs and one in worth)
    return tuple(name for name, _ in places.most_common(SAID) if name)


def _answers(rows: Sequence[Row]) -> dict[tuple[str, str], list[str]]:
    """The students who gave each of the rare wrong answers, by its check and its name."""
    gave: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.student):
        for verdict in row.report.checks:
            name = verdict.diagnosis.id if verdict.diagnosis else group_of(verdict)
            if name:
                gave[verdict.id, name].append(row.student)
    ceiling = max(FEW, SHARED_BY * len(rows)) / 2
    return {one: who for one, who in gave.items() if 2 <= len(who) <= ceiling}
