"""`grade verify`: does an assignment judge as it should?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder import course, intake
from autograder.course import RECORDING_FILE, Assignment
from autograder.errors import CourseError
from autograder.grading import grade
from autograder.model import Report, Submission, Verdict
from autograder.release import release
from autograder.sandbox.host import Sandbox
from autograder.variants import misconceived
from autograder.verify.known import known_submissions


@dataclass(frozen=True)
class Finding:
    """One thing that was proved, or not; `detail` says what was found."""

    kind: str  # "reference", "stub", "submission", "misconception" or "bundle"
    name: str
    ok: bool
    detail: str


@dataclass(frozen=True)
class Verification:
    """All findings about one assignment."""

    assignment: str
    lines: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether everything was proved."""
        return all(line.ok for line in self.lines)


def verify(assignment: Assignment) -> Verification:
    """Grade the reference, the stub, every known submission and every misconception.

    Each of them is graded a second time as a student would, in a bundle without the
    reference, and must get the same verdicts there.
    """
    return Verification(assignment.name, tuple(findings(assignment)))


def findings(assignment: Assignment) -> Iterator[Finding]:
    """The findings of `verify`, as they are made."""
    if assignment.reference is None:
        raise CourseError(
            f"{assignment.name} has no reference here, so there is nothing to prove.",
            hint="Run grade verify in the course's own repository.",
        )
    settings = assignment.settings
    with (
        Sandbox(limits=settings.limits, preload=settings.preload) as sandbox,
        tempfile.TemporaryDirectory(prefix="bundle-") as folder,
    ):
        both = _Both(assignment, Path(folder), sandbox)
        solution = assignment.reference / "solution.py"
        report = both.grade(solution.name, intake.read(solution))
        yield _scored("reference", solution.name, report, settings.points)
        report = both.grade(assignment.stub.name, intake.read(assignment.stub))
        yield _scored("stub", assignment.stub.name, report, 0)
        for name, submission, known in known_submissions(assignment.reference):
            report = both.grade(name, submission)
            wrong = "; ".join(known.differences(report))
            yield Finding("submission", name, not wrong, wrong or _points(report))
        for name, of, submission in misconceived(assignment.reference):
            own = [check.id for check in assignment.checks if check.of == of]
            yield _recognised(name, of, both.grade(name, submission, own))
        yield both.finding()


class _Both:
    """Grades with the reference, and again in a bundle without it."""

    def __init__(self, assignment: Assignment, folder: Path, sandbox: Sandbox) -> None:
        release(assignment, folder)
        self._course = assignment
        self._bundle = course.load(folder).assignment(assignment.name)
        self._sandbox = sandbox
        self._count = 0
        self._differences: list[str] = []

    def grade(self, name: str, submission: Submission, only: Sequence[str] = ()) -> Report:
        """The report of the course; the bundle's is compared with it."""
        report = grade(submission, self._course, only=only, sandbox=self._sandbox)
        other = grade(submission, self._bundle, only=only, sandbox=self._sandbox)
        self._count += 1
        local = {check.id for check in self._bundle.checks if check.local}
        for one, two in zip(report.checks, other.checks, strict=True):
            if one.id in local and _lasting(one) != _lasting(two):
                self._differences.append(f"{name}, {one.id}: {two.status}, not {one.status}")
        return report

    def finding(self) -> Finding:
        """Whether all verdicts were the same."""
        same = f"the same verdicts without the reference, for all {self._count}"
        wrong = "; ".join(self._differences[:5])
        return Finding("bundle", RECORDING_FILE, not self._differences, wrong or same)


def _lasting(verdict: Verdict) -> Verdict:
    """A verdict without what differs from run to run."""
    return msgspec.structs.replace(verdict, seconds=0.0)


def _scored(kind: str, name: str, report: Report, due: float) -> Finding:
    missed = [f"{v.id}: {v.message}" for v in report.checks if v.points < v.possible]
    ok = report.points == due and not report.ungraded
    detail = _points(report)
    return Finding(kind, name, ok, detail if ok else f"{detail}; {'; '.join(missed)}")


def _recognised(name: str, of: str, report: Report) -> Finding:
    own = [verdict for verdict in report.checks if verdict.of == of]
    missed = [verdict for verdict in own if verdict.points < verdict.possible]
    named = [v for v in missed if v.diagnosis is not None and v.diagnosis.id == name]
    others = {v.diagnosis.id for v in missed if v.diagnosis is not None} - {name}
    if named and not others:
        lost = ", ".join(verdict.id for verdict in missed)
        return Finding("misconception", name, True, f"caught by {lost}, and named")
    if not missed:
        return Finding("misconception", name, False, f"no check of {of} catches it")
    instead = f"named as {', '.join(sorted(others))}" if others else "not named"
    told = "; ".join(f"{verdict.id}: {verdict.message}" for verdict in missed)
    return Finding("misconception", name, False, f"caught, but {instead} ({told})")


def _points(report: Report) -> str:
    return f"{report.points:g} of {report.possible:g} points"
