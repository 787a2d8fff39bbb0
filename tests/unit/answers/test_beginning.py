"""The beginning of the reference's run answers for it, as long as a run goes the same way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from autograder.answers.beginning import Beginning
from autograder.answers.choice import answer_key
from autograder.answers.key import AnswerKey, Case
from autograder.authoring import Check
from autograder.course import course
from autograder.grading.report import grade
from autograder.model import Report
from autograder.sandbox.host.sandbox import Sandbox
from autograder.solution.calls import PartCall
from autograder.verify.known import known_submissions

ROOT = Path(__file__).parents[3]
SEED = 7


def a_call(x: float, value: float) -> PartCall:
    """A call of a part with an array, a default and an argument that it never looks at."""
    arguments = {"x": np.array([x, 1.0]), "rate": 0.5, "unused": "a"}
    return PartCall("part", arguments, value, defaulted=("rate",), unread=("unused",))


def test_calls_are_answered_in_their_order() -> None:
    """The same arguments get the reference's value, and the next call the next one."""
    beginning = Beginning([a_call(1.0, 10.0), a_call(2.0, 20.0)])
    near = {"x": np.array([1.0 + 1e-12, 1.0]), "unused": None}
    assert beginning.answer("part", near) == (True, 10.0)
    then = {"x": np.array([2.0, 1.0]), "rate": 0.5, "unused": None}
    assert beginning.answer("part", then) == (True, 20.0)
    assert beginning.answer("part", near) == (False, None)


@pytest.mark.parametrize(
    "other",
    [
        {"x": np.array([1.1, 1.0]), "unused": None},
        {"x": np.array([1.0, 1.0]), "rate": 0.6, "unused": None},
        {"rate": 0.5, "unused": None},
    ],
)
def test_nothing_is_answered_beside_the_way(other: dict[str, Any]) -> None:
    """From the first call that the reference does not make, no other one is answered."""
    beginning = Beginning([a_call(1.0, 10.0), a_call(2.0, 20.0)])
    assert beginning.answer("part", other) == (False, None)
    right = {"x": np.array([1.0, 1.0]), "unused": None}
    assert beginning.answer("part", right) == (False, None)


class WithoutBeginnings:
    """An answer key whose cases know no beginning, so that the reference's guest answers."""

    def __init__(self, key: AnswerKey) -> None:
        self._key = key

    def __getattr__(self, name: str) -> Any:
        return getattr(self._key, name)

    def case(self, check: Check, number: int) -> Case:
        """The case without its beginning."""
        return _WithoutBeginning(self._key.case(check, number))


class _WithoutBeginning:
    beginning: Sequence[PartCall] = ()

    def __init__(self, case: Case) -> None:
        self._case = case

    def __getattr__(self, name: str) -> Any:
        return getattr(self._case, name)


def without_seconds(report: Report) -> bytes:
    """A report's bytes."""
    checks = tuple(msgspec.structs.replace(each, seconds=0.0) for each in report.checks)
    return msgspec.json.encode(msgspec.structs.replace(report, checks=checks))


def test_the_verdict_is_that_of_the_reference_itself() -> None:
    """A training over repaired parts is judged alike, whoever answers for the parts."""
    assignment = course.load(ROOT).assignment("assignment3")
    assert assignment.reference is not None
    known = {name: file for name, file, _ in known_submissions(assignment.reference)}
    key = answer_key(assignment, SEED)
    corner = next(check for check in assignment.checks if check.id == "learns_the_corner")
    assert len(key.case(corner, 0).beginning) > 60
    with Sandbox(preload=("numpy",)) as sandbox:
        for name in ("wrong_star", "wrong_zero_weights"):
            one, other = (
                grade(known[name], assignment, seed=SEED, sandbox=sandbox, key=each)
                for each in (key, WithoutBeginnings(key))
            )
            assert without_seconds(one) == without_seconds(other)
            assert (
                "not. So this counts" in without_seconds(one).decode() or name != "wrong_star"
            )
