"""What a test does where something that it needs is not on this machine."""

from __future__ import annotations

import importlib.util
import os
from typing import NoReturn

import pytest


def missing(reason: str, *, module: bool = False) -> NoReturn:
    """Skip the test, or with `module` its whole file; where CI is set, fail with the same."""
    if os.environ.get("CI"):
        pytest.fail(f"CI must not leave this out: {reason}")
    pytest.skip(reason, allow_module_level=module)


def needs(library: str, reason: str) -> None:
    """Leave a file of tests out where a library is not installed."""
    if importlib.util.find_spec(library) is None:
        missing(reason, module=True)
