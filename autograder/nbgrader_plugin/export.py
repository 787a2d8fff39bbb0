"""`nbgrader export --exporter=autograder.nbgrader_plugin.ChecksExporter`: a row per check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from nbgrader.plugins import ExportPlugin

from autograder.export.cells import write_table
from autograder.publishing.graded import CHECK_PREFIX

HEADER = (
    "assignment",
    "notebook",
    "student_id",
    "last_name",
    "first_name",
    "check",
    "score",
    "max_score",
    "auto_score",
    "manual_score",
    "needs_manual_grade",
)


class ChecksExporter(ExportPlugin):  # type: ignore[misc]
    """A CSV file with a row for each graded cell of each submission.

    Fields are quoted where they need it, and a name that a spreadsheet would take for a
    formula begins with an apostrophe. The default file is checks.csv.
    """

    def export(self, gradebook: Any) -> None:
        """Write the file `--to`, of the students and assignments that are asked for."""
        to = Path(self.to or "checks.csv")
        self.log.info("Exporting checks to %s", to)
        write_table(to, HEADER, self._rows(gradebook))

    def _rows(self, gradebook: Any) -> Iterator[Sequence[str | float | None]]:
        students, assignments = set(map(str, self.student)), set(map(str, self.assignment))
        for assignment in gradebook.assignments:
            if assignments and assignment.name not in assignments:
                continue
            for submission in sorted(assignment.submissions, key=lambda one: one.student.id):
                if students and submission.student.id not in students:
                    continue
                for notebook in submission.notebooks:
                    for grade in notebook.grades:
                        yield _row(assignment, notebook, submission.student, grade)


def _row(assignment: Any, notebook: Any, student: Any, grade: Any) -> list[str | float | None]:
    return [
        assignment.name,
        notebook.name,
        student.id,
        student.last_name or "",
        student.first_name or "",
        grade.name.removeprefix(CHECK_PREFIX),
        grade.score,
        grade.max_score,
        grade.auto_score,
        grade.manual_score,
        "yes" if grade.needs_manual_grade else "no",
    ]
