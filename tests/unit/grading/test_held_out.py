"""Credit for a number on data that were held out, and weights that are handed in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest

from autograder.authoring import Kind, held_out
from autograder.course.course import Assignment
from autograder.course.parcel import pack
from autograder.errors import CourseError
from autograder.grading.report import grade
from autograder.model import Report
from autograder.sandbox.host.sandbox import Sandbox
from autograder.submissions.beside import with_files
from autograder.verify.calibration import calibrate
from autograder.verify.declared import DECORATORS
from tests.support import LIMITS, make_course, submission

SOLUTION = """
import numpy as np

def predict(X):
    return (X[:, 0] > 0).astype(int)
"""
CHECKS = '''
from pathlib import Path
import numpy as np
from autograder.authoring import accuracy, handed_in, held_out

HIDDEN = Path(__file__).parents[2] / "reference" / "small" / "hidden.npz"

@held_out(points=10, cutoffs={0.5: 0, 0.7: 0.5, 0.9: 1}, of="predict")
def accurate(solution, given, rng):
    """It is right about examples that it has not seen"""
    with np.load(HIDDEN) as data:
        return accuracy(solution.predict(data["X"]), data["y"])
'''


@pytest.fixture
def small(tmp_path: Path) -> Assignment:
    """A course whose labels lie beside the reference; the rule is right about 95 of 100."""
    made = make_course(tmp_path, solution=SOLUTION, checks=CHECKS, misconceptions="", points=10)
    X = np.random.default_rng(0).normal(size=(100, 2))
    y = (X[:, 0] > 0).astype(int)
    y[:5] = 1 - y[:5]
    assert made.reference is not None
    np.savez(made.reference / "hidden.npz", X=X, y=y)
    return with_hidden(made, "hidden.npz")


def with_hidden(assignment: Assignment, name: str) -> Assignment:
    """The assignment with a file beside its reference."""
    settings = msgspec.structs.replace(assignment.settings, hidden=(name,))
    return replace(assignment, settings=settings)


def judged(text: str, assignment: Assignment) -> Report:
    """The report of one submission."""
    with Sandbox(limits=LIMITS) as box:
        return grade(submission(text), assignment, sandbox=box)


@pytest.mark.parametrize(
    ("wrong", "points"), [(0, 10.0), (15, 7.5), (25, 5.0), (35, 2.5), (90, 0.0)]
)
def test_credit_grows_between_the_cutoffs(small: Assignment, wrong: int, points: float) -> None:
    """Evenly, from none up to all points; what it takes is said."""
    text = SOLUTION.replace(
        "    return (X[:, 0] > 0).astype(int)",
        f"    y = (X[:, 0] > 0).astype(int)\n    y[5:{5 + wrong}] = 1 - y[5:{5 + wrong}]\n"
        "    return y",
    )
    verdict = judged(text, small).checks[0]
    assert verdict.points == points
    if wrong:
        assert "on data that were held out; all points need 0.9" in verdict.message


def test_labels_are_never_in_the_guest(small: Assignment) -> None:
    """An answer that would see them by its comparison is read here, as numbers."""
    text = SOLUTION + (
        "class Spy:\n"
        "    def __eq__(self, other): return True\n"
        "    def __array__(self, *a, **k): return np.zeros(100)\n"
        "def predict(X):\n    return Spy()\n"
    )
    verdict = judged(text, small).checks[0]
    assert verdict.points < 5
    for more in ("raise ValueError('no')", "return None", "return np.full(100, np.nan)"):
        line = "return (X[:, 0] > 0).astype(int)"
        found = judged(SOLUTION.replace(line, more), small).checks[0]
        assert found.points == 0
        assert not found.status.ours


def test_without_the_reference_it_is_left_open(small: Assignment) -> None:
    """Nobody else has the labels; the hidden file is part of what decides a score."""
    assert held_out(points=1, cutoffs={0: 0, 1: 1})(_probe).local is False
    before = small.digest
    assert small.reference is not None
    np.savez(small.reference / "hidden.npz", X=np.zeros((4, 2)), y=np.zeros(4))
    assert replace(small, folder=small.folder).digest != before


def test_another_machine_has_the_hidden_file(small: Assignment, tmp_path: Path) -> None:
    """A parcel holds it, so that a worker grades by the same course."""
    there = pack(small).unpack(tmp_path / "there").reference
    assert there is not None
    assert (there / "hidden.npz").is_file()


def test_verify_knows_each_kind_of_check() -> None:
    """A decorator that it does not know would look like a missing one."""
    assert set(DECORATORS) == set(Kind)


def test_calibrate_measures_false_fails(small: Assignment) -> None:
    """By other examples of the same kind: 95 of 100 right miss 0.9 about once in 35."""
    found = calibrate(small, seeds=2)["accurate"]
    assert found.minimum == 0.95
    assert 0.01 < found.missed < 0.05
    assert "of other examples miss it" in str(found)


def test_weights_are_handed_in_as_safetensors(tmp_path: Path) -> None:
    """They are read in the guest; a damaged file and a missing one are the student's."""
    numpy_files = pytest.importorskip("safetensors.numpy", reason="it is not installed")
    checks = '''
from autograder.authoring import accuracy, handed_in, held_out

@held_out(points=10, cutoffs={0.5: 0, 0.9: 1}, of="double")
def accurate(solution, given, rng):
    """The weights fit"""
    w = handed_in(solution, "w.safetensors")
    X = rng.normal(size=(50, 2))
    return accuracy(X @ w["w"] > 0, X[:, 0] > 0)
'''
    made = make_course(tmp_path, checks=checks, misconceptions="", points=10)
    good = numpy_files.save({"w": np.array([3.0, 0.0])})
    assert made.reference is not None
    (made.reference / "w.safetensors").write_bytes(good)
    small = with_hidden(made, "w.safetensors")
    with Sandbox(limits=LIMITS) as box:
        points = []
        for data in (good, good[:-4], None):
            files = {} if data is None else {"w.safetensors": data}
            mine = with_files(
                submission("def double(x):\n    return 2 * x\n"), list(files), files
            )
            verdict = grade(mine, small, sandbox=box).checks[0]
            assert not verdict.status.ours, verdict.message
            points.append(verdict.points)
    assert points == [10, 0, 0]


def test_a_pickle_is_refused_by_its_name() -> None:
    """Also where a pattern takes everything; who uses it is told what to do."""
    from autograder.submissions.beside import wanted

    assert wanted(["w.pt", "w.safetensors", "w.pkl"], "mine.py", ["*"]) == ["w.safetensors"]
    mine = with_files(submission("import torch\nw = torch.load('w.pt')\n"), ["w.pt"], {})
    assert "w.pt was left out: such a file is a pickle" in mine.notes[0]
    assert with_files(submission("x = 1\n"), ["w.pt"], {}).notes == ()


@pytest.mark.parametrize("cutoffs", [{}, {0.5: 1}, {0.5: 0, 0.9: 0.5}, {0.5: 1, 0.9: 0}])
def test_cutoffs_go_from_nothing_to_all(cutoffs: dict[float, float]) -> None:
    """Anything else is a slip of the author."""
    with pytest.raises(CourseError, match="Expected cutoffs that go from 0 up to 1"):
        held_out(points=1, cutoffs=cutoffs)


def _probe(solution: object, given: object, rng: np.random.Generator) -> float:
    """A title"""
    return 1.0
