"""What a probe asks of `given` is taped, and played again as it was."""

from __future__ import annotations

import types
from typing import Any

import numpy as np
import pytest

from autograder.answers.tape import Tape, Taped, first_difference, played
from autograder.errors import CourseError


class Counter:
    """An object, as a reference may have."""

    def __init__(self) -> None:
        self.steps = np.zeros(2)

    def add(self, amount: float) -> float:
        """One more."""
        self.steps = self.steps + amount
        return float(self.steps.sum())


REFERENCE = types.SimpleNamespace(
    Counter=Counter, rate=0.5, ones=lambda n: {"a": np.ones(n), "pair": (n, None)}
)


def probe(given: Any) -> Any:
    """Ask for a value, for data and for an object with its methods and attributes."""
    counter = given.Counter()
    counter.steps = np.ones(2)
    return given.rate, given.ones(3), counter.add(1.0), counter.steps


def test_a_tape_answers_as_the_reference_did() -> None:
    """Values, arrays in dictionaries, methods and attributes of objects come back."""
    tape = Tape()
    first = probe(Taped(REFERENCE, tape))
    second = probe(played(tape))
    np.testing.assert_equal(second, first)
    assert second[2] == 4.0


def test_what_a_probe_changes_is_not_on_the_tape() -> None:
    """An input that is changed in place is handed out again by the next run."""
    tape = Tape()
    Taped(REFERENCE, tape).ones(3)["a"][:] = 7
    for _ in range(2):
        answer = played(tape).ones(3)
        assert answer["a"].tolist() == [1, 1, 1]
        answer["a"][:] = 7


def test_a_tape_that_ended_takes_nothing_more() -> None:
    """A function that the probe returned may go on asking."""
    tape = Tape()
    given = Taped(REFERENCE, tape)
    given.ones(1)
    tape.running = False
    assert given.ones(2)["a"].tolist() == [1, 1]
    assert len(tape) == 1


def test_another_question_is_refused() -> None:
    """A probe that is not the recorded one is told so."""
    tape = Tape()
    probe(Taped(REFERENCE, tape))
    with pytest.raises(CourseError, match=r"asks for given\.ones where the recording holds"):
        played(tape).ones(3)


def test_other_arguments_are_refused() -> None:
    """The same question about something else has no answer on the tape."""
    tape = Tape()
    probe(Taped(REFERENCE, tape))
    given = played(tape)
    given.Counter().steps = np.ones(2)
    assert given.rate == 0.5
    with pytest.raises(CourseError, match=r"calls given\.ones with other arguments"):
        given.ones(4)


@pytest.mark.parametrize("size", [3, 5000])
def test_arguments_may_differ_in_their_last_bits_only(size: int) -> None:
    """Another machine rounds otherwise; a large array is known as well as a small one."""
    x = np.random.default_rng(0).normal(size=size)
    tape = Tape()
    mean = types.SimpleNamespace(mean=lambda x: float(np.mean(x)))
    Taped(mean, tape).mean(x)
    assert played(tape).mean(x * (1 + 1e-14)) == np.mean(x)
    for other in (x[::-1], x * (1 + 1e-6), -x, x.reshape(1, -1), np.where(x == x[1], 0, x)):
        with pytest.raises(CourseError, match="other arguments"):
            played(tape).mean(other)


def test_a_question_to_another_object_is_another_question() -> None:
    """Two counters answer each for itself, and each attribute is set on its own counter."""
    tape = Tape()
    given = Taped(REFERENCE, tape)
    first, second = given.Counter(), given.Counter()
    first.add(1.0)
    second.steps = np.ones(2)
    given = played(tape)
    one, two = given.Counter(), given.Counter()
    with pytest.raises(CourseError, match="something else"):
        two.add(1.0)
    one.add(1.0)
    with pytest.raises(CourseError, match="other arguments"):
        two.steps = np.zeros(2)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda given, x: given.fill(x), "changes its arguments in place"),
        (lambda given, x: given.draw(np.random.default_rng(0)), "takes the generator"),
    ],
)
def test_what_no_tape_can_repeat_is_noted(asked: Any, said: str) -> None:
    """A change of an argument, or of the generator, would be missing without the reference."""
    reference = types.SimpleNamespace(
        fill=lambda x: x.fill(1.0), draw=lambda rng: rng.normal(), ones=np.ones
    )
    tape = Tape(__file__)
    Taped(reference, tape).ones(2)
    assert tape.flaws == []
    asked(Taped(reference, tape), np.zeros(2))
    [(line, text)] = tape.flaws
    assert line
    assert said in text


def test_one_tape_may_stop_early() -> None:
    """A run that was stopped asks for less; no run asks for more, or for something else."""
    whole, other = Tape(), Tape()
    probe(Taped(REFERENCE, whole))
    assert first_difference(whole, whole, whole=True) is None
    assert first_difference(whole, whole[:2], whole=False) is None
    assert first_difference(whole, whole[:2], whole=True) == 2
    assert first_difference(whole[:2], whole, whole=False) == 2
    Taped(REFERENCE, other).ones(4)
    assert first_difference(whole, other, whole=False) == 0
