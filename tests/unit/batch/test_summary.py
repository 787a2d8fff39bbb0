"""What a class's summary counts."""

from __future__ import annotations

from autograder.batch.summary import Summary
from autograder.model import Diagnosis, Report, Status, Verdict
from tests.unit.gradebook.support import report


def verdict(name: str, points: float, status: Status, known: str = "") -> Verdict:
    return Verdict(
        id=name,
        of=name,
        title=name,
        status=status,
        points=points,
        possible=10,
        message=f"{name} is so.",
        diagnosis=Diagnosis(known, f"Mind {known}.") if known else None,
    )


def of(*verdicts: Verdict) -> Report:
    points = sum(one.points for one in verdicts)
    return report(points, checks=verdicts, possible=10.0 * len(verdicts))


def summary(*reports: Report | None) -> Summary:
    found = Summary()
    for number, one in enumerate(reports):
        found.add(f"s{number}", one)
    return found


def test_points_are_spread_over_ten_bins():
    """All points are in the last bin, none in the first."""
    found = summary(*(report(points) for points in (0, 0.9, 1, 9.99, 10, 10)))
    assert found.histogram() == [2, 1, 0, 0, 0, 0, 0, 0, 0, 3]
    assert round(found.mean, 3) == 0.531
    assert found.median == (0.1 + 0.999) / 2


def test_the_hardest_checks_come_first():
    """By the share of the points that were earned; what all have is not hard."""
    found = summary(
        of(
            verdict("a", 10, Status.PASSED),
            verdict("b", 5, Status.PARTIAL),
            verdict("c", 10, Status.PASSED),
        ),
        of(
            verdict("a", 10, Status.PASSED),
            verdict("b", 10, Status.PASSED),
            verdict("c", 0, Status.FAILED),
        ),
    )
    assert [(name, check.share, check.whole) for name, check in found.hardest()] == [
        ("c", 0.5, 1),
        ("b", 0.75, 1),
    ]
    assert found.hardest(1)[0][0] == "c"


def test_a_misconception_counts_once_for_each_submission():
    """However many checks show it."""
    both = of(verdict("a", 0, Status.FAILED, "x"), verdict("b", 0, Status.FAILED, "x"))
    other = of(verdict("a", 0, Status.FAILED, "y"))
    found = summary(both, both, other)
    assert found.common() == [(2, "x", "Mind x."), (1, "y", "Mind y.")]


def test_what_a_person_should_look_at():
    """Faults of the grader, crashes, what was not judged, and what was not graded."""
    found = summary(
        of(verdict("a", 0, Status.CRASHED), verdict("b", 0, Status.CRASHED)),
        of(verdict("a", 0, Status.GRADER_FAULT)),
        of(verdict("a", 0, Status.SKIPPED)),
        of(verdict("a", 0, Status.TIMED_OUT)),
        None,
    )
    assert [(look.student, look.why) for look in found.looks] == [
        ("s0", "the program ended early in a, b: a is so."),
        ("s1", "the grader failed in a: a is so."),
        ("s2", "not judged in a: a is so."),
        ("s4", "not graded yet"),
    ]


def test_the_ungraded_are_in_no_statistics():
    """A fault of the grader is nobody's zero."""
    found = summary(report(10), report(0, Status.GRADER_FAULT), None)
    assert (found.graded, found.ungraded, found.mean) == (1, 2, 1.0)
    assert found.checks["double"].count == 1


def test_an_earlier_grading_that_still_counts_is_told():
    """The grader failed at the present one: a person should know."""
    found = Summary()
    found.add("doe", report(10), outdated=True)
    assert (found.graded, found.ungraded) == (1, 0)
    assert [look.why for look in found.looks] == [
        "the grader failed: an earlier grading counts"
    ]
