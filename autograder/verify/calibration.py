"""`grade calibrate`: how far the reference is above each threshold, seed by seed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np

from autograder.answers.choice import live_key
from autograder.answers.key import Draw
from autograder.authoring import Kind
from autograder.course.course import Assignment
from autograder.errors import CourseError

SEEDS = 20
CALIBRATION_FILE = "calibration.json"


class Calibration(msgspec.Struct, frozen=True):
    """The scores that the reference reaches on one threshold check, over `seeds` seeds."""

    at_least: float
    seeds: int
    minimum: float
    median: float
    maximum: float

    @property
    def margin(self) -> float:
        """The distance of the worst run above the bar."""
        return self.minimum - self.at_least

    def __str__(self) -> str:
        return (
            f"the worst of {self.seeds} seeds reached {self.minimum:g}, {abs(self.margin):.3g} "
            f"{'above' if self.margin >= 0 else 'below'} the bar of {self.at_least:g}"
        )


def calibrate(assignment: Assignment, seeds: int = SEEDS) -> dict[str, Calibration]:
    """Run every threshold check on the reference and store the distribution beside it."""
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
        if check.kind is not Kind.THRESHOLD:
            continue
        reached = []
        for seed in range(seeds):
            draw = Draw(seed, assignment.name, check.id, 0)
            reference.seed(draw.global_seed, module)
            reached.append(float(check.probe(module, module, draw.rng())))
        yield (
            check.id,
            Calibration(
                check.at_least,
                seeds,
                round(min(reached), 4),
                round(float(np.median(reached)), 4),
                round(max(reached), 4),
            ),
        )
