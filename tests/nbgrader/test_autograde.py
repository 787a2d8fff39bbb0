"""A class through nbgrader: the same points by every way, and no notebook stops the others."""

from __future__ import annotations

import contextlib
import json

import pytest
from bs4 import BeautifulSoup

from autograder.answers.key import Draw
from autograder.course import course as courses
from autograder.grading.report import PUBLIC_SEED
from autograder.model import Tier
from autograder.sandbox.host import confinement
from tests.missing import missing
from tests.nbgrader.conftest import NAME, NOTEBOOK, UNLIKE, graded, run
from tests.nbgrader.mangles import MANGLES

# Each of these waits for a class of seventy to be graded, by real commands.
pytestmark = pytest.mark.timeout(3600)

PERSON = "answer-A-question-to-think-about"


def test_stock_nbgrader_gives_none_and_all(by_stock):
    """Without our preprocessor the checks in the notebook decide, from the recording."""
    assert by_stock.points("unfilled") == 0
    assert by_stock.points("filled") == 100


def test_our_preprocessor_gives_none_and_all(by_nbgrader):
    """With it, the same."""
    assert by_nbgrader.points("unfilled") == 0
    assert by_nbgrader.points("filled") == 100


def test_partial_credit_comes_with_a_comment(by_nbgrader):
    """Some of a check's points, and beside the answer why, as Markdown that hides nothing."""
    score = float(by_nbgrader.rows["partial"]["forward_propagation"]["score"])
    assert 0 < score < 15
    comment = by_nbgrader.comment("partial", "forward_propagation")
    assert "**forward_propagation: partly right" in comment
    assert "Likely: Your hidden layer uses the sigmoid." in comment
    assert by_nbgrader.comment("filled", "forward_propagation") is None


def test_a_question_waits_for_a_person(by_nbgrader):
    """An answer is not scored; one that was not written is 0."""
    written, unwritten = (by_nbgrader.rows[who][PERSON] for who in ("partial", "filled"))
    assert (written["auto_score"], written["needs_manual_grade"]) == ("", "yes")
    assert (unwritten["auto_score"], unwritten["needs_manual_grade"]) == ("0", "no")


@pytest.mark.parametrize("name", MANGLES)
def test_mangled_notebooks_get_their_verdict(name, by_grade):
    """Each as it is stated, by `grade batch`."""
    assert by_grade.points(name) == MANGLES[name][1]


def test_nothing_stopped_the_class(by_nbgrader, by_grade):
    """Every student has a graded notebook, and nbgrader saw no error."""
    assert "error processing" not in by_nbgrader.said
    for one in (by_nbgrader, by_grade):
        for student in (one.folder / "submitted").iterdir():
            path = one.folder / "autograded" / student.name / NAME / f"{NOTEBOOK}.ipynb"
            assert json.loads(path.read_text("utf-8"))["nbformat"] == 4
            assert path.with_name("timestamp.txt").is_file()


@pytest.mark.parametrize(
    ("student", "remark"),
    [
        ("more_points", "The cell check-sigmoid had other settings (points); restored."),
        ("edited_check", "The cell check-sigmoid was changed, and is restored."),
        ("deleted_checks", "The cell check-predict was deleted, and is back."),
        ("deleted_answer", "The cell sigmoid was deleted; its place is back, empty."),
        ("copied_answer", "The cell sigmoid was there 2 times; the last one that was written"),
        ("renamed_ids", "The cell sigmoid had lost its id, and was found by what it defines."),
        ("as_markdown", "The cell sigmoid had other settings (type); restored."),
        ("broken_off", "is not a whole notebook"),
        ("linked", "is a link to another file"),
    ],
)
def test_what_was_mended_is_said_by_name(student, remark, by_nbgrader):
    """In nbgrader's log for the instructor, and in the notebook for the student."""
    lines = by_nbgrader.said.splitlines()
    assert any(f"{student}:" in line and remark in line for line in lines)
    path = by_nbgrader.folder / "autograded" / student / NAME / f"{NOTEBOOK}.ipynb"
    first = json.loads(path.read_text("utf-8"))["cells"][0]
    assert remark in "".join(first["source"])


def test_nobody_speaks_in_the_grader_s_name(by_nbgrader, by_grade):
    """What a notebook says of itself in our metadata is no comment, and no remark."""
    for one in (by_nbgrader, by_grade):
        assert "please" not in str(one.comment("claims_unreadable", "sigmoid"))
        path = one.folder / "autograded" / "claims_unreadable" / NAME / f"{NOTEBOOK}.ipynb"
        assert "please" not in path.read_text("utf-8")


def test_a_link_is_not_followed(by_nbgrader):
    """A notebook that leads to the secret seed is not read: a person has to look."""
    assert by_nbgrader.points("linked") is None


def test_hostile_code_gets_what_it_deserves(by_nbgrader, by_grade):
    """It reaches neither gradebook nor seed, and its patches judge nothing."""
    if confinement.tier() is Tier.D:
        missing("tier D: nothing keeps code from this user's files on this machine")
    for one in (by_nbgrader, by_grade):
        assert one.points("hostile") == 0
        assert one.query("select count(*) from grade where manual_score = 99") == [(0,)]
        seed = (one.folder / "gradebook.seed").read_text().strip()
        page = one.folder / "autograded" / "hostile" / NAME / f"{NOTEBOOK}.ipynb"
        assert seed not in page.read_text("utf-8")


def test_what_students_read_shows_no_secret_input(by_nbgrader, by_grade, own_course):
    """An error that shows its inputs shows the practice inputs alone."""
    assignment = courses.load(own_course).assignment(NAME)
    for one in (by_nbgrader, by_grade):
        assert one.points("leaking") == 5
        path = one.folder / "autograded" / "leaking" / NAME / f"{NOTEBOOK}.ipynb"
        notebook = json.loads(path.read_text("utf-8"))
        comments = [one.comment("leaking", name) or "" for name in ("layer_sizes", "predict")]
        seed = int((one.folder / "gradebook.seed").read_text())
        check = next(check for check in assignment.checks if check.id == "layer_sizes")
        shown = {}
        for drawn in (seed, PUBLIC_SEED):
            with contextlib.suppress(_Given):
                check.probe(_Gives(), None, Draw(drawn, NAME, check.id, 0).rng())
            shown[drawn] = f"{_Given.first:.6f}"[:8]
        said = json.dumps(notebook) + "".join(comments)
        assert shown[PUBLIC_SEED] in said
        assert shown[seed] not in said
        assert "inputs that stay hidden" in "".join(notebook["cells"][0]["source"])
    parts = f"{notebook['metadata']['autograder']}"
    assert str(seed) not in parts


class _Given(Exception):
    """What a probe hands over."""

    first = 0.0


class _Gives:
    def layer_sizes(self, X, Y, n_h):
        _Given.first = float(X.ravel()[0])
        raise _Given


def test_a_class_in_one_command_gives_the_same(by_nbgrader, by_grade):
    """`grade batch` writes what `nbgrader autograde` does, check by check."""
    assert "is an nbgrader course" in by_grade.said
    assert by_grade.rows.keys() > by_nbgrader.rows.keys() >= UNLIKE
    assert {name: by_grade.rows[name] for name in by_nbgrader.rows} == by_nbgrader.rows
    for student in ("partial", "more_points", "broken_off"):
        kept = []
        for one in (by_grade, by_nbgrader):
            path = one.folder / "autograded" / student / NAME / f"{NOTEBOOK}.ipynb"
            cells = json.loads(path.read_text("utf-8"))["cells"]
            kept.append([("".join(c["source"]), c.get("outputs")) for c in cells])
            assert one.comment(student, "sigmoid") == by_nbgrader.comment(student, "sigmoid")
        assert [source for source, _ in kept[0]] == [source for source, _ in kept[1]]


def test_manual_scores_survive(by_grade):
    """What a person has scored stays when a submission is graded again, and counts."""
    by_grade.query(
        "update grade set manual_score = 3.5 where id in (select grade.id from grade"
        " join base_cell on base_cell.id = cell_id"
        " join submitted_notebook as book on book.id = grade.notebook_id"
        " join submitted_assignment as work on work.id = book.assignment_id"
        " where student_id = 'filled' and base_cell.name = 'check-sigmoid')"
    )
    command = ["grade", "nbgrader", "autograde", NAME, "--force", "--student", "filled"]
    run(*command, at=by_grade.folder)
    found = by_grade.query(
        "select auto_score, score from (select auto_score, manual_score as"
        " score from grade where manual_score is not null)"
    )
    assert found == [(5.0, 3.5)]


def test_what_has_not_changed_is_not_graded_again(by_grade):
    """A second run finds every notebook as it was, and one that was handed in again.

    It brings the names that a roster has.
    """
    folder = by_grade.folder
    people = folder / "people.csv"
    people.write_text('login,name,email\nfilled,"Roe, Ann Bo",ann@example.edu\n')
    command = ["grade", "nbgrader", "autograde", NAME, "--jobs", "1"]
    said = run(*command, "--student", "partial", "--roster", str(people), at=folder)
    assert "0 graded, 1 unchanged." in said
    assert said.startswith("Not on the roster: ")
    query = "select first_name, last_name, email from student where id in ('filled', 'partial')"
    named = by_grade.query(f"{query} order by id")
    assert named == [("Ann Bo", "Roe", "ann@example.edu"), (None, None, None)]
    names = ["--student", "unfilled", "--student", "partial"]
    assert "0 graded, 2 unchanged." in run(*command, *names, at=folder)
    better = (folder / "submitted" / "filled" / NAME / f"{NOTEBOOK}.ipynb").read_bytes()
    (folder / "submitted" / "unfilled" / NAME / f"{NOTEBOOK}.ipynb").write_bytes(better)
    assert "1 graded, 1 unchanged." in run(*command, *names, at=folder)


def test_feedback_pages_say_what_was_said(by_nbgrader, by_grade):
    """nbgrader's pages and ours, for the same notebook: diagnosis, comment and question."""
    run("nbgrader", "generate_feedback", NAME, "--student", "partial", at=by_nbgrader.folder)
    command = ["grade", "nbgrader", "autograde", NAME, "--student", "partial", "--feedback"]
    run(*command, at=by_grade.folder)
    pages = []
    for one in (by_nbgrader, by_grade):
        path = one.folder / "feedback" / "partial" / NAME / f"{NOTEBOOK}.html"
        page = path.read_text("utf-8")
        assert page.count("Your hidden layer uses the sigmoid.") == 1, "below the check"
        assert '<a href="#check-sigmoid">sigmoid</a>' in page
        assert "Remarks on this notebook" in page
        assert "layer_sizes" in page
        pages.append(str(BeautifulSoup(page, "html.parser")))
    assert pages[0] == pages[1]


def test_a_page_may_take_some_time_and_no_more(by_grade):
    """Whose page takes longer than it may is told apart, and the next one is written."""
    program = (
        "from autograder.nbgrader_plugin import work; import sys\n"
        "for work.PAGE_SECONDS in (0.01, 60.0):\n"
        "    print(work.write_feedback(sys.argv[1], sys.argv[2], ['filled']))"
    )
    said = run("python", "-c", program, str(by_grade.folder), NAME, at=by_grade.folder)
    assert "{'filled': 'TimeoutError: it takes longer than 0.01 s'}" in said
    assert said.endswith("{}\n")


def test_a_course_is_made_once(by_grade, own_course):
    """`grade nbgrader init` again changes nothing that is there."""
    before = (by_grade.folder / "nbgrader_config.py").read_text()
    command = ["grade", "nbgrader", "init", str(by_grade.folder), "--assignment", NAME]
    said = run(*command, "--course", str(own_course), at=own_course)
    assert said.startswith("\nNext: ")
    assert (by_grade.folder / "nbgrader_config.py").read_text() == before


def test_exported_names_are_no_formulas(by_grade):
    """A student's name in a table is quoted, and never something that a spreadsheet runs."""
    name = '=HYPERLINK("http://x","y")'
    by_grade.query("update student set last_name = ? where id = 'filled'", name)
    again = graded(by_grade.folder, "")
    assert again.rows["filled"]["sigmoid"]["last_name"] == "'" + name
    line = next(
        line
        for line in (by_grade.folder / "checks.csv").read_text("utf-8").splitlines()
        if "HYPERLINK" in line
    )
    assert '"\'=HYPERLINK(""http://x"",""y"")"' in line
