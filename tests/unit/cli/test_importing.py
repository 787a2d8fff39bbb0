"""`grade import`, as an instructor calls it."""

from __future__ import annotations

import json


def test_a_draft_is_built_and_says_what_is_left(grade, tmp_path):
    """It names the files and what a person must decide; verify says what is missing."""
    cells = [
        {"cell_type": "code", "source": "open('run.txt', 'w')\n", "metadata": {}},
        {
            "cell_type": "code",
            "source": "def double(x):\n    return 2 * x\n",
            "metadata": {"nbgrader": {"solution": True, "grade": False, "grade_id": "a"}},
        },
        {
            "cell_type": "code",
            "source": "assert double(3) == 6\nassert double(pi) > 6\n",
            "metadata": {"nbgrader": {"solution": False, "grade": True, "points": 2}},
        },
    ]
    notebook = tmp_path / "Problem Set 1.ipynb"
    notebook.write_text(json.dumps({"cells": cells}))
    made = grade("import", "nbgrader", str(notebook), "--course", str(tmp_path), cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "problem_set_1.ipynb" in made.stdout
    assert "Left to you:" in made.stdout
    assert "no cell defines pi" in made.stdout
    assert "A draft with 1 check; 0 of the tests have none." in made.stdout
    assert not (tmp_path / "run.txt").exists()
    proved = grade("verify", "problem_set_1", cwd=tmp_path)
    assert proved.returncode == 1
    assert "left to do: assert double(pi) > 6" in proved.stdout
    assert "is the same for every seed" in proved.stdout
    again = grade("import", "nbgrader", str(notebook), "--course", str(tmp_path), cwd=tmp_path)
    assert again.returncode == 2
    assert "is there already" in again.stderr
