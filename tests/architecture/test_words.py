"""The words of today, in code, documents and messages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = (
    "assignments", "autograder", "benchmarks", "deploy", "docs", "reference", "tests", ".ci",
)  # fmt: skip
SUFFIXES = {".py", ".md", ".toml", ".ipynb", ".cfg", ".yaml", ".yml", ".html"}
OUT_OF_USE = re.compile(
    r"\b(mend(s|ed|ing)?|anew|for want of|can be had|spoken of|hitherto|albeit|whereof|thereof"
    r"|whereby|thereby|wherein|betwixt|nought|naught|amiss|in vain)\b",
    re.IGNORECASE,
)


def texts() -> list[Path]:
    """Every file of words in the repository but this one."""
    inside = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    files = [path for path in (*inside, *ROOT.glob("*.md")) if path.suffix in SUFFIXES]
    return sorted(path for path in files if path != Path(__file__) and path.is_file())


@pytest.mark.parametrize("folder", [*FOLDERS, "."])
def test_no_word_is_out_of_use(folder):
    """Short, common words: "fix", "again", "because … is missing", "is available"."""
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in texts()
        if path.relative_to(ROOT).parts[0] == folder or (folder == "." and path.parent == ROOT)
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if (match := OUT_OF_USE.search(line))
    ]
    assert found == []
