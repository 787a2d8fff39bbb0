"""A source with some of its definitions changed."""

from __future__ import annotations

import traceback

import pytest

from autograder.answers.changes import Patch, Source, Variant, joined, members
from autograder.errors import CourseError

SOURCE = '''
import numpy as np

def cost(A, Y):
    """Return the mean of Y * A.

    Hint: Y * A.
    """
    m = len(A)
    return -sum(Y * A) / m


class MLP:
    """A network: x + 1."""

    @staticmethod
    def forward(x):
        return x + 1 + x

    def back(self, x):
        return x - 1


TABLE = {"cost": cost}
'''
source = Source(SOURCE, "solution.py")


def changed(name: str, patch: Patch, below: str = "") -> Variant:
    """The source with a patch of one definition."""
    return Variant("wrong", source, source.patched(name, patch), below)


def test_a_piece_is_replaced_in_the_code_alone() -> None:
    """What is said about a function stays; so does every other line."""
    text = changed("cost", {"Y * A": "A * A"}).text
    assert text == SOURCE.replace("sum(Y * A)", "sum(A * A)")


@pytest.mark.parametrize(
    ("name", "patch", "lines"),
    [
        ("MLP.forward", {("x", 3): "z"}, ["def forward(z):", "return z + 1 + z"]),
        ("MLP", {"x + 1 + x": "x"}, ["return x\n"]),
        ("MLP.back", {"        return x - 1\n": ""}, ["def back(self, x):\n\n"]),
        ("cost", {"-sum": "sum", " / m": ""}, ["return sum(Y * A)\n"]),
    ],
)
def test_a_piece_may_stand_there_as_often_as_is_said(
    name: str, patch: Patch, lines: list[str]
) -> None:
    """In a function, a class or a method of it; several pieces are replaced together."""
    text = changed(name, patch).text
    assert all(line in text for line in lines)


@pytest.mark.parametrize(
    ("name", "patch", "said"),
    [
        (
            "cost",
            {"m": "n"},
            "'m' stands 3 times in cost of solution.py (line 9, 10), not 1",
        ),
        ("cost", {("m", 2): "n"}, "write ('m', 3) to replace them all"),
        (
            "cost",
            {"sum(Y*A)": "0"},
            "'sum(Y*A)' is not in cost. Most like it is line 10 of solution.py: "
            "'return -sum(Y * A) / m'.",
        ),
        ("cost", {"zzzzz": "0"}, "'zzzzz' is not in cost."),
        ("cost", {"-sum": "sum", "sum(Y": "(Y"}, "Two pieces of cost overlap"),
        ("MLP.froward", {"x": "z"}, "called 'MLP.froward'. Did you mean 'MLP.forward'?"),
    ],
)
def test_what_does_not_fit_is_said(name: str, patch: Patch, said: str) -> None:
    """Where a piece stands, or what is most like it."""
    with pytest.raises(CourseError) as caught:
        source.patched(name, patch)
    assert said in str(caught.value)


def test_a_variant_runs_in_the_place_of_the_source() -> None:
    """What the source makes of a function is made of the changed one, on the same lines."""
    found: dict[str, object] = {}
    changed("cost", {"return -sum(Y * A) / m": "return twice(A)\n"}).run(found)
    cost = found["TABLE"]["cost"]  # type: ignore[index]
    with pytest.raises(NameError) as caught:
        cost([1], 2)
    place = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (place.filename, place.lineno) == ("solution.py", 10)
    changed("cost", {"return -sum(Y * A) / m": "return twice(A)\n"}, "twice = np.size").run(
        found
    )
    assert found["cost"]([1, 1], 2) == 2  # type: ignore[operator]


def test_a_whole_definition_is_replaced() -> None:
    """With its decorators, and as far to the right as the one that it replaces."""
    edit = source.replaced("MLP.forward", "def forward(self, x):\n    return x")
    text = Variant("wrong", source, (edit,)).text
    assert "    def forward(self, x):\n        return x\n\n    def back" in text
    assert "staticmethod" not in text


def test_a_replacement_that_is_no_python_is_told_by_line() -> None:
    """The line is that of the source."""
    with pytest.raises(CourseError, match=r"solution.py, line 10: invalid syntax"):
        changed("cost", {"return -": "retrun "}).run({})


def test_a_name_that_nothing_defines_is_found() -> None:
    """A mistake that ends in a NameError of ours is nobody's."""
    assert changed("cost", {"sum": "math.fsum"}).unknown() == {"math"}
    assert changed("cost", {"sum": "math.fsum"}, "import math").unknown() == frozenset()


def test_a_source_that_is_no_python_is_told_by_line() -> None:
    """With the name of the file."""
    with pytest.raises(CourseError, match=r"wrong.py, line 2"):
        _ = Source("\ndef", "wrong.py").statements


def test_edits_may_be_impossible_together() -> None:
    """They overlap, or what they give is no Python."""
    moved, mean = {"    return": "        return"}, {" / m": ""}
    assert changed("cost", moved | {"    m = len(A)": "    if A:"}).is_possible()
    assert not changed("cost", moved | {"-sum": "sum"}).is_possible()
    edits = [source.patched("cost", patch) for patch in (mean, {"A) / m": "A)"})]
    assert not Variant("wrong", source, (*edits[0], *edits[1])).is_possible()


def test_a_pair_has_the_names_of_both() -> None:
    """And they are read from its name."""
    assert members(joined("sign", "mean")) == ["sign", "mean"]
    assert members("sign") == ["sign"]
