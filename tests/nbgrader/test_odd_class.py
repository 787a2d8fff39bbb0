"""One submission cannot stop a class: the others get what they get alone, on every way.

GRADE_CLASS=60 makes it a class of 60, of whom 20 and more are odd; otherwise it is small.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from pathlib import Path

import pytest

from tests.nbgrader.conftest import NAME, NOTEBOOK, Graded, graded, hand_in, run
from tests.nbgrader.odd_class import ODD as EVERY
from tests.nbgrader.odd_class import PICTURE

pytestmark = pytest.mark.timeout(
    3600
)  # real commands for a class, on a machine that may be busy

SIZE = int(os.environ.get("GRADE_CLASS", "0"))
# A page that takes as long as it may costs a minute, and some are alike.
LEFT_OUT = {
    *("slow_page", "deep", "zeros", "no_cells", "link_to_nothing", "pipe", "long_name"),
    *("folder_for_time", "bytes_for_name"),
}
ODD = {name: odd for name, odd in EVERY.items() if SIZE or name not in LEFT_OUT}
HONEST = max(3, SIZE - len(ODD))
HONEST_NAMES = [f"{'aoz'[number % 3]}-honest-{number:02}" for number in range(HONEST)]
# Whose pages are written beside the honest ones'; each takes a second or two.
PAGES = ODD if SIZE else ("picture", "exits", "halves", "no_notebook")
NOT_GRADED = {
    *("deep", "zeros", "empty", "no_cells", "many_cells", "no_notebook"),
    *("folder_for_notebook", "pipe_for_notebook", "link_to_seed", "link_to_nothing"),
} & ODD.keys()


@pytest.fixture(scope="module")
def kinds(course, filled, partial) -> list[bytes]:
    """What the honest hand in, in turn."""
    unfilled = (course / "release" / NAME / f"{NOTEBOOK}.ipynb").read_bytes()
    return [json.dumps(filled).encode(), json.dumps(partial).encode(), unfilled]


@pytest.fixture(scope="module")
def odd_class(course, filled, kinds, tmp_path_factory) -> Path:
    """The class, not graded yet: an honest one on either side of each odd one."""
    folder = tmp_path_factory.mktemp("odd") / "course"
    shutil.copytree(course, folder)
    for step in ("submitted", "autograded", "feedback"):  # of other tests
        shutil.rmtree(folder / step, ignore_errors=True)
    for name, odd in ODD.items():
        odd(hand_in(folder, f"odd-{name}", filled), filled)
    for number, student in enumerate(HONEST_NAMES):
        hand_in(folder, student, kinds[number % len(kinds)])
    return folder


@pytest.fixture(scope="module")
def alone(odd_class, kinds, own_course) -> list[float]:
    """The points of each kind of honest work by itself, on the class's seed."""
    seed = (odd_class / "gradebook.seed").read_text().strip()
    found = []
    for number, kind in enumerate(kinds):
        file = odd_class.parent / f"alone-{number}.ipynb"
        file.write_bytes(kind)
        words = ("--seed", seed, "--json", "--course", str(own_course))
        said = run("grade", "check", NAME, str(file), *words, at=odd_class, fails=True)
        found.append(json.loads(said)["points"])
    assert found[0] == 100
    return found


def held(one: Graded, alone: list[float], *, pages: bool) -> None:
    """The honest have their points, a graded notebook, and a page where pages were written."""
    for number, student in enumerate(HONEST_NAMES):
        assert one.points(student) == alone[number % len(alone)], student
        assert (one.folder / "autograded" / student / NAME / f"{NOTEBOOK}.ipynb").is_file()
        page = one.folder / "feedback" / student / NAME / f"{NOTEBOOK}.html"
        assert page.is_file() == pages, student


def test_grade_batch_with_pages(odd_class, alone):
    """Everybody has a graded notebook and a page; who needs a person is named, and why."""
    folder = odd_class.parent / "by_grade"
    shutil.copytree(odd_class, folder, symlinks=True, copy_function=_copied)
    (folder / "feedback").mkdir()
    (folder / "feedback" / "odd-exits").write_text("in the way")
    said = run("grade", "batch", NAME, "submitted", "--jobs", "2", at=folder, fails=True)
    students = [*HONEST_NAMES, *(f"odd-{name}" for name in PAGES)]
    command = ["grade", "nbgrader", "autograde", NAME, "--feedback"]
    command += [word for student in students for word in ("--student", student)]
    one = graded(folder, said + run(*command, at=folder, fails=True))
    held(one, alone, pages=True)
    assert "odd-exits: there is no feedback page: " in one.said
    assert "1 feedback pages could not be written." in one.said
    assert "\x1b" not in one.said
    for name in ODD:
        waits = one.points(f"odd-{name}") is None
        assert waits == (name in NOT_GRADED), name
        assert f"odd-{name}: " in one.said or not waits
    assert f"\n{len(NOT_GRADED)} could not be graded" in one.said, one.said
    kept = folder / "autograded" / "odd-picture" / NAME / f"{NOTEBOOK}.ipynb"
    assert PICTURE in kept.read_text()


def test_nbgrader_autograde(odd_class, alone):
    """nbgrader's own command goes on after each that it cannot take, and names it."""
    folder = odd_class.parent / "by_nbgrader"
    shutil.copytree(odd_class, folder, symlinks=True, copy_function=_copied)
    one = graded(folder, run("nbgrader", "autograde", NAME, at=folder, fails=True))
    held(one, alone, pages=False)
    assert f"processing assignment '{NAME}' for student 'odd-checks_file'" in one.said


def test_a_gradebook_of_our_own_and_its_exports(odd_class, alone, own_course):
    """Each honest one is in every format; who was not graded is named by the batch."""
    folder = odd_class.parent / "by_batch"
    shutil.copytree(odd_class, folder, symlinks=True, copy_function=_copied)
    place = ["--gradebook", "ours.db", "--course", str(own_course)]
    command = ["grade", "batch", NAME, "submitted", "--seed-file", "gradebook.seed", *place]
    said = run(*command, at=folder, fails=True)
    assert "\x1b" not in said
    run("grade", "export", "csv", NAME, "--to", "all.csv", *place, at=folder)
    with (folder / "all.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["student"]: row["points"] for row in csv.DictReader(file)}
    for name in NOT_GRADED - {"empty"}:
        assert f"odd-{name}" in said, name
    run("grade", "export", "gradescope", NAME, "--to", "pages", *place, at=folder)
    for number, student in enumerate(HONEST_NAMES):
        assert float(rows[student]) == alone[number % len(alone)]
        told = json.loads((folder / "pages" / student / "results.json").read_text())
        assert told["score"] == alone[number % len(alone)]


def _copied(source: str, target: str) -> None:
    """As shutil copies, and a pipe as a pipe."""
    if Path(source).is_fifo():
        os.mkfifo(target)
    else:
        shutil.copy2(source, target, follow_symlinks=False)
