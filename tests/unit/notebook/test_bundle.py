"""A notebook finds its checks from the folder that it runs in."""

from __future__ import annotations

import pytest

from autograder.errors import CourseError
from autograder.notebook.bundle import find
from tests.support import make_course


def test_beside_the_notebook(tmp_path):
    """In the folder `checks`, also from a folder below."""
    make_course(tmp_path / "work" / "checks")
    (tmp_path / "work" / "plots").mkdir()
    assert find(tmp_path / "work").name == "small"
    assert find(tmp_path / "work" / "plots").folder == find(tmp_path / "work").folder


def test_in_its_own_folder_of_a_course(tmp_path):
    """Where there are several assignments, the folder tells which."""
    make_course(tmp_path)
    other = tmp_path / "assignments" / "other"
    other.mkdir()
    (other / "assignment.toml").write_text('title = "Other"\nmodule = "other"\n')
    assert find(other).name == "other"
    with pytest.raises(CourseError, match="the checks of 2 assignments"):
        find(tmp_path)


def test_nowhere(tmp_path):
    """The message says what is missing, and what to do."""
    with pytest.raises(CourseError, match="no folder 'checks' beside") as caught:
        find(tmp_path)
    assert "Fetch the assignment again" in caught.value.hint
