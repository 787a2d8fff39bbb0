"""`grade hint`: one step further at each call."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from autograder.cli.here import console, enclose, installed, near, opened
from autograder.cli.options import AssignmentName, CourseFolder, OneFile
from autograder.cli.outcome import NOT_GRADED, PASSED, POINTS_MISSING, exits

if TYPE_CHECKING:
    from autograder.model import Verdict


@exits
def hint(
    assignment: AssignmentName,
    check: Annotated[str, typer.Argument(metavar="CHECK", help="The check's name.")],
    file: OneFile = None,
    course: CourseFolder = None,
) -> int:
    """Give a hint for one check; again, for the next.

    The first says what it is about, the second where to look, and the third has an idea. None
    shows the line to write.

    \b
    Example:
      grade hint assignment3 compute_cost
    """
    from autograder import submissions
    from autograder.feedback.hints import STEPS, hints
    from autograder.grading.grader import Grader
    from autograder.grading.report import selected
    from autograder.model import Status

    found = opened(course).assignment(assignment)
    path = file if file is not None else found.stub
    installed(found)
    submission = submissions.read(path, found.settings.extra_files)
    kept = _kept(assignment, check, path)
    counted = _kept(assignment, "", path) if found.settings.count_hints else None
    with Grader(found, ahead=False) as grader:
        if course is None:
            enclose(found)
        (asked,) = selected(found, [check])
        (verdict,) = grader.grade(submission, only=[check], explain=False).checks
        if verdict.status in (Status.PASSED, Status.SKIPPED, Status.GRADER_FAULT):
            return _over(verdict, kept)
        last = _step(kept)
        step = min(last + 1, len(STEPS))
        diagnosis = None
        if step == len(STEPS):
            diagnosis = grader.grade(submission, only=[check]).checks[0].diagnosis
    steps = hints(verdict, diagnosis, asked.hint)
    step = min(step, len(steps))
    _keep(kept, step)
    _print(verdict, near(path), steps[:step], last=step == len(steps))
    if counted is not None:
        many = _step(counted) + (step > last)
        _keep(counted, many)
        console().print(f"Hints in {assignment} so far: {many}.", style="dim")
    return POINTS_MISSING


def hinted(assignment: str, path: Path) -> int:
    """The number of hints on a file that were given on this computer, where they count."""
    counted = _kept(assignment, "", path)
    with contextlib.nullcontext() if counted is None else counted:
        return _step(counted)


def _print(verdict: Verdict, file: str, steps: tuple[str, ...], *, last: bool) -> None:
    from rich.padding import Padding

    from autograder.feedback.hints import STEPS
    from autograder.feedback.signs import number
    from autograder.feedback.terminal.verdicts import Pen

    out = console()
    pen = Pen(out.encoding, out.width)
    points = f"{number(verdict.points)} / {number(verdict.possible)}"
    out.print(pen.text(f"{verdict.id}  {points}", "bold"), pen.text(file, "dim"), sep="\n")
    for name, step in zip(STEPS, steps, strict=False):
        out.print("", pen.text(name, "cyan"), Padding(pen.text(step), (0, 0, 0, 2)), sep="\n")
    more = f"That was the last hint. To see a case of it: --show {verdict.id} of grade check."
    out.print(
        "", pen.text(more if last else "For the next hint, run this again.", "dim"), sep="\n"
    )


def _over(verdict: Verdict, kept: IO[bytes] | None) -> int:
    """Say that there is nothing to hint at."""
    from autograder.model import Status

    out = console()
    if verdict.status is Status.GRADER_FAULT:
        out.print(f"{verdict.id} could not be judged: {verdict.message}", soft_wrap=True)
        return NOT_GRADED
    _keep(kept, 0)
    if verdict.status is Status.PASSED:
        out.print(f"{verdict.id} is right.")
        return PASSED
    out.print(f"{verdict.id} cannot be judged here. {verdict.message}", soft_wrap=True)
    return POINTS_MISSING


def _kept(assignment: str, check: str, path: Path) -> IO[bytes] | None:
    """The file that counts the hints, to be read and written; no score depends on it."""
    from autograder.course import state

    said = f"{assignment}\0{check}\0{path.resolve()}"
    name = hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()[:32]
    try:
        place = state.folder() / "hinted" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    except OSError:
        return None


def _step(kept: IO[bytes] | None) -> int:
    """The last hint's number; 0 where there was none, or nothing can be kept."""
    said = b"" if kept is None else kept.read(8)
    return int(said) if said.isdigit() else 0


def _keep(kept: IO[bytes] | None, step: int) -> None:
    if kept is not None:
        with kept:
            kept.seek(0)
            kept.truncate()
            kept.write(str(step).encode())
