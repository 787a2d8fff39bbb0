"""`grade verify` proves what it says, and finds what is not so."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.answers.choice import forget, live_key
from autograder.answers.recording import RecordedKey, record, unfaithful
from autograder.course.course import Assignment
from autograder.verify import Finding, calibrate, findings, verify
from autograder.verify.zoo import MEMBERS
from tests.support import CHECKS, SOLUTION, make_course

SUBMISSIONS = {
    "triples": "def double(x):\n    return 3 * x\n",
    "adds": "def double(x):\n    return x + x\n",
}
EXPECTED = """
[triples]
over = "reference"
points = 50
[triples.status]
double = "failed"

[adds]
over = "reference"
points = 60
"""


def a_course(root: Path, *, checks: str = CHECKS, solution: str = SOLUTION) -> Assignment:
    """The small course with two known submissions, and its threshold measured."""
    assignment = make_course(root, checks=checks, solution=solution)
    assert assignment.reference is not None
    folder = assignment.reference / "submissions"
    folder.mkdir()
    for name, source in SUBMISSIONS.items():
        (folder / f"{name}.py").write_text(source)
    (folder / "expected.toml").write_text(EXPECTED)
    calibrate(assignment, seeds=2)
    return assignment


def wrong(lines: tuple[Finding, ...]) -> list[tuple[str, str]]:
    """The findings that are not as they must be: of what kind, and on what."""
    return [(line.kind, line.name) for line in lines if not line.ok]


def test_several_jobs_find_the_same_in_the_same_order(tmp_path: Path) -> None:
    """Processes side by side change nothing but the time it takes."""
    assignment = a_course(tmp_path)
    one, two = verify(assignment), verify(assignment, jobs=2)
    assert one == two
    assert one.ok, wrong(one.lines)
    assert [line.kind for line in one.lines] == [
        "reference", "stub", "submission", "submission", *["misconception"] * 4,
        *["trivial"] * len(MEMBERS), "threshold", "bundle",
    ]  # fmt: skip
    assert one.lines[-1].detail == "the same verdicts without the reference, for all 20"


def test_several_assignments_come_one_after_the_other(tmp_path: Path) -> None:
    """Findings of different assignments are never mixed."""
    both = [a_course(tmp_path / name) for name in ("one", "two")]
    names = [name for name, _ in findings(both, 2)]
    assert names == ["small"] * 44


def test_inputs_that_depend_on_answers_are_found(tmp_path: Path) -> None:
    """A probe that asks `given` for what depends on `solution` is named with its line."""
    checks = CHECKS.replace(
        "return solution.double(rng.normal(size=(2, 3)))",
        "tripled = solution.double(1.0) == 3\n"
        "    return given.double(3.0 if tripled else 2.0), solution.double(rng.normal(size=3))",
    )
    found = verify(a_course(tmp_path, checks=checks))
    line = next(n for n, text in enumerate(checks.splitlines(), 1) if "if tripled" in text)
    assert ("probe", "double") in wrong(found.lines)
    said = next(one.detail for one in found.lines if one.kind == "probe")
    assert f"checks.py, line {line}: the check double cannot be recorded" in said


def test_inputs_that_depend_on_a_submission_are_found(tmp_path: Path) -> None:
    """Where only a known submission makes a probe ask for something else, that is said."""
    checks = CHECKS.replace(
        "return solution.double(rng.normal(size=(2, 3)))",
        "odd = str(solution.double(7.25)) == '-21.75'\n"
        "    return given.double(3.0 if odd else 2.0), solution.double(rng.normal(size=3))",
    )
    assignment = a_course(tmp_path, checks=checks)
    assert assignment.reference is not None
    known = assignment.reference / "submissions" / "triples.py"
    known.write_text("def double(x):\n    return -3 * x\n")
    found = verify(assignment)
    assert wrong(found.lines)[-1] == ("bundle", "recording.msgpack")
    assert found.lines[-1].detail == "triples: double asks `given` for something else"


def test_a_recording_of_other_answers_is_found(tmp_path: Path) -> None:
    """The checks are named whose recorded answers are not the reference's."""
    small = make_course(tmp_path / "small")
    path = tmp_path / "recording"
    path.write_bytes(record(live_key(small, 0), small.checks))
    recorded = RecordedKey.open(path, 0)
    assert unfaithful(recorded, live_key(small, 0), small.checks) == []
    changed = SOLUTION.replace("np.sum(double(x))", "np.sum(double(x)) + 1e-12")
    other = make_course(tmp_path / "other", solution=changed)
    assert unfaithful(recorded, live_key(other, 0), other.checks) == ["total"]


@pytest.mark.parametrize("bar", ["0.95", "1.5"])
def test_a_bar_is_as_it_was_measured_and_below_the_reference(tmp_path: Path, bar: str) -> None:
    """Another bar than the measured one asks for a calibration; one too high stays wrong."""
    assignment = a_course(tmp_path)
    path = assignment.folder / "checks.py"
    path.write_text(path.read_text().replace("at_least=0.9", f"at_least={bar}"))
    assignment = type(assignment)(
        assignment.name, assignment.folder, assignment.settings, assignment.reference
    )
    found = verify(assignment)
    assert wrong(found.lines)[-1] == ("threshold", "mostly_positive")
    assert found.lines[-2].detail == "not measured with this bar; run: grade calibrate small"
    calibrate(assignment, seeds=2)
    line = verify(assignment).lines[-2]
    assert line.ok == (bar == "0.95")
    said = "0.05 above" if line.ok else "0.5 below"
    assert line.detail == f"the worst of 2 seeds reached 1, {said} the bar of {bar}"


def test_a_misconception_that_nothing_names_is_found(tmp_path: Path) -> None:
    """No check is about its function, or it ends in a NameError of its author's."""
    assignment = a_course(tmp_path)
    assert assignment.reference is not None
    path = assignment.reference / "misconceptions.py"
    extra = '\n@misconception("A cost is a mean.")\ndef cost__sum(w, x):\n    return 0.0\n'
    typo = 'mistake("double", "typo", {"2": "tow"}, "It is two.")\n'
    late = 'mistake("double", "late", {"2 * x": "eval(\'tow\') * x"}, "It is two.")\n'
    same = 'mistake("double", "power", {"2 * x": "x * x"}, "Twice is no power.")\n'
    path.write_text(path.read_text() + extra + typo + late + same)
    forget()  # the answers that were computed before
    found = verify(assignment)
    said = {line.name: line.detail for line in found.lines if not line.ok}
    wanted = {
        "cost__sum": "line 20: no check of cost can name it",
        "double__typo": "line 22: it reads tow, which nothing defines",
        "double__late": "line 23: it raises NameError: name 'tow' is not defined. Define it",
        "double__power": "line 24: it gives the same answers as double__squared in every case.",
        "double__squared": "line 6: it gives the same answers as double__power in every case.",
    }
    assert said.keys() == wanted.keys()
    for name, text in wanted.items():
        assert f"misconceptions.py, {text}" in said[name], said[name]


BLIND = {
    "no return": (
        "    return solution.double(rng.normal(size=(2, 3)))",
        "    solution.double(rng.normal(size=(2, 3)))",
        "line 5: the check double returns None for the reference. Is a `return` missing?",
    ),
    "another draw": (
        "    return solution.double(rng.normal(size=(2, 3)))",
        "    return solution.double(np.random.Generator(np.random.PCG64()).normal(size=3))",
        "it gives another answer when it runs again with the same seed. Draw from rng alone",
    ),
    "the type alone": (
        "    return solution.double(rng.normal(size=(2, 3)))",
        "    return type(solution.double(rng.normal(size=(2, 3)))) is not int",
        "passes the check double. Is a `return` missing in its probe",
    ),
    "the word of an object": (
        "    return solution.double(rng.normal(size=(2, 3)))",
        "    x = rng.normal(size=(2, 3))\n    return bool(solution.double(x).any())",
        "passes the check double. Let the probe take plain values before it looks",
    ),
    "the shape alone": (
        "    return solution.double(rng.normal(size=(2, 3)))",
        "    return solution.double(rng.normal(size=(2, 3))).shape",
        "passes the check double; let the probe see more.",
    ),
    "the same inputs": (
        "    return solution.double(rng.normal(size=(2, 3)))",
        "    return solution.double(np.ones((2, 3)))",
        "what it gives to `solution` is the same for every seed.",
    ),
    "the same answer": (
        "    return solution.double(rng.normal(size=(2, 3)))",
        "    return solution.double(1.0) + 0 * solution.double(rng.normal(size=(2, 3)))",
        "the right answer to it is the same for every seed.",
    ),
}


@pytest.mark.parametrize("kind", list(BLIND))
def test_a_check_that_tells_nothing_apart_is_found(tmp_path: Path, kind: str) -> None:
    """A thoughtless or a memorised answer passes no check: it is named with its line."""
    before, after, said = BLIND[kind]
    checks = CHECKS.replace(before, after)
    found = verify(a_course(tmp_path, checks=checks))
    line = next(n for n, text in enumerate(checks.splitlines(), 1) if text.startswith("@check"))
    details = [one.detail for one in found.lines if (one.kind, one.name) == ("probe", "double")]
    assert any(f"checks.py, line {line}: " in one and said in one for one in details), details
