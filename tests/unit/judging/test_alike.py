"""Which wrong answers are one group, and what the group is called."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from autograder.gradebook.groups import LETTERS, group_of
from autograder.judging.alike import alike
from autograder.judging.outcome import Raised, Returned
from autograder.model import Diagnosis, Evidence, Status, Verdict

RNG = np.random.default_rng(5)
W, B = RNG.normal(size=(20, 30)), RNG.normal(size=(20, 1))


@pytest.mark.parametrize(
    "other",
    [
        {"b": B, "W": W},
        {"W": W.astype(np.float32), "b": B},
        {"W": W * (1 + 1e-13), "b": B},
        {"W": W + 1e-17 * RNG.normal(size=W.shape), "b": B},
    ],
)
def test_equal_answers_share_a_digest(other):
    """Another order of keys, single precision and another way of rounding are the same."""
    assert alike([Returned({"W": W, "b": B})]) == alike([Returned(other)])


@pytest.mark.parametrize(
    "other",
    [
        [Returned({"W": W * 1.001, "b": B})],
        [Returned({"W": W.T, "b": B})],
        [Returned({"W": W, "b": -B})],
        [Returned({"W": W, "b": B[:, 0]})],
        [Returned({"W": W})],
        [Returned({"W": W, "b": B * np.nan})],
        [Returned({"W": W, "b": B}), Returned(1.0)],
        [Raised("ValueError", "no")],
    ],
)
def test_other_answers_do_not(other):
    """Another number, sign, shape, key, kind or number of cases."""
    assert alike([Returned({"W": W, "b": B})]) != alike(other)


def test_what_ended_a_run_is_part_of_it():
    """Nothing is not too late, and an exception is its type and text."""
    assert alike([]) == ""
    assert alike([], "TimedOut") not in ("", alike([], "Crashed"))
    same = [Raised("ValueError", "no <f at 0x7f0000000010>")] * 2
    assert alike(same[:1]) == alike(same[1:])
    assert alike([Raised("ValueError", "no")]) != alike([Raised("ValueError", "yes")])


VERDICT = Verdict(
    id="f",
    of="f",
    title="F",
    status=Status.FAILED,
    points=0,
    possible=5,
    answer="abc",
    evidence=(Evidence("W", "1", "2"),),
)


def test_a_group_is_a_check_and_an_answer():
    """Whatever the words, points and status: these change with a check, the answer does not."""
    name = group_of(VERDICT)
    assert len(name) == LETTERS
    assert name.isalnum()
    assert group_of(replace(VERDICT, status=Status.PARTIAL, points=2, message="x")) == name
    assert group_of(replace(VERDICT, answer="abd")) != name
    assert group_of(replace(VERDICT, id="g")) != name
    bare = replace(VERDICT, answer="")
    assert group_of(bare) != group_of(replace(bare, evidence=(Evidence("W", "1", "3"),)))


@pytest.mark.parametrize(
    "change",
    [
        {"status": Status.PASSED},
        {"status": Status.NOT_ATTEMPTED},
        {"status": Status.GRADER_FAULT},
        {"diagnosis": Diagnosis("f__x", "Say so.")},
    ],
)
def test_what_is_explained_or_not_theirs_is_in_none(change):
    """Right answers, stubs, faults of the grader, and known mistakes."""
    assert group_of(replace(VERDICT, **change)) == ""
