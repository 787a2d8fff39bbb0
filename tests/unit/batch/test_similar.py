"""What two submissions have in common: rare code, and rare wrong answers."""

from __future__ import annotations

import random
import time

import pytest

from autograder.batch.similar import FEW, fragments, similar
from autograder.model import Cell, Diagnosis, Evidence
from tests.disguises import DISGUISES
from tests.unit.batch.test_review import row, verdict

WORK = '''import numpy as np

def forward(X, parameters):
    """Forward."""
    values = [np.tanh(X @ parameters[k]) for k in sorted(parameters)]
    total = np.zeros_like(X)
    scale = 0.37 * np.linalg.norm(X) + np.exp(-np.abs(X).mean())
    for step in range(len(values)):
        total = total + scale * values[step] / (1.5 + step)
        total = np.clip(total, -7.25, 7.25)
    spread = np.log1p(np.abs(total - np.median(total, axis=0, keepdims=True)))
    return spread.sum(axis=1), {"spread": spread, "total": total}

def backward(cache, Y):
    residual = np.where(Y > 0.25, cache["spread"] - Y, Y * 0.125)
    curve = residual ** 3 - np.sqrt(np.abs(residual)) + np.cumsum(residual, axis=1)
    return np.einsum("ij,ik->jk", curve, cache["total"]) / np.prod(Y.shape)
'''
OTHER = """import numpy as np

def forward(X, parameters):
    out = X
    for key, weight in parameters.items():
        out = np.maximum(0.01 * out, out.dot(weight)) - 3 * np.sign(weight).sum()
    return out.max(axis=0), dict(out=out, first=next(iter(parameters)))

def backward(cache, Y):
    if Y.ndim != 2:
        raise ValueError("two axes")
    gap = cache["out"] - Y.reshape(cache["out"].shape)
    return {"gap": gap.T @ gap, "mean": float(np.nanmean(gap * gap))}
"""


def shares(*members: str | list[str], stub: str = "") -> dict[tuple[str, str], float]:
    """What each two of "0", "1", … have in common."""
    code = {
        str(n): [Cell(cell) for cell in ([one] if isinstance(one, str) else one)]
        for n, one in enumerate(members)
    }
    return {p.students: p.code for p in similar(code, [[Cell(stub)]], (), 99)}


@pytest.mark.parametrize("disguise", sorted(DISGUISES))
def test_a_copy_in_disguise_has_more_in_common_than_other_work(disguise):
    """Other names, another order, remarks, loops, idle lines, a notebook's cells."""
    copy = DISGUISES[disguise](WORK, random.Random(3))
    found = shares(WORK, copy, OTHER)
    assert found["0", "1"] > 0.3
    assert found.get(("0", "2"), 0) < 0.1 * found["0", "1"]


def test_what_was_handed_out_counts_nothing():
    """And neither does what many have."""
    assert shares(WORK, WORK, stub=WORK) == {}
    assert shares(WORK, WORK, OTHER)["0", "1"] == 1
    assert shares(*[WORK] * (FEW + 1)) == {}


def test_rare_wrong_answers_that_both_gave():
    """With how many others gave them; what everybody gets wrong tells nothing."""
    common = verdict("f", 0, diagnosis=Diagnosis("f__sum", "Use the mean."))
    rare = verdict("g", 0, evidence=(Evidence("", "1", "2"),))
    rows = [row(f"s{n}", common, rare if n < 2 else verdict("g", 10)) for n in range(9)]
    [pair] = similar({}, [], rows, 9)
    assert pair.students == ("s0", "s1")
    [answer] = pair.answers
    assert answer.said == f"g as {answer.name}, like nobody else"
    assert pair.score > 0


def test_no_text_is_too_odd():
    """Broken, empty and deep text is compared like any other; nothing is run."""
    for text in (
        "",
        "def f(:\n  return ((((",
        "(" * 5000,
        ("\t" * 5000 + "\n") * 20,  # which a lexer takes minutes for
        "\ud800 'x",
        "raise SystemExit\n" * 99,
    ):
        fragments([Cell(text)])


@pytest.mark.parametrize("piece", ['"\\N{', "a.", '"%(', "@", "(", "match ", 'f"{'])
def test_no_line_is_too_long(piece):
    """What repeats without an end of line costs what its length does."""
    before = time.process_time()
    fragments([Cell('"' + piece * (100_000 // len(piece)))])
    assert time.process_time() - before < 8
