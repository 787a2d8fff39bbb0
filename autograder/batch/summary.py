"""A graded class in figures: how points are spread, what was hard, whom to look at."""

from __future__ import annotations

import statistics
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from autograder.model import Report, Status

BINS = 10
LOOKS = {
    Status.GRADER_FAULT: "the grader failed",
    Status.CRASHED: "the program ended early",
    Status.SKIPPED: "not judged",
}


@dataclass
class Difficulty:
    """One check over a class: points earned and possible, and how many have them all."""

    earned: float = 0.0
    possible: float = 0.0
    whole: int = 0
    count: int = 0

    @property
    def share(self) -> float:
        """Points earned, of those possible."""
        return self.earned / self.possible if self.possible else 1.0


@dataclass(frozen=True)
class Look:
    """One submission that a person should look at, and why."""

    student: str
    why: str


@dataclass
class Summary:
    """Grows by one submission at a time, and keeps a few numbers of each."""

    shares: array[float] = field(default_factory=lambda: array("d"))  # a class is large
    checks: dict[str, Difficulty] = field(default_factory=dict)
    misconceptions: Counter[str] = field(default_factory=Counter)
    sentences: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    looks: list[Look] = field(default_factory=list)
    ungraded: int = 0

    def add(self, student: str, report: Report | None, *, outdated: bool = False) -> None:
        """Count a submission; without a report it is ungraded.

        outdated   the report is of an earlier grading, since the grader failed at the present.
        """
        if outdated:
            self.looks.append(Look(student, "the grader failed: an earlier grading counts"))
        if report is None or report.ungraded:
            self.ungraded += 1
        else:
            self.shares.append(report.points / report.possible if report.possible else 1.0)
        if report is None:
            self.looks.append(Look(student, "not graded yet"))
            return
        for status, words in LOOKS.items():
            found = [verdict for verdict in report.checks if verdict.status is status]
            if found:
                where = ", ".join(verdict.id for verdict in found)
                self.looks.append(Look(student, f"{words} in {where}: {found[0].message}"))
        if report.ungraded:
            return
        for verdict in report.checks:
            check = self.checks.setdefault(verdict.id, Difficulty())
            check.earned += verdict.points
            check.possible += verdict.possible
            check.whole += verdict.status is Status.PASSED
            check.count += 1
        named = {v.diagnosis.id: v.diagnosis.sentence for v in report.checks if v.diagnosis}
        self.misconceptions.update(named.keys())
        for name, sentence in named.items():
            self.sentences[name][sentence] += 1

    @property
    def graded(self) -> int:
        """The number of submissions with a fair score."""
        return len(self.shares)

    @property
    def mean(self) -> float:
        """The mean share of the points, 0 to 1."""
        return statistics.fmean(self.shares)

    @property
    def median(self) -> float:
        """The median share of the points, 0 to 1."""
        return statistics.median(self.shares)

    def histogram(self) -> list[int]:
        """The numbers with 0 to 10 % of the points, and so on; all points are in the last."""
        counts = [0] * BINS
        for share in self.shares:
            counts[max(0, min(BINS - 1, int(share * BINS)))] += 1
        return counts

    def hardest(self, most: int = 5) -> list[tuple[str, Difficulty]]:
        """The checks that earned the smallest share, where points were missed at all."""
        missed = [(name, check) for name, check in self.checks.items() if check.share < 1]
        return sorted(missed, key=lambda pair: pair[1].share)[:most]

    def common(self, most: int = 5) -> list[tuple[int, str, str]]:
        """The misconceptions of most submissions: how many, which, and its sentence."""
        return [
            (count, name, self.sentences[name].most_common(1)[0][0])
            for name, count in sorted(
                self.misconceptions.items(), key=lambda pair: (-pair[1], pair[0])
            )[:most]
        ]
