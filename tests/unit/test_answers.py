"""Random numbers for everybody, and answers for those on the right path."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.answers import Draw, PartCall, Prompter

X = np.arange(6.0).reshape(2, 3)
P = {"W1": np.ones((2, 2)), "b1": np.zeros((2, 1))}
CALLS = [
    PartCall("forward", {"X": X, "parameters": P}, "first"),
    PartCall("update", {"parameters": P, "grads": {"dW1": X}, "learning_rate": 1.2}, "step"),
    PartCall("forward", {"X": X + 1, "parameters": P}, "second"),
]
OWN = {"forward": ("X", "params"), "update": ("grads", "parameters", "learning_rate")}


def prompter(calls: list[PartCall], own: dict[str, tuple[str, ...]]) -> Prompter:
    """One for all parts, in a case with these calls."""
    told = Prompter([call.name for call in calls], own)
    told.begin(calls)
    return told


def test_draws_depend_on_all_four() -> None:
    """Seed, assignment, check and case each change the numbers; nothing else does."""
    places = [(0, "a", "c", 0), (1, "a", "c", 0), (0, "b", "c", 0), (0, "a", "d", 0)]
    draws = [Draw(*place) for place in (*places, (0, "a", "c", 1))]
    assert len({draw.rng().normal() for draw in draws}) == 5
    assert len({draw.global_seed for draw in draws}) == 5
    assert Draw(0, "a", "c", 0).rng().normal() == draws[0].rng().normal()


def test_the_stream_never_changes() -> None:
    """A seed gives these numbers for ever: a grade must be the same next year."""
    draw = Draw(0, "assignment3", "sigmoid", 0)
    assert draw.global_seed == 1320570251
    assert int.from_bytes(draw.rng().bytes(4), "little") == 717608127


@pytest.mark.parametrize(
    ("name", "args", "kwargs", "value"),
    [
        ("forward", [X, P], {}, "first"),
        ("forward", [X + 1, P], {}, "second"),
        ("forward", [X], {"parameters": P}, "first"),
        ("forward", [X], {"params": P}, "first"),
        ("forward", [X + 1], {}, "second"),
        ("forward", [X, P, "more"], {}, "first"),
        ("forward", [X, {"w1": P["W1"], "B1": P["b1"], "extra": 1}], {}, "first"),
        ("update", [{"dW1": X}, P], {}, "step"),
        ("update", [{"dW1": X}, P, 1.2], {}, "step"),
        ("update", [{"dW1": X}, P], {"lr": 1.2}, "step"),
    ],
)
def test_calls_on_the_path_are_answered(
    name: str, args: list[Any], kwargs: dict[str, Any], value: str
) -> None:
    """By position, by any name, in one's own order, with less or more than needed."""
    assert prompter(CALLS, OWN).answer(name, args, kwargs) == (True, value)


def test_a_default_may_be_left_out() -> None:
    """What all calls have in common need not be said; what tells them apart must be."""
    rates = [PartCall("update", {"grads": X + n, "rate": 1.2}, n) for n in range(3)]
    own = {"update": ("grads", "rate")}
    assert prompter(rates, own).answer("update", [X + 2], {}) == (True, 2)
    falling = [PartCall("update", {"grads": X, "rate": 1 / (n + 1)}, n) for n in range(3)]
    assert prompter(falling, own).answer("update", [X], {}) == (False, None)
    assert prompter(falling, own).answer("update", [X, 0.5], {}) == (True, 1)


def test_a_part_without_arguments_is_answered_in_turn() -> None:
    """Its calls differ in nothing but their order."""
    told = prompter([PartCall("draw", {}, n) for n in range(2)], {"draw": ()})
    assert [told.answer("draw", [], {})[1] for _ in range(3)] == [0, 1, 0]


@pytest.mark.parametrize(
    ("name", "args", "kwargs"),
    [
        ("forward", [X + 0.5, P], {}),
        ("forward", [X.T, P], {}),
        ("forward", [X, {"W1": P["W1"]}], {}),
        ("forward", [], {}),
        ("forward", [], {"parameters": P}),
        ("update", [{"dW1": X}, P, 0.5], {}),
        ("update", [{"dW1": X}, P], {"lr": 0.5}),
        ("backward", [X], {}),
    ],
)
def test_calls_off_the_path_are_not(name: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Nothing is given away for inputs that the reference does not ask about."""
    told = prompter(CALLS, OWN)
    assert told.answer(name, args, kwargs) == (False, None)
    assert told.answered == set()


def test_each_case_has_its_own_calls() -> None:
    """And of them those to the parts that are answered for, and to no others."""
    told = Prompter(["forward"], OWN)
    assert told.answer("forward", [X, P], {}) == (False, None)
    told.begin(CALLS[:2])
    assert told.answer("forward", [X, P], {}) == (True, "first")
    assert told.answer("update", [{"dW1": X}, P], {}) == (False, None)
    told.begin(CALLS[2:])
    assert told.answer("forward", [X, P], {}) == (False, None)
    assert told.answer("forward", [X + 1, P], {}) == (True, "second")
    assert told.answered == {"forward"}
