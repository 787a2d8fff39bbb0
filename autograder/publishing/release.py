"""Make the bundle that students get: everything they need, and no reference source."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder import submissions
from autograder.answers.choice import live_key
from autograder.answers.independence import Dependence
from autograder.answers.recording import record
from autograder.course import handed_in
from autograder.course.course import COURSE_FILE, RECORDING_FILE, SETTINGS_FILE, Assignment
from autograder.errors import CourseError, IntakeError, UsageError
from autograder.grading.report import PUBLIC_SEED, grade
from autograder.publishing.leaks import leaks


def release(
    assignment: Assignment,
    to: Path,
    *,
    forms: bool = True,
    refused: Sequence[Dependence] | None = None,
) -> list[Path]:
    """Write an assignment's bundle below the folder `to` and return the files written.

    forms     whether stub, notebook and handout go along, or only what checks them.
    refused   of a proof, which goes on where a release must not: checks that the recording
              leaves out. By default one that cannot be recorded is an error, and so is a
              form or a source that would hand out a solution, and a form that earns a point
              by itself. See `recording.record`.

    The bundle is a course folder of its own; several assignments may share one. Raises
    UsageError rather than writing over an assignment which is there already: a student's
    work could be in it.
    """
    if assignment.reference is None:
        raise CourseError(
            f"{assignment.name} has no reference here, so its answers cannot be recorded.",
            hint="Release from the course's own repository.",
        )
    folder = to / "assignments" / assignment.name
    if folder.exists():
        raise UsageError(
            f"{folder} is there already, and may hold somebody's work.",
            hint="Choose another folder, or remove this one.",
        )
    names = [SETTINGS_FILE, "checks.py"]
    if forms:
        names += [f"{assignment.module}.py", f"{assignment.module}.ipynb", "README.md"]
    sources = [*(assignment.folder / name for name in names), *assignment.files]
    for source in sources:
        if not source.is_file():
            raise CourseError(
                f"{source} is missing.", hint=f"Run: grade build {assignment.name}"
            )
    for leak in leaks(assignment, forms=forms) if refused is None else ():
        raise CourseError(str(leak), hint=leak.hint, slug="source")
    if forms and refused is None:
        _refuse_points(assignment)
    recording = record(live_key(assignment, PUBLIC_SEED), assignment.checks, refused)
    course_file = assignment.folder.parents[1] / COURSE_FILE
    folder.mkdir(parents=True)
    written = [Path(shutil.copyfile(source, folder / source.name)) for source in sources]
    written.append(folder / RECORDING_FILE)
    written[-1].write_bytes(recording)
    if not (to / COURSE_FILE).exists():
        written.append(to / COURSE_FILE)
        written[-1].write_text(_public(course_file.read_text("utf-8")), "utf-8")
    if forms and refused is None:
        handed_in.released(to)
    return written


def _refuse_points(assignment: Assignment) -> None:
    """Raise CourseError where a form earns something as it is handed out."""
    for form in (assignment.stub, assignment.stub.with_suffix(".ipynb")):
        try:
            report = grade(submissions.read(form), assignment)
        except IntakeError:  # empty
            continue
        earned = [verdict.id for verdict in report.checks if verdict.points > 0]
        if earned:
            raise CourseError(
                f"{form} earns {report.points:g} points as it is handed out, by {earned[0]}.",
                hint="Take out of it what students are to write, or change the check.",
                slug="source",
            )


def _public(text: str) -> str:
    """The part of a course.toml that students may read; its extensions name people."""
    said = tomllib.loads(text)
    late = said.get("late", {})
    lines = _settings(said, ("name", "assignments"))
    if late.get("deadlines"):
        lines += ["[late]\n", *_settings(late, ("zone",)), "[late.deadlines]\n"]
        lines += [f"{json.dumps(name)} = {due}\n" for name, due in late["deadlines"].items()]
    return "".join(lines)


def _settings(said: dict[str, Any], names: Sequence[str]) -> list[str]:
    return [
        f"{name} = {json.dumps(said[name], ensure_ascii=False)}\n"
        for name in names
        if name in said
    ]
