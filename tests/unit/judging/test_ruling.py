"""From the answers of all cases to one ruling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from autograder.authoring import Check, Expectation, Kind
from autograder.judging.compare import FACTOR_CREDIT
from autograder.judging.kinds import Facts, rules_of
from autograder.judging.outcome import Block, Raised, Returned
from autograder.judging.ruling import Ruling, merged, unusable
from autograder.model import Status


def check_of(kind: Kind, **more: float) -> Check:
    """A check of this kind."""
    return Check(
        id="f", title="", kind=kind, points=1, of="f", probe=lambda *_: None, cases=3, **more
    )


VALUES, LINES = check_of(Kind.CHECK), check_of(Kind.REQUIREMENT)
W = np.array([[0.3, -0.7], [1.1, 0.4]])


def ruled(factors: Sequence[float], sizes: Sequence[Mapping[str, int]]) -> Ruling:
    """The ruling on answers that are off by a factor in each case."""
    answers = [Returned(factor * W) for factor in factors]
    facts = Facts(sizes, "f", W)
    return rules_of(VALUES).rule(VALUES, [W] * len(factors), answers, facts)


def test_a_size_that_explains_every_case() -> None:
    """Off by the number of examples, whatever that is in each case: a known constant."""
    found = ruled([5, 7], [{"the columns of X": 5}, {"the columns of X": 7}])
    assert found.credit == FACTOR_CREDIT
    assert "5 is the columns of X" in found.message


def test_of_two_sizes_the_one_that_holds_in_all_cases() -> None:
    """Where two axes are as long in one case, the others decide which of them is named."""
    found = ruled([6, 4], [{"rows of K": 6, "rows of X": 6}, {"rows of K": 7, "rows of X": 4}])
    assert "6 is rows of X" in found.message


@pytest.mark.parametrize("second", [7.0, 1.0])
def test_a_size_that_fits_by_chance(second: float) -> None:
    """Off by the length of another axis in each case, or in one alone: not that axis."""
    found = ruled([6, second], [{"rows of X": 6}, {"rows of X": 9}])
    assert found.credit == 0
    assert "rows of X" not in found.message
    assert "wrong values" in found.message


def test_no_name_of_ours_is_said() -> None:
    """What a probe could not do is said without the names of the framework's classes."""
    raised = Raised("AttributeError", "'Foreign' object has no attribute 'shape'")
    assert "Foreign" not in unusable(raised, [1], "f")


def test_form_alone_earns_nothing() -> None:
    """A shape counts beside a property that tells something, and not by itself."""
    wanted = [
        Expectation(True, "the shape", form=True),
        Expectation(True, "a"),
        Expectation(True, "b"),
    ]
    for holds, credit in (
        ((1, 0, 0), 0),
        ((1, 1, 0), 2 / 3),
        ((0, 1, 0), 1 / 3),
        ((1, 1, 1), 1),
    ):
        found = [
            Expectation(bool(one), each.what) for one, each in zip(holds, wanted, strict=True)
        ]
        answers = [Returned(found), Returned(wanted)]
        ruling = rules_of(LINES).rule(LINES, [wanted, wanted], answers, Facts((), "f", None))
        assert ruling.credit == pytest.approx(credit)
        assert ("the form alone" in ruling.message) == (holds == (1, 0, 0))


@pytest.mark.parametrize(
    ("reached", "credit"), [((0.9,), 1), ((0.8, 0.95, 0.9), 1), ((0.8, 0.95, 0.7), 0)]
)
def test_a_bar_is_reached_at_once_or_in_two_of_three(
    reached: tuple[float, ...], credit: float
) -> None:
    """One lucky try of three is not enough, and one unlucky one costs nothing."""
    bar = check_of(Kind.THRESHOLD, at_least=0.9)
    answers = [Returned(value) for value in reached]
    ruling = rules_of(bar).rule(bar, (), answers, Facts((), "f", None))
    assert ruling.credit == credit
    assert ("0.9 is needed" in ruling.message) == (credit == 0)


def test_each_kind_has_its_rules() -> None:
    """Whatever kind a check may have, it can be judged."""
    for kind in Kind:
        assert rules_of(check_of(kind))


def test_what_a_reference_lacks_is_named() -> None:
    """A requirement that the reference itself misses is the course's mistake."""
    lines = [Expectation(True, "a"), Expectation(False, "b")]
    assert rules_of(LINES).missed_by(LINES, lines) == "b"
    assert rules_of(VALUES).missed_by(VALUES, lines) == ""


def test_the_credit_tells_the_status_unless_one_is_given():
    """All, some and nothing of the points; a status that was given stays."""
    assert [Ruling(credit).said for credit in (1.0, 0.25, 0.0)] == [
        Status.PASSED,
        Status.PARTIAL,
        Status.FAILED,
    ]
    assert Ruling(0.0, status=Status.TIMED_OUT).said is Status.TIMED_OUT


@pytest.mark.parametrize(
    ("missed", "end"),
    [(1, "a1."), (2, "a2."), (3, "And 1 more differs."), (4, "And 2 more differ.")],
)
def test_two_misses_are_put_into_words(missed: int, end: str) -> None:
    """The others are counted."""
    blocks = [Block(f"b{n}", 0.0, f"a{n}.") for n in range(1, missed + 1)]
    assert merged([blocks]).message.endswith(end)
    assert ("more" in merged([blocks]).message) == (missed > 2)


def test_an_answer_of_nothing_earns_nothing() -> None:
    """A probe that returns an empty dictionary has seen nothing."""
    assert merged([[]]).credit == 0


def test_what_was_reached_is_said() -> None:
    """One try by itself; several as tries."""
    bar = check_of(Kind.THRESHOLD, at_least=0.9)

    def said(*reached: float) -> str:
        answers = [Returned(value) for value in reached]
        return rules_of(bar).rule(bar, (), answers, Facts((), "f", None)).message

    assert said(0.8) == "It reached 0.8 where 0.9 is needed."
    tries = rules_of(bar).rule(bar, (), [Returned(0.8), Returned(0.7)], Facts((), "f", None))
    assert [evidence.where for evidence in tries.evidence] == ["try 1", "try 2"]
    assert said(0.8, 0.7) == (
        "It reached 0.8 and 0.7, in tries with other draws, where 0.9 is needed."
    )


def test_what_a_requirement_saw_is_said() -> None:
    """Where it saw something."""
    wanted = [Expectation(True, "n is 3"), Expectation(True, "m is 4")]
    found = [Expectation(False, "n is 3", 5), Expectation(False, "m is 4")]
    message = (
        rules_of(LINES).rule(LINES, [wanted], [Returned(found)], Facts((), "f", None)).message
    )
    assert "does not: n is 3 (5)." in message
    assert "does not: m is 4." in message


def test_a_requirement_that_was_stopped_has_what_came_before() -> None:
    """Fewer cases came back than there are."""
    wanted = [Expectation(True, "a"), Expectation(True, "b")]
    answers = [Returned([Expectation(True, "a")])]
    ruling = rules_of(LINES).rule(LINES, [wanted, wanted], answers, Facts((), "f", None))
    assert ruling.credit == 0.5


@pytest.mark.parametrize("kind", list(Kind))
def test_what_each_kind_tells_apart(kind: Kind) -> None:
    """A number reached tells no mistake from another, and only values tell two at once."""
    rules = rules_of(check_of(kind))
    reaches_a_number = kind in (Kind.THRESHOLD, Kind.HELD_OUT)
    assert rules.recognises == rules.follows_parts == (not reaches_a_number)
    assert rules.in_pairs == (kind is Kind.CHECK)


def test_what_is_right_keeps_its_remarks() -> None:
    """A remark is kept where all is right, and an answer without any block earns nothing."""
    right = [Block("a", 1.0), Block("b", 1.0)]
    assert merged([right, right]) == Ruling(1.0)
    assert merged([right, [right[0], Block("b", 1.0, remark="So.")]]) == Ruling(
        1.0, remarks=("So.",)
    )
    assert merged([[], []]).credit == merged([]).credit == 0
