"""A class as its teacher sees it: points, checks, mistakes, equal answers, whom to see.

Everything is counted from the rows that count. Nothing here reads a file or prints.
"""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
import numpy as np

from autograder.batch.summary import BINS, LOOKS
from autograder.export.model import INSTRUCTORS, Row
from autograder.gradebook.groups import group_of
from autograder.model import Status, Verdict

WEAK = 0.2  # discrimination below which a check is flagged
FEWEST = 3  # students from whom a correlation says anything at all


class CheckStatistics(msgspec.Struct, frozen=True, kw_only=True):
    """One check over the class.

    difficulty       the mean share of its points that was earned, 0 to 1; 1 is easy.
    discrimination   the correlation of its points with those of all other checks together
                     (corrected point-biserial); None where one of them does not vary.
    flagged          whether that is below `WEAK`: those who know more do no better here.
    seconds          the median of its wall time, and the longest.
    """

    id: str
    title: str
    possible: float
    count: int
    passed: int
    difficulty: float
    discrimination: float | None
    flagged: bool
    seconds: tuple[float, float]


class Mistake(msgspec.Struct, frozen=True, kw_only=True):
    """A misconception: what a teacher says to it, who has it, and somebody's code, unnamed."""

    id: str
    sentence: str
    of: str
    students: tuple[str, ...]
    example: tuple[str, ...] = ()


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Students whose answers to one check are equal, and that no misconception explains.

    name        what `grade explain` calls it: it stays the same (`gradebook.groups`).
    explained   the teacher's sentence; empty where there is none yet.
    """

    name: str
    check: str
    of: str
    explained: str
    status: Status
    message: str
    expected: str
    actual: str
    students: tuple[str, ...]


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A reason why a person should look at some submissions, and whose they are."""

    why: str
    students: tuple[str, ...]


class StudentLine(msgspec.Struct, frozen=True, kw_only=True):
    """One student: what counts (None where it is no fair total), each check's points, looks."""

    student: str
    name: str
    points: float | None
    possible: float
    late_penalty: float
    adjustment: float
    remark: str
    checks: dict[str, float]
    mistakes: tuple[str, ...]
    looks: tuple[str, ...]
    seconds: float


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """One assignment of a class.

    histogram   how many have 0 to 10 % of the points, and so on.
    handled     who had something to look at, and was given points by hand since.
    same        students whose files are the same, byte by byte.
    """

    audience: str = msgspec.field(name="for", default=INSTRUCTORS)
    assignment: str
    graded: int
    ungraded: int
    mean: float
    median: float
    deviation: float
    histogram: tuple[int, ...]
    checks: tuple[CheckStatistics, ...]
    mistakes: tuple[Mistake, ...]
    groups: tuple[Group, ...]
    looks: tuple[Reason, ...]
    handled: tuple[str, ...]
    same: tuple[tuple[str, ...], ...]
    students: tuple[StudentLine, ...]


def review(
    assignment: str,
    rows: Sequence[Row],
    names: Mapping[str, str],
    handled: Collection[str],
    waiting: Iterable[str] = (),
) -> Review:
    """Count a class.

    rows      those that count, of this assignment, from the same checks.
    names     of students, by what the gradebook calls them.
    handled   who was given points by hand after what was graded last.
    waiting   whose work is not graded at all yet.
    """
    decided = [row for row in rows if not row.undecided]
    shares = [row.points / row.possible if row.possible else 1.0 for row in decided]
    judged = [row for row in rows if row.report.checks and not row.report.ungraded]
    looks: dict[str, list[str]] = defaultdict(list)
    for student in waiting:
        looks["not graded yet"].append(student)
    for row in rows:
        for why in _looks(row):
            looks[why].append(row.student)
    settled = {who for students in looks.values() for who in students} & set(handled)
    open_looks = [
        Reason(why=why, students=tuple(left))
        for why, students in looks.items()
        if (left := [who for who in students if who not in settled])
    ]
    return Review(
        assignment=assignment,
        graded=len(decided),
        ungraded=len(rows) - len(decided) + len(looks.get("not graded yet", ())),
        mean=statistics.fmean(shares) if shares else 0.0,
        median=statistics.median(shares) if shares else 0.0,
        deviation=statistics.pstdev(shares) if shares else 0.0,
        histogram=_histogram(shares),
        checks=tuple(_items(judged)),
        mistakes=tuple(_mistakes(judged)),
        groups=tuple(_groups(judged)),
        looks=tuple(sorted(open_looks, key=lambda look: -len(look.students))),
        handled=tuple(sorted(settled)),
        same=_same(rows),
        students=tuple(_line(row, names, settled) for row in rows),
    )


def _looks(row: Row) -> list[str]:
    found = []
    for status, words in LOOKS.items():
        where = [verdict.id for verdict in row.report.checks if verdict.status is status]
        if where:
            found.append(f"{words} in {', '.join(where)}")
    found += [f"the question {one} is not graded yet" for one in row.open]
    return found


def _histogram(shares: Sequence[float]) -> tuple[int, ...]:
    counts = [0] * BINS
    for share in shares:
        counts[max(0, min(BINS - 1, int(share * BINS)))] += 1
    return tuple(counts)


def _items(judged: Sequence[Row]) -> list[CheckStatistics]:
    """Each check; correlations are over those who were judged by all of these checks."""
    by_check: dict[str, list[Verdict]] = {}
    for row in judged:
        for verdict in row.report.checks:
            by_check.setdefault(verdict.id, []).append(verdict)
    full = [row for row in judged if {v.id for v in row.report.checks} == by_check.keys()]
    points = {
        check: np.array([_points(row, check) for row in full], float) for check in by_check
    }
    totals = sum(points.values(), np.zeros(len(full)))
    found = []
    for check, verdicts in by_check.items():
        seconds = [verdict.seconds for verdict in verdicts]
        possible = sum(verdict.possible for verdict in verdicts)
        value = _correlation(points[check], totals - points[check])
        found.append(
            CheckStatistics(
                id=check,
                title=verdicts[0].title,
                possible=verdicts[0].possible,
                count=len(verdicts),
                passed=sum(verdict.status is Status.PASSED for verdict in verdicts),
                difficulty=sum(v.points for v in verdicts) / possible if possible else 1.0,
                discrimination=value,
                flagged=value is not None and value < WEAK,
                seconds=(statistics.median(seconds), max(seconds)),
            )
        )
    return found


def _points(row: Row, check: str) -> float:
    return next(verdict.points for verdict in row.report.checks if verdict.id == check)


def _correlation(one: np.ndarray, other: np.ndarray) -> float | None:
    """Pearson's; None where one side is constant, up to rounding, or too few are there."""
    if len(one) < FEWEST or np.ptp(one) < 1e-9 or np.ptp(other) < 1e-9:
        return None
    return float(np.corrcoef(one, other)[0, 1])


def _mistakes(judged: Sequence[Row]) -> list[Mistake]:
    students: dict[str, dict[str, None]] = defaultdict(dict)
    told: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for row in judged:
        for verdict in row.report.checks:
            if verdict.diagnosis is not None:
                students[verdict.diagnosis.id][row.student] = None
                told[verdict.diagnosis.id][verdict.diagnosis.sentence, verdict.of] += 1
    found = []
    for one, who in students.items():
        (sentence, of), _ = told[one].most_common(1)[0]  # the rest quote somebody's line
        found.append(Mistake(id=one, sentence=sentence, of=of, students=tuple(who)))
    return sorted(found, key=lambda mistake: (-len(mistake.students), mistake.id))


def _groups(judged: Sequence[Row]) -> list[Group]:
    """Equal answers to the same inputs, whatever the code."""
    found: dict[tuple[str, str], list[tuple[str, Verdict]]] = defaultdict(list)
    for row in judged:
        for verdict in row.report.checks:
            if name := group_of(verdict):
                found[verdict.id, name].append((row.student, verdict))
    groups = []
    for (check, name), members in found.items():
        verdict = members[0][1]
        shown = verdict.evidence[0] if verdict.evidence else None
        groups.append(
            Group(
                name=name,
                check=check,
                of=verdict.of,
                explained=verdict.explained,
                status=verdict.status,
                message=verdict.message,
                expected=shown.expected if shown else "",
                actual=shown.actual if shown else "",
                students=tuple(student for student, _ in members),
            )
        )
    return sorted(groups, key=lambda group: (-len(group.students), group.check))


def _same(rows: Sequence[Row]) -> tuple[tuple[str, ...], ...]:
    there = Counter(row.digest for row in rows if row.digest)
    return tuple(
        tuple(row.student for row in rows if row.digest == digest)
        for digest, count in there.most_common()
        if count > 1
    )


def _line(row: Row, names: Mapping[str, str], settled: Collection[str]) -> StudentLine:
    report = row.report
    named = {v.diagnosis.id: None for v in report.checks if v.diagnosis is not None}
    return StudentLine(
        student=row.student,
        name=names.get(row.student, ""),
        points=None if row.undecided else row.points,
        possible=row.possible,
        late_penalty=row.late_penalty,
        adjustment=row.adjustment,
        remark=row.remark,
        checks={verdict.id: verdict.points for verdict in report.checks},
        mistakes=tuple(named),
        looks=() if row.student in settled else tuple(_looks(row)),
        seconds=round(sum(verdict.seconds for verdict in report.checks), 3),
    )
