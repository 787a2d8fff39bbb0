"""The built files of this repository's course are what their source gives, and leak nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.course import course
from autograder.publishing import build, stale
from autograder.publishing.regions import find

ROOT = Path(__file__).parents[3]
ASSIGNMENTS = sorted(path.parent.name for path in ROOT.glob("reference/*/solution.py"))


def source_and_names(name: str) -> tuple[Path, dict[str, str]]:
    """An assignment's source, and the names it is built with."""
    assignment = course.load(ROOT).assignment(name)
    names = {"name": name, "title": assignment.title, "module": assignment.module}
    return ROOT / "reference" / name / "solution.py", names


def test_the_course_has_assignments_to_look_at():
    """The tests below cannot pass by finding nothing."""
    assert ASSIGNMENTS


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_built_files_are_current(name):
    """Whoever changes a source builds again: run `grade build`."""
    source, names = source_and_names(name)
    assert stale(source, ROOT / "assignments" / name, **names) == [], "run `grade build`"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_no_line_of_a_solution_reaches_students(name):
    """No line that stands inside regions and nowhere else is in any built file."""
    source, names = source_and_names(name)
    lines = source.read_text(encoding="utf-8").splitlines()
    inside = {
        number
        for region in find("\n".join(lines), str(source))
        for number in range(region.begin, region.end + 1)
    }
    public = "\n".join(line for number, line in enumerate(lines, 1) if number not in inside)
    secret = {lines[number - 1].strip() for number in inside}
    secret = {line for line in secret if line not in public}
    assert len(secret) > 5
    for file, text in build(source, **names).items():
        if file.endswith(".ipynb"):
            text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
        assert not {line for line in secret if line in text}, file
