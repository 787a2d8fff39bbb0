"""What some files of tests need beside the project itself."""

from __future__ import annotations

import importlib.util
import os

import pytest


def needs(library: str, reason: str) -> None:
    """Skip a file of tests where a library is not installed, which in CI is an error."""
    if importlib.util.find_spec(library) is None:
        assert not os.environ.get("CI"), f"CI must not leave this out: {reason}"
        pytest.skip(reason, allow_module_level=True)
