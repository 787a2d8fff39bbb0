"""The command, as a process of its own: each first of a Python of its own, too."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import warm
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
    """Run `grade` with these words in the course's folder.

    Each command starts a Python once. After that, and where nothing is said about Python's own
    environment, it is a fork of one that has imported everything (`tests.warm`).
    """
    state = str(tmp_path_factory.mktemp("state"))
    started: set[str] = set()

    def run(*words: str, cwd: Path = small, **environment: str):
        clean = {
            name: value
            for name, value in os.environ.items()
            if name not in {"COLUMNS", "FORCE_COLOR", "NO_COLOR", "GRADE_DEBUG"}
        }
        given = {
            **clean,
            "PYTHONPATH": str(root),
            "PYTHONIOENCODING": "utf-8",
            "XDG_STATE_HOME": state,
            **environment,
        }
        known = not words or words[0] in started
        started.update(words[:1])
        if known and not any(name.startswith("PYTHON") for name in environment):
            return warm.grade(words, cwd, given)
        return subprocess.run(
            [sys.executable, "-m", "autograder.cli", *words],
            cwd=cwd,
            env=given,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=100,
        )

    return run
