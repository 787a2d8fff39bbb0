"""Proof of an assignment to which trained weights are handed in, and of hidden data."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.course import course
from autograder.verify import verify
from autograder.verify.slips import slips
from tests.support import make_course

numpy_files = pytest.importorskip("safetensors.numpy", reason="it is not installed")

SOLUTION = "import numpy as np\n\n\ndef scores(X, w):\n    return np.asarray(X) @ w\n"
CHECKS = '''
from pathlib import Path
import numpy as np
from autograder.authoring import accuracy, check, handed_in, held_out

HIDDEN = Path(__file__).parents[2] / "reference" / "small" / "hidden.npz"

@check(points=4)
def scores(solution, given, rng):
    """Scores are products"""
    w = handed_in(solution, "small.safetensors")["w"]
    return solution.scores(rng.normal(size=(6, 3)), w)

@held_out(points=6, cutoffs={0.6: 0, 0.9: 1}, of="scores")
def accurate(solution, given, rng):
    """The weights fit data that nobody has seen"""
    with np.load(HIDDEN) as data:
        w = handed_in(solution, "small.safetensors")["w"]
        return accuracy(solution.scores(data["X"], w) > 0, data["y"])
'''
MISTAKES = """
from autograder.authoring import mistake
mistake("scores", "turned", {"@ w": "@ -w"}).say("The sign is turned around. Take w.")
"""
EXPECTED = """
[good]
points = 10
[untrained]
file = "good.py"
files = {"small.safetensors" = "untrained.safetensors"}
points = 0
status = {scores = "failed", accurate = "failed"}
[nothing]
file = "good.py"
files = {}
points = 0
notes = ["small.safetensors is not there. Save your arrays with safetensors"]
status = {scores = "failed", accurate = "failed"}
"""
NAMED = 'hidden = ["small.safetensors", "hidden.npz"]\nextra_files = ["*.safetensors"]\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A course with such an assignment; its own weights have the name of the student's file."""
    made = make_course(
        tmp_path, solution=SOLUTION, checks=CHECKS, misconceptions=MISTAKES, points=10
    )
    assert made.reference is not None
    X = np.random.default_rng(0).normal(size=(90, 3))
    np.savez(made.reference / "hidden.npz", X=X, y=X @ [1, 0, 0.5] > 0)
    known = made.reference / "submissions"
    known.mkdir()
    for path, first in (
        (made.reference / "small.safetensors", 1.0),
        (known / "untrained.safetensors", -3.0),
    ):
        path.write_bytes(numpy_files.save({"w": np.array([first, 0.0, 0.5])}))
    (known / "good.py").write_text(SOLUTION.replace("X, w", "a, w").replace("(X)", "(a)"))
    (known / "expected.toml").write_text(EXPECTED)
    settings = made.folder / "assignment.toml"
    settings.write_text(NAMED + settings.read_text())
    (made.folder / "calibration.json").write_text("{}")
    return tmp_path


def said(root: Path) -> list[str]:
    """What `grade verify` finds wrong."""
    found = verify(course.load(root).assignment("small"))
    return [f"{one.kind} {one.name}: {one.detail}" for one in found.lines if not one.ok]


def test_all_are_graded_with_weights_beside_them(root: Path) -> None:
    """Reference, misconceptions and known submissions have the reference's, or their own.

    Hidden data are the same for every seed, and no fault. Only the bar was not measured.
    """
    found = said(root)
    assert len(found) == 1, found
    assert "accurate: not measured with this bar" in found[0]


def test_weights_that_are_not_there_are_said_with_their_line(root: Path) -> None:
    """Of a known submission; and what students could not hand in."""
    settings = root / "assignments" / "small" / "assignment.toml"
    settings.write_text(settings.read_text().replace("*.safetensors", "*.csv"))
    expected = root / "reference" / "small" / "submissions" / "expected.toml"
    expected.write_text(EXPECTED.replace('"untrained.', '"untraind.'))
    found = list(slips(course.load(root).assignment("small")))
    assert any("line 1: students cannot hand in small.safetensors" in one for one in found)
    assert any(
        "expected.toml, line 4: its `files` name untraind.safetensors" in one for one in found
    )
    assert said(root)  # and it ends in words
