"""A file as it was handed out earns nothing, which no library has to be loaded to find out.

To import Keras takes longer than all the rest of a student's first check. Assignments that need
NumPy alone are always run.
"""

from __future__ import annotations

import ast
import hashlib

from autograder.authoring import Check
from autograder.course.course import Assignment
from autograder.errors import NotAttempted
from autograder.model import Status, Submission, Verdict
from autograder.wording import describe


def is_untouched(submission: Submission, assignment: Assignment) -> bool:
    """True if it is the assignment's own file, byte for byte, and no function says anything.

    So whatever a check calls of it is not written yet.
    """
    if set(assignment.settings.preload) <= {"numpy"} or submission.files:
        return False
    if not any(submission.digest == _digest(assignment, end) for end in (".py", ".ipynb")):
        return False
    # Of all that the host imports, this alone would bring in what a guest loads files with.
    from autograder.sandbox.guest.loading.copies import Function, is_empty

    try:
        parsed = [ast.parse(_python(cell.source)) for cell in submission.cells]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    nodes = [node for tree in parsed for node in ast.walk(tree)]
    functions = [node for node in nodes if isinstance(node, Function | ast.Lambda)]
    return bool(functions) and all(map(is_empty, functions))


def unwritten(check: Check) -> Verdict:
    """The verdict of a check on such a file."""
    message, hint = describe(NotAttempted(check.of), check.of)
    return Verdict(
        id=check.id,
        of=check.of,
        title=check.title,
        status=Status.NOT_ATTEMPTED,
        points=0.0,
        possible=check.points,
        message=message,
        hint=hint,
    )


def _python(cell: str) -> str:
    """The cell without its commands for a shell."""
    return "\n".join(line for line in cell.split("\n") if not line.startswith("!"))


def _digest(assignment: Assignment, suffix: str) -> str:
    try:
        return hashlib.sha256(assignment.stub.with_suffix(suffix).read_bytes()).hexdigest()
    except OSError:
        return ""
