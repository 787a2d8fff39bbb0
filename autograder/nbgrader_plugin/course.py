"""An nbgrader course's folder, opened with its configuration."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from autograder.errors import CourseError, UsageError
from autograder.seeds import SEED_FILE, secret_seed

CONFIG = "nbgrader_config.py"


def open_course(folder: Path) -> Any:
    """nbgrader's application for the course in `folder`: its `coursedir` and its `config`.

    Raises UsageError when the folder is no nbgrader course.
    """
    from nbgrader.apps.baseapp import NbGrader

    if not (folder / CONFIG).is_file():
        raise UsageError(
            f"{folder} is no nbgrader course: it has no {CONFIG}.",
            hint="Name the folder that `grade nbgrader init` made, or go there.",
        )
    app = NbGrader(log_level=logging.ERROR)
    app.initialize([], root=str(folder.resolve()))
    app.log_level = logging.ERROR
    return app


def settings(app: Any) -> tuple[Path, int, bool]:
    """What `configure` said: the course's folder, the secret seed, whether to trust.

    Raises UsageError when the configuration does not say.
    """
    ours = app.config.get("GradeInSandbox", {})
    if not ours.get("course"):
        raise UsageError(
            f"{Path(app.coursedir.root) / CONFIG} does not say which course grades.",
            hint="Add to it: from autograder.nbgrader_plugin import configure; "
            "configure(c, course=...)",
        )
    place = ours.get("seed_file") or Path(app.coursedir.root) / SEED_FILE
    return Path(ours["course"]), secret_seed(Path(place)), bool(ours.get("trust_submissions"))


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
