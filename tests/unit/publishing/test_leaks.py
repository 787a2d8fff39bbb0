"""No form of an assignment that holds a solution is released."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import course
from autograder.course.course import Assignment
from autograder.errors import CourseError
from autograder.publishing import build_assignment
from autograder.publishing.leaks import leaks
from autograder.publishing.release import release
from autograder.publishing.scaffold import new_assignment
from autograder.verify.prover import Subject, prepared
from tests.support import make_course

RIGHT = "return (X - mean) / deviation"
STUB = 'raise NotImplementedError("Write standardize")'


@pytest.fixture
def built(tmp_path: Path) -> Assignment:
    """A course with cells and regions, whose forms are built."""
    new_assignment(tmp_path, "week7")
    return rebuilt(tmp_path)


def rebuilt(root: Path) -> Assignment:
    """The course's assignment, after its forms are built again."""
    one = course.load(root).assignment("week7")
    assert one.reference is not None
    names = {"name": one.name, "title": one.title, "module": one.module}
    build_assignment(one.reference / "solution.py", one.folder, **names)
    return one


def edited(path: Path, change: Callable[[str], str]) -> None:
    """Change a file, which must then be another."""
    text = path.read_text("utf-8")
    assert change(text) != text
    path.write_text(change(text), "utf-8")


def test_what_is_built_holds_no_solution(built: Assignment) -> None:
    """Forms as they are built may go out."""
    assert list(leaks(built)) == []


@pytest.mark.parametrize("suffix", [".py", ".ipynb"])
def test_a_form_with_the_solution_is_refused(
    built: Assignment, tmp_path: Path, suffix: str
) -> None:
    """A stub that was solved to try it is not handed out; file and line are said."""
    form = built.stub.with_suffix(suffix)
    quoted = STUB.replace('"', '\\"') if suffix == ".ipynb" else STUB
    line = 1 + form.read_text("utf-8").partition(quoted)[0].count("\n")
    edited(form, lambda text: text.replace(quoted, RIGHT))
    assert [one.place for one in leaks(built)][-1] == f"{form}, line {line}"
    with pytest.raises(CourseError, match="standardize stands there as it is"):
        release(built, tmp_path / "bundle")
    assert not (tmp_path / "bundle").exists()


def test_a_form_that_is_not_what_is_built_is_refused(built: Assignment, tmp_path: Path) -> None:
    """A solution may stand there in other words."""
    edited(built.stub, lambda text: text.replace(STUB, "return X * deviation"))
    with pytest.raises(CourseError, match=r"\.py, line \d+: this is not what .*solution\.py"):
        release(built, tmp_path / "bundle")


def test_an_unmarked_solution_is_refused(built: Assignment, tmp_path: Path) -> None:
    """Without its markers a solution is built into every form; the source's line is said."""
    assert built.reference is not None
    source = built.reference / "solution.py"
    edited(
        source,
        lambda text: text.replace(
            f"    ### BEGIN SOLUTION\n    {RIGHT}\n    ### END SOLUTION\n", f"    {RIGHT}\n"
        ),
    )
    line = 1 + source.read_text("utf-8").partition("def standardize")[0].count("\n")
    found = list(leaks(rebuilt(tmp_path)))
    assert found[0].place == f"{source}, line {line}"
    assert [one.place.partition(",")[0] for one in found[1:]] == [
        str(built.stub),
        str(built.stub.with_suffix(".ipynb")),
    ]
    with pytest.raises(CourseError, match="no part of it is marked"):
        release(built, tmp_path / "bundle", forms=False)


def test_a_stub_written_by_hand_is_read_too(tmp_path: Path) -> None:
    """Also where nothing is built from a source with cells; verify lists it and goes on."""
    small = make_course(tmp_path)
    assert list(leaks(small)) == []
    small.stub.write_text('def double(x):\n    """Twice x."""\n    return 2 * x\n')
    (found,) = leaks(small)
    assert found.place == f"{small.stub}, line 1"
    listed = prepared(Subject(tmp_path, "small", tmp_path / "bundle")).findings
    assert [one.kind for one in listed if not one.ok] == ["form"]


def test_a_stub_that_earns_a_point_is_refused(tmp_path: Path) -> None:
    """A solution in other words than the reference's, which nobody built."""
    small = make_course(tmp_path)
    small.stub.write_text("def double(x):\n    return x + x\n")
    with pytest.raises(CourseError, match=r"small\.py earns 20 points as it is handed out"):
        release(small, tmp_path / "bundle")
    small.stub.write_text("def double(x):\n    raise NotImplementedError\n")
    release(small, tmp_path / "bundle")


def test_a_bundle_says_of_the_course_what_students_may_see(tmp_path: Path) -> None:
    """When work is due; no student's name, no extension, no policy, and nothing of ours."""
    make_course(tmp_path)
    (tmp_path / "gradebook.seed").write_text("424242")
    (tmp_path / "course.toml").write_text(
        'name = "A course"\n[late]\nzone = "Europe/Berlin"\npercent_per_day = 10\n'
        "[late.deadlines]\nsmall = 2026-12-31T00:00:00\n"
        '[late.extensions.small]\n"Jane Doe" = 2027-01-01T00:00:00Z\n'
    )
    one = course.load(tmp_path).assignment("small")
    release(one, tmp_path / "bundle")
    due = course.load(tmp_path / "bundle").late.deadline("small", "")
    assert due is not None
    assert due.isoformat() == "2026-12-31T00:00:00+01:00"
    held = [path for path in (tmp_path / "bundle").rglob("*") if path.is_file()]
    for path in held:
        content = path.read_bytes()
        for secret in (b"Jane", b"424242", b"extensions", bytes(tmp_path)):
            assert secret not in content, path
    assert not any(path.name in ("gradebook.seed", "solution.py") for path in held)
