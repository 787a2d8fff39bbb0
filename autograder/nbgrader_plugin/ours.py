"""The notebooks of an nbgrader course that checks grade; the others are nbgrader's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.course import course as courses
from autograder.nbgrader_plugin.cells import check_of, is_test
from autograder.nbgrader_plugin.reading import read


def is_ours(coursedir: Any, course: Path, assignment: str, notebook: str) -> bool:
    """True if the course grades a notebook of this assignment.

    It does where the notebook that students were given has cells of checks, and where there is
    none yet for an assignment of the course's. Raises CourseError where it has such cells, and
    the course cannot be read.
    """
    folder = coursedir.format_path(coursedir.release_directory, ".", assignment)
    given = Path(folder) / f"{notebook}.ipynb"
    if given.is_file() and not any(check_of(c) for c in read(given)["cells"] if is_test(c)):
        return False
    found = courses.load(course).assignments.get(assignment)
    return found is not None and found.module == notebook
