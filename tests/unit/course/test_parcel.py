"""An assignment as bytes, and back."""

from __future__ import annotations

from pathlib import Path

from autograder.course import course
from autograder.course.parcel import pack
from autograder.grading.report import grade
from autograder.publishing import release
from tests.support import SOLUTION, make_course, submission


def test_an_assignment_survives_the_way(tmp_path):
    """What decides a score is the same: its digest; and so is the score itself."""
    here = make_course(tmp_path / "here")
    there = pack(here).unpack(tmp_path / "there")
    assert there.digest == here.digest
    assert there.settings == here.settings
    assert grade(submission(SOLUTION), there).points == 60


def test_the_same_assignment_gives_the_same_bytes(tmp_path):
    """By which a worker knows that it has it already; a change gives others."""
    one = make_course(tmp_path / "one")
    other = make_course(tmp_path / "other")
    assert pack(one).digest == pack(other).digest
    (tmp_path / "other" / "reference" / "small" / "solution.py").write_text(SOLUTION + "\n")
    assert pack(one).digest != pack(other).digest


def test_nothing_else_is_packed(tmp_path):
    """No handout, no submission of anybody, no file beside them."""
    here = make_course(tmp_path / "here")
    (tmp_path / "here" / "reference" / "small" / "secret.txt").write_text("x")
    pack(here).unpack(tmp_path / "there")
    files = {str(p.relative_to(tmp_path / "there")) for p in (tmp_path / "there").rglob("*.*")}
    assert files == {
        "course.toml",
        "assignments/small/assignment.toml",
        "assignments/small/checks.py",
        "reference/small/solution.py",
        "reference/small/misconceptions.py",
    }


def test_a_bundle_is_packed_with_its_recording(tmp_path):
    """So that a class can be graded where no reference is."""
    release.release(make_course(tmp_path / "here"), tmp_path / "bundle")
    bundle = course.load(tmp_path / "bundle").assignment("small")
    there = pack(bundle).unpack(tmp_path / "there")
    assert there.reference is None
    assert there.digest == bundle.digest
    assert grade(submission(SOLUTION), there).points == 60


def test_data_goes_along(tmp_path):
    """The files that the settings name."""
    make_course(tmp_path)
    folder = tmp_path / "assignments" / "small"
    settings = (folder / "assignment.toml").read_text()
    (folder / "assignment.toml").write_text('files = ["more.csv"]\n' + settings)
    (folder / "more.csv").write_text("1,2\n")
    assignment = course.load(tmp_path).assignment("small")
    there = pack(assignment).unpack(tmp_path / "there")
    assert [Path(path).read_text() for path in there.files] == ["1,2\n"]
