"""The commands of those who write and give a course."""

from __future__ import annotations

import re
import shutil

import pytest


@pytest.fixture
def course(small, tmp_path):
    """A copy of the small course that may be written to."""
    return shutil.copytree(small, tmp_path / "course")


@pytest.fixture(scope="module")
def released(grade, small, tmp_path_factory):
    """A copy with a bundle of it, and what was said."""
    course = shutil.copytree(small, tmp_path_factory.mktemp("released") / "course")
    return course, grade("release", "small", "--to", "bundle", cwd=course)


def test_release_writes_a_bundle_that_grades(grade, released):
    """What `release` writes is listed, holds no reference, and gives the same verdicts."""
    course, done = released
    assert done.returncode == 0, done.stderr
    listed = [course / line for line in done.stdout.splitlines()]
    assert all(path.is_file() for path in listed)
    assert not (course / "bundle" / "reference").exists()
    for file, code in (("right.py", 0), ("wrong.py", 1)):
        again = grade("check", "small", f"../{file}", cwd=course / "bundle")
        assert again.returncode == code, again.stderr


def test_release_takes_further_files_along(grade, course):
    """What `files` lists stands beside checks.py in the bundle, and must be in its folder."""
    folder = course / "assignments" / "small"
    path, settings = folder / "assignment.toml", (folder / "assignment.toml").read_text()
    path.write_text('files = ["numbers.txt"]\n' + settings)
    done = grade("release", "small", "--to", "bundle", cwd=course)
    assert done.returncode == 3
    assert "`files` names numbers.txt, which is not beside checks.py" in done.stderr
    (folder / "numbers.txt").write_text("1 2 3")
    assert grade("release", "small", "--to", "bundle", cwd=course).returncode == 0
    copied = course / "bundle" / "assignments" / "small" / "numbers.txt"
    assert copied.read_text() == "1 2 3"
    path.write_text('files = ["../small/numbers.txt"]\n' + settings)
    done = grade("release", "small", "--to", "other", cwd=course)
    assert done.returncode == 3
    assert "the name of a file in this folder" in done.stderr


def test_verify_lists_findings_and_fails_when_one_is_wrong(grade, course):
    """Every finding is a line; a misconception that nothing catches makes the exit code 1."""
    done = grade("verify", "small", cwd=course)
    assert done.returncode == 1
    assert "WRONG threshold mostly_positive: not measured with this bar" in done.stdout
    assert grade("calibrate", "small", cwd=course).returncode == 0
    done = grade("verify", "small", "--jobs", "2", cwd=course)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok    reference solution.py: 60 of 60 points" in done.stdout
    assert "1, 0.1 above the bar of 0.9" in done.stdout
    assert "ok    misconception double__squared: caught by double, and named" in done.stdout
    path = course / "reference" / "small" / "misconceptions.py"
    harmless = '\n@misconception("It is right.")\ndef double__right(x):\n    return x + x\n'
    path.write_text(path.read_text() + harmless)
    done = grade("verify", "small", cwd=course)
    assert done.returncode == 1
    assert "WRONG misconception double__right" in done.stdout
    assert "small: 1 of" in done.stdout


def test_verify_shows_what_no_check_catches(grade, course):
    """Small changes of the reference are counted; what costs no points is named by its line."""
    grade("calibrate", "small", cwd=course)
    done = grade("verify", "small", "--mutants", cwd=course)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(
        r"small: \d\d of \d\d small changes of the reference are caught\.", done.stdout
    )
    assert re.search(r"      Counter, line \d+: amount < 0 (→|->) amount <= 0", done.stdout)
    assert "shows what no check looks at." in done.stdout


def test_verify_leaves_out_what_it_lacks_a_library_for_when_told_to(grade, course):
    """A missing library is an error, which says what to install; or a line, with the option."""
    path = course / "assignments" / "small" / "assignment.toml"
    path.write_text('preload = ["numpy", "no_such_library"]\n' + path.read_text())
    done = grade("verify", "small", cwd=course)
    assert done.returncode not in (0, 1)
    assert "needs no_such_library" in done.stderr
    done = grade("verify", "--skip-missing", "small", cwd=course)
    assert done.returncode == 0
    assert done.stdout == "small: left out, because no_such_library is not installed.\n"


def test_verify_refuses_a_bundle(grade, released):
    """Without a reference there is nothing to prove: exit 3 and where to go."""
    done = grade("verify", "small", cwd=released[0] / "bundle")
    assert done.returncode == 3
    assert "has no reference" in done.stderr


def test_calibrate_shows_and_stores(grade, course):
    """The distribution is printed, and kept beside the checks."""
    done = grade("calibrate", "small", cwd=course)
    assert done.returncode == 0, done.stderr
    assert "mostly_positive 0.9000 1.0000" in " ".join(done.stdout.split())
    assert (course / "assignments" / "small" / "calibration.json").is_file()


def test_build_writes_the_forms(grade, course):
    """The students' files are made from the source, and listed."""
    source = course / "reference" / "small" / "solution.py"
    source.write_text(
        "# %% [markdown]\n# # Small\n\n# %%\ndef double(x):\n"
        '    """Double x."""\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION\n'
    )
    done = grade("build", "small", cwd=course)
    assert done.returncode == 0, done.stderr
    stub = (course / "assignments" / "small" / "small.py").read_text()
    assert "NotImplementedError" in stub
    assert "return 2 * x" not in stub
    assert "small.ipynb" in done.stdout
