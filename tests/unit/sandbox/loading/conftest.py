"""A process that is as it was after every test."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import numpy as np
import pytest


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """Undo what loading does to the process; a guest is thrown away, this one is not."""
    finders, modules = list(sys.meta_path), dict(sys.modules)
    numpys_own = np.__dict__["__getattr__"]
    yield
    sys.meta_path[:] = finders
    sys.modules.clear()
    sys.modules.update(modules)
    np.__dict__["__getattr__"] = numpys_own
