"""The built files of this repository's course are what their source gives, and leak nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder import course
from autograder.notebooks import build, stale
from autograder.notebooks.regions import find

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
    """Whoever changes a source builds anew: run `grade build`."""
    source, names = source_and_names(name)
    assert stale(source, ROOT / "assignments" / name, **names) == [], "run `grade build`"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_no_line_of_a_solution_reaches_students(name):
    """No line that stands only inside regions is in any built file."""
    source, names = source_and_names(name)
    text = source.read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    regions = find(text, str(source))
    inside = {number for region in regions for number in range(region.begin, region.end + 1)}
    secret = {lines[number - 1] for number in inside} - {
        line for number, line in enumerate(lines, 1) if number not in inside
    }
    assert len(secret) > 5 * len(ASSIGNMENTS)
    for built in build(source, **names).values():
        found = {line for line in secret if line in built}
        assert not found
