"""A file as it was handed out, of an assignment that needs more than NumPy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder import submissions
from autograder.course import course
from autograder.course.course import Assignment
from autograder.grading.report import grade
from autograder.grading.untouched import is_untouched
from autograder.model import Report, Status
from tests.support import SOLUTION, make_course

STUB = "\n".join(
    line
    if line.startswith(("def", "class", "    def"))
    else "        raise NotImplementedError"
    for line in SOLUTION.replace("\n\n", "\n").split("\n")
    if line and not line.startswith("import")
)


def a_course(folder: Path, stub: str, solution: str = SOLUTION) -> Assignment:
    """The small course, as if it needed a large library, with `stub` to be handed out."""
    made = make_course(folder, solution=solution)
    settings = made.folder / "assignment.toml"
    preload = 'preload = ["numpy", "decimal"]\n'
    settings.write_text(settings.read_text().replace("[limits]", preload + "[limits]"))
    made.stub.write_text(stub)
    return course.load(folder).assignment("small")


def statuses(report: Report) -> list[tuple[str, Status, float]]:
    """What a report says of each check."""
    return [(one.id, one.status, one.points) for one in report.checks]


def test_no_answer_is_computed_for_it(tmp_path):
    """It earns nothing, as when it is run; and a reference that raises is not asked."""
    broken = a_course(tmp_path / "broken", STUB, "raise RuntimeError('asked')\n")
    known = grade(submissions.read(broken.stub), broken)
    sound = a_course(tmp_path / "sound", STUB)
    one_more = sound.folder / "mine.py"
    one_more.write_text(STUB + "\n")
    assert not is_untouched(submissions.read(one_more), sound)
    assert statuses(known) == statuses(grade(submissions.read(one_more), sound))
    assert {one.status for one in known.checks} == {Status.NOT_ATTEMPTED}
    assert known.possible == 60


@pytest.mark.parametrize(
    "more", ["\ndef given(x):\n    return x\n", "\nf = lambda x: x\n", "\ndef broken(:\n"]
)
def test_a_file_that_holds_something_is_run(tmp_path, more):
    """A function that is handed out whole, a lambda, or what cannot be read."""
    made = a_course(tmp_path, STUB + more)
    assert not is_untouched(submissions.read(made.stub), made)


def test_a_notebook_may_end_with_a_command(tmp_path):
    """The handed-out notebook calls `grade` in its last cell."""
    made = a_course(tmp_path, STUB)
    sources = "def f():\n    raise NotImplementedError", "!grade check"
    cells = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": source}
        for source in sources
    ]
    notebook = made.stub.with_suffix(".ipynb")
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    notebook.write_text(json.dumps(whole))
    assert is_untouched(submissions.read(notebook), made)
