"""The steps of docs/extending.md, applied to a copy of the code and tried."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import CHECKS, SOLUTION, make_course

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "extending.md").read_text("utf-8")
FILES = dict(re.findall(r"^`([^`]+\.py)`:\n\n```python\n(.*?)^```$", DOCUMENT, re.M | re.S))
CHANGES = "".join(re.findall(r"^```diff\n(.*?)^```$", DOCUMENT, re.M | re.S))
ENTRIES = "".join(re.findall(r"^```toml\n(.*?)^```$", DOCUMENT, re.M | re.S))
[USED] = re.findall(r"^A `checks.py` may use it.*?```python\n(.*?)^```$", DOCUMENT, re.M | re.S)
TOO_MUCH = SOLUTION.replace("return float(np.sum(double(x)))", "return 5e9")
STOPS = SOLUTION.replace("return 2 * x", "return next(iter([]))")


def changed(place: Path) -> None:
    """Apply the document's changes: the lines of each hunk must stand in the file, once."""
    for name, hunks in re.findall(r"^\+\+\+ b/(\S+)\n(.*?)(?=^--- |\Z)", CHANGES, re.M | re.S):
        path = place / name
        text = path.read_text("utf-8")
        for hunk in hunks.split("@@\n")[1:]:
            lines = hunk.splitlines(keepends=True)
            before = "".join(line[1:] for line in lines if line[0] != "+")
            after = "".join(line[1:] for line in lines if line[0] != "-")
            assert text.count(before) == 1, f"{name} has no lines\n{before}"
            text = text.replace(before, after)
        path.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the code as the document changes it, and a package beside it."""
    place = tmp_path_factory.mktemp("extended")
    shutil.copytree(ROOT / "autograder", place / "autograder")
    for name, text in FILES.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_text(text, "utf-8")
    changed(place)
    installed = place / "our_package-1.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: our-package\nVersion: 1\n"
    )
    entries = re.sub(r'\[project\.entry-points\."(.+)"\]', r"[\1]", ENTRIES).replace('"', "")
    (installed / "entry_points.txt").write_text(entries)
    make_course(place / "course", checks=f"{CHECKS}\n{USED}", points=70)
    for unit, text in (("7-Ada", SOLUTION), ("8-Ben", TOO_MUCH), ("9-Cem", STOPS)):
        (place / "class" / unit).mkdir(parents=True)
        (place / "class" / unit / "small.py").write_text(text)
    return place


def grade(place: Path, *words: str) -> str:
    """What a command of the changed code prints."""
    done = subprocess.run(
        [sys.executable, "-m", "autograder.cli", *words, "--course", "course"],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(place), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout


def test_what_was_added_is_clean(extended: Path) -> None:
    """Whoever follows the steps passes the linter of `make test`."""
    settings = ["--config", str(ROOT / "pyproject.toml"), "autograder", "our_package"]
    for command in (["check"], ["format", "--check"]):
        words = [sys.executable, "-m", "ruff", *command, *settings]
        done = subprocess.run(words, cwd=extended, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout


def test_a_layout_and_a_format_are_found(extended: Path) -> None:
    """A class in the package's layout is graded, and exported in its format."""
    said = grade(extended, "batch", "small", "class", "--gradebook", "g.db")
    assert "a download of Ours (3 of the 3 names at its top are Ours's)" in said
    grade(extended, "export", "registrar", "small", "--gradebook", "g.db", "--to", "out.txt")
    points = dict(line.split("\t") for line in (extended / "out.txt").read_text().splitlines())
    assert points["Ada"] == "70"
    assert 0 < int(points["Ben"]) < 70


def test_a_kind_is_judged(extended: Path) -> None:
    """A number above the reference's earns nothing, and is told in the kind's words."""
    said = grade(extended, "check", "small", "class/8-Ben/small.py", "--only", "modest")
    assert "total gave 5000000000.0; at most" in said
    said = grade(extended, "check", "small", "class/7-Ada/small.py", "--only", "modest")
    assert "10 / 10 points" in said


def test_a_comparer_compares(extended: Path) -> None:
    """Two ranges are compared by the function that the table names."""
    script = (
        "from autograder.judging.compare import compare; "
        "pairs = (range(3), range(3)), (range(3), range(4)); "
        "print([block.credit for pair in pairs for block in compare(*pair)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=extended, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[1.0, 0.0]\n"


def test_a_message_is_said(extended: Path) -> None:
    """An exception of the new entry's type gets its sentence."""
    said = grade(extended, "check", "small", "class/9-Cem/small.py", "--only", "double")
    assert "next() was asked for more than the iterator has." in said
