"""A course that a student handed in is not taken for the course that one stands in."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import course, handed_in
from autograder.errors import CourseError


def folder(path: Path, *files: str) -> Path:
    """A folder with a course.toml, and these beside it."""
    path.mkdir(parents=True)
    for name in ("course.toml", *files):
        (path / name).write_text("")
    return path


@pytest.mark.parametrize("mark", ["gradebook.db", "gradebook.seed", "reference"])
def test_a_course_below_a_teacher_s_is_refused(tmp_path: Path, mark: str) -> None:
    """Also where a student has put one more around it; both ways out are said."""
    real = folder(tmp_path / "course", mark)
    theirs = folder(folder(real / "submitted" / "doe") / "inner", "gradebook.db")
    assert course.find(real) == real
    with pytest.raises(CourseError, match="which is a course as well") as caught:
        course.find(theirs)
    assert f"--course {theirs}" in caught.value.hint
    assert caught.value.slug == "which-course"


def test_so_is_one_in_an_nbgrader_course(tmp_path: Path) -> None:
    """Whose folder has no course.toml."""
    (tmp_path / "nbgrader_config.py").write_text("")
    theirs = folder(tmp_path / "submitted" / "doe" / "hw1")
    assert course.find(theirs) == theirs
    (tmp_path / "gradebook.db").write_text("")
    with pytest.raises(CourseError, match="nearest course"):
        course.find(theirs)


def test_a_fresh_bundle_is_taken(tmp_path: Path) -> None:
    """Without a question, also inside of another bundle."""
    assert course.find(folder(folder(tmp_path / "hw1") / "hw2")).name == "hw2"


def test_so_is_one_that_was_released_here(tmp_path: Path) -> None:
    """Also into the course's own folder, to try it as a student would."""
    bundle = folder(folder(tmp_path / "course", "reference") / "bundle")
    handed_in.released(bundle)
    assert course.find(bundle) == bundle


def test_a_folder_that_a_batch_has_read_has_no_course(tmp_path: Path) -> None:
    """Wherever it lies; the course that read it may lie inside, and a file is no folder."""
    theirs = folder(tmp_path / "downloads" / "doe")
    ours = folder(tmp_path / "downloads" / "ours", "gradebook.db")
    handed_in.note(theirs / "course.toml", ours)
    assert course.find(theirs) == theirs
    handed_in.note(tmp_path / "downloads", ours)
    handed_in.note(tmp_path / "downloads", ours)
    with pytest.raises(CourseError, match="has been graded as students' work"):
        course.find(theirs)
    assert course.find(ours) == ours


def test_so_does_where_people_unpack_an_archive(tmp_path: Path) -> None:
    """A class that was graded from its archive, and was unpacked beside it later."""
    ours = folder(tmp_path / "ours", "gradebook.db")
    theirs = folder(tmp_path / "class.1" / "doe")
    (tmp_path / "class.1.tar.gz").write_bytes(b"")
    handed_in.note(tmp_path / "class.1.tar.gz", ours)
    with pytest.raises(CourseError, match="graded as students' work"):
        course.find(theirs)


def test_one_that_its_user_has_named_is_taken(tmp_path: Path) -> None:
    """From then on, wherever it lies; what lies in it is not."""
    real = folder(tmp_path / "course", "reference")
    own = folder(real / "examples" / "second")
    with pytest.raises(CourseError):
        course.find(own)
    handed_in.own(own)
    assert course.find(own) == own
    with pytest.raises(CourseError):
        course.find(folder(own / "submitted" / "doe"))
