"""`grade new assignment`: an example that is an assignment already."""

from __future__ import annotations

import json


def test_a_new_assignment_verifies_at_once(grade, tmp_path):
    """It is written, built, proved, released, and a submission of it graded."""
    made = grade("new", "assignment", "week7", "--course", str(tmp_path))
    assert made.returncode == 0, made.stderr
    assert "grade verify week7" in made.stdout
    proved = grade("verify", "week7", cwd=tmp_path)
    assert proved.returncode == 0, proved.stdout
    assert "week7: all 22 are as they must be." in proved.stdout
    assert grade("release", "week7", "--to", "bundle", cwd=tmp_path).returncode == 0
    known = tmp_path / "reference" / "week7" / "submissions" / "right_loops.py"
    checked = grade("check", "week7", str(known), "--json", cwd=tmp_path / "bundle")
    assert json.loads(checked.stdout)["points"] == 100


def test_nothing_is_overwritten(grade, tmp_path):
    """A name that is taken is refused, and what is there stays."""
    assert grade("new", "assignment", "a", "--course", str(tmp_path)).returncode == 0
    path = tmp_path / "reference" / "a" / "solution.py"
    path.write_text("mine")
    again = grade("new", "assignment", "a", "--course", str(tmp_path))
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert path.read_text() == "mine"


def test_a_name_must_be_a_folder_s(grade, tmp_path):
    """A path is no name, and neither is another kind of thing."""
    bad = grade("new", "assignment", "../a", "--course", str(tmp_path))
    assert bad.returncode == 2
    assert "is no name for an assignment" in bad.stderr
    assert grade("new", "course", "a", "--course", str(tmp_path)).returncode == 2
