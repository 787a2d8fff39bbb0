"""A warm grader: one assignment and an open sandbox, for one submission after another."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.answers.choice import answer_key
from autograder.answers.key import AnswerKey
from autograder.course.course import Assignment
from autograder.grading.report import PUBLIC_SEED, Judge, grade
from autograder.grading.session import Session
from autograder.grading.told import speaks, told
from autograder.model import Report, Submission
from autograder.sandbox.host.sandbox import Sandbox


class Grader:
    """Whoever grades more than one submission keeps one of these, and closes it when done.

    key     the answers, in place of the assignment's own.
    ahead   whether the next guest is forked while one works.

    Raises SandboxFault where no sandbox can be started.
    """

    def __init__(
        self, assignment: Assignment, *, key: AnswerKey | None = None, ahead: bool = True
    ) -> None:
        self.assignment = assignment
        self._key = key
        settings = assignment.settings
        self.sandbox = Sandbox(limits=settings.limits, preload=settings.preload, ahead=ahead)

    def __enter__(self) -> Grader:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def grade(
        self,
        submission: Submission,
        *,
        seed: int = PUBLIC_SEED,
        only: Sequence[str] = (),
        explain: bool = True,
    ) -> Report:
        """Grade a submission, as `report.grade` does."""
        return grade(
            submission,
            self.assignment,
            seed=seed,
            only=only,
            sandbox=self.sandbox,
            key=self._key,
            explain=explain,
        )

    def told(self, report: Report, submission: Submission) -> Report:
        """A report that `grade` has just given, as the student may read it.

        Where there is more to say than that all is right, the submission is graded once more on
        the public inputs, in a guest that has never seen the secret ones.
        """
        needed = speaks(report) and report.seed != PUBLIC_SEED
        return told(report, self.grade(submission) if needed else None)

    def judge(self, submission: Submission, *, explain: bool = True) -> Judge:
        """A judge of this submission on the public inputs, to be asked check by check."""
        key = self._key or answer_key(self.assignment, PUBLIC_SEED)
        session = Session(self.sandbox, submission, self.assignment, key, PUBLIC_SEED)
        return Judge(session, explain=explain)

    def close(self) -> None:
        """End the sandbox."""
        self.sandbox.close()
