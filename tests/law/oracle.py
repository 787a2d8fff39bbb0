"""Hidden inputs stay hidden: whoever returns what the feedback said earns nothing by it.

Two students hand in tables in place of formulas: one begins with the recorded answers to the
practice inputs, one with zeros, and both take in every expected value that they are told.
Others try once to carry their inputs out: in an exception's text, in keys, in names, by
printing, in what the clock shows, in files and modules for a later run.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from autograder.course import course as courses
from autograder.course.course import Assignment, Course
from autograder.feedback.lines import as_text
from autograder.grading.report import PUBLIC_SEED, grade
from autograder.model import Cell, Report, Submission
from autograder.nbgrader_plugin.grader import CourseGrader
from autograder.sandbox.host.sandbox import Sandbox
from tests.law.figures import Figure
from tests.oracle.learner import Learner, Told
from tests.oracle.program import LEAKS, hand_in
from tests.oracle.recorder import Recording, record
from tests.oracle.routes import SEED, Gradescope, NbGrader, Route

COURSE = Path(__file__).parents[2]
NAMES = ("assignment1", "assignment2", "assignment3", "assignment4")
ROUNDS, SHORT_ROUNDS = 10, 3
SHORT_LEAKS = ("keeps for later",)  # and then raises an error that shows its inputs
OTHER_SEED = 7_203_118_945_530_861
DIGITS = 7  # of a number that is looked for: what feedback shows, and too many for chance

_NUMBER = re.compile(r"-?\d*\.\d+(?:e[+-]?\d+)?")


@dataclass
class Case:
    """One assignment, and what its attackers know before they begin.

    full   whether all attack, or the short form's.
    """

    full: bool
    course: Course
    assignment: Assignment
    public: Recording

    @classmethod
    def of(cls, name: str, *, full: bool = True) -> Case:
        """That of the repository's course."""
        course = courses.load(COURSE)
        assignment = course.assignment(name)
        return cls(full, course, assignment, record(assignment, PUBLIC_SEED))

    def learners(self) -> dict[str, Learner]:
        """Two who learn, as they begin; the first of them alone takes half of the time."""
        both = {
            "zeros": Learner(self.public, blank=True),
            "recorded": Learner(self.public, blank=False),
        }
        return both if self.full else {"zeros": both["zeros"]}

    def text(self, learner: Learner, leak: str = "answers") -> str:
        """What a learner hands in."""
        return hand_in(self.assignment.stub.read_text("utf-8"), learner.table, leak)

    def leaking(self, leaks: Iterable[str]) -> dict[str, str]:
        """By name, hand-ins that try to carry their inputs out."""
        first = Learner(self.public, blank=False)
        return {leak.replace(" ", "-"): self.text(first, leak) for leak in leaks}


@dataclass
class Outcome:
    """What the attackers got out of one assignment by one route.

    gained   by check, the points beyond the best hand-in of the first round.
    read     everything that anybody got back.
    """

    gained: dict[str, float]
    read: list[str]


def figures(full: bool) -> Iterator[Figure]:
    """Both routes and all checks, or the short form: Gradescope's, assignment 3."""
    names = NAMES if full else ("assignment3",)
    cases = [Case.of(name, full=full) for name in names]
    rounds = ROUNDS if full else SHORT_ROUNDS
    leaks = [leak for leak in LEAKS if leak != "answers"] if full else SHORT_LEAKS
    gain = sum(_points(_with_the_instructors_report(case, rounds)) for case in cases)
    yield Figure(
        "the attack, given the instructor's own reports, gains",
        f"{gain:g} points in {rounds} rounds",
        "more than 0: it is an attack",
        gain > 0,
    )
    for route in ("Gradescope", "nbgrader") if full else ("Gradescope",):
        yield from _by(route, cases, rounds, leaks)
    yield _interference(cases, leaks)


def _by(
    name: str, cases: Sequence[Case], rounds: int, leaks: Sequence[str]
) -> Iterator[Figure]:
    gained: dict[str, float] = {}
    found, looked = [], 0
    for case in cases:
        with tempfile.TemporaryDirectory() as scratch:
            outcome = _attack(_route(name, case, Path(scratch)), case, rounds, leaks)
        whose = case.assignment.name
        gained |= {f"{whose} {check}": points for check, points in outcome.gained.items()}
        tokens = {token for text in outcome.read for token in _numbers(text)}
        looked += len(tokens)
        found += sorted(tokens & _secret(case))
    checks = sum(len(case.assignment.checks) for case in cases)
    yield Figure(
        f"{name}: what {rounds} rounds gain over the first, {checks} checks",
        f"{_points(gained):g} points" + _listed(gained),
        "0 points",
        not gained,
    )
    yield Figure(
        f"{name}: numbers of the secret inputs and answers, in all that came back",
        f"{len(found)} of {looked}" + _listed(found),
        "0",
        not found,
    )


def _route(name: str, case: Case, folder: Path) -> Route:
    kind = NbGrader if name == "nbgrader" else Gradescope
    return kind(case.course, case.assignment, folder)


def _attack(route: Route, case: Case, rounds: int, leaks: Sequence[str]) -> Outcome:
    learners = case.learners()
    scores: list[dict[str, float]] = []
    read: list[str] = []
    for number in range(rounds):
        works = {name: case.text(learner) for name, learner in learners.items()}
        back = route.hand_in(works | (case.leaking(leaks) if number == 0 else {}))
        for name, learner in learners.items():
            learner.read(back[name].told)
        scores.append(_best(back[name].told for name in learners))
        read += [feedback.everything for feedback in back.values()]
    return Outcome(_gains(scores), read)


def _with_the_instructors_report(case: Case, rounds: int) -> dict[str, float]:
    """What the same attack gains where it reads what no student may."""
    learners = case.learners()
    scores = []
    settings = case.assignment.settings
    with Sandbox(limits=settings.limits, preload=settings.preload, ahead=True) as sandbox:
        for _ in range(rounds):
            told = {}
            for name, learner in learners.items():
                work = _submission(case.text(learner))
                report = grade(work, case.assignment, seed=SEED, sandbox=sandbox)
                told[name] = _told(report)
                learner.read(told[name])
            scores.append(_best(told.values()))
    return _gains(scores)


def _interference(cases: Sequence[Case], leaks: Sequence[str]) -> Figure:
    """Two secret seeds, the same hand-ins: what is told differs by points and status alone."""
    differing, compared = [], 0
    for case in cases:
        graders = [CourseGrader(COURSE, seed) for seed in (SEED, OTHER_SEED)]
        try:
            for leak in leaks:
                work = _submission(case.text(Learner(case.public, blank=True), leak))
                one, other = (_shown(grader, work, case.assignment) for grader in graders)
                compared += len(one.checks)
                differing += [
                    f"{case.assignment.name} {leak}: {mine.id}"
                    for mine, theirs in zip(one.checks, other.checks, strict=True)
                    if (mine.status, mine.points) == (theirs.status, theirs.points)
                    and _bytes(mine) != _bytes(theirs)
                ]
                differing += [f"{leak}: notes"] * (one.notes != other.notes)
        finally:
            for grader in graders:
                grader.close()
    return Figure(
        "two secret seeds: checks that are told in other words, with the same points",
        f"{len(differing)} of {compared}" + _listed(differing),
        "0",
        not differing,
    )


def _shown(grader: CourseGrader, work: Submission, assignment: Assignment) -> Report:
    secret = grader.grade(work, assignment, trusted=True)
    return grader.told(secret, work, assignment)


def _bytes(verdict: object) -> bytes:
    """Without the seconds, which differ from run to run."""
    return re.sub(rb'"seconds":[\d.e-]+', b"", msgspec.json.encode(verdict))


def _submission(text: str) -> Submission:
    return Submission(name="handed_in.py", cells=(Cell(text),), digest="")


def _told(report: Report) -> list[Told]:
    return [
        Told(
            one.id,
            one.points,
            tuple((row.where, row.expected, row.actual) for row in one.evidence),
            as_text(one),
        )
        for one in report.checks
    ]


def _best(told: Iterable[Sequence[Told]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for feedback in told:
        for one in feedback:
            found[one.check] = max(found.get(one.check, 0.0), one.points)
    return found


def _gains(scores: Sequence[dict[str, float]]) -> dict[str, float]:
    first, *later = scores
    best = {check: max(score[check] for score in later) for check in first}
    return {check: best[check] - first[check] for check in first if best[check] > first[check]}


def _points(gained: dict[str, float]) -> float:
    return round(sum(gained.values()), 2)


def _listed(found: Iterable[object]) -> str:
    named = [str(one) for one in found][:5]
    return f" ({', '.join(named)})" if named else ""


def _numbers(text: str) -> set[str]:
    """The numbers in a text, to so many digits; those with fewer are left out."""
    return {
        _rounded(float(token))
        for token in _NUMBER.findall(text)
        if len(re.sub(r"e.*|[-.]", "", token).lstrip("0")) >= DIGITS
    }


def _secret(case: Case) -> set[str]:
    """All numbers of a run on the secret seed that no run on the public one has."""
    secret = record(case.assignment, SEED)
    return _all(secret) - _all(case.public)


def _all(recording: Recording) -> set[str]:
    values = np.unique(np.concatenate(recording.numbers))
    return {_rounded(float(value)) for value in values}


def _rounded(value: float) -> str:
    return f"{abs(value):.{DIGITS}g}"
