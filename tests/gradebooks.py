"""Gradebooks of a small class, filled without a sandbox: what students wrote is hostile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from autograder.batch.practice import public_basis
from autograder.batch.running import basis
from autograder.course.course import Assignment
from autograder.gradebook import Gradebook
from autograder.model import Diagnosis, Evidence, Report, Status, Tier, Verdict
from autograder.submissions.people.roster import Roster
from tests.unit.gradebook.support import entry

SECRET = 7
EVIL = '</td><script>alert(1)</script>=HYPERLINK("http://x")\x1b]0;t\x07\u202e'
ROSTER = (
    "login,email,name,canvas id,moodle id\n"
    "doe,doe@example.edu,Jane Doe,12,101\n"
    "roe,roe@example.edu,\"=cmd|'/c calc'!A1\",13,102\n"
    "poe,poe@example.edu,Bo_b </h1><script>alert(2)</script>,14,103\n"
    "zoe,zoe@example.edu,Zoe Ray,15,104\n"
)
WRONG = (
    "import numpy as np\n\ndef double(x):\n    return x**2  # </script>\x1b[2J\n\nprint(1)\n"
)


def report(assignment: Assignment, word: str, points: float, seed: int) -> Report:
    """A report of two checks: `double` with these points of 10, and `total`, which passed."""
    wrong = Verdict(
        id="double",
        of="double",
        title="Double doubles",
        status=Status.PASSED if points == 10 else Status.FAILED,
        points=points,
        possible=10.0,
        message="" if points == 10 else f"{word} {EVIL}",
        diagnosis=None if points == 10 else Diagnosis("double__squared", "Use 2 * x."),
        evidence=() if points == 10 else (Evidence("W", "1", f"{word} {EVIL}"),),
        seconds=0.5,
    )
    right = Verdict(
        id="total", of="total", title="Total", status=Status.PASSED, points=10, possible=10
    )
    return Report(
        assignment=assignment.name,
        points=points + 10,
        possible=20.0,
        seed=seed,
        tier=Tier.A,
        versions={
            assignment.name: assignment.digest,
            "autograder": basis(assignment, 0).framework,
        },
        notes=(),
        checks=(wrong, right),
    )


def opened(assignment: Assignment, folder: Path) -> Gradebook:
    """The course's gradebook, as a command opens it."""
    settings = assignment.settings
    return Gradebook.open(
        str(folder / "gradebook.db"),
        worth={assignment.name: settings.points},
        questions={assignment.name: settings.questions},
    )


def fill(
    book: Gradebook, assignment: Assignment, folder: Path, points: Mapping[str, float]
) -> dict[str, int]:
    """Enroll everybody of `ROSTER`, and grade these so on both seeds; their submissions' ids.

    Reports of the secret seed say "secret", those of the public one "public".
    """
    (folder / "people.csv").write_text(ROSTER, "utf-8")
    book.enroll(Roster.read(folder / "people.csv"))
    run = book.begin(assignment.name, "batch", "local", [])
    entries = [
        replace(
            entry(student, f"{WRONG}# {student}\n"),
            source=f"all.zip: {student}_{12 + place}_{9000 + place}_{EVIL}.py",
        )
        for place, student in enumerate(points)
    ]
    ids = dict(zip(points, book.take_in(run, assignment.name, entries), strict=True))
    for student, earned in points.items():
        secret = report(assignment, "secret", earned, SECRET)
        on = basis(assignment, SECRET)
        book.record(ids[student], run, secret, on, seconds=1, engine="local")
        public = report(assignment, "public", earned, 0)
        book.record_practice(
            ids[student], public, public_basis(assignment), seconds=1, engine="local"
        )
    book.keep_seed(assignment.name, SECRET)
    return ids
