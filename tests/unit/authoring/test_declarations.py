"""What a course author writes, and what is said when it is wrong."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.authoring import (
    Check,
    Kind,
    accuracy,
    check,
    checks_in,
    expect,
    gradient,
    misconception,
    raises,
    requirement,
    threshold,
)
from autograder.errors import CourseError, NotAttempted, StudentRaised, WrongAnswer


def test_a_check_is_its_function() -> None:
    """The name is the id and `of`, the docstring's first line the title."""

    @check(points=15, hint="Look again.")
    def forward(solution: Any, given: Any, rng: Any) -> Any:
        """Forward gives A2.

        More for the author.
        """

    assert isinstance(forward, Check)
    assert (forward.id, forward.of, forward.title) == (
        "forward",
        "forward",
        "Forward gives A2.",
    )
    assert (forward.kind, forward.points, forward.cases) == (Kind.CHECK, 15.0, 3)
    assert forward.hint == "Look again."


def test_the_other_kinds() -> None:
    """Each decorator says how to judge."""

    def probe(solution: Any, given: Any, rng: Any) -> Any:
        """A title"""

    assert gradient(points=1, of="backward")(probe).kind is Kind.GRADIENT
    assert requirement(points=1)(probe).cases == 1
    bar = threshold(points=1, at_least=0.9)(probe)
    assert (bar.kind, bar.at_least, bar.cases) == (Kind.THRESHOLD, 0.9, 3)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"points": 0}, "Expected points above 0, but got points=0"),
        ({"points": -1}, "points=-1"),
        ({"points": 1, "cases": 0}, "Expected at least one case, but got cases=0"),
    ],
)
def test_options_are_checked_at_once(options: dict[str, Any], words: str) -> None:
    """A wrong option is said when the file is read, with the value."""
    with pytest.raises(CourseError, match=words):
        check(**options)


def test_a_check_without_a_title() -> None:
    """The docstring is what a student reads; it cannot be left out."""

    def untitled(solution: Any, given: Any, rng: Any) -> Any: ...

    with pytest.raises(CourseError, match="'untitled' has no docstring"):
        check(points=1)(untitled)


def test_a_probe_with_other_arguments() -> None:
    """A probe takes solution, given and rng."""

    def probe(solution: Any) -> Any:
        """A title"""

    with pytest.raises(CourseError, match=r"must take \(solution, given, rng\)"):
        check(points=1)(probe)  # type: ignore[arg-type]


def test_a_bar_that_is_no_number() -> None:
    """nan would pass nobody, silently."""
    with pytest.raises(CourseError, match="finite at_least"):
        threshold(points=1, at_least=float("nan"))


def test_a_misconception_is_named_for_what_it_replaces() -> None:
    """The part before the double underscore is the function."""

    @misconception("""Rounding is not
    a comparison.""")
    def predict__rounded(x: Any) -> Any: ...

    assert (predict__rounded.id, predict__rounded.of) == ("predict__rounded", "predict")
    assert predict__rounded.sentence == "Rounding is not a comparison."
    assert list(checks_in({"a": predict__rounded})) == []


def test_a_misconception_needs_a_name_and_a_sentence() -> None:
    """Both are said with the value received."""

    def wrong() -> None: ...

    with pytest.raises(CourseError, match="name='wrong'"):
        misconception("A sentence.")(wrong)
    with pytest.raises(CourseError, match="Expected a sentence"):
        misconception("  ")


@pytest.mark.parametrize(
    "predicted", [[[1, 0, 1, 1]], [1, 0, 1, 1], [True, False, True, True], [1.0, 0.0, 1.0, 1.0]]
)
def test_accuracy_takes_any_form(predicted: Any) -> None:
    """Rows, flat, bool, int or float: three of four are three quarters."""
    assert accuracy(predicted, np.array([[1, 0, 0, 1]])) == 0.75


@pytest.mark.parametrize(
    ("predicted", "words"),
    [
        ([1, 0], "2 predictions for 4 examples"),
        (None, "1 predictions for 4"),
        (["a"] * 4, "not numbers"),
    ],
)
def test_accuracy_of_what_is_none(predicted: Any, words: str) -> None:
    """What cannot be counted is the student's answer, in a sentence for the student."""
    with pytest.raises(WrongAnswer, match=words):
        accuracy(predicted, [1, 0, 0, 1])


def test_raises_names_the_exception_on_either_side() -> None:
    """A student's exception and the reference's are told alike."""

    def student() -> None:
        raise StudentRaised("ValueError", "no")

    assert raises(student) == "ValueError"
    assert raises(int, "x") == "ValueError"
    assert raises(int, "1") == ""


def test_what_is_not_written_raises_nothing() -> None:
    """A stub, a hang or a crash is no answer to the question what a call raises."""

    def stub() -> None:
        raise NotAttempted("fit")

    with pytest.raises(NotAttempted):
        raises(stub)


def test_expectations_take_numpy_booleans() -> None:
    """`expect` is used with what NumPy's comparisons return."""
    line = expect(np.float64(1) > 0, "one is positive", np.float64(1))
    assert line.holds is True
    assert line.saw == "1.0"
