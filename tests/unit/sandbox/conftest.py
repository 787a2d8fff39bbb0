"""A sandbox that the tests share, and a way to open submissions in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from autograder.model import Cell, Limits, Submission
from autograder.sandbox.host import Guest, Sandbox


def submission(*sources: str) -> Submission:
    """A script, or a notebook when there are several sources."""
    if len(sources) == 1:
        cells = (Cell(sources[0]),)
    else:
        cells = tuple(Cell(source, f"cell {n}") for n, source in enumerate(sources, 1))
    return Submission(name="student.py", cells=cells, digest="")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One zygote for a module's tests; a submission may take a second to load."""
    limits = Limits(seconds=20, load_seconds=4, megabytes=512, output_bytes=1000)
    with Sandbox(limits=limits) as sandbox:
        yield sandbox


@pytest.fixture
def opened(sandbox: Sandbox) -> Iterator[Callable[..., Guest]]:
    """Opens the sources of one submission, and closes what it has opened."""
    guests: list[Guest] = []

    def open_(*sources: str) -> Guest:
        guests.append(sandbox.open(submission(*sources)))
        return guests[-1]

    yield open_
    for guest in guests:
        guest.close()
