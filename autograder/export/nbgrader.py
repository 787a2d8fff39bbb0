"""nbgrader's own database, through nbgrader's own API.

Where `grade nbgrader init` has made the assignment, the scores go to the cells of its checks.
Otherwise the assignment is made, with one graded cell for each check.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import textwrap
import warnings
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from nbgrader.api import Comment, Grade, Gradebook

from autograder.course.lateness import Late
from autograder.errors import UsageError
from autograder.export.model import Row
from autograder.export.nbgrader_late import application, came, enter, penalize, plugin
from autograder.export.people import said, with_owners
from autograder.feedback.lines import as_text
from autograder.model import Status
from autograder.submissions.people.roster import Person, Roster

CELL = "check-{}"  # a check's cell, in the notebooks of `grade nbgrader init` too


class NbGrader:
    """A file `gradebook.db`, which is made or brought up to date.

    nbgrader then shows for each student exactly the points that count: the late penalty is
    its late penalty, and an adjustment is extra credit of the first check. What a person has
    scored by hand in nbgrader stays, and counts in place of ours. Where course.toml sets no
    deadline, nbgrader's own due date says what is late.
    """

    name = "nbgrader"
    suffix = ".db"
    for_students = True

    def write(self, rows: Sequence[Row], to: Path, *, roster: Roster | None) -> list[str]:
        """Students are called by the roster's column nbgrader, or else by its key."""
        _refuse_another(to)
        to.parent.mkdir(parents=True, exist_ok=True)
        everybody, remarks = with_owners(rows, roster)
        kept: list[str] = []
        homeless: list[str] = []
        app = application(to.parent)
        step = plugin(app)
        with opened(to) as book:
            notebooks = {
                name: _notebook(book, name, (row for row in rows if row.assignment == name))
                for name in dict.fromkeys(row.assignment for row in rows)
            }
            for one in everybody:
                row, person = one.row, one.person
                student = person.nbgrader or person.key
                book.update_or_create_student(student, **details(person))
                places = _places(book, row, notebooks[row.assignment], student, app)
                by_hand, missing = _fill(places, row)
                book.db.commit()
                if row.due or row.late_penalty:
                    enter(places, step, row.late_penalty)
                    book.db.commit()
                else:
                    names = {"assignment": row.assignment, "student": student}
                    notebook = notebooks[row.assignment]
                    penalize(book, step, Late(), notebook=notebook, **names)
                kept += [student] if by_hand else []
                homeless += missing
        return [
            *remarks,
            *said("Scored by a person in nbgrader, which counts", kept),
            *said("Without a cell in nbgrader's notebook, and left out", homeless),
        ]


def details(person: Person) -> dict[str, str]:
    """The columns of a student in nbgrader beside the login, as far as the roster says them."""
    last, comma, first = map(str.strip, person.name.partition(","))
    if not comma:
        first, _, last = person.name.rpartition(" ")
    known = {"first_name": first.strip(), "last_name": last, "email": person.email}
    return {column: value for column, value in known.items() if value}


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """nbgrader's gradebook in the file `path`, which is made where there is none.

    To make one, nbgrader runs the program alembic. It stands beside this Python, and so is
    found also where the environment is not activated.
    """
    before = os.environ.get("PATH", os.defpath)
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), before])
    try:
        book = Gradebook(f"sqlite:///{path.resolve()}")
    finally:
        os.environ["PATH"] = before
    with closing(book), warnings.catch_warnings():
        # SQLAlchemy's, on nbgrader's own way of making a submission.
        warnings.filterwarnings("ignore", message="Object of type <Submitted")
        yield book


def _refuse_another(path: Path) -> None:
    """UsageError when there is a file that nbgrader did not make: ours has the same name."""
    if not path.exists() or path.stat().st_size == 0:
        return
    query = "select 1 from sqlite_master where name = 'submitted_assignment'"
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as file:
            if file.execute(query).fetchone() is not None:
                return
    except sqlite3.Error:
        pass
    raise UsageError(
        f"{path} is there, and is not a gradebook of nbgrader's.",
        hint="Name the gradebook.db in the folder of the nbgrader course: --to PATH",
    )


def _notebook(book: Any, name: str, rows: Iterable[Row]) -> str:
    """The assignment's notebook that has checks' cells; made when there is none.

    One that we have made gets the cells of new checks, too.
    """
    assignment = book.update_or_create_assignment(name)
    worth = {CELL.format(one.id): one.possible for row in rows for one in row.report.checks}
    for notebook in assignment.notebooks:
        cells = {cell.name for cell in notebook.grade_cells}
        if notebook.name != name and worth.keys() & cells:
            return str(notebook.name)
    book.update_or_create_notebook(name, name)
    for cell, points in worth.items():
        made = {"max_score": points, "cell_type": "code"}
        book.update_or_create_grade_cell(cell, name, name, **made)
        book.update_or_create_solution_cell(cell, name, name)
    return name


def _places(book: Any, row: Row, notebook: str, student: str, app: Any) -> Any:
    """The submission's notebook, with a grade and a comment for each cell that there is now."""
    when = _handed_in(app, row.assignment, student)
    book.update_or_create_submission(row.assignment, student, **when)
    submitted = book.find_submission_notebook(notebook, row.assignment, student)
    graded = {grade.name for grade in submitted.grades}
    told = {comment.name for comment in submitted.comments}
    for cell in submitted.notebook.grade_cells:
        if cell.name not in graded:
            book.db.add(Grade(cell_id=cell.id, notebook=submitted))
    for cell in submitted.notebook.solution_cells:
        if cell.name not in told:
            book.db.add(Comment(cell_id=cell.id, notebook=submitted))
    book.db.commit()
    return submitted


def _handed_in(app: Any, assignment: str, student: str) -> dict[str, Any]:
    """The time of the hand-in, from nbgrader's own files where the course has them."""
    if app is None:
        return {}
    coursedir = app.coursedir
    folder = coursedir.format_path(coursedir.submitted_directory, student, assignment)
    with suppress(ValueError):
        timestamp = came(coursedir, folder)
        return {"timestamp": timestamp} if timestamp else {}
    return {}


def _fill(submitted: Any, row: Row) -> tuple[bool, list[str]]:
    """Enter one submission's scores and comments.

    Returns whether a person had scored any, and the checks that have no cell.
    """
    grades = {grade.name: grade for grade in submitted.grades}
    adjustment = round(row.adjustment + row.by_hand, 2) or None
    missing = []
    for verdict in row.report.checks:
        grade = grades.get(CELL.format(verdict.id))
        if grade is None:
            missing.append(verdict.id)
            continue
        undecided = not verdict.status.decided
        grade.auto_score = None if undecided else verdict.points
        grade.extra_credit, adjustment = adjustment, None
        grade.needs_manual_grade = undecided or grade.manual_score is not None
    if adjustment is not None and not row.report.checks and grades:  # by hand alone
        next(iter(grades.values())).extra_credit = adjustment
    comments = {comment.name: comment for comment in submitted.comments}
    for name, text in _comments(row, comments.keys()).items():
        comments[name].auto_comment = text
    return any(grade.manual_score is not None for grade in grades.values()), missing


def _comments(row: Row, places: Collection[str]) -> dict[str, str]:
    """The comments on the checks, by cell: the check's own, or else the function's.

    nbgrader reads a comment as Markdown. As an indented block, nothing in it is markup.
    """
    found: dict[str, list[str]] = {}
    for verdict in row.report.checks:
        for name in (CELL.format(verdict.id), verdict.of):
            if name in places:
                texts = found.setdefault(name, [])
                if verdict.status is not Status.PASSED:
                    texts.append(textwrap.indent(as_text(verdict), "    ", lambda line: True))
                break
    return {name: "\n\n".join(texts) for name, texts in found.items()}
