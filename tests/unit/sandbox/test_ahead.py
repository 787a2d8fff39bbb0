"""A sandbox that forks its next guest ahead, for many submissions in a row."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.errors import Crashed
from autograder.model import Limits
from autograder.sandbox.host import confinement
from autograder.sandbox.host.sandbox import Sandbox

from .conftest import family, gone, runs, submission

PID = "import os\n\ndef pid():\n    return os.getpid()\n"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(limits=Limits(seconds=20, load_seconds=20), ahead=True) as sandbox:
        yield sandbox


def spare_of(sandbox: Sandbox) -> int:
    assert sandbox._spare is not None
    return sandbox._spare.pid


def test_the_next_submission_gets_the_guest_that_waits(sandbox: Sandbox) -> None:
    """The process that was forked ahead is the one that loads it, and another one is forked."""
    sandbox.open(submission(PID)).close()
    spare = spare_of(sandbox)
    with sandbox.open(submission(PID)) as guest:
        assert guest.pid == spare
        assert spare_of(sandbox) != spare


def test_nothing_of_a_submission_reaches_the_next(sandbox: Sandbox) -> None:
    """Neither through modules nor the environment nor files."""
    leave = (
        "import builtins, os, pathlib\n"
        "builtins.left = 1\n"
        "os.environ['LEFT'] = '1'\n"
        "pathlib.Path('left.txt').write_text('1')\n"
        "def f():\n    return 1\n"
    )
    look = (
        "import builtins, os\n"
        "def f():\n"
        "    return [hasattr(builtins, 'left'), 'LEFT' in os.environ, os.listdir('.')]\n"
    )
    for _ in range(3):
        with sandbox.open(submission(leave)) as guest:
            assert guest.call("f", [], {}).value == 1
        with sandbox.open(submission(look)) as guest:
            assert guest.call("f", [], {}).value == [False, False, []]


def test_a_lost_spare_costs_only_time(sandbox: Sandbox) -> None:
    """A guest that died while it waited is replaced."""
    sandbox.open(submission(PID)).close()
    spare_of(sandbox)
    os.kill(family(sandbox)[-1], signal.SIGKILL)
    with sandbox.open(submission(PID)) as guest:
        assert guest.call("pid", [], {}).value > 0


def test_a_lost_zygote_costs_only_time(sandbox: Sandbox) -> None:
    """The waiting guest had answered before it was lost together with its zygote."""
    sandbox.open(submission(PID)).close()
    assert spare_of(sandbox)
    assert sandbox._zygote is not None
    time.sleep(0.2)  # until its answer has arrived
    processes = family(sandbox)
    sandbox._zygote._process.kill()
    sandbox._zygote._process.wait()
    assert all(gone(one) for one in processes)
    with sandbox.open(submission(PID)) as guest:
        assert guest.call("pid", [], {}).value > 0


def test_a_zygote_that_is_lost_before_it_speaks_costs_only_time() -> None:
    """It says first how it confines, and a worker asks that before anything else."""
    with Sandbox(ahead=True) as sandbox:
        assert sandbox._zygote is not None
        sandbox._zygote._process.kill()
        sandbox._zygote._process.wait()
        assert sandbox.tier is confinement.tier()
        with sandbox.open(submission(PID)) as guest:
            assert guest.call("pid", [], {}).value > 0


def test_a_crash_is_told_as_without_it(sandbox: Sandbox) -> None:
    """How a process ended is known, though nobody waits for the end of others."""
    source = "import os\n\ndef f():\n    os._exit(3)\n"
    sandbox.open(submission(source)).close()
    with (
        sandbox.open(submission(source)) as guest,
        pytest.raises(Crashed, match=r"os\._exit\(3\)"),
    ):
        guest.call("f", [], {})


def test_a_closed_guest_ends_soon_and_the_sandbox_leaves_nothing() -> None:
    """`close` does not wait, and is done all the same."""
    with Sandbox(ahead=True) as sandbox:
        guest = sandbox.open(submission(PID))
        spare_of(sandbox)
        processes = family(sandbox)
        first, spare = processes[-2:]
        folder = Path(sandbox._zygote.folder) if sandbox._zygote else None
        guest.close()
        assert gone(first)
        assert runs(spare)
    assert all(map(gone, processes))
    assert folder is not None
    assert not folder.exists()
