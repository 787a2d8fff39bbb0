"""Checks in a student's notebook: a real kernel, the release's bundle, no reference."""

from __future__ import annotations

import copy
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernels import Kernel, kernel_in
from tests.nbgrader.conftest import NAME, NOTEBOOK, run
from tests.nbgrader.mangles import cell, text

pytestmark = pytest.mark.timeout(600)


@pytest.fixture(scope="module")
def fetched(course, tmp_path_factory) -> Path:
    """What a student gets, and nothing of the instructor's beside or above it."""
    folder = tmp_path_factory.mktemp("student") / NAME
    shutil.copytree(course / "release" / NAME, folder)
    return folder


@pytest.fixture
def kernel(fetched) -> Iterator[Kernel]:
    """A fresh kernel where the student works."""
    with kernel_in(fetched) as kernel:
        yield kernel


def test_no_reference_reaches_students(fetched):
    """The bundle holds checks and recorded answers; the notebook no solution."""
    names = sorted(path.name for path in fetched.rglob("*") if path.is_file())
    assert names == [
        "assignment.toml",
        "checks.py",
        "course.toml",
        f"{NOTEBOOK}.ipynb",
        "recording.msgpack",
    ]
    assert "SOLUTION" not in (fetched / f"{NOTEBOOK}.ipynb").read_text("utf-8")


def test_the_code_as_it_stands_is_judged(kernel, filled):
    """Run out of order, changed and run again: the latest definition counts."""
    _, said, value = kernel.check("sigmoid")
    assert value == "0.0"
    assert "This notebook has not defined sigmoid since its kernel started." in said

    kernel.run("def sigmoid(x):\n    return x")
    assert kernel.check("sigmoid")[2] == "0.0"

    kernel.run("import numpy as np\nOne = 1")
    kernel.run("%%time\ndef sigmoid(x):\n    return One / (One + np.exp(-x))")
    html, said, value = kernel.check("sigmoid")
    assert value == "5.0"
    assert said == "sigmoid: passed, 5 of 5 points"
    assert "<strong>sigmoid</strong> passed, 5 / 5 points" in html

    kernel.run("One = 2")
    assert kernel.check("sigmoid")[2] == "0.0", "the global that it leans on has changed"


def test_partial_credit_and_what_to_try(kernel, filled):
    """The same words as in the terminal, and a plain float between 0 and the points."""
    for name in ("imports", "sigmoid", "forward_propagation"):
        source = text(cell(filled, name)).replace("np.tanh(Z1)", "sigmoid(Z1)")
        kernel.run(source)
    html, said, value = kernel.check("forward_propagation")
    assert 0 < float(value) < 15
    assert re.fullmatch(r"\d+\.\d+", value)
    for shown in (html, said):
        assert "Likely" in shown
        assert "Your hidden layer uses the sigmoid." in shown
    assert "<script" not in html


def test_nothing_in_the_kernel_changes_the_verdict(kernel):
    """Patched libraries and names judge nothing; noise on stderr is no failure."""
    kernel.run(
        "import numpy as np, warnings, os\n"
        "np.allclose = np.array_equal = lambda *a, **k: True\n"
        "os.write(2, b'a native library speaks')\n"
        "def sigmoid(x):\n    warnings.warn('noise'); os.write(2, b'noise'); return x"
    )
    assert kernel.check("sigmoid")[2] == "0.0"


def test_noise_of_our_own_is_no_failure(fetched, tmp_path):
    """nbgrader takes anything on stderr for a failure, so there is nothing on it."""
    folder = tmp_path / NAME
    shutil.copytree(fetched, folder)
    checks = folder / "checks" / "assignments" / NAME / "checks.py"
    noise = "import os, warnings\nos.write(2, b'noise')\nwarnings.warn('noise')\n"
    checks.write_text(checks.read_text("utf-8") + noise)
    with kernel_in(folder) as kernel:
        kernel.run("import numpy as np\ndef sigmoid(x):\n    return 1 / (1 + np.exp(-x))")
        assert kernel.check("sigmoid")[2] == "5.0"


def test_a_check_that_is_not_there_is_said_kindly(kernel):
    """No traceback: what there is instead, and near it."""
    shown, error = kernel.run('check("sigmoit")')
    assert "Did you mean &#x27;sigmoid&#x27;?" in shown[1]["data"]["text/html"]
    assert error[0] == "error"
    assert len(error[1]["traceback"]) == 1
    assert "assignment3 has no check 'sigmoit'." in error[1]["traceback"][0]


def test_nbgrader_validates(fetched, filled, partial):
    """The student's own check before handing in: `nbgrader validate`, unmodified."""
    for notebook, verdict in ((filled, "Success! Your notebook passes"), (partial, "FAILED")):
        copied = copy.deepcopy(notebook)
        cell(copied, "answer-A-question-to-think-about")["source"] = "It jumps."
        (fetched / "mine.ipynb").write_text(json.dumps(copied), encoding="utf-8")
        assert verdict in run("nbgrader", "validate", "mine.ipynb", at=fetched)
    (fetched / "mine.ipynb").unlink()
