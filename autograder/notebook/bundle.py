"""Find the assignment that a notebook belongs to, from the folder that it runs in."""

from __future__ import annotations

from pathlib import Path

from autograder.course import course
from autograder.course.course import COURSE_FILE, Assignment
from autograder.errors import CourseError

FOLDER = "checks"  # the bundle's name beside an nbgrader notebook


def find(start: Path) -> Assignment:
    """The assignment of the nearest bundle: beside the notebook, or in a folder above.

    Where a bundle or a course holds several, it is the one whose folder holds the notebook.
    Raises CourseError when there is none, or no telling which.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        for root in (folder / FOLDER, folder):
            if (root / COURSE_FILE).is_file():
                return _assignment(root, start)
    raise CourseError(
        f"The checks were not found: there is no folder {FOLDER!r} beside this notebook.",
        hint="Fetch the assignment again, and keep the notebook in the folder it came in.",
        slug="no-course",
    )


def _assignment(root: Path, start: Path) -> Assignment:
    found = course.load(root).assignments
    for assignment in found.values():
        if start.is_relative_to(assignment.folder.resolve()):
            return assignment
    if len(found) == 1:
        return next(iter(found.values()))
    raise CourseError(
        f"{root} has the checks of {len(found)} assignments, and this notebook is in the "
        "folder of none of them.",
        hint="Move the notebook into its assignment's folder.",
        slug="no-course",
    )
