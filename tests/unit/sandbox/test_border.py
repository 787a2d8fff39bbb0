"""Whose fault an exception is that meets us over a guest's value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from autograder import wording
from autograder.errors import CourseError, StudentRaised, TimedOut, WrongAnswer
from autograder.grading.report import grade
from autograder.judging.kinds.values import Values
from autograder.judging.ruling import Ruling
from autograder.model import Cell, Status
from autograder.sandbox.border import interpreted, interpreting, is_ours
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import CHECKS, SOLUTION, make_course, submission, verdict

CONSTANTS = '''
import numpy as np
from autograder.authoring import check

@check(points=10, of="double")
def rates(solution, given, rng):
    """The table of rates"""
    return float(np.max(solution.RATES)), solution.double(1.0)
'''


def _asks_for(size: tuple[int, ...]) -> Exception:
    with pytest.raises(MemoryError) as caught:
        np.empty(size)
    return caught.value


@pytest.mark.parametrize(
    ("error", "ours"),
    [
        (ValueError("shapes"), False),
        (RecursionError(), False),
        (_asks_for((10**8, 10**8)), False),
        (MemoryError(), True),
        (OSError(28, "No space left on device"), True),
        (CourseError("The reference raises"), True),
    ],
    ids=["value", "recursion", "a huge array", "memory", "disk", "course"],
)
def test_what_is_ours(error: Exception, ours: bool) -> None:
    """A machine without memory or disk is no student's fault; a wrong value is one."""
    assert is_ours(error) is ours
    with pytest.raises(type(error) if ours else WrongAnswer), interpreting(WrongAnswer("x")):
        raise error


def test_what_a_submission_did_stays_what_it_was() -> None:
    """A failure that is known already passes the border unchanged."""

    def stopped() -> int:
        raise TimedOut(3)

    with pytest.raises(TimedOut):
        interpreted(stopped, 0)
    assert interpreted(lambda: int("no number"), 0) == 0


def test_words_that_fail_cost_no_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where advice breaks over an exception's text, the exception itself is told."""
    monkeypatch.setattr(wording, "explain", lambda error, function: [][0])
    message, _ = wording.describe(StudentRaised("ValueError", "shapes (,)"), "f")
    assert message == "f stopped: ValueError: shapes (,)."


def test_an_answer_that_breaks_judging_is_the_submissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the reference's own answers can be judged, it is the student's failure, in words."""
    judge = Values.rule

    def breaking(self: Values, check: Any, wanted: Any, answers: Any, facts: Any) -> Ruling:
        if "text" in repr(answers):
            raise ValueError("over this answer")
        return judge(self, check, wanted, answers, facts)

    monkeypatch.setattr(Values, "rule", breaking)
    mine = submission(SOLUTION + "\ndef double(x):\n    return 'text'\n")
    found = verdict(grade(mine, make_course(tmp_path)), "double")
    assert (found.status, found.message) == (
        Status.FAILED,
        "What double returned cannot be judged.",
    )


def test_judging_that_is_broken_is_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the reference's own answers break it as well, nobody gets a zero."""

    def broken(*given: object, **how: object) -> object:
        raise ValueError("over everything")

    monkeypatch.setattr(Values, "rule", broken)
    report = grade(submission(SOLUTION), make_course(tmp_path))
    assert verdict(report, "double").status is Status.GRADER_FAULT


def test_a_value_that_does_not_fit_is_told_by_its_name(tmp_path: Path) -> None:
    """What nothing returned, such as a global of the submission, is the student's as well."""
    solution = SOLUTION + "\nRATES = np.ones(3)\n"
    assignment = make_course(tmp_path, checks=CHECKS + CONSTANTS, points=70, solution=solution)
    report = grade(submission(SOLUTION + "\nRATES = 'high'\n"), assignment)
    found = verdict(report, "rates")
    assert found.status is Status.FAILED
    assert found.message.startswith("RATES is the text 'high', which does not fit here (")


@pytest.mark.parametrize(
    "line",
    [
        "import builtins\nbuiltins.len = None",
        "import builtins\nbuiltins.isinstance = None",
        "import builtins\nbuiltins.sorted = builtins.list = builtins.getattr = None",
        "import inspect\ninspect.signature = None",
        "import ast\nast.walk = ast.unparse = None",
    ],
)
def test_a_loader_that_a_submission_broke_is_its_own_failure(line: str, tmp_path: Path) -> None:
    """The loader reads the same file where none of it runs, so it is not the loader's."""
    report = grade(submission(f"{SOLUTION}\n{line}\n"), make_course(tmp_path))
    assert not report.ungraded


def test_a_loader_that_cannot_read_a_file_is_ours(tmp_path: Path) -> None:
    """What raises where nothing of the student's runs is no student's fault."""
    assignment = make_course(tmp_path)
    ours = submission(SOLUTION)
    ours = replace(ours, cells=(Cell(5),))  # type: ignore[arg-type]
    with Sandbox(limits=assignment.settings.limits) as sandbox:
        assert grade(ours, assignment, sandbox=sandbox).ungraded
        assert grade(submission(SOLUTION), assignment, sandbox=sandbox).complete
