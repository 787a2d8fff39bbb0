"""The cost of lateness in nbgrader's database: computed again each time that it is asked for.

Where `course.toml` has a deadline for the assignment, that policy holds, as in every other
export. Elsewhere nbgrader's due date does, with the plug-in that its configuration names.
"""

from __future__ import annotations

import contextlib
import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nbgrader.apps.baseapp import NbGrader
from nbgrader.preprocessors import AssignLatePenalties

from autograder.course.lateness import Late, lateness

CONFIG = "nbgrader_config.py"
MOST_BYTES = 1000  # of a file that holds a time


def plugin(parent: Any) -> Any:
    """nbgrader's step for late work, with the plug-in that the configuration names."""
    step = AssignLatePenalties(parent=parent)
    step.init_plugin()
    return step


def application(folder: Path) -> Any:
    """nbgrader's application for the course in `folder`; None where there is no course.

    nbgrader takes a configuration and modules from the current folder as well, which may be a
    student's. So it is the course's meanwhile.
    """
    if not (folder / CONFIG).is_file():
        return None
    app = NbGrader(log_level=logging.ERROR)
    with contextlib.chdir(folder):
        app.initialize([], root=str(Path.cwd()))
    app.log_level = logging.ERROR
    return app


def came(coursedir: Any, folder: str) -> datetime | None:
    """The time when the submission in `folder` was handed in, by nbgrader's own file there.

    None where there is none. Raises ValueError for one that says no time: in a folder of
    students' work it may be anything.
    """
    path = Path(folder) / "timestamp.txt"
    if not path.exists() and not path.is_symlink():
        return None
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path} is no file with a time")
    try:
        time: datetime | None = coursedir.get_existing_timestamp(folder)
    except (OSError, OverflowError, AttributeError) as error:  # the last is nbgrader's refusal
        raise ValueError(f"{path} says no time") from error
    return time


def penalize(
    gradebook: Any, step: Any, late: Late, *, assignment: str, notebook: str, student: str
) -> None:
    """Enter what the lateness of one submission costs now, or that it costs nothing.

    gradebook   an open `nbgrader.api.Gradebook`, in which the submission is graded.
    step        see `plugin`.
    """
    submission = gradebook.find_submission(assignment, student)
    own = gradebook.find_submission_notebook(notebook, assignment, student)
    gradebook.db.refresh(own)
    if late.deadline(assignment, student) is None:
        penalty = None
        if submission.total_seconds_late > 0:
            penalty = step.plugin_inst.late_submission_penalty(
                student, own.score, submission.total_seconds_late
            )
    else:
        time = submission.timestamp
        when = None if time is None else time.replace(tzinfo=UTC).isoformat()
        percent = lateness(late, assignment, student, when, None).percent
        scores = (grade.auto_score or 0.0 for grade in own.grades)
        penalty = round(sum(scores) * percent / 100, 2)
    enter(own, step, penalty)
    gradebook.db.commit()


def enter(own: Any, step: Any, penalty: float | None) -> None:
    """Enter a penalty, of at least nothing and at most the score; None or 0 for none."""
    own.late_submission_penalty = step._check_late_penalty(own, penalty) if penalty else None
