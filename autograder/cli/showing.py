"""`grade check --show CHECK`: what a check has asked a file, as a program to run and change."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cli.outcome import PASSED, POINTS_MISSING

if TYPE_CHECKING:
    from autograder.course.course import Assignment
    from autograder.model import Submission
    from autograder.sandbox.host.sandbox import Sandbox


def show_case(
    name: str, submission: Submission, path: Path, assignment: Assignment, sandbox: Sandbox
) -> int:
    """Print the first case that the file misses, on the public inputs, or else the first one.

    Returns the exit code of a check by itself.
    """
    from autograder import wording
    from autograder.errors import SubmissionError
    from autograder.feedback.snippet import snippet
    from autograder.grading.report import selected
    from autograder.grading.shown import shown

    (check,) = selected(assignment, [name])
    try:
        found = shown(submission, assignment, check, sandbox)
    except SubmissionError as error:
        said, hint = wording.describe(error, check.of)
        _write(f"# {check.id}: {said}\n# {hint}".rstrip("# \n") + "\n")
        return POINTS_MISSING
    draws = any("random" in cell.source for cell in submission.cells)
    is_script = path.suffix != ".ipynb"
    heading = [
        f"{check.id}: {check.title}",
        f"Case {found.number} of {found.cases}, on the inputs of every `grade check`: "
        + ("right." if found.right else "not right yet."),
        "This runs your file itself, outside of the sandbox."
        if is_script
        else "Paste it into a cell below your functions.",
    ]
    _write(
        snippet(
            heading,
            found.events,
            file=str(path) if is_script else "",
            answer=None if found.right else found.answer,
            expected=None if found.right else found.expected,
            seed=found.seed if draws else None,
        )
    )
    return PASSED if found.right else POINTS_MISSING


def _write(text: str) -> None:
    encoding = sys.stdout.encoding or "ascii"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
