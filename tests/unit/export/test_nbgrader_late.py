"""Late work in nbgrader's database: computed again, whatever was entered before."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from traitlets.config import Config

from autograder.course.lateness import Late
from autograder.export.nbgrader import NbGrader, opened
from autograder.export.nbgrader_late import penalize, plugin

CAME = "2026-03-02 12:00:00 UTC"
PLUGIN = """
from nbgrader.plugins import LateSubmissionPlugin

class Ten(LateSubmissionPlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 10.0
"""
CONFIG = """
c = get_config()
c.CourseDirectory.root = {root!r}
c.AssignLatePenalties.plugin_class = "ten.Ten"
"""


@pytest.fixture
def course(tmp_path: Path, database: Path, make_row, monkeypatch) -> Path:
    """An nbgrader course whose plug-in takes ten points; jane handed in on the second."""
    (tmp_path / "ten.py").write_text(PLUGIN)
    (tmp_path / "nbgrader_config.py").write_text(CONFIG.format(root=str(tmp_path)))
    monkeypatch.syspath_prepend(str(tmp_path))
    there = tmp_path / "submitted" / "jane" / "hw1"
    there.mkdir(parents=True)
    (there / "timestamp.txt").write_text(CAME)
    NbGrader().write([make_row("jane")], database, roster=None)
    return tmp_path


def penalty(course: Path) -> float:
    """What nbgrader takes off."""
    with opened(course / "gradebook.db") as book:
        return float(book.find_submission("hw1", "jane").late_submission_penalty)


def due(course: Path, when: str | None) -> None:
    """Move nbgrader's due date."""
    with opened(course / "gradebook.db") as book:
        book.update_or_create_assignment("hw1", duedate=when)


def by_plugin(course: Path, late: Late) -> float:
    """The step that `nbgrader autograde` and `grade nbgrader autograde` take."""
    from ten import Ten

    step = plugin(None)
    step.plugin_inst = Ten(config=Config())
    with opened(course / "gradebook.db") as book:
        penalize(book, step, late, assignment="hw1", notebook="hw1", student="jane")
    return penalty(course)


def test_a_moved_due_date_counts_by_every_way(course, make_row):
    """Late, an extension, late again, then a due date: it is computed again each time."""

    def by_export() -> float:
        NbGrader().write([make_row("jane")], course / "gradebook.db", roster=None)
        return penalty(course)

    ways = (by_export, lambda: by_plugin(course, Late()))
    assert penalty(course) == 0
    for way in ways:
        due(course, "2026-03-01 12:00:00 UTC")
        assert way() == 10
        with opened(course / "gradebook.db") as book:
            book.grant_extension("hw1", "jane", days=2)
        assert way() == 0
        with opened(course / "gradebook.db") as book:
            book.grant_extension("hw1", "jane")
        assert way() == 10
        due(course, "2026-03-03 12:00:00 UTC")
        assert way() == 0


def test_the_course_s_own_deadline_comes_first(course, make_row):
    """Then the percents of course.toml hold, in all three ways alike."""
    due(course, "2026-02-01 12:00:00 UTC")
    deadline = datetime.fromisoformat("2026-03-01T12:00:00+00:00")
    late = Late(percent_per_day=10, deadlines={"hw1": deadline})
    assert by_plugin(course, late) == 1.5
    row = make_row("jane", late_penalty=1.5, due=deadline.isoformat())
    NbGrader().write([row], course / "gradebook.db", roster=None)
    assert penalty(course) == 1.5
    on_time = Late(percent_per_day=10, deadlines={"hw1": deadline.replace(day=5)})
    assert by_plugin(course, on_time) == 0
