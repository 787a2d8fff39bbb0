"""The short form of every figure of the law."""

from __future__ import annotations

import pytest

from tests.law.figures import measured, names


@pytest.mark.timeout(1200)  # each grades many submissions
# A reference in a guest of its own lives as long as its key, and leaves its socket to Python.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("name", names())
def test_holds(name: str) -> None:
    """Each figure reaches its bar."""
    figures = list(measured(name, full=False))
    assert figures
    assert [f"{f.what}: {f.measured}, not {f.bar}" for f in figures if not f.holds] == []
