"""A guest and its host on one processor, for as long as there is a guest."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from autograder.errors import Crashed
from autograder.model import Limits
from autograder.sandbox.host.sandbox import Sandbox

from .conftest import submission

WHERE = """
import os

def where():
    return sorted(os.sched_getaffinity(0))

def crash():
    os._exit(1)
"""


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(limits=Limits(seconds=20, load_seconds=20), ahead=True) as sandbox:
        yield sandbox


def test_they_share_one_until_the_guest_ends(processors: set[int], sandbox: Sandbox) -> None:
    """The guest is where its host is, and the host is free again afterwards."""
    with sandbox.open(submission(WHERE)) as guest:
        here = os.sched_getaffinity(0)
        assert len(here) == 1
        assert guest.call("where", [], {}).value == sorted(here)
    assert os.sched_getaffinity(0) == processors


def test_a_guest_that_crashes_lets_go(processors: set[int], sandbox: Sandbox) -> None:
    """However it ends."""
    guest = sandbox.open(submission(WHERE))
    with pytest.raises(Crashed):
        guest.call("crash", [], {})
    assert os.sched_getaffinity(0) == processors


def test_the_last_of_several_lets_go(processors: set[int], sandbox: Sandbox) -> None:
    """In whatever order they end."""
    one, other = sandbox.open(submission(WHERE)), sandbox.open(submission(WHERE))
    one.close()
    assert len(os.sched_getaffinity(0)) == 1
    other.close()
    assert os.sched_getaffinity(0) == processors


def test_what_takes_long_may_spread(processors: set[int]) -> None:
    """A sandbox with a large library leaves its guests free."""
    large = Sandbox(preload=("numpy", "decimal"))
    with large as sandbox, sandbox.open(submission(WHERE)) as guest:
        assert guest.call("where", [], {}).value == sorted(processors)
        assert os.sched_getaffinity(0) == processors


def test_one_that_has_no_choice_stays(processors: set[int]) -> None:
    """One processor that a machine or a scheduler has given is kept, by the guest too."""
    only = {max(processors)}
    os.sched_setaffinity(0, only)
    with Sandbox() as sandbox, sandbox.open(submission(WHERE)) as guest:
        assert guest.call("where", [], {}).value == sorted(only)
    assert os.sched_getaffinity(0) == only
