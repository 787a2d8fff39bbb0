"""Copies in disguise are found among independent work, at least as well as by a library.

A class is made of the functions that an assignment's known submissions define. Some of it is
copied, in each of six disguises. All pairs are ranked, and the list is cut where nine of ten
are copies. What counts is how many of the copies are in it: recall at equal precision.
"""

from __future__ import annotations

import ast
import importlib.util
import io
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

from autograder import submissions
from autograder.batch.similar import similar
from autograder.course import course
from autograder.errors import IntakeError
from autograder.model import Cell
from tests.disguises import DISGUISES, comments, names, order
from tests.law.figures import Figure

ASSIGNMENTS = ("assignment3", "assignment4")
CLASS, COPIES = 60, 8  # honest students; copies in each disguise, of as many originals
SHORT = 24, 3
OWN = 0.6  # of the functions of an honest student are written in a way of their own
PRECISION = 0.9
COPIED = 0.6  # of the functions of a copy; the rest is honest


def figures(full: bool) -> Iterator[Figure]:
    """For each disguise, the copies found."""
    here = course.load(Path(__file__).parents[2])
    ours: dict[str, list[bool]] = defaultdict(list)
    theirs: dict[str, list[bool]] = defaultdict(list)
    for name in ASSIGNMENTS if full else ASSIGNMENTS[:1]:
        assignment = here.assignment(name)
        assert assignment.reference is not None
        handed_out = submissions.read(assignment.folder / f"{assignment.module}.py").cells
        pool = _pool(assignment.reference / "submissions")
        members, copies = _class(pool, *(CLASS, COPIES) if full else SHORT, random.Random(name))
        found = similar(members, [handed_out], (), len(members) ** 2)
        _count(ours, {pair.students: pair.code for pair in found}, copies)
        if (scores := _copydetect(members, handed_out)) is not None:
            _count(theirs, scores, copies)
    every = [hit for hits in ours.values() for hit in hits]
    yield Figure(
        "copies found, in any disguise",
        f"{sum(every)} of {len(every)}",
        "at least half",
        sum(every) >= len(every) / 2,
    )
    for disguise, hits in ours.items():
        other = theirs.get(disguise)
        said = f"; copydetect {sum(other)}" if other else "; copydetect is not installed"
        yield Figure(
            f"copies found, {disguise}",
            f"{sum(hits)} of {len(hits)}{said}",
            "at least as many as copydetect",
            sum(hits) >= sum(other or ()),
        )


def _pool(folder: Path) -> dict[str, list[str]]:
    """For each function, the ways in which the known submissions write it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for path in sorted(folder.iterdir()):
        if path.suffix not in (".py", ".ipynb"):
            continue
        try:
            text = "\n\n".join(cell.source for cell in submissions.read(path).cells)
            tree = ast.parse(text)
        except (IntakeError, SyntaxError, ValueError):
            continue
        for node in tree.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found[node.name].setdefault(ast.dump(node), ast.unparse(node))
    return {name: [*ways.values()] for name, ways in found.items() if len(ways) > 2}


def _class(
    pool: Mapping[str, Sequence[str]], honest: int, copies: int, rng: random.Random
) -> tuple[dict[str, list[Cell]], dict[tuple[str, str], str]]:
    """Honest students and copies: what each handed in, and the disguise of each copied pair."""
    parts = {f"s{n:03}": _honest(pool, rng) for n in range(honest)}
    members = {who: [Cell(_joined(functions))] for who, functions in parts.items()}
    originals = iter(rng.sample(sorted(parts), min(len(parts), copies * len(DISGUISES))))
    copied = {}
    for disguise, change in DISGUISES.items():
        for n, who in zip(range(copies), originals, strict=False):
            own = _honest(pool, rng)
            taken = rng.sample(sorted(own), round(COPIED * len(own)))
            changed = change(_joined(own | {one: parts[who][one] for one in taken}), rng)
            cells = [changed] if isinstance(changed, str) else changed
            copy = f"t{n:03} {disguise}"
            members[copy] = [Cell(cell, f"cell {k}") for k, cell in enumerate(cells)]
            copied[who, copy] = disguise
    return members, copied


def _joined(functions: Mapping[str, str]) -> str:
    return "\n\n".join(("import numpy as np", *functions.values())) + "\n"


def _honest(pool: Mapping[str, Sequence[str]], rng: random.Random) -> dict[str, str]:
    """One way for each function, and some of them in a way that nobody else has."""
    found = {}
    for name, ways in pool.items():
        text = rng.choice(ways)
        if rng.random() < OWN:
            for change in rng.sample((names, order, comments), 2):
                text = change(text, rng)
            text = _habits(text, rng)
        found[name] = text
    return found


def _habits(text: str, rng: random.Random) -> str:
    """Forms that people choose between without thinking."""
    for one, other in (
        (r"\.T\b", ".transpose()"),
        (r"\bnp\.dot\(", "np.matmul("),
        (r"keepdims=True", "keepdims=1"),
        (r"\b1 - ", "1.0 - "),
        (r"\.shape\[1\]", ".shape[-1]"),
        (r"\.shape\[0\]", ".shape[-2]"),
        (r"\n    return (?=[^\n]*$)", "\n    print()\n    return "),
    ):
        if rng.random() < 0.4:
            text = re.sub(one, other, text)
    return text


def _count(
    hits: dict[str, list[bool]],
    scores: Mapping[tuple[str, str], float],
    copied: Mapping[tuple[str, str], str],
) -> None:
    """Of each copy, whether it is in the longest list of which `PRECISION` are copies."""
    ranked = sorted(scores, key=lambda pair: (-scores[pair], pair))
    right, listed = 0, 0
    for place, pair in enumerate(ranked, 1):
        right += pair in copied
        listed = place if right >= PRECISION * place else listed
    shown = set(ranked[:listed])
    for pair, disguise in copied.items():
        hits[disguise].append(pair in shown)


def _copydetect(
    members: Mapping[str, Sequence[Cell]], handed_out: Sequence[Cell]
) -> dict[tuple[str, str], float] | None:
    """What copydetect says of each pair; None where it is not installed."""
    if importlib.util.find_spec("copydetect") is None:
        return None
    from copydetect import CodeFingerprint, compare_files

    def prints(cells: Sequence[Cell], boilerplate: Sequence[int] = ()) -> CodeFingerprint:
        text = "\n\n".join(cell.source for cell in cells)
        return CodeFingerprint("a.py", 25, 1, boilerplate, fp=io.StringIO(text))

    stub = sorted(prints(handed_out).hashes)
    known = {who: prints(cells, stub) for who, cells in members.items()}
    found = {}
    for one, other in combinations(sorted(members), 2):
        _, (share, back), _ = compare_files(known[one], known[other])
        found[one, other] = max(share, back)
    return found
