"""What a probe asks of `given` is taped, and played again as it was."""

from __future__ import annotations

import types
from typing import Any

import numpy as np
import pytest

from autograder.errors import CourseError
from autograder.tape import Tape, Taped, one_begins_the_other, played


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
    """An input that is changed in place is handed out anew by the next run."""
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


def test_one_tape_may_stop_early() -> None:
    """A shorter tape is the same as far as it goes; another answer is another tape."""
    whole, other = Tape(), Tape()
    probe(Taped(REFERENCE, whole))
    assert one_begins_the_other(whole, whole[:2])
    Taped(REFERENCE, other).ones(4)
    assert not one_begins_the_other(whole, other)
