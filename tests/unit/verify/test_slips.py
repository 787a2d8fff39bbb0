"""What an author may get wrong: each slip is said with its file, its line and the way out."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from autograder.course import course
from autograder.course.course import Assignment
from autograder.verify import verify
from autograder.verify.slips import slips
from tests.support import CHECKS, MISCONCEPTIONS, SOLUTION, make_course

EXPECTED = """
[triples]
over = "reference"
points = 50
[triples.status]
double = "failed"
[triples.diagnosis]
double = "double__squared"
"""
TRIPLES = "def double(x):\n    return 3 * x\n"


def a_course(root: Path, changes: dict[str, tuple[str, str]]) -> Assignment:
    """The small course, with another text in some of its files."""
    texts = {
        "checks.py": CHECKS,
        "solution.py": SOLUTION,
        "misconceptions.py": MISCONCEPTIONS,
        "expected.toml": EXPECTED,
        "assignment.toml": "",
    }
    for name, (old, new) in changes.items():
        assert old in texts[name], (name, old)
        texts[name] = texts[name].replace(old, new)
    small = make_course(
        root,
        checks=texts["checks.py"],
        solution=texts["solution.py"],
        misconceptions=texts["misconceptions.py"],
    )
    assert small.reference is not None
    folder = small.reference / "submissions"
    folder.mkdir()
    (folder / "triples.py").write_text(TRIPLES)
    (folder / "expected.toml").write_text(texts["expected.toml"])
    settings = small.folder / "assignment.toml"
    settings.write_text(
        settings.read_text().replace("[limits]", f"{texts['assignment.toml']}\n[limits]")
    )
    return course.load(root).assignment("small")


SLIPS = tomllib.loads(Path(__file__).with_name("slips.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", SLIPS)
def test_each_slip_is_said_with_its_place(tmp_path: Path, name: str) -> None:
    """One slip gives its own message, and an assignment without any gives none."""
    slip = SLIPS[name]
    found = list(slips(a_course(tmp_path, {slip["file"]: (slip["old"], slip["new"])})))
    assert any(slip["said"] in said for said in found), found


def test_there_is_nothing_to_say_without_one(tmp_path: Path) -> None:
    """The course from which the slips are made has none."""
    assert list(slips(a_course(tmp_path, {}))) == []


def test_all_are_said_at_once(tmp_path: Path) -> None:
    """Slips in three files are told together, and what cannot be graded is no exception."""
    made = [SLIPS[name] for name in ("argument", "patch", "no table")]
    changes = {slip["file"]: (slip["old"], slip["new"]) for slip in made}
    found = verify(a_course(tmp_path, changes))
    said = "\n".join(line.detail for line in found.lines)
    for name in ("argument", "patch", "no file", "no table"):
        assert SLIPS[name]["said"] in said
    assert {line.kind for line in found.lines} == {"source"}


RUN = {
    "a name": (
        "return solution.total(",
        "return solutions.total(",
        "checks.py, line 13: The check total raised NameError on the reference: name "
        "'solutions' is not defined Define that name, or import it.",
    ),
    "an object": (
        "return mine.add(2.0), mine.value, mine.steps, raises",
        "return mine, raises",
        "returns an object of type Counter, which cannot be compared",
    ),
}


def test_probes_are_run_before_anything_is_graded(tmp_path: Path) -> None:
    """An exception in a probe and an object are said with the line, both at once."""
    checks = CHECKS
    for old, new, _ in RUN.values():
        assert old in checks
        checks = checks.replace(old, new)
    small = a_course(tmp_path, {"checks.py": (CHECKS, checks)})
    found = verify(small)
    for _, _, message in RUN.values():
        assert any(message in line.detail for line in found.lines), found
    assert not found.ok


def test_what_is_not_built_is_said(tmp_path: Path) -> None:
    """Files that are missing, and those of an earlier name, whatever else is wrong."""
    small = a_course(tmp_path, {"checks.py": ("points=10, hint", "point=10, hint")})
    stub = small.folder / "small.py"
    stub.rename(small.folder / "old.py")
    (small.folder / "small.ipynb").rename(small.folder / "old.ipynb")
    said = [line.detail for line in verify(small).lines]
    assert (
        f"{small.folder}: small.py, small.ipynb not built yet. Run: grade build small" in said
    )
    assert any(
        "old.ipynb: this and old.py were built under another name" in one for one in said
    )
    assert any("no argument 'point'" in one for one in said)
