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
    from nbgrader.api import BaseCell

    submitted = gradebook.find_submission_notebook(notebook, assignment, student)
    cells = gradebook.db.query(BaseCell.id, BaseCell.name).filter_by(
        notebook_id=submitted.notebook_id
    )
    names = dict(cells.all())  # or each grade would ask for its own
    with gradebook.db.no_autoflush:
        for grade in submitted.grades:
            name = names[grade.cell_id]
            if name not in found.scores:
                continue
            score = found.scores[name]
            grade.auto_score = score
            grade.needs_manual_grade = score is None or grade.manual_score is not None
        for comment in submitted.comments:
            name = names[comment.cell_id]
            if name in found.comments:
                comment.auto_comment = found.comments[name]
    gradebook.db.commit()
