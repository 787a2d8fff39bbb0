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
    from nbgrader.api import BaseCell, Comment, Grade

    # By columns: objects of these would each ask for their cells, and take most of the time.
    own = gradebook.find_submission_notebook(notebook, assignment, student).id
    db = gradebook.db
    grades = []
    for id_, name, manual in (
        db.query(Grade.id, BaseCell.name, Grade.manual_score)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .filter(Grade.notebook_id == own)
    ):
        if name in found.scores:
            score = found.scores[name]
            needs = score is None or manual is not None
            grades.append({"id": id_, "auto_score": score, "needs_manual_grade": needs})
    comments = [
        {"id": id_, "auto_comment": found.comments[name]}
        for id_, name in db.query(Comment.id, BaseCell.name)
        .join(BaseCell, BaseCell.id == Comment.cell_id)
        .filter(Comment.notebook_id == own)
        if name in found.comments
    ]
    db.bulk_update_mappings(Grade, grades)
    db.bulk_update_mappings(Comment, comments)
    db.commit()
