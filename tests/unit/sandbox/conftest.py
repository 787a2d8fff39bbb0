"""Sandboxes that the tests share, and a way to open submissions in them."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.model import Cell, Limits, Submission, Tier
from autograder.sandbox.host.sandbox import Guest, Sandbox

LIMITS = Limits(seconds=20, load_seconds=2, megabytes=512, output_bytes=1000)


def submission(*sources: str) -> Submission:
    """A script, or a notebook when there are several sources."""
    if len(sources) == 1:
        cells = (Cell(sources[0]),)
    else:
        cells = tuple(Cell(source, f"cell {n}") for n, source in enumerate(sources, 1))
    return Submission(name="student.py", cells=cells, digest="")


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something that happens in another process has happened, within five seconds."""
    for _ in range(500):
        if holds():
            return True
        time.sleep(0.01)
    return False


def gone(pid: int) -> bool:
    """Whether no such process is left, or will be in a moment."""
    return eventually(lambda: not runs(pid))


def runs(pid: int) -> bool:
    """Whether there is such a process, which has not ended."""
    with contextlib.suppress(OSError):
        if status(pid)[0] == "Z":  # ended; whoever inherited it has not waited for it yet
            return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def status(pid: int) -> list[str]:
    """The fields of /proc/pid/stat, from the state on."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def descendants(pid: int) -> list[int]:
    """Every process that this one has started, or those have, by its number here."""
    found = []
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            for child in Path(f"/proc/{pid}/task/{task}/children").read_text().split():
                found += [int(child), *descendants(int(child))]
    return found


def family(sandbox: Sandbox) -> list[int]:
    """The processes of a sandbox: the zygote's, in the order of their forks, and its guests."""
    assert sandbox._zygote is not None
    first = sandbox._zygote._process.pid
    return [first, *descendants(first)]


@contextlib.contextmanager
def opener(sandbox: Sandbox) -> Iterator[Callable[..., Guest]]:
    """Opens the sources of one submission, and closes what it has opened."""
    guests: list[Guest] = []

    def open_(*sources: str) -> Guest:
        guests.append(sandbox.open(submission(*sources)))
        return guests[-1]

    yield open_
    for guest in guests:
        guest.close()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One zygote for a module's tests, confined by all that this machine has."""
    with Sandbox(limits=LIMITS) as sandbox:
        yield sandbox


@pytest.fixture
def opened(sandbox: Sandbox) -> Iterator[Callable[..., Guest]]:
    """Opens submissions there."""
    with opener(sandbox) as open_:
        yield open_


@pytest.fixture(scope="module")
def weak_sandbox() -> Iterator[Sandbox]:
    """One zygote for a module's tests, whose guests have limits and nothing else."""
    with Sandbox(limits=LIMITS, tier=Tier.D) as sandbox:
        yield sandbox


@pytest.fixture
def opened_weakly(weak_sandbox: Sandbox) -> Iterator[Callable[..., Guest]]:
    """Opens submissions there: what the kernel does not stop, the zygote has to."""
    with opener(weak_sandbox) as open_:
        yield open_
