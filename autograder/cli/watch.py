"""`grade watch`: a file is checked each time it is saved, until Ctrl-C."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import IO, TYPE_CHECKING

from autograder.cli.here import console, enclose, installed, named, near, opened
from autograder.cli.options import AssignmentHere, CourseFolder, OneFile
from autograder.cli.outcome import NOT_GRADED, PASSED, POINTS_MISSING, exits
from autograder.errors import GradeError, UsageError

if TYPE_CHECKING:
    from autograder.authoring import Check
    from autograder.cli.saves import Saved, Saves
    from autograder.feedback.terminal.screen import Screen
    from autograder.grading.grader import Grader
    from autograder.model import Report, Submission, Verdict

PATIENCE = 0.2  # seconds without a verdict of all, after which those that are there are shown


@exits
def watch(
    assignment: AssignmentHere = None,
    file: OneFile = None,
    course: CourseFolder = None,
) -> int:
    """Check a file at each save, and show what changes.

    Ctrl-C ends it, with the exit code of the last check.

    \b
    Examples:
      grade watch assignment3
      grade watch assignment3 my_notebook.ipynb
    """
    from autograder.cli.saves import Saves
    from autograder.cli.since import opened as kept_of
    from autograder.feedback.terminal.screen import Screen
    from autograder.grading.grader import Grader

    there = opened(course)
    name, file = named(there, assignment, file)
    found = there.assignment(name)
    path = file if file is not None else found.stub
    installed(found)
    if find_spec("watchfiles") is None:
        raise UsageError(
            "grade watch needs watchfiles, which is not installed here.",
            hint=f"Install it for this Python ({sys.executable}): pip install watchfiles",
        )
    out = console()
    screen = Screen(out, found.title, near(path))
    last: Report | None = None
    with _ended_by_interrupts(), Saves(path, found.settings.extra_files) as saves:
        screen.begin()
        screen.say("Loading Keras…" if "keras" in found.settings.preload else "Starting…")
        kept = kept_of(name, 0, path)
        with Grader(found) as grader:
            if course is None:
                enclose(found)
            watching = _Watching(grader, screen, saves, path, kept)
            with contextlib.suppress(KeyboardInterrupt):
                for saved in saves:
                    watching.take(saved)
                raise GradeError(
                    "What waits for saves has ended.", hint="Run the command again."
                )
            last = watching.last
    if last is None or last.ungraded:
        return NOT_GRADED
    return PASSED if last.complete else POINTS_MISSING


@contextlib.contextmanager
def _ended_by_interrupts() -> Iterator[None]:
    """A closed terminal and a polite kill end it as Ctrl-C does: nothing stays behind."""

    def end(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    before = {one: signal.signal(one, end) for one in (signal.SIGHUP, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


class _Watching:
    """One file over its saves."""

    def __init__(
        self,
        grader: Grader,
        screen: Screen,
        saves: Saves,
        path: Path,
        kept: IO[bytes] | None,
    ) -> None:
        self.last: Report | None = None
        self._grader, self._screen, self._saves = grader, screen, saves
        self._path, self._kept = path, kept
        self._focus: list[str] = []
        self._took: dict[str, float] = {}  # seconds of each check, so that the quick come first

    def take(self, saved: Saved) -> None:
        """Check what was saved, unless it is saved again meanwhile."""
        from autograder.cli.since import when

        if saved.submission is None:
            self._screen.say(saved.said)
            return
        time_of_save = when(saved.time, datetime.now().astimezone())
        report = self._graded(saved.submission, time_of_save)
        if report is None:
            return
        self._focus = self._changed(report)
        report = self._explained(saved.submission, report)
        changed = self._since(report, saved.submission.digest)
        self.last = report
        self._screen.show(report, saved=time_of_save, changed=changed, focus=self._focus)

    def _graded(self, submission: Submission, saved: str) -> Report | None:
        """The verdicts, without their causes; None where a newer save is there before."""
        checks = self._grader.assignment.checks
        judge = self._grader.judge(submission, explain=False)
        verdicts: dict[str, Verdict] = {}
        shown = time.monotonic()
        try:
            for check in sorted(checks, key=lambda one: self._took.get(one.id, 0.0)):
                started = time.monotonic()
                verdicts[check.id] = judge.verdict(check)
                self._took[check.id] = time.monotonic() - started
                if self._saves.waiting():
                    return None
                if time.monotonic() - shown > PATIENCE and len(verdicts) < len(checks):
                    shown = time.monotonic()
                    report = judge.report(self._so_far(checks, verdicts))
                    waiting = [one.id for one in checks if one.id not in verdicts]
                    self._screen.show(
                        report, saved=saved, changed="", focus=(), waiting=waiting
                    )
            return judge.report([verdicts[check.id] for check in checks])
        finally:
            judge.session.close()

    def _so_far(self, checks: Sequence[Check], verdicts: dict[str, Verdict]) -> list[Verdict]:
        """The verdicts that are there, and those of the last save for the others."""
        before = {} if self.last is None else {one.id: one for one in self.last.checks}
        known = {**before, **verdicts}
        return [known[check.id] for check in checks if check.id in known]

    def _changed(self, report: Report) -> list[str]:
        """The checks to tell of in full: what has changed, or else what was told before."""
        missed = [one for one in report.checks if one.status.missed]
        before = {} if self.last is None else {one.id: one for one in self.last.checks}
        found = [one.id for one in missed if _differs(before.get(one.id), one)]
        found = found or [one.id for one in missed if one.id in self._focus]
        return found or [one.id for one in missed[:1]]

    def _explained(self, submission: Submission, report: Report) -> Report:
        """The report, with the causes of what is told in full."""
        from msgspec.structs import replace

        from autograder.feedback.causes import causes
        from autograder.feedback.terminal.page import IN_FULL

        told = [one for one in report.checks if one.id in self._focus]
        self._focus = [one.id for group in causes(told)[:IN_FULL] for one in group]
        first = [group[0].id for group in causes(told)[:IN_FULL]]
        if not first or not self._grader.assignment.settings.likely:
            return report
        found = self._grader.grade(submission, only=first)
        known = {one.id: one for one in found.checks}
        return replace(report, checks=tuple(known.get(one.id, one) for one in report.checks))

    def _since(self, report: Report, digest: str) -> str:
        """Say what has changed since the last check of this file, and keep this one."""
        from autograder.cli.since import since

        if self._kept is None:
            return ""
        kept = os.fdopen(os.dup(self._kept.fileno()), "r+b")
        folder, file = self._grader.assignment.folder, os.path.abspath(self._path)
        said = since(report, digest, kept, folder=folder, file=file)
        return said if self.last is not None or "not changed" not in said else ""


def _differs(before: Verdict | None, now: Verdict) -> bool:
    """True if a check turned, or says something else than before."""
    return (
        before is None
        or before.status is not now.status
        or before.points != now.points
        or before.message != now.message
    )
