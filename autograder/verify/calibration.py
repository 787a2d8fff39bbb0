"""`grade calibrate`: how far the reference is above each threshold, seed by seed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from autograder.answers.choice import live_key
from autograder.answers.key import Draw
from autograder.authoring import Kind
from autograder.authoring.helpers import LISTENER
from autograder.course.course import Assignment
from autograder.errors import CourseError

SEEDS = 20
DRAWS = 2_000  # of other examples, for each seed
CALIBRATION_FILE = "calibration.json"

Array = np.ndarray[Any, Any]


class Calibration(msgspec.Struct, frozen=True):
    """The scores that the reference reaches on one check that measures, over `seeds` seeds.

    at_least   the bar of a threshold; the cutoff of all points of data held out.
    missed     of data held out: how often the reference would miss some points, where other
               examples of the same kind were held out; 0 to 1.
    """

    at_least: float
    seeds: int
    minimum: float
    median: float
    maximum: float
    missed: float = 0.0

    @property
    def margin(self) -> float:
        """The distance of the worst run above the bar."""
        return self.minimum - self.at_least

    def __str__(self) -> str:
        missed = f", and {self.missed:.1%} of other examples miss it" if self.missed else ""
        return (
            f"the worst of {self.seeds} seeds reached {self.minimum:g}, {abs(self.margin):.3g} "
            f"{'above' if self.margin >= 0 else 'below'} the bar of {self.at_least:g}{missed}"
        )


def calibrate(assignment: Assignment, seeds: int = SEEDS) -> dict[str, Calibration]:
    """Run every check that measures on the reference, and store the distribution beside it."""
    found = dict(_measured(assignment, seeds))
    path = assignment.folder / CALIBRATION_FILE
    before = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    after = {
        name: {**before.get(name, {}), **msgspec.to_builtins(calibration)}
        for name, calibration in found.items()
    }
    path.write_text(json.dumps(after, indent=2) + "\n", "utf-8")
    return found


def stored(folder: Path) -> dict[str, Calibration]:
    """The distributions that `calibrate` stored in an assignment's folder, by check."""
    path = folder / CALIBRATION_FILE
    if not path.is_file():
        return {}
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Calibration])


def _measured(assignment: Assignment, seeds: int) -> Iterator[tuple[str, Calibration]]:
    if assignment.reference is None:
        raise CourseError(f"{assignment.name} has no reference here to measure.")
    reference = live_key(assignment, 0).reference
    module = reference.original
    for check in assignment.checks:
        if not check.kind.measures:
            continue
        reached, missed = [], []
        for seed in range(seeds):
            draw = Draw(seed, assignment.name, check.id, 0)
            reference.seed(draw.global_seed, module)
            with _compared() as pairs:
                reached.append(float(check.probe(module, module, draw.rng())))
            if check.kind is Kind.HELD_OUT:
                missed += [_missed(right, check.at_least, draw.rng()) for right in pairs]
        yield (
            check.id,
            Calibration(
                check.at_least,
                seeds,
                round(min(reached), 4),
                round(float(np.median(reached)), 4),
                round(max(reached), 4),
                round(float(np.mean(missed)), 4) if missed else 0.0,
            ),
        )


@contextlib.contextmanager
def _compared() -> Iterator[list[Array]]:
    """The hits of each comparison with labels meanwhile, one for each example."""
    found: list[Array] = []
    token = LISTENER.set(lambda predicted, labels: found.append(predicted == labels))
    try:
        yield found
    finally:
        LISTENER.reset(token)


def _missed(right: Array, bar: float, rng: np.random.Generator) -> float:
    """The share of samples of these examples, as many drawn again, that are below the bar."""
    hits = rng.binomial(right.size, float(np.mean(right)), DRAWS)
    return float(np.mean(hits / right.size < bar))
