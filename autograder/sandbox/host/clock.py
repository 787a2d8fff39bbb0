"""A guest's clocks, read from outside of it: what it computed, and what it stood in line for.

The kernel keeps both, and the guest can set neither. Only Linux tells them of another process;
elsewhere there is no such clock, and the meter takes the wall's time instead.
"""

from __future__ import annotations

import contextlib
import heapq
import os
import sys
import time

LINUX = sys.platform == "linux"
MOST_THREADS = 64  # that are looked at
# How many threads' waiting is added up. With all of them, hundreds of threads that wake up
# together, and stand in line behind one another, would look as if the machine were busy.
MOST_QUEUES = 8


class Clock:
    """The clocks of one process, by its number here. Reading a process that is gone gives 0."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._id = (~pid << 3) | 2  # as clock_getcpuclockid makes it
        self._queued: dict[str, float] = {}

    def computed(self) -> float:
        """Seconds of processor time so far, of all its threads, of those that ended as well."""
        try:
            return time.clock_gettime(self._id)
        except OSError:
            return 0.0

    def queued(self) -> float:
        """Seconds that its threads stood in line for a processor since this was asked last."""
        now = {task: _queued(f"/proc/{self.pid}/task/{task}") for task in self._tasks()}
        before, self._queued = self._queued, now
        waits = (seconds - before.get(task, 0.0) for task, seconds in now.items())
        return sum(heapq.nlargest(MOST_QUEUES, waits))

    def is_reading(self) -> bool:
        """True if one of its threads waits for a disk at this moment."""
        return any(_state(f"/proc/{self.pid}/task/{task}") == "D" for task in self._tasks())

    def _tasks(self) -> list[str]:
        try:
            return os.listdir(f"/proc/{self.pid}/task")[:MOST_THREADS]
        except OSError:
            return []


def clock_of(descriptor: int) -> Clock | None:
    """The clock of the process that a pidfd stands for; None where nobody tells it.

    The descriptor is good in every PID namespace, and the number that is found is this one's.
    """
    with contextlib.suppress(OSError, ValueError):
        with open(f"/proc/self/fdinfo/{descriptor}") as file:
            pid = int(file.read().partition("Pid:")[2].split()[0])
        if pid > 0:
            time.clock_gettime((~pid << 3) | 2)
            return Clock(pid)
    return None


def own_queue() -> float:
    """Seconds that this thread has stood in line for a processor, since it began."""
    return _queued("/proc/thread-self") if LINUX else 0.0


def _queued(task: str) -> float:
    try:
        with open(f"{task}/schedstat", "rb") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


def _state(task: str) -> str:
    try:
        with open(f"{task}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[0].decode()
    except (OSError, IndexError):
        return ""
