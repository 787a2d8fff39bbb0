"""The examples of docs/tutorial.md and docs/authoring.md, taken from the documents and run."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.answers.variants import variants_of
from autograder.grading.report import grade
from autograder.publishing.scaffold import new_assignment
from autograder.sandbox.host.sandbox import Sandbox
from tests.support import LIMITS, make_course, submission

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "authoring.md").read_text("utf-8")
EXAMPLE = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
FILES = dict(re.findall(r"^\*\*`([^`]+)`\*\*.*?^```\w+\n(.*?)^```$", EXAMPLE, re.M | re.S))
COMMANDS = [
    line for block in re.findall(r"^```sh\n(.*?)^```$", EXAMPLE, re.M | re.S)
    for line in block.splitlines()
]  # fmt: skip


def test_the_files_are_those_of_a_new_assignment(tmp_path: Path) -> None:
    """The document shows what `grade new assignment week7` writes, file by file."""
    written = {
        str(path.relative_to(tmp_path)): path.read_text("utf-8")
        for path in new_assignment(tmp_path, "week7")
    }
    del written["course.toml"]
    assert written == FILES


def test_the_misconceptions_fit_the_reference(tmp_path: Path) -> None:
    """Those of the section about them are mistakes of assignment 3, and defined throughout."""
    section = DOCUMENT.split("\n## Misconceptions\n")[1].split("\n## ")[0]
    (declared,) = re.findall(r"^```python\n(.*?)^```$", section, re.M | re.S)
    shutil.copy(ROOT / "reference" / "assignment3" / "solution.py", tmp_path)
    (tmp_path / "misconceptions.py").write_text(declared, "utf-8")
    known = variants_of(tmp_path)
    assert list(known.misconceptions) == [
        "backward_propagation__no_square",
        "backward_propagation__no_keepdims",
        "sigmoid__math_exp",
    ]
    assert not any(known.variant(name).unknown() for name in known.misconceptions)


def test_the_looks_at_a_call_are_checks(tmp_path: Path) -> None:
    """The reference of that section gets all points by its checks, and each check has teeth."""
    section = DOCUMENT.split("\n### What a call prints, raises or changes\n")[1]
    solution, checks = re.findall(r"^```python\n(.*?)^```$", section, re.M | re.S)[:2]
    small = make_course(
        tmp_path, solution=solution, checks=checks, misconceptions="", points=100
    )
    nothing = "\n".join(
        f"def {name}(x): return x + x" for name in re.findall(r"^def (\w+)", solution, re.M)
    )
    with Sandbox(limits=LIMITS) as box:
        assert grade(submission(solution), small, sandbox=box).points == 100
        assert grade(submission(nothing), small, sandbox=box).points == 0


@pytest.mark.timeout(300)
def test_the_example_runs_as_it_stands(tmp_path: Path) -> None:
    """Its commands, in its order, on its files: all succeed, and everything is proved."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    said = []
    for command in COMMANDS:
        program, *words = shlex.split(command)
        assert program == "grade"
        done = subprocess.run(
            [sys.executable, "-m", "autograder.cli", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        said.append(done.stdout)
        for place, text in FILES.items():  # from now on, the document's own
            (tmp_path / place).write_text(text, "utf-8")
    assert len(said) == 6
    assert "week7: all 22 are as they must be." in said[1]
    assert "week7: all 22 are as they must be." in said[3]
    assert "All 100 points" in said[-1]
