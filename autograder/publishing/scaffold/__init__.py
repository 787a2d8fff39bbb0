"""`grade new`: an assignment to begin from, small and complete, which verifies at once."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.course.course import COURSE_FILE, SETTINGS_FILE
from autograder.errors import UsageError

TEMPLATE = Path(__file__).with_name("template")

# Where each file of the template goes, below the course's folder.
_PLACES = {
    "solution.py": "reference/{name}/solution.py",
    "misconceptions.py": "reference/{name}/misconceptions.py",
    "expected.toml": "reference/{name}/submissions/expected.toml",
    "right_loops.py": "reference/{name}/submissions/right_loops.py",
    "wrong_axis.py": "reference/{name}/submissions/wrong_axis.py",
    "checks.py": "assignments/{name}/checks.py",
    "assignment.toml": f"assignments/{{name}}/{SETTINGS_FILE}",
}


def new_assignment(root: Path, name: str) -> list[Path]:
    """Write the example as assignment `name` of the course in `root`; the files written.

    A folder without a course.toml becomes a course. Raises UsageError for a name that is
    taken, or that is no name for a folder.
    """
    written = room_for(root, name)
    for source, place in _PLACES.items():
        text = (TEMPLATE / f"{source}.txt").read_text("utf-8").replace("NAME", name)
        written.append(write(root / place.format(name=name), text))
    return written


def room_for(root: Path, name: str) -> list[Path]:
    """Make sure that the course in `root` has room for assignment `name`; the files written.

    A folder without a course.toml gets one. Raises UsageError as `new_assignment` does.
    """
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", name):
        raise UsageError(
            f"{name!r} is no name for an assignment.",
            hint="Use letters, digits, _ and -, beginning with a letter.",
        )
    for folder in (root / "assignments" / name, root / "reference" / name):
        if folder.exists():
            raise UsageError(f"{folder} is there already.", hint="Choose another name.")
    if (root / COURSE_FILE).exists():
        return []
    return [write(root / COURSE_FILE, 'name = "My course"\n')]


def write(path: Path, text: str) -> Path:
    """Write a file of an assignment, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
    return path
