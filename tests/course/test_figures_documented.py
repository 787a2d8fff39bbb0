"""docs/figures.md and the tests of the figures speak of each other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
SECTIONS = re.split(
    r"^## ", (FOLDER.parents[1] / "docs" / "figures.md").read_text("utf-8"), flags=re.MULTILINE
)[1:]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda text: text.partition(":")[0])
def test_each_figure_has_its_test(section: str) -> None:
    """Every test that a section names is in the file that its table names."""
    (file,) = re.findall(r"`(test_figures_assignment\d\.py)`", section)
    defined = set(re.findall(r"^def (test_\w+)\(", (FOLDER / file).read_text("utf-8"), re.M))
    named = set(re.findall(r"`(test_\w+)`", section))
    assert named
    assert named <= defined


def test_all_assignments_have_a_section() -> None:
    """Six assignments, in their order."""
    numbers = [re.match(r"Assignment (\d): ", section) for section in SECTIONS]
    assert [int(found[1]) for found in numbers if found] == [1, 2, 3, 4, 5, 6]
