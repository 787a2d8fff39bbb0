"""The work on one item of a proof, with what is kept open from one item to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import msgspec

from autograder import submissions
from autograder.answers.choice import forget, live_key
from autograder.answers.independence import place_of
from autograder.answers.recording import RecordedKey, dependent, unfaithful
from autograder.answers.variants import SOLUTION, variants_of
from autograder.authoring import Kind
from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.grader import Grader
from autograder.grading.report import PUBLIC_SEED, grade
from autograder.model import Report, Status, Submission, Verdict
from autograder.publishing.leaks import leaks
from autograder.publishing.release import release
from autograder.verify.inputs import memorable
from autograder.verify.known import KnownSubmission, known_submissions, with_own_weights
from autograder.verify.probes import failing
from autograder.verify.reached import reached
from autograder.verify.recognition import Outcomes, equal_to, name_error
from autograder.verify.slips import place_of_misconception
from autograder.verify.twin import TwinKey
from autograder.verify.zoo import EARNED_AT_MOST, MEMBERS, member


@dataclass(frozen=True)
class Finding:
    """One thing that was proved, or not; `detail` says what was found."""

    # "source", "reference", "stub", "submission", "misconception", "trivial", "tolerance",
    # "threshold", "probe", "form" or "bundle"
    kind: str
    name: str
    ok: bool
    detail: str


@dataclass(frozen=True)
class Subject:
    """An assignment of a course, and the folder of its bundle."""

    course: Path
    assignment: str
    bundle: Path

    def loaded(self) -> Assignment:
        """The assignment, with its reference."""
        return course.load(self.course).assignment(self.assignment)


@dataclass(frozen=True)
class Item:
    """Something to grade: the reference, the stub, a submission, a mistake, one of the zoo."""

    subject: Subject
    kind: str
    name: str


@dataclass(frozen=True)
class Judged:
    """The findings about an item, and where the bundle would have judged differently.

    passed   the checks that passed, for one of the zoo.
    """

    finding: Finding
    differences: tuple[str, ...]
    passed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prepared:
    """The items to grade, the findings so far, and where the bundle's answers differ."""

    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    differences: tuple[str, ...]


def prepared(subject: Subject) -> Prepared:
    """Look at the probes, and write the bundle."""
    assignment = subject.loaded()
    assert assignment.reference is not None
    key = live_key(assignment, PUBLIC_SEED)
    broken = tuple(failing(key, assignment.checks))
    if broken:
        said = tuple(Finding("probe", check.id, False, why) for check, why in broken)
        return Prepared((), said, ())
    refused = tuple(dependent(key, assignment.checks))
    given_away = tuple(leaks(assignment))
    release(assignment, subject.bundle, refused=refused)
    bundle = course.load(subject.bundle).assignment(subject.assignment)
    wrong = unfaithful(RecordedKey.open(bundle.recording, PUBLIC_SEED), key, assignment.checks)
    repeated = memorable(
        assignment.name,
        key.reference,
        # What a held-out file asks of everybody is the same, and nobody has seen it.
        [c for c in assignment.checks if c.kind is not Kind.HELD_OUT or not assignment.hidden],
        lambda check: getattr(key.case(check, 0).expected, "value", None),
    )
    found = [(one.check, str(one)) for one in refused]
    found += [(check.id, f"{place_of(check)}: {why}.") for check, why in repeated]
    forget()  # a reference that needs Keras takes half a gigabyte
    reference = assignment.reference
    known = variants_of(reference)
    return Prepared(
        (
            Item(subject, "reference", SOLUTION),
            Item(subject, "stub", assignment.stub.name),
            *(Item(subject, "submission", name) for name, _, _ in known_submissions(reference)),
            *(Item(subject, "misconception", name) for name in known.misconceptions),
            *(Item(subject, "trivial", name) for name in MEMBERS),
        ),
        (
            *(Finding("probe", check, False, said) for check, said in found),
            *(
                Finding("form", assignment.name, False, f"{one} {one.hint}")
                for one in given_away
            ),
        ),
        tuple(f"{check}: other answers" for check in wrong),
    )


def judged(item: Item) -> Judged:
    """Grade one item."""
    global _prover
    if _prover is None or _prover.subject != item.subject:
        clear()
        _prover = Prover(item.subject)
    return _prover.judged(item)


def clear() -> None:
    """Close what this process has open."""
    global _prover
    if _prover is not None:
        _prover.close()
        _prover = None


class Prover:
    """An assignment with its bundle, its answers and a grader."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._course = subject.loaded()
        self._bundle = course.load(subject.bundle).assignment(subject.assignment)
        recorded = RecordedKey.open(self._bundle.recording, PUBLIC_SEED)
        self._recorded = [c.id for c in self._course.checks if recorded.knows(c)]
        self._key = TwinKey(recorded, lambda: live_key(self._course, PUBLIC_SEED))
        self._grader = Grader(self._course, key=self._key, ahead=False)
        assert self._course.reference is not None
        self._reference = self._course.reference
        self._known: dict[str, tuple[Submission, KnownSubmission]] = {
            name: (submission, known)
            for name, submission, known in known_submissions(self._reference)
        }

    def close(self) -> None:
        """End its sandbox."""
        self._grader.close()

    def judged(self, item: Item) -> Judged:
        """Grade an item, and find out whether the result is as it must be."""
        match item.kind:
            case "reference":
                return self._scored(
                    item, self._reference / item.name, self._course.settings.points
                )
            case "stub":
                return self._scored(item, self._course.folder / item.name, 0.0)
            case "submission":
                submission, known = self._known[item.name]
                report = self._graded(submission)
                wrong = "; ".join(known.differences(report))
                return self._finding(item, not wrong, wrong or _points(report))
            case "trivial":
                return self._trivial(item)
        return self._finding(item, *self._recognised(item.name))

    def _graded(self, submission: Submission) -> Report:
        """The report on a known submission; of what it leaves as it is, the reference's."""
        source = variants_of(self._reference).source
        only = reached(self._course.checks, source, submission)
        if submission.files != self._reference_file.files:
            only = ()
        if not only or len(only) == len(self._course.checks):
            return self._grader.grade(submission)
        report = self._grader.grade(submission, only=only)
        found = {verdict.id: verdict for verdict in report.checks}
        verdicts = tuple(found.get(one.id, one) for one in self._right.checks)
        points = round(sum(verdict.points for verdict in verdicts), 2)
        possible = self._right.possible
        return msgspec.structs.replace(
            report, checks=verdicts, points=points, possible=possible
        )

    @cached_property
    def _right(self) -> Report:
        """The report on the reference."""
        return self._grader.grade(self._reference_file)

    @cached_property
    def _reference_file(self) -> Submission:
        """The reference, as a student would hand it in."""
        return with_own_weights(submissions.read(self._reference / SOLUTION), self._reference)

    def _trivial(self, item: Item) -> Judged:
        """A file without a thought, which must earn next to nothing."""
        file = member(self._reference, self._course.stub, item.name)
        report = self._grader.grade(file, explain=False)
        paying = [f"{v.id} {v.points:g}" for v in report.checks if v.points]
        ok = report.points <= EARNED_AT_MOST * report.possible and not report.ungraded
        said = _points(report) if ok else f"{_points(report)}: {', '.join(paying)}"
        passed = tuple(v.id for v in report.checks if v.status is Status.PASSED)
        return replace(self._finding(item, ok, said), passed=passed)

    def _finding(self, item: Item, ok: bool, detail: str) -> Judged:
        differences = tuple(f"{item.name}: {what}" for what in self._key.differences())
        return Judged(Finding(item.kind, item.name, ok, detail), differences)

    def _scored(self, item: Item, path: Path, due: float) -> Judged:
        """A file that must get `due` points, from the bundle as it is as well."""
        is_right = item.kind == "reference"
        submission = self._reference_file if is_right else submissions.read(path)
        report = self._right if is_right else self._grader.grade(submission)
        places = {check.id: place_of(check) for check in self._course.checks}
        missed = [
            f"{places[v.id]}: {v.id}: {v.message}"
            for v in report.checks
            if v.points < v.possible
        ]
        ok = report.points == due and not report.ungraded
        found = self._finding(item, ok, "; ".join((_points(report), *(() if ok else missed))))
        other = grade(submission, self._bundle, sandbox=self._grader.sandbox)
        differences = _differences(item.name, report, other, self._recorded)
        return Judged(found.finding, (*found.differences, *differences))

    def _recognised(self, name: str) -> tuple[bool, str]:
        """Say whether its function's checks catch and name a misconception, and how.

        Thresholds are not asked: they judge the whole, and name nothing.
        """
        known = variants_of(self._reference)
        of = known.misconceptions[name].of
        own = [c.id for c in self._course.checks if c.of == of and not c.kind.measures]
        if not own:
            place = place_of_misconception(self._reference, name)
            return False, f"{place}: no check of {of} can name it"
        variant = known.variant(name)
        if unknown := variant.unknown():
            place = place_of_misconception(self._reference, name)
            names = ", ".join(sorted(unknown))
            return False, f"{place}: it reads {names}, which nothing defines"
        handed_in = with_own_weights(variant.submission, self._reference)
        report = self._grader.grade(handed_in, only=own)
        missed = [verdict for verdict in report.checks if verdict.points < verdict.possible]
        place, cases = place_of_misconception(self._reference, name), self._outcomes(own)
        if error := name_error(cases, name):
            return False, f"{place}: it raises NameError: {error}. Define it, or import it."
        if not missed:
            return False, f"{place}: no check of {of} catches it"
        named = {v.diagnosis.id for v in missed if v.diagnosis is not None}
        if named == {name}:
            return True, f"caught by {', '.join(verdict.id for verdict in missed)}, and named"
        if equal := equal_to(cases, name):
            return False, (
                f"{place}: it gives the same answers as {equal} in every case. Draw an input "
                "that tells them apart, or keep one of them."
            )
        others = ", ".join(sorted(named - {name}))
        instead = f"named as {others}" if others else "not named"
        told = "; ".join(f"{verdict.id}: {verdict.message}" for verdict in missed)
        return False, f"{place}: caught, but {instead} ({told})"

    def _outcomes(self, ids: Sequence[str]) -> Outcomes:
        """The misconceptions' outcomes in each case of these checks, as far as recorded."""
        checks = [c for c in self._course.checks if c.id in ids and c.id in self._recorded]
        return [self._key.case(c, number).wrong for c in checks for number in range(c.cases)]


_prover: Prover | None = None


def _differences(
    name: str, report: Report, other: Report, recorded: Sequence[str]
) -> Iterator[str]:
    for one, two in zip(report.checks, other.checks, strict=True):
        if one.id in recorded and _lasting(one) != _lasting(two):
            yield f"{name}, {one.id}: {two.status}, not {one.status}"


def _lasting(verdict: Verdict) -> Verdict:
    """A verdict without what differs from run to run."""
    return msgspec.structs.replace(verdict, seconds=0.0)


def _points(report: Report) -> str:
    return f"{report.points:g} of {report.possible:g} points"
