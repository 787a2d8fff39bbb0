"""One student's work, as a teacher sees it: in a terminal, on a page, for programs."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from autograder.cli.app import app
from autograder.gradebook import Gradebook
from tests.gradebooks import fill
from tests.support import make_course


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """A course of one assignment, with a gradebook of two graded students."""
    folder = tmp_path_factory.mktemp("course")
    assignment = make_course(folder)
    with Gradebook.open(str(folder / "gradebook.db")) as book:
        fill(book, assignment, folder, {"doe": 4.0, "poe": 10.0})
    return folder


def show(course: Path, *words: str) -> Result:
    """What `grade show` does."""
    return CliRunner().invoke(app, ["show", *words, "small", "--course", str(course)])


@pytest.mark.parametrize("name", ["doe", "DOE@example.edu", "Doe, Jane", "12"])
def test_a_person_is_found_by_any_name(course, name):
    """As the roster finds people; the page names them once, as the roster does."""
    done = show(course, name)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Jane Doe (doe), small: 14 / 20 points\n")
    assert done.stdout.count("Jane Doe") == 1


def test_the_code_stands_with_the_verdict(course):
    """The numbered lines of the function that misses points, and nothing invisible."""
    said = show(course, "doe").stdout
    assert "3 def double(x):\n  4     return x**2  # </script>\\x1b[2J\n" in said
    assert "print(1)" not in said
    assert "counts" in said.split("All gradings")[1]
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_nobody_and_nothing(course):
    """A name that is nearly somebody's is offered; who handed in nothing is said by name."""
    done = show(course, "Jane Do")
    assert (done.exit_code, "Did you mean 'Jane Doe'?" in done.stderr) == (2, True)
    done = show(course, "zoe")
    assert done.exit_code == 2
    assert "Zoe Ray (zoe) has handed in nothing for small" in done.stderr


def test_programs_read_all_of_it(course):
    """Who, what counts, every grading and the code, as one object for instructors."""
    told = json.loads(show(course, "doe", "--json").stdout)
    assert told["for"].startswith("for instructors only")
    assert (told["student"], told["name"]) == ("doe", "Jane Doe (doe)")
    assert told["counts"]["points"] == 14.0
    assert [past["points"] for past in told["gradings"] if past["counts"]] == [14.0]
    assert told["code"][0]["source"].startswith("import numpy")


def test_a_page_runs_and_loads_nothing(course, tmp_path):
    """Whatever a student wrote is text; the policy allows no script and no request."""
    done = show(course, "poe", "--html", str(tmp_path / "poe.html"))
    assert done.exit_code == 0, done.output
    show(course, "doe", "--html", str(tmp_path / "doe.html"))
    for name in ("poe", "doe"):
        page = (tmp_path / f"{name}.html").read_text("utf-8")
        assert "default-src 'none'" in page
        assert "For instructors only" in page
        assert Tags(page).names.isdisjoint({"script", "img", "iframe", "link", "form"})
        assert "\x1b" not in page
    assert "return x**2" in page


class Tags(HTMLParser):
    """The names of a page's tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
