"""A test that a model's answers in training spread as its dropout makes them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.networks.forward import Unknown, repeated
from autograder.networks.nouns import Array, Network, alike

DRAWS = 1024  # of our own, with the same weights
# The spread of 192 answers varies by about 2 % from draw to draw; a dropout that is left out,
# or has another rate, changes it by more than 15 %.
SPREAD = 0.12
TOGETHER = 0.5  # of the covariance of ten answers; it varies by 0.2, and by more of more
MOST_PLACES = 256  # of an answer that are looked at: of n, the covariances are n * n
CENTRE = 6.5  # standard errors


def fits(
    said: Network,
    weights: Sequence[Sequence[Array]],
    x: Array,
    noisy: Array,
    draws: int = DRAWS,
    tolerance: float = SPREAD,
) -> bool:
    """True if the answers to copies of x (1, ...) may be those of this network in training.

    tolerance   by how much the spread may differ, as a share.
    """
    ours = np.random.default_rng(len(noisy))
    drops = any(layer.kind == "Dropout" and layer.setting("rate") for layer in said.layers)
    flat = noisy.reshape(len(noisy), -1)
    places = np.linspace(0, flat.shape[1] - 1, min(flat.shape[1], MOST_PLACES)).astype(np.intp)
    try:
        one = repeated(said, weights, x, 1, ours)
        if one.shape[1:] != noisy.shape[1:] or not np.all(np.isfinite(noisy)):
            return False
        if not drops:
            return all(alike(row[None], one) for row in noisy)
        ours = np.random.default_rng(len(noisy))
        own = repeated(said, weights, x, draws, ours, places)
    except Unknown:  # no word against what nobody here can compute
        return True
    mine, theirs = (_open(answers.astype(float)) for answers in (own, flat[:, places]))
    spread, found = (float(np.sqrt(np.mean(np.var(a, axis=0)))) for a in (mine, theirs))
    if not abs(found - spread) <= tolerance * spread:
        return False
    if not _together(theirs, mine):
        return False
    errors = np.std(mine, axis=0) * np.sqrt(1 / len(mine) + 1 / len(theirs)) + 1e-9
    return bool(np.all(np.abs(mine.mean(axis=0) - theirs.mean(axis=0)) <= CENTRE * errors))


def _together(theirs: Array, mine: Array) -> bool:
    """True if the answers vary together as ours do: not where whole rows are dropped."""
    if mine.shape[1] < 2:
        return True
    ours, found = np.cov(mine, rowvar=False), np.cov(theirs, rowvar=False)
    size = float(np.linalg.norm(ours))
    varies = float(np.hypot(np.trace(ours), size)) * (1 / len(mine) + 1 / len(theirs)) ** 0.5
    return bool(np.linalg.norm(found - ours) <= max(TOGETHER * size, 2 * varies))


def _open(answers: Array) -> Array:
    """Probabilities as the sums that they were made of, up to one constant for each row."""
    if np.any(answers < 0) or np.any(answers > 1.001):
        return answers
    p = np.clip(answers, 1e-30, None)
    if answers.shape[1] > 1 and np.allclose(answers.sum(axis=1), 1, atol=1e-3):
        logs: Array = np.log(p)
        return np.asarray(logs - logs.mean(axis=1, keepdims=True))
    opened: Array = np.log(p) - np.log(np.clip(1 - answers, 1e-30, None))
    return opened
