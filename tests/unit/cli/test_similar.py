"""`grade similar`: the command, over a real gradebook."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from autograder.cli.app import app
from autograder.gradebook import Gradebook
from tests.gradebooks import fill
from tests.support import make_course


def test_pairs_are_listed_with_what_they_share(tmp_path):
    """As a table, as JSON for instructors, and on the review page; one alone has no pair."""
    assignment = make_course(tmp_path)
    course = ["--course", str(tmp_path)]
    with Gradebook.open(str(tmp_path / "gradebook.db")) as book:
        fill(book, assignment, tmp_path, {"doe": 4.0, "poe": 4.0, "zoe": 10.0})
    done = CliRunner().invoke(app, ["similar", "small", *course])
    assert done.exit_code == 0, done.output
    assert "doe and poe" in done.stdout
    assert "no accusation" in done.stdout
    assert "\x1b" not in done.stdout
    told = json.loads(CliRunner().invoke(app, ["similar", "small", "--json", *course]).stdout)
    assert told["for"].startswith("for instructors only")
    [pair] = [one for one in told["pairs"] if one["answers"]]
    assert pair["students"] == ["doe", "poe"]
    to = tmp_path / "page.html"
    words = ["review", "small", "--similar", "--to", str(to), *course]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert "<h2>Similar submissions</h2>" in to.read_text("utf-8")


def test_one_alone_has_nobody_to_be_compared_with(tmp_path):
    """It says so."""
    assignment = make_course(tmp_path)
    with Gradebook.open(str(tmp_path / "gradebook.db")) as book:
        fill(book, assignment, tmp_path, {"doe": 4.0})
    done = CliRunner().invoke(app, ["similar", "small", "--course", str(tmp_path)])
    assert (done.exit_code, "nobody to compare" in done.output) == (2, True)
