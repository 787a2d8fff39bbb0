"""A course's checks, ready to grade one notebook after the other on secret inputs."""

from __future__ import annotations

import atexit
import functools
from pathlib import Path

from autograder.answers import choice
from autograder.course import course as courses
from autograder.course.course import Assignment
from autograder.errors import SandboxFault
from autograder.grading.grader import Grader
from autograder.model import Report, Submission, Tier


class CourseGrader:
    """Grades a course's notebooks on one seed. Use `grader`, which keeps it."""

    def __init__(self, course: Path, seed: int) -> None:
        self._course = course
        self._seed = seed
        self._assignments: dict[str, Assignment] = {}
        self._warm: Grader | None = None  # of the assignment that was graded last
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
        grader = self._grader(assignment)
        if grader.sandbox.tier is Tier.D and not trusted:
            raise SandboxFault(
                "The sandbox of this machine is of tier D, in which a submission can read "
                "this user's files: the gradebook and the secret seed among them.",
                hint="Run `grade doctor`. Where nothing is worth stealing, say "
                "trust_submissions=True in configure().",
            )
        return grader.grade(submission, seed=self._seed)

    def told(self, report: Report, submission: Submission, assignment: Assignment) -> Report:
        """A report that `grade` has just given, as the student may read it."""
        return self._grader(assignment).told(report, submission)

    def close(self) -> None:
        """End the sandbox."""
        if self._warm is not None:
            self._warm.close()
            self._warm = None

    def _grader(self, assignment: Assignment) -> Grader:
        if self._warm is None or self._warm.assignment is not assignment:
            self.close()
            self._warm = Grader(assignment)
        return self._warm


def faults(report: Report) -> list[str]:
    """The failures on our side, for instructors: students are told only that something did."""
    return [
        f"The grader failed at {verdict.id}: {verdict.message}"
        for verdict in report.checks
        if verdict.status.ours
    ]


@functools.lru_cache(maxsize=4)
def grader(course: Path, seed: int) -> CourseGrader:
    """The grader of a course and a seed, kept for the life of the process."""
    return CourseGrader(course, seed)
