"""Commands that run a course's code as its user, where somebody may have handed it in."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import CHECKS, make_course

RAN = "import pathlib; pathlib.Path(__file__).with_name('ran').touch()\n"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A course that leaves a file where its checks run."""
    make_course(tmp_path, checks=RAN + CHECKS)
    return tmp_path


def at_a_keyboard(
    folder: Path, root: Path, state: Path, answer: str, *words: str
) -> tuple[int, str]:
    """The exit code, and what a terminal showed, where somebody types this."""
    ours, its = pty.openpty()
    os.write(ours, answer.encode())
    done = subprocess.run(
        [sys.executable, "-m", "autograder.cli", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(root), "XDG_STATE_HOME": str(state)},
        stdin=its,
        capture_output=True,
        text=True,
        timeout=100,
    )
    os.close(its)
    os.close(ours)
    return done.returncode, done.stderr


def test_whose_course_it_is_is_asked_once(theirs, root, tmp_path_factory):
    """Who says no has run nothing of it; who says yes, or names it, is not asked again."""
    state, ran = tmp_path_factory.mktemp("state"), theirs / "assignments" / "small" / "ran"
    for words in (
        ("release", "small", "--to", "out"),
        ("batch", "small", "course.toml"),
        ("export", "csv", "small"),
    ):
        code, said = at_a_keyboard(theirs, root, state, "n\n", *words)
        assert (code, ran.exists()) == (2, False), words
        assert f"You have not used the course {theirs} before." in said
        assert f"Nothing of {theirs} was run." in said
    code, said = at_a_keyboard(theirs, root, state, "\x04", "calibrate", "small")
    assert (code, ran.exists()) == (2, False), "Ctrl-D is a no"
    assert f"Nothing of {theirs} was run." in said
    code, said = at_a_keyboard(theirs, root, state, "y\n", "calibrate", "small")
    assert (code, ran.exists()) == (0, True)
    assert "You have not used" in said
    code, said = at_a_keyboard(theirs, root, state, "", "calibrate", "small")
    assert (code, said) == (0, "")


def test_a_course_that_is_named_is_not_asked_about(theirs, root, tmp_path_factory):
    """Once is enough: it is taken without its name from then on."""
    state = tmp_path_factory.mktemp("state")
    for words in (("--course", "."), ()):
        code, said = at_a_keyboard(theirs, root, state, "", "calibrate", "small", *words)
        assert (code, said) == (0, "")
