"""The seed belongs to the gradebook, however a later command is called."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.classroom import WORKS
from tests.support import make_course

TRUST = "--trust-submissions"


@pytest.fixture(scope="module")
def graded(grade, tmp_path_factory) -> Path:
    """A course with one graded submission, and another seed beside it: `new.seed`."""
    folder: Path = tmp_path_factory.mktemp("graded")
    make_course(folder)
    (folder / "sub").mkdir()
    (folder / "sub" / "doe.py").write_text(WORKS["squared"].source)
    (folder / "new.seed").write_text("12\n")
    done = grade("batch", "small", "sub", TRUST, "--jobs", "1", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(graded, tmp_path, dirs_exist_ok=True)


def seeds(grade, course: Path) -> set[str]:
    """The seeds of what counts."""
    done = grade("export", "jsonl", "small", "--to", "out.jsonl", cwd=course)
    assert done.returncode == 0, done.stderr
    return set(re.findall(r'"seed":(\d+)', (course / "out.jsonl").read_text()))


def test_another_seed_is_refused_until_a_regrading_is_accepted(grade, course):
    """Then the gradebook has moved on, and the old one is refused."""
    plain = ("batch", "small", "sub", TRUST, "--jobs", "1")
    moved = (*plain, "--seed-file", "new.seed")
    refused = grade(*moved, cwd=course)
    assert refused.returncode == 3
    assert "grade [seed]: new.seed holds another seed" in refused.stderr
    assert "grade regrade small --seed-file new.seed" in refused.stderr
    words = ("regrade", "small", TRUST, "--jobs", "1", "--seed-file", "new.seed")
    assert grade(*words, cwd=course).returncode == 0
    assert grade(*moved, cwd=course).returncode == 3
    assert "12" not in seeds(grade, course)
    accepted = grade(*words, "--accept", cwd=course)
    assert accepted.returncode == 0, accepted.stderr
    assert seeds(grade, course) == {"12"}
    assert grade(*moved, cwd=course).returncode == 0
    back = grade(*plain, cwd=course)
    assert back.returncode == 3
    assert "holds another seed than the one that small was graded with" in back.stderr
    assert seeds(grade, course) == {"12"}


def test_a_lost_seed_stops_the_batch(grade, course):
    """No new one is drawn until --new-seed says so."""
    file = course / "gradebook.seed"
    file.unlink()
    for command in (("batch", "small", "sub"), ("regrade", "small")):
        done = grade(*command, TRUST, cwd=course)
        assert done.returncode == 3
        assert "gradebook.seed is missing, and" in done.stderr
        assert "--new-seed" in done.stderr
        assert not file.exists()
    again = grade("batch", "small", "sub", TRUST, "--new-seed", "--jobs", "1", cwd=course)
    assert again.returncode == 0, again.stderr
    assert "A secret seed was made:" in again.stdout
    assert seeds(grade, course) == {file.read_text().strip()}
    again = grade("batch", "small", "sub", TRUST, cwd=course)
    assert "1 are graded already" in again.stdout
