"""Folders with students' work, where no course is found: its checks would be a student's.

A course that somebody names is theirs to choose. One that is merely found around the current
folder may have been handed in with the rest of it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shlex
from pathlib import Path

from autograder.course import state
from autograder.errors import CourseError

_COURSE_FILE = "course.toml"
_TEACHERS = ("reference", "gradebook.db", "gradebook.seed")  # what no bundle has
_ARCHIVES = (".zip", ".tar", ".tgz", ".gz", ".xz", ".txz", ".bz2", ".tbz2")
_KEPT = 1000  # folders, the latest


def refuse(course: Path) -> None:
    """Raise CourseError where a course that was found may have been handed in.

    One that this user has released, or has said to be theirs, is none, wherever it lies.
    """
    course = course.resolve()
    if is_own(course):
        return
    for above in course.parents:
        if _is_teachers(above):
            raise _refusal(course, f"it lies inside of {above}, which is a course as well")
    refuse_graded(course)


def refuse_graded(course: Path) -> None:
    """Raise CourseError where a batch has read a folder that a course lies in."""
    course = course.resolve()
    for folder, by in _noted():
        if by not in ("", folder) and course.is_relative_to(folder) and str(course) != by:
            raise _refusal(course, f"{folder} has been graded as students' work")


def note(source: Path, course: Path) -> None:
    """Remember a folder that a batch has read for a course; where homes can be written to.

    Of an archive, it is the folder that people unpack it to.
    """
    folder = source.resolve()
    if source.is_file():
        while folder.suffix.lower() in _ARCHIVES:
            folder = folder.with_suffix("")
    if folder != source.resolve() or source.is_dir():
        _add(str(folder), str(course.resolve()))


def own(course: Path) -> None:
    """Remember a course that its user has named, or has said to be theirs."""
    here = str(course.resolve())
    _add(here, here)


def is_own(course: Path) -> bool:
    """True if its user has said so, or has released it."""
    here = str(course.resolve())
    return (here, here) in _noted() or (here, "") in _noted()


def released(bundle: Path) -> None:
    """Remember a bundle that was made here."""
    _add(str(bundle.resolve()), "")


def _add(folder: str, by: str) -> None:
    known, line = _noted(), (folder, by)
    if line in known:
        return
    with contextlib.suppress(OSError):
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = file.with_name(f"{file.name}-{os.getpid()}")
        new.write_text("".join(json.dumps(one) + "\n" for one in [*known, line][-_KEPT:]))
        new.replace(file)


def _is_teachers(folder: Path) -> bool:
    named = (folder / _COURSE_FILE).is_file() or (folder / "nbgrader_config.py").is_file()
    return named and any((folder / name).exists() for name in _TEACHERS)


def _noted() -> list[tuple[str, str]]:
    """Folders and the courses that graded them; none for a bundle that was released."""
    try:
        lines = _file().read_text("utf-8").splitlines()
        return [(str(folder), str(by)) for folder, by in map(json.loads, lines)]
    except (OSError, ValueError, TypeError):
        return []


def _file() -> Path:
    return state.folder() / "handed-in"


def _refusal(course: Path, why: str) -> CourseError:
    return CourseError(
        f"The nearest course is {course}, and {why}. Its checks may be a student's, so none of "
        "them was run.",
        hint="Name the course that is to judge: --course DIR. To take this one all the same: "
        f"--course {shlex.quote(str(course))}",
        slug="which-course",
    )
