"""The source notebook for nbgrader: every cell has its part, and stable ids."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from autograder.course import course
from autograder.errors import CourseError
from autograder.publishing.graded import graded_notebook
from autograder.publishing.source import instructor_cells, student_cells

ROOT = Path(__file__).parents[3]
ASSIGNMENTS = sorted(path.parent.name for path in ROOT.glob("reference/*/solution.py"))


@cache
def built(name: str) -> list[dict]:
    """The cells of an assignment's source notebook."""
    assignment = course.load(ROOT).assignment(name)
    cells = instructor_cells(assignment.reference / "solution.py")
    return json.loads(graded_notebook(cells, assignment.checks))["cells"]


def settings(cell: dict) -> dict:
    """nbgrader's metadata of a cell."""
    return cell["metadata"].get("nbgrader", {})


def text(cell: dict) -> str:
    """A cell's source as one string."""
    return "".join(cell["source"])


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_points_are_those_of_the_checks_and_of_the_question(name):
    """Each check is one locked line that is worth its points; a question comes on top."""
    assignment = course.load(ROOT).assignment(name)
    graded = [cell for cell in built(name) if settings(cell).get("grade")]
    tests = [cell for cell in graded if cell["cell_type"] == "code"]
    assert {text(cell): settings(cell)["points"] for cell in tests} == {
        f'check("{check.id}")': check.points for check in assignment.checks
    }
    assert all(settings(cell)["locked"] for cell in tests)
    questions = [cell for cell in graded if cell["cell_type"] == "markdown"]
    assert [settings(cell)["points"] for cell in questions] == [10]
    assert all(settings(cell)["solution"] for cell in questions)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_a_check_stands_below_all_that_it_needs(name):
    """From top to bottom, the function that a check is about is there before the check."""
    assignment = course.load(ROOT).assignment(name)
    of = {f'check("{check.id}")': check.of for check in assignment.checks}
    seen = ""
    for cell in built(name):
        if text(cell) in of:
            assert f"def {of[text(cell)]}(" in seen or f"class {of[text(cell)]}" in seen
        seen += text(cell) + "\n"


def test_a_check_of_several_functions_stands_below_the_last():
    """`learns_the_corner` trains with one function and predicts with a later one."""
    ids = [cell["id"] for cell in built("assignment3")]
    assert ids.index("check-learns_the_corner") > ids.index("predict")


def test_only_answers_and_trials_can_be_edited():
    """Text, imports and helpers are locked; a cell that tries things is the student's."""
    cells = {cell["id"]: settings(cell) for cell in built("assignment3")}
    assert cells["imports"]["locked"]
    assert cells["draw_moons"]["locked"]
    assert cells["Notation"]["locked"]
    assert cells["sigmoid"]["solution"]
    assert not cells["sigmoid"]["locked"]
    assert cells["code"] == {}


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_nbgrader_accepts_its_metadata(name):
    """Judged by the schema that nbgrader ships, and by its rules about ids."""
    import jsonschema

    found = [settings(cell) for cell in built(name) if settings(cell)]
    schema = json.loads(schema_file().read_text("utf-8"))
    for one in found:
        jsonschema.validate(one, schema)
    ids = [one["grade_id"] for one in found]
    assert len(set(ids)) == len(ids)


def schema_file() -> Path:
    """nbgrader's schema, found without importing nbgrader, which takes seconds."""
    from importlib.metadata import files

    return next(
        Path(str(path.locate()))
        for path in files("nbgrader") or ()
        if str(path).endswith("nbgraderformat/v3.json")
    )


def test_the_grader_s_notes_are_the_model_answer():
    """nbgrader takes it out for students, and shows it to nobody else."""
    cells = {cell["id"]: text(cell) for cell in built("assignment3")}
    assert "Look for three ideas" in cells["answer-A-question-to-think-about"]
    assert not any(name.startswith("instructor") for name in cells)


def test_ids_do_not_depend_on_what_only_instructors_have(tmp_path):
    """Students' forms and the source notebook call the same cell the same."""
    source = tmp_path / "solution.py"
    source.write_text(
        '# %% tags=["instructor"]\ndef f():\n    return 1\n\n\n'
        "# %%\ndef f():\n    ### BEGIN SOLUTION\n    return 2\n    ### END SOLUTION\n"
    )
    assert [cell.id for cell in student_cells(source)] == ["f"]
    assert [cell.id for cell in instructor_cells(source)] == ["instructor-f", "f"]


@pytest.mark.parametrize(
    "head",
    [
        "# %% points=3",
        "# %% [markdown] points=-1",
        "# %% [markdown] points=true",
        '# %% [markdown] points="ten"',
        '# %% [markdown] points=3 tags=["instructor"]',
    ],
)
def test_points_of_anything_but_a_question_stop_the_build(head, tmp_path):
    """Code has its points from the checks, and what students do not get has none."""
    source = tmp_path / "solution.py"
    source.write_text(f"{head}\n# x = 1\n")
    with pytest.raises(CourseError, match="means nothing here"):
        student_cells(source)
