"""Feedback pages: what students may read, in the form of each system, when it is released."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from autograder.cli.app import app
from autograder.gradebook import Gradebook
from autograder.submissions.people.directory import NUMBER
from tests.gradebooks import fill
from tests.support import make_course
from tests.unit.gradebook.support import entry

EVERYBODY = {"doe": 4.0, "roe": 10.0, "poe": 0.0, "who/../=1": 5.0}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """A class that was graded on both seeds; Canvas and Moodle have numbered two of them."""
    folder = tmp_path_factory.mktemp("course")
    assignment = make_course(folder)
    with Gradebook.open(str(folder / "gradebook.db")) as book:
        fill(book, assignment, folder, EVERYBODY)
        called = {
            (NUMBER, f"{system} {number}"): student
            for student, numbers in {"doe": ("12", "101"), "poe": ("13", "103")}.items()
            for system, number in zip(("canvas", "moodle/small"), numbers, strict=True)
        }
        run = book.begin("other", "batch", "local", [])
        book.take_in(run, "other", [entry("doe")], called=called)
    return folder


def feedback(course: Path, *words: str) -> Result:
    """What `grade feedback` does."""
    return CliRunner().invoke(app, ["feedback", "small", "--course", str(course), *words])


def test_nothing_is_released_unless_somebody_says_so(course, tmp_path, monkeypatch):
    """Without the word there are drafts, which say so, and no form that a system takes."""
    monkeypatch.chdir(tmp_path)
    done = feedback(course)
    assert done.exit_code == 0, done.output
    assert "These are drafts." in done.stdout
    assert "not released" in (tmp_path / "small-feedback-draft" / "doe.html").read_text("utf-8")
    for form in ("moodle", "canvas", "gradescope", "nbgrader"):
        assert feedback(course, "--as", form).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["small-feedback-draft"]


def test_a_page_tells_what_a_student_may_read(course, tmp_path):
    """Points that count, words of the practice inputs, the student's own code, no seed."""
    done = feedback(course, "--release", "--to", str(tmp_path / "out"))
    assert done.exit_code == 0, done.output
    pages = {path.name: path.read_text("utf-8") for path in (tmp_path / "out").iterdir()}
    assert set(pages) == {"doe.html", "roe.html", "poe.html", "who_.._1.html"}
    assert "<strong>14</strong> of 20 points" in pages["doe.html"]
    assert "public &lt;/td&gt;" in pages["doe.html"]
    assert "return x**2" in pages["doe.html"]
    for page in pages.values():
        assert not re.search(r"secret|released|<script|\x1b|\u202e", page)
        assert "default-src 'none'" in page


def test_moodle_finds_each_student_by_its_own_number(course, tmp_path):
    """A folder as Moodle itself writes them; no name has a sign that Moodle reads."""
    done = feedback(course, "--release", "--as", "moodle", "--to", str(tmp_path / "m.zip"))
    assert done.exit_code == 0, done.output
    names = zipfile.ZipFile(tmp_path / "m.zip").namelist()
    assert names == [
        "Jane Doe_101_assignfeedback_file_/feedback.html",
        "Bob hscriptalertscript_103_assignfeedback_file_/feedback.html",
    ]
    assert "no number; left out: roe." in done.stdout


def test_canvas_finds_the_work_by_numbers_that_no_student_chose(course, tmp_path):
    """The person's own, and that of the attachment behind it."""
    done = feedback(course, "--release", "--as", "canvas", "--to", str(tmp_path / "c.zip"))
    assert done.exit_code == 0, done.output
    assert zipfile.ZipFile(tmp_path / "c.zip").namelist() == ["janedoe_12_9000_feedback.html"]
    assert "no number; left out: poe, roe." in done.stdout  # a file of poe's says 14, not 13


def test_gradescope_and_nbgrader(course, tmp_path):
    """The same words in their places; a folder that is no nbgrader course is refused."""
    done = feedback(course, "--release", "--as", "gradescope", "--to", str(tmp_path / "g"))
    assert done.exit_code == 0, done.output
    told = json.loads((tmp_path / "g" / "doe" / "results.json").read_text("utf-8"))
    assert "public" in told["tests"][0]["output"]
    words = ("--release", "--as", "nbgrader", "--to", str(tmp_path / "n"))
    assert feedback(course, *words).exit_code == 2
    (tmp_path / "n").mkdir()
    (tmp_path / "n" / "nbgrader_config.py").write_text("raise SystemExit('it was run')\n")
    done = feedback(course, *words)
    assert done.exit_code == 0, done.output
    pages = (tmp_path / "n" / "feedback").rglob("*.html")
    there = sorted(str(path.relative_to(tmp_path / "n" / "feedback")) for path in pages)
    assert there == [f"{student}/small/small.html" for student in ("doe", "poe", "roe")]


def test_pages_in_a_browser(course, tmp_path, root):
    """On a phone and on a desk, light and dark: no message, no request, nobody left out."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("chromium is not installed")
    wrong = root / "reference" / "assignment3" / "submissions" / "wrong_typical_mistakes.py"
    here = ("--course", str(course))
    for words, code in (
        (("feedback", "small", *here, "--release", "--to", str(tmp_path)), 0),
        (("review", "small", *here, "--to", str(tmp_path / "review.html")), 0),
        (("show", "doe", "small", *here, "--html", str(tmp_path / "show.html")), 0),
        (
            ("check", "assignment3", str(wrong), "--course", str(root), "--html", "--to",
             str(tmp_path / "check.html")),
            1,
        ),
    ):  # fmt: skip
        assert CliRunner().invoke(app, words).exit_code == code
    said: list[str] = []
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for width, scheme in ((360, "dark"), (1280, "light")):
            view = browser.new_page(
                viewport={"width": width, "height": 800}, color_scheme=scheme
            )
            view.on("console", lambda message: said.append(message.text))
            view.on("request", lambda request: said.append(request.url))
            for name in ("doe", "show", "check", "review"):
                view.goto(f"file://{tmp_path}/{name}.html")
                view.evaluate(
                    "document.querySelectorAll('details').forEach(d => d.open = true)"
                )
                assert view.evaluate("document.documentElement.scrollWidth") <= width
                assert view.evaluate(
                    "[...document.querySelectorAll('.checks td')]"
                    ".every(cell => cell.getBoundingClientRect().right <= innerWidth)"
                ), f"the points of {name} are out of sight"
                assert axe.run(view).response["violations"] == [], name
            view.fill("#filter", "jane")
            assert view.inner_text("#count") == "1 of 4"
            view.fill("#filter", "")
            view.click("text=Points >> nth=-1")
            column = "#students tbody tr td:nth-child(3)"
            assert view.locator(column).all_inner_texts() == ["10", "14", "15", "20"]
            view.click("text=Points >> nth=-1")
            assert view.locator(column).first.inner_text() == "20"
        browser.close()
    assert [one for one in said if not one.startswith(("file://", "data:image/png"))] == []
