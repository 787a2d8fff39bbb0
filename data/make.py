"""Make the small data sets that are in this repository: `python -m data.make`.

Digits are scikit-learn's, byte for byte what its file holds; the others are drawn here, each
with a seed of its own. The same versions of NumPy and scikit-learn write the same bytes, other
versions the same arrays.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
POINTS = 400
# Copies stand beside the checks that need them, since a student's bundle has no data/.
DIGITS = [
    ROOT / "data" / "digits.npz",
    ROOT / "assignments" / "assignment5" / "digits.npz",
    ROOT / "assignments" / "assignment6" / "digits.npz",
]

Arrays = dict[str, np.ndarray]


def moons() -> Arrays:
    """Two half circles that reach into each other: X (400, 2), T (400, 1)."""
    rng = np.random.default_rng(1)
    T = np.arange(POINTS) % 2
    angle = rng.uniform(0, np.pi, POINTS)
    x = np.where(T == 1, 1 - np.cos(angle), np.cos(angle))
    y = np.where(T == 1, 0.5 - np.sin(angle), np.sin(angle))
    return points(np.stack([x, y], axis=1) + rng.normal(0, 0.15, (POINTS, 2)), T)


def circles() -> Arrays:
    """A circle around another, of twice its radius: X (400, 2), T (400, 1)."""
    rng = np.random.default_rng(2)
    T = np.arange(POINTS) % 2
    angle, radius = rng.uniform(0, 2 * np.pi, POINTS), 1 - T / 2
    X = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points(X + rng.normal(0, 0.08, (POINTS, 2)), T)


def blobs() -> Arrays:
    """Three clouds, each around a corner of a triangle: X (400, 2), T (400, 1) of 0 to 2."""
    rng = np.random.default_rng(3)
    T = np.arange(POINTS) % 3
    centres = np.array([[-2.0, -1.0], [2.0, -1.0], [0.0, 2.0]])
    return points(centres[T] + rng.normal(0, 0.8, (POINTS, 2)), T)


def spirals() -> Arrays:
    """Two spirals with one and a half turns each: X (400, 2), T (400, 1)."""
    rng = np.random.default_rng(4)
    T = np.arange(POINTS) % 2
    turned = 3 * np.pi * np.sqrt(rng.uniform(0.02, 1, POINTS))
    angle, radius = turned + np.pi * T, turned / (3 * np.pi)
    X = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points(X + rng.normal(0, 0.02, (POINTS, 2)), T)


def digits() -> Arrays:
    """The 1,797 digits: images (1797, 8, 8) from 0 to 16, labels (1797,); both uint8."""
    from sklearn.datasets import load_digits

    found = load_digits()
    return {
        "images": found.images.astype(np.uint8),
        "labels": found.target.astype(np.uint8),
    }


def points(X: np.ndarray, T: np.ndarray) -> Arrays:
    """Points to the four digits that a plot can show, and their classes as a column."""
    return {"X": np.round(X, 4), "T": T.reshape(-1, 1).astype(float)}


def write() -> list[Path]:
    """Write every file; the paths."""
    made = {
        ROOT / "data" / f"{draw.__name__}.npz": draw()
        for draw in (moons, circles, blobs, spirals)
    }
    made |= dict.fromkeys(DIGITS, digits())
    for path, arrays in made.items():
        np.savez_compressed(path, **arrays)
    return list(made)


if __name__ == "__main__":
    for written in write():
        print(written.relative_to(ROOT))
