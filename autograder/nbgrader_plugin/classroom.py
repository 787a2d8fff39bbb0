"""A whole class in nbgrader: graded side by side, and written one after the other.

Workers read and grade. This process alone writes: first into the gradebook, then the graded
notebook, in which a fingerprint says that it is done. So a run that is interrupted goes on
where it was, and what has not changed is not graded again.
"""

from __future__ import annotations

import shutil
import warnings
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from autograder.course import course as courses
from autograder.course.lateness import Late
from autograder.errors import CourseError, SandboxFault, UsageError
from autograder.export.nbgrader import details
from autograder.export.nbgrader_late import came, penalize, plugin
from autograder.nbgrader_plugin.course import open_course, release_path, settings, stamp
from autograder.nbgrader_plugin.files import copied
from autograder.nbgrader_plugin.gradebook import write
from autograder.nbgrader_plugin.work import Finished, Job, Plan, grade_one, write_feedback
from autograder.submissions.people.roster import Roster
from autograder.wording import plain

STRIKES = 2  # how often a submission may end its worker
_LOST = f"The grader's own process ended {STRIKES} times over it. It is not graded."


@dataclass
class Classroom:
    """One assignment of an nbgrader course.

    late   what lateness costs, by course.toml.
    step   see `nbgrader_late.plugin`.
    """

    folder: Path
    app: Any
    plan: Plan
    late: Late
    step: Any

    @classmethod
    def open(cls, folder: Path, assignment: str, *, trusted: bool = False) -> Classroom:
        """Open a course as nbgrader would. Raises UsageError and CourseError."""
        app = open_course(folder)
        course, seed, configured = settings(app)
        loaded = courses.load(course)
        ours = loaded.assignment(assignment)
        path = release_path(app.coursedir, assignment, ours.module)
        plan = Plan(
            assignment=assignment,
            notebook=ours.module,
            release=str(path),
            course=str(course),
            digest=ours.digest,
            seed=seed,
            stamp=stamp(folder),
            trusted=trusted or configured,
        )
        return cls(folder.resolve(), app, plan, loaded.late, plugin(app))

    def jobs(self, students: Sequence[str] = (), *, again: bool = False) -> list[Job]:
        """The jobs in `submitted/`; of these students only, if any are named."""
        coursedir = self.app.coursedir
        there = Path(coursedir.root) / coursedir.submitted_directory
        found = sorted(path.name for path in there.glob("*") if path.is_dir())
        unknown = set(students) - set(found)
        if unknown:
            raise UsageError(f"{there} has no student {plain(min(unknown))}.")
        jobs = [
            Job(
                student,
                coursedir.format_path(coursedir.submitted_directory, student, self.name),
                coursedir.format_path(coursedir.autograded_directory, student, self.name),
                again,
            )
            for student in students or found
        ]
        return [job for job in jobs if Path(job.submitted).is_dir()]

    @property
    def name(self) -> str:
        """The assignment's name."""
        return self.plan.assignment

    def enroll(self, roster: Roster) -> list[str]:
        """Give nbgrader's gradebook the names and addresses; who is not on the roster."""
        from nbgrader.api import Gradebook

        url, course_id = self.app.coursedir.db_url, self.app.coursedir.course_id
        with Gradebook(url, course_id) as gradebook:
            known = {student.id for student in gradebook.students}
            known.update(job.student for job in self.jobs())
            found = {student: roster.find(student) for student in sorted(known)}
            for student, person in found.items():
                if person is not None:
                    gradebook.update_or_create_student(student, **details(person))
        return [student for student, person in found.items() if person is None]

    def grade(self, jobs: Sequence[Job], executor: Executor, window: int) -> Iterator[Finished]:
        """Grade on an executor, and yield each submission once it is written.

        window   how many tasks to give to the executor at a time.
        """
        from nbgrader.api import Gradebook

        waiting = deque(jobs)
        running: dict[Future[Finished], Job] = {}
        ended: Counter[str] = Counter()
        url, course_id = self.app.coursedir.db_url, self.app.coursedir.course_id
        with Gradebook(url, course_id) as gradebook:
            ready: list[tuple[Job, Future[Finished]]] = []
            while waiting or running or ready:
                while waiting and len(running) < window:
                    job = waiting.popleft()
                    running[executor.submit(grade_one, self.plan, job)] = job
                # What is ready is written when the workers have their next, and not before.
                for job, future in ready:
                    try:
                        done = future.result()
                    except BrokenExecutor:  # the worker was killed, by memory perhaps
                        ended[job.student] += 1
                        if ended[job.student] < STRIKES:
                            waiting.append(job)
                            continue
                        done = Finished(job, 0.0, remarks=(_LOST,))
                    except (CourseError, UsageError, SandboxFault):
                        raise  # nobody can be graded
                    except Exception as error:
                        done = _failed(job, error)
                    try:
                        done = self._written(gradebook, done)
                    except (OSError, ValueError) as error:  # of names, of one submission
                        gradebook.db.rollback()
                        done = _failed(job, error)
                    yield done
                ready = []
                if running:
                    over = wait(running, return_when=FIRST_COMPLETED).done
                    ready = [(running.pop(future), future) for future in over]

    def feedback(
        self, students: Sequence[str], executor: Executor, window: int
    ) -> Iterator[tuple[str, str]]:
        """Write the students' feedback pages; yields each student, and why there is no page."""
        size = max(1, min(8, -(-len(students) // window)))
        parts = deque(students[at : at + size] for at in range(0, len(students), size))
        place = (str(self.folder), self.name)
        running = deque((executor.submit(write_feedback, *place, p), p) for p in parts)
        while running:
            future, part = running.popleft()
            try:
                failed = future.result()
            except BrokenExecutor:  # by one of them: each alone
                if len(part) > 1:
                    alone = [[student] for student in part]
                    running += ((executor.submit(write_feedback, *place, p), p) for p in alone)
                    continue
                failed = {part[0]: "the process that wrote it ended"}
            for student in part:
                yield student, failed.get(student, "")

    def has_feedback(self, student: str) -> bool:
        """True if there is a page already."""
        coursedir = self.app.coursedir
        folder = coursedir.format_path(coursedir.feedback_directory, student, self.name)
        return (Path(folder) / f"{self.plan.notebook}.html").is_file()

    def _written(self, gradebook: Any, done: Finished) -> Finished:
        """First into the gradebook, then the notebook; what is unchanged may be late by now."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # nbgrader's, about its own use
            if done.results is not None:
                done = self._record(gradebook, done)
            if done.results is not None or done.unchanged:
                self._penalize(gradebook, done.job.student)
        return self._files(done) if done.results is not None else done

    def _record(self, gradebook: Any, done: Finished) -> Finished:
        student, coursedir = done.job.student, self.app.coursedir
        gradebook.update_or_create_student(student)
        timestamp, remarks = None, done.remarks
        try:
            timestamp = came(coursedir, done.job.submitted)
        except ValueError:
            remarks += ("timestamp.txt could not be read: it says no time.",)
        when = {"timestamp": timestamp} if timestamp else {}
        gradebook.update_or_create_submission(self.name, student, **when)
        assert done.results is not None
        write(
            gradebook,
            done.results,
            assignment=self.name,
            notebook=self.plan.notebook,
            student=student,
        )
        return replace(done, remarks=remarks)

    def _penalize(self, gradebook: Any, student: str) -> None:
        """Set the penalty as of now: due dates are moved, and extensions given, at any time."""
        penalize(
            gradebook,
            self.step,
            self.late,
            assignment=self.name,
            notebook=self.plan.notebook,
            student=student,
        )

    def _files(self, done: Finished) -> Finished:
        """The graded notebook, and beside it what nbgrader keeps through every step."""
        coursedir = self.app.coursedir
        source = coursedir.format_path(coursedir.source_directory, ".", self.name)
        target = Path(done.job.autograded)
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        unfinished = target / f".{self.plan.notebook}"
        unfinished.write_text(done.text, encoding="utf-8")
        copied(Path(source), target)
        remarks = copied(Path(done.job.submitted), target)
        for path in target.rglob("*"):
            if path.is_file():
                path.chmod(0o664 if coursedir.groupshared else 0o444)
        unfinished.rename(target / f"{self.plan.notebook}.ipynb")
        return replace(done, remarks=(*done.remarks, *remarks))


def _failed(job: Job, error: Exception) -> Finished:
    """The outcome of a submission that met an unexpected error of ours."""
    return Finished(job, 0.0, remarks=(f"It is not graded: {type(error).__name__}: {error}",))
