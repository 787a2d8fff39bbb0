"""Right work earns everything and wrong work never does, whatever the seed.

GRADE_SEEDS says how many seeds the full form takes; a work with a large library gets two.
"""

from __future__ import annotations

import concurrent.futures
import itertools
import multiprocessing
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.answers.variants import variants_of
from autograder.authoring import Kind
from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.model import Submission
from autograder.sandbox.host.sandbox import Sandbox
from autograder.verify.known import known_submissions
from autograder.verify.mutants import Mutant, mutants
from tests.law.figures import Figure

ROOT = Path(__file__).parents[2]
FIRST_SEED = 100
SEEDS = int(os.environ.get("GRADE_SEEDS", "20"))
KERAS_SEEDS, KERAS_SHARES = 2, 4  # a grading takes seconds
SHORT = ("assignment1", "assignment3")
SHORT_SEEDS, SHORT_STEP = 2, 10
KINDS = ("right", "misconception", "mutant")

# Changes that are no mistakes: (assignment, of, what was changed, into what) -> why. An empty
# last name stands for whatever it was changed into.
EQUAL_LENGTHS = "the two have the same length here, so strict changes nothing"
DEFAULT = "a default: every check gives this value itself"
ONE_OUTPUT = "with one output, the same number"
PRINTED = "when the cost is printed is not judged"
EQUIVALENT = {
    ("assignment1", "dot", "zip(a, b, strict=True)", "zip(a, b)"): EQUAL_LENGTHS,
    ("assignment1", "dot", "strict=True", "strict=False"): EQUAL_LENGTHS,
    ("assignment2", "Perceptron", "zip(X, y, strict=True)", "zip(X, y)"): EQUAL_LENGTHS,
    ("assignment2", "Perceptron", "strict=True", "strict=False"): EQUAL_LENGTHS,
    ("assignment2", "Perceptron", "learning_rate=0.1", ""): DEFAULT,
    ("assignment2", "Perceptron", "epochs=10", ""): DEFAULT,
    ("assignment2", "Adaline", "learning_rate=0.01", ""): DEFAULT,
    ("assignment2", "Adaline", "epochs=50", ""): DEFAULT,
    ("assignment3", "initialize_parameters", "np.random.seed(2)", ""): "any draw is right",
    (
        "assignment3",
        "backward_propagation",
        "W2.T @ dZ2 * (1 - A1 ** 2)",
        "W2.T * dZ2 * (1 - A1 ** 2)",
    ): ONE_OUTPUT,
    (
        "assignment3",
        "backward_propagation",
        "np.sum(dZ2, axis=1, keepdims=True) / m",
        "np.sum(dZ2, keepdims=True) / m",
    ): ONE_OUTPUT,
    ("assignment3", "nn_model", "num_iterations=10000", ""): DEFAULT,
    ("assignment3", "nn_model", "print_cost=False", ""): PRINTED,
    ("assignment3", "nn_model", "cost = compute_cost(A2, Y, parameters)", ""): PRINTED,
    ("assignment3", "nn_model", "print_cost and i % 1000 == 0", ""): PRINTED,
    ("assignment3", "nn_model", "i % 1000 == 0", ""): PRINTED,
    ("assignment3", "nn_model", "i % 1000", ""): PRINTED,
}


@dataclass(frozen=True)
class Work:
    """A submission, and the checks that judge it: all of them when `only` is empty."""

    kind: str
    name: str
    submission: Submission
    only: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """The works of one assignment, every `step`th of them from `begin` on, with one seed."""

    assignment: str
    seed: int
    begin: int = 0
    step: int = 1


@dataclass(frozen=True)
class Judged:
    """One grading, and what was wrong with it; nothing when all is well."""

    assignment: str
    kind: str
    exception: str


def works(assignment: Assignment) -> Iterator[Work]:
    """The right known submissions, each misconception and each mutant that is a mistake."""
    reference = assignment.reference
    assert reference is not None
    for name, submission, known in known_submissions(reference):
        if known.points == assignment.settings.points and not known.status:
            yield Work("right", name, submission)
    known = variants_of(reference)
    for name, wrong in known.misconceptions.items():
        if only := _judging(assignment, wrong.of):
            yield Work("misconception", name, known.variant(name).submission, only)
    for one in mutants(reference):
        only = _judging(assignment, one.of)
        if only and not why_equivalent(assignment.name, one):
            shown = f"{one.of}, line {one.line}: {one.was} -> {one.now or 'nothing'}"
            yield Work("mutant", shown, one.variant.submission, only)


def why_equivalent(assignment: str, mutant: Mutant) -> str:
    """Why a change is no mistake; empty where it is one."""
    place = (assignment, mutant.of, mutant.was)
    return EQUIVALENT.get((*place, mutant.now)) or EQUIVALENT.get((*place, ""), "")


def _judging(assignment: Assignment, of: str) -> tuple[str, ...]:
    """The checks of a function; not thresholds, since many a mistake trains as well."""
    return tuple(
        check.id
        for check in assignment.checks
        if check.of.partition(".")[0] == of.partition(".")[0]
        and check.kind is not Kind.THRESHOLD
    )


def judged(job: Job) -> list[Judged]:
    """Grade the works of a job in one sandbox."""
    assignment = course.load(ROOT).assignment(job.assignment)
    settings = assignment.settings
    found = []
    with Sandbox(limits=settings.limits, preload=settings.preload, ahead=True) as sandbox:
        for work in itertools.islice(works(assignment), job.begin, None, job.step):
            report = grade(
                work.submission,
                assignment,
                seed=job.seed,
                only=work.only,
                sandbox=sandbox,
                explain=False,
            )
            full = report.points == report.possible
            exception = ""
            if report.ungraded or full is not (work.kind == "right"):
                checks = report.checks
                if not full:
                    checks = tuple(v for v in checks if v.points < v.possible)
                said = ", ".join(f"{verdict.id} {verdict.status}" for verdict in checks)
                exception = f"{work.name} with seed {job.seed} ({said})"
            found.append(Judged(job.assignment, work.kind, exception))
    return found


def jobs(full: bool) -> list[Job]:
    """What is graded; the short form takes every tenth work of two assignments."""
    if not full:
        return [
            Job(name, FIRST_SEED + number, begin=number, step=SHORT_STEP)
            for name in SHORT
            for number in range(SHORT_SEEDS)
        ]
    chosen = []
    for name, assignment in course.load(ROOT).assignments.items():
        if assignment.missing:
            continue
        keras = "keras" in assignment.settings.preload
        shares = KERAS_SHARES if keras else 1
        for number in range(min(KERAS_SEEDS, SEEDS) if keras else SEEDS):
            chosen += [Job(name, FIRST_SEED + number, begin, shares) for begin in range(shares)]
    return chosen


def figures(full: bool) -> Iterator[Figure]:
    """Each work with each seed, on all processors: a row for each assignment and kind."""
    with concurrent.futures.ProcessPoolExecutor(
        os.cpu_count(), multiprocessing.get_context("spawn")
    ) as pool:
        started = [(job, pool.submit(judged, job)) for job in jobs(full)]
        for name, mine in itertools.groupby(started, key=lambda pair: pair[0].assignment):
            seeds = set()
            found: list[Judged] = []
            for job, result in mine:
                seeds.add(job.seed)
                found += result.result()
            for kind in KINDS:
                yield _figure(name, kind, [one for one in found if one.kind == kind], seeds)


def _figure(name: str, kind: str, found: list[Judged], seeds: set[int]) -> Figure:
    exceptions = [one.exception for one in found if one.exception]
    bar = "each earns everything" if kind == "right" else "none earns everything"
    return Figure(
        f"{name}: {kind}, {len(seeds)} seeds",
        "; ".join([f"{len(exceptions)} of {len(found)} gradings are exceptions", *exceptions]),
        bar,
        not exceptions,
    )
