"""Gradescope's results.json and GitHub Classroom's autograding JSON, by their documentation."""

from __future__ import annotations

import json

import jsonschema
import pytest

from autograder.export.files import GitHubClassroom, Gradescope
from autograder.submissions.people.roster import Person, Roster

VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
# The fields that Gradescope's autograder specification documents, and no others.
GRADESCOPE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["score"],
    "properties": {
        "score": {"type": "number"},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY,
        "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "score": {"type": "number"},
                    "max_score": {"type": "number"},
                    "name": {"type": "string"},
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "visibility": VISIBILITY,
                    "extra_data": {"type": "object"},
                },
            },
        },
        "leaderboard": {"type": "array"},
    },
}


@pytest.fixture
def written(tmp_path):
    """Write rows, and read the files back, by their path below the folder."""

    def write(exporter, rows, roster=None):
        remarks = exporter.write(rows, tmp_path / "out", roster=roster)
        files = {
            str(path.relative_to(tmp_path / "out")): json.loads(path.read_text("utf-8"))
            for path in sorted((tmp_path / "out").rglob("*.json"))
        }
        return files, remarks

    return write


def test_gradescope(make_row, written):
    """Only documented fields; the score that counts; no secret seed."""
    row = make_row("jane", points=12.0, late_penalty=2.0, adjustment=-1.0, remark="Two days")
    files, remarks = written(Gradescope(), [row])
    found = files["jane/results.json"]
    jsonschema.validate(found, GRADESCOPE)
    assert found["score"] == 12.0
    assert [test["score"] for test in found["tests"]] == [10.0, 5.0, 0.0]
    assert "2 points were taken off for lateness." in found["output"]
    assert "-1 points were given by a person.\nTwo days." in found["output"]
    assert "Use the mean." in found["tests"][1]["output"]
    assert "\x1b" not in json.dumps(found["tests"], ensure_ascii=False)
    assert "123456789" not in json.dumps(found)
    assert remarks == []


def test_github_classroom(make_row, written):
    """What the reporter adds up: the tests' scores are the points that count."""
    files, _ = written(GitHubClassroom(), [make_row("jane", points=12.0, late_penalty=3.0)])
    found = files["jane/autograding.json"]
    assert (found["version"], found["status"], found["max_score"]) == (1, "fail", 30.0)
    assert sum(test["score"] for test in found["tests"]) == 12.0
    assert sum(test["max_score"] for test in found["tests"]) == 30.0
    assert [test["status"] for test in found["tests"]] == ["pass", "fail", "fail", "pass"]
    assert all(isinstance(test["message"], str) for test in found["tests"])


def test_folders_lead_nowhere_else(make_row, written, tmp_path):
    """A student's name becomes the name of one folder, and two never share one."""
    names = ["../../etc", "a/b", "Jane", "jane", "..", "=x", "josé", "a_b"]
    names += [
        "CON",
        "nul.txt",
        "Com1.tar.gz",
        "dots...",
        "-rf",
        "\udc80",
        " ",
        "n" * 300,
        "\x1b[m",
    ]
    files, _ = written(Gradescope(), [make_row(name) for name in names])
    assert len(files) == len(names)
    assert all(path.count("/") == 1 and ".." not in path for path in files)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    folders = {path.partition("/")[0] for path in files}
    assert {"_CON", "_nul.txt", "_Com1.tar.gz", "dots", "rf"} <= folders
    assert max(map(len, folders)) <= 82


def test_assignments_rosters_and_faults(make_row, written):
    """A folder for each assignment; the roster's names; whom the grader failed is told."""
    rows = [
        make_row("55", assignment="hw1"),
        make_row("55", assignment="hw2"),
        make_row("max", assignment="hw2", fault=True),
        make_row("stranger", assignment="hw2"),
    ]
    roster = Roster([Person(login="jdoe", canvas="55"), Person(login="max")])
    files, remarks = written(Gradescope(), rows, roster)
    assert set(files) == {
        "hw1/jdoe/results.json",
        "hw2/jdoe/results.json",
    }
    assert remarks == [
        "Ungraded by a fault of the grader: max.",
        "Not on the roster, and left out: stranger.",
    ]


def test_what_students_read_is_said_to_be_theirs():
    """These formats reach students, so their words come from the practice inputs."""
    assert Gradescope.for_students
    assert GitHubClassroom.for_students
