"""The command, as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import MISCONCEPTIONS, SOLUTION, make_course

Grade = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Path:
    """A course folder with the assignment `small` and some files beside it."""
    folder = tmp_path_factory.mktemp("course")
    make_course(folder, misconceptions=MISCONCEPTIONS)
    (folder / "right.py").write_text(SOLUTION)
    (folder / "wrong.py").write_text(SOLUTION.replace("return 2 * x\n", "return 3 * x\n", 1))
    (folder / "empty.py").write_text("")
    return folder


@pytest.fixture(scope="session")
def grade(small, root, tmp_path_factory) -> Grade:
    """Run `grade` with these words in the course's folder."""
    state = str(tmp_path_factory.mktemp("state"))

    def run(*words: str, cwd: Path = small, **environment: str):
        clean = {
            name: value
            for name, value in os.environ.items()
            if name not in {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "GRADE_DEBUG"}
        }
        return subprocess.run(
            [sys.executable, "-m", "autograder.cli", *words],
            cwd=cwd,
            env={
                **clean,
                "PYTHONPATH": str(root),
                "PYTHONIOENCODING": "utf-8",
                "XDG_STATE_HOME": state,
                **environment,
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=100,
        )

    return run
