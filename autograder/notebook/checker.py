"""One assignment's checks, ready to judge a notebook again and again."""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from autograder.authoring import Check
from autograder.course.course import Assignment
from autograder.errors import UsageError
from autograder.feedback.pictures import as_images, pictures
from autograder.grading.grader import Grader
from autograder.grading.report import Judge
from autograder.model import Status, Verdict
from autograder.notebook.history import as_submission
from autograder.solution.observed import Observer
from autograder.submissions.beside import wanted, with_folder
from autograder.wording import MISSING, plain


class Checker:
    """Keeps one grader for the kernel's life, and one guest while the code is the same."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._grader = Grader(assignment)
        self._judge: Judge | None = None
        self._noted: set[str] = set()
        self._observer = Observer()

    def judge(self, name: str, history: Sequence[str]) -> tuple[Verdict, list[str], list[str]]:
        """The verdict of the check `name` on what the kernel has run, what is new to note, and
        pictures of what is wrong.

        Raises UsageError for an unknown check.
        """
        check = self._check(name)
        judge = self._of(history)
        with self._observer.listening():
            verdict = judge.verdict(check)
        seen = self._observer.of(name) if verdict.status.missed else None
        new = [note for note in judge.session.notes if note not in self._noted]
        self._noted.update(new)
        drawn = [as_images(one) for one in pictures(seen)] if seen is not None else []
        return _in_a_notebook(verdict), new, drawn

    def close(self) -> None:
        """End the sandbox."""
        self._grader.close()

    def _check(self, name: str) -> Check:
        known = {check.id: check for check in self._assignment.checks}
        if name in known:
            return known[name]
        near = difflib.get_close_matches(str(name), known, 1, 0.5)
        raise UsageError(
            f"{self._assignment.name} has no check {plain(repr(name))}.",
            hint=f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(known)}.",
        )

    def _of(self, history: Sequence[str]) -> Judge:
        extra = self._assignment.settings.extra_files
        folder, name = Path.cwd(), f"{self._assignment.module}.ipynb"
        beside = wanted(os.listdir(folder), name, extra) if extra else ()
        submission = as_submission(
            history, "your notebook", beside, {check.of for check in self._assignment.checks}
        )
        submission = with_folder(submission, folder, name, extra)
        if self._judge is None or self._judge.session.submission.digest != submission.digest:
            if self._judge is not None:
                self._judge.session.close()
            self._judge = self._grader.judge(
                submission, explain=self._grader.assignment.settings.likely
            )
            self._judge.session.observer = self._observer = Observer()
        return self._judge


def _in_a_notebook(verdict: Verdict) -> Verdict:
    """Say "not run yet" where a notebook lacks a definition that a file would miss."""
    if verdict.status is Status.NOT_ATTEMPTED and verdict.message.startswith(MISSING):
        name = verdict.message.removeprefix(MISSING).strip(" .")
        return msgspec.structs.replace(
            verdict,
            message=f"This notebook has not defined {name} since its kernel started.",
            hint=f"Run the cell that defines {name}, and then this one.",
        )
    return verdict
