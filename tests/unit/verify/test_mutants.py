"""Small changes of a reference: which there are, and that a blind check lets them through."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from autograder.course import course
from autograder.errors import CourseError
from autograder.publishing.release import release
from autograder.verify import strength
from autograder.verify.mutants import mutants
from tests.support import CHECKS, SOLUTION, make_course

SOURCE = '''
import numpy as np

SCALE = 3

def mean(x: np.ndarray | None, axis=0, *, keep=True) -> float | None:
    """The mean."""
    total = np.sum(x, axis=axis)
    total -= 1
    if axis > 0:
        return -total / 2
    return x.T
'''


@pytest.fixture
def changes(tmp_path: Path) -> dict[str, str]:
    """The mutants of that function, by what was there and what is there now."""
    (tmp_path / "solution.py").write_text(SOURCE)
    return {f"{one.was} -> {one.now}": one.variant.text for one in mutants(tmp_path)}


@pytest.mark.parametrize(
    "change",
    [
        "np.sum(x, axis=axis) -> np.sum(x)",
        "total -= 1 -> ",
        "total = np.sum(x, axis=axis) -> ",
        "axis=0 -> axis=1",
        "keep=True -> keep=False",
        "axis > 0 -> axis >= 0",
        "-total / 2 -> -total * 2",
        "-total / 2 -> total / 2",
        "x.T -> x",
    ],
)
def test_each_kind_of_slip_is_there(changes: dict[str, str], change: str) -> None:
    """An operator, a sign, a number, a default, an argument or a line that was left out."""
    found = [shown for shown in changes if change in shown]
    assert found, list(changes)
    for shown in found:
        assert changes[shown].startswith("\nimport numpy as np\n\nSCALE = 3\n\ndef mean(")
        ast.parse(changes[shown])


def test_a_change_is_one_and_is_told_once(changes: dict[str, str]) -> None:
    """All differ from one another and from the reference; what is never run is left alone."""
    functions = [ast.unparse(ast.parse(source).body[-1]) for source in changes.values()]
    assert len(set(functions)) == len(functions) > 12
    original = ast.unparse(ast.parse(SOURCE).body[-1])
    assert original not in functions
    assert all("np.ndarray | None" in one and '"""The mean."""' in one for one in functions)


def test_nearly_all_are_caught(tmp_path: Path) -> None:
    """Whether 0 is upwards, the small course's checks never ask."""
    found = strength(make_course(tmp_path))
    assert found.caught > 20
    assert {(one.of, one.was) for one in found.missed} == {("Counter", "amount < 0")}


def test_a_blind_check_is_shown(tmp_path: Path) -> None:
    """Where a check looks at the shape alone, what it lets through is named with its line."""
    blind = CHECKS.replace(
        "return solution.double(rng.normal(size=(2, 3)))",
        "return solution.double(rng.normal(size=(2, 3))).shape",
    )
    found = strength(make_course(tmp_path, checks=blind))
    missed = [one for one in found.missed if one.of == "double"]
    [line] = {one.line for one in missed}
    assert "2 * x" in SOLUTION.splitlines()[line - 1]
    assert "2 * x -> x" in [f"{one.was} -> {one.now}" for one in missed]


def test_a_fault_of_ours_is_no_catch(tmp_path: Path) -> None:
    """A check that fails on the reference would seem to catch everything."""
    broken = CHECKS.replace("return solution.double(rng", "return undefined(rng")
    with pytest.raises(CourseError, match=r"^double: .*NameError"):
        strength(make_course(tmp_path, checks=broken))


def test_without_a_reference_there_is_nothing_to_change(tmp_path: Path) -> None:
    """As in a student's bundle."""
    release(make_course(tmp_path / "course"), tmp_path / "bundle")
    bundle = course.load(tmp_path / "bundle").assignment("small")
    with pytest.raises(CourseError, match="no reference here to change"):
        strength(bundle)
