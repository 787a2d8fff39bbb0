"""The mistakes that a misconceptions.py declares, put in place in the reference."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.answers.variants import Variants, variants_of
from autograder.errors import CourseError
from autograder.model import Cell, Submission

SOLUTION = '''
def cost(A, Y):
    """Return the mean."""
    return -sum(Y * A) / len(A)


class MLP:
    def forward(self, x):
        return cost(x, x) + 1

    def back(self, x):
        return x - 1
'''
HEAD = '"""Mistakes."""\nfrom autograder.authoring import mistake\n'


def known(tmp_path: Path, declared: str) -> Variants:
    """What is known of this reference, whose first mistake is declared in line 3."""
    (tmp_path / "solution.py").write_text(SOLUTION)
    (tmp_path / "misconceptions.py").write_text(HEAD + declared)
    return variants_of(tmp_path)


@pytest.mark.parametrize(
    ("declared", "name", "of", "line"),
    [
        (
            'mistake("cost", "sum", {" / len(A)": ""}, "Divide.")',
            "cost__sum",
            "cost",
            "(Y * A)",
        ),
        ('mistake("cost", "sum", {" / len(A)": ""}).say("Divide.")', "cost__sum", "cost", "A)"),
        (
            'mistake("MLP.back", "far", {"- 1": "- 2"}, "Divide.", line="x")',
            "MLP__far",
            "MLP",
            "    return x - 2",
        ),
        (
            '@misconception("Divide.")\ndef cost__zero(A, Y):\n    return 0',
            "cost__zero",
            "cost",
            "    return 0",
        ),
        (
            '@misconception("Divide.", of="MLP.forward")\n@property\ndef MLP__zero(self):\n'
            "    return 7",
            "MLP__zero",
            "MLP",
            "    @property\n    def forward(self):\n        return 7",
        ),
    ],
)
def test_a_mistake_is_put_in_its_place(
    tmp_path: Path, declared: str, name: str, of: str, line: str
) -> None:
    """A patch and a whole definition, of a function and of a method."""
    found = known(tmp_path, declared)
    (wrong,) = found.misconceptions.values()
    assert (wrong.id, wrong.of, wrong.sentence) == (name, of, "Divide.")
    assert f"{line}\n" in found.variant(name).text


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ('mistake("cost", "x", {"sum": "max"})', "line 3: cost__x says nothing"),
        ('mistake("cost", "x", {}, "Say.")', "line 3: Expected a patch"),
        ('mistake("cost", "x", {"A": "A"}, "Say.")', "line 3: Expected a piece and another"),
        ('mistake("cost", "x", {"B": "A"}, "Say.")', "line 3: 'B' is not in cost"),
        ('mistake("cost", "x", "A", "Say.")', "line 3: Expected a patch such as"),
        ('mistake("cost", "x", {("A", 0): "B"}, "Say.")', "line 3: Expected a piece"),
        ('mistake("cost", "x", {"A": 1}, "Say.")', "line 3: Expected a piece"),
        ('wrong = mistake("cost", "x", {"A": "B"}, "Say.")', "line 3: .*statement of its own"),
        ('mistake("cost", "x", {"sum": "max"}).says("Say.")', "line 3: .*statement of its own"),
        ('mistake("cots", "x", {"B": "A"}, "Say.")', "Did you mean 'cost'?"),
        ('mistake("cost", "x", PATCH, "Say.")', "line 3: Write the arguments out"),
        ('mistake("cost", "x", {"B": "A"}, hint="Say.")', "line 3: .*unexpected keyword"),
        (
            '@misconception("Say.")\ndef cost__twice(A, Y):\n    return 2 * cost(A, Y)',
            "line 4: cost__twice is written around cost",
        ),
        (
            '@misconception("Say.")\nclass MLP__other(MLP):\n    back = None',
            "MLP__other is written around MLP",
        ),
        (
            2 * 'mistake("cost", "x", {"sum": "max"}, "Say.")\n',
            "line 4: There is another mistake called cost__x",
        ),
        ("from solution import cost as right", "line 3: .*without `as`"),
        ("def", "line 3: invalid syntax"),
    ],
)
def test_what_does_not_fit_is_said_with_its_line(
    tmp_path: Path, declared: str, said: str
) -> None:
    """When the mistakes are read, whichever is asked for."""
    with pytest.raises(
        CourseError, match=rf"misconceptions.py, {said}" if said[0] == "l" else said
    ):
        _ = known(tmp_path, declared).misconceptions


def test_what_a_mistake_needs_stands_below_the_reference(tmp_path: Path) -> None:
    """Its imports and helpers; neither the reference's own names nor ours."""
    found = known(
        tmp_path,
        'import math\n\n\ndef half(x):\n    return x / 2\n\n\nmistake("cost", "half", {"-sum": '
        '"half"}, "Say.")\n',
    )
    text = found.variant("cost__half").text
    assert text.startswith(SOLUTION.replace("-sum", "half"))
    assert text.removeprefix(SOLUTION.replace("-sum", "half")).strip() == (
        "import math\ndef half(x):\n    return x / 2"
    )


def test_two_patches_of_one_function_are_a_pair(tmp_path: Path) -> None:
    """Where they do not overlap, in the order of the source; of a class, in one method."""
    found = known(
        tmp_path,
        """
mistake("cost", "mean", {" / len(A)": ""}, "Say.")
mistake("cost", "sign", {"-sum": "sum"}, "Say.")
mistake("cost", "all", {"sum(Y * A) / len(A)": "0"}, "Say.")
mistake("MLP.forward", "plus", {"+ 1": "+ 2"}, "Say.")
mistake("MLP.back", "minus", {"- 1": "- 2"}, "Say.")
""",
    )
    assert list(found.pairs("cost")) == ["cost__sign + cost__mean"]
    assert found.pairs("MLP") == {}
    assert "return sum(Y * A)\n" in found.variant("cost__sign + cost__mean").text


def test_a_file_over_the_reference_stands_below_it(tmp_path: Path) -> None:
    """What it defines again counts, and it need not be Python."""
    mine = Submission(name="mine.py", cells=(Cell("def cost(A, Y): retrun"),), digest="1")
    found = known(tmp_path, "").over(mine)
    (cell,) = found.cells
    assert (found.name, found.digest) == ("mine.py", "1")
    assert cell.source == f"{SOLUTION}\n\ndef cost(A, Y): retrun\n"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """Nothing is kept of the text that was there."""
    assert not known(tmp_path, "").misconceptions
    assert known(tmp_path, 'mistake("cost", "x", {"sum": "max"}, "Say.")').misconceptions
