"""`grade explain`: one sentence for a group, over a real gradebook."""

from __future__ import annotations

import json
import re

import msgspec
import pytest
from msgspec.structs import replace
from typer.testing import CliRunner

from autograder.batch.practice import public_basis
from autograder.batch.running import basis
from autograder.cli.app import app
from autograder.gradebook import Gradebook
from autograder.gradebook.entries import Basis
from tests.gradebooks import EVIL, SECRET, fill, report
from tests.support import make_course

SAID = "Take 2 * x. </td><script>alert(3)</script>\x1b[2J"


def unexplained(assignment, answer: str, points: float = 4.0, seed: int = SECRET):
    """A report in which no misconception is recognised, and the answer is this one."""
    made = report(assignment, "secret", points, seed)
    double = replace(made.checks[0], diagnosis=None, answer=answer)
    return replace(made, checks=(double, made.checks[1]))


@pytest.fixture
def small(tmp_path):
    """A course and its gradebook: doe and poe answer alike, roe otherwise, zoe is right."""
    assignment = make_course(tmp_path)
    with Gradebook.open(str(tmp_path / "gradebook.db")) as book:
        ids = fill(book, assignment, tmp_path, {"doe": 4, "poe": 4, "roe": 4, "zoe": 10})
        regrade(book, assignment, ids, {"doe": "a", "poe": "a", "roe": "b"})
        for number in ids.values():
            public = unexplained(assignment, "c", seed=0)
            book.record_practice(
                number, public, public_basis(assignment), seconds=1, engine="local"
            )
    return assignment, ids


def regrade(book, assignment, ids, answers, key: str | None = None):
    """Record these answers on another basis, which counts."""
    on = basis(assignment, SECRET)
    on = (
        on
        if key is None
        else Basis(assignment=on.assignment, seed=on.seed, key=key, framework=on.framework)
    )
    run = book.begin(assignment.name, "regrade", "local", [])
    for student, answer in answers.items():
        made = unexplained(assignment, answer)
        assert book.record(ids[student], run, made, on, seconds=1, engine="local", again=True)


def grade(small, *words: str):
    """Run a command over the course."""
    root = small[0].folder.parents[1]
    return CliRunner().invoke(app, [*words, "--course", str(root)])


def groups(small) -> dict[str, dict]:
    """By the students of each, joined by "+", the groups of the review."""
    done = grade(small, "explain", "small", "--json")
    assert done.exit_code == 0, done.output
    return {"+".join(one["students"]): one for one in json.loads(done.stdout)["groups"]}


def said(small) -> dict[str, str]:
    """What the teacher says to each student."""
    with Gradebook.open(str(small[0].folder.parents[1] / "gradebook.db")) as book:
        rows = book.rows("small")
    return {row.student: row.report.checks[0].explained for row in rows}


def test_everybody_in_the_group_reads_it_and_nobody_else(small, tmp_path):
    """In `show`, on the feedback page and in the exports; escaped, and points stay."""
    before = grade(small, "gradebook", "small").stdout
    name = groups(small)["doe+poe"]["name"]
    done = grade(small, "explain", "small", name, SAID)
    assert done.exit_code == 0, done.output
    assert "Read by 2 students: doe, poe." in done.stdout
    assert "\x1b" not in done.stdout
    assert {who for who, words in said(small).items() if words} == {"doe", "poe"}
    assert grade(small, "gradebook", "small").stdout == before
    shown = grade(small, "show", "doe", "small").stdout
    assert "Teacher" in shown
    assert "Take 2 * x." in shown
    assert "\x1b[2J" not in shown
    assert "Take 2 * x." not in grade(small, "show", "roe", "small").stdout
    to = tmp_path / "pages"
    done = grade(small, "feedback", "small", "--to", str(to))
    assert done.exit_code == 0, done.output
    page = (to / "doe.html").read_text("utf-8")
    assert "Take 2 * x. &lt;/td&gt;" in page
    assert "<script>" not in page
    assert "Take 2 * x." not in (to / "roe.html").read_text("utf-8")
    out = tmp_path / "out"
    words = ["export", "gradescope", "small", "--to", str(out)]
    done = grade(small, *words)
    assert done.exit_code == 0, done.output
    assert "Teacher: Take 2 * x." in (out / "poe" / "results.json").read_text("utf-8")


def test_the_review_shows_it_as_explained(small, tmp_path):
    """In a table of its own; what waits is shown with the command."""
    mine = groups(small)
    grade(small, "explain", "small", mine["doe+poe"]["name"], SAID)
    to = tmp_path / "review.html"
    grade(small, "review", "small", "--to", str(to))
    page = to.read_text("utf-8")
    waiting, explained = page.split("Answers that you have explained</h2>")
    assert mine["roe"]["name"] in waiting
    assert f"grade explain small {mine['roe']['name']}" in waiting
    assert mine["doe+poe"]["name"] not in waiting
    assert "Take 2 * x. &lt;/td&gt;" in explained
    assert page.count("<script>") == 1
    assert groups(small)["doe+poe"]["explained"].startswith("Take 2 * x.")


def test_it_follows_the_answer_when_a_class_is_graded_again(small):
    """By other checks: the same answer keeps its sentence, another one loses it, and gets that
    of its own group.
    """
    assignment, ids = small
    grade(small, "explain", "small", groups(small)["doe+poe"]["name"], "Take 2 * x.")
    with Gradebook.open(str(assignment.folder.parents[1] / "gradebook.db")) as book:
        regrade(book, assignment, ids, {"doe": "a", "poe": "z", "roe": "a"}, key="new")
    assert {who for who, words in said(small).items() if words} == {"doe", "roe"}


def test_the_last_sentence_holds_and_can_be_taken_back(small):
    """A name may be cut short; one that there is not, and a sentence too long, are refused."""
    name = groups(small)["doe+poe"]["name"]
    grade(small, "explain", "small", name, "One.")
    grade(small, "explain", "small", name[:3].upper(), "Two.")
    assert said(small)["doe"] == "Two."
    done = grade(small, "explain", "small", name, "--take-back")
    assert done.exit_code == 0, done.output
    assert said(small)["doe"] == ""
    wrong = grade(small, "explain", "small", "zzzzzz", "No.")
    assert wrong.exit_code == 2
    assert "has no group 'zzzzzz'" in wrong.output
    empty = grade(small, "explain", "small", name, " ")
    assert empty.exit_code == 2
    long = grade(small, "explain", "small", name, "x" * 1001)
    assert (long.exit_code, "1001 characters" in long.output) == (2, True)


def test_a_sentence_that_nobody_reads_is_listed(small):
    """After everybody has answered otherwise."""
    assignment, ids = small
    name = groups(small)["roe"]["name"]
    grade(small, "explain", "small", name, "Once.")
    with Gradebook.open(str(assignment.folder.parents[1] / "gradebook.db")) as book:
        regrade(book, assignment, ids, {"doe": "a", "poe": "a", "roe": "a"}, key="new")
    listed = grade(small, "explain", "small").stdout
    assert "Sentences about answers that nobody gives now" in listed
    assert "Once." in listed
    assert grade(small, "explain", "small", name, "--take-back").exit_code == 0


def test_a_draft_holds_the_code_and_names_nobody(small):
    """Beside the reference, read by nothing; the author moves it."""
    name = groups(small)["doe+poe"]["name"]
    done = grade(small, "explain", "small", name, 'Take "2 * x".', "--keep")
    assert done.exit_code == 0, done.output
    folder = small[0].reference / "drafts" / f"double-{name}"
    draft = (folder / "misconception.py").read_text("utf-8")
    assert f'@misconception("Take \\"2 * x\\".")\ndef double__{name}(x):' in draft
    assert "return x**2" in (folder / f"wrong_{name}.py").read_text("utf-8")
    assert f'double = "double__{name}"' in (folder / "expected.toml").read_text("utf-8")
    assert not re.search(r"\bdoe\b", "".join(path.read_text() for path in folder.iterdir()))
    assert EVIL not in draft
    assert msgspec.toml.decode((folder / "expected.toml").read_bytes())
