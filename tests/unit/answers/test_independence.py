"""Probes whose questions depend on answers, which no recording can replay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.answers.choice import live_key
from autograder.answers.independence import dependences
from autograder.grading.report import PUBLIC_SEED
from tests.support import make_course

CHECKS = """
from autograder.authoring import check

@check(points=20, of="total", local={local})
def apart(solution, given, rng):
    \"\"\"What is given is asked first\"\"\"
    return solution.total(given.double(rng.normal(size=4)))

@check(points=20, of="total", local={local})
def leaning(solution, given, rng):
    \"\"\"What is given is asked with an answer\"\"\"
    return given.double(solution.total(rng.normal(size=4)))

@check(points=20, of="total", local={local})
def choosing(solution, given, rng):
    \"\"\"An answer decides whether it is asked\"\"\"
    x = rng.normal(size=4)
    return given.double(x) if solution.total(abs(x)) > 0 else x
"""


@pytest.mark.parametrize(("local", "found"), [(True, ["leaning", "choosing"]), (False, [])])
def test_what_depends_is_found_with_its_line(tmp_path: Path, local: bool, found: list[str]):
    """The checks that cannot be recorded, and the file; one that needs no recording is left."""
    assignment = make_course(tmp_path, checks=CHECKS.format(local=local))
    key = live_key(assignment, PUBLIC_SEED)
    seen = list(dependences(key, assignment.checks))
    assert [one.check for one in seen] == found
    for one in seen:
        assert "given.double" in one.what
        assert re.search(r"\(seen where (it |`total` )", one.what)
        assert Path(one.file).name == "checks.py"
        line = Path(one.file).read_text().splitlines()[one.line - 1]
        assert "given.double" in line
        assert f"line {one.line}" in str(one.error())
