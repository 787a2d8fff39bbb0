"""A process that is as it was after every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support import undone


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    """See `undone`."""
    with undone():
        yield
