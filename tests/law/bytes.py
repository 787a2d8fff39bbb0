"""One file and one seed give one report, byte by byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.model import Cell, Report, Submission
from autograder.sandbox.host.sandbox import Sandbox
from autograder.verify.known import known_submissions
from tests.law.figures import Figure

TURNS, SHORT_TURNS = 100, 3
SHORT = {
    "assignment2": ("right_random_shuffle", "wrong_classes"),
    "assignment3": ("right_no_seed", "broken_raises", "wrong_two_in_one"),
    "assignment4": ("broken_star",),
}
# Addresses, draws that nobody seeds, sets, and what the file draws at its top level. (A set of
# texts that hold addresses is in another order each time, and so is what it prints.)
RESTLESS = {
    "assignment3": """
import numpy as np
import random

noise = np.random.randn(3), np.random.default_rng().normal(), random.random()

class Thing:
    pass

def layer_sizes(X, Y, n_h):
    raise ValueError(layer_sizes, Thing(), noise)

def initialize_parameters(n_x, n_h, n_y):
    return {"W1": np.random.default_rng().normal(size=(n_h, n_x)), "b1": {Thing(), "a", "b"}}

def sigmoid(x):
    raise KeyError({"a", "b", "c"}, str(Thing()))

def predict(parameters, X):
    return Thing()
"""
}


def figures(full: bool) -> Iterator[Figure]:
    """Every known submission a hundred times, or some of them three times."""
    turns = TURNS if full else SHORT_TURNS
    for name, assignment in course.load(Path(__file__).parents[2]).assignments.items():
        if assignment.missing or (not full and name not in SHORT):
            continue
        assert assignment.reference is not None
        wanted = None if full else SHORT[name]
        known = {
            title: submission
            for title, submission, _ in known_submissions(assignment.reference)
            if wanted is None or title in wanted
        }
        if name in RESTLESS:
            cells = (Cell(RESTLESS[name]),)
            known["restless"] = Submission(name="restless.py", cells=cells, digest="")
        seen: dict[str, set[bytes]] = {title: set() for title in known}
        for _ in range(turns):
            for title, raw in _reports(known, assignment):
                seen[title].add(raw)
        differing = [title for title, reports in seen.items() if len(reports) > 1]
        yield Figure(
            f"{name}: {len(known)} files graded {turns} times each, by a new process each time",
            f"{len(known) - len(differing)} with one report"
            + (f"; not {', '.join(differing[:5])}" if differing else ""),
            "all",
            bool(known) and not differing,
        )


def _reports(
    known: dict[str, Submission], assignment: Assignment
) -> Iterator[tuple[str, bytes]]:
    settings = assignment.settings
    with Sandbox(limits=settings.limits, preload=settings.preload) as sandbox:
        for title, submission in known.items():
            report = grade(submission, assignment, sandbox=sandbox)
            yield title, msgspec.json.encode(_without_seconds(report))


def _without_seconds(report: Report) -> Report:
    checks = tuple(msgspec.structs.replace(verdict, seconds=0.0) for verdict in report.checks)
    return msgspec.structs.replace(report, checks=checks)
