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
YARD = 0.0317  # seconds

Row = tuple[str, str, str, bool]  # what, measured, allowed, whether it is


def alternately(*actions: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, ...]:
    """Median seconds of actions, run in turns; the first round of each is not counted."""
    times = [[timed(action) for action in actions] for _ in range(rounds + 1)][1:]
    return tuple(statistics.median(own) for own in zip(*times, strict=True))


def yardstick() -> Callable[[], object]:
    """The work by which milliseconds are compared with those of another machine.

    What a submission may cost was set, in milliseconds, on a machine on which this took
    `YARD` seconds: the eight functions of a network with one hidden layer once each, of which
    the training takes a thousand steps on two hundred points. So a row can say what its
    milliseconds might be there. That is a help to the reader, and decides nothing.
    """
    import numpy as np

    from autograder.answers.reference import Reference

    given = Reference(ROOT / "reference" / "assignment3").original
    rng = np.random.default_rng(1)
    X = rng.normal(size=(2, 200))
    Y = (X[:1] * X[1:] > 0).astype(float)

    def yard() -> None:
        parameters = given.initialize_parameters(*given.layer_sizes(X, Y, 4))
        given.sigmoid(X)
        A2, cache = given.forward_propagation(X, parameters)
        given.compute_cost(A2, Y, parameters)
        gradients = given.backward_propagation(parameters, cache, X, Y)
        given.update_parameters(parameters, gradients)
        given.nn_model(X, Y, 4, num_iterations=1000)

    return yard


def yard_row(yard: float) -> Row:
    """The yardstick itself."""
    return f"the yardstick, of {YARD * 1e3:g} ms", f"{yard * 1e3:.1f} ms", "", True


def by_the_yard(milliseconds: float, yard: float, allowed: float) -> tuple[str, str, bool]:
    """A row's measured, allowed and whether it holds, in milliseconds as they are.

    It also shows what they might be where the yardstick takes `YARD` s; here it took `yard`.
    """
    there = milliseconds * YARD / yard
    shown = f"{milliseconds:.1f} ms: {there:.1f} by the yard"
    return shown, f"{allowed:g} ms", milliseconds <= allowed


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
