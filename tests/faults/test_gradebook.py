"""What happens to the database meanwhile: full, locked, shared, restarted."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.support import SECONDS, Class

pytestmark = pytest.mark.timeout(600)  # whole batches, on a machine that may be busy

SMALL = 400_000  # bytes: enough for the tables, and not for a class


def after(process: subprocess.Popen[str], count: int) -> None:
    """Wait until so many are graded."""
    assert process.stdout is not None
    for line in process.stdout:
        said = re.match(r"(\d+) of \d+ graded", line)
        if said and int(said[1]) >= count:
            return
    raise AssertionError(f"it ended before {count} were graded: {process.stderr.read()}")


@contextlib.contextmanager
def full_disk(folder: Path) -> Iterator[None]:
    """Too little room in `folder`, where we may mount, or else for any file of a child."""
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode == 0:
        try:
            yield
            subprocess.run(["mount", "-o", "remount,size=64m", str(folder)], check=True)
        except BaseException:
            subprocess.run(["umount", str(folder)], check=True)
            raise
        return
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL // 2, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk(tmp_path, root):
    """It is said in a sentence; with room again, the same command finishes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    group = Class(tmp_path, root, str(folder / "g.db"), 60)
    try:
        with full_disk(folder):
            done = group.grade()
        assert done.returncode == 3, (done.stdout, done.stderr)
        assert "There is no room to write to" in done.stderr
        assert "give the same command again" in done.stderr
        assert "Traceback" not in done.stderr
        assert 0 < group.recorded() < 60
        assert group.grade().returncode == 0
        group.whole()
    finally:
        subprocess.run(["umount", str(folder)], check=False, capture_output=True)


def test_locked_by_another_process_for_a_while(tmp_path, root):
    """The batch waits, and goes on."""
    group = Class(tmp_path, root, str(tmp_path / "g.db"), 24)
    process = group.start()
    after(process, 4)
    other = sqlite3.connect(group.place, isolation_level=None, timeout=30)
    other.execute("BEGIN IMMEDIATE")
    time.sleep(3)
    other.execute("COMMIT")
    other.close()
    process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    group.whole()


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_two_batches_at_once(database, tmp_path, root, request):
    """Both end well, and every submission has one grading."""
    place = str(tmp_path / "g.db")
    if database == "postgresql":
        place = request.getfixturevalue("postgres").database()
    group = Class(tmp_path, root, place, 24)
    processes = [group.start(), group.start()]
    for process in processes:
        _, err = process.communicate(timeout=SECONDS)
        assert process.returncode == 0, err
    group.whole()


def test_postgresql_restarted_in_mid_batch(tmp_path, root, postgres):
    """The batch waits until it is back, and goes on; what was in doubt is there once."""
    group = Class(tmp_path, root, postgres.database(), 36)
    process = group.start()
    after(process, 6)
    postgres.stop()
    time.sleep(2)
    postgres.start()
    _, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, err
    group.whole()


def test_the_gradebook_vanishes(tmp_path, root):
    """A sentence, not a traceback, where the file cannot be opened."""
    group = Class(tmp_path, root, str(tmp_path / "none" / "g.db"), 1)
    done = group.grade()
    assert done.returncode == 3
    assert "cannot be opened: No such file or directory" in done.stderr
    assert not os.path.exists(tmp_path / "none")
