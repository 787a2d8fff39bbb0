"""A file that was handed to the wrong assignment."""

from __future__ import annotations

from pathlib import Path

from autograder.cli.resembling import resembled
from autograder.course import course
from autograder.model import Cell, Submission

ROOT = Path(__file__).parents[3]


def file_of(*names: str) -> Submission:
    """A file that defines these functions, and a bracket that nobody can parse."""
    text = "".join(f"def {name}(x):\n    return x\n\n" for name in names) + "(\n"
    return Submission(name="mine.py", cells=(Cell(text),), digest="")


def test_each_assignment_is_known_by_its_own_file() -> None:
    """A solution given to another assignment is that of its own, and one of its own is not."""
    known = course.load(ROOT)
    for one in known.assignments.values():
        text = (ROOT / "reference" / one.name / "solution.py").read_text("utf-8")
        whole = Submission(name="mine.py", cells=(Cell(text),), digest="")
        for other in known.assignments.values():
            expected = "" if other is one else one.name
            assert resembled(known, other, whole) == expected, (one.name, other.name)


def test_a_beginning_is_that_of_no_other_assignment() -> None:
    """A few functions, which another assignment may have as well, tell nothing."""
    known = course.load(ROOT)
    assert resembled(known, known.assignment("assignment1"), file_of("sigmoid")) == ""
    assert resembled(known, known.assignment("assignment1"), file_of("mine")) == ""
