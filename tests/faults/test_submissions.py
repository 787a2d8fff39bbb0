"""Submissions and sources that do harm, and a reference that is broken."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.classroom import HANGS, WORKS
from tests.faults.support import Class
from tests.support import SOLUTION
from tests.support_sources import make_canvas

pytestmark = pytest.mark.timeout(600)  # whole batches, on a machine that may be busy


def test_submissions_that_hang_crash_and_flood(tmp_path, root):
    """Each gets what it deserves, and the next one all that it has earned."""
    group = Class(tmp_path, root, str(tmp_path / "g.db"), 0)
    for name in ("crashes", "floods", "forges", "raises"):
        group.add(f"{name}1", WORKS[name].source, WORKS[name].points)
        group.add(f"{name}2", SOLUTION, 60)
    group.add("hangs1", HANGS.source, HANGS.points)
    group.add("hangs2", SOLUTION, 60)
    assert group.grade().returncode == 0
    group.whole()


def test_a_corrupted_zip_among_good_ones(tmp_path, root):
    """It is named with the reason; everybody else is graded."""
    group = Class(tmp_path, root, str(tmp_path / "g.db"), 3)
    more = tmp_path / "more"
    more.mkdir()
    good = make_canvas(more, [("zoe", "hw.py", SOLUTION.encode(), False)])
    broken = more / "broken.zip"
    broken.write_bytes(good.read_bytes()[:-40])
    done = group.grade(str(good), str(broken))
    assert done.returncode == 3
    assert "5 submissions read: 4 count, 1 was refused." in done.stdout
    looks = "".join(done.stdout.partition("To be looked at")[2].split())
    assert "broken.zip" in looks
    assert "notread:" in looks
    group.expected["zoe"] = 60
    group.whole()


def test_a_reference_that_raises(tmp_path, root):
    """Nobody gets a zero: all are ungraded, and graded once the reference is fixed."""
    group = Class(tmp_path, root, str(tmp_path / "g.db"), 4)
    reference = group.course / "reference" / "small" / "solution.py"
    right = reference.read_text()
    reference.write_text(right.replace("return 2 * x", "return 2 * y", 1))
    done = group.grade()
    assert done.returncode == 3
    assert "the grader failed in double" in done.stdout
    assert "mean" not in done.stdout
    assert group.points() == {}
    assert group.states() == ["ungraded"] * 4
    reference.write_text(right)
    assert group.grade().returncode == 0
    assert group.points() == group.expected
    reference.write_text(right.replace("return 2 * x", "return 2 * z", 1))
    done = group.grade()
    assert done.returncode == 3
    assert "an earlier grading counts" in done.stdout  # once, for all whom it concerns
    assert group.points() == group.expected


def test_no_time_limit_depends_on_the_clock_of_the_wall(root):
    """A clock that is moved changes no limit: the only ones who ask for the time of day are the
    gradebook, to note when it recorded something, and what a student reads, to say when a file
    was saved and when work is due.
    """
    asks = set()
    for path in (root / "autograder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called = f"{node.value.id}.{node.attr}"
                if called in ("time.time", "datetime.now", "datetime.utcnow", "date.today"):
                    asks.add(str(Path(path).relative_to(root / "autograder")))
    migration = "gradebook/migrations/versions/0002_seeds_and_people.py"
    told = {"cli/checking.py", "cli/status.py", "cli/watch.py"}
    assert asks == {*told, "gradebook/entries.py", migration}
