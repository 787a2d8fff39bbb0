"""The short form of every figure of the law."""

from __future__ import annotations

import pytest

from tests.law.figures import measured, names


@pytest.mark.timeout(600)  # each grades many submissions
@pytest.mark.parametrize("name", names())
def test_holds(name: str) -> None:
    """Each figure reaches its bar."""
    figures = list(measured(name, full=False))
    assert figures
    assert [f"{f.what}: {f.measured}, not {f.bar}" for f in figures if not f.holds] == []
