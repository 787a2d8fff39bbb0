"""A report of one mistake fits a terminal of 24 rows."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from autograder.answers.variants import variants_of
from autograder.course import course
from autograder.feedback.terminal import show
from autograder.grading.report import grade
from autograder.sandbox.host.sandbox import Sandbox

ROWS = 24
STEP = 9  # every ninth misconception: some forty reports


@pytest.mark.timeout(900)  # it grades some forty files
def test_a_report_of_one_mistake_fits_a_screen(root):
    """Of the reports on one misconception each, at least 95 % have at most 24 rows."""
    rows: dict[str, int] = {}
    for name in ("assignment1", "assignment2", "assignment3", "assignment4"):
        assignment = course.load(root).assignments[name]
        assert assignment.reference is not None
        known = variants_of(assignment.reference)
        with Sandbox(limits=assignment.settings.limits) as sandbox:
            for title in list(known.misconceptions)[::STEP]:
                wrong = known.variant(title).submission
                report = grade(wrong, assignment, sandbox=sandbox)
                out = io.StringIO()
                show(
                    report,
                    Console(file=out, width=80, markup=False, emoji=False),
                    title=assignment.title,
                    file="one_hidden_layer.py",
                    seconds=0.4,
                )
                rows[f"{name}: {title}"] = out.getvalue().count("\n")
    long = {title: count for title, count in rows.items() if count > ROWS}
    assert len(long) <= 0.05 * len(rows), long
