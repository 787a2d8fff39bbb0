"""A mistake as a change of the reference's text, and two of them together."""

from __future__ import annotations

import pytest

from autograder.answers.changes import changed, members, paired
from autograder.authoring import Misconception, slip
from autograder.errors import CourseError

SOURCE = '''
def cost(A, Y):
    """Return the mean of Y * A.

    Hint: Y * A.
    """
    m = len(A)
    return -sum(Y * A) / m


class MLP:
    """A network: x + 1."""

    def forward(self, x):
        return x + 1

    def back(self, x):
        return x - 1
'''


def known(*, of: str = "cost", **changes: tuple[str, str]) -> dict[str, Misconception]:
    """Slips by their names."""
    return {
        name: Misconception(name, of, name, None, (change,)) for name, change in changes.items()
    }


def test_a_piece_is_replaced() -> None:
    """In the function's code, and not in what is said about it."""
    text = changed(SOURCE, "cost", [("Y * A", "A * A")])
    assert "return -sum(A * A) / m" in text
    assert "Hint: Y * A." in text


@pytest.mark.parametrize("piece", ["nothing like it", "m", "mean"])
def test_a_piece_must_stand_there_once(piece: str) -> None:
    """What is not there, or there more than once, is the course's mistake."""
    with pytest.raises(CourseError, match="once is needed"):
        changed(SOURCE, "cost", [(piece, "x")])


def test_two_changes_are_made_together() -> None:
    """Where they do not overlap, whatever their order."""
    wrong = known(mean=(" / m", ""), sign=("-sum", "sum"), whole=("sum(Y * A) / m", "0"))
    found = paired(SOURCE, wrong, "cost")
    assert list(found) == ["sign + mean"]
    assert members("sign + mean") == ["sign", "mean"]


def test_of_a_class_the_changes_of_one_method_belong_together() -> None:
    """Each method is checked by itself."""
    wrong = known(of="MLP", plus=("x + 1\n", "x + 2\n"), minus=("x - 1", "x - 2"))
    assert paired(SOURCE, wrong, "MLP") == {}


@pytest.mark.parametrize(("sentence", "changes"), [("", [("a", "b")]), ("Say it.", [])])
def test_a_slip_says_something_and_changes_something(
    sentence: str, changes: list[tuple[str, str]]
) -> None:
    """Without a sentence or a change there is no mistake."""
    with pytest.raises(CourseError):
        slip(sentence, *changes, of="cost")
