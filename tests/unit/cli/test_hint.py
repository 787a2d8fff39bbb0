"""`grade hint`, from the outside."""

from __future__ import annotations

import shutil


def test_each_call_goes_a_step_further(grade, small, tmp_path):
    """Three hints; then nothing more; and none once the check is right."""
    course = shutil.copytree(small, tmp_path / "course")
    settings = course / "assignments" / "small" / "assignment.toml"
    settings.write_text("likely = false\n" + settings.read_text())
    squared = (course / "right.py").read_text().replace("return 2 * x", "return x**2", 1)
    (course / "mine.py").write_text(squared)
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}

    def said() -> str:
        done = grade("hint", "small", "double", "mine.py", cwd=course, **state)
        assert done.returncode == 1, done.stderr
        return done.stdout

    first, second, third = said(), said(), said()
    assert "Double doubles." in first
    assert "Where to look" not in first
    assert "Where to look" in second
    assert "Twice is not" not in second
    assert "Twice is not the square." in third
    assert "2 * x" not in third
    assert said() == third
    assert "Twice is not" not in grade("check", "small", "mine.py", cwd=course, **state).stdout
    (course / "mine.py").write_text((course / "right.py").read_text())
    done = grade("hint", "small", "double", "mine.py", cwd=course, **state)
    assert (done.returncode, done.stdout) == (0, "double is right.\n")


def test_what_is_not_there(grade):
    """An unknown check, assignment or file is wrong usage."""
    for words in (("small", "doubel"), ("smal", "double"), ("small", "double", "gone.py")):
        assert grade("hint", *words).returncode == 2


def test_a_course_counts_hints(grade, small, tmp_path):
    """Each hint is counted once, whichever check it is for; grade status says how many."""
    course = shutil.copytree(small, tmp_path / "course")
    settings = course / "assignments" / "small" / "assignment.toml"
    settings.write_text("count_hints = true\n" + settings.read_text())
    squared = (course / "right.py").read_text().replace("return 2 * x", "return x**2", 1)
    (course / "mine.py").write_text(squared)
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    for many in (1, 2, 3, 3):
        done = grade("hint", "small", "double", "mine.py", cwd=course, **state)
        assert f"Hints in small so far: {many}." in done.stdout, done.stderr
    grade("check", "small", "mine.py", cwd=course, **state)
    assert "hints: 3" in grade("status", cwd=course, **state).stdout
