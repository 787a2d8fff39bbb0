"""A class board: 5,000 hand-ins of answers drawn at random gain nothing on it.

The attack is the one of Blum and Hardt: labels at random, then the majority of those that were
seen to be better than chance. It is made on the labels of each data set of this project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from autograder.gradebook.ladder import climb
from tests.law.figures import Figure

DATA = Path(__file__).parents[2] / "data"
LABELS = {"blobs": "T", "circles": "T", "digits": "labels", "moons": "T", "spirals": "T"}
HAND_INS, ATTACKS, SHORT = 5000, 20, 3  # attacks on each data set
BAR = 1.0  # of 100 points of accuracy
SEED = 5

Labels = NDArray[np.int64]
Board = Callable[[Sequence[float], int], Sequence[float]]


def naive(shares: Sequence[float], examples: int) -> Sequence[float]:
    """What a board shows that shows all: the best so far, exactly."""
    return [float(best) for best in np.maximum.accumulate(shares)]


def ladder(shares: Sequence[float], examples: int) -> Sequence[float]:
    """What ours shows."""
    return [float(best or 0.0) for best in climb(shares, examples)]


def figures(full: bool) -> Iterator[Figure]:
    """What an attack gains over the first hand-in of the same student, in points of 100."""
    gains: dict[str, list[float]] = {"naive": [], "ladder": []}
    attacks = ATTACKS if full else SHORT
    rng = np.random.default_rng(SEED)
    for name, key in LABELS.items():
        with np.load(DATA / f"{name}.npz") as data:
            labels = data[key].astype(np.int64).ravel()
        for _ in range(attacks):
            for board in (naive, ladder):
                gains[board.__name__].append(_gain(board, labels, rng))
    many = f"{HAND_INS:,} hand-ins, {attacks} times on each of {len(LABELS)} data sets"
    worst = max(gains["ladder"])
    yield Figure(
        f"what a boosting attack gains on a board that shows all ({many})",
        _told(gains["naive"]),
        f"more than {BAR:g} point: else the attack is none",
        min(gains["naive"]) > BAR,
    )
    yield Figure(
        "what it gains on the class board", _told(gains["ladder"]), f"≤ {BAR:g} point",
        worst <= BAR,
    )  # fmt: skip
    lucky, students = _lucky(rng, 1500 if full else 150), 1500 if full else 150
    yield Figure(
        f"of {students} who do not get better and hand in 300 times, who climb", f"{lucky}",
        "fewer than 1 of 100", lucky < students / 100,
    )  # fmt: skip
    better = [_seen(0.80, 0.90), _seen(0.90, 0.98)]
    yield Figure(
        "what who gets better is shown: 80 then 90, 90 then 98 of 100, of 400 examples",
        " and ".join(f"{share:g}" for share in better), "90 and 98", better == [90, 98],
    )  # fmt: skip


def _gain(board: Board, labels: Labels, rng: np.random.Generator) -> float:
    """What the board shows in the end, less what it showed at first, in points of 100.

    What is seen to be better than chance: on a board that shows all, each hand-in's own
    number. On the Ladder, whatever raised the number that is shown.
    """
    kinds = np.unique(labels)
    drawn = rng.choice(kinds, (HAND_INS, len(labels))).astype(np.int8)
    shares = [float(share) for share in (drawn == labels).mean(axis=1)]
    shown = board(shares, len(labels))
    if board is naive:
        good = [place for place, share in enumerate(shares) if share > 1 / len(kinds)]
    else:
        good = [
            k for k in range(HAND_INS) if shown[k] > (shown[k - 1] if k else 1 / len(kinds))
        ]
    votes = np.stack([(drawn[good] == kind).sum(axis=0) for kind in kinds])
    majority = kinds[votes.argmax(axis=0)]
    last = float((majority == labels).mean())
    return 100 * (board([*shares, last], len(labels))[-1] - shown[0])


def _lucky(rng: np.random.Generator, students: int) -> int:
    """How many climb by chance alone: each hand-in is right about 95 of 100 examples."""
    drawn = rng.binomial(400, 0.95, (students, 300)) / 400
    shown = [ladder([float(share) for share in row], 400) for row in drawn]
    return sum(each[-1] > each[0] for each in shown)


def _seen(first: float, then: float) -> float:
    """What the Ladder shows of one who gets better at the second hand-in."""
    return 100 * ladder([first, then], 400)[-1]


def _told(gains: Sequence[float]) -> str:
    return f"{np.mean(gains):.1f} points, {max(gains):.1f} at most"
