"""A submitted notebook, rebuilt from the release."""

from __future__ import annotations

import copy
import json

import pytest

from autograder.nbgrader_plugin.restore import MAX_OWN, MAX_TEXT, Found, found_in, restore
from tests.unit.nbgrader_plugin.support import STUB, cell, notebook, release

WRITTEN = "def f():\n    return 1"


def sources(submitted: dict) -> list[str]:
    """The texts of the restored cells."""
    return [one["source"] for one in restore(submitted["cells"], release())["cells"]]


def test_what_was_handed_out_comes_back_as_it_was():
    """Nothing to repair, and both answers untouched."""
    found = found_in(restore(release()["cells"], release()))
    assert found == Found(untouched=("f", "why"))


def test_a_written_answer_is_taken_and_nothing_else():
    """Every other property of the cell is the release's."""
    submitted = release()
    submitted["cells"][1] = cell(WRITTEN, "f", solution=True, points=99, extra="x")
    submitted["cells"][1]["outputs"] = [{"output_type": "stream"}]
    restored = restore(submitted["cells"], release())["cells"][1]
    assert restored["source"] == WRITTEN
    assert restored["metadata"] == release()["cells"][1]["metadata"]
    assert restored["outputs"] == []


def test_restoring_twice_changes_nothing():
    """What is restored needs no repair."""
    once = restore(release()["cells"], release())
    assert restore(once["cells"], release()) == once


def test_own_cells_stay_where_they_were():
    """Below the cell that they followed, with no more than their text."""
    submitted = release()
    submitted["cells"].insert(2, cell("helper = 1", "stolen", locked=True, points=5))
    restored = restore(submitted["cells"], release())["cells"][2]
    assert (restored["source"], restored["metadata"]) == ("helper = 1", {})


def test_code_in_a_check_is_kept_beside_it():
    """A student who wrote there loses nothing, and the check is the release's."""
    submitted = release()
    submitted["cells"][2]["source"] = 'tolerance = 3\ncheck("f")'
    assert sources(submitted)[2:4] == ['tolerance = 3\ncheck("f")', 'check("f")']


def test_an_unreadable_notebook_has_its_reason_alone():
    """What is not there was not deleted by anybody."""
    found = found_in(restore([], release(), "it broke"))
    assert (found.unreadable, found.changes) == ("it broke", ())


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [{}],
        [{"cell_type": 3, "source": 5, "metadata": 7, "id": []}],
        [{"cell_type": "code", "metadata": {"nbgrader": {"grade_id": {}}}}],
        [{"source": [STUB], "metadata": {"nbgrader": {"grade_id": "f"}}}],
        [{"cell_type": "markdown", "attachments": {"a": {"image/png": 3}, "b": []}}],
    ],
)
def test_no_notebook_brings_it_down(cells):
    """Whatever the cells are, the release comes back, as JSON."""
    restored = restore(cells, release())
    texts = [one["source"] for one in restored["cells"]]
    assert [text for text in texts if text] == [one["source"] for one in release()["cells"]]
    json.dumps(restored)


def test_the_code_that_counts_is_the_code_that_is_shown():
    """A changed copy that still waits for its code stands beside the answer."""
    submitted = release()
    submitted["cells"][1]["source"] = WRITTEN
    submitted["cells"].insert(2, cell(f"# later\n{STUB}", "f", solution=True))
    assert sources(submitted)[1:3] == [f"# later\n{STUB}", WRITTEN]


def test_pasted_pictures_stay_and_nothing_else():
    """A picture in an answer is part of it; a drawing that can hold a program is not."""
    submitted = release()
    picture = {"image/png": "iVBORw0KGgo=\n"}
    hostile = {"image/svg+xml": "<svg onload='x()'>", "image/png": "x' onerror='y()"}
    submitted["cells"][3] |= {
        "source": "![](attachment:a.png)",
        "attachments": {"a.png": picture, "b.svg": hostile, "c": 3},
    }
    restored = restore(submitted["cells"], release())["cells"][3]
    assert restored["attachments"] == {"a.png": picture}


def test_the_release_itself_is_never_changed():
    """One release serves a whole class."""
    pristine = release()
    before = copy.deepcopy(pristine)
    restored = restore(notebook(cell(WRITTEN, "f", solution=True))["cells"], pristine)
    restored["cells"][0]["metadata"]["nbgrader"]["points"] = 5
    assert pristine == before


def test_what_would_run_is_shown_as_text_and_said():
    """By the name of the cell, in answers and in cells beside them; honest text stays."""
    submitted = release()
    submitted["cells"][3]["source"] = "It **works**, $a<b$. <script>run()</script>"
    submitted["cells"].append(cell("[x](javascript:run()) List<int>", kind="markdown"))
    restored = restore(submitted["cells"], release())
    assert restored["cells"][3]["source"] == "It **works**, $a< b$. < script>run()< /script>"
    assert restored["cells"][-1]["source"] == "[x] (javascript:run()) List< int>"
    assert found_in(restored).changes == (
        "A cell beside the answers holds a link that is not to http, https or mail; that is "
        "shown as text.",
        "The cell why holds a script; that is shown as text.",
    )


def test_something_attached_that_is_no_picture_is_said():
    """What does not come along is not left out in silence."""
    submitted = release()
    submitted["cells"][3] |= {"source": "x", "attachments": {"a": {"image/svg+xml": "<svg>"}}}
    (said,) = found_in(restore(submitted["cells"], release())).changes
    assert said.startswith("The cell why has something attached that is no picture")


def test_a_page_is_bounded():
    """Cells beside the answers, and the text of one, are shown up to a number that is said."""
    submitted = release()
    submitted["cells"][3]["source"] = "x" * (MAX_TEXT + 1000)
    submitted["cells"] += [cell(f"y{n}", kind="raw") for n in range(2000)]
    restored = restore(submitted["cells"], release())
    assert len(restored["cells"]) == len(release()["cells"]) + MAX_OWN
    assert restored["cells"][3]["source"].endswith("… and 1,000 more characters")
    assert found_in(restored).changes[-1] == (
        f"{2000 - MAX_OWN:,} more cells beside the answers are not shown here."
    )
