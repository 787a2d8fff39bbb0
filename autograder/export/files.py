"""Formats with a file for each submission: Gradescope's results and GitHub Classroom's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from autograder.export.cells import number, write_file
from autograder.export.model import Row
from autograder.export.people import with_owners
from autograder.export.places import Places, safe
from autograder.feedback.lines import as_text
from autograder.model import Status
from autograder.submissions.people.roster import Roster


class Gradescope:
    """results.json, as an autograder leaves it for Gradescope, in a folder per student."""

    name = "gradescope"
    suffix = ""
    for_students = True

    def write(self, rows: Sequence[Row], to: Path, *, roster: Roster | None) -> list[str]:
        """Gradescope knows who handed in; the folders are called by the roster's keys."""
        return _each(rows, to, "results.json", gradescope, roster)


class GitHubClassroom:
    """The JSON that GitHub Classroom's autograding reporter reads, base64-encoded."""

    name = "github"
    suffix = ""
    for_students = True

    def write(self, rows: Sequence[Row], to: Path, *, roster: Roster | None) -> list[str]:
        """The folders are called by the roster's keys."""
        return _each(rows, to, "autograding.json", github_classroom, roster)


def gradescope(row: Row) -> dict[str, Any]:
    """The documented fields. `score` counts before the sum of the tests; no seed is told."""
    report = row.report
    said_of_all = [*report.notes, *beyond(row)]
    return {
        "score": row.points,
        "execution_time": round(sum(verdict.seconds for verdict in report.checks), 3),
        "output": "\n".join(said_of_all),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [
            {
                "name": verdict.title,
                "number": str(position),
                "score": verdict.points,
                "max_score": verdict.possible,
                "output": as_text(verdict),
                "tags": [verdict.of],
                "visibility": "visible",
                "extra_data": {"check": verdict.id, "status": verdict.status.value},
            }
            for position, verdict in enumerate(report.checks, 1)
        ],
        "extra_data": {
            "assignment": row.assignment,
            "digest": row.digest,
            "tier": report.tier.value,
            "versions": report.versions,
        },
    }


def github_classroom(row: Row) -> dict[str, Any]:
    """A test for each check. What a person gave, and what came off or on, is one more."""
    tests = [
        {
            "name": verdict.title,
            "status": "pass" if verdict.status is Status.PASSED else "fail",
            "score": verdict.points,
            "max_score": verdict.possible,
            "message": as_text(verdict),
            "test_code": verdict.of,
            "execution_time": f"{verdict.seconds:.3f}s",
        }
        for verdict in row.report.checks
    ]
    others = beyond(row)
    if others:
        tests.append(
            {
                "name": "What counts beyond the checks",
                "status": "pass",
                "score": round(row.points - row.report.points, 4),
                "max_score": round(row.possible - row.report.possible, 4),
                "message": "\n".join(others),
                "test_code": "",
                "execution_time": "0.000s",
            }
        )
    return {
        "version": 1,
        "status": "pass" if row.report.complete else "fail",
        "max_score": row.possible,
        "tests": tests,
    }


def beyond(row: Row) -> list[str]:
    """The reasons why the points that count differ from those of the checks."""
    found = []
    for one in row.questions:
        worth = f"{number(one.possible)} points"
        points = "not graded yet" if one.points is None else f"{number(one.points)} of {worth}"
        title = one.title or one.id
        said = f"{title}{'' if title.endswith('?') else ':'} {points}."
        found.append(f"{said} {one.comment}".rstrip())
    if row.late_penalty:
        found.append(f"{number(row.late_penalty)} points were taken off for lateness.")
    if row.adjustment:
        found.append(f"{row.adjustment:+g} points were given by a person.")
    if (row.late_penalty or row.adjustment) and row.remark:
        found.append(row.remark if row.remark[-1] in ".!?" else f"{row.remark}.")
    return found


def _each(
    rows: Sequence[Row],
    to: Path,
    file: str,
    form: Callable[[Row], dict[str, Any]],
    roster: Roster | None,
) -> list[str]:
    several = len({row.assignment for row in rows}) > 1
    places = Places()
    everybody, remarks = with_owners(rows, roster)
    for one in everybody:
        row = one.row
        if row.undecided:
            continue
        folder = to / safe(row.assignment) if several else to
        folder = places.free(folder / safe(one.person.key))
        content = msgspec.json.format(msgspec.json.encode(form(row)), indent=2).decode()
        write_file(folder / file, content + "\n")
    return remarks
