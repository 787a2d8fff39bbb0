"""An nbgrader course, opened from wherever one stands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from autograder import nbgrader_plugin
from autograder.nbgrader_plugin.course import open_course


def _named(value: Any) -> Iterator[str]:
    """The names of our own objects in a configuration."""
    if isinstance(value, str):
        if value.startswith("autograder."):
            yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _named(each)


def test_what_a_configuration_names_is_there(tmp_path: Path) -> None:
    """nbgrader imports these by their names, when a class is graded."""
    config = Config()
    nbgrader_plugin.configure(config, course=tmp_path)
    names = set(_named(config))
    assert len(names) >= 5
    for name in sorted(names):
        assert import_item(name), name


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
