"""A student's notebook, run from top to bottom, judged by the bundle beside it."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from autograder.course import course
from autograder.errors import UsageError
from autograder.model import Status
from autograder.notebook.checker import Checker
from autograder.publishing.graded import graded_notebook
from autograder.publishing.release import release
from autograder.publishing.source import instructor_cells
from tests.support import make_course

ROOT = Path(__file__).parents[3]
# The Keras assignments wait half a minute for TensorFlow; tests/course/ grades them.
NUMPY = [
    name
    for name, assignment in course.load(ROOT).assignments.items()
    if set(assignment.settings.preload) <= {"numpy"}
]


def bundled(assignment: course.Assignment, folder: Path) -> course.Assignment:
    """What a student has of it."""
    release(assignment, folder, forms=False)
    return course.load(folder).assignment(assignment.name)


@pytest.mark.parametrize("name", NUMPY)
def test_each_check_passes_where_it_stands(name):
    """With the reference's answers, no check asks for what comes further down.

    It is asked in the course: a bundle judges alike, and takes ten seconds to write.
    """
    assignment = course.load(ROOT).assignment(name)
    cells = instructor_cells(assignment.reference / "solution.py")
    notebook = json.loads(graded_notebook(cells, assignment.checks))
    history, verdicts = [""], []
    with contextlib.closing(Checker(assignment)) as checker:
        for cell in notebook["cells"]:
            if cell["cell_type"] == "code":
                history.append("".join(cell["source"]))
                if history[-1].startswith('check("'):
                    verdict, notes, _ = checker.judge(history[-1][7:-2], history)
                    assert notes == []
                    verdicts.append(verdict)
    assert [one.id for one in verdicts if one.status is not Status.PASSED] == []
    assert sum(one.points for one in verdicts) == assignment.settings.points


def test_the_same_code_is_loaded_once(tmp_path):
    """Until a cell changes what functions do; a verdict on the same code stands."""
    double = "def double(x):\n    return 2 * x"
    with contextlib.closing(Checker(bundled(make_course(tmp_path), tmp_path / "b"))) as checker:
        verdict = checker.judge("double", [double])[0]
        assert verdict.status is Status.PASSED
        assert checker.judge("double", [double, "double(3)"])[0] is verdict
        other = checker.judge("double", [double, "def double(x): return x**2"])[0]
        assert other.status is Status.FAILED


def test_remarks_on_the_code_are_made_once(tmp_path):
    """A missing module is said below the first check, not below every one."""
    source = "import no_such_module\n\ndef double(x):\n    return 2 * x"
    with contextlib.closing(Checker(bundled(make_course(tmp_path), tmp_path / "b"))) as checker:
        assert "no_such_module" in checker.judge("double", [source])[1][0]
        assert checker.judge("double", [source])[1] == []


def test_an_unknown_check_names_a_near_one(tmp_path):
    """A slip of the pen in a cell of one's own."""
    with contextlib.closing(Checker(bundled(make_course(tmp_path), tmp_path / "b"))) as checker:
        with pytest.raises(UsageError, match="no check 'duble'") as caught:
            checker.judge("duble", [])
        assert "'double'" in caught.value.hint
