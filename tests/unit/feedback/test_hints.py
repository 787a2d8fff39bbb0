"""Hints in steps: each says more than the one before, and none shows the line to write."""

from __future__ import annotations

import re

import pytest

from autograder.answers.variants import variants_of
from autograder.course import course
from autograder.feedback.hints import hints, what_is_wrong
from autograder.model import Diagnosis, Evidence, Status, Verdict

LEAST = 8  # characters of code, without spaces, that say something


def a_verdict(status: Status = Status.PARTIAL) -> Verdict:
    """The verdict on a cost that is a sum."""
    evidence = (Evidence("", "0.69", "2.79"),)
    return Verdict(
        id="cost", of="cost", title="The cost is a mean", status=status, points=3, possible=12,
        message="It is 4 times too large.", evidence=evidence,
    )  # fmt: skip


def test_the_steps():
    """The title; what came, with the first piece of evidence; the mistake and the advice."""
    told = Diagnosis("cost__sum", "Your cost is a sum. Take the mean: np.mean(losses).")
    assert hints(a_verdict(), told, "Try one example.") == (
        "The cost is a mean.",
        "It is 4 times too large.\nexpected 0.69\nyours    2.79",
        "Your cost is a sum.\nTry one example.",
    )
    assert hints(a_verdict(), None, "") == hints(a_verdict(), told, "")[:2]


def without_spaces(text: str) -> str:
    """Code as it is compared."""
    return re.sub(r"\s+", "", text)


def test_no_idea_shows_the_line_to_write(root):
    """Of each known mistake, what the last step says holds no piece of the right code."""
    shown = []
    for assignment in course.load(root).assignments.values():
        assert assignment.reference is not None
        for known in variants_of(assignment.reference).misconceptions.values():
            said = without_spaces(what_is_wrong(known.sentence))
            pieces = [key if isinstance(key, str) else key[0] for key in known.patch]
            right = [without_spaces(piece) for piece in pieces]
            shown += [known.id for piece in right if len(piece) >= LEAST and piece in said]
    assert shown == []


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ("Your output has no activation: it is sigmoid(Z).", "Your output has no activation."),
        ("It is transposed; use W.T.", "It is transposed."),
        ("Add them, and do not multiply", "Add them, and do not multiply."),
    ],
)
def test_what_is_wrong_comes_first(told, wrong):
    """A sentence ends where it goes on to what to write instead."""
    assert what_is_wrong(told) == wrong
