"""Course folders: found, read, and described when they are wrong."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import course
from autograder.errors import CourseError, UsageError
from autograder.publishing import release
from tests.support import CHECKS, LIMITS, make_course


def test_a_course_is_found_from_inside(tmp_path: Path) -> None:
    """The nearest folder upwards with a course.toml."""
    assignment = make_course(tmp_path / "deep" / "course")
    assert course.find(assignment.folder) == (tmp_path / "deep" / "course").resolve()


def test_no_course_anywhere(tmp_path: Path) -> None:
    """The message names the folder and the option."""
    with pytest.raises(CourseError, match=r"There is no course\.toml in") as error:
        course.find(tmp_path)
    assert "--course DIR" in error.value.hint
    with pytest.raises(CourseError, match="is not a course folder"):
        course.load(tmp_path)


def test_an_unknown_assignment(tmp_path: Path) -> None:
    """A near name is suggested; otherwise all are listed."""
    make_course(tmp_path)
    loaded = course.load(tmp_path)
    with pytest.raises(UsageError) as error:
        loaded.assignment("smal")
    assert error.value.hint == "Did you mean 'small'?"
    with pytest.raises(UsageError) as error:
        loaded.assignment("zzz")
    assert error.value.hint == "There are: small."


def test_the_order_is_the_course_s(tmp_path: Path) -> None:
    """course.toml may list assignments; others follow by name."""
    first = make_course(tmp_path)
    for name in ("a", "b"):
        (tmp_path / "assignments" / name).mkdir()
        text = (first.folder / "assignment.toml").read_text()
        (tmp_path / "assignments" / name / "assignment.toml").write_text(text)
    (tmp_path / "course.toml").write_text('name = "C"\nassignments = ["small", "b"]\n')
    assert list(course.load(tmp_path).assignments) == ["small", "b", "a"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title = 3", "Expected `str`, got `int`"),
        ('title = "T"', "missing required field `module`"),
        ('title = "T"\nmodule = "m"\npoint = 3', "there is no setting 'point'"),
        ('title = "T"\nmodule = "m"\n[limits]\nfoo = 3', r"no setting 'foo' in \[limits\]"),
        ("title = ", "Invalid value"),
    ],
)
def test_wrong_settings_name_the_file(tmp_path: Path, text: str, words: str) -> None:
    """A misspelt field is not silently ignored."""
    assignment = make_course(tmp_path)
    (assignment.folder / "assignment.toml").write_text(text)
    with pytest.raises(CourseError, match=words) as error:
        course.load(tmp_path)
    assert "assignment.toml" in str(error.value)


@pytest.mark.parametrize(
    ("checks", "words"),
    [
        ("x = (", r"checks\.py, line 1: '\(' was never closed"),
        ("import no_such_module", r"checks\.py, line 1: ModuleNotFoundError"),
        ("x = 1", "defines no check"),
        (CHECKS.replace("points=10", "points=-1", 1), "points=-1"),
    ],
)
def test_wrong_checks_name_the_file(tmp_path: Path, checks: str, words: str) -> None:
    """What is wrong in checks.py is said in a sentence, not as a traceback."""
    assignment = make_course(tmp_path, checks=checks)
    with pytest.raises(CourseError, match=words):
        _ = assignment.checks


def test_the_time_of_a_check_depends_on_the_assignment_alone(tmp_path: Path) -> None:
    """Its own seconds, or an equal share of what those leave of the whole."""
    checks = CHECKS.replace("@check(points=10", "@check(seconds=45, points=10", 1)
    assignment = make_course(tmp_path, checks=checks)
    own, *others = assignment.checks
    assert assignment.seconds(own) == 45
    assert {assignment.seconds(each) for each in others} == {LIMITS.seconds}
    file = assignment.folder / "assignment.toml"
    file.write_text(file.read_text().replace("[limits]", "[limits]\ntotal_seconds = 50"))
    assignment = course.load(tmp_path).assignment("small")
    assert {assignment.seconds(each) for each in others} == {5 / len(others)}


def test_checks_that_ask_for_all_the_time_are_refused(tmp_path: Path) -> None:
    """What they leave to the others is named, and what to change."""
    checks = CHECKS.replace("@check(points=10", "@check(seconds=60, points=10", 1)
    with pytest.raises(CourseError, match=r"leave 0 of total_seconds = 60") as error:
        _ = make_course(tmp_path, checks=checks).checks
    assert "assignment.toml" in error.value.hint


def test_the_digest_follows_what_decides_a_score(tmp_path: Path) -> None:
    """Checks and reference change it; the handout does not."""
    before = make_course(tmp_path).digest
    (tmp_path / "assignments" / "small" / "README.md").write_text("other")
    assert course.load(tmp_path).assignment("small").digest == before
    path = tmp_path / "reference" / "small" / "solution.py"
    path.write_text(path.read_text() + "\n# changed\n")
    assert course.load(tmp_path).assignment("small").digest != before


def test_a_late_policy_is_part_of_the_course(root: Path, tmp_path: Path) -> None:
    """As docs/gradebook.md shows it."""
    make_course(tmp_path)
    document = (root / "docs" / "gradebook.md").read_text("utf-8")
    example, _ = re.findall(r"```toml\n(.*?)```", document, re.DOTALL)
    file = tmp_path / "course.toml"
    file.write_text(file.read_text() + example.replace("assignment3", "small"))
    late = course.load(tmp_path).late
    assert (late.zone, late.grace_minutes, late.at_most_percent) == ("Europe/Berlin", 15, 50)
    due = late.deadline("small", "doe")
    assert due is not None
    assert due.isoformat() == "2026-11-25T23:59:00+01:00"


def test_questions_are_as_the_document_shows(root: Path, tmp_path: Path) -> None:
    """They are beside the checks' points; ids are plain and differ, points are above 0."""
    make_course(tmp_path)
    document = (root / "docs" / "gradebook.md").read_text("utf-8")
    _, example = re.findall(r"```toml\n(.*?)```", document, re.DOTALL)
    file = tmp_path / "assignments" / "small" / "assignment.toml"
    settings = file.read_text()
    file.write_text(settings + example)
    small = course.load(tmp_path).assignment("small")
    assert [(one.id, one.points) for one in small.settings.questions] == [("why_gradients", 5)]
    assert small.checks
    for wrong in (example * 2, example.replace("5", "0"), example.replace("why_", "why ")):
        file.write_text(settings + wrong)
        with pytest.raises(CourseError, match=r"assignment\.toml: expected"):
            course.load(tmp_path)


def test_a_late_policy_that_makes_no_sense_names_its_file(tmp_path: Path) -> None:
    """A zone that does not exist would otherwise be noticed when grades are due."""
    make_course(tmp_path)
    file = tmp_path / "course.toml"
    file.write_text(file.read_text() + '[late]\nzone = "Europe/Nowhere"\n')
    with pytest.raises(CourseError, match=r"course\.toml: .*Europe/Nowhere"):
        course.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "words", "near"),
    [
        ('assignments = ["smal"]', "assignments names 'smal'", "'small'"),
        ("[late.deadlines]\nsmal = 2026-11-20T12:00:00", "deadlines] names 'smal'", "'small'"),
        ("[late.extensions.zzz]", "extensions] names 'zzz'", "There are: small."),
        ("[late]\nzones = 'UTC'", "no setting 'zones' in [late]", "'zone'"),
        ("[Late]\nzone = 'UTC'", "no setting 'Late'", "'late'"),
    ],
)
def test_a_setting_that_names_nothing(tmp_path: Path, text: str, words: str, near: str) -> None:
    """It would be without effect; the near name is said. A bundle may lack assignments."""
    make_course(tmp_path)
    file = tmp_path / "course.toml"
    file.write_text(f"{file.read_text()}{text}\n")
    with pytest.raises(CourseError) as error:
        course.load(tmp_path)
    assert words in error.value.message
    assert near in error.value.hint
    if "names" in words:
        (tmp_path / "reference").rename(tmp_path / "elsewhere")
        assert course.load(tmp_path).name


def test_the_digest_follows_limits_and_recordings(tmp_path: Path) -> None:
    """A longer time limit can change a score; in a bundle, so can another recording."""
    before = make_course(tmp_path / "one").digest
    settings = tmp_path / "one" / "assignments" / "small" / "assignment.toml"
    settings.write_text(settings.read_text().replace("seconds = 2", "seconds = 3", 1))
    assert course.load(tmp_path / "one").assignment("small").digest != before
    bundle = tmp_path / "bundle"
    release.release(make_course(tmp_path / "two"), bundle)
    before = course.load(bundle).assignment("small").digest
    recording = bundle / "assignments" / "small" / "recording.msgpack"
    recording.write_bytes(recording.read_bytes() + b"x")
    assert course.load(bundle).assignment("small").digest != before


def test_titles_are_there_whatever_pythons_flags_are() -> None:
    """With -OO Python drops docstrings, and a check's title is one."""
    code = (
        "import pathlib, autograder.course.course as c; c.load(pathlib.Path()).assignment({!r})"
    )
    run = [sys.executable, "-OO", "-c", code.format("assignment3") + ".checks"]
    subprocess.run(run, cwd=Path(__file__).parents[3], check=True)
