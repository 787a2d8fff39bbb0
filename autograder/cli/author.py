"""Commands for those who write and give a course: new, build, verify, calibrate, release."""

from __future__ import annotations

import itertools
import operator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.here import assignments, console, installed, owned
from autograder.cli.options import AssignmentName, AssignmentNames, CourseFolder
from autograder.cli.outcome import PASSED, POINTS_MISSING, exits

if TYPE_CHECKING:
    from autograder.course.course import Assignment


@exits
def new(
    kind: Annotated[str, typer.Argument(metavar="assignment", help="What to make.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name, a folder's.")],
    course: CourseFolder = None,
) -> int:
    """Make an assignment to begin from, which verifies.

    \b
    Example:
      grade new assignment week7
    """
    from autograder.course import course as courses
    from autograder.errors import UsageError
    from autograder.publishing.scaffold import new_assignment

    if kind != "assignment":
        raise UsageError(
            f"{kind!r} cannot be made.", hint="Did you mean: grade new assignment?"
        )
    root = course if course is not None else courses.find(Path.cwd())
    for path in new_assignment(root, name):
        typer.echo(str(path))
    built(courses.load(root).assignment(name))
    typer.echo(f"\nIt is complete. To see that it judges as it should: grade verify {name}")
    return PASSED


@exits
def release(
    assignment: AssignmentName,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where to write it.")],
    course: CourseFolder = None,
) -> int:
    """Write what students get, without the reference.

    \b
    Example:
      grade release assignment3 --to bundle
    """
    from autograder.errors import CourseError
    from autograder.publishing import release as releasing
    from autograder.verify.slips import slips

    found = list(slips(owned(course).assignment(assignment)))
    if found:
        raise CourseError("\n".join(found), hint=f"Then run: grade verify {assignment}")
    for path in releasing.release(owned(course).assignment(assignment), to):
        typer.echo(str(path))
    return PASSED


@exits
def verify(
    assignment: AssignmentNames,
    course: CourseFolder = None,
    skip_missing: Annotated[
        bool,
        typer.Option(
            "--skip-missing", help="Leave out assignments whose libraries are not installed."
        ),
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", min=1, help="How many submissions at a time.")
    ] = 1,
    mutants: Annotated[
        bool,
        typer.Option(
            "--mutants",
            help="Change the reference in many small ways, and show what no check catches.",
        ),
    ] = False,
) -> int:
    """Prove that assignments judge as they should.

    \b
    Examples:
      grade verify assignment3 --jobs 2
      grade verify assignment3 --mutants
    """
    from autograder.cli.findings import show_finding, show_strength, show_verdict
    from autograder.verify import Verification, findings, strength

    page = console()
    proved = True
    wanted = []
    for one in assignments(assignment, course):
        if one.missing and skip_missing:
            typer.echo(
                f"{one.name}: left out, because {', '.join(one.missing)} is not installed."
            )
        else:
            installed(one)
            wanted.append(one)
    found = findings(wanted, jobs)
    for name, group in itertools.groupby(found, key=operator.itemgetter(0)):
        lines = []
        for _, finding in group:
            show_finding(finding, page)
            lines.append(finding)
        verification = Verification(name, tuple(lines))
        show_verdict(verification, page)
        proved = proved and verification.ok
    for one in wanted if mutants else ():
        show_strength(one.name, strength(one), page)
    return PASSED if proved else POINTS_MISSING


@exits
def build(assignment: AssignmentNames, course: CourseFolder = None) -> int:
    """Build the students' files from the source.

    \b
    Example:
      grade build assignment3
    """
    for found in assignments(assignment, course):
        built(found)
    return PASSED


def built(assignment: Assignment) -> None:
    """Build one assignment, and name the files."""
    from autograder import publishing
    from autograder.errors import CourseError

    if assignment.reference is None:
        raise CourseError(
            f"{assignment.name} has no reference here, so there is nothing to build from.",
            hint="Build in the course's own repository.",
        )
    for path in publishing.build_assignment(
        assignment.reference / "solution.py",
        assignment.folder,
        name=assignment.name,
        title=assignment.title,
        module=assignment.module,
    ):
        typer.echo(str(path))


@exits
def calibrate(assignment: AssignmentName, course: CourseFolder = None) -> int:
    """Measure the reference against each threshold.

    \b
    Example:
      grade calibrate assignment3
    """
    from autograder import verify as verifying
    from autograder.cli.findings import show_calibration

    found = verifying.calibrate(owned(course).assignment(assignment))
    show_calibration(found, console())
    return PASSED if all(one.margin >= 0 for one in found.values()) else POINTS_MISSING
