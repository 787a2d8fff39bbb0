"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder, which is a course folder too."""
    return Path(__file__).parents[1]
