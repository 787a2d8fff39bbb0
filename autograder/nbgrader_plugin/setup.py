"""Make an nbgrader course of a course: configuration, source notebooks, points."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.course.course import Assignment, Course
from autograder.course.seeds import SEED_FILE, secret_seed
from autograder.errors import CourseError, UsageError
from autograder.nbgrader_plugin.course import CONFIG
from autograder.notebook.bundle import FOLDER
from autograder.publishing.graded import graded_notebook
from autograder.publishing.release import release
from autograder.publishing.source import instructor_cells

_TEMPLATE = '''"""nbgrader's configuration: this folder is the course {course_id!r}."""

from pathlib import Path

from autograder.nbgrader_plugin import configure

c = get_config()
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = {course_id!r}

# Grades in a sandbox, on secret inputs, with the checks of the course's own folder.
configure(c, course={course!r})
'''


def init(course: Course, folder: Path, names: list[str] | None = None) -> Iterator[Path]:
    """Make `folder` an nbgrader course with the named assignments, or else all.

    Yields each path as it is written. Whatever is there already stays as it is, so a call
    can be repeated when the course has a new assignment. Raises UsageError for an unknown
    assignment, CourseError for one whose source, checks or libraries are not all there.
    """
    assignments = [course.assignment(name) for name in names or course.assignments]
    course_id = re.sub(r"[^A-Za-z0-9_-]+", "-", folder.resolve().name).strip("-") or "course"
    for assignment in assignments:
        _refuse_unfit(assignment)
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / CONFIG).exists():
        text = _TEMPLATE.format(course=str(course.root.resolve()), course_id=course_id)
        (folder / CONFIG).write_text(text, encoding="utf-8")
        yield folder / CONFIG
    if not (folder / SEED_FILE).exists():
        secret_seed(folder / SEED_FILE)
        yield folder / SEED_FILE
    for assignment in assignments:
        target = folder / "source" / assignment.name
        if not target.exists():
            text = _notebook(assignment)
            _enter_points(assignment, text, folder, course_id)
            yield from _source(assignment, text, target)


def _refuse_unfit(assignment: Assignment) -> None:
    if assignment.reference is None:
        raise CourseError(
            f"{assignment.name} has no reference here, so there is no source notebook to make.",
            hint="Run it in the course's own repository.",
        )
    if assignment.missing:
        raise UsageError(
            f"{assignment.name} needs {', '.join(assignment.missing)}, which is not installed "
            "here.",
            hint="Install it, or name the assignments to take with --assignment.",
        )


def _notebook(assignment: Assignment) -> str:
    """The source notebook, which nbgrader's own validator has accepted."""
    import nbformat
    from nbgrader.nbgraderformat import MetadataValidator

    assert assignment.reference is not None
    cells = instructor_cells(assignment.reference / "solution.py")
    text = graded_notebook(cells, assignment.checks)
    MetadataValidator().validate_nb(nbformat.reads(text, as_version=4))
    return text


def _source(assignment: Assignment, text: str, target: Path) -> Iterator[Path]:
    """The assignment's source folder; whole, or not there at all."""
    unfinished = target.with_name(f".{target.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    release(assignment, unfinished / FOLDER, forms=False)
    for file in assignment.files:
        shutil.copyfile(file, unfinished / file.name)
    (unfinished / f"{assignment.module}.ipynb").write_text(text, encoding="utf-8")
    unfinished.rename(target)
    yield from sorted(path for path in target.rglob("*") if path.is_file())


def _enter_points(assignment: Assignment, text: str, folder: Path, course_id: str) -> None:
    """Tell nbgrader's database of the assignment, with what each cell is worth."""
    import nbformat
    from nbgrader.api import Gradebook
    from nbgrader.preprocessors import ClearSolutions, ComputeChecksums, SaveCells

    url = f"sqlite:///{(folder / 'gradebook.db').resolve()}"
    with _own_programs_first(), Gradebook(url, course_id) as gradebook:
        gradebook.update_or_create_assignment(assignment.name)
    names = {"notebook": assignment.module, "assignment": assignment.name, "db_url": url}
    notebook: Any = nbformat.reads(text, as_version=4)
    resources: Any = {"nbgrader": names}
    for step in (ClearSolutions, ComputeChecksums, SaveCells):
        notebook, resources = step().preprocess(notebook, resources)


@contextlib.contextmanager
def _own_programs_first() -> Iterator[None]:
    """A new database makes nbgrader run `alembic`, which stands beside this Python."""
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        yield
    finally:
        os.environ["PATH"] = before
