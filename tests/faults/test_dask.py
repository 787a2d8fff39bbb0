"""A Dask cluster of processes of this machine, of which one is lost."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.batch import engines
from autograder.batch.engines import dask
from autograder.errors import GradeError
from tests.faults.support import SECONDS, Class, until
from tests.faults.test_gradebook import after

pytestmark = pytest.mark.timeout(600)  # whole batches, on a machine that may be busy

SIZE = 24


class Cluster:
    """A scheduler and workers, started by Dask's own commands."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._folder = folder
        self._environment = {**os.environ, "PYTHONPATH": str(root)}
        self.processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard")
        until(lambda: "Scheduler at:" in self._log())
        found = re.search(r"Scheduler at:\s+(tcp://127\S+|tcp://\S+)", self._log())
        assert found
        self.address = found[1]

    def worker(self) -> subprocess.Popen[bytes]:
        """One more worker, of one thread, that nobody starts again."""
        words = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        return self._start("worker", self.address, *words, "--local-directory", "work")

    def close(self) -> None:
        """End all of them."""
        for process in self.processes:
            process.kill()
            process.wait()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        with (self._folder / f"{words[0]}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.processes.append(process)
        return process

    def _log(self) -> str:
        return (self._folder / "scheduler.log").read_text()


@pytest.fixture
def cluster(tmp_path: Path, root: Path) -> Iterator[Cluster]:
    """A scheduler, and no worker yet."""
    (tmp_path / "dask").mkdir()
    made = Cluster(tmp_path / "dask", root)
    yield made
    made.close()


def test_a_worker_is_lost(tmp_path, root, cluster):
    """The other one does its work, too: it costs only time."""
    group = Class(tmp_path, root, str(tmp_path / "g.db"), SIZE)
    lost, _ = cluster.worker(), cluster.worker()
    process = group.start("--engine", "dask", "--scheduler", cluster.address)
    after(process, 4)
    lost.kill()
    _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, err
    group.whole()


def test_the_scheduler_is_lost(tmp_path, root, cluster):
    """It is said, and what was graded is kept; the same command finishes on another one."""
    group = Class(tmp_path, root, str(tmp_path / "g.db"), SIZE)
    cluster.worker()
    process = group.start("--engine", "dask", "--scheduler", cluster.address)
    after(process, 4)
    cluster.scheduler.kill()
    _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 3, err
    assert "The connection to the Dask scheduler is lost." in err
    assert "Traceback" not in err
    assert 4 <= group.recorded() < SIZE
    assert group.grade().returncode == 0
    group.whole()


def test_every_worker_is_lost(dask_loops, cluster, monkeypatch):
    """There is some patience, and then a sentence instead of waiting for ever."""
    monkeypatch.setattr(dask, "PATIENCE_SECONDS", 1.0)
    worker = cluster.worker()
    engine = engines.engine("dask", scheduler=cluster.address)
    engine.terms(())
    engine.check()
    worker.kill()

    def is_noticed() -> bool:
        try:
            engine.check()
        except GradeError as error:
            return "lost all its workers" in error.message
        return False

    until(is_noticed)
    engine.close()


def test_there_is_no_scheduler(dask_loops, monkeypatch):
    """The address is named, within a reasonable time."""
    monkeypatch.setattr(dask, "CONNECT_SECONDS", 1)
    with pytest.raises(GradeError, match=r"no Dask scheduler at tcp://127\.0\.0\.1:1"):
        engines.engine("dask", scheduler="tcp://127.0.0.1:1")
