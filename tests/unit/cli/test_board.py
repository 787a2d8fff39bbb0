"""`grade board`: the command, over a class that a real batch has graded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli.app import app
from tests.support import make_course

SOLUTION = "import numpy as np\n\ndef predict(X):\n    return (X[:, 0] > 0).astype(int)\n"
CHECKS = '''
from autograder.authoring import accuracy, held_out

@held_out(points=10, cutoffs={0.5: 0, 0.9: 1}, of="predict")
def accurate(solution, given, rng):
    """It is right about examples that it has not seen"""
    X = rng.normal(size=(400, 2))
    return accuracy(solution.predict(X), X[:, 0] > 0)
'''
BOARD = '\n[board]\ncheck = "accurate"\nexamples = 400\ntop = 2\n'
SHIFTS = {"doe": 0.3, "poe": 0.0, "roe": 1.0}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course with one number on data held out, and a board of it."""
    made = make_course(tmp_path, solution=SOLUTION, checks=CHECKS, misconceptions="", points=10)
    settings = made.folder / "assignment.toml"
    settings.write_text(settings.read_text() + BOARD)
    return tmp_path


def run(course: Path, *words: str, code: int = 0) -> str:
    """What the command prints."""
    done = CliRunner().invoke(app, [*words, "--course", str(course)])
    assert done.exit_code == code, done.output
    return done.output


def hand_in(course: Path, shifts: dict[str, float]) -> None:
    """Grade files of these students, each with the border at another place."""
    folder = course / "handed-in"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for who, shift in shifts.items():
        (folder / f"{who}.py").write_text(SOLUTION.replace("> 0", f"> {shift}"))
    run(course, "batch", "small", str(folder), "--jobs", "1", "--trust-submissions")


def places(course: Path) -> dict[str, float]:
    """Who is shown with what."""
    told = json.loads(run(course, "board", "small", "--json"))
    return {line["name"]: line["share"] for line in told["board"]}


def test_the_top_is_shown_and_a_little_better_is_not(course: Path) -> None:
    """Only what exceeds chance moves, also down; points do not come from it."""
    hand_in(course, SHIFTS)
    text = run(course, "board", "small")
    assert text.splitlines()[0].split() == ["1", "100", "%", "poe"]
    assert len(text.splitlines()) == 2
    first = places(course)
    assert 0.8 < first["doe"] < 0.95
    hand_in(course, {"doe": 0.25, "poe": 2.0})
    assert places(course) == first
    assert "roe" not in first
    hand_in(course, {"doe": 0.01})
    assert places(course)["doe"] > 0.98
    hand_in(course, {"doe": 0.3})  # once more: it has its old place in the order
    assert places(course)["doe"] > 0.98
    points = run(course, "gradebook", "doe")
    assert "10 / 10" not in points  # these come from the last hand-in alone


def test_without_a_wish_there_is_none(course: Path) -> None:
    """It says what to write; a board of no number says so, and so does an empty gradebook."""
    assert "First grade a class" in run(course, "board", "small", code=2)
    settings = course / "assignments/small/assignment.toml"
    with_board = settings.read_text()
    settings.write_text(with_board.replace("accurate", "acurate"))
    assert "Did you mean 'accurate'?" in run(course, "board", "small", code=3)
    settings.write_text(with_board.replace("examples = 400", "examples = 0"))
    assert "examples and top of 1 or more" in run(course, "board", "small", code=3)
    settings.write_text(with_board.replace(BOARD, ""))
    assert "[board]" in run(course, "board", "small", code=2)


def test_gradings_of_other_checks_do_not_stand_beside(course: Path) -> None:
    """As for exports: grade all alike first."""
    hand_in(course, SHIFTS)
    checks = course / "assignments/small/checks.py"
    checks.write_text(CHECKS.replace("size=(400", "size=(401"))
    hand_in(course, {"doe": 0.0})
    assert "grade regrade small" in run(course, "board", "small", code=3)
