"""A mistake is named when it is the only one that gives these answers."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.judging.diagnosis import explaining_pairs, explanations, plausible_pairs
from autograder.judging.fingerprint import Fingerprint
from autograder.judging.outcome import Raised, Returned

A, B = Returned(np.array([1.0, np.nan])), Returned(np.array([2.0, 3.0]))


def test_the_one_that_fits_in_every_case_is_named() -> None:
    """All cases must agree, NaN included."""
    assert explanations([A, B], {"right": [A, B], "half": [A, A]}) == ["right"]


def test_two_that_fit_are_not_named() -> None:
    """Silence is better than a guess."""
    assert explanations([A], {"one": [A, B], "two": [A, A]}) == ["one", "two"]


def test_none_that_fits() -> None:
    """An unknown mistake has no name."""
    assert explanations([A], {"one": [B]}) == []
    assert explanations([], {"one": []}) == []


def test_exceptions_are_recognised_by_type_and_text() -> None:
    """math.exp on an array raises the same words for everybody."""
    raised = Raised("TypeError", "only length-1 arrays can be converted to Python scalars")
    other = Raised("TypeError", "unsupported operand")
    assert explanations([raised], {"math": [raised], "other": [other], "value": [A]}) == [
        "math"
    ]


RIGHT = Returned({"dW": np.array([1.0, 2.0]), "db": 3.0})


def answer(dW: float, db: float) -> Returned:
    """The right answer with its two entries multiplied."""
    return Returned({"dW": dW * np.array([1.0, 2.0]), "db": db * 3.0})


WRONG = {"half": answer(0.5, 1), "twice": answer(1, 2), "sign": answer(-1, -1)}
PAIRS = {
    "half + twice": Fingerprint(answer(0.5, 2)).packed,
    "half + sign": Fingerprint(answer(-0.5, -1)).packed,
}


def test_two_mistakes_are_recognised_together() -> None:
    """In every case, and by the one pair that fits."""
    mine = [answer(0.5, 2), answer(0.5, 2)]
    assert explaining_pairs(mine, [PAIRS, PAIRS], PAIRS) == ["half + twice"]
    assert explaining_pairs([*mine[:1], answer(1, 1)], [PAIRS, PAIRS], PAIRS) == []
    assert explaining_pairs([], [], PAIRS) == []


@pytest.mark.parametrize(
    ("mine", "plausible"),
    [
        (answer(0.5, 2), ["half + twice"]),
        (answer(-0.5, -1), ["half + sign"]),
        (answer(0.7, 2), []),
        (answer(0.5, 1), []),
    ],
)
def test_most_pairs_are_out_of_the_question(mine: Returned, plausible: list[str]) -> None:
    """What one of two changes alone must be as it leaves it."""
    found = plausible_pairs(mine, RIGHT, WRONG, PAIRS, lambda pair: pair.split(" + "))
    assert list(found) == plausible
