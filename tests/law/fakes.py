"""Files that only look like work with Keras earn next to nothing.

Each holds no formula and no layer of its own that computes: objects that describe themselves,
histories that were never made, methods that are put in place of Keras' own.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator

from autograder.answers.choice import live_key
from autograder.course import course
from autograder.grading.report import grade
from autograder.model import Cell, Submission
from tests.law.figures import Figure
from tests.law.keras.faked import FILES, SHORT
from tests.law.keras_forms import ROOT, SEED, warm

MOST = 10.0  # of 100 points


def figures(full: bool) -> Iterator[Figure]:
    """The points of each fake; the highest of them counts."""
    if importlib.util.find_spec("keras") is None:
        yield Figure("Keras is not installed", "nothing", "nothing", True)
        return
    chosen = {name: source for name, source in FILES.items() if full or name in SHORT}
    points = dict(_points(chosen))
    most = max(points, key=lambda name: points[name])
    over = [name for name, reached in points.items() if reached > MOST]
    yield Figure(
        "the best of the files that fake Keras",
        f"{points[most]:g} of 100, {most} (of {len(points)} files; over: {over or 'none'})",
        f"at most {MOST:g}",
        not over,
    )
    if full:
        yield Figure("kinds of fakes", str(len(points)), "at least 15", len(points) >= 15)


def _points(files: dict[tuple[str, str], str]) -> Iterator[tuple[tuple[str, str], float]]:
    courses = course.load(ROOT)
    for name in ("assignment5", "assignment6"):
        assignment = courses.assignment(name)
        key = live_key(assignment, SEED)
        sandbox = warm(assignment.limits, assignment.settings.preload)
        for place, source in files.items():
            if place[0] == name:
                submission = Submission(name="fake.py", cells=(Cell(source),), digest="")
                report = grade(
                    submission,
                    assignment,
                    seed=SEED,
                    sandbox=sandbox,
                    key=key,
                    explain=False,
                )
                yield place, 100 * report.points / report.possible
