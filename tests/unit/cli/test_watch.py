"""`grade watch` in a real terminal."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pexpect
import pytest

from tests.support import SOLUTION

WRONG = SOLUTION.replace("return 2 * x\n", "return 3 * x\n", 1)
ROWS = 24

Watch = Callable[..., pexpect.spawn]


@pytest.fixture
def course(small, tmp_path) -> Path:
    """A course folder of this test's own, with mine.py."""
    folder = shutil.copytree(small, tmp_path / "course")
    (folder / "mine.py").write_text(WRONG)
    return folder


@pytest.fixture
def watch(course, root, tmp_path) -> Iterator[Watch]:
    """Start it on mine.py in a terminal of 24 rows."""
    started: list[pexpect.spawn] = []

    def run() -> pexpect.spawn:
        state = {"PYTHONPATH": str(root), "XDG_STATE_HOME": str(tmp_path / "state")}
        child = pexpect.spawn(
            sys.executable,
            ["-m", "autograder.cli", "watch", "small", "mine.py"],
            cwd=str(course),
            env={**os.environ, "TERM": "xterm-256color", **state},
            dimensions=(ROWS, 80),
            encoding="utf-8",
            timeout=100,
            # A shell's background job ignores SIGINT, and so would all that it starts.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        started.append(child)
        return child

    yield run
    for child in started:
        child.close(force=True)


def test_each_save_is_checked(watch, course):
    """What changed is said at once; Ctrl-C ends it with the exit code of the last check."""
    child = watch()
    child.expect(r"Try double\(3\)")
    (course / "mine.py").write_text(SOLUTION)
    child.expect(r"Since the last check: \+\d+ .*double")
    child.expect("All points. Well done!")
    (course / "new.py").write_text(WRONG)
    os.replace(course / "new.py", course / "mine.py")  # as many editors save
    child.expect(r"Since the last check: -\d+ ")
    (course / "mine.py").unlink()
    child.expect("There is no file")
    (course / "mine.py").write_text(SOLUTION)
    child.expect("All points. Well done!")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.wait()
    assert (child.exitstatus, child.signalstatus) == (0, None)
    assert "Traceback" not in child.before


def test_nothing_stays_behind_a_closed_terminal(watch):
    """The grader, its sandbox and what waits for saves end with the terminal."""
    child = watch()
    child.expect("Watching mine.py")
    child.expect(r"/ 60 points")
    below = processes_below(child.pid)
    assert below
    child.ptyproc.fileobj.close()
    while any(map(_runs, [child.pid, *below])):
        child.isalive()  # takes its exit status
    assert child.signalstatus is None


def processes_below(pid: int) -> list[int]:
    """The processes that it has started, and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *processes_below(int(child))]
    return found


def _runs(pid: int) -> bool:
    """Whether a process is there, and no zombie of another's."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
