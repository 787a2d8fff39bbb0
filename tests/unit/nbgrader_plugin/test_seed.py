"""The secret seed of an nbgrader course."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.errors import GradeError
from autograder.nbgrader_plugin.course import seed_of


def test_a_lost_seed_stops_once_work_is_graded(tmp_path: Path) -> None:
    """Before that it is made; what nbgrader graded without us does not matter."""
    course = SimpleNamespace(root=str(tmp_path), autograded_directory="autograded")
    graded = tmp_path / "autograded" / "doe" / "hw1" / "hw1.ipynb"
    graded.parent.mkdir(parents=True)
    graded.write_text('{"metadata": {}}')
    seed = seed_of(course, "")
    assert seed_of(course, "") == seed
    graded.write_text('{"metadata": {"autograder": {}}}')
    assert seed_of(course, "") == seed
    (tmp_path / "gradebook.seed").unlink()
    with pytest.raises(GradeError, match="is missing, and work was graded with it"):
        seed_of(course, "")
    assert not (tmp_path / "gradebook.seed").exists()


def test_another_seed_stops_once_work_is_graded(tmp_path: Path) -> None:
    """As the gradebook of our own does; before that, and without graded work, it may change."""
    course = SimpleNamespace(root=str(tmp_path), autograded_directory="autograded")
    file = tmp_path / "gradebook.seed"
    file.write_text("11")
    assert seed_of(course, "") == 11
    file.write_text("12")
    assert seed_of(course, "") == 12
    graded = tmp_path / "autograded" / "doe" / "hw1" / "hw1.ipynb"
    graded.parent.mkdir(parents=True)
    graded.write_text('{"metadata": {"autograder": {}}}')
    file.write_text("11")
    with pytest.raises(GradeError, match="another seed than the one that work was graded with"):
        seed_of(course, "")
    file.write_text("12")
    assert seed_of(course, "") == 12
    graded.unlink()
    file.write_text("11")
    assert seed_of(course, "") == 11
