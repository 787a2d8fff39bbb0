"""A file in which everything hangs costs its budget, whatever it does about it.

The processor time of guests is what the kernel says of this process's children, which have
been waited for when a sandbox is closed.
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.model import Cell, Limits, Status, Submission
from autograder.sandbox.host.sandbox import Sandbox
from tests.law.figures import Figure

ROOT = Path(__file__).resolve().parents[2]
HANGS = "    while True: pass\n"
WAITS = "    import threading; threading.Event().wait()\n"
# By somebody who knows how a guest says that it imports something.
LIES = (
    "    import gc\n"
    "    for one in gc.get_objects():\n"
    "        if type(one).__name__ == 'Server': one._connection.send('importing', [True])\n"
    "    while True: pass\n"
)
SLOW_LINES = 5 * "while True: pass\n"
SMALL = Limits(seconds=0.5, total_seconds=6.0, load_seconds=4.0, import_seconds=4.0)


def figures(full: bool) -> Iterator[Figure]:
    """What hangs in every function and on many lines: it computes, it waits, it lies."""
    given = course.load(ROOT).assignment("assignment3")
    small = _with(given, SMALL)
    for assignment in (given, small) if full else (small,):
        limits = assignment.limits
        yield _figure(
            f"everything hangs, of {limits.total_seconds:g} s",
            assignment,
            _everything(assignment, HANGS) + SLOW_LINES,
            2 * limits.total_seconds + limits.load_seconds / 4,
        )
    if full:
        yield _figure("everything waits", small, _everything(small, WAITS), SMALL.seconds)
        lies = _everything(small, LIES) + SLOW_LINES
        yield _figure("everything hangs and lies about it", small, lies, small.most_seconds)


def _figure(what: str, assignment: Assignment, source: str, allowed: float) -> Figure:
    """Seconds of a processor, of all its guests, beyond those of a file with one line."""
    stub, _ = _computed(assignment, "pass\n")
    computed, timed_out = _computed(assignment, source)
    spare = (
        0.05 * allowed + 0.5
    )  # a clock is read ten times a second, and guests must be forked
    return Figure(
        f"a file in which {what}",
        f"{computed - stub:.1f} s of a processor, {timed_out} of {len(assignment.checks)} "
        "checks timed out",
        f"at most {allowed:g} s, all",
        computed - stub <= allowed + spare and timed_out == len(assignment.checks),
    )


def _with(assignment: Assignment, limits: Limits) -> Assignment:
    settings = msgspec.structs.replace(assignment.settings, limits=limits)
    return replace(assignment, settings=settings)


def _everything(assignment: Assignment, body: str) -> str:
    """A file in which every function of the task has this body."""
    names = dict.fromkeys(check.of for check in assignment.checks)
    return "".join(f"def {name}(*args, **kwargs):\n{body}\n" for name in names)


def _computed(assignment: Assignment, source: str) -> tuple[float, int]:
    """Processor time of a grading's sandbox, in seconds, and how many checks timed out."""
    submission = Submission(name="hangs.py", cells=(Cell(source),), digest="")
    before = _children()
    settings = assignment.settings
    with Sandbox(limits=settings.limits, preload=settings.preload) as sandbox:
        report = grade(submission, assignment, sandbox=sandbox)
    timed_out = sum(verdict.status is Status.TIMED_OUT for verdict in report.checks)
    return _children() - before, timed_out


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
