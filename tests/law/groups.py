"""Equal wrong answers are one mistake: half of the misconceptions are hidden, and found again.

Simulated students make mistakes of the course, in code of their own look. Those of the hidden
half are explained by nothing. Their answers fall into groups, which are compared with the
mistakes that were really made.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace
from sklearn.metrics import homogeneity_score

from autograder.answers.changes import JOINT, members
from autograder.answers.live import LiveKey
from autograder.answers.reference import Reference
from autograder.answers.variants import variants_of
from autograder.authoring import Misconception
from autograder.course import course
from autograder.course.course import Assignment
from autograder.gradebook.groups import group_of
from autograder.grading.report import grade
from autograder.model import Cell, Verdict
from autograder.sandbox.host.sandbox import Sandbox
from tests.disguises import comments, names, order
from tests.law.figures import Figure

ASSIGNMENTS = ("assignment1", "assignment2", "assignment3", "assignment4")
SEED = 17
STUDENTS, SHORT = 300, 16
LARGEST = 10  # groups that a teacher looks at
MOST = 3  # mistakes of one student


class Half(Reference):
    """A reference of which half of the mistakes is known."""

    def __init__(self, folder: Path, hidden: frozenset[str]) -> None:
        super().__init__(folder)
        self._hidden = hidden

    @property
    def misconceptions(self) -> Mapping[str, Misconception]:
        """Those that are not hidden."""
        known = super().misconceptions
        return {name: wrong for name, wrong in known.items() if name not in self._hidden}

    def pairs(self, of: str) -> Mapping[str, tuple[Misconception, Misconception]]:
        """Those of which neither is hidden."""
        found = super().pairs(of)
        return {n: p for n, p in found.items() if not self._hidden & set(members(n))}


def figures(full: bool) -> Iterator[Figure]:
    """For each assignment, how pure the groups are, and how much the largest cover."""
    here = course.load(Path(__file__).parents[2])
    for name in ASSIGNMENTS if full else ASSIGNMENTS[2:3]:
        yield from _of(here.assignment(name), STUDENTS if full else SHORT)


def _of(assignment: Assignment, students: int) -> Iterator[Figure]:
    assert assignment.reference is not None
    rng = random.Random(assignment.name)
    known = variants_of(assignment.reference).misconceptions
    weights = {name: rng.expovariate(1) for name in known}
    hidden = frozenset(rng.sample(sorted(known), len(known) // 2))
    key = LiveKey(assignment.name, Half(assignment.reference, hidden), SEED, assignment.digest)
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)  # of each check: cause, group
    settings = assignment.settings
    with Sandbox(limits=settings.limits, preload=settings.preload) as sandbox:
        for made in _students(known, weights, students, rng):
            report = grade(
                _submission(assignment, made, rng),
                assignment,
                seed=SEED,
                sandbox=sandbox,
                key=key,
            )
            for verdict in report.checks:
                if (group := group_of(verdict)) and (
                    cause := _cause(verdict, made, known, key)
                ):
                    found[verdict.id].append((cause, group))
    yield from _figures(assignment.name, found)


def _students(
    known: Mapping[str, Misconception],
    weights: Mapping[str, float],
    students: int,
    rng: random.Random,
) -> Iterator[list[str]]:
    """What each has made: one to three mistakes, in functions that differ."""
    for _ in range(students):
        chosen: dict[str, str] = {}
        for _ in range(rng.randint(1, MOST)):
            [name] = rng.choices([*weights], [*weights.values()])
            chosen.setdefault(known[name].of, name)
        yield [*chosen.values()]


def _submission(assignment: Assignment, made: Sequence[str], rng: random.Random):
    """The reference with these mistakes, in somebody's own look."""
    assert assignment.reference is not None
    variant = variants_of(assignment.reference).variant(JOINT.join(made))
    submission = variant.submission
    text = "\n\n".join(cell.source for cell in submission.cells)
    for change in rng.sample((names, comments, order), rng.randint(0, 3)):
        text = change(text, rng)
    return replace(submission, cells=(Cell(text),))


def _cause(
    verdict: Verdict, made: Sequence[str], known: Mapping[str, Misconception], key: LiveKey
) -> str:
    """The mistake in the function itself, or else those in what it calls."""
    own = [name for name in made if known[name].of == verdict.of]
    parts = {*key.parts.get(verdict.of, ())}
    return JOINT.join(own or sorted(name for name in made if known[name].of in parts))


def _figures(name: str, found: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[Figure]:
    pure, covered, total = {}, {}, sum(map(len, found.values()))
    for check, pairs in found.items():
        causes, groups = zip(*pairs, strict=True)
        pure[check] = float(homogeneity_score(causes, groups))
        largest = Counter(groups).most_common(LARGEST)
        covered[check] = sum(count for _, count in largest) / len(pairs)
    mean = sum(pure[check] * len(pairs) for check, pairs in found.items()) / max(total, 1)
    least = min(pure, key=pure.__getitem__, default="")
    yield Figure(
        f"{name}: homogeneity of the groups",
        f"{mean:.4f} over {total} unexplained answers of {len(found)} checks; least "
        f"{pure.get(least, 1):.3f} ({least})",
        "at least 0.98",
        total > 0 and mean >= 0.98,
    )
    fewest = min(covered, key=covered.__getitem__, default="")
    yield Figure(
        f"{name}: covered by the {LARGEST} largest groups, per check",
        f"at least {100 * covered.get(fewest, 1):.0f} % ({fewest})",
        "at least 80 %",
        all(share >= 0.8 for share in covered.values()),
    )
