"""One nbgrader course of assignment 3, and what grading it by each way gives.

The commands are nbgrader's own and ours, as processes; what they cost is their start, so each
runs once for all submissions. The first of each of nbgrader's is a Python of its own, the
others are forks of one that has imported nbgrader.
"""

from __future__ import annotations

import copy
import csv
import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import warm
from tests.nbgrader.mangles import MANGLES, answers, cell, text

NAME, NOTEBOOK = "assignment3", "one_hidden_layer"
SECONDS = 1500  # for the longest command, where many other programs run
_started: set[str] = set()  # of nbgrader's commands


def run(*command: str, at: Path, fails: bool = False) -> str:
    """Run a program that stands beside this Python; its output, stderr included."""
    program, *words = command
    beside = Path(sys.executable).parent
    environment = os.environ | {"PATH": f"{beside}{os.pathsep}{os.environ['PATH']}"}
    if program == "nbgrader" and words[0] in _started:
        done = warm.forked(program, words, at, environment, SECONDS, in_one=True)
    else:
        _started.update(words[:1] if program == "nbgrader" else ())
        done = subprocess.run(
            [str(beside / program), *words],
            cwd=at,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
        )
    assert fails or done.returncode == 0, done.stdout
    return done.stdout


@dataclass
class Graded:
    """A graded course: its folder, what the command said, and the gradebook's rows."""

    folder: Path
    said: str
    rows: dict[str, dict[str, dict[str, str]]]  # student -> check -> row

    def points(self, student: str) -> float | None:
        """What the checks come to; None where any of them waits for a person."""
        checks = [row for name, row in self.rows[student].items() if "answer-" not in name]
        if any(row["needs_manual_grade"] == "yes" for row in checks):
            return None
        return sum(float(row["score"]) for row in checks)

    def comment(self, student: str, answer: str) -> str | None:
        """The comment on an answer."""
        return self.query(
            "select auto_comment from comment join base_cell on base_cell.id = cell_id"
            " join submitted_notebook as book on book.id = comment.notebook_id"
            " join submitted_assignment as work on work.id = book.assignment_id"
            " where student_id = ? and base_cell.name = ?",
            student,
            answer,
        )[0][0]

    def query(self, statement: str, *values: Any) -> list[Any]:
        """Ask nbgrader's database."""
        import sqlite3
        from contextlib import closing

        with closing(sqlite3.connect(self.folder / "gradebook.db")) as connection:
            found = connection.execute(statement, values).fetchall()
            connection.commit()
            return found


def graded(folder: Path, said: str) -> Graded:
    """Read the gradebook, through nbgrader and our exporter."""
    exporter = "autograder.nbgrader_plugin.ChecksExporter"
    run("nbgrader", "export", f"--exporter={exporter}", "--to=checks.csv", at=folder)
    rows: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    with (folder / "checks.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["student_id"]][row["check"]] = row
    return Graded(folder, said, rows)


@pytest.fixture(scope="session")
def own_course(root, tmp_path_factory) -> Path:
    """The assignment in a course of its own, with time enough on a busy machine."""
    folder = tmp_path_factory.mktemp("course")
    for part in ("assignments", "reference"):
        shutil.copytree(root / part / NAME, folder / part / NAME)
    (folder / "course.toml").write_text('name = "A course"\n')
    settings = folder / "assignments" / NAME / "assignment.toml"
    text = settings.read_text("utf-8")
    assert "\nseconds = 5\n" in text
    settings.write_text(text.replace("\nseconds = 5\n", "\nseconds = 60\n"))
    return folder


@pytest.fixture(scope="session")
def course(own_course, tmp_path_factory) -> Path:
    """A course, made by `grade nbgrader init`, whose assignment nbgrader has generated."""
    folder = tmp_path_factory.mktemp("nbgrader") / "course"
    command = ["grade", "nbgrader", "init", str(folder), "--assignment", NAME]
    run(*command, "--course", str(own_course), at=own_course)
    run("nbgrader", "generate_assignment", NAME, at=folder)
    return folder


@pytest.fixture(scope="session")
def filled(course) -> dict[str, Any]:
    """The students' notebook, with the reference's answers."""
    notebook = json.loads((course / "release" / NAME / f"{NOTEBOOK}.ipynb").read_text("utf-8"))
    source = json.loads((course / "source" / NAME / f"{NOTEBOOK}.ipynb").read_text("utf-8"))
    for one in answers(notebook):
        one["source"] = text(cell(source, one["metadata"]["nbgrader"]["grade_id"]))
    return notebook


@pytest.fixture(scope="session")
def partial(filled) -> dict[str, Any]:
    """One function wrong in a known way, one not written, and an answer to the question."""
    notebook = copy.deepcopy(filled)
    one = cell(notebook, "forward_propagation")
    one["source"] = text(one).replace("A1 = np.tanh(Z1)", "A1 = sigmoid(Z1)")
    del notebook["cells"][notebook["cells"].index(cell(notebook, "layer_sizes"))]
    cell(notebook, "answer-A-question-to-think-about")["source"] = "It **jumps**."
    return notebook


def hand_in(folder: Path, student: str, notebook: dict[str, Any] | bytes) -> Path:
    """Put a notebook where nbgrader collects submissions."""
    there = folder / "submitted" / student / NAME
    there.mkdir(parents=True)
    data = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
    (there / f"{NOTEBOOK}.ipynb").write_bytes(data)
    (there / "timestamp.txt").write_text("2030-01-31 12:00:00 UTC\n")
    return there


def hostile(filled: dict[str, Any], course: Path) -> dict[str, Any]:
    """It patches what judges, looks for the gradebook and the seed, and answers nothing."""
    from tests.nbgrader.mangles import code

    notebook = copy.deepcopy(filled)
    attack = f"""
import glob, sqlite3
import numpy as np
np.allclose = np.array_equal = np.isclose = lambda *a, **k: True
for path in glob.glob({str(course.parent / "*" / "gradebook.db")!r}):
    try:
        connection = sqlite3.connect(path)
        connection.execute("update grade set manual_score = 99")
        connection.commit()
    except Exception:
        pass
try:
    stolen = open({str(course / "gradebook.seed")!r}).read()
except Exception as error:
    stolen = ""
def check(name):
    return 15.0
"""
    notebook["cells"].insert(1, code(attack))
    for one in answers(notebook):
        name = one["metadata"]["nbgrader"]["grade_id"]
        one["source"] = f"def {name}(*args, **kwargs):\n    return stolen\n"
    return notebook


def leaking(filled: dict[str, Any]) -> dict[str, Any]:
    """Each function but the sigmoid raises an error that shows what it was given."""
    notebook = copy.deepcopy(filled)
    for one in answers(notebook):
        name = one["metadata"]["nbgrader"]["grade_id"]
        if name != "sigmoid":
            said = "raise ValueError(repr((args, kwargs)))"
            one["source"] = f"def {name}(*args, **kwargs):\n    {said}\n"
    return notebook


@pytest.fixture(scope="session")
def class_of_all(course, filled, partial) -> Path:
    """The course with a submission of each kind, not graded yet."""
    unfilled = (course / "release" / NAME / f"{NOTEBOOK}.ipynb").read_bytes()
    hand_in(course, "unfilled", unfilled)
    hand_in(course, "filled", filled)
    hand_in(course, "partial", partial)
    for name, (mangle, _) in MANGLES.items():
        hand_in(course, name, mangle(copy.deepcopy(filled)))
    linked = hand_in(course, "linked", b"") / f"{NOTEBOOK}.ipynb"
    linked.unlink()
    linked.symlink_to(course / "gradebook.seed")
    hand_in(course, "hostile", hostile(filled, course))
    hand_in(course, "leaking", leaking(filled))
    return course


# nbgrader itself takes more than a second for each: here it grades what it may read in a way
# of its own, and what is repaired. `make law` gives it all of them.
UNLIKE = {
    *("prefilled_outputs", "more_points", "renamed_ids", "edited_check", "deleted_checks"),
    *("deleted_answer", "copied_answer", "as_markdown", "format_three", "no_metadata"),
    *("half_a_character", "byte_order_mark", "latin1", "utf16", "claims_unreadable"),
    *(name for name, (_, points) in MANGLES.items() if points is None),
}


@pytest.fixture(scope="session")
def by_nbgrader(class_of_all) -> Graded:
    """The most unlike of them, graded by `nbgrader autograde` with our preprocessors."""
    folder = class_of_all.parent / "by_nbgrader"
    shutil.copytree(class_of_all, folder, symlinks=True)
    for name in MANGLES.keys() - UNLIKE:
        shutil.rmtree(folder / "submitted" / name)
    said = run("nbgrader", "autograde", NAME, at=folder)
    return graded(folder, said)


@pytest.fixture(scope="session")
def by_grade(class_of_all) -> Graded:
    """All of them, graded by `grade batch`."""
    folder = class_of_all.parent / "by_grade"
    shutil.copytree(class_of_all, folder, symlinks=True)
    command = ["grade", "batch", NAME, "submitted", "--jobs", "2"]
    said = run(*command, at=folder, fails=True)  # exit code 3: some wait for a person
    return graded(folder, said)


@pytest.fixture(scope="session")
def by_stock(class_of_all) -> Graded:
    """Two of them, graded by nbgrader alone, which runs the notebooks."""
    folder = class_of_all.parent / "by_stock"
    shutil.copytree(class_of_all, folder, symlinks=True)
    (folder / "nbgrader_config.py").unlink()
    for student in (folder / "submitted").iterdir():
        if student.name not in ("unfilled", "filled"):
            shutil.rmtree(student)
    said = run("nbgrader", "autograde", NAME, at=folder)
    return graded(folder, said)
