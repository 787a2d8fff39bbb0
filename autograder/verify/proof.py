"""`grade verify`: does an assignment judge as it should?

findings ──► prepared, assignment by assignment: look at the probes, write the bundle,
         │   list what to grade
         └─► judged, item by item: the reference, the stub, each known submission and
             each misconception, with the bundle's answers beside the reference
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.answers.independence import place_of
from autograder.authoring import Check
from autograder.course.course import RECORDING_FILE, Assignment
from autograder.errors import CourseError
from autograder.verify import prover
from autograder.verify.calibration import stored
from autograder.verify.prover import Finding, Subject
from autograder.verify.slips import is_gradable, slips
from autograder.verify.workers import workers
from autograder.verify.zoo import said_of_passing

SHOWN = 5  # differences of a bundle that are put into words


@dataclass(frozen=True)
class Verification:
    """All findings about one assignment."""

    assignment: str
    lines: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """True if everything was proved."""
        return all(line.ok for line in self.lines)


def verify(assignment: Assignment, jobs: int = 1) -> Verification:
    """Grade the reference, the stub, every known submission and every misconception.

    Each must get the verdict that is stated, and the same one in a bundle without the
    reference. Every threshold must have been measured.

    jobs   how many to grade at a time, each in a process of its own.
    """
    return Verification(assignment.name, tuple(f for _, f in findings([assignment], jobs)))


def findings(assignments: Sequence[Assignment], jobs: int = 1) -> Iterator[tuple[str, Finding]]:
    """The findings of `verify`, as they are made, each with its assignment's name."""
    for assignment in assignments:
        if assignment.reference is None:
            raise CourseError(
                f"{assignment.name} has no reference here, so there is nothing to prove.",
                hint="Run grade verify in the course's own repository.",
            )
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bundles-"))
        stack.callback(prover.clear)
        mapped = stack.enter_context(workers(jobs))
        readable = []
        for assignment in assignments:
            for said in slips(assignment):
                yield assignment.name, Finding("source", assignment.name, False, said)
            if is_gradable(assignment):
                readable.append(assignment)
        subjects = [
            Subject(one.folder.parents[1], one.name, Path(folder) / str(number))
            for number, one in enumerate(readable)
        ]
        bundles = mapped(prover.prepared, subjects)
        for assignment, prepared in zip(readable, bundles, strict=True):
            items, differences = prepared.items, prepared.differences
            for finding in prepared.findings:
                yield assignment.name, finding
            if not items:
                continue
            passing: dict[str, list[str]] = {}
            for one in mapped(prover.judged, items):
                yield assignment.name, one.finding
                differences += one.differences
                for passed in one.passed:
                    passing.setdefault(passed, []).append(one.finding.name)
            for check in assignment.checks:
                if said := said_of_passing(check, passing.get(check.id, ())):
                    place = place_of(check)
                    yield assignment.name, Finding("probe", check.id, False, f"{place}: {said}")
            for check in assignment.checks:
                if check.tolerance:
                    said = f"{check.tolerance:.2g} is allowed, because {check.because}"
                    yield assignment.name, Finding("tolerance", check.id, True, said)
                if check.kind.measures:
                    yield assignment.name, _measured(assignment, check)
            same = f"the same verdicts without the reference, for all {len(items)}"
            said = "; ".join(differences[:SHOWN]) or same
            yield assignment.name, Finding("bundle", RECORDING_FILE, not differences, said)


def _measured(assignment: Assignment, check: Check) -> Finding:
    """Check that the reference has been measured against this bar, and stayed above it."""
    found = stored(assignment.folder).get(check.id)
    if found is None or found.at_least != check.at_least:
        again = f"not measured with this bar; run: grade calibrate {assignment.name}"
        return Finding("threshold", check.id, False, again)
    return Finding("threshold", check.id, found.margin >= 0, str(found))
