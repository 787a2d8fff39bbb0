"""An nbgrader course, opened from wherever one stands."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from autograder.nbgrader_plugin.course import open_course


def test_the_current_folder_has_no_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who stands in a student's folder runs no configuration and takes no module from there."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    (ours / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'ours'\n"
    )
    for name in ("nbgrader_config.py", "jupyter_config.py"):
        (theirs / name).write_text("open('ran', 'w')\n")
    monkeypatch.chdir(theirs)
    monkeypatch.setattr(sys, "path", [*sys.path])
    app = open_course(Path("../ours"))
    assert app.coursedir.course_id == "ours"
    assert Path(app.coursedir.root) == ours
    assert sorted(os.listdir()) == ["jupyter_config.py", "nbgrader_config.py"]
    assert not {str(theirs), ""} & set(sys.path[:2])
