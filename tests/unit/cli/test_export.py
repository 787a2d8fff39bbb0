"""`grade export`, from a batch to the files of other systems."""

from __future__ import annotations

import csv
import json
import shutil

import pytest

from autograder.export.registry import names


@pytest.fixture(scope="module")
def graded(grade, small, tmp_path_factory):
    """A course with a gradebook, in which jane is right and max is wrong."""
    folder = tmp_path_factory.mktemp("graded")
    for name in ("course.toml", "assignments", "reference"):
        copy = shutil.copytree if (small / name).is_dir() else shutil.copy
        copy(small / name, folder / name)
    subs = folder / "subs"
    subs.mkdir()
    shutil.copy(small / "right.py", subs / "jane.py")
    shutil.copy(small / "wrong.py", subs / "max.py")
    done = grade("batch", "small", "subs", "--jobs", "1", "--trust-submissions", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_format_is_written(grade, graded):
    """Each installed format writes something, by default under a name of its own."""
    assert {"canvas", "csv", "github", "gradescope", "jsonl", "junit", "moodle"} <= {*names()}
    for name in {*names()} - {"nbgrader"}:  # which has tests of its own, and takes seconds
        done = grade("export", name, "small", cwd=graded)
        assert done.returncode == 0, done.stderr
        assert f"small-{name}" in done.stdout
        assert "was written, from 2 grades in the gradebook." in done.stdout
        assert done.stderr == ""
        assert list(graded.glob(f"small-{name}*"))


def test_students_read_what_the_practice_inputs_show(grade, graded, tmp_path):
    """The words of `grade check` beside the points that count; graded for it once."""
    to = tmp_path / "scope"
    assert grade("export", "gradescope", "--to", str(to), cwd=graded).returncode == 0
    done = grade("export", "gradescope", "--to", str(to), cwd=graded)
    assert "on the practice inputs" not in done.stdout
    results = json.loads((to / "max" / "results.json").read_text("utf-8"))
    checked = json.loads(grade("check", "small", "subs/max.py", "--json", cwd=graded).stdout)
    told = {test["extra_data"]["check"]: test["output"] for test in results["tests"]}
    wrong = next(verdict for verdict in checked["checks"] if verdict["id"] == "double")
    assert wrong["message"] in told["double"]
    assert wrong["evidence"][0]["expected"] in told["double"]
    assert "inputs that stay hidden" in results["output"]
    right = json.loads((to / "jane" / "results.json").read_text("utf-8"))
    assert right["output"] == ""


def test_json_lines_hold_what_check_prints(grade, graded, tmp_path):
    """The same object as that of `grade check --json`, with student, source and digest."""
    assert grade("export", "jsonl", "--to", str(tmp_path / "x"), cwd=graded).returncode == 0
    _, wrong = map(json.loads, (tmp_path / "x").read_text().splitlines())
    assert (wrong["student"], wrong["source"]) == ("max", "subs/max.py")
    seed = str(wrong["report"]["seed"])
    done = grade("check", "small", "subs/max.py", "--json", "--seed", seed, cwd=graded)
    checked = json.loads(done.stdout)
    for report in (checked, wrong["report"]):
        for verdict in report["checks"]:
            verdict["seconds"] = 0
    assert wrong["report"] == checked


def test_rosters(grade, graded, tmp_path):
    """People by their names, and who is missing on either side."""
    (tmp_path / "people.csv").write_text('login,name\njane,"Doe, Jane"\nida,"Lov, Ida"\n')
    words = ("--roster", str(tmp_path / "people.csv"), "--to", str(tmp_path / "out.csv"))
    done = grade("export", "csv", *words, cwd=graded)
    assert done.returncode == 0, done.stderr
    assert "Not on the roster: max." in done.stdout
    assert "On the roster, but without a submission in the gradebook: ida." in done.stdout
    with (tmp_path / "out.csv").open(newline="") as file:
        jane, _ = csv.DictReader(file)
    assert (jane["name"], jane["points"]) == ("Doe, Jane", "60")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("cvs",), "Did you mean 'csv'?"),
        (("csv", "smal"), "Did you mean 'small'?"),
        (("csv", "--roster", "nothing.csv"), "could not be opened"),
        (("csv", "--gradebook", "other.db"), "has no grades for this course"),
        ((), "FORMAT"),
    ],
)
def test_wrong_usage(grade, graded, words, said):
    """Exit code 2 and a sentence."""
    done = grade("export", *words, cwd=graded)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
