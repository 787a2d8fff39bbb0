"""Write results into nbgrader's gradebook, through its API."""

from __future__ import annotations

from typing import Any

from autograder.nbgrader_plugin.results import Results


def write(
    gradebook: Any, found: Results, *, assignment: str, notebook: str, student: str
) -> None:
    """Write the scores and comments of one notebook, and commit.

    gradebook   an open `nbgrader.api.Gradebook`, in which the submission is known.

    What a person has scored or said stays, and counts in place of ours; a grade that a
    person has changed is marked to be looked at again.
    """
    submitted = gradebook.find_submission_notebook(notebook, assignment, student)
    for grade in submitted.grades:
        if grade.name not in found.scores:
            continue
        grade.auto_score = found.scores[grade.name]
        grade.needs_manual_grade = grade.auto_score is None or grade.manual_score is not None
    for comment in submitted.comments:
        if comment.name in found.comments:
            comment.auto_comment = found.comments[comment.name]
    gradebook.db.commit()
