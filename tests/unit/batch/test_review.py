"""What a class shows: figures as SciPy has them, groups, whom to see, and nobody's name."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from autograder.batch.examples import anonymous
from autograder.batch.review import review
from autograder.batch.review_page import review_page
from autograder.export.model import Row, Scored
from autograder.model import Cell, Diagnosis, Evidence, Report, Status, Tier, Verdict

EVIL = "</td><script>alert(1)</script>\x1b[2J\u202e"


def verdict(check: str, points: float, **more) -> Verdict:
    """One check's outcome, of 10 points."""
    status = Status.PASSED if points == 10 else Status.PARTIAL if points else Status.FAILED
    given = {"status": status, "seconds": 0.25} | more
    return Verdict(id=check, of=check, title=check, points=points, possible=10, **given)


def row(student: str, *checks: Verdict, **more) -> Row:
    """A student's row; `points` are those of the checks."""
    report = Report(
        assignment="small",
        points=sum(one.points for one in checks),
        possible=10.0 * len(checks),
        seed=7,
        tier=Tier.A,
        versions={},
        notes=(),
        checks=checks,
    )
    given = {"points": report.points, "digest": student, "source": ""} | more
    return Row(student=student, assignment="small", report=report, **given)


def test_figures_are_those_of_scipy():
    """Difficulty, corrected point-biserial discrimination and its flag, mean and median."""
    stats = pytest.importorskip("scipy.stats", reason="SciPy is not installed")
    rng = np.random.default_rng(0)
    able = rng.normal(size=200)
    table = np.stack([able + rng.normal(size=200) > cut for cut in (-1, 0, 1)], axis=1) * 10.0
    table = np.column_stack([table, rng.integers(0, 2, 200) * 10.0, np.full(200, 10.0)])
    rows = [
        row(f"s{n}", *(verdict(f"c{k}", points) for k, points in enumerate(line)))
        for n, line in enumerate(table)
    ]
    found = review("small", rows, {}, ())
    totals = table.sum(axis=1)
    for k, item in enumerate(found.checks[:4]):
        wanted = stats.pearsonr(table[:, k], totals - table[:, k]).statistic
        assert item.discrimination == pytest.approx(wanted)
        assert item.difficulty == pytest.approx(table[:, k].mean() / 10)
    assert found.checks[4].discrimination is None
    assert [item.id for item in found.checks if item.flagged] == ["c3"]
    assert found.mean == pytest.approx(totals.mean() / 50)
    assert found.median == pytest.approx(np.median(totals) / 50)
    counts = np.bincount(np.minimum(totals.astype(int) * 10 // 50, 9), minlength=10)
    assert list(found.histogram) == list(counts)


def test_equal_answers_are_a_group():
    """Of one check and status, whatever the words; named mistakes are no group of these."""
    answers = {"a": "3.0", "b": "3.0", "c": "4.0"}
    rows = [
        row(who, verdict("f", 0, message=f"line {who}", evidence=(Evidence("", "2", value),)))
        for who, value in answers.items()
    ]
    named = verdict("f", 0, diagnosis=Diagnosis("f__sum", "Use the mean."))
    rows += [row("d", named), row("e", verdict("f", 10)), row("g", named, digest="d")]
    found = review("small", rows, {}, ())
    assert [group.students for group in found.groups] == [("a", "b"), ("c",)]
    [mistake] = found.mistakes
    assert (mistake.id, mistake.students) == ("f__sum", ("d", "g"))
    assert found.same == (("d", "g"),)


def test_whom_a_person_should_see():
    """By reason; who was given points by hand since is handled, and nobody is counted twice."""
    crashed = verdict("f", 0, status=Status.CRASHED)
    fault = verdict("f", 0, status=Status.GRADER_FAULT)
    question = Scored(id="why", title="", possible=5)
    rows = [
        row("a", crashed),
        row("b", crashed),
        row("c", fault),
        row("d", verdict("f", 10), questions=(question,)),
    ]
    found = review("small", rows, {}, {"b", "zoe"}, waiting=["e"])
    assert {look.why: look.students for look in found.looks} == {
        "not graded yet": ("e",),
        "the program ended early in f": ("a",),
        "the grader failed in f": ("c",),
        "the question why is not graded yet": ("d",),
    }
    assert found.handled == ("b",)
    assert (found.graded, found.ungraded) == (2, 3)
    assert [line.points for line in found.students] == [0, 0, None, None]


def test_an_example_names_nobody():
    """Neither remarks, docstrings nor a word by which the person is known."""
    code = """def f(x):
    \'\'\'By Jane.\'\'\'
    # Jane Doe, doe@example.edu
    jane = 1  # mine
    return "#doe" + x
"""
    lines = anonymous([Cell(code)], "f", ["doe", "doe@example.edu", "Doe, Jane", ""])
    assert lines[0] == "def f(x):"
    assert not any(word in "\n".join(lines).lower() for word in ("jane", "doe", "mine"))
    assert anonymous([Cell(code)], "g", []) == ()


def test_a_page_of_a_thousand_is_small_and_runs_one_script():
    """Under 5 MB; whatever students are called or wrote is text."""
    checks = [
        verdict(f"check_{k}", 5.0 * (k % 3), message=f"{EVIL} {k}", seconds=0.125)
        for k in range(15)
    ]
    rows = [row(f"{EVIL}{n}", *checks, remark=EVIL) for n in range(1000)]
    rows[0] = replace(rows[0], digest="same")
    names = {one.student: f"{EVIL} Name" for one in rows}
    page = review_page(review("small", rows, names, ()), EVIL, {rows[0].student: "x%22.html"})
    assert len(page.encode()) < 5_000_000
    assert page.count("<script") == 1
    assert "script-src 'sha256-" in page
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert Path("x%22.html").name in page
