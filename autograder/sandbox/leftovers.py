"""So that nothing is left of a guest: no process, no file, no control group."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys

from autograder.sandbox.kernel import cgroups, syscalls

LINUX = sys.platform == "linux"
FOLDERS = "grade-guests-"  # a zygote's folder, with the process id of its host behind


def die_with_parent(parent: int) -> None:
    """Ask the kernel to kill this process when `parent`, which forked it, ends."""
    if LINUX:
        syscalls.prctl(syscalls.PR_SET_PDEATHSIG, signal.SIGKILL)
    # It may have ended before the request. A parent outside of this one's PID namespace has
    # the number 0, and takes the namespace along.
    if os.getppid() not in (parent, 0):
        os._exit(1)


def adopt_orphans() -> None:
    """Make this process the parent of every process that its guests leave behind."""
    if LINUX:
        syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)


def end_orphans(but: set[int]) -> None:
    """Kill the children of this process that are none of these, and their children."""
    # Once they are gone, their own children have become this one's, hence the loop.
    while orphans := [pid for pid in _children(os.getpid()) if pid not in but]:
        for orphan in orphans:
            os.kill(orphan, signal.SIGKILL)
        for orphan in orphans:
            os.waitpid(orphan, 0)


def remove(folder: str) -> None:
    """Remove a scratch folder, whatever a submission did to its permissions.

    Its processes are gone, so nothing can turn a folder into a link meanwhile.
    """
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        os.chmod(folder, 0o700)
        for path, names, _ in os.walk(folder):  # does not follow links
            for inner in (os.path.join(path, name) for name in names):
                if not os.path.islink(inner):
                    os.chmod(inner, 0o700)
        shutil.rmtree(folder, ignore_errors=True)


def remove_groups(folder: str) -> None:
    """Remove the control groups that bear the name of a zygote's folder."""
    if LINUX:
        cgroups.remove(os.path.basename(folder))


def _children(pid: int) -> list[int]:
    """The processes whose parent is `pid` (one of a single thread), where /proc tells."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/task/{pid}/children") as file:
        return [int(child) for child in file.read().split()]
    return []
