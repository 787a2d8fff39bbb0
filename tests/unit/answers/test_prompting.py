"""Random numbers for everybody, and answers for those on the right path."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.answers.key import Draw
from autograder.answers.prompting import Prompter
from autograder.solution.calls import OwnParameter, PartCall

X = np.arange(6.0).reshape(2, 3)
P = {"W1": np.ones((2, 2)), "b1": np.zeros((2, 1))}
STEP = {"parameters": P, "grads": {"dW1": X}, "learning_rate": 1.2}
CALLS = [
    PartCall("forward", {"X": X, "parameters": P}, "first"),
    PartCall("update", STEP, "step", defaulted=("learning_rate",)),
    PartCall("forward", {"X": X + 1, "parameters": P}, "second"),
    PartCall("cost", {"A": X, "parameters": P}, "cost", unread=("parameters",)),
]
Own = dict[str, tuple[OwnParameter, ...]]


def parameters(*names: str, **defaults: float) -> tuple[OwnParameter, ...]:
    """Parameters of a student's definition, those with defaults last."""
    last = (OwnParameter(name, True, (value,)) for name, value in defaults.items())
    return (*map(OwnParameter, names), *last)


OWN = {
    "forward": parameters("X", "params"),
    "update": parameters("grads", "parameters", learning_rate=1.2),
    "cost": parameters("A"),
}


def prompter(calls: list[PartCall], own: Own, free: tuple[str, ...] = ()) -> Prompter:
    """One for all parts, in a case with these calls."""
    told = Prompter([call.name for call in calls], own, free)
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
        ("forward", [X, P, "more"], {}, "first"),
        ("forward", [X, {"w1": P["W1"], "B1": P["b1"], "extra": 1}], {}, "first"),
        ("update", [{"dW1": X}, P], {}, "step"),
        ("update", [{"dW1": X}, P, 1.2], {}, "step"),
        ("update", [{"dW1": X}, P], {"lr": 1.2}, "step"),
        ("cost", [X], {}, "cost"),
        ("cost", [X, P], {}, "cost"),
    ],
)
def test_calls_on_the_path_are_answered(
    name: str, args: list[Any], kwargs: dict[str, Any], value: str
) -> None:
    """By position, by any name, in one's own order, with more than needed."""
    assert prompter(CALLS, OWN).answer(name, args, kwargs) == (True, value)


@pytest.mark.parametrize(
    ("own", "answered"),
    [
        (parameters("grads", rate=1.2), True),
        (parameters("grads", rate=0.6), False),
        (parameters("grads", "rate"), False),
        (parameters("grads"), False),
        (None, False),
    ],
)
def test_a_default_counts_where_the_student_has_it(
    own: tuple[OwnParameter, ...] | None, answered: bool
) -> None:
    """The very value that the reference hands over, in the student's own definition."""
    rates = [PartCall("update", {"grads": X + n, "rate": 1.2}, n) for n in range(3)]
    told = prompter(rates, {"update": own} if own else {})
    assert told.answer("update", [X + 2], {})[0] is answered
    assert told.answer("update", [X + 2, 1.2], {}) == (True, 2)


@pytest.mark.parametrize(
    ("own", "answered"),
    [(parameters("grads", rate=0.6), True), (None, True), (parameters("grads"), False)],
)
def test_the_task_s_own_default_counts_where_one_is_meant(
    own: tuple[OwnParameter, ...] | None, answered: bool
) -> None:
    """Where the reference leaves it out as well, and the part has one or is not readable."""
    calls = [PartCall("update", {"grads": X, "rate": 1.2}, "step", defaulted=("rate",))]
    told = prompter(calls, {"update": own} if own else {})
    assert told.answer("update", [X], {})[0] is answered


W = {"W1": 0.01 * np.array([[1.0, -2.0, 0.5]]), "b1": np.zeros((1, 1))}
DRAWN = [
    PartCall("draw", {}, W),
    PartCall("forward", {"parameters": W}, "cache"),
    PartCall("update", {"parameters": W, "cache": "cache"}, "step"),
]
DRAWS = {"forward": parameters("parameters"), "update": parameters("parameters", "cache")}


def test_other_draws_stand_for_the_task_s() -> None:
    """From the first call on, and always the same ones."""
    told = prompter(DRAWN, DRAWS, free=("draw",))
    own = {"W1": 0.01 * np.array([[-0.3, 1.1, 0.2]]), "b1": np.zeros((1, 1))}
    assert told.answer("update", [W | {"W1": W["W1"] + 1}, "cache"], {}) == (False, None)
    assert told.answer("forward", [own], {}) == (True, "cache")
    assert told.drew
    assert told.answer("update", [own, "cache"], {}) == (True, "step")
    assert told.answer("update", [own | {"W1": -own["W1"]}, "cache"], {}) == (False, None)


@pytest.mark.parametrize(
    "own",
    [
        {"W1": np.array([[-0.3, 1.1, 0.2]]), "b1": np.zeros((1, 1))},
        {"W1": 0.01 * np.array([[-0.3, 1.1, 0.2]]), "b1": np.ones((1, 1))},
        {"W1": 0.01 * np.ones((1, 3)), "b1": np.zeros((1, 1))},
        {"W1": 0.01 * np.array([[-0.3], [1.1], [0.2]]), "b1": np.zeros((1, 1))},
        {"W1": 0.01 * np.array([[-0.3, 1.1, np.nan]]), "b1": np.zeros((1, 1))},
        {"W1": 0.01 * np.array([[-0.3, 1.1, 0.2]])},
        {"W1": np.array([[3_100_000_000, 0, 1]]), "b1": np.zeros((1, 1))},
        {"W1": np.array([[1e200, 0, 1]]), "b1": np.zeros((1, 1))},
        0.01,
    ],
)
def test_what_is_no_such_draw_stands_for_nothing(own: Any) -> None:
    """Another size, start or shape, no variety, no numbers, too little, too large."""
    told = prompter(DRAWN, DRAWS, free=("draw",))
    assert told.answer("forward", [own], {}) == (False, None)
    assert not told.drew
    assert prompter(DRAWN, DRAWS).answer("forward", [{"W1": 2 * W["W1"]}], {}) == (False, None)


def test_a_method_is_answered_by_the_state_of_its_object() -> None:
    """What it looks at must be as on the path; what it changes comes with its value."""
    calls = [
        PartCall("Net.step", {"x": X}, 1.0, reads={"w": X}, writes={"w": X + 1}),
        PartCall("Net.step", {"x": X}, 2.0, reads={"w": X + 1}, writes={}),
    ]
    told = prompter(calls, {})
    assert told.answer("Net.step", [{"w": X + 1, "more": 1}, X], {}) == (True, (2.0, {}))
    found, (value, writes) = told.answer("Net.step", [{"w": X}, X], {})
    assert (found, value) == (True, 1.0)
    assert np.array_equal(writes["w"], X + 1)
    assert told.answer("Net.step", [{"w": X + 2}, X], {}) == (False, None)
    assert told.answer("Net.step", [{}, X], {}) == (False, None)
    assert told.answer("Net.step", [{"w": X}], {}) == (False, None)


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
        ("forward", [X + 1], {}),
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


def test_a_misconceptions_calls_are_answered_for_what_is_lacking_only() -> None:
    """A part that the submission defines is its own, away from the reference's path."""
    for lacking, answer in (((), (False, None)), (("forward",), (True, "stray"))):
        told = Prompter(["forward"], {}, lacking=lacking)
        told.begin(CALLS, [PartCall("forward", {"X": X + 9, "parameters": P}, "stray")])
        assert told.answer("forward", [X + 9, P], {}) == answer
        assert told.answer("forward", [X, P], {}) == (True, "first")
