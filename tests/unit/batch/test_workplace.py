"""What workers leave behind, and what they must have in common."""

from __future__ import annotations

import os
import subprocess
import sys

from autograder.batch import workplace
from autograder.batch.workplace import FOLDERS, Terms, differences
from autograder.model import Tier
from autograder.sandbox import leftovers


def test_what_a_killed_worker_left_is_swept(tmp_path, monkeypatch):
    """The next one removes its folders, of which one holds the reference; not those of a live
    one.
    """
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    mine = {f"{FOLDERS}{os.getpid()}-x", f"{leftovers.FOLDERS}{os.getpid()}-x"}
    for name in (*mine, f"{FOLDERS}{gone.pid}-x", "grade-other"):
        (tmp_path / name).mkdir()
    (tmp_path / f"{leftovers.FOLDERS}{gone.pid}-x" / "closed").mkdir(parents=True, mode=0)
    workplace.sweep()
    assert {path.name for path in tmp_path.iterdir()} == mine | {"grade-other"}


def test_what_is_swept_is_no_link(tmp_path, monkeypatch):
    """Whoever else may write there cannot have us change a folder of ours elsewhere."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "shared"))
    elsewhere = tmp_path / "home"
    (elsewhere / "open").mkdir(parents=True)
    (elsewhere / "open").chmod(0o755)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / f"{FOLDERS}{gone.pid}-x").symlink_to(elsewhere)
    workplace.sweep()
    assert (elsewhere / "open").stat().st_mode & 0o777 == 0o755


WORKER = """
import multiprocessing, sys, threading, time
from pathlib import Path
from autograder.batch import workplace
from autograder.course.course import load
from autograder.course.parcel import pack
from autograder.sandbox.host import selftest

def wait(sandbox, folder):
    print("there", flush=True)
    time.sleep(60)

selftest.quick = wait
ours, theirs = multiprocessing.Pipe()
workplace.begin(theirs)
threading.Thread(target=lambda: (sys.stdin.read(), ours.close()), daemon=True).start()
workplace.Workplace(pack(load(Path(sys.argv[1])).assignment("assignment1")))
"""


def test_a_worker_that_ends_while_it_begins_leaves_nothing(tmp_path, root):
    """Its folder holds the reference, and its grader may be killed at any moment."""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", WORKER, str(root)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "there\n"
        assert list(tmp_path.glob(f"{FOLDERS}{process.pid}-*"))
        process.stdin.close()
        assert process.wait(10) == 0
    assert not list(tmp_path.glob(f"{FOLDERS}*"))


def test_differences_between_workers_in_words():
    """Tier and versions, also one that is missing."""
    one = Terms(Tier.A, {"numpy": "2.0", "keras": "3.1"})
    other = Terms(Tier.C, {"numpy": "2.4"})
    said = "tier C instead of A, keras none instead of 3.1, numpy 2.4 instead of 2.0"
    assert differences(one, other) == said
    assert differences(one, one) == ""
