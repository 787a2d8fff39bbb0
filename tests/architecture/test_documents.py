"""The documents name what is there: errors, files, links, the files of `make demo`."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from autograder import errors
from tests.architecture import page_picture, reference
from tests.architecture.picture import PICTURE, SHOWN, drawn

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "tests" / "README.md"])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def slugs() -> set[str]:
    """Every slug that an error can have: of a class, or given where one is raised."""
    found = {
        kind.slug
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, errors.GradeError)
    }
    for path in (ROOT / "autograder").rglob("*.py"):
        found |= set(re.findall(r'\bslug="([a-z-]+)"', path.read_text(encoding="utf-8")))
    return found


def headings(path: Path) -> set[str]:
    """The anchors of a document's headings, as a repository's web page makes them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    titles = [line.lstrip("#").strip().lower() for line in lines if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", title).replace(" ", "-") for title in titles}


def test_every_error_has_a_section_and_every_section_an_error():
    """A slug that leads nowhere, and a section that nothing leads to, are both mistakes."""
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (.*)$", text, re.MULTILINE)) == slugs()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    """Every relative link names a file that exists, and a heading where it names one."""
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        assert there.exists(), target
        assert not anchor or anchor in headings(there), target


def test_the_readme_shows_what_is_printed():
    """Its picture is what a check of the file in its second command prints today."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"grade check assignment3 {SHOWN}\n" in text
    assert str(PICTURE.relative_to(ROOT)) in text
    assert PICTURE.read_text(encoding="utf-8") == drawn(), (
        "The report has changed. To draw it again: python -m tests.architecture.picture"
    )
    page = page_picture.PICTURE
    assert str(page.relative_to(ROOT)) in text
    assert page.read_text(encoding="utf-8") == page_picture.drawn(), (
        "The page has changed. To draw it again: python -m tests.architecture.page_picture"
    )


def test_the_reference_is_what_the_docstrings_say():
    """Each decorator, helper, setting and default of docs/reference.md is the code's."""
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), (
        "A docstring has changed. To write it again: python -m tests.architecture.reference"
    )


def test_the_index_names_every_page():
    """docs/README.md leads to each document in its folder."""
    named = set(LINK.findall((ROOT / "docs" / "README.md").read_text(encoding="utf-8")))
    pages = {path.name for path in (ROOT / "docs").iterdir() if path.is_file()}
    assert pages - {"README.md"} <= named


def test_the_demonstration_has_its_files():
    """`make demo` grades files that are in the repository."""
    shown = subprocess.run(
        ["make", "--dry-run", "--always-make", "demo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    files = re.findall(r"grade check \w+ (\S+) \|\|", shown)
    assert len(files) == 2
    assert all((ROOT / file).is_file() for file in files)


def test_the_linter_leaves_out_what_is_built():
    """Under assignments/, exactly the stubs: their source is linted in their place."""
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    left_out = set(re.findall(r'"(assignments/\*/\w+\.py)"', settings))
    stubs = {
        f"assignments/*/{module}.py"
        for path in ROOT.glob("assignments/*/assignment.toml")
        for module in re.findall(r'^module = "(\w+)"', path.read_text("utf-8"), re.MULTILINE)
    }
    assert left_out == stubs
