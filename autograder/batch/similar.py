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
from itertools import combinations

import msgspec
from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Name, String

from autograder.export.model import Row
from autograder.gradebook.groups import group_of
from autograder.model import Cell

RUN = 14  # tokens of a fragment
OPEN, CLOSED = frozenset("([{"), frozenset(")]}")
PLAIN = frozenset("()[],:;")  # what ways of writing the same differ in most
SHARED_BY = 0.4  # of the class: what more of it have in common tells nothing of two
FEW = 4  # students: in a small class, what so many share still tells something
LONGEST = 100_000  # characters of a submission that are looked at
FIGURES = (
    "These are figures, and no accusation: people who learn together, or from one book, write "
    "alike. Read both before you think of anybody."
)
SAID = 3  # functions that are named of a pair


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """A wrong answer that both gave, and few others.

    name       of the misconception, or of the group of equal answers.
    students   how many of the class gave it, these two included.
    """

    check: str
    name: str
    students: int


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
    alike = _code(found)
    answers = _answers(rows)
    pairs = []
    for two in alike.keys() | answers.keys():
        share, where = alike.get(two, (0.0, ()))
        shared = answers.get(two, ())
        added = sum(math.log(len(rows) / one.students) for one in shared)
        worth = added / (4 * math.log(max(len(rows), 2)))
        pairs.append(
            Pair(
                students=two,
                code=round(share, 4),
                where=where,
                answers=tuple(shared),
                score=round(share + worth, 4),
            )
        )
    return sorted(pairs, key=lambda pair: (-pair.score, pair.students))[:most]


def fragments(cells: Sequence[Cell]) -> dict[int, str]:
    """Each fragment of a submission, as a number, and the function that it stands in."""
    found: dict[int, str] = {}
    text = "\n\n".join(cell.source for cell in cells)[:LONGEST]
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


def _code(
    found: Mapping[str, Mapping[int, str]],
) -> dict[tuple[str, str], tuple[float, tuple[str, ...]]]:
    """Of each two with rare code in common, how much, and where it stands."""
    had_by: dict[int, list[str]] = defaultdict(list)
    for who, fragments_ in sorted(found.items()):
        for one in fragments_:
            had_by[one].append(who)
    ceiling = max(FEW, SHARED_BY * len(found))
    worth = {
        one: math.log((len(found) + 1) / len(who))
        for one, who in had_by.items()
        if len(who) <= ceiling
    }
    total = {
        who: sum(worth.get(one, 0.0) for one in fragments_) for who, fragments_ in found.items()
    }
    shared: dict[tuple[str, str], float] = defaultdict(float)
    places: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one, value in worth.items():
        for two in combinations(had_by[one], 2):
            shared[two] += value
            places[two][found[two[0]][one]] += 1
    # One fragment of two is chance: of little code a share says little.
    usual = sorted(total.values())[len(total) // 2] if total else 0.0
    return {
        two: (
            value / max(min(total[two[0]], total[two[1]]), usual / 4, 1e-9),
            tuple(name for name, _ in places[two].most_common(SAID) if name),
        )
        for two, value in shared.items()
    }


def _answers(rows: Sequence[Row]) -> dict[tuple[str, str], list[Shared]]:
    """Of each two, the rare wrong answers that both gave."""
    gave: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.student):
        for verdict in row.report.checks:
            name = verdict.diagnosis.id if verdict.diagnosis else group_of(verdict)
            if name:
                gave[verdict.id, name].append(row.student)
    ceiling = max(FEW, SHARED_BY * len(rows)) / 2
    found: dict[tuple[str, str], list[Shared]] = defaultdict(list)
    for (check, name), who in gave.items():
        if 2 <= len(who) <= ceiling:
            for two in combinations(who, 2):
                found[two].append(Shared(check=check, name=name, students=len(who)))
    return found
