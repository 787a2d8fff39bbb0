"""What the gradebook knows stays, however a later command is called."""

from __future__ import annotations

import csv
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.classroom import WORKS
from tests.support import CHECKS, make_course

BATCH = ("batch", "small", "sub", "--trust-submissions", "--jobs", "1")
ROSTER = "login,id,name\nlin,1,Li Lin\nmay,2,May Lee\nzoe,9,Zoe Ray\n"


@pytest.fixture(scope="module")
def first(grade, tmp_path_factory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A class that was graded without its roster: two students by their numbers, and a PDF."""
    folder = tmp_path_factory.mktemp("class")
    make_course(folder)
    (folder / "sub").mkdir()
    (folder / "sub" / "1.py").write_text(WORKS["right"].source)
    (folder / "sub" / "2.py").write_text(WORKS["squared"].source)
    (folder / "roster.csv").write_text(ROSTER)
    return folder, grade(*BATCH, cwd=folder)


@pytest.fixture
def course(first, tmp_path: Path) -> Path:
    """A copy of it."""
    assert first[1].returncode == 0, first[1].stderr
    shutil.copytree(first[0], tmp_path, dirs_exist_ok=True)
    return tmp_path


def shown(grade, course: Path, *words: str) -> list[tuple[str, ...]]:
    """Who has how many points."""
    done = grade("gradebook", *words, cwd=course)
    assert done.returncode == 0, done.stderr
    return re.findall(r"^ +small +(\S+) +(\S+) / \d+", done.stdout, re.MULTILINE)


def test_a_roster_is_kept_and_work_follows_the_person(grade, course):
    """Batches with and without it, an adjustment by an old name: nobody is there twice."""
    words = ("--reason", "r", "--author", "me")
    with_roster = grade(*BATCH, "--roster", "roster.csv", cwd=course)
    assert "The roster says who is who: 1 is lin, 2 is may." in with_roster.stdout
    assert "Nothing came from: zoe." in with_roster.stdout
    without = grade(*BATCH, cwd=course)
    assert "2 are graded already, and unchanged." in without.stdout
    done = grade("adjust", "2", "small", "2.5", *words, cwd=course)
    assert done.stdout == "may has 52.5 of 60 points now.\n", done.stderr
    assert shown(grade, course) == [("lin", "60"), ("may", "52.5")]
    assert grade("export", "canvas", "small", "--to", "x.csv", cwd=course).returncode == 0
    with (course / "x.csv").open(newline="") as file:
        assert [(row[0], row[5]) for row in csv.reader(file)][2:] == [
            ("Li Lin", "60"),
            ("May Lee", "52.5"),
        ]


def test_points_by_hand_for_whoever_is_on_the_roster(grade, course):
    """Work that nobody can read is looked at once, and is handled from then on."""
    (course / "sub" / "9.py").write_bytes(b"")
    unread = grade(*BATCH, "--roster", "roster.csv", cwd=course)
    assert unread.returncode == 3
    assert "1 was refused" in unread.stdout
    words = ("--reason", "on paper", "--author", "me")
    done = grade("adjust", "Zoe Ray", "small", "40", *words, cwd=course)
    assert done.stdout == "zoe has 40 of 60 points now.\n", done.stderr
    again = grade(*BATCH, cwd=course)
    assert again.returncode == 0, again.stdout
    assert "Not readable, with points by hand: zoe." in again.stdout
    assert shown(grade, course, "zoe") == [("zoe", "40")]


def test_gradings_of_other_checks_are_not_exported_together(grade, course):
    """The refusal says how many and what to do; the gradebook marks them."""
    checks = course / "assignments" / "small" / "checks.py"
    checks.write_text(CHECKS.replace("@check(points=10, hint", "@check(points=20, hint"))
    settings = course / "assignments" / "small" / "assignment.toml"
    settings.write_text(settings.read_text().replace("points = 60", "points = 70"))
    shutil.rmtree(course / "sub")
    (course / "sub").mkdir()
    (course / "sub" / "3.py").write_text(WORKS["right"].source)
    one = grade(*BATCH, cwd=course)
    said = "small: 2 of 3 gradings are from other checks than now"
    assert said in one.stdout
    refused = grade("export", "canvas", "small", cwd=course)
    assert refused.returncode == 3
    assert f"grade [mixed]: {said}." in refused.stderr
    assert "grade regrade small" in refused.stderr
    assert not (course / "small-canvas.csv").exists()
    listed = grade("gradebook", cwd=course).stdout
    assert listed.count("from other checks") == 3
    left = grade("export", "csv", "small", "--leave-out", cwd=course)
    assert left.returncode == 0
    assert "Graded with other checks, and left out: 1, 2." in left.stdout
    (course / "people.csv").write_text("login\n1\n2\n3\n4\n")
    words = ("export", "csv", "small", "--leave-out", "--roster", "people.csv")
    assert "without a submission in the gradebook: 4.\n" in grade(*words, cwd=course).stdout
    words = ("--trust-submissions", "--jobs", "1", "--accept")
    changed = grade("regrade", "small", *words, cwd=course)
    assert changed.returncode == 0, changed.stderr
    assert grade("export", "canvas", "small", cwd=course).returncode == 0


def test_an_extension_of_nobody_is_an_error(grade, course):
    """In a batch and in an export, with the near name."""
    file = course / "course.toml"
    file.write_text(file.read_text() + "[late.extensions.small]\nlim = 2026-01-01T00:00:00Z\n")
    for words in (BATCH, ("export", "csv", "small"), ("gradebook",)):
        done = grade(*words, *(["--roster", "roster.csv"] * (words is BATCH)), cwd=course)
        assert done.returncode == 3
        assert "[late.extensions.small] names 'lim', whom the gradebook does not" in done.stderr
        assert "'lin'" in done.stderr
    file.write_text(file.read_text().replace("lim =", "1 ="))  # as a source calls her
    assert grade("export", "csv", "small", cwd=course).returncode == 0


def test_a_name_that_nobody_has(grade, course):
    """The near one is offered; an assignment without grades is said."""
    done = grade("gradebook", "smal", cwd=course)
    assert done.returncode == 2
    assert "Did you mean 'small'?" in done.stderr
    empty = grade("gradebook", "small", "--gradebook", "new.db", cwd=course)
    assert "no grades for small yet" in empty.stdout


def test_a_copy_is_whole(grade, course):
    """Also of what SQLite keeps beside the file; an existing file is not written over."""
    done = grade("gradebook", "--copy", "backup/copy.db", cwd=course)
    assert done.returncode == 0, done.stderr
    with sqlite3.connect(course / "backup" / "copy.db") as file:
        assert file.execute("select count(*) from gradings").fetchone() == (2,)
    assert grade("gradebook", "--copy", "backup/copy.db", cwd=course).returncode == 2


def test_a_database_s_password_is_never_printed(grade):
    """Whatever goes wrong: no server, a setting that there is not, the traceback of it."""
    for place in (
        "postgresql://me:hush@127.0.0.1:1/x",
        "postgresql://127.0.0.1:1/x?sslpassword=hush&nothing=1",
    ):
        done = grade("--debug", "gradebook", "small", "--gradebook", place)
        assert "Traceback" in done.stderr
        assert "hush" not in done.stdout + done.stderr
