"""A course's checks, ready to grade one notebook after the other on secret inputs."""

from __future__ import annotations

import atexit
import functools
from pathlib import Path

from autograder.answers import choice
from autograder.course import course as courses
from autograder.course.course import Assignment
from autograder.errors import SandboxFault
from autograder.grading.report import PUBLIC_SEED
from autograder.grading.report import grade as grade_one
from autograder.grading.told import speaks, told
from autograder.model import Report, Submission, Tier
from autograder.sandbox.host.sandbox import Sandbox


class Grader:
    """Keeps one sandbox for each kind of assignment. Use `grader`, which keeps the grader."""

    def __init__(self, course: Path, seed: int) -> None:
        self._course = course
        self._seed = seed
        self._sandboxes: dict[tuple[object, ...], Sandbox] = {}
        self._assignments: dict[str, Assignment] = {}
        atexit.register(self.close)

    def assignment(self, name: str, *, digest: str = "") -> Assignment:
        """The assignment as it is now: a formgrader runs for weeks, and checks get fixed.

        digest   what it is known to be, of an assignment that was read a moment ago.
        """
        known = self._assignments.get(name)
        if known is not None and known.digest == digest:
            return known
        assignment = courses.load(self._course).assignment(name)
        if known is not None and known.digest == assignment.digest:
            return known  # with its checks
        self._assignments[name] = assignment
        if known is not None:
            choice.answer_key.cache_clear()
            choice.live_key.cache_clear()
            choice.guest_reference.cache_clear()
        return assignment

    def grade(
        self, submission: Submission, assignment: Assignment, *, trusted: bool = False
    ) -> Report:
        """Grade one submission.

        Raises SandboxFault where only a trusted submission may run, and every other
        GradeError of a course that cannot grade.
        """
        sandbox = self._sandbox(assignment)
        if sandbox.tier is Tier.D and not trusted:
            raise SandboxFault(
                "The sandbox of this machine is of tier D, in which a submission can read "
                "this user's files: the gradebook and the secret seed among them.",
                hint="Run `grade doctor`. Where nothing is worth stealing, say "
                "trust_submissions=True in configure().",
            )
        return grade_one(submission, assignment, seed=self._seed, sandbox=sandbox)

    def told(self, report: Report, submission: Submission, assignment: Assignment) -> Report:
        """What a student may read of a report that `grade` has just given.

        Where there is more to say than that all is right, the submission is graded once more on
        the public inputs, in a guest that has never seen the secret ones.
        """
        public = None
        if speaks(report) and self._seed != PUBLIC_SEED:
            public = grade_one(submission, assignment, sandbox=self._sandbox(assignment))
        return told(report, public)

    def close(self) -> None:
        """End all sandboxes."""
        for sandbox in self._sandboxes.values():
            sandbox.close()
        self._sandboxes.clear()

    def _sandbox(self, assignment: Assignment) -> Sandbox:
        kind = (assignment.limits, assignment.settings.preload)
        if kind not in self._sandboxes:
            self._sandboxes[kind] = Sandbox(
                limits=assignment.limits, preload=assignment.settings.preload, ahead=True
            )
        return self._sandboxes[kind]


def faults(report: Report) -> list[str]:
    """What failed on our side, for instructors: students are told only that something did."""
    return [
        f"The grader failed at {verdict.id}: {verdict.message}"
        for verdict in report.checks
        if verdict.status.ours
    ]


@functools.lru_cache(maxsize=4)
def grader(course: Path, seed: int) -> Grader:
    """The grader of a course and a seed, kept for the life of the process."""
    return Grader(course, seed)
