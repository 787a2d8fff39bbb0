"""A sandbox that forks its next guest ahead, for many submissions in a row."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.errors import Crashed
from autograder.model import Limits
from autograder.sandbox.host import Sandbox

from .conftest import submission

PID = "import os\n\ndef pid():\n    return os.getpid()\n"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(limits=Limits(seconds=20, load_seconds=20), ahead=True) as sandbox:
        yield sandbox


def spare_of(sandbox: Sandbox) -> int:
    assert sandbox._spare is not None
    return sandbox._spare.pid


def test_the_next_submission_gets_the_guest_that_waits(sandbox: Sandbox) -> None:
    sandbox.open(submission(PID)).close()
    spare = spare_of(sandbox)
    with sandbox.open(submission(PID)) as guest:
        assert guest.pid == spare
        assert spare_of(sandbox) != spare


def test_nothing_of_a_submission_reaches_the_next(sandbox: Sandbox) -> None:
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
    sandbox.open(submission(PID)).close()
    os.kill(spare_of(sandbox), signal.SIGKILL)
    with sandbox.open(submission(PID)) as guest:
        assert guest.call("pid", [], {}).value > 0


def test_a_crash_is_told_as_without_it(sandbox: Sandbox) -> None:
    source = "import os\n\ndef f():\n    os._exit(3)\n"
    sandbox.open(submission(source)).close()
    with (
        sandbox.open(submission(source)) as guest,
        pytest.raises(Crashed, match=r"os\._exit\(3\)"),
    ):
        guest.call("f", [], {})


def test_a_closed_guest_ends_soon_and_the_sandbox_leaves_nothing() -> None:
    with Sandbox(ahead=True) as sandbox:
        guest = sandbox.open(submission(PID))
        pids = [guest.pid, spare_of(sandbox)]
        folder = Path(sandbox._zygote.folder) if sandbox._zygote else None
        guest.close()
        assert eventually_gone(pids[0])
    assert all(eventually_gone(pid) for pid in pids)
    assert folder is not None
    assert not folder.exists()


def eventually_gone(pid: int) -> bool:
    for _ in range(500):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            time.sleep(0.01)
            continue
        return True
    return False
