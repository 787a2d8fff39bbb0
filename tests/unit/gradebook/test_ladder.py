"""What a class board releases: a function of the hand-ins, in their order."""

from __future__ import annotations

import random

import pytest

from autograder.gradebook.ladder import board, climb, ranks, step


def test_a_better_number_is_released_beyond_the_step() -> None:
    """The first as it is; a worse one and a little better one change nothing."""
    assert climb([0.8, 0.7, 0.82, 0.9, None, 0.91], 400) == [0.8, 0.8, 0.8, 0.9, 0.9, 0.9]
    assert climb([None, 0.8], 400) == [None, 0.8]
    assert climb([], 400) == []


def test_what_comes_later_changes_nothing_that_was_released() -> None:
    """What is released is a beginning of what is released with more hand-ins."""
    rng = random.Random(3)
    shares = [rng.choice([None, rng.random()]) for _ in range(200)]
    whole = climb(shares, 100)
    assert all(climb(shares[:n], 100) == whole[:n] for n in range(200))
    assert len(set(whole)) > 2


def test_numbers_are_rounded_to_whole_examples() -> None:
    """A mean over unlike cases shows no more digits than examples can."""
    assert climb([0.84567], 10) == [0.8]


def test_the_step_is_wider_with_each_hand_in_and_narrower_with_more_examples() -> None:
    """By the paper's s/sqrt(n), as far as shares tell s; near 1 little can differ."""
    assert step(0.5, 0.5, 400, 2) == pytest.approx(2.716 / 20, rel=1e-3)
    assert step(0.5, 0.5, 400, 3) > step(0.5, 0.5, 400, 2)
    assert step(0.5, 0.5, 1600, 2) == step(0.5, 0.5, 400, 2) / 2
    assert step(0.98, 0.99, 400, 2) < step(0.9, 0.9, 400, 2)


def test_each_student_has_a_ladder_and_equals_share_a_rank() -> None:
    """Of equals the one who had it first comes first; who reached nothing is not there."""
    hand_ins = [
        ("a", 1, 0.5),
        ("b", 2, 0.9),
        ("a", 3, 0.9),
        ("c", 4, None),
        ("d", 5, 0.2),
        ("b", 6, 0.1),
    ]
    places = board(hand_ins, 400)
    assert places == [("b", 0.9, 2), ("a", 0.9, 3), ("d", 0.2, 5)]
    assert ranks(places) == {"b": 1, "a": 1, "d": 3}
