"""An nbgrader course's folder, opened with its configuration."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any

from autograder.course.seeds import SEED_FILE, fingerprint, new_salt, secret_seed
from autograder.errors import CourseError, GradeError, UsageError

CONFIG = "nbgrader_config.py"
STAMP_FILE = ".grade-stamp"
SEED_MARK = ".grade-seed"  # tells the seed that work was graded with from any other


def open_course(folder: Path) -> Any:
    """nbgrader's application for the course in `folder`: its `coursedir` and its `config`.

    Raises UsageError when the folder is no nbgrader course.
    """
    from autograder.export.nbgrader_late import application

    app = application(folder)
    if app is None:
        raise UsageError(
            f"{folder} is no nbgrader course: it has no {CONFIG}.",
            hint="Name the folder that `grade nbgrader init` made, or go there.",
        )
    return app


def settings(app: Any) -> tuple[Path, int, bool]:
    """The settings that `configure` gave: the course's folder, the secret seed, trust.

    Raises UsageError when the configuration does not say.
    """
    ours = app.config.get("GradeInSandbox", {})
    if not ours.get("course"):
        raise UsageError(
            f"{Path(app.coursedir.root) / CONFIG} does not say which course grades.",
            hint="Add to it: from autograder.nbgrader_plugin import configure; "
            "configure(c, course=...)",
        )
    seed = seed_of(app.coursedir, ours.get("seed_file") or "")
    return Path(ours["course"]), seed, bool(ours.get("trust_submissions"))


def seed_of(coursedir: Any, file: str) -> int:
    """The secret seed: in `file`, or else in the course's folder, made at first use.

    Raises GradeError where work was graded with it and it is missing, or another one now.
    """
    root = Path(coursedir.root)
    path = Path(file) if file else root / SEED_FILE
    graded = root / coursedir.autograded_directory
    if not path.is_file() and _has_graded(graded):
        raise GradeError(
            f"The secret seed {path} is missing, and work was graded with it.",
            hint="Bring the file back from a copy. To grade everybody on other inputs, remove "
            f"{graded}: then a new seed is made.",
            slug="seed",
        )
    seed = secret_seed(path)
    if not _marked(root / SEED_MARK, seed):
        if (root / SEED_MARK).is_file() and _has_graded(graded):
            raise GradeError(
                f"{path} holds another seed than the one that work was graded with here. Its "
                "inputs, and so the points, would differ.",
                hint="Bring the right file back from a copy. To grade everybody on the inputs "
                f"of this one, remove {graded}.",
                slug="seed",
            )
        _mark(root / SEED_MARK, seed)
    return seed


def _marked(mark: Path, seed: int) -> bool:
    """True if this is the seed that the course's mark tells of."""
    try:
        known = mark.read_text("ascii").strip()
        return fingerprint(seed, known.partition(":")[0]) == known
    except (OSError, ValueError):
        return False


def _mark(mark: Path, seed: int) -> None:
    new = mark.with_name(f"{SEED_MARK}-{os.getpid()}")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(f"{fingerprint(seed, new_salt())}\n")
    new.replace(mark)


def _has_graded(folder: Path) -> bool:
    """True if a notebook in nbgrader's folder of graded ones was graded by us."""
    found = (path for path in folder.glob("*/*/*.ipynb") if path.is_file())
    return any(b'"autograder"' in path.read_bytes() for path in found)


def stamp(folder: Path) -> bytes:
    """The course's own random 32 bytes, made at first use and readable by its owner only."""
    path = folder / STAMP_FILE
    if not path.is_file():
        new = path.with_name(f"{STAMP_FILE}-{os.getpid()}")
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        with contextlib.suppress(FileExistsError):  # another program was faster
            os.link(new, path)
        new.unlink()
    return path.read_bytes()[:64]


def release_path(coursedir: Any, assignment: str, notebook: str) -> Path:
    """The notebook that students were given. Raises CourseError when it is not there."""
    folder = coursedir.format_path(coursedir.release_directory, ".", assignment)
    path = Path(folder) / f"{notebook}.ipynb"
    if not path.is_file():
        raise CourseError(
            f"{path} is missing: submissions are compared with what students were given.",
            hint=f"Run: nbgrader generate_assignment {assignment}",
        )
    return path
