"""How the benchmarks measure, and how a line of their table looks."""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GRADE = [sys.executable, "-m", "autograder.cli"]
ROUNDS = 15

Row = tuple[str, str, str, bool]  # what, measured, allowed, whether it is


def alternately(
    own: Callable[[], object], other: Callable[[], object], rounds: int = ROUNDS
) -> tuple[float, float]:
    """Median seconds of two actions, run in turns; the first round of each is not counted."""
    times = [(timed(own), timed(other)) for _ in range(rounds + 1)][1:]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def timed(action: Callable[[], object]) -> float:
    """Seconds that an action takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def run(command: list[str]) -> None:
    """Run a command to its end; its output is not looked at."""
    result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if result.returncode:
        raise SystemExit(f"{command} ended with {result.returncode}: {result.stderr.decode()}")


def peak_megabytes(command: list[str]) -> float:
    """The highest proportional memory of a command and all its descendants, sampled."""
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    peak = 0.0
    done = threading.Event()
    while not done.is_set():
        peak = max(peak, sum(map(proportional_megabytes, family(process.pid))))
        if process.poll() is not None:
            done.set()
        time.sleep(0.002)
    return peak


def family(pid: int) -> list[int]:
    """A process and all its descendants."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(own for child in children for own in family(int(child)))]


def proportional_megabytes(pid: int) -> float:
    """A process's share of memory: what it has alone, and its part of what is shared."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
