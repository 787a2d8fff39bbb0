"""What workers leave behind, and what they must have in common."""

from __future__ import annotations

import os
import subprocess
import sys

from autograder import workplace
from autograder.model import Tier
from autograder.workplace import FOLDERS, Terms, differences


def test_what_a_killed_worker_left_is_swept(tmp_path, monkeypatch):
    """The next one removes its folder, which holds the reference; not that of a live one."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for name in (f"{FOLDERS}{gone.pid}-x", f"{FOLDERS}{os.getpid()}-x", "grade-other"):
        (tmp_path / name).mkdir()
    workplace._sweep()
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {f"{FOLDERS}{os.getpid()}-x", "grade-other"}


def test_differences_between_workers_in_words():
    """Tier and versions, also one that is missing."""
    one = Terms(Tier.A, {"numpy": "2.0", "keras": "3.1"})
    other = Terms(Tier.C, {"numpy": "2.4"})
    said = "tier C instead of A, keras none instead of 3.1, numpy 2.4 instead of 2.0"
    assert differences(one, other) == said
    assert differences(one, one) == ""
