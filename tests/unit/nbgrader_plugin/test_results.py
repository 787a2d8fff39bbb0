"""Scores, comments and outputs from verdicts."""

from __future__ import annotations

import pytest

from autograder.model import Diagnosis, Status
from autograder.nbgrader_plugin.restore import restore
from autograder.nbgrader_plugin.results import results, show
from tests.unit.nbgrader_plugin.support import release, report


def restored(**answers: str) -> dict:
    """The release with these answers."""
    submitted = release()
    for one in submitted["cells"]:
        name = one["metadata"].get("nbgrader", {}).get("grade_id", "")
        one["source"] = answers.get(name, one["source"])
    return restore(submitted["cells"], release())


def test_a_check_s_share_of_the_cell_s_points():
    """A release may say that a cell is worth something else than the check is now."""
    found = restored(f="def f(): pass")
    assert results(found, report()).scores["check-f"] == 1.0
    found["cells"][2]["metadata"]["nbgrader"]["points"] = 10.0
    assert results(found, report()).scores["check-f"] == 2.5
    assert results(found, report(points=4.0)).scores["check-f"] == 10.0


@pytest.mark.parametrize("status", [Status.GRADER_FAULT, Status.SKIPPED])
def test_our_fault_is_no_score(status):
    """A person decides, and nothing below the cell looks like a score."""
    found = restored(f="def f(): pass")
    assert results(found, report(status=status, points=0.0)).scores["check-f"] is None
    show(found, report(status=status, points=0.0))
    kinds = [one["output_type"] for one in found["cells"][2]["outputs"]]
    assert kinds == ["display_data"]


def test_a_check_that_is_gone_is_no_score():
    """The course has no such check any more."""
    assert results(restored(), report(id="g")).scores["check-f"] is None


def test_questions():
    """Unwritten is 0, written waits for a person, and so does one that is missing."""
    assert results(restored(), report()).scores["why"] == 0.0
    assert results(restored(why="Because."), report()).scores["why"] is None
    without = release()
    del without["cells"][3]
    assert results(restore(without["cells"], release()), report()).scores["why"] is None


def test_an_unreadable_notebook_waits_for_a_person():
    """Every score is open, and every comment says why."""
    found = restore([], release(), "its JSON breaks off")
    outcome = results(found, None)
    assert set(outcome.scores.values()) == {None}
    assert set(outcome.comments.values()) == {
        "This notebook could not be read: its JSON breaks off"
    }


def test_comments_are_markdown_in_which_nothing_is_active():
    """What came from a student is neither HTML nor a link, an image or a formula."""
    said = "<img src=x> ![a](http://b) `c` $d$ **e** __f__ g_h Y.shape[1]"
    verdict = report(message=said, diagnosis=Diagnosis("x", "Use 1 - A1**2."))
    comment = results(restored(f="def f(): pass"), verdict).comments["f"]
    assert comment == (
        "**f: partly right, 1 of 4 points**\n\n"
        r"&lt;img src=x> ![a\](http://b) \`c\` \$d\$ \*\*e\*\* \_\_f\_\_ g_h Y.shape[1]"
        "\n\n"
        r"Likely: Use 1 - A1\*\*2."
    )


def test_nothing_to_say_is_no_comment():
    """All points without a remark."""
    verdict = report(status=Status.PASSED, points=4.0, message="")
    assert results(restored(f="def f(): pass"), verdict).comments["f"] is None


def test_remarks_come_first():
    """What was repaired stands above the notebook, for the student too."""
    found = restore([], release())
    show(found, report())
    assert found["cells"][0]["source"].startswith("**Remarks on this notebook**\n\n- The cell")
    assert found["cells"][0]["metadata"] == {}
