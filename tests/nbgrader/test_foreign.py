"""Assignments of an nbgrader course that no checks of ours grade."""

from __future__ import annotations

import shutil

import pytest

from tests.nbgrader import foreign
from tests.nbgrader.conftest import run

pytestmark = pytest.mark.timeout(600)  # real commands, on a machine that may be busy


def test_they_are_graded_as_nbgrader_grades_them(course, tmp_path):
    """In a kernel, by their own tests, and nothing of ours is in them."""
    folder = tmp_path / "course"
    shutil.copytree(course, folder)
    there = folder / "source" / foreign.NAME / f"{foreign.NOTEBOOK}.ipynb"
    there.parent.mkdir()
    there.write_text(foreign.source())
    run("nbgrader", "generate_assignment", foreign.NAME, at=folder)
    given = (folder / "release" / foreign.NAME / there.name).read_text()
    for student, body in (("anna", "return a + b"), ("ben", "return 3")):
        place = folder / "submitted" / student / foreign.NAME
        place.mkdir(parents=True)
        (place / there.name).write_text(foreign.handed_in(given, body))
    run("nbgrader", "autograde", foreign.NAME, at=folder)
    graded = (folder / "autograded" / "anna" / foreign.NAME / there.name).read_text()
    assert '"autograder"' not in graded
    exporter = "autograder.nbgrader_plugin.ChecksExporter"
    run("nbgrader", "export", f"--exporter={exporter}", "--to=checks.csv", at=folder)
    rows = [line.split(",") for line in (folder / "checks.csv").read_text().splitlines()]
    scores = {(row[2], row[5]): row[6] for row in rows if row[0] == foreign.NAME}
    assert scores == {
        ("anna", "test-1"): "1",
        ("anna", "test-3"): "3",
        ("ben", "test-1"): "1",
        ("ben", "test-3"): "0",
    }
