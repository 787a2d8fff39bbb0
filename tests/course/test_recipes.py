"""The recipes of docs/, taken from the documents and graded."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest

from autograder.answers.choice import forget
from autograder.answers.variants import variants_of
from autograder.grading.grader import Grader
from autograder.model import Limits
from tests.support import make_course, submission

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("name", "library"),
    [
        ("numpy", "numpy"),
        ("plain-python", "numpy"),
        ("data", "numpy"),
        ("held-out", "numpy"),
        ("drawings", "matplotlib"),
        ("scikit-learn", "sklearn"),
        ("pytorch", "torch"),
        ("keras", "keras"),
    ],
)
def test_a_recipe_judges_as_it_says(name: str, library: str, tmp_path: Path) -> None:
    """Its solution earns all points, and each of its mistakes is named."""
    if find_spec(library) is None:
        pytest.skip(f"{library} is not installed")
    text = (DOCS / f"{name}.md").read_text("utf-8")
    solution, checks, mistakes = re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S)
    (toml,) = re.findall(r"^```toml\n(.*?)^```$", text, re.M | re.S)
    said = tomllib.loads(toml)
    small = make_course(
        tmp_path, solution=solution, checks=checks, misconceptions=mistakes, points=100
    )
    files = dict(re.findall(r"^\*\*`([\w.]+)`\*\*:\n\n```text\n(.*?)^```$", text, re.M | re.S))
    assert list(files) == said.get("files", [])
    for file, content in files.items():
        (small.folder / file).write_text(content, "utf-8")
    settings = msgspec.structs.replace(
        small.settings, preload=tuple(said["preload"]), limits=Limits(**said["limits"]),
        files=tuple(files),
    )  # fmt: skip
    small = replace(small, settings=settings)
    assert small.reference is not None
    known = variants_of(small.reference)
    try:
        with Grader(small) as grader:
            report = grader.grade(submission(solution))
            assert report.points == 100, [v.message for v in report.checks]
            for mistake in known.misconceptions:
                report = grader.grade(known.variant(mistake).submission)
                named = {v.diagnosis.id for v in report.checks if v.diagnosis is not None}
                assert named == {mistake}, [v.message for v in report.checks]
    finally:
        forget()
