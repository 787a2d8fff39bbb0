"""The processes of a machine: how they begin, and how they end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import BrokenExecutor

import pytest

from autograder.batch.engines.local import Local, Pools
from autograder.batch.workplace import FOLDERS
from tests.faults.support import is_alive, until


def test_a_worker_that_dies_takes_only_its_own_task_along():
    """The task of the other one goes on, and the next task gets a new process."""
    with Pools(2) as pools:
        slow, dying = pools.submit(time.sleep, 1), pools.submit(os._exit, 3)
        with pytest.raises(BrokenExecutor):
            dying.result(60)
        assert slow.result(60) is None
        assert isinstance(pools.submit(os.getpid).result(60), int)


def test_closing_does_not_wait_for_what_hangs():
    """Workers end at once, whatever they are at."""
    pools = Pools(2)
    pid = pools.submit(os.getpid).result(60)
    pools.submit(time.sleep, 3600)
    pools.submit(time.sleep, 3600)
    pools.shutdown(cancel_futures=True)
    assert not is_alive(pid), "whoever sweeps up behind it must know that nobody is left"


def test_a_worker_that_was_killed_last_leaves_nothing(tmp_path, monkeypatch):
    """No other comes after it to remove its folder, which holds the reference."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    engine = Local(1)
    pid = engine.executor.submit(os.getpid).result(60)
    folder = tmp_path / f"{FOLDERS}{pid}-reference"
    folder.mkdir()
    (folder / "solution.py").write_text("secret")
    os.kill(pid, signal.SIGKILL)
    until(lambda: not is_alive(pid))
    assert folder.is_dir()
    engine.close()
    assert not folder.exists()


def where(seconds: float) -> list[int]:
    """On which processors a worker may be, after a while."""
    time.sleep(seconds)
    return sorted(os.sched_getaffinity(0))


def test_as_many_workers_as_processors_have_one_each(processors):
    """And one more shares one of them; a worker that is replaced has the other's."""
    count = len(processors)
    with Pools(count + 1) as pools:
        waiting = [pools.submit(where, 1.0) for _ in range(count + 1)]
        found = [future.result(60) for future in waiting]
        assert sorted(found[:count]) == [[one] for one in sorted(processors)]
        assert found[count] == found[0]
        with pytest.raises(BrokenExecutor):
            pools.submit(os._exit, 3).result(60)
        assert pools.submit(where, 0.0).result(60) == found[0]


def test_fewer_workers_than_processors_go_where_there_is_room(processors):
    """The machine may have other work to do."""
    with Pools(len(processors) - 1) as pools:
        assert pools.submit(where, 0.0).result(60) == sorted(processors)


def test_workers_leave_ctrl_c_to_their_grader():
    """A terminal sends it to every process; a worker must not die amid a task of its own."""
    with Pools(1) as pools:
        pid = pools.submit(os.getpid).result(60)
        os.kill(pid, signal.SIGINT)
        assert pools.submit(os.getpid).result(60) == pid


GRADER = """
import os, sys, time
from autograder.batch.engines.local import Pools
if __name__ == "__main__":
    pools = Pools(2)
    print(*{pools.submit(os.getpid).result() for _ in range(2)}, flush=True)
    time.sleep(3600)
"""


def test_workers_end_with_a_grader_that_was_killed(tmp_path, root):
    """Even with kill -9, which leaves it no time to tell them."""
    script = tmp_path / "grader.py"
    script.write_text(GRADER)
    process = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert process.stdout is not None
    pids = [int(word) for word in process.stdout.readline().split()]
    assert pids
    process.kill()
    process.communicate()
    until(lambda: not any(map(is_alive, pids)))
