"""A submitted notebook, rebuilt from the release."""

from __future__ import annotations

import copy
import json

import pytest

from autograder.nbgrader_plugin.restore import Found, found_in, restore, unreadable
from autograder.nbgrader_plugin.results import submission_of
from tests.unit.nbgrader_plugin.support import STUB, cell, notebook, release

WRITTEN = "def f():\n    return 1"


def sources(submitted: dict) -> list[str]:
    """The texts of the restored cells."""
    return [one["source"] for one in restore(submitted, release())["cells"]]


def test_what_was_handed_out_comes_back_as_it_was():
    """Nothing to mend, and both answers untouched."""
    found = found_in(restore(release(), release()))
    assert found == Found(untouched=("f", "why"))


def test_a_written_answer_is_taken_and_nothing_else():
    """Every other property of the cell is the release's."""
    submitted = release()
    submitted["cells"][1] = cell(WRITTEN, "f", solution=True, points=99, extra="x")
    submitted["cells"][1]["outputs"] = [{"output_type": "stream"}]
    restored = restore(submitted, release())["cells"][1]
    assert restored["source"] == WRITTEN
    assert restored["metadata"] == release()["cells"][1]["metadata"]
    assert restored["outputs"] == []


def test_restoring_twice_changes_nothing():
    """What is restored needs no mending."""
    once = restore(release(), release())
    assert restore(once, release()) == once


def test_own_cells_stay_where_they_were():
    """Below the cell that they followed, with no more than their text."""
    submitted = release()
    submitted["cells"].insert(2, cell("helper = 1", "stolen", locked=True, points=5))
    restored = restore(submitted, release())["cells"][2]
    assert (restored["source"], restored["metadata"]) == ("helper = 1", {})


def test_code_in_a_check_is_kept_beside_it():
    """A student who wrote there loses nothing, and the check is the release's."""
    submitted = release()
    submitted["cells"][2]["source"] = 'tolerance = 3\ncheck("f")'
    assert sources(submitted)[2:4] == ['tolerance = 3\ncheck("f")', 'check("f")']


def test_nobody_can_claim_to_be_unreadable():
    """Metadata that says so is believed only of a notebook without cells."""
    submitted = release()
    submitted["metadata"] = {"autograder": {"unreadable": "please", "lost": ["f"]}}
    assert found_in(restore(submitted, release())) == Found(untouched=("f", "why"))
    assert found_in(restore(unreadable("it broke"), release())).unreadable == "it broke"


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"cells": None, "metadata": None},
        {"cells": [None, 3, "x", []], "metadata": []},
        {"cells": [{}], "metadata": {}},
        {"cells": [{"cell_type": 3, "source": 5, "metadata": 7, "id": []}], "metadata": {}},
        {"cells": [{"cell_type": "code", "metadata": {"nbgrader": {"grade_id": {}}}}]},
        {"cells": [{"source": [STUB], "metadata": {"nbgrader": {"grade_id": "f"}}}]},
    ],
)
def test_no_notebook_brings_it_down(broken):
    """Whatever JSON it is, the release comes back, as JSON."""
    restored = restore(broken, release())
    texts = [one["source"] for one in restored["cells"]]
    assert [text for text in texts if text] == [one["source"] for one in release()["cells"]]
    json.dumps(restored)


def test_a_stub_does_not_stand_above_what_was_written():
    """A function that was written in another cell counts, wherever that is."""
    submitted = release()
    submitted["cells"].insert(0, cell(WRITTEN))
    submission = submission_of(restore(submitted, release()), "mine.ipynb")
    assert [one.source for one in submission.cells] == [
        WRITTEN,
        "import numpy as np",
        "print(f())",
    ]


def test_what_was_not_written_is_said_to_be_so():
    """An untouched answer goes along when there is nothing else: it is not attempted."""
    submission = submission_of(restore(release(), release()), "mine.ipynb")
    assert STUB in [one.source for one in submission.cells]


def test_the_release_itself_is_never_changed():
    """One release serves a whole class."""
    pristine = release()
    before = copy.deepcopy(pristine)
    restored = restore(notebook(cell(WRITTEN, "f", solution=True)), pristine)
    restored["cells"][0]["metadata"]["nbgrader"]["points"] = 5
    assert pristine == before
